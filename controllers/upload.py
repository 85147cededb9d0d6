import json

from odoo import http
from odoo.exceptions import ValidationError
from odoo.http import request

from odoo.addons.web.controllers.binary import Binary


class Upload(Binary):
    @http.route()
    def upload_attachment(self, model, id, ufile, callback=None):
        """Say which file is refused and why, before any of them is stored."""
        Attachment = request.env["ir.attachment"]
        if not Attachment._is_ours(model):
            return super().upload_attachment(model, id, ufile, callback=callback)
        refused = []
        for file in request.httprequest.files.getlist("ufile"):
            try:
                Attachment._judged(
                    [{"res_model": model, "name": file.filename, "raw": file.read()}]
                )
            except ValidationError as error:
                refused.append(error.args[0])
            file.seek(0)
        if refused:
            return json.dumps([{"error": "\n".join(refused)}])
        return super().upload_attachment(model, id, ufile, callback=callback)
