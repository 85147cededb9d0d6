import hashlib
from zoneinfo import ZoneInfo

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...scans import kinds, photographs
from ..base.kept_link import kept_link
from ..base.local_today import DEFAULT_TZ

FILE_KINDS = [(key, name) for key, (name, *_rest) in kinds.KINDS.items()]
ORIGINS = [
    ("scan", "Scanned after signature"),
    ("signed", "Signed digitally"),
    ("generated", "Generated here"),
    ("combined", "Combined from photographs"),
    ("draft", "Word or Excel"),
]


class CadreReviewPaperFile(models.Model):
    """One version of one file of a paper: what it is by its bytes, and who signed it.

    - whoever reads the paper reads this; it is written with the file alone;
    - a file that was handed in stays, unchanged, when another takes its place.
    """

    _name = "cadre.review.paper.file"
    _description = "File of a Paper"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "paper_id, version desc, id desc"
    _rec_name = "name"

    paper_id = fields.Many2one(
        "cadre.review.paper",
        required=True,
        index=True,
        ondelete="restrict",
        gated=True,
    )
    dossier_id = kept_link("paper_id.dossier_id")
    campaign_id = kept_link("paper_id.campaign_id")
    company_id = kept_link("paper_id.company_id")
    unit_id = kept_link("paper_id.unit_id")
    attachment_id = fields.Many2one(
        "ir.attachment",
        string="File",
        required=True,
        index=True,
        ondelete="cascade",
        gated=True,
    )
    name = fields.Char(required=True, gated=True)
    version = fields.Integer(required=True, gated=True, aggregator=None)
    round = fields.Integer(
        gated=True, aggregator=None, help="In which the file was given."
    )
    is_handed_in = fields.Boolean(
        string="Handed In", gated=True, help="Kept as it is from then on."
    )
    is_current = fields.Boolean(
        string="Current", default=True, gated=True, help="Not replaced since."
    )
    kind = fields.Selection(FILE_KINDS, required=True, gated=True)
    size = fields.Integer(string="Size (bytes)", gated=True, aggregator=None)
    sha256 = fields.Char(string="SHA-256", required=True, gated=True, index=True)
    origin = fields.Selection(ORIGINS, required=True, gated=True)
    signatures = fields.Text(
        string="Signed Digitally By",
        gated=True,
        help="As the file says it; certificates are not verified here.",
    )
    is_misnamed = fields.Boolean(
        string="Misnamed", gated=True, help="The name has the ending of another kind."
    )
    made_from = fields.Text(gated=True, help="The photographs it shows, in order.")

    _paper_file_uniq = models.UniqueIndex(
        "(paper_id, attachment_id)", "This file is already on the paper."
    )

    @api.model
    def _prepare_values(self, paper, attachment, version):
        """What the file is, read once."""
        content = attachment.raw or b""
        judged = attachment._judge(attachment.name, content)
        # what was given before a limit was set stays what it is
        kind = judged.kind or kinds.kind_of(content)
        if judged.signatures:
            origin = "signed"
        elif kind in ("pdf", *kinds.IMAGES):
            origin = "scan"
        else:
            origin = "draft"
        return {
            "paper_id": paper.id,
            "attachment_id": attachment.id,
            "name": attachment.name,
            "version": version,
            "round": paper.dossier_id.round,
            "kind": kind,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "origin": origin,
            "signatures": "\n".join(
                self._signature_line(signature, paper.campaign_id.tz)
                for signature in judged.signatures
            ),
            "is_misnamed": judged.misnamed,
        }

    @api.model
    def _signature_line(self, signature, tz):
        if not signature.at:
            return signature.signer
        at = signature.at.astimezone(ZoneInfo(tz or DEFAULT_TZ))
        return f"{signature.signer}, {at:%d/%m/%Y %H:%M}"


class CadreReviewPaper(models.Model):
    """The files of a paper, version by version."""

    _inherit = "cadre.review.paper"

    file_ids = fields.One2many(
        "cadre.review.paper.file", "paper_id", string="Versions", readonly=True
    )
    signatures = fields.Text(
        string="Signed Digitally By", compute="_compute_signatures"
    )
    has_photographs = fields.Boolean(compute="_compute_has_photographs")

    @api.depends("file_ids.signatures", "file_ids.is_current")
    def _compute_signatures(self):
        for paper in self:
            current = paper.file_ids.filtered("is_current")
            paper.signatures = "\n".join(filter(None, current.mapped("signatures")))

    @api.depends("file_ids.kind", "file_ids.is_current")
    def _compute_has_photographs(self):
        for paper in self:
            paper.has_photographs = len(paper._photographs()) > 1

    def _claim_attachments(self):
        result = super()._claim_attachments()
        papers = self.sudo().filtered(lambda p: p.attachment_ids or p.file_ids)
        papers._describe_files()
        return result

    def _describe_files(self, strictly=True):
        """A row for each file that has none, read once; which are current.

        :param bool strictly: refuse what is of no accepted kind, else leave it out
        """
        for is_current in (True, False):
            self.file_ids.filtered(
                lambda f, wanted=is_current: f.is_current != wanted
                and (f.attachment_id in f.paper_id.attachment_ids) == wanted
            ).is_current = is_current
        described = {(f.paper_id, f.attachment_id) for f in self.file_ids}
        latest = {
            paper: max(paper.file_ids.mapped("version"), default=0) for paper in self
        }
        values = []
        for paper in self:
            for attachment in paper.attachment_ids.sorted("id"):
                if (paper, attachment) not in described:
                    latest[paper] += 1
                    values.append(
                        self.env["cadre.review.paper.file"]._prepare_values(
                            paper, attachment, latest[paper]
                        )
                    )
        unknown = [value["name"] for value in values if not value["kind"]]
        if unknown and strictly:
            raise ValidationError(
                self.env._(
                    "Not one of the accepted kinds (%(kinds)s): %(files)s.",
                    kinds=kinds.ACCEPTED,
                    files=", ".join(unknown),
                )
            )
        return self.env["cadre.review.paper.file"].create(
            [value for value in values if value["kind"]]
        )

    # ------------------------------------------------------------------
    # PHOTOGRAPHS
    # ------------------------------------------------------------------

    def _photographs(self):
        """The photographs among the files, by name: pages are numbered."""
        self.ensure_one()
        rows = self.sudo().file_ids.filtered(
            lambda file: file.is_current and file.kind in kinds.IMAGES
        )
        return rows.sorted(lambda file: (file.name.lower(), file.id))

    def action_combine_photographs(self):
        """The photographs of each paper as one PDF; they stay beside it."""
        self.check_access("write")
        problems, made = [], {}
        for paper in self:
            pages = paper._photographs()
            unread = pages.filtered(
                lambda file: file.kind == "heic" and not photographs.READS_HEIC
            )
            if len(pages) < 2:
                problems.append(
                    self.env._(
                        "%(paper)s: fewer than two photographs.",
                        paper=paper.display_name,
                    )
                )
            elif unread:
                problems.append(
                    self.env._(
                        "%(paper)s: HEIC cannot be read on this server (the program "
                        "pillow-heif is missing): %(files)s. They are kept; send them "
                        "as JPEG to combine them.",
                        paper=paper.display_name,
                        files=", ".join(unread.mapped("name")),
                    )
                )
            else:
                try:
                    made[paper] = photographs.combine(
                        [(page.name, page.attachment_id.raw) for page in pages]
                    )
                except photographs.UnreadablePhotograph as error:
                    problems.append(paper._words_on_photograph(error))
        if problems:
            raise UserError("\n".join(problems))
        for paper, content in made.items():
            paper._add_combined(paper._photographs(), content)

    def _words_on_photograph(self, error):
        if error.why:
            words = self.env["ir.attachment"]._words_on_weight(error.name, error.why)
            return f"{self.display_name}: {words}"
        return self.env._(
            "%(paper)s: “%(file)s” cannot be read as an image.",
            paper=self.display_name,
            file=error.name,
        )

    def _add_combined(self, pages, content):
        self.ensure_one()
        name = self.env._("%(paper)s (combined).pdf", paper=self.display_name)
        attachment = self.env["ir.attachment"].create(
            {
                "name": kinds.clean_name(name),
                "raw": content,
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.attachment_ids = [Command.link(attachment.id)]
        row = self.sudo().file_ids.filtered(lambda f: f.attachment_id == attachment)
        row.write({"origin": "combined", "made_from": "\n".join(pages.mapped("name"))})


class CadreReviewDossier(models.Model):
    _inherit = "cadre.review.dossier"

    def action_place_files(self):
        """Many files at once, placed on their papers in one screen."""
        self.ensure_one()
        self.check_access("write")
        window = self.env["cadre.review.paper.placing"].create({"dossier_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.paper.placing",
            "res_id": window.id,
            "view_mode": "form",
            "name": self.env._("Place Files: %(unit)s", unit=self.unit_name),
        }
