from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...rules import law, regulations
from ...rules.catalogue import REGULATED, SETTINGS
from ...rules.findings import Severity
from ..base.levels import LEVELS, OUTCOMES

SUBJECT_KINDS = [
    ("official", "Cadre"),
    ("civil_servant", "Civil servant"),
    ("public_employee", "Public employee"),
    ("collective", "Collective"),
]
CAP_BASES = [
    ("good", "Those rated good"),
    ("good_excellent", "Those rated good or excellent"),
    ("total", "All who are rated"),
]
SEVERITIES = [
    ("block", "Refuses"),
    ("warn", "Warns"),
    ("info", "Shows"),
    ("off", "Switched off"),
]


class CadreReviewRegulation(models.Model):
    """A dated version of the rules for one kind of subject.

    It holds what the rules need: criteria, labels, bands, the cap, severities,
    settings with their sources. A version that a rating rests on is never edited,
    only superseded: record rules say so, so that nobody gets round it and the
    module's own upgrade is not stopped by it.

    - every role reads regulations; administrators keep those not in use, and end a
      used one by superseding it.
    """

    _name = "cadre.review.regulation"
    _description = "Regulation"
    _inherit = ["cadre.review.law.mixin"]
    _order = "subject_kind, date_from desc"

    name = fields.Char(required=True)
    code = fields.Char(required=True, copy=False)
    active = fields.Boolean(default=True)
    subject_kind = fields.Selection(SUBJECT_KINDS, required=True)
    date_from = fields.Date(string="In Force From", required=True)
    date_to = fields.Date(string="In Force To")
    legal_bases = fields.Text(help="Instruments it rests on, one a line.")
    note = fields.Text(
        string="Note on the Sources", help="What is certain, and what is a setting."
    )
    form_code = fields.Char(help="Code of the form, as printed on it.")
    form_title = fields.Char(help="Title of the form, as printed on it.")
    label_ids = fields.One2many(
        "cadre.review.level.label", "regulation_id", string="Levels", copy=True
    )
    criterion_ids = fields.One2many(
        "cadre.review.criterion", "regulation_id", string="Criteria", copy=True
    )
    scale = fields.Selection(
        [("text", "Text"), ("graded", "Text and grade"), ("points", "Points")],
        string="Criteria Answered By",
        required=True,
        default="text",
    )
    total_points = fields.Float(help="0 where criteria are not scored.")
    band_ids = fields.One2many(
        "cadre.review.band", "regulation_id", string="Bands", copy=True
    )

    # the cap on excellent
    has_cap = fields.Boolean(string="Excellent Is Capped")
    cap_rate = fields.Float(string="Cap (%)", digits=(5, 2))
    cap_exceptional_rate = fields.Float(
        string="Exceptional Cap (%)",
        digits=(5, 2),
        help="For an outstanding organ, by decision; 0: none.",
    )
    cap_base = fields.Selection(CAP_BASES, string="Share Of", default="good")
    cap_rounding = fields.Selection(
        [
            ("floor", "Down"),
            ("half", "To the nearest"),
            ("ceiling", "Up"),
        ],
        default="floor",
    )
    cap_grouping = fields.Selection(
        [
            ("group", "Comparable posts across units"),
            ("unit", "Each unit"),
            ("unit_group", "Each unit and comparable posts"),
            ("authority", "The authority as a whole"),
        ],
        string="Counted In",
        default="group",
    )
    cap_small_group = fields.Integer(
        string="Small Group Under",
        help="In a group of fewer subjects one may be excellent; 0: no such rule.",
    )
    cap_source = fields.Char(help="Text the cap rests on.")

    rule_ids = fields.One2many(
        "cadre.review.regulation.rule", "regulation_id", string="Rules", copy=True
    )
    setting_ids = fields.One2many(
        "cadre.review.regulation.setting", "regulation_id", string="Settings", copy=True
    )
    rating_ids = fields.One2many(
        "cadre.review.rating", "regulation_id", groups="base.group_no_one"
    )
    is_used = fields.Boolean(string="In Use", compute="_compute_is_used")
    # sections of the report
    section_ids = fields.One2many(
        "cadre.review.regulation.section",
        "regulation_id",
        string="Sections of the Report",
        copy=True,
    )

    _code_uniq = models.Constraint(
        "unique(code)", "This regulation code is already in use."
    )
    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_from <= date_to)",
        "A regulation ends before it begins.",
    )

    @api.depends_context("uid")
    def _compute_is_used(self):
        used = (
            self.env["cadre.review.rating"]
            .sudo()
            ._read_group([("regulation_id", "in", self.ids)], ["regulation_id"])
        )
        used = {regulation.id for (regulation,) in used}
        for regulation in self:
            regulation.is_used = regulation.id in used

    # ------------------------------------------------------------------
    # SOUNDNESS
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        whole = self.with_context(law_whole=True)
        created = super(CadreReviewRegulation, whole).create(vals_list)
        created = created.with_env(self.env)
        created._check_sound()
        return created

    def write(self, vals):
        whole = self.with_context(law_whole=True)
        result = super(CadreReviewRegulation, whole).write(vals)
        self._check_sound()
        return result

    def unlink(self):
        """With its rows: one that was never used is no loss."""
        whole = self.with_context(law_whole=True)
        whole.criterion_ids.parent_id = False
        for rows in ("section", "label", "criterion", "band", "rule", "setting"):
            whole[f"{rows}_ids"].unlink()
        return super(CadreReviewRegulation, whole).unlink()

    def _check_sound(self):
        """Refuse overlaps, gaps, sums that are wrong: all at once, each row named."""
        if self.env.context.get("install_mode"):
            return  # rows come one by one; _check_all ends the file
        self._refuse_unsound()

    @api.model
    def _check_all(self):
        """Every regulation is sound; called at the end of the shipped data."""
        self.search([("date_from", "!=", False)])._refuse_unsound()

    def _refuse_unsound(self):
        self.invalidate_recordset()
        same_kinds = self.search([("subject_kind", "in", self.mapped("subject_kind"))])
        laws = {regulation: regulation._law() for regulation in same_kinds | self}
        names = {regulation.name for regulation in self}
        found = [
            finding
            for regulation in self
            for finding in regulations.check(laws[regulation])
        ] + [
            finding
            for finding in regulations.check_overlaps(
                [laws[r] for r in same_kinds if r.active]
            )
            if finding.record in names or finding.values.get("other") in names
        ]
        problems = self._double_labels()
        if found or problems:
            raise ValidationError(
                "\n".join(
                    filter(
                        None,
                        [
                            self.env._("The regulation cannot be saved like this:"),
                            self.env["cadre.review.move.mixin"]._explain(found),
                            *problems,
                        ],
                    )
                )
            )

    def _double_labels(self):
        return [
            self.env._(
                "• %(regulation)s: a level has two labels; keep one.",
                regulation=regulation.name,
            )
            for regulation in self
            if len(regulation.label_ids)
            != len(set(regulation.label_ids.mapped("level")))
        ]

    # ------------------------------------------------------------------
    # AS THE RULES READ IT
    # ------------------------------------------------------------------

    def _law(self):
        """This version as the rules read it.

        :rtype: rules.law.Law
        """
        self.ensure_one()
        return law.Law(
            id=self.id,
            name=self.name,
            subject_kind=self.subject_kind,
            date_from=self.date_from,
            date_to=self.date_to or None,
            labels={label.level: label.name for label in self.label_ids},
            criteria=tuple(
                law.Criterion(
                    c.id, c.code, c.name, c.parent_id.id or None, c.max_points
                )
                for c in self.criterion_ids
            ),
            total_points=self.total_points,
            bands=tuple(
                law.Band(b.level, b.lower, None if b.is_open else b.upper)
                for b in self.band_ids
            ),
            cap=self._cap() if self.has_cap else None,
            severities={
                line.rule: law.Severed(
                    None if line.severity == "off" else Severity(line.severity),
                    line.article or "",
                )
                for line in self.rule_ids
            },
            settings={
                line.key: regulations.read_setting(line.key, line.value)
                for line in self.setting_ids
            },
        )

    def _cap(self):
        return law.Cap(
            rate=self.cap_rate,
            exceptional_rate=self.cap_exceptional_rate,
            base=self.cap_base,
            rounding=self.cap_rounding,
            grouping=self.cap_grouping,
            small_group=self.cap_small_group,
            source=self.cap_source or "",
        )

    def _applicable(self, subject_kind, day):
        """The newest of these regulations in force on ``day`` for the kind."""
        return self.filtered(
            lambda r: r.subject_kind == subject_kind
            and r.date_from <= day
            and (not r.date_to or day <= r.date_to)
        ).sorted("date_from")[-1:]

    def _label(self, level):
        """The level's name under this regulation, as papers print it."""
        label = self.label_ids.filtered(lambda line: line.level == level)
        return label.name or ""

    def _leaf_criteria(self):
        """The criteria that are answered: those that are no group of others."""
        return self.criterion_ids - self.criterion_ids.parent_id

    # ------------------------------------------------------------------
    # SUPERSEDING
    # ------------------------------------------------------------------

    def action_supersede(self):
        """End this version and begin a copy of it, to be corrected before its use."""
        self.ensure_one()
        self.browse().check_access("create")
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.regulation.supersede",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("New Version"),
            "context": {"default_regulation_id": self.id},
        }

    def _supersede(self, day, code):
        """A copy in force from ``day``; this version ends the day before.

        :raise UserError: the day is not within this version, or ratings of campaigns
            whose day of scope lies on or after it rest on it already
        """
        self.ensure_one()
        if day <= self.date_from or (self.date_to and day > self.date_to):
            raise UserError(
                self.env._(
                    "%(regulation)s: the new version begins within the time this one "
                    "is in force, after its first day.",
                    regulation=self.name,
                )
            )
        used = self.sudo().rating_ids.filtered(
            lambda rating: rating.campaign_id.scope_date >= day
        )
        if used:
            raise UserError(
                self.env._(
                    "%(regulation)s: ratings of %(campaigns)s rest on it after that "
                    "day. Begin the new version later.",
                    regulation=self.name,
                    campaigns=", ".join(used.campaign_id.mapped("name")),
                )
            )
        last = self.date_to
        self.sudo().date_to = day - timedelta(days=1)
        return self._copy_version({"code": code, "date_from": day, "date_to": last})

    def _copy_version(self, default):
        """A copy with its rows; groups of criteria are linked again by code."""
        self.ensure_one()
        loose = self.with_context(install_mode=True)
        fresh = loose.copy(default).with_env(self.env)
        by_code = {criterion.code: criterion for criterion in fresh.criterion_ids}
        for criterion in self.criterion_ids.filtered("parent_id"):
            by_code[criterion.code].with_context(install_mode=True).parent_id = by_code[
                criterion.parent_id.code
            ]
        fresh._refuse_unsound()
        return fresh


class CadreReviewLevelLabel(models.Model):
    _name = "cadre.review.level.label"
    _description = "Level Label"
    _inherit = ["cadre.review.law.mixin"]
    _order = "sequence, id"

    regulation_id = fields.Many2one(
        "cadre.review.regulation",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    sequence = fields.Integer(default=10)
    level = fields.Selection(OUTCOMES, required=True)
    name = fields.Char(string="Label", required=True)
    short_name = fields.Char()


class CadreReviewCriterion(models.Model):
    """A criterion, or a group of criteria when others name it as theirs."""

    _name = "cadre.review.criterion"
    _description = "Criterion"
    _inherit = ["cadre.review.law.mixin"]
    _order = "sequence, id"

    regulation_id = fields.Many2one(
        "cadre.review.regulation",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    parent_id = fields.Many2one(
        "cadre.review.criterion",
        string="Group",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('regulation_id', '=', regulation_id)]",
    )
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    guidance = fields.Text(help="What the criterion asks for, with its article.")
    max_points = fields.Float(string="Points", help="0 where it is not scored.")

    @api.constrains("parent_id", "regulation_id")
    def _check_parent(self):
        wrong = self.filtered(
            lambda c: c.parent_id and c.parent_id.regulation_id != c.regulation_id
        )
        if wrong or self._has_cycle():
            raise ValidationError(
                self.env._(
                    "A criterion belongs to a group of its own regulation: %(names)s.",
                    names=", ".join((wrong or self).mapped("name")),
                )
            )


class CadreReviewBand(models.Model):
    _name = "cadre.review.band"
    _description = "Band of Points"
    _inherit = ["cadre.review.law.mixin"]
    _order = "lower desc, id"

    regulation_id = fields.Many2one(
        "cadre.review.regulation",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    level = fields.Selection(LEVELS, required=True)
    lower = fields.Float(string="From", help="Included.")
    upper = fields.Float(string="Under", help="Excluded, but at the top.")
    is_open = fields.Boolean(string="To the Top")


class CadreReviewRegulationRule(models.Model):
    """How hard a rule stands under one regulation, and on which article."""

    _name = "cadre.review.regulation.rule"
    _description = "Rule of a Regulation"
    _inherit = ["cadre.review.law.mixin"]
    _order = "rule, id"
    _rec_name = "rule"

    regulation_id = fields.Many2one(
        "cadre.review.regulation",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    rule = fields.Selection(
        [(code, rule.title) for code, rule in REGULATED.items()], required=True
    )
    severity = fields.Selection(SEVERITIES, required=True, default="warn")
    article = fields.Char(help="As cited in findings; empty: the rule's own.")
    source_text = fields.Char(
        string="Source", help="Text on which this severity rests."
    )

    _rule_uniq = models.Constraint(
        "unique(regulation_id, rule)", "This rule already has a line."
    )


class CadreReviewRegulationSetting(models.Model):
    """What the law does not fix for certain: a value with its source."""

    _name = "cadre.review.regulation.setting"
    _description = "Setting of a Regulation"
    _inherit = ["cadre.review.law.mixin"]
    _order = "key, id"
    _rec_name = "key"

    regulation_id = fields.Many2one(
        "cadre.review.regulation",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    key = fields.Selection(
        [(key, setting.title) for key, setting in SETTINGS.items()], required=True
    )
    value = fields.Char(required=True)
    source_text = fields.Char(
        string="Source", help="Text on which the value rests, or “thông lệ”."
    )

    _key_uniq = models.Constraint(
        "unique(regulation_id, key)", "This setting already has a value."
    )
