import base64

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...models.books.imports import KINDS
from ...models.hand_in.receipt import KINDS as DECLARED
from ...workbooks import columns, kinds, marking, plans, reading, tables, values
from ...workbooks.templates import MEETING_SHEET
from ...workbooks.words import plain

SHOWN = 500  # rows of a preview; the counts are of all
SAMPLES = 3
OFFICE = "cadre_review.cadre_review_group_office"
ADMIN = "cadre_review.cadre_review_group_admin"
OF_CAMPAIGN = ("decisions", "declarations")
OF_PERSON = ("roster", "history")  # the others speak of ratings


class CadreReviewImporting(models.TransientModel):
    """Takes a workbook over: file, sheet, columns, preview, then all rows or none.

    - the office; the administrator for the roster; a unit's officers for their own
      summary. What is written is written as the user.
    """

    _name = "cadre.review.importing"
    _description = "Taking Over a Workbook"
    _rec_name = "file_name"

    kind = fields.Selection(KINDS, required=True, default="roster")
    state = fields.Selection(
        [
            ("file", "File"),
            ("columns", "Columns"),
            ("preview", "Preview"),
            ("done", "Done"),
        ],
        default="file",
        required=True,
    )
    campaign_id = fields.Many2one("cadre.review.campaign")
    dossier_id = fields.Many2one("cadre.review.dossier")
    unit_id = fields.Many2one(
        "cadre.review.unit",
        string="Only of the Unit",
        help="The file is this unit's: rows of another are refused.",
    )
    file = fields.Binary(attachment=True)
    file_name = fields.Char()
    option_ids = fields.One2many("cadre.review.importing.option", "importing_id")
    sheet_id = fields.Many2one(
        "cadre.review.importing.option",
        domain="[('importing_id', '=', id), ('is_sheet', '=', True)]",
    )
    header_first = fields.Integer(
        string="Heading From Row", help="First row of the heading of the table."
    )
    header_last = fields.Integer(string="To Row")
    column_ids = fields.One2many(
        "cadre.review.importing.column", "importing_id", string="Columns"
    )
    with_hidden = fields.Boolean(
        string="Hidden Rows Too", help="Otherwise rows that are hidden are left out."
    )
    confirm = fields.Boolean(
        string="Confirm at Once",
        default=True,
        help="Opinions are confirmed and the minutes adopted, or the decisions issued; "
        "otherwise they stay drafts to be completed.",
    )
    reason = fields.Text(help="Where the rules warn: why it is recorded all the same.")
    source_place = fields.Char(
        string="Signed Paper Kept At", help="Where the signed copy is kept, if any."
    )
    invite = fields.Boolean(
        string="Invite Users",
        help="People with an e-mail address and no login get one, with an invitation.",
    )
    can_invite = fields.Boolean(compute="_compute_can_invite")
    year = fields.Integer(help="Of all results, where the list has no such column.")
    authority_id = fields.Many2one("cadre.review.authority", string="Decided By")
    number = fields.Char(string="Number of the Document")
    date = fields.Date(string="Date of the Document")
    signer = fields.Char(string="Signed By")
    declared = fields.Selection(
        DECLARED,
        string="What Was Handed In",
        default="asset",
        help="Of all rows, where the list has no such column.",
    )
    receiver = fields.Char(
        string="Receiving Organ",
        compute="_compute_receiver",
        store=True,
        readonly=False,
        help="Of all rows, where the list has no such column.",
    )
    notices = fields.Text(readonly=True)
    question_ids = fields.One2many(
        "cadre.review.importing.question", "importing_id", string="Who Is Meant?"
    )
    problem_ids = fields.One2many(
        "cadre.review.importing.problem", "importing_id", string="Bad Cells"
    )
    change_ids = fields.One2many(
        "cadre.review.importing.change", "importing_id", string="Rows"
    )
    created_count = fields.Integer(string="Created", readonly=True)
    changed_count = fields.Integer(string="Changed", readonly=True)
    kept_count = fields.Integer(string="Left as They Are", readonly=True)
    problem_count = fields.Integer(string="Bad", readonly=True)
    marked_file = fields.Binary(
        string="Copy With the Bad Cells Marked", attachment=True, readonly=True
    )
    marked_name = fields.Char(compute="_compute_marked_name")
    import_id = fields.Many2one("cadre.review.import", readonly=True)

    @api.depends_context("uid")
    def _compute_can_invite(self):
        for importing in self:
            importing.can_invite = (
                importing.kind == "roster" and self.env.user.has_group(ADMIN)
            )

    @api.depends("campaign_id", "declared")
    def _compute_receiver(self):
        for importing in self:
            campaign = importing.campaign_id
            named = {"asset": campaign.asset_receiver, "cv": campaign.cv_receiver}
            importing.receiver = named.get(importing.declared)

    @api.depends("file_name")
    def _compute_marked_name(self):
        for importing in self:
            stem = (importing.file_name or "").removesuffix(".xlsx")
            importing.marked_name = f"{stem} - cần sửa.xlsx"

    @api.model
    def _open(self, kind, **place):
        """The window for a file of this kind, for one dossier or campaign."""
        defaults = {f"default_{name}": value for name, value in place.items()}
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "view_mode": "form",
            "name": self.env._("Take Over a Workbook"),
            "target": "current",
            "context": {"default_kind": kind, **defaults},
        }

    @api.model
    def _labels(self):
        """``{code: label in the user's language}`` of all columns there are."""
        labels = {code: self._translated(text) for code, text in kinds.LABELS.items()}
        return labels | {
            "authority_id": labels["authority"],
            "group_id": labels["group"],
            "is_main": self._fields_label("cadre.review.post", "is_main"),
        }

    @api.model
    def _fields_label(self, model, name):
        return self.env[model]._fields[name]._description_string(self.env)

    @api.model
    def _translated(self, text):
        return self.env._(text)

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_read(self):
        """Open the file: which sheets, and what stands in which column."""
        self.ensure_one()
        self._check_user()
        book = self._book()
        self.option_ids.unlink()
        specs = kinds.KINDS[self.kind]
        labels = self._labels()
        visible = [name for name, hidden in book.sheets.items() if not hidden]
        self.option_ids = [
            Command.create({"is_sheet": True, "name": name})
            for name in visible or book.sheets
        ] + [
            Command.create({"code": column.code, "name": labels[column.code]})
            for column in specs
        ]
        notices = []
        if hidden := [name for name, is_hidden in book.sheets.items() if is_hidden]:
            notices.append(
                self.env._(
                    "Hidden sheets are left out: %(names)s.", names=", ".join(hidden)
                )
            )
        if book.has_macros:
            notices.append(self.env._("The file has macros: they are not run."))
        self.notices = "\n".join(notices)
        layouts = {
            name: self._guess(book.sheet(name)) for name in visible or book.sheets
        }
        best = max(layouts, key=lambda name: len(layouts[name].columns))
        self.sheet_id = self.option_ids.filtered(
            lambda option: option.is_sheet and option.name == best
        )[:1]
        self._show_layout(book.sheet(best), layouts[best])
        self._to("columns")

    def action_look_again(self):
        """Guess anew: another sheet, or another heading."""
        self.ensure_one()
        self._check_user()
        sheet = self._book().sheet(self.sheet_id.name)
        rows = self.header_first, self.header_last
        is_moved = self.column_ids[:1].heading_rows != f"{rows[0]}-{rows[1]}"
        layout = self._guess(sheet, rows if is_moved else None)
        self._show_layout(sheet, layout)
        self._to("columns")

    def action_preview(self):
        """What every row would do; every bad cell at once."""
        self.ensure_one()
        self._check_user()
        plan, table = self._make_plan()
        self._show_plan(plan, table)
        self._to("preview")

    def action_back(self):
        self.ensure_one()
        self._to("columns" if self.state == "preview" else "file")

    def action_import(self):
        """All rows or none, as the user."""
        self.ensure_one()
        self._check_user()
        plan, table = self._make_plan()
        if not plan.is_ready:
            self._show_plan(plan, table)
            self._to("preview")
            return
        campaign, unit = self._place()
        if not self._changes_anything(plan):
            self._show_plan(plan, table)
            self._to("done")
            return
        record = self.env["cadre.review.import"]._record(
            self.kind,
            self._content(),
            plan,
            name=self.file_name or "tep.xlsx",
            company_id=(campaign.company_id or self.env.company).id,
            campaign_id=campaign.id,
            dossier_id=self.kind == "summary" and self.dossier_id.id,
            unit_id=unit.id,
            sheet=self.sheet_id.name,
            source_place=self.source_place,
            headings={column.heading: column.code for column in self.column_ids},
        )
        kind = self.env[f"cadre.review.import.{self.kind}"]
        done = kind._carry_out(plan, record, self._options())
        record._add_lines([row for row in done if row[1]])
        self.sudo().import_id = record
        if self.state != "preview":
            self._show_plan(plan, table)
        self._to("done")

    def action_open_result(self):
        """The import with its file and rows."""
        self.ensure_one()
        self.import_id.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.import",
            "res_id": self.import_id.id,
            "view_mode": "form",
        }

    def _to(self, state):
        # the window stays where it is: another action would be another breadcrumb
        self.state = state

    # ------------------------------------------------------------------
    # THE FILE
    # ------------------------------------------------------------------

    def _check_user(self):
        """The place the file is for must be one the user may work on."""
        if self.kind == "summary":
            if not self.dossier_id:
                raise UserError(self.env._("Choose the dossier that the file is for."))
            self.dossier_id.check_access("write")
        elif self.kind in OF_CAMPAIGN:
            if not self.campaign_id:
                raise UserError(self.env._("Choose the campaign that the file is for."))
            if self.kind == "declarations":
                self.campaign_id._check_takes_receipts()
            else:
                self.campaign_id.check_access("read")
                self.env["cadre.review.decision"].check_access("create")
        elif self.kind == "roster":
            self.env["cadre.review.cadre"].check_access("create")
        else:
            self.env["cadre.review.past.result"].check_access("create")

    def _place(self):
        """``(campaign, unit)`` that the file is for; either may be empty."""
        if self.kind == "summary":
            return self.dossier_id.campaign_id, self.dossier_id.unit_id
        if self.kind in OF_CAMPAIGN:
            return self.campaign_id, self.env["cadre.review.unit"]
        return self.env["cadre.review.campaign"], self.unit_id

    def _content(self):
        if not self.file:
            raise UserError(self.env._("Choose a file."))
        return base64.b64decode(self.file)

    def _limits(self):
        settings = self.env["ir.config_parameter"].sudo()
        size = reading.Limits().size
        most = int(settings.get_param("web.max_file_upload_size") or size)
        return reading.Limits(size=min(size, most))

    def _book(self):
        return self.env["cadre.review.import"]._refuse_unreadable(
            lambda: _Refusing(
                reading.open_book(self._content(), self._limits()),
                self.env["cadre.review.import"],
            )
        )

    def _guess(self, sheet, rows=None):
        remembered = self.env["cadre.review.import"]._remembered(self.kind)
        known = {column.code for column in kinds.KINDS[self.kind]}
        remembered = {
            heading: code
            for heading, code in remembered.items()
            if code in known or not code
        }
        if rows and 0 < rows[0] <= rows[1]:
            return columns.layout_at(sheet, kinds.KINDS[self.kind], *rows, remembered)
        layout = columns.find_layout(sheet, kinds.KINDS[self.kind], remembered)
        return layout or columns.Layout(0, 0)

    def _show_layout(self, sheet, layout):
        options = {option.code: option.id for option in self.option_ids}
        codes = {number: code for code, number in layout.columns.items()}
        below = [row for row in sheet.rows if row.number > layout.last][:60]
        lines = []
        for number, heading in sorted(layout.headings.items()):
            texts = (values.text_of(row.cells.get(number)) for row in below)
            samples = list(filter(None, texts))[:SAMPLES]
            lines.append(
                {
                    "number": number,
                    "letters": reading.column_letters(number),
                    "heading": heading,
                    "heading_rows": f"{layout.first}-{layout.last}",
                    "sample": " · ".join(samples)[:200],
                    "option_id": options.get(codes.get(number)),
                }
            )
        self.column_ids.unlink()
        self.column_ids = [Command.create(line) for line in lines]
        self.write({"header_first": layout.first, "header_last": layout.last})

    # ------------------------------------------------------------------
    # THE PLAN
    # ------------------------------------------------------------------

    def _options(self):
        self.ensure_one()
        return {
            "answers": {
                q.row: "new" if q.is_new else q._answer() for q in self.question_ids
            },
            "campaign": self.campaign_id,
            "dossier": self.dossier_id,
            "unit_id": self.unit_id.id,
            "confirm": self.confirm,
            "reason": self.reason,
            "source_place": self.source_place,
            "invite": self.invite,
            "year": self.year or None,
            "authority_id": self.authority_id.id,
            "number": self.number,
            "date": self.date,
            "signer": self.signer,
            "declared": self.declared,
            "receiver": self.receiver,
        }

    def _make_plan(self):
        """``(plan, table)`` of the file as it is mapped now."""
        book = self._book()
        if not self.sheet_id or self.sheet_id.name not in book.sheets:
            raise UserError(self.env._("Choose the sheet."))
        specs = kinds.KINDS[self.kind]
        mapped = [(c.code, c.number) for c in self.column_ids if c.code]
        codes = [code for code, _number in mapped]
        labels = self._labels()
        problems = [
            self.env._(
                "“%(column)s” is given twice; keep one of them.", column=labels[code]
            )
            for code in dict.fromkeys(codes)
            if codes.count(code) > 1
        ] + [
            self.env._(
                "No column is “%(column)s”. Choose it.", column=labels[column.code]
            )
            for column in specs
            if (column.required or column.needed) and column.code not in codes
        ]
        if problems:
            raise UserError("\n".join(problems))
        sheet = book.sheet(self.sheet_id.name)
        layout = columns.Layout(self.header_first, self.header_last, dict(mapped))
        table = tables.read_table(
            sheet, layout, specs, self._regulation_labels(), self.with_hidden
        )
        options = self._options()
        if self.kind == "summary":
            options["meeting"], bad = self._meeting(book)
            table.bad += bad
        plan = self.env[f"cadre.review.import.{self.kind}"]._plan(table.lines, options)
        plan.bad = [*table.bad, *self._once(table.bad, plan.bad)]
        return plan, table

    def _once(self, known, bad):
        """Those that are not named already: one reason a cell is enough."""
        cells = {(cell.sheet, cell.row, cell.column) for cell in known}
        return [
            cell
            for cell in bad
            if not cell.column or (cell.sheet, cell.row, cell.column) not in cells
        ]

    def _regulation_labels(self):
        """``{level: label}`` of the regulations of the campaign's subjects."""
        campaign = self.campaign_id or self.dossier_id.campaign_id
        labels = campaign.sudo().rating_ids.regulation_id.label_ids
        return {label.level: label.name for label in labels}

    def _meeting(self, book):
        """What the sheet on the conference says: ``(values, bad cells)``."""
        name = next((n for n in book.sheets if plain(n) == plain(MEETING_SHEET)), None)
        if not name or name == self.sheet_id.name:
            return {}, []
        return tables.read_pairs(book.sheet(name), kinds.MEETING)

    def _changes_anything(self, plan):
        return any(change.effect != plans.KEEP for change in plan.changes) or (
            self.invite and self.can_invite
        )

    def _show_plan(self, plan, table):
        explain = self.env["cadre.review.import"]._explain_problem
        kind = self.env[f"cadre.review.import.{self.kind}"]
        marks = [
            marking.Mark(b.sheet, b.row, b.column, b.value, explain(b.problem))
            for b in plan.bad
        ]
        for lines in (self.change_ids, self.problem_ids, self.question_ids):
            lines.unlink()
        changes = sorted(plan.changes, key=lambda change: change.effect == plans.KEEP)
        shown = changes[:SHOWN]
        self.write(
            {
                "created_count": plan.counted(plans.CREATE),
                "changed_count": plan.counted(plans.CHANGE),
                "kept_count": plan.counted(plans.KEEP),
                "problem_count": len(marks),
                "notices": "\n".join(
                    [
                        *self._table_notices(table, len(changes)),
                        *map(explain, plan.notices),
                    ]
                ),
                "marked_file": marks
                and base64.b64encode(marking.marked_copy(self._content(), marks)),
                "change_ids": [
                    Command.create(
                        {
                            "row": change.row,
                            "effect": change.effect,
                            "name": change.name,
                            "details": details,
                        }
                    )
                    for change, details in zip(
                        shown, kind._texts_of(shown), strict=True
                    )
                ],
                "problem_ids": [
                    Command.create(
                        {
                            "sheet": mark.sheet,
                            "row": mark.row,
                            "column": mark.column,
                            "value": mark.value[:200],
                            "reason": mark.reason,
                        }
                    )
                    for mark in marks[:SHOWN]
                ],
                "question_ids": self._questions(plan),
            }
        )

    def _questions(self, plan):
        person = self.kind in OF_PERSON
        model = "cadre.review.cadre" if person else "cadre.review.rating"
        field = "cadre_ids" if person else "rating_ids"
        commands = []
        for question in plan.questions:
            records = self.env[model].browse(question.candidates)
            commands.append(
                Command.create(
                    {
                        "row": question.row,
                        "name": question.text,
                        field: [Command.set(records.ids)],
                        "may_be_new": question.may_be_new,
                    }
                )
            )
        return commands

    def _table_notices(self, table, shown):
        notices = []
        if table.skipped:
            notices.append(
                self.env._(
                    "Hidden rows are left out: %(rows)s.",
                    rows=", ".join(map(str, table.skipped[:50])),
                )
            )
        if table.end:
            notices.append(
                self.env._("The table ends above row %(row)s.", row=table.end)
            )
        if shown > SHOWN:
            notices.append(
                self.env._(
                    "The first %(shown)s of %(all)s rows are shown; the counts are of "
                    "all.",
                    shown=SHOWN,
                    all=shown,
                )
            )
        return notices


class _Refusing:
    """A book whose sheets are read with refusals in the user's language."""

    def __init__(self, book, imports):
        self._book, self._imports = book, imports
        self.sheets, self.has_macros = book.sheets, book.has_macros
        self._read = {}

    def sheet(self, name):
        if name not in self._read:
            self._read[name] = self._imports._refuse_unreadable(self._book.sheet, name)
        return self._read[name]


class CadreReviewImportingOption(models.TransientModel):
    """A sheet of the file, or a value of ours that a column may hold."""

    _name = "cadre.review.importing.option"
    _description = "Choice in Taking Over"
    _order = "id"

    importing_id = fields.Many2one("cadre.review.importing", ondelete="cascade")
    is_sheet = fields.Boolean()
    code = fields.Char()
    name = fields.Char(required=True)


class CadreReviewImportingColumn(models.TransientModel):
    """A column of the file, and what it is taken for."""

    _name = "cadre.review.importing.column"
    _description = "Column of the File"
    _order = "number"

    importing_id = fields.Many2one("cadre.review.importing", ondelete="cascade")
    number = fields.Integer()
    letters = fields.Char(string="Column")
    heading = fields.Char()
    heading_rows = fields.Char()
    sample = fields.Char(string="For Example")
    option_id = fields.Many2one(
        "cadre.review.importing.option",
        string="Is",
        domain="[('importing_id', '=', importing_id), ('is_sheet', '=', False)]",
    )
    code = fields.Char(related="option_id.code")


class CadreReviewImportingQuestion(models.TransientModel):
    """A row that may mean one of several people."""

    _name = "cadre.review.importing.question"
    _description = "Doubtful Name"
    _order = "row"

    importing_id = fields.Many2one("cadre.review.importing", ondelete="cascade")
    row = fields.Integer(aggregator=None)
    name = fields.Char(string="In the File")
    cadre_ids = fields.Many2many("cadre.review.cadre")
    rating_ids = fields.Many2many("cadre.review.rating")
    cadre_id = fields.Many2one(
        "cadre.review.cadre", string="Person", domain="[('id', 'in', cadre_ids)]"
    )
    rating_id = fields.Many2one(
        "cadre.review.rating", string="Subject", domain="[('id', 'in', rating_ids)]"
    )
    may_be_new = fields.Boolean()
    is_new = fields.Boolean(string="None of These")

    def _answer(self):
        return self.cadre_id.id or self.rating_id.id or None


class CadreReviewImportingProblem(models.TransientModel):
    """A bad cell."""

    _name = "cadre.review.importing.problem"
    _description = "Bad Cell"
    _order = "sheet, row, column"

    importing_id = fields.Many2one("cadre.review.importing", ondelete="cascade")
    sheet = fields.Char()
    row = fields.Integer(aggregator=None)
    column = fields.Char()
    value = fields.Char()
    reason = fields.Char(string="Why, and What to Do")


class CadreReviewImportingChange(models.TransientModel):
    """What one row does."""

    _name = "cadre.review.importing.change"
    _description = "Row of the Preview"
    _order = "row, id"

    importing_id = fields.Many2one("cadre.review.importing", ondelete="cascade")
    row = fields.Integer(aggregator=None)
    effect = fields.Selection(
        [("create", "Created"), ("change", "Changed"), ("keep", "Left as it is")]
    )
    name = fields.Char(string="Record")
    details = fields.Text(string="Before → After")
