import io
import re
import unicodedata

import lxml.html

from odoo import api, fields, models

from . import nd30, pdf_engine

# allowed in the database, not in XML: pasted from other programs
CONTROL_CHARACTERS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff"
    # and marks that turn or hide what follows them
    r"\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


class IrActionsReport(models.Model):
    """Statutory papers: an asset-free layout, printed by WeasyPrint.

    Where WeasyPrint is not installed they print as any report does.
    """

    _inherit = "ir.actions.report"

    is_statutory = fields.Boolean(
        string="Statutory Paper",
        help="Laid out by Nghị định 30/2020/NĐ-CP, without the company's layout.",
    )
    prints_in_process = fields.Boolean(
        compute="_compute_prints_in_process",
        help="Printed on this server without wkhtmltopdf.",
    )

    @api.depends("is_statutory", "report_type")
    def _compute_prints_in_process(self):
        for report in self:
            report.prints_in_process = (
                report.is_statutory
                and report.report_type == "qweb-pdf"
                and pdf_engine.AVAILABLE
            )

    def _get_readable_fields(self):
        return super()._get_readable_fields() | {"prints_in_process"}

    def report_action(self, docids, data=None, config=True):
        # the company's own layout is not used: never ask for it
        action = super().report_action(
            docids, data=data, config=config and not self.is_statutory
        )
        if self.is_statutory:
            action["prints_in_process"] = self.prints_in_process
        return action

    def _get_layout(self):
        if self.is_statutory:
            return self.env.ref("cadre_review.paper_layout")
        return super()._get_layout()

    def _prepare_html(self, html, report_model=False):
        if self.is_statutory:
            html = html.decode() if isinstance(html, bytes) else html
            # searchable text needs composed letters
            html = unicodedata.normalize("NFC", CONTROL_CHARACTERS.sub("", html))
            root = lxml.html.fromstring(html)
            nd30.keep_numbers(root.find(".//main"))
            html = lxml.html.tostring(root, encoding="unicode")
        return super()._prepare_html(html, report_model=report_model)

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """One PDF per record, each with page numbers of its own."""
        report = self._get_report(report_ref)
        if not report.is_statutory or not res_ids:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        res_ids = list(dict.fromkeys(res_ids))
        records = self.env[report.model].browse(res_ids)
        records.check_access("read")
        streams = report._kept_streams(records)
        missing = [res_id for res_id in res_ids if not streams[res_id]["stream"]]
        if not pdf_engine.AVAILABLE:
            # wkhtmltopdf, unless patched, takes one document a call
            for res_id in missing:
                streams |= super()._render_qweb_pdf_prepare_streams(
                    report_ref, data, [res_id]
                )
        elif missing:
            for res_id, pdf in self._print_anew(report, missing, data).items():
                if res_id in streams:
                    streams[res_id]["stream"] = io.BytesIO(pdf)
        return {res_id: part for res_id, part in streams.items() if part["stream"]}

    def _print_anew(self, report_sudo, res_ids, data=None):
        """``{id: bytes}`` of records printed now in process.

        :param report_sudo: the report, which users may not read; what it prints is
            read in the environment of ``self``
        """
        html = self.with_context(debug=False)._render_qweb_html(
            report_sudo.report_name,
            res_ids,
            data={**(data or {}), "report_type": "pdf"},
        )[0]
        bodies, ids, *_layout = report_sudo._prepare_html(html, report_sudo.model)
        return {
            res_id: pdf_engine.render(str(body))
            for res_id, body in zip(ids, bodies, strict=True)
        }

    def _record_pdfs(self, records):
        """``{id: bytes}`` of the papers of these records as they are now; empty where
        this server has nothing to print with."""
        if pdf_engine.AVAILABLE:
            return self._print_anew(self.sudo(), records.ids)
        if self.get_wkhtmltopdf_state() == "install":
            return {}
        anew = self.with_context(report_pdf_no_attachment=True)
        streams = anew._render_qweb_pdf_prepare_streams(self, {}, records.ids)
        return {res_id: part["stream"].getvalue() for res_id, part in streams.items()}

    def _kept_streams(self, records):
        """``{id: {"stream", "attachment"}}`` with the PDFs kept at earlier prints: in
        the picture of a record that stays as it is, or as an attachment."""
        if self.env.context.get("report_pdf_no_attachment"):
            return {r.id: {"stream": None, "attachment": None} for r in records}
        pictures = self.env["cadre.review.picture"]._prints(records, self.report_name)
        kept = {}
        for record in records:
            attachment = self.retrieve_attachment(record)
            pdf = pictures.get(record.id)
            if not pdf and attachment and self.attachment_use:
                pdf = attachment.raw
            kept[record.id] = {
                "stream": io.BytesIO(pdf) if pdf else None,
                "attachment": attachment,
            }
        return kept
