from odoo import api, fields, models

# part of a version's content -> the report's list that it was taken from
LISTS = {
    "targets": "target_ids",
    "shortcomings": "shortcoming_ids",
    "earlier": "earlier_ids",
    "answers": "answer_ids",
}


class CadreReviewPicture(models.Model):
    _inherit = "cadre.review.picture"

    report_state = fields.Selection(
        [("sent", "As sent to those who take part"), ("final", "As completed")],
        string="Taken When",
        compute="_compute_report_state",
    )

    @api.depends("kind", "content")
    def _compute_report_state(self):
        for picture in self:
            picture.report_state = picture.kind == "report" and picture._content().get(
                "state"
            )


class CadreReviewReport(models.Model):
    """Both versions of the report beside each other: what the revision changed."""

    _inherit = "cadre.review.report"

    changes = fields.Html(
        compute="_compute_changes",
        help="What the last version says otherwise than the one before.",
    )

    @api.depends("state")
    def _compute_changes(self):
        """The texts that differ between the last two versions, side by side."""
        for report in self:
            versions = report.picture_ids.sorted("version")[-2:]
            pairs = []
            if len(versions) == 2:
                before, after = (
                    report._texts_of(version._content()) for version in versions
                )
                pairs = [
                    (title, before.get(title, ""), after.get(title, ""))
                    for title in {**before, **after}
                    if before.get(title, "") != after.get(title, "")
                ]
            report.changes = len(versions) == 2 and self.env["ir.qweb"]._render(
                "cadre_review.report_changes", {"versions": versions, "pairs": pairs}
            )

    @api.model
    def _texts_of(self, content):
        """``{title: text}`` of a version, its lists with one row a line."""
        texts = {
            f"{section['code']}. {section['title']}": section["text"]
            for section in content.get("sections", ())
        }
        for key, name in LISTS.items():
            title = self._fields[name]._description_string(self.env)
            rows = content.get(key, ())
            texts[title] = "\n".join(self._row_text(name, row) for row in rows)
        level = self._fields["proposed_level"]
        texts[level._description_string(self.env)] = dict(
            level._description_selection(self.env)
        ).get(content.get("proposed_level"), "")
        return texts

    def _row_text(self, name, row):
        """One row of a list, its status in words."""
        status = self.env[self._fields[name].comodel_name]._fields.get("status")
        labels = status and dict(status._description_selection(self.env))
        return " – ".join(
            labels.get(value, value) if key == "status" else str(value)
            for key, value in row.items()
            if value
        )
