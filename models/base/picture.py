import base64
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...rules.pictures import canonical, fingerprint


class CadreReviewPicture(models.Model):
    """What a record was when it was handed in, adopted or issued.

    One canonical JSON of the content and, of what has a paper, the bytes of the PDF,
    each with its SHA-256. A later print serves these bytes, and what they say can be
    defended in any year.

    - taken by moves alone, changed and deleted by nobody, the superuser included;
    - a unit reads those of its own; office and authority from the hand-in on, the
      office those of what it keyed itself before.
    """

    _name = "cadre.review.picture"
    _description = "Picture of What Was Handed In"
    _inherit = ["cadre.review.round.mixin"]
    _order = "res_model, res_id, kind, version desc"
    _rec_name = "record_name"

    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    record_name = fields.Char(string="Record")
    kind = fields.Selection(
        [
            ("minutes", "Minutes of the conference"),
            ("report", "Report of the collective"),
            ("round", "Dossier as handed in"),
            ("decision", "Decision as issued"),
        ],
        required=True,
    )
    version = fields.Integer(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="restrict"
    )
    campaign_id = fields.Many2one(
        "cadre.review.campaign",
        required=True,
        index=True,
        ondelete="restrict",
    )
    dossier_id = fields.Many2one(
        "cadre.review.dossier", index="btree_not_null", ondelete="restrict"
    )
    unit_id = fields.Many2one(
        "cadre.review.unit", index="btree_not_null", ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users", string="Taken By", required=True, ondelete="restrict"
    )
    is_on_behalf = fields.Boolean(string="Keyed by the Office")
    content = fields.Text(
        required=True, help="In canonical JSON: always the same bytes."
    )
    content_sha256 = fields.Char(string="SHA-256 of the Content")
    report_name = fields.Char(help="Paper that the PDF is a print of.")
    pdf = fields.Binary(string="PDF", attachment=True)
    pdf_name = fields.Char(string="File Name", compute="_compute_pdf_name")
    pdf_sha256 = fields.Char(string="SHA-256 of the PDF")

    _version_uniq = models.Constraint(
        "unique(res_model, res_id, kind, version)",
        "This version has been taken already.",
    )

    @api.depends("record_name", "version")
    def _compute_display_name(self):
        for picture in self:
            picture.display_name = self.env._(
                "%(record)s, version %(version)s",
                record=picture.record_name,
                version=picture.version,
            )

    @api.depends("record_name", "version")
    def _compute_pdf_name(self):
        for picture in self:
            name = (picture.record_name or "").replace("/", "-")
            picture.pdf_name = f"{name} ({picture.version}).pdf"

    def write(self, vals):
        # that it was taken in a round that is not handed in yet is no part of it
        if self and vals.keys() - {"is_held_back"}:
            raise self._unchanging()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise self._unchanging()

    def _unchanging(self):
        return AccessError(
            self.env._(
                "%(pictures)s: what was handed in, adopted or issued stays as it was. "
                "Correct it by a new version.",
                pictures=", ".join(self.sudo().mapped("display_name")),
            )
        )

    # ------------------------------------------------------------------
    # TAKING
    # ------------------------------------------------------------------

    @api.model
    def _take(self, records, kind, contents, report=None):
        """Keep what these records say now, as the next version of each.

        :param str kind: a kind of picture
        :param dict contents: ``{record id: plain values}``; dates may stand in them
        :param str report: xml id of the report whose PDF is kept with it
        :return: the pictures
        """
        action = report and self.env.ref(report)
        pdfs = action._record_pdfs(records) if action and records else {}
        versions = self._last_versions(records, kind)
        return self.sudo().create(
            [
                {
                    **self._links(record),
                    "kind": kind,
                    "version": versions.get(record.id, 0) + 1,
                    "report_name": action and action.report_name,
                    **self._kept(kind, contents[record.id], pdfs.get(record.id)),
                }
                for record in records
            ]
        )

    @api.model
    def _links(self, record):
        fields_ = record._fields
        dossier = record if record._name == "cadre.review.dossier" else None
        if dossier is None and "dossier_id" in fields_:
            dossier = record.dossier_id
        return {
            "res_model": record._name,
            "res_id": record.id,
            "record_name": record.display_name,
            "company_id": record.company_id.id,
            "campaign_id": record.campaign_id.id,
            "dossier_id": dossier.id if dossier else False,
            "unit_id": record.unit_id.id if "unit_id" in fields_ else False,
            "user_id": self.env.uid,
            "is_on_behalf": "is_on_behalf" in fields_ and record.is_on_behalf,
        }

    @api.model
    def _kept(self, kind, content, pdf):
        text = canonical(f"{kind}/1", content)
        return {
            "content": text,
            "content_sha256": fingerprint(text),
            "pdf": pdf and base64.b64encode(pdf),
            "pdf_sha256": pdf and fingerprint(pdf),
        }

    @api.model
    def _last_versions(self, records, kind):
        found = self.sudo()._read_group(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("kind", "=", kind),
            ],
            ["res_id"],
            ["version:max"],
        )
        return dict(found)

    # ------------------------------------------------------------------
    # READING AGAIN
    # ------------------------------------------------------------------

    def _content(self):
        """The plain values that were kept."""
        self.ensure_one()
        return json.loads(self.content)["content"]

    @api.model
    def _prints(self, records, report_name):
        """``{record id: bytes}`` of the papers that are not printed anew: those of
        records in a state in which they stay as they are (``_pictured_states``)."""
        states = getattr(type(records), "_pictured_states", ())
        settled = states and records.filtered(lambda record: record.state in states)
        if not settled:
            return {}
        pictures = self.search(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", settled.ids),
                ("report_name", "=", report_name),
                ("pdf_sha256", "!=", False),
            ],
            order="version",
        )
        latest = {picture.res_id: picture for picture in pictures}
        return {res_id: picture._pdf_bytes() for res_id, picture in latest.items()}

    def _pdf_bytes(self):
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).pdf or b"")

    def _altered(self):
        """Those that no longer are what was kept: content or PDF do not match."""
        return self.filtered(
            lambda picture: fingerprint(picture.content or "") != picture.content_sha256
            or (
                picture.pdf_sha256
                and fingerprint(picture._pdf_bytes()) != picture.pdf_sha256
            )
        )
