import io
import zipfile

from odoo import http
from odoo.http import content_disposition, request

from ..scans.kinds import KINDS
from ..scans.names import apart


class WordController(http.Controller):
    """Papers as Word files: one as it is, several in a zip; with the user's rights."""

    @http.route(
        "/cadre_review/word/<int:report_id>/<string:ids>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def word(self, report_id, ids):
        report = request.env["ir.actions.report"].sudo().browse(report_id).exists()
        wanted = [int(part) for part in ids.split(",") if part.isdigit()]
        if not report or not wanted:
            raise request.not_found()
        report = report.with_env(request.env)
        records = request.env[report.sudo().model].browse(wanted)
        files = report._record_words(records)
        if len(files) == 1:
            return self._answer(*files[0], KINDS["docx"][1])
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
            taken = set()
            for name, content in files:
                parts.writestr(apart(name, taken), content)
        name = f"{report.sudo().name}.zip"
        return self._answer(name, packed.getvalue(), "application/zip")

    def _answer(self, name, content, kind):
        return request.make_response(
            content,
            [
                ("Content-Type", kind),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
