import base64
from pathlib import PurePath

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...models.base.local_today import local_today
from ...models.books.imports import KINDS
from ...models.hand_in.receipt import KINDS as DECLARED
from ...workbooks import (
    columns,
    kinds,
    legacy,
    marking,
    opening,
    plans,
    reading,
    rows,
    tables,
    values,
)
from ...workbooks.problems import Unreadable
from ...workbooks.templates import MEETING_SHEET
from ...workbooks.words import plain

SHOWN = 500  # rows of a preview; the counts are of all
SAMPLES = 3
LISTED = 30  # rows left out that are named, all are counted
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
    table_ids = fields.One2many(
        "cadre.review.importing.option",
        "importing_id",
        domain=[("is_sheet", "=", True), ("line_count", ">", 0)],
        string="Sheets With a Table",
        help="Those that are ticked are taken over together; the one whose columns are "
        "shown always is.",
    )
    font = fields.Selection(
        [(code, name) for code, name in legacy.NAMES.items()],
        string="Old Font",
        readonly=True,
        help="The font from before Unicode that texts of the file are typed in.",
    )
    convert_font = fields.Boolean(
        string="Convert to Unicode",
        help="Look at the examples below and at the preview: they show the result.",
    )
    is_learnt = fields.Boolean(
        string="Use What Earlier Files Taught",
        default=True,
        help="Headings are taken for what they were taken for in earlier files.",
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
        compute_sudo=False,
        readonly=False,
        help="Of all rows, where the list has no such column.",
    )
    notices = fields.Text(readonly=True)
    question_ids = fields.One2many(
        "cadre.review.importing.question", "importing_id", string="Who Is Meant?"
    )
    answers = fields.Json(help="What was answered so far, by the row or the text.")
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
            stem = PurePath(importing.file_name or "").stem
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
        self.write({"font": self._font_of(book), "answers": False})
        specs, labels = kinds.KINDS[self.kind], self._labels()
        layouts = {name: self._guess(book.sheet(name)) for name in book.sheets}
        visible = [name for name, hidden in book.sheets.items() if not hidden]
        best = max(visible or layouts, key=lambda name: len(layouts[name].columns))
        self.option_ids = [
            Command.create(self._sheet_option(book, name, layouts, best))
            for name in book.sheets
        ] + [
            Command.create({"code": column.code, "name": labels[column.code]})
            for column in specs
        ]
        self.notices = "\n".join(self._file_notices(book, visible))
        self.sheet_id = self.option_ids.filtered(
            lambda option: option.is_sheet and option.name == best
        )[:1]
        self._show_layout(book.sheet(best), layouts[best])
        self._to("columns")

    def _sheet_option(self, book, name, layouts, best):
        """A sheet as it is offered: one with the headings of the best is ticked."""
        layout, hidden = layouts[name], book.sheets[name]
        count = 0
        if "name" in layout.columns:
            specs = kinds.KINDS[self.kind]
            count = len(tables.read_table(book.sheet(name), layout, specs).lines)
        heads = [list(map(plain, one.headings.values())) for one in layouts.values()]
        own = list(map(plain, layout.headings.values()))
        is_alike = own == heads[list(layouts).index(best)]
        return {
            "is_sheet": True,
            "name": name,
            "is_hidden": hidden,
            "line_count": count,
            "is_taken": is_alike and not hidden and bool(count),
        }

    def _file_notices(self, book, visible):
        notices = []
        if visible and (
            hidden := [name for name in book.sheets if name not in visible]
        ):
            notices.append(
                self.env._(
                    "Hidden sheets are left out: %(names)s.", names=", ".join(hidden)
                )
            )
        if book.has_macros:
            notices.append(self.env._("The file has macros: they are not run."))
        if book.note == "old":
            notices.append(
                self.env._(
                    "In a file of this kind hidden rows cannot be told: they are read "
                    "with the others."
                )
            )
        if self.font:
            notices.append(
                self.env._(
                    "Texts of the file are typed in the old font %(font)s. Choose "
                    "“Convert to Unicode”, and see below how they read.",
                    font=legacy.NAMES[self.font],
                )
            )
        return notices

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
            sheet=", ".join(self._taken_sheets()),
            source_place=self.source_place,
            headings=[[c.heading or "", c.code or ""] for c in self.column_ids],
            left_out="\n".join(self._left_out(table)) or False,
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
        content = base64.b64decode(self.file)
        self.env["ir.attachment"]._check_weight(self.file_name, "xlsx", content)
        return content

    def _limits(self):
        settings = self.env["ir.config_parameter"].sudo()
        size = reading.Limits().size
        most = int(settings.get_param("web.max_file_upload_size") or size)
        return reading.Limits(size=min(size, most))

    def _book(self):
        return self.env["cadre.review.import"]._refuse_unreadable(
            lambda: _Refusing(
                opening.open_any(self._content(), self._limits()),
                self.env["cadre.review.import"],
            )
        )

    def _font_of(self, book):
        fonts = (legacy.found_in(book.sheet(name).rows) for name in book.sheets)
        return next(filter(None, fonts), False)

    def _read_sheet(self, book, name):
        """A sheet, in Unicode where the user wants it so."""
        sheet = book.sheet(name)
        is_wanted = self.font and self.convert_font
        return legacy.converted(sheet, self.font) if is_wanted else sheet

    def _guess(self, sheet, rows=None):
        if self.font:  # headings are known by their words, whatever the font
            sheet = legacy.converted(sheet, self.font)
        specs = kinds.KINDS[self.kind]
        learnt = None
        if self.is_learnt:
            learnt = self.env["cadre.review.import"]._learnt(self.kind)
        if rows and 0 < rows[0] <= rows[1]:
            return columns.layout_at(sheet, specs, *rows, learnt)
        return columns.find_layout(sheet, specs, learnt) or columns.Layout(0, 0)

    def _show_layout(self, sheet, layout):
        options = {option.code: option.id for option in self.option_ids}
        if self.font and self.convert_font:
            sheet = legacy.converted(sheet, self.font)
        codes = {
            number: columns.base_code(code) for code, number in layout.columns.items()
        }
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
                plans.Place(sheet, row): _key_of(answer)
                for sheet, row, answer in (self.answers or {}).get("people", ())
            },
            "units": dict((self.answers or {}).get("units", ())),
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
        self._keep_answers()
        book = self._book()
        if not self.sheet_id or self.sheet_id.name not in book.sheets:
            raise UserError(self.env._("Choose the sheet."))
        table = tables.Table()
        for name in self._taken_sheets():
            table += self._read_table(book, name)
        options = self._options()
        if self.kind == "summary":
            options["meeting"], bad = self._meeting(book)
            table.bad += bad
        plan = self.env[f"cadre.review.import.{self.kind}"]._plan(table.lines, options)
        plan.bad = [*table.bad, *self._once(table.bad, plan.bad)]
        return plan, table

    def _keep_answers(self):
        """Answers outlive their questions, which are asked anew by each preview."""
        before = self.answers or {}
        people = {(s, r): answer for s, r, answer in before.get("people", ())}
        units = dict(before.get("units", ()))
        for question in self.question_ids:
            if question.of_unit and question.unit_id:
                units[plain(question.name)] = question.unit_id.id
            elif answer := question._answer():
                people[question.sheet, question.row] = answer
        self.answers = {
            "people": [[*place, answer] for place, answer in people.items()],
            "units": list(units.items()),
        }

    def _taken_sheets(self):
        """The sheet that is shown, and those ticked beside it, in their order."""
        main = self.sheet_id
        return [
            option.name
            for option in self.option_ids
            if option.is_sheet and (option == main or option.is_taken)
        ]

    def _read_table(self, book, name):
        sheet, main = self._read_sheet(book, name), name == self.sheet_id.name
        pairs = [(c.heading or "", c.code or "") for c in self.column_ids]
        if main:
            headings = {c.number: c.heading for c in self.column_ids}
            mapped = {c.number: c.code for c in self.column_ids if c.code}
            first, last = self.header_first, self.header_last
        else:  # what was said of the headings holds for those of another sheet
            layout = columns.find_layout(
                sheet, kinds.KINDS[self.kind], columns.Learnt([pairs])
            ) or columns.Layout(0, 0)
            headings, first, last = layout.headings, layout.first, layout.last
            mapped = {n: columns.base_code(c) for c, n in layout.columns.items()}
        found = self._by_code(name, mapped, headings)
        layout = columns.Layout(first, last, found, headings)
        return tables.read_table(sheet, layout, kinds.KINDS[self.kind], self._manner())

    def _by_code(self, name, mapped, headings):
        """``{code: column}``; refuses what is given twice, and what is missing."""
        specs, labels, found = kinds.KINDS[self.kind], self._labels(), {}
        problems = []
        for number, code in mapped.items():
            if code == columns.YEAR_LEVEL:
                year = columns.year_of(headings.get(number))
                code = f"{code}:{year}"
                if not year:
                    problems.append(
                        self.env._(
                            "“%(heading)s” names no year.", heading=headings.get(number)
                        )
                    )
            if code in found:
                problems.append(
                    self.env._(
                        "“%(column)s” is given twice; keep one of them.",
                        column=labels[columns.base_code(code)],
                    )
                )
            found[code] = number
        has_levels = any(
            code.startswith(("tick_", columns.YEAR_LEVEL)) for code in found
        )
        for column in specs:
            is_wanted = column.required or column.needed
            if column.code == "level" and has_levels or column.code in found:
                continue
            if is_wanted:
                problems.append(
                    self.env._(
                        "No column is “%(column)s”. Choose it.",
                        column=labels[column.code],
                    )
                )
        if problems:
            sheet = [] if name == self.sheet_id.name else [name]
            raise UserError("\n".join([*sheet, *problems]))
        return found

    def _manner(self):
        campaign = self.campaign_id or self.dossier_id.campaign_id
        return tables.Manner(
            labels=self._regulation_labels(),
            ticked=kinds.TICKED.get(self.kind, ""),
            today=local_today(campaign.tz),
            with_hidden=self.with_hidden,
        )

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
                        *self._left_out(table),
                        *self._count_notices(len(changes)),
                        *map(explain, plan.notices),
                    ]
                ),
                "marked_file": marks and base64.b64encode(self._marked_copy(marks)),
                "change_ids": [
                    Command.create(
                        {
                            "sheet": change.sheet,
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

    def _marked_copy(self, marks):
        """The file with its bad cells marked; one of another kind as a new .xlsx."""
        content = self._content()
        try:
            book = opening.open_any(content, self._limits())
            sheets = [book.sheet(name) for name in book.sheets if book.note]
        except Unreadable:
            sheets = []
        return marking.marked_copy(content, marks, sheets)

    def _questions(self, plan):
        return [Command.create(self._question(question)) for question in plan.questions]

    def _question(self, question):
        values = {
            "sheet": question.place.sheet,
            "row": question.place.row,
            "name": question.text,
            "may_be_new": question.may_be_new,
            "of_unit": question.of_unit,
        }
        if question.of_unit:
            likely = [candidate.key for candidate in question.candidates]
            names = ", ".join(candidate.name for candidate in question.candidates)
            return {**values, "unit_id": likely[0], "likely": names}
        known = [c for c in question.candidates if not isinstance(c.key, tuple)]
        field = "cadre_ids" if self.kind in OF_PERSON else "rating_ids"
        return {
            **values,
            field: [Command.set([candidate.key for candidate in known])],
            "likely": "; ".join(map(self._candidate_text, question.candidates)),
        }

    def _candidate_text(self, candidate):
        """What is known of somebody who may be meant."""
        said = [candidate.name, candidate.code]
        if candidate.birth_date:
            said.append(values.text_of(candidate.birth_date))
        said.append(candidate.title)
        if isinstance(candidate.key, tuple):
            said.append(self.env._("row %(row)s", row=candidate.key[1].row))
        return ", ".join(filter(None, said))

    def _left_out(self, table):
        """What of the file is not taken over, row by row, and sheet by sheet."""
        notices = []
        if table.hidden:
            notices.append(
                self.env._(
                    "Hidden rows are left out: %(rows)s.", rows=_listed(table.hidden)
                )
            )
        totals = [one for one in table.passed if one.kind == rows.TOTAL]
        if totals:
            notices.append(
                self.env._(
                    "Sub-totals are passed over: %(rows)s.", rows=_listed(totals)
                )
            )
        others = [one for one in table.passed if one.kind != rows.TOTAL]
        if others:
            notices.append(
                self.env._(
                    "No lines of the list: %(rows)s.", rows=_listed(others, True)
                )
            )
        taken = self._taken_sheets()
        left = self.option_ids.filtered(
            lambda option: (
                option.is_sheet and option.line_count and option.name not in taken
            )
        )
        if left:
            notices.append(
                self.env._(
                    "Sheets with a table that are left out: %(names)s.",
                    names=", ".join(f"{one.name} ({one.line_count})" for one in left),
                )
            )
        return notices

    def _count_notices(self, shown):
        if shown <= SHOWN:
            return []
        return [
            self.env._(
                "The first %(shown)s of %(all)s rows are shown; the counts are of all.",
                shown=SHOWN,
                all=shown,
            )
        ]


def _key_of(answer):
    """The key of a candidate, as it is kept: that of somebody who is new with the file
    is ``("new", place)``."""
    if isinstance(answer, list):
        return "new", plans.Place(*answer[1:])
    return answer


def _listed(passed, with_text=False):
    """Rows as people name them, each with what stands there if asked."""
    said = [
        f"{one.row} “{one.text[:80]}”" if with_text else str(one.row)
        for one in passed[:LISTED]
    ]
    more = len(passed) - LISTED
    return ", ".join([*said, *([f"… (+{more})"] if more > 0 else [])])


class _Refusing:
    """A book whose sheets are read with refusals in the user's language."""

    def __init__(self, book, imports):
        self._book, self._imports = book, imports
        self.sheets, self.has_macros = book.sheets, book.has_macros
        self.note = book.note
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
    is_hidden = fields.Boolean(string="Hidden", readonly=True)
    is_taken = fields.Boolean(string="Taken Over")
    line_count = fields.Integer(string="Lines", readonly=True, aggregator=None)
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
    code = fields.Char(related="option_id.code", related_sudo=False)


class CadreReviewImportingQuestion(models.TransientModel):
    """A row that may mean one of several people, or a text that may mean a unit."""

    _name = "cadre.review.importing.question"
    _description = "Doubtful Name"
    _order = "id"

    importing_id = fields.Many2one("cadre.review.importing", ondelete="cascade")
    sheet = fields.Char()
    row = fields.Integer(aggregator=None)
    name = fields.Char(string="In the File")
    likely = fields.Char(help="Who or what may be meant, the likeliest first.")
    of_unit = fields.Boolean()
    unit_id = fields.Many2one("cadre.review.unit")
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
    same_row = fields.Integer(
        string="The Person of Row",
        aggregator=None,
        help="Somebody who is new with this file stands on that row as well.",
    )

    def _answer(self):
        """Whom the user chose, or None: see :func:`_key_of`."""
        if self.is_new:
            return "new"
        if self.same_row:
            return ["new", self.sheet, self.same_row]
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
    sheet = fields.Char()
    row = fields.Integer(aggregator=None)
    effect = fields.Selection(
        [("create", "Created"), ("change", "Changed"), ("keep", "Left as it is")]
    )
    name = fields.Char(string="Record")
    details = fields.Text(string="Before → After")
