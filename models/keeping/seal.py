import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...rules import seals
from ..base.kept_link import kept_link

BATCH = 1000
# model → what later steps may still change, and who wrote last
LATER = {
    "cadre.review.rating": {
        *("state", "level", "decision_line_id", "notified_level", "notified_text"),
        *("date_notified", "notice_number", "notified_comment"),
    },
    "cadre.review.decision": {"state"},
    "cadre.review.dossier": {"urged_since"},
}
# model → the link by which its rows are told as those of another record
PARTS_OF = {
    "cadre.review.opinion.line": "opinion_id",
    "cadre.review.conference.subject": "conference_id",
    "cadre.review.conference.body": "conference_id",
    "cadre.review.attendance": "conference_id",
    "cadre.review.tally": "conference_id",
    "cadre.review.request.line": "request_id",
    "cadre.review.report.section": "report_id",
    "cadre.review.report.score": "report_id",
    "cadre.review.report.shortcoming": "report_id",
    "cadre.review.session.attendance": "session_id",
    "cadre.review.session.line": "session_id",
}
# in the order of the manifest
ROWS = (
    "cadre.review.dossier",
    "cadre.review.paper",
    "cadre.review.paper.file",
    "cadre.review.rating",
    "cadre.review.opinion",
    "cadre.review.opinion.line",
    "cadre.review.conference",
    "cadre.review.conference.body",
    "cadre.review.conference.subject",
    "cadre.review.attendance",
    "cadre.review.tally",
    "cadre.review.report",
    "cadre.review.report.section",
    "cadre.review.report.score",
    "cadre.review.report.shortcoming",
    "cadre.review.target",
    "cadre.review.suggestion",
    "cadre.review.answer",
    "cadre.review.shortcoming",
    "cadre.review.request",
    "cadre.review.request.line",
    "cadre.review.delivery",
    "cadre.review.delay",
    "cadre.review.receipt",
    "cadre.review.session",
    "cadre.review.session.attendance",
    "cadre.review.session.line",
    "cadre.review.order",
    "cadre.review.decision",
    "cadre.review.decision.line",
    "cadre.review.picture",
)
FILES = "file"
PARTS = (FILES, *ROWS)
NEVER = {"write_date", "write_uid", "create_date"}


class CadreReviewSeal(models.Model):
    """The seal on a closed campaign: a manifest of rounds, files, minutes, values and
    decisions, each with its SHA-256, which can be verified at any time.

    The fingerprint of the manifest is to be noted outside, e.g. in the minutes of
    closing: whoever could change both rows and manifest could not change that.

    - made by closing, again by the office after a superseding decision; never changed;
    - office and authority read, the office verifies.
    """

    _name = "cadre.review.seal"
    _description = "Seal of a Campaign"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "id desc"

    campaign_id = fields.Many2one(
        "cadre.review.campaign",
        required=True,
        index=True,
        ondelete="restrict",
        gated=True,
    )
    company_id = kept_link("campaign_id.company_id")
    sealed_at = fields.Datetime(required=True, default=fields.Datetime.now, gated=True)
    user_id = fields.Many2one(
        "res.users",
        string="Sealed By",
        required=True,
        ondelete="restrict",
        gated=True,
    )
    manifest = fields.Binary(attachment=True, gated=True)
    manifest_name = fields.Char(compute="_compute_manifest_name")
    manifest_sha256 = fields.Char(
        string="Fingerprint (SHA-256)", required=True, gated=True
    )
    file_count = fields.Integer(string="Files", gated=True)
    line_count = fields.Integer(string="Files and Rows", gated=True)
    verified_at = fields.Datetime(gated=True)
    verified_by_id = fields.Many2one("res.users", ondelete="restrict", gated=True)
    is_intact = fields.Boolean(string="Intact", gated=True)
    result = fields.Text(string="What No Longer Matches", gated=True)

    @api.depends("campaign_id.name", "sealed_at")
    def _compute_display_name(self):
        for seal in self:
            day = f"{seal.sealed_at:%d/%m/%Y}" if seal.sealed_at else ""
            seal.display_name = f"{seal.sudo().campaign_id.name}, {day}"

    def _compute_manifest_name(self):
        for seal in self:
            seal.manifest_name = f"niem-phong-{seal.id}.jsonl.gz"

    # ------------------------------------------------------------------
    # SEALING
    # ------------------------------------------------------------------

    @api.model
    def _seal(self, campaign):
        """Make the manifest of a campaign as it is now."""
        campaign.ensure_one()
        self.env.flush_all()
        columns = {model: self._columns(model) for model in ROWS}
        counted = {FILES: 0}
        packed, count = seals.write(
            {
                "campaign": campaign.name,
                "campaign_id": campaign.id,
                "sealed_at": fields.Datetime.to_string(fields.Datetime.now()),
                "sealed_by": self.env.user.name,
                "columns": columns,
            },
            self._lines(campaign, columns, counted),
        )
        return self.sudo().create(
            {
                "campaign_id": campaign.id,
                "user_id": self.env.uid,
                "manifest": base64.b64encode(packed),
                "manifest_sha256": hashlib.sha256(packed).hexdigest(),
                "file_count": counted[FILES],
                "line_count": count,
            }
        )

    @api.model
    def _columns(self, model):
        """The stored values of a model that nothing changes after closing."""
        model_fields = self.env[model]._fields
        left_out = NEVER | LATER.get(model, set())
        return sorted(
            name
            for name, field in model_fields.items()
            if field.store and field.column_type and name not in left_out
        )

    @api.model
    def _lines(self, campaign, columns, counted=None):
        """Every file and every row of the campaign, each read once."""
        for line in self._file_lines(campaign):
            if counted:
                counted[FILES] += 1
            yield line
        # a seal made before a model existed says nothing of it
        for model in ROWS:
            if model in columns:
                yield from self._row_lines(campaign, model, columns[model])

    def _file_lines(self, campaign):
        """Files of all records of the campaign, by batch; equal neighbours, which
        the filestore keeps once, are read once."""
        Attachment = self.env["ir.attachment"].sudo()
        last, digests = 0, {}
        while rows := self._files_after(campaign, last):
            fresh = {}
            for id_, name, store_fname, db_datas in rows:
                if not store_fname:
                    digest = hashlib.sha256(bytes(db_datas or b"")).hexdigest()
                else:
                    digest = digests.get(store_fname) or fresh.get(store_fname)
                    if digest is None:
                        path = Attachment._full_path(store_fname)
                        digest = seals.file_digest(path)
                    fresh[store_fname] = digest
                yield seals.Line(FILES, id_, name or "", digest)
            last, digests = rows[-1][0], fresh

    def _files_after(self, campaign, last):
        """The next batch of attachments: (id, name, store name, bytes in the row)."""
        owners = [
            SQL(
                "(a.res_model = %s AND EXISTS (SELECT 1 FROM %s t"
                " WHERE t.id = a.res_id AND t.campaign_id = %s))",
                model,
                SQL.identifier(self.env[model]._table),
                campaign.id,
            )
            for model in self._models_with_files()
        ]
        return self.env.execute_query(
            SQL(
                "SELECT a.id, a.name, a.store_fname, a.db_datas FROM ir_attachment a"
                " WHERE a.id > %s AND a.type = 'binary' AND (%s)"
                " ORDER BY a.id LIMIT %s",
                last,
                SQL(" OR ").join(owners),
                BATCH,
            )
        )

    def _models_with_files(self):
        return [
            name
            for name in sorted(self.env.registry)
            if name.startswith("cadre.review.")
            and not self.env[name]._abstract
            and not self.env[name]._transient
            and name != self._name
            and "campaign_id" in self.env[name]._fields
            and self.env[name]._fields["campaign_id"].store
            and (
                "attachment_ids" in self.env[name]._fields
                or name == "cadre.review.picture"
            )
        ]

    def _row_lines(self, campaign, model, columns):
        """A line for each row; rows that are parts of a record as one line of it."""
        Model = self.env[model]
        known = [name for name in columns if name in Model._fields]
        parent = PARTS_OF.get(model)
        row = SQL(
            "jsonb_build_array(%s)::text",
            SQL(", ").join(SQL.identifier("t", name) for name in known),
        )
        group = SQL.identifier("t", parent or "id")
        last = 0
        while rows := self.env.execute_query(
            SQL(
                "SELECT %s, encode(sha256(convert_to("
                "string_agg(%s, chr(10) ORDER BY t.id), 'UTF8')), 'hex')"
                " FROM %s t WHERE %s AND %s > %s"
                " GROUP BY %s ORDER BY %s LIMIT %s",
                *(group, row, SQL.identifier(Model._table)),
                *(self._of_campaign(model, campaign), group, last),
                *(group, group, BATCH),
            )
        ):
            for id_, digest in rows:
                yield seals.Line(model, id_, "", digest)
            last = rows[-1][0]

    def _of_campaign(self, model, campaign):
        if "campaign_id" in self.env[model]._fields:
            return SQL("t.campaign_id = %s", campaign.id)
        parent = PARTS_OF.get(model, "decision_id")
        table = self.env[self.env[model]._fields[parent].comodel_name]._table
        return SQL(
            "%s IN (SELECT id FROM %s WHERE campaign_id = %s)",
            SQL.identifier("t", parent),
            SQL.identifier(table),
            campaign.id,
        )

    # ------------------------------------------------------------------
    # VERIFYING
    # ------------------------------------------------------------------

    def action_verify(self):
        """Make the manifest again and name whatever no longer matches."""
        self.check_access("read")
        if self.sudo().campaign_id - self.sudo(False).campaign_id._in_role("office"):
            raise AccessError(self.env._("Only the office verifies."))
        for seal in self:
            seal.sudo()._verify()

    def _verify(self):
        self.ensure_one()
        self.env.flush_all()
        packed = base64.b64decode(self.with_context(bin_size=False).manifest or b"")
        if hashlib.sha256(packed).hexdigest() != self.manifest_sha256:
            found = [(True, self.env._("The manifest itself has been changed."))]
        else:
            columns = seals.read_head(packed)["columns"]
            found = self._named(
                seals.differences(
                    seals.read(packed),
                    self._lines(self.campaign_id, columns),
                    PARTS,
                )
            )
        self.write(
            {
                "verified_at": fields.Datetime.now(),
                "verified_by_id": self.env.uid,
                "is_intact": not any(breaks for breaks, _text in found),
                "result": "\n".join(text for _breaks, text in found) or False,
            }
        )

    def _named(self, differences):
        """Differences as pairs: whether it breaks the seal, and as people say it; what
        came later breaks nothing."""
        words = {
            "changed": self.env._("Changed"),
            "missing": self.env._("Missing"),
            "added": self.env._("Added since"),
        }
        return [
            (
                difference.what != "added",
                f"{words[difference.what]}: {self._name_of(difference.line)}",
            )
            for difference in differences
        ]

    def _name_of(self, line):
        if line.part == FILES:
            return self._name_of_file(line)
        model = line.part
        if parent := PARTS_OF.get(model):
            model = self.env[model]._fields[parent].comodel_name
        record = self.env[model].browse(line.id).exists()
        label = self.env["ir.model"]._get(line.part).name
        unit = record and "unit_id" in record._fields and record.unit_id.name
        name = record.display_name if record else f"#{line.id}"
        return ", ".join(filter(None, (label, unit, name)))

    def _name_of_file(self, line):
        file = self.env["ir.attachment"].browse(line.id).exists()
        owner = file and file.res_model and self.env[file.res_model].browse(file.res_id)
        where = f" ({owner.display_name})" if owner and owner.exists() else ""
        return self.env._(
            "file “%(name)s”%(where)s", name=line.name or file.name, where=where
        )


class CadreReviewCampaign(models.Model):
    _inherit = "cadre.review.campaign"

    seal_ids = fields.One2many(
        "cadre.review.seal",
        "campaign_id",
        string="Seals",
        groups="cadre_review.cadre_review_group_office,"
        "cadre_review.cadre_review_group_standing",
    )

    def _seal_closed(self):
        """Closing seals what the campaign leaves behind."""
        for campaign in self:
            self.env["cadre.review.seal"]._seal(campaign)

    def action_seal(self):
        """Seal a closed campaign again: what came since joins the manifest."""
        self.ensure_one()
        self.check_access("read")
        if self - self._in_role("office"):
            raise AccessError(self.env._("Only the office seals."))
        if self.state != "closed":
            raise UserError(
                self.env._(
                    "%(campaign)s: closing seals it; only a closed campaign is sealed "
                    "again.",
                    campaign=self.name,
                )
            )
        self.env["cadre.review.seal"].sudo()._seal(self.sudo())
