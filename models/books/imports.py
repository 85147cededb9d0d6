import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...workbooks import columns, plans
from ...workbooks.problems import Problem, Unreadable
from ..base.kept_link import kept_link

KINDS = [
    ("roster", "Roster of people and posts"),
    ("summary", "Summary or conference result of a unit"),
    ("decisions", "Decisions of an authority"),
    ("history", "Results of earlier years"),
    ("declarations", "Declarations taken in by another organ"),
]


class CadreReviewImport(models.Model):
    """One workbook that was taken over: the source of the values it brought.

    - written by the import alone, never changed;
    - the office reads those it took over itself, and those of a dossier from the
      hand-in on; a unit those of its dossiers; the authority from the hand-in on.
    """

    _name = "cadre.review.import"
    _description = "Import of a Workbook"
    _inherit = ["cadre.review.round.mixin", "cadre.review.source.mixin"]
    _order = "id desc"

    name = fields.Char(string="File", required=True, gated=True)
    kind = fields.Selection(KINDS, required=True, gated=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="restrict", gated=True
    )
    campaign_id = fields.Many2one(
        "cadre.review.campaign", index="btree_not_null", ondelete="restrict", gated=True
    )
    dossier_id = fields.Many2one(
        "cadre.review.dossier", index="btree_not_null", ondelete="restrict", gated=True
    )
    unit_id = fields.Many2one(
        "cadre.review.unit", index="btree_not_null", ondelete="restrict", gated=True
    )
    sheet = fields.Char(gated=True)
    sha256 = fields.Char(string="SHA-256 of the File", gated=True)
    headings = fields.Json(
        gated=True,
        help="What each heading was taken for, column by column: remembered for next "
        "time.",
    )
    is_forgotten = fields.Boolean(
        string="Headings Forgotten",
        gated=True,
        help="What its headings were taken for is not used for later files.",
    )
    left_out = fields.Text(
        gated=True,
        help="Rows and sheets of the file that were not taken over, and why.",
    )
    created_count = fields.Integer(string="Created", gated=True)
    changed_count = fields.Integer(string="Changed", gated=True)
    kept_count = fields.Integer(string="Left as They Were", gated=True)
    line_ids = fields.One2many("cadre.review.import.line", "import_id", string="Rows")

    def _default_source(self):
        return "excel"

    def _sealed(self):
        return self

    @api.model
    def _learnt(self, kind):
        """What the user's council made of the headings of earlier files.

        :rtype: workbooks.columns.Learnt
        """
        earlier = self.sudo().search_fetch(
            [
                ("kind", "=", kind),
                ("company_id", "=", self.env.company.id),
                ("is_forgotten", "=", False),
            ],
            ["headings"],
            limit=20,
        )
        return columns.Learnt(
            [tuple(pair) for pair in record._heading_pairs()]
            for record in reversed(earlier)
        )

    def _heading_pairs(self):
        """``[heading, code or ""]`` of each column."""
        headings = self.headings or []
        # before they were kept column by column, equal headings were one
        pairs = headings.items() if isinstance(headings, dict) else headings
        return [(heading or "", code or "") for heading, code in pairs]

    def action_forget_headings(self):
        """Let later files be guessed without what this one taught."""
        self.check_access("read")
        self.env["cadre.review.cadre"].check_access("create")
        self.sudo().is_forgotten = True

    def action_learn_headings(self):
        """Use again what this file taught."""
        self.check_access("read")
        self.env["cadre.review.cadre"].check_access("create")
        self.sudo().is_forgotten = False

    @api.model
    def _record(self, kind, content, plan, **values):
        """Keep the file of an import that is about to be carried out.

        :param bytes content:
        :param plan: a :class:`workbooks.plans.Plan`
        """
        office = self.env.user.has_group("cadre_review.cadre_review_group_office")
        record = self.sudo().create(
            {
                "kind": kind,
                "sha256": hashlib.sha256(content).hexdigest(),
                "created_count": plan.counted(plans.CREATE),
                "changed_count": plan.counted(plans.CHANGE),
                "kept_count": plan.counted(plans.KEEP),
                "is_on_behalf": office,
                **values,
            }
        )
        record.attachment_ids = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": values["name"],
                    "raw": content,
                    "res_model": self._name,
                    "res_id": record.id,
                }
            )
        )
        return record

    def _add_lines(self, done):
        """Note what each row made or changed, in one statement for thousands of rows.

        :param done: ``(change, record, details)`` each
        """
        self.ensure_one()
        if not done:
            return
        changes, records, details = zip(*done, strict=True)
        lines = self.env["cadre.review.import.line"]
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO cadre_review_import_line (
                    import_id, company_id, campaign_id, dossier_id, unit_id,
                    create_uid, create_date, write_uid, write_date,
                    sheet, row, effect, res_model, res_id, record_name, details
                )
                SELECT i.id, i.company_id, i.campaign_id, i.dossier_id, i.unit_id,
                    i.create_uid, i.create_date, i.create_uid, i.create_date, done.*
                FROM cadre_review_import i,
                    unnest(%s::varchar[], %s::int[], %s::varchar[], %s::varchar[],
                           %s::int[], %s::varchar[], %s::text[]) done
                WHERE i.id = %s
                """,
                [change.sheet for change in changes],
                [change.row for change in changes],
                [change.effect for change in changes],
                [record._name for record in records],
                [record.id for record in records],
                [change.name for change in changes],
                list(details),
                self.id,
            )
        )
        lines.invalidate_model()
        self.invalidate_recordset(["line_ids"])

    @api.model
    def _explain_problem(self, problem):
        """A :class:`workbooks.problems.Problem` in the user's language."""
        values = {
            name: self._explain_problem(value) if isinstance(value, Problem) else value
            for name, value in problem.values.items()
        }
        return self.env._(problem.message, **values)

    @api.model
    def _refuse_unreadable(self, work, *args, **kwargs):
        """Call ``work``; a file that cannot be read is refused with its reason."""
        try:
            return work(*args, **kwargs)
        except Unreadable as error:
            raise UserError(self._explain_problem(error.problem)) from error


class CadreReviewImportLine(models.Model):
    """One row that created or changed a record; its rights are the import's."""

    _name = "cadre.review.import.line"
    _description = "Row of an Import"
    _inherit = ["cadre.review.gate.mixin"]
    _order = "import_id, row, id"
    _rec_name = "record_name"

    import_id = fields.Many2one(
        "cadre.review.import",
        required=True,
        index=True,
        ondelete="restrict",
        gated=True,
    )
    company_id = kept_link("import_id.company_id")
    campaign_id = kept_link("import_id.campaign_id", index="btree_not_null")
    dossier_id = kept_link("import_id.dossier_id", index="btree_not_null")
    unit_id = kept_link("import_id.unit_id", index="btree_not_null")
    sheet = fields.Char(gated=True)
    row = fields.Integer(aggregator=None, gated=True)
    effect = fields.Selection(
        [("create", "Created"), ("change", "Changed")], required=True, gated=True
    )
    res_model = fields.Char(required=True, gated=True)
    res_id = fields.Many2oneReference(
        model_field="res_model", required=True, gated=True, index=True
    )
    record_name = fields.Char(string="Record", gated=True)
    details = fields.Text(string="Before → After", gated=True)
