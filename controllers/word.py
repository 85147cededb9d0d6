import io
import zipfile

from odoo import http
from odoo.http import request

from ..scans.kinds import KINDS
from ..scans.names import apart
from .file_answer import file_answer


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
        # users read no reports; what one prints is read with their own rights
        report_sudo = request.env["ir.actions.report"].sudo().browse(report_id).exists()
        wanted = [int(part) for part in ids.split(",") if part.isdigit()]
        if not report_sudo or not wanted:
            raise request.not_found()
        records = request.env[report_sudo.model].browse(wanted)
        files = report_sudo.with_env(request.env)._record_words(records)
        if len(files) == 1:
            return file_answer(*files[0], KINDS["docx"][1])
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
            taken = set()
            for name, content in files:
                parts.writestr(apart(name, taken), content)
        name = f"{report_sudo.name}.zip"
        return file_answer(name, packed.getvalue(), "application/zip")
