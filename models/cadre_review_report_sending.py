import base64

from odoo import Command, fields, models
from odoo.tools import email_normalize

LANGUAGE = "vi_VN"


class CadreReviewReport(models.Model):
    """The draft goes by mail to those who take part and have an address.

    What is keyed from paper was sent on paper: nothing goes out then.
    """

    _inherit = "cadre.review.report"

    sent_to = fields.Text(
        string="Sent by Mail To", gated=True, copy=False, readonly=True
    )
    not_sent_to = fields.Text(
        string="Without an Address",
        gated=True,
        copy=False,
        readonly=True,
        help="They get the draft on paper.",
    )

    def _mail_draft(self, pictures):
        """One mail with the PDF to each address, queued in one batch.

        :param pictures: the versions that are sent, one for each report
        """
        online = self.filtered(lambda report: report.source == "online")
        files = self._draft_files(pictures.filtered(lambda p: p.res_id in online.ids))
        mails = []
        # all people at once, not those of one report after another
        online.dossier_id.rating_ids.cadre_id.mapped(
            lambda c: c.email or c.user_id.email
        )
        for report in online:
            reached, unreached = {}, []
            for person in report._participants():
                address = email_normalize(person.email or person.user_id.email)
                if address:
                    reached.setdefault(address, []).append(person.name)
                else:
                    unreached.append(person.name)
            report.sent_to = "\n".join(
                f"{', '.join(names)} <{address}>" for address, names in reached.items()
            )
            report.not_sent_to = "\n".join(unreached)
            if reached:
                words = report._draft_words()
                file = files.get(report.id)
                mails += [
                    {
                        **words,
                        "email_to": address,
                        "attachment_ids": file and [Command.link(file.id)],
                    }
                    for address in reached
                ]
        self.env["mail.mail"].create(mails)

    def _participants(self):
        """The people of the unit whom the conference concerns, by precedence."""
        ratings = self.dossier_id.rating_ids.filtered(
            lambda rating: rating.cadre_id and not rating.has_left
        )
        return ratings._in_lawful_order().cadre_id

    def _draft_files(self, pictures):
        """``{report_id: attachment}``, hanging on no record that could be edited."""
        printed = pictures.filtered("pdf_sha256")
        files = self.env["ir.attachment"].create(
            [
                {
                    "name": picture.pdf_name,
                    "datas": base64.b64encode(picture._pdf_bytes()),
                    "mimetype": "application/pdf",
                    "res_model": "mail.mail",
                }
                for picture in printed
            ]
        )
        return dict(zip(printed.mapped("res_id"), files, strict=True))

    def _draft_words(self):
        """Sender, subject and text of the mail; Vietnamese at the source."""
        self.ensure_one()
        unit = self.dossier_id.unit_name
        values = {"report": self, "unit": unit, "campaign": self.campaign_id.name}
        body = self.env["ir.qweb"]._render("cadre_review.report_draft_mail", values)
        return {
            "subject": f"Dự thảo báo cáo kiểm điểm của tập thể: {unit}",
            "body_html": body,
            "email_from": self.company_id.email_formatted,
            "reply_to": self.unit_id.email or self.company_id.email_formatted,
        }

    def _sent_notice(self):
        """Who got the draft and who has to be given it on paper."""
        told = [
            self.env._(
                "%(report)s: sent by mail to %(count)s address(es). Without an "
                "address: %(names)s.",
                report=report.display_name,
                count=len((report.sent_to or "").splitlines()),
                names="; ".join((report.not_sent_to or "–").splitlines()),
            )
            for report in self
        ]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if any(self.mapped("not_sent_to")) else "success",
                "sticky": True,
                "message": "\n".join(told),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
