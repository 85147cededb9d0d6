from odoo import api, models
from odoo.exceptions import UserError

from . import docx_engine, pdf_engine


class IrActionsReport(models.Model):
    """Pages that are no papers of their own: covers, marks, notes between papers."""

    _inherit = "ir.actions.report"

    @api.model
    def _check_prints_here(self):
        if not pdf_engine.AVAILABLE:
            raise UserError(
                self.env._(
                    "Many papers at once are printed by WeasyPrint, which is missing "
                    "on this server. Ask the administrator to install it (pip install "
                    "weasyprint); each paper alone prints all the same."
                )
            )

    @api.model
    def _printing_problems(self):
        """What this server lacks to print papers as they should be, in sentences."""
        problems = []
        if not pdf_engine.AVAILABLE:
            problems.append(
                self.env._(
                    "WeasyPrint is missing: papers are printed by wkhtmltopdf, without "
                    "page numbers and not to the measure. Install it (pip install "
                    "weasyprint) and restart Odoo."
                )
            )
        elif not pdf_engine.is_lawful(pdf_engine.font()):
            problems.append(
                self.env._(
                    "Neither Times New Roman nor Tinos is installed: papers are "
                    "printed in %(font)s. Install one (apt install fonts-croscore) and "
                    "restart Odoo.",
                    font=pdf_engine.font(),
                )
            )
        if not docx_engine.AVAILABLE:
            problems.append(
                self.env._(
                    "python-docx is missing: papers cannot be had as Word files. "
                    "Install it (pip install python-docx) and restart Odoo."
                )
            )
        return problems

    @api.model
    def _plain_pages(self, template, values):
        """The PDF of a whole QWeb page.

        :rtype: bytes
        """
        html = self.env["ir.qweb"]._render(template, values)
        return pdf_engine.render(str(html))
