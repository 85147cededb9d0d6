from odoo import models
from odoo.exceptions import AccessError

from ...scans.archive import FOLDER, Part
from ...scans.names import safe

ARCHIVISTS = "cadre_review.cadre_review_group_admin"
COMMON = "00 Văn bản chung"


class CadreReviewCampaign(models.Model):
    """The archive of a campaign: one zip of originals, readable without Odoo."""

    _inherit = "cadre.review.campaign"

    def _archive(self):
        """Ask for the archive; the office of the campaign and the administrator do."""
        self.ensure_one()
        self._check_archivist()
        dossiers = self.sudo().dossier_ids
        job = self.env["cadre.review.printing"]
        # the campaign's own papers come first
        return job._ask_archive(self, [-self.id, *dossiers.ids])

    def _check_archivist(self):
        self.check_access("read")
        if self - self._in_role("office") and not self.env.user.has_group(ARCHIVISTS):
            raise AccessError(
                self.env._("Only the office and the administrator take the archive.")
            )

    def _archive_part(self):
        """Decisions as they were issued, with their scans.

        :rtype: bytes
        """
        self._check_archivist()
        campaign = self.sudo()
        part = Part(COMMON, COMMON)
        decisions = self.env["cadre.review.decision"].sudo()
        decisions = decisions.search(
            [("campaign_id", "=", campaign.id), ("state", "=", "issued")], order="id"
        )
        for decision in decisions:
            values = {
                "kind": "Kết luận, quyết định",
                "signer": decision.signer or "",
                "number": decision.number or "",
                "date": decision.date and f"{decision.date:%d/%m/%Y}" or "",
            }
            for file in decision.attachment_ids:
                part.add(file.raw or b"", name=file.name, **values)
        part_pictures(part, campaign, [("dossier_id", "=", False)])
        return part.content()


class CadreReviewDossier(models.Model):
    _inherit = "cadre.review.dossier"

    def _archive_part(self):
        """The files of one unit: every version that was given, and what was printed
        when it was handed in or adopted.

        :rtype: bytes
        """
        self.ensure_one()
        self.sudo().campaign_id.with_env(self.env)._check_archivist()
        dossier = self.sudo()
        order = dossier.campaign_id.dossier_ids.ids.index(dossier.id) + 1
        folder = safe(f"{order:02} {dossier.unit_name}", FOLDER)
        part = Part(dossier.unit_name, folder)
        for paper in dossier.paper_ids:
            self._archive_paper(part, paper)
        part_pictures(part, dossier.campaign_id, [("dossier_id", "=", dossier.id)])
        return part.content()

    def _archive_paper(self, part, paper):
        values = {
            "kind": f"{paper.kind_id.code} {paper.kind_id.short_name}",
            "person": paper.rating_id.name or "",
            "signer": paper.signer or "",
            "number": paper.number or "",
            "date": paper.date and f"{paper.date:%d/%m/%Y}" or "",
        }
        if paper.is_secret:
            part.add(None, **values, note="Văn bản mật, không có tệp")
            return
        for file in paper.file_ids.sorted("version"):
            note = "" if file.is_current else "Đã được thay bằng tệp khác"
            part.add(
                file.attachment_id.raw or b"",
                **values,
                name=file.name,
                round=str(file.round or ""),
                note=note,
            )
        if not paper.file_ids:
            place = paper.source_place
            note = f"Bản giấy lưu tại: {place}" if place else "Không có tệp"
            part.add(None, **values, note=note)


def part_pictures(part, campaign, domain):
    """The papers printed here when they were handed in, adopted or issued."""
    pictures = campaign.env["cadre.review.picture"].search(
        [("campaign_id", "=", campaign.id), ("pdf_sha256", "!=", False), *domain],
        order="id",
    )
    for picture in pictures:
        part.add(
            picture._pdf_bytes(),
            kind="In từ hệ thống khi nộp, thông qua, ban hành",
            name=picture.pdf_name,
            round=str(picture.version),
            signer=picture.user_id.name,
            date=f"{picture.create_date:%d/%m/%Y}",
        )
