from odoo import fields, models
from odoo.exceptions import UserError

from ..scans.kinds import clean_name
from . import docx_engine


class IrActionsReport(models.Model):
    """Papers that people correct by hand, as Word files from the same QWeb."""

    _inherit = "ir.actions.report"

    has_word = fields.Boolean(
        string="Also as Word",
        help="The paper can be had as an editable Word file, made from the same "
        "template as its PDF.",
    )

    def _word_action(self, records):
        """Download the Word files of these records; refused where none can be made."""
        self.ensure_one()
        if not records:
            raise UserError(self.env._("Choose what is to be printed."))
        self._check_word()
        return {
            "type": "ir.actions.act_url",
            "url": f"/cadre_review/word/{self.id}/{','.join(map(str, records.ids))}",
            "target": "download",
        }

    def _check_word(self):
        report = self.sudo()
        if not (report.is_statutory and report.has_word):
            raise UserError(
                self.env._("%(paper)s is not to be had as Word.", paper=report.name)
            )
        if not docx_engine.AVAILABLE:
            raise UserError(
                self.env._(
                    "Word files cannot be made here: the Python library python-docx "
                    "is missing. Ask the administrator to install it (pip install "
                    "python-docx); the PDF prints all the same."
                )
            )

    def _record_words(self, records):
        """``[(file name, bytes)]`` of the papers of these records as Word files, with
        the rights of whoever asks."""
        self._check_word()
        report = self.sudo()
        if not report.sudo(False)._is_offered():
            raise UserError(
                self.env._("%(paper)s is not printed by you.", paper=report.name)
            )
        records = records.exists()
        records.check_access("read")
        html = self.with_context(debug=False)._render_qweb_html(
            report.report_name, records.ids, data={"report_type": "pdf"}
        )[0]
        bodies, ids, *_layout = report._prepare_html(html, report.model)
        names = {r.id: self._word_name(report, r) for r in records}
        return [
            (names[res_id], docx_engine.render(str(body)))
            for res_id, body in zip(ids, bodies, strict=True)
        ]

    def _is_offered(self):
        """Whether the user is in a group that prints it."""
        groups = self.sudo().group_ids
        return self.env.su or not groups or bool(groups & self.env.user.all_group_ids)

    def _word_name(self, report, record):
        return f"{clean_name(f'{report.name} - {record.display_name}')}.docx"
