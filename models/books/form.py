import base64

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...workbooks import columns, forms
from ...workbooks.kinds import LABELS
from ..base.kept_link import kept_link

TARGETS = [(column.code, LABELS[column.code]) for column in forms.FIELDS]


class CadreReviewForm(models.Model):
    """The form that a superior level sends, and what stands in its columns.

    Its headings are mapped once: a later form with the same headings takes the
    mapping over.

    - the office keeps it until the campaign is closed; whoever reads the campaign may
      fill it with what they may read.
    """

    _name = "cadre.review.form"
    _description = "Form of the Superior Level"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "campaign_id desc, id"

    campaign_id = fields.Many2one(
        "cadre.review.campaign",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    company_id = kept_link("campaign_id.company_id")
    name = fields.Char(required=True, default="Biểu mẫu gửi kèm")
    file = fields.Binary(required=True, attachment=True)
    file_name = fields.Char()
    sheet = fields.Char(help="Sheet of the file that is filled in.")
    header_first = fields.Integer(string="Heading From Row")
    header_last = fields.Integer(string="To Row")
    people_only = fields.Boolean(help="Leave the collectives out of the form.")
    column_ids = fields.One2many(
        "cadre.review.form.column", "form_id", string="Columns"
    )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records:
            record._guess()
        return records

    def write(self, vals):
        result = super().write(vals)
        guessed = self.env.context.get("cadre_review_guessed")
        if vals.keys() & {"file", "sheet"} and not guessed:
            for record in self:
                record._guess()
        return result

    def unlink(self):
        self.check_access("unlink")
        self.sudo().column_ids.unlink()
        return super().unlink()

    def _guess(self):
        """Find the table on the sheets, and what its columns mean."""
        layouts = self._readable(forms.look_at, self._content(), self._learnt())
        wanted = self.sheet if self.sheet in layouts else None
        best = wanted or max(
            layouts, key=lambda name: len(layouts[name].columns) if layouts[name] else 0
        )
        layout = layouts[best]
        if not layout:
            raise UserError(
                self.env._(
                    "%(sheet)s: no heading was found on this sheet. Name the sheet "
                    "that has the table.",
                    sheet=best,
                )
            )
        self.with_context(cadre_review_guessed=True).write(
            {
                "sheet": best,
                "header_first": layout.first,
                "header_last": layout.last,
                "column_ids": [Command.delete(column.id) for column in self.column_ids]
                + [
                    Command.create(
                        {
                            "number": number,
                            "letters": letters,
                            "heading": heading,
                            "target": code or False,
                        }
                    )
                    for number, letters, heading, code in forms.describe(layout)
                ],
            }
        )

    def _learnt(self):
        """What the headings of the council's earlier forms were taken for."""
        earlier = self.env["cadre.review.form.column"].search_fetch(
            [("company_id", "=", self.company_id.id), ("form_id", "!=", self.id)],
            ["heading", "target", "form_id"],
            order="form_id, number",
        )
        return columns.Learnt(
            [(column.heading or "", column.target or "") for column in of_form]
            for of_form in earlier.grouped("form_id").values()
        )

    def _content(self):
        content = base64.b64decode(self.with_context(bin_size=False).file)
        self.env["ir.attachment"]._check_weight(self.display_name, "xlsx", content)
        return content

    def _readable(self, work, *args):
        return self.env["cadre.review.import"]._refuse_unreadable(work, *args)

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_fill(self):
        """Download the form filled in with all units the user may read."""
        self.ensure_one()
        self.check_access("read")
        return self._download("campaign", self.campaign_id)

    def _download(self, word, record):
        return {
            "type": "ir.actions.act_url",
            "url": f"/cadre_review/form/{self.id}/{word}/{record.id}",
            "target": "download",
        }

    def _file_for(self, place):
        """Name and bytes of the form filled in for a dossier or a campaign, with what
        the user may read.

        :param place: a dossier or a campaign, of this form's campaign
        """
        self.ensure_one()
        self.check_access("read")
        place.check_access("read")
        ratings = self.env["cadre.review.rating"].search(
            [
                (
                    "dossier_id"
                    if place._name == "cadre.review.dossier"
                    else "campaign_id",
                    "=",
                    place.id,
                ),
                ("dossier_id.state", "!=", "excluded"),
                ("has_left", "=", False),
            ]
        )
        subjects = ratings._summary_subjects()
        mapped = {c.number: c.target for c in self.column_ids if c.target}
        unit = place.unit_name if place._name == "cadre.review.dossier" else ""
        content = self._readable(
            forms.fill,
            self._content(),
            forms.Filling(
                sheet=self.sheet,
                first=self.header_first,
                last=self.header_last,
                columns=mapped,
                entries=[
                    forms.entry_of(subject)
                    for subject in subjects.values()
                    if not (self.people_only and subject.is_collective)
                ],
                heads={"unit": unit, "year": self.campaign_id.year},
            ),
        )
        name = f"{self.name} - {place.display_name}".replace("/", "-")
        return f"{name}.xlsx", content


class CadreReviewFormColumn(models.Model):
    """A column of a form; its rights are the form's."""

    _name = "cadre.review.form.column"
    _description = "Column of a Form"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "form_id, number"
    _rec_name = "heading"

    form_id = fields.Many2one(
        "cadre.review.form", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = kept_link("form_id.company_id")
    campaign_id = kept_link("form_id.campaign_id")
    number = fields.Integer(aggregator=None)
    letters = fields.Char(string="Column")
    heading = fields.Char()
    target = fields.Selection(TARGETS, string="Is Filled With")


class CadreReviewCampaign(models.Model):
    _inherit = "cadre.review.campaign"

    form_ids = fields.One2many(
        "cadre.review.form", "campaign_id", string="Forms of the Superior Level"
    )

    def action_view_forms(self):
        action = self._view("cadre_review.cadre_review_form_action")
        return {**action, "context": {"default_campaign_id": self.id}}


class CadreReviewDossier(models.Model):
    _inherit = "cadre.review.dossier"

    has_form = fields.Boolean(compute="_compute_has_form")

    @api.depends("campaign_id")
    def _compute_has_form(self):
        with_form = self.campaign_id.filtered("form_ids")
        for dossier in self:
            dossier.has_form = dossier.campaign_id in with_form

    def action_fill_form(self):
        """Download the campaign's form filled in for this unit."""
        self.ensure_one()
        self.check_access("read")
        form = self.campaign_id.form_ids[:1]
        if not form:
            raise UserError(
                self.env._(
                    "%(campaign)s has no form of the superior level. The office "
                    "uploads it to the campaign.",
                    campaign=self.campaign_id.name,
                )
            )
        return form._download("dossier", self)
