from odoo import http
from odoo.http import content_disposition, request

from ..workbooks.summary import MEDIA_TYPE


class SummaryController(http.Controller):
    """Streams a summary; what is in it is read with the user's own rights."""

    @http.route(
        "/cadre_review/summary/<any(dossier, campaign):word>/<int:record_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def summary(self, word, record_id):
        records = request.env[f"cadre.review.{word}"]
        # another unit's dossier looks like one that does not exist
        record = records.has_access("read") and records.search([("id", "=", record_id)])
        if not record:
            raise request.not_found()
        name, content = record._summary_file()
        return request.make_response(
            content,
            [
                ("Content-Type", MEDIA_TYPE),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
