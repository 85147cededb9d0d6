from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...scans import kinds, placing


class CadreReviewPaperPlacing(models.TransientModel):
    """Many files at once, each placed on the papers it is: one screen for a dossier.

    Names suggest; the user decides. Photographs of one paper become one PDF.
    """

    _name = "cadre.review.paper.placing"
    _description = "Placing of Files"
    _rec_name = "dossier_id"

    dossier_id = fields.Many2one(
        "cadre.review.dossier", required=True, ondelete="cascade"
    )
    unit_name = fields.Char(related="dossier_id.unit_name", related_sudo=False)
    attachment_ids = fields.Many2many(
        "ir.attachment", "cadre_review_paper_placing_file_rel", string="Files"
    )
    combine = fields.Boolean(
        string="Combine Photographs",
        default=True,
        help="Photographs placed on one paper become one PDF; they stay beside it.",
    )
    provide = fields.Boolean(
        string="Mark as Provided",
        default=True,
        help="The papers that get a file are marked as provided.",
    )
    line_ids = fields.One2many(
        "cadre.review.paper.placing.line",
        "placing_id",
        compute="_compute_line_ids",
        store=True,
        compute_sudo=False,
        readonly=False,
    )

    @api.depends("attachment_ids")
    def _compute_line_ids(self):
        """A line for each new file, with the paper its name suggests."""
        for window in self:
            papers = window.dossier_id.paper_ids.filtered(
                lambda p: p.state != "conforming" and not p.is_secret
            )
            lines = [
                placing.Line(p.id, p.kind_id.code, p.rating_id.name or "")
                for p in papers
            ]
            kinds_ = papers.kind_id.sorted(lambda kind: (kind.placing_turn, kind.id))
            words = [
                placing.Kind(kind.code, placing.words_of(kind.placing_words))
                for kind in kinds_
            ]
            placed = window.line_ids.attachment_id
            gone = window.line_ids.filtered(
                lambda line, w=window: line.attachment_id not in w.attachment_ids
            )
            commands = [Command.delete(line.id) for line in gone]
            for file in window.attachment_ids - placed:
                found = placing.suggest(file.name, lines, words)
                commands.append(
                    Command.create(
                        {
                            "attachment_id": file.id,
                            "paper_ids": [Command.set([found] if found else [])],
                        }
                    )
                )
            window.line_ids = commands

    def action_place(self):
        """Put every file where it belongs, or nothing."""
        self.ensure_one()
        self.dossier_id.check_access("write")
        unplaced = self.line_ids.filtered(lambda line: not line.paper_ids)
        if not self.line_ids or unplaced:
            raise UserError(
                self.env._(
                    "Choose a paper for each file, or take the file away: %(files)s.",
                    files=", ".join(unplaced.attachment_id.mapped("name")) or "–",
                )
            )
        papers = self.line_ids.paper_ids
        foreign = papers.filtered(lambda p: p.dossier_id != self.dossier_id)
        if foreign:
            raise UserError(
                self.env._(
                    "Of another dossier: %(papers)s.",
                    papers=", ".join(foreign.mapped("display_name")),
                )
            )
        for line in self.line_ids:
            line._take_home()
        for paper in papers:
            lines = self.line_ids.filtered(lambda line, p=paper: p in line.paper_ids)
            paper.attachment_ids = [
                Command.link(file.id) for file in lines.attachment_id
            ]
        if self.combine:
            papers.filtered("has_photographs").action_combine_photographs()
        if self.provide:
            waiting = papers.filtered(lambda p: p.state in ("missing", "failed"))
            waiting._move("provide")
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.dossier",
            "res_id": self.dossier_id.id,
            "view_mode": "form",
        }


class CadreReviewPaperPlacingLine(models.TransientModel):
    _name = "cadre.review.paper.placing.line"
    _description = "Placing of One File"

    placing_id = fields.Many2one("cadre.review.paper.placing", ondelete="cascade")
    dossier_id = fields.Many2one(related="placing_id.dossier_id", related_sudo=False)
    attachment_id = fields.Many2one(
        "ir.attachment", string="File", required=True, ondelete="cascade"
    )
    size = fields.Integer(
        related="attachment_id.file_size", string="Size (bytes)", related_sudo=False
    )
    kind = fields.Char(compute="_compute_kind")
    paper_ids = fields.Many2many(
        "cadre.review.paper",
        "cadre_review_paper_placing_paper_rel",
        string="Papers",
        domain="[('dossier_id', '=', dossier_id), ('state', '!=', 'conforming')]",
        help="A comment on several people is one file on several papers.",
    )

    def _take_home(self):
        """A file that was brought to the window goes to its first paper."""
        self.ensure_one()
        file = self.attachment_id
        if file.res_model == self.placing_id._name or not file.res_id:
            home = self.paper_ids[:1]
            file.with_context(attaching_to_record=True).write(
                {"res_model": home._name, "res_id": home.id}
            )

    @api.depends("attachment_id")
    def _compute_kind(self):
        for line in self:
            kind = kinds.kind_of(line.attachment_id.raw or b"")
            line.kind = kinds.KINDS[kind][0] if kind else "?"
