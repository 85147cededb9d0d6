from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...scans import binding

# what of a paper the report of its kind prints, by the report's model; of conference
# and report the latest version, which comes first
PRINTED = {
    "cadre.review.dossier": lambda paper: paper.dossier_id,
    "cadre.review.rating": lambda paper: paper.rating_id,
    "cadre.review.conference.body": lambda paper: (
        paper.dossier_id.conference_ids[:1].body_ids.filtered(
            lambda body: body.kind == "unit"
        )
    ),
    "cadre.review.report": lambda paper: paper.dossier_id.report_ids[:1],
}
WHY = {
    "broken": "Tệp bị hỏng, không đọc được.",
    "locked": "Tệp có mật khẩu, không mở được.",
    "kind": "Tệp Word, Excel: mở và in riêng.",
    "pixels": "Ảnh có độ phân giải quá lớn, không in kèm được: mở và in riêng.",
    "pages": "Tệp có quá nhiều trang, không in kèm được: mở và in riêng.",
    "unpacked": "Tệp giải nén ra quá lớn, không in kèm được: mở và in riêng.",
    "heavy": "Tệp quá nặng, không in kèm được: mở và in riêng.",
    "hidden": "Tệp chưa được xem trước khi nộp hồ sơ.",
}


class CadreReviewDossier(models.Model):
    """The whole dossier as one PDF to print and read: cover, list, papers in the
    letter's order. The files themselves stay as they are, to the byte."""

    _inherit = "cadre.review.dossier"

    def _print_volumes(self):
        """As one PDF per dossier, as often as the campaign wants sets."""
        name = self.env._("Whole Dossier")
        if len(self) == 1:
            name = f"{name} - {self.unit_name}"
        sets = max(self.sudo().campaign_id.mapped("sets") or [1])
        return self.env["cadre.review.printing"]._ask("volume", name, self, sets)

    def _print_forms(self):
        """The forms of all people of these dossiers as one PDF."""
        ratings = self.env["cadre.review.rating"].search(
            [
                ("dossier_id", "in", self.ids),
                ("cadre_id", "!=", False),
                ("scope", "=", "rated"),
                ("has_left", "=", False),
            ],
            order="dossier_id, sequence, id",
        )
        if not ratings:
            raise UserError(self.env._("There is nobody whose form could be printed."))
        name = self.env._("Assessment Forms")
        if len(self) == 1:
            name = f"{name} - {self.unit_name}"
        return self.env["cadre.review.printing"]._ask("forms", name, ratings)

    def _volume(self, sets=1):
        """Cover, list and papers, marked as a copy on each page.

        :rtype: bytes
        """
        self.ensure_one()
        reports = self.env["ir.actions.report"]
        mark = reports._plain_pages("cadre_review.volume_mark", {})
        index = self.env.ref("cadre_review.action_report_round")
        index = index.with_context(report_pdf_no_attachment=True)
        pieces = [
            (None, "Mục lục", index._record_pdfs(self).get(self.id)),
            *self._volume_pieces(),
        ]
        volume = binding.Volume(mark)
        for number in range(1, sets + 1):
            cover = reports._plain_pages(
                "cadre_review.volume_cover",
                {"doc": self, "number": number, "sets": sets},
            )
            top = volume.add(f"Bộ {number}/{sets}", cover)
            groups = {}
            for group, title, pdf in pieces:
                if not pdf:
                    continue
                if group and group not in groups:
                    groups[group] = volume.add(title, pdf, top)
                else:
                    volume.add(title, pdf, groups.get(group, top))
        return volume.content()

    def _volume_pieces(self):
        """``(kind, title, PDF)`` of the papers in the letter's order; a paper that has
        nothing to copy gets a page that says so."""
        papers = self.paper_ids.filtered(lambda p: not p.rating_id.has_left)
        pieces = []
        for paper in papers.sorted(lambda p: (p.kind_id.sequence, p.sequence, p.id)):
            title = paper.kind_id.short_name
            if paper.rating_id:
                title = f"{title} – {paper.rating_id.name}"
            for pdf in paper._volume_pages():
                pieces.append((paper.kind_id, title, pdf))
        return pieces


class CadreReviewPaperKind(models.Model):
    _inherit = "cadre.review.paper.kind"

    @api.constrains("print_action_id")
    def _check_report(self):
        for kind in self.filtered("print_action_id"):
            if kind.print_action_id.model not in PRINTED:
                raise ValidationError(
                    self.env._(
                        "%(kind)s: “%(report)s” prints nothing of a dossier.",
                        kind=kind.name,
                        report=kind.print_action_id.name,
                    )
                )


class CadreReviewPaper(models.Model):
    _inherit = "cadre.review.paper"

    def _volume_pages(self):
        """The PDFs of one paper: its files, else its print, else a page that names
        where it is."""
        self.ensure_one()
        if self.is_secret:
            return []  # its line in the list is all there is of it
        files = self.file_ids.filtered("is_current").sorted("version")
        # photographs that were combined stand in the combined file
        made = files.filtered(lambda f: f.origin == "combined")
        if made:
            shown = set("\n".join(made.mapped("made_from")).splitlines())
            files = files.filtered(lambda f: f in made or f.name not in shown)
        if files:
            return [self._volume_file(file) for file in files]
        # not over the field: its cache holds what the user sees
        if files.sudo().search_count([("paper_id", "=", self.id)], limit=1):
            return [self._volume_note("", WHY["hidden"])]
        if not self.source_place:
            printed = self._volume_prints()
            if printed:
                return printed
        where = self.source_place and f"Bản giấy lưu tại: {self.source_place}."
        return [self._volume_note("", where or "Chưa có trong hồ sơ.")]

    def _volume_file(self, file):
        attachment = file.attachment_id._filtered_access("read")
        if not attachment:
            return self._volume_note(file.name, WHY["hidden"])
        try:
            return binding.as_pdf(file.name, attachment.raw or b"", file.kind)
        except binding.Unbindable as error:
            return self._volume_note(file.name, WHY[error.why])

    def _volume_prints(self):
        """The paper as this system prints it now, where it has such a paper."""
        report = self.kind_id.print_action_id
        records = report and PRINTED[report.model](self)
        return list(report._record_pdfs(records).values()) if records else []

    def _volume_note(self, name, text):
        return self.env["ir.actions.report"]._plain_pages(
            "cadre_review.volume_note", {"paper": self, "name": name, "text": text}
        )


class CadreReviewCampaign(models.Model):
    _inherit = "cadre.review.campaign"

    printing_problems = fields.Text(
        compute="_compute_printing_problems",
        groups="cadre_review.cadre_review_group_admin",
        help="What this server lacks to print papers as they should be.",
    )

    @api.depends_context("lang")
    def _compute_printing_problems(self):
        problems = self.env["ir.actions.report"]._printing_problems()
        self.printing_problems = "\n".join(problems)

    def _print_volumes(self):
        return self.dossier_ids.filtered(
            lambda dossier: dossier.state != "excluded"
        )._print_volumes()

    def _print_forms(self):
        return self.dossier_ids.filtered(
            lambda dossier: dossier.state != "excluded"
        )._print_forms()
