import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...rules import seals
from ..base.kept_link import kept_link
from .seal_before import PARTS_OF, SealedBefore
from .sealed import CAMPAIGN, LATER, LIVING, MESSAGE, Sealed


class CadreReviewSeal(models.Model):
    """The seal on a closed campaign: a manifest of whatever its readers see, each file
    and row with its SHA-256, which can be verified at any time.

    The fingerprint of the manifest is to be noted outside, e.g. in the minutes of
    closing: whoever could change both rows and manifest could not change that.

    - made by closing, again by the office after a superseding decision; never changed;
    - decisions, notices, objections and plans that end after closing get one of their
      own;
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
    record_name = fields.Char(
        string="Record", gated=True, help="Empty for a seal of the whole campaign."
    )
    sealed_at = fields.Datetime(required=True, default=fields.Datetime.now, gated=True)
    user_id = fields.Many2one(
        "res.users",
        string="Sealed By",
        required=True,
        ondelete="restrict",
        gated=True,
    )
    # not among the files: without them it is still there to name each one
    manifest = fields.Binary(attachment=False, gated=True)
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

    @api.depends("campaign_id.name", "sealed_at", "record_name")
    def _compute_display_name(self):
        for seal in self:
            day = f"{seal.sealed_at:%d/%m/%Y}" if seal.sealed_at else ""
            name = seal.record_name or seal.sudo().campaign_id.name
            seal.display_name = f"{name}, {day}"

    def _compute_manifest_name(self):
        for seal in self:
            seal.manifest_name = seals.MANIFEST % seal.id

    # ------------------------------------------------------------------
    # SEALING
    # ------------------------------------------------------------------

    @api.model
    def _seal(self, records):
        """Make the manifest of a campaign, or of some records of it, as they are."""
        self.env.flush_all()
        is_whole = records._name == CAMPAIGN
        campaign = records if is_whole else records.campaign_id
        campaign.ensure_one()
        sealed = Sealed(records.sudo())
        packed, count = seals.write(
            {
                "campaign": campaign.name,
                "campaign_id": campaign.id,
                "records": False if is_whole else [records._name, records.ids],
                "sealed_at": fields.Datetime.to_string(fields.Datetime.now()),
                "sealed_by": self.env.user.name,
                "last_event": self._last_event(),
                "parts": sealed.parts(),
                "columns": {seals.FILES: seals.FILE_COLUMNS, **sealed.columns},
            },
            sealed.lines(),
        )
        return self.sudo().create(
            {
                "campaign_id": campaign.id,
                "record_name": not is_whole and self._names_of(records),
                "user_id": self.env.uid,
                "manifest": base64.b64encode(packed),
                "manifest_sha256": hashlib.sha256(packed).hexdigest(),
                "file_count": sealed.files,
                "line_count": count,
            }
        )

    @api.model
    def _names_of(self, records):
        names = ", ".join(records[:3].mapped("display_name"))
        more = len(records) - 3
        return f"{names} (+{more})" if more > 0 else names

    @api.model
    def _last_event(self):
        [(last,)] = self.env.execute_query(
            SQL("SELECT coalesce(max(id), 0) FROM cadre_review_event")
        )
        return last

    def _packed(self):
        return base64.b64decode(self.with_context(bin_size=False).manifest or b"")

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
        found = self._findings()
        self.write(
            {
                "verified_at": fields.Datetime.now(),
                "verified_by_id": self.env.uid,
                "is_intact": not any(breaks for breaks, _text in found),
                "result": "\n".join(text for _breaks, text in found) or False,
            }
        )

    def _findings(self):
        """Pairs: whether it breaks the seal, and as people say it; what was done in
        the proper way since breaks nothing."""
        packed = self._packed()
        if not packed:
            return [(True, self.env._("The manifest itself is missing."))]
        if hashlib.sha256(packed).hexdigest() != self.manifest_sha256:
            return [(True, self.env._("The manifest itself has been changed."))]
        head = seals.read_head(packed)
        if head["schema"] == "manifest/1":
            sealed = SealedBefore(self.campaign_id, head["columns"])
        else:
            records = self.campaign_id
            if head["records"]:
                model, ids = head["records"]
                records = self.env[model].browse(ids)
            sealed = Sealed(records, head["columns"])
        compared = seals.differences(
            (line for line in seals.read(packed) if self._is_known(line)),
            sealed.lines(),
            sealed.parts(),
        )
        found = [
            _Told(self, head, difference).finding()
            for difference in compared
            if not (difference.what == "added" and self._goes_on(sealed, difference))
        ]
        return found + self._against_issued_lines()

    def _goes_on(self, sealed, difference):
        """Whether what came since is, or hangs on, what has not come to its end."""
        part, res_id = difference.line.key
        if part == seals.FILES:
            file = self.env["ir.attachment"].browse(res_id)
            part, res_id = file.res_model, file.res_id
        return isinstance(sealed, Sealed) and sealed.is_open(part, res_id)

    def _is_known(self, line):
        """Whether the part still is there: an upgrade may have dropped a model."""
        return line.part == seals.FILES or line.part in self.env

    def _against_issued_lines(self):
        """Ratings whose level is not the one that the last issued line gives them,
        whatever the manifest says."""
        if self.record_name:
            return []
        rows = self.env.execute_query(
            SQL(
                """
                SELECT r.id FROM cadre_review_rating r
                  JOIN cadre_review_decision_line l ON l.id = r.decision_line_id
                  JOIN cadre_review_decision d ON d.id = l.decision_id
                 WHERE r.campaign_id = %s
                   AND (r.level IS DISTINCT FROM l.level OR l.rating_id != r.id
                        OR d.state != 'issued'
                        OR r.state NOT IN ('decided', 'notified'))
                 ORDER BY r.id
                """,
                self.campaign_id.id,
            )
        )
        ratings = self.env["cadre.review.rating"].browse(row for (row,) in rows)
        return [
            (
                True,
                self.env._(
                    "Level or state is not that of the issued decision: %(rating)s",
                    rating=", ".join(
                        filter(None, (rating.unit_id.name, rating.display_name))
                    ),
                ),
            )
            for rating in ratings
        ]


class _Told:
    """A difference as people say it."""

    def __init__(self, seal, head, difference):
        self.seal, self.env = seal, seal.env
        self.head, self.difference = head, difference
        self.line = difference.line
        self.names = head["columns"].get(self.line.part, [])

    def finding(self):
        """``(breaks, text)``"""
        # a text inside an f-string is exported by newer Python versions only
        _ = self.env._
        what, record = self.difference.what, self._record()
        if what == "added":
            return False, _("Added since: %(record)s", record=record)
        if what == "missing":
            return True, _("Missing: %(record)s", record=record)
        if columns := self._columns():
            record = f"{record}: {', '.join(columns)}"
        if self._was_proper():
            return False, _(
                "Changed since in the proper way: %(record)s", record=record
            )
        return True, _("Changed: %(record)s", record=record)

    # what changed

    def _changed(self):
        return [
            self.names[number]
            for number in self.difference.columns
            if number < len(self.names)
        ]

    def _columns(self):
        model = "ir.attachment" if self.line.part == seals.FILES else self.line.part
        fields_ = self.env[model]._fields
        labels = [
            fields_[name]._description_string(self.env) if name in fields_ else name
            for name in self._changed()
        ]
        if self.line.part == seals.FILES and self.difference.content and self.names:
            labels.insert(0, self.env._("content"))
        return labels

    def _was_proper(self):
        """Whether the step or the user that changed it stands beside it."""
        part = self.line.part
        if part in LIVING:
            written = self.env[part].browse(self.line.id).write_date
            return written > fields.Datetime.to_datetime(self.head["sealed_at"])
        changed = set(self._changed())
        return bool(changed) and changed <= LATER.get(part, set()) and self._has_event()

    def _has_event(self):
        record = self.env[self.line.part].browse(self.line.id)
        rating = record if record._name == "cadre.review.rating" else record.rating_id
        told = [(rating._name, rating.id)]
        if decision := rating.decision_line_id.decision_id:
            told.append((decision._name, decision.id))
        return any(
            self.env["cadre.review.event"].search_count(
                [
                    ("res_model", "=", model),
                    ("res_id", "=", res_id),
                    ("id", ">", self.head["last_event"]),
                ],
                limit=1,
            )
            for model, res_id in told
        )

    # where

    def _record(self):
        if self.line.part == seals.FILES:
            return self._file()
        label = self.env["ir.model"]._get(self.line.part).name
        # a name that was changed is told as it was sealed
        names = [self.line.name]
        if not self.line.name or not self._has_own_name():
            names += self._names_now()
        known = ", ".join(dict.fromkeys(filter(None, [label, *names])))
        return known if any(names) else f"{known}, #{self.line.id}"

    def _has_own_name(self):
        Model = self.env[self.line.part]
        field = Model._fields.get(Model._rec_name)
        return bool(field and field.store) and self.line.part != MESSAGE

    def _names_now(self):
        model = self.line.part
        if self.head["schema"] == "manifest/1" and (parent := PARTS_OF.get(model)):
            model = self.env[model]._fields[parent].comodel_name
        record = self.env[model].browse(self.line.id).exists()
        if model == MESSAGE and record.model in self.env:
            record = self.env[record.model].browse(record.res_id).exists()
        unit = "unit_id" in record._fields and record.unit_id.name
        return [unit, record and record.display_name]

    def _file(self):
        file = self.env["ir.attachment"].browse(self.line.id).exists()
        owner = file and file.res_model in self.env and file.res_id
        owner = owner and self.env[file.res_model].browse(file.res_id).exists()
        where = f" ({owner.display_name})" if owner else ""
        return self.env._(
            "file “%(name)s”%(where)s", name=self.line.name or file.name, where=where
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


def _seal_ended(records):
    """Seal records that came to their end after their campaign was closed; before, the
    campaign's own seal is still to come."""
    ended = records.sudo().filtered(lambda record: record.campaign_id.state == "closed")
    for together in ended.grouped("campaign_id").values():
        records.env["cadre.review.seal"]._seal(together)


class CadreReviewDecision(models.Model):
    _inherit = "cadre.review.decision"

    def _seal_issued(self):
        _seal_ended(self)


class CadreReviewRating(models.Model):
    _inherit = "cadre.review.rating"

    def _seal_notified(self):
        _seal_ended(self)


class CadreReviewObjection(models.Model):
    _inherit = "cadre.review.objection"

    def _seal_answered(self):
        _seal_ended(self)


class CadreReviewPlan(models.Model):
    _inherit = "cadre.review.plan"

    def _seal_done(self):
        _seal_ended(self)
