from email.header import Header

from odoo import models


class IrMailServer(models.Model):
    """Subjects in Vietnamese arrive as they were written."""

    _inherit = "ir.mail_server"

    def _build_email__(self, *args, **kwargs):
        """Python folds a long subject that is not ASCII at a blank, which mail programs
        then leave out (RFC 2047 section 6.2): “kiểm điểm– quá hạn”. Encoded beforehand,
        the blanks stay inside the encoded words."""
        message = super()._build_email__(*args, **kwargs)
        subject = str(message["Subject"] or "")
        if not subject.isascii():
            del message["Subject"]
            encoded = Header(subject, "utf-8", header_name="Subject")
            message.set_raw("Subject", encoded.encode(linesep=message.policy.linesep))
        return message
