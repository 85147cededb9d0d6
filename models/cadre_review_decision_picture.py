from odoo import models

from ..rules.pictures import fingerprint

REPORT = "cadre_review.action_report_decision"


class CadreReviewDecision(models.Model):
    """What a decision was when it was issued: its content, its print, its scans.

    Of another authority's decision nothing is printed: the scan is the paper.
    """

    _inherit = "cadre.review.decision"

    _pictured_states = ("issued",)

    def _after_issue(self):
        result = super()._after_issue()
        Picture = self.env["cadre.review.picture"]
        contents = {decision.id: decision._content() for decision in self}
        own = self.filtered("is_own")
        if own:
            Picture._take(own, "decision", contents, REPORT)
        if self - own:
            Picture._take(self - own, "decision", contents)
        return result

    def _content(self):
        """The whole document as plain values."""
        self.ensure_one()
        session = self.session_id
        return {
            "campaign": self.campaign_id.name,
            "authority": self.authority_id.name,
            "authority_code": self.authority_id.code,
            "kind": self.kind,
            "number": self.number,
            "date": self.date,
            "signer": self.signer,
            "capacity": self.capacity or "",
            "signer_capacity": self.signer_capacity or "",
            "session": (session and session._day()) or None,
            "source": self.source,
            "source_place": self.source_place or "",
            "files": [
                {"name": file.name, "sha256": fingerprint(file.raw or b"")}
                for file in self.attachment_ids
            ],
            "lines": [line._content() for line in self.line_ids],
        }


class CadreReviewDecisionLine(models.Model):
    _inherit = "cadre.review.decision.line"

    def _content(self):
        self.ensure_one()
        rating, superseded = self.rating_id, self.superseded_line_id
        return {
            "subject": rating.name,
            "code": rating.cadre_id.code or rating.unit_id.code,
            "title": rating.title or "",
            "unit": rating.dossier_id.unit_name,
            "regulation": rating.regulation_id.code,
            "level": self.level,
            "level_label": rating.regulation_id._label(self.level) or self.level,
            "reason": self.reason or "",
            "comment": self.comment or "",
            "supersedes": superseded.decision_id.display_name if superseded else "",
        }
