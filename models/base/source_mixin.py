from odoo import fields, models
from odoo.exceptions import AccessError

from ...rules import dossiers

SOURCES = [
    ("online", "Entered on line by its author"),
    ("paper", "Paper copy"),
    ("zalo", "Zalo"),
    ("email", "E-mail"),
    ("excel", "Excel"),
    ("ioffice", "Document system"),
]


class CadreReviewSourceMixin(models.AbstractModel):
    """Where a value comes from, and the signed paper that proves it.

    One clerk can key a whole campaign from paper; every keyed value then names
    its source, and a scan or the place where the paper is kept.
    """

    _name = "cadre.review.source.mixin"
    _description = "Source of Keyed Values"
    _inherit = ["cadre.review.gate.mixin", "cadre.review.files.mixin"]

    source = fields.Selection(
        SOURCES,
        default=lambda self: self._default_source(),
        required=True,
        witnessed=True,
        help="How the content reached the system.",
    )
    source_place = fields.Char(
        string="Paper Kept At", help="Where the signed paper copy is kept."
    )

    is_on_behalf = fields.Boolean(
        string="Keyed by the Office",
        default=lambda self: self._default_is_on_behalf(),
        gated=True,
        copy=False,
        help="The office reads what it keyed itself before the dossier is handed in.",
    )

    def write(self, vals):
        if vals.get("source") == "online" and not self.env.su:
            self._check_own_words()
        return super().write(vals)

    def _check_own_words(self):
        """What was keyed for somebody is not turned into what they entered."""
        keyed = self.filtered(
            lambda record: record.source != "online" and not record._is_author()
        )
        if keyed:
            raise AccessError(
                self.env._(
                    "Only who says it enters it on line: %(records)s.",
                    records=", ".join(keyed.mapped("display_name")),
                )
            )

    def _default_is_on_behalf(self):
        return self.env.user.has_group("cadre_review.cadre_review_group_office")

    def _default_source(self):
        return "online"

    def _is_author(self):
        """Whether the user is the one whose act this record is."""
        return self._in_role("officer") == self

    def _source_findings(self):
        """S1, S2: keyed for somebody else, or without the paper behind it."""
        return [
            finding
            for record in self
            for finding in dossiers.check_source(
                dossiers.Source(
                    name=record.display_name,
                    online=record.source == "online",
                    by_author=self.env.su or record._is_author(),
                    proved=bool(record.source_place or record.sudo().attachment_ids),
                )
            )
        ]
