import gzip
import io
from pathlib import Path

from odoo import models
from odoo.exceptions import AccessError

from ...rules import seals
from ...scans.archive import FOLDER, Part
from ...scans.names import safe
from .sealed import CAMPAIGN, Sealed, campaign_models

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
                part.add(
                    file.raw or b"",
                    name=file.name,
                    attachment=str(file.id),
                    **values,
                )
        part_pictures(part, campaign, [("dossier_id", "=", False)])
        part_other_files(part, campaign)
        self._enclose_seals(part)
        return part.content()

    def _enclose_seals(self, part):
        """The manifests, the rows they speak of as far as the user reads them, and the
        program that compares."""
        found = self.sudo().seal_ids.sorted("id")
        whole = found.filtered(lambda seal: not seal.record_name)[-1:]
        if not whole:
            return
        program = Path(seals.__file__).read_bytes()
        part.enclose(seals.PROGRAM, [program])
        for seal in whole | found.filtered("record_name"):
            part.enclose(f"{seals.FOLDER}/{seal.manifest_name}", [seal._packed()])
        part.enclose(seals.ROWS, self._packed_rows())

    def _packed_rows(self):
        sealed = Sealed(self.sudo())
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
            for model, names in sealed.columns.items():
                Model = self.env[model]
                if not Model.has_access("read") or not all(
                    Model._has_field_access(Model._fields[name], "read")
                    for name in names
                ):
                    continue
                texts = dict(sealed.texts(model))
                readable = Model.browse(texts)._filtered_access("read")
                for id_ in sorted(readable.ids):
                    file.write(seals.row_text(model, id_, texts[id_]))
        yield packed.getvalue()


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
        part_other_files(part, dossier)
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
                attachment=str(file.attachment_id.id),
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
    files = _files_of(pictures, ("res_field", "=", "pdf")).grouped("res_id")
    for picture in pictures:
        part.add(
            picture._pdf_bytes(),
            kind="In từ hệ thống khi nộp, thông qua, ban hành",
            name=picture.pdf_name,
            round=str(picture.version),
            signer=picture.user_id.name,
            date=f"{picture.create_date:%d/%m/%Y}",
            attachment=str(files[picture.id].id) if picture.id in files else "",
        )


def part_other_files(part, owner):
    """What else was given: scans and files on any record of the campaign or dossier.

    :param owner: a campaign, for what hangs on no dossier, or a dossier
    """
    known = {int(entry.attachment) for entry in part.entries if entry.attachment}
    for model in campaign_models(owner.env):
        records = _records_of(owner, model)
        for file in _files_of(records, ("id", "not in", list(known))):
            part.add(
                file.raw or b"",
                kind="Tệp khác",
                name=file.name,
                note=records.browse(file.res_id).display_name or "",
                attachment=str(file.id),
            )


def _records_of(owner, model):
    """Those of the model that hang on the owner alone."""
    Model = owner.env[model]
    if model == owner._name:
        return owner
    with_dossier = "dossier_id" in Model._fields
    if owner._name != CAMPAIGN:
        return Model.search([("dossier_id", "=", owner.id)]) if with_dossier else Model
    if model == "cadre.review.dossier" or "campaign_id" not in Model._fields:
        return Model
    domain = [("campaign_id", "=", owner.id)]
    return Model.search(domain + [("dossier_id", "=", False)] * with_dossier)


def _files_of(records, condition):
    """Their files, those of fields among them.

    :param condition: a term of the domain on ``id`` or ``res_field``, without which
        Odoo leaves out the files of fields
    """
    return records.env["ir.attachment"].search(
        [("res_model", "=", records._name), ("res_id", "in", records.ids), condition],
        order="id",
    )
