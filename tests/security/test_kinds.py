"""Rights held by kind: a new model, field or rule is held by them by itself."""

import ast

from odoo.models import MAGIC_COLUMNS
from odoo.tests import TransactionCase, tagged

from .access_spec import REFERENCE, WIZARDS
from .test_security_matrix import our_models

OFFICE = "cadre_review.cadre_review_group_office"

# ----------------------------------------------------------------------
# COMPUTED WITH ALL RIGHTS, AND WHY
# ----------------------------------------------------------------------

PARENT = "whoever reads the row reads what it hangs on, by the rules of both"
NAMES = "names of units, bodies and campaigns are no secret"
COMPLETENESS = (
    "that something is there, is late or was urged is read before its content"
)
FOR_RULES = "record rules read it; what it leads to is not shown by it"
COUNTED = "the sums of rows that the same people read, on the record that they are of"

WITH_ALL_RIGHTS = {
    "cadre.review.cadre.unit_id": FOR_RULES,
    "cadre.review.cadre.title": PARENT,
    "cadre.review.campaign.late_count": COMPLETENESS,
    "cadre.review.campaign.on_time_rate": COMPLETENESS,
    "cadre.review.campaign.urging_problems": COMPLETENESS,
    "cadre.review.conference.absent": COUNTED,
    "cadre.review.conference.absence_reasons": COUNTED,
    "cadre.review.conference.convened": COUNTED,
    "cadre.review.conference.present": COUNTED,
    "cadre.review.conference.date_year_end": PARENT,
    "cadre.review.conference.suggestion_count": COMPLETENESS,
    "cadre.review.conference.body.is_on_behalf": PARENT,
    "cadre.review.conference.body.state": PARENT,
    "cadre.review.conference.subject.conference_state": PARENT,
    "cadre.review.deadline.last_day": PARENT,
    "cadre.review.objection.date_notified": PARENT,
    "cadre.review.objection.is_collective": FOR_RULES,
    "cadre.review.objection.notified_level": PARENT,
    "cadre.review.objection.notified_text": PARENT,
    "cadre.review.party.body.party_user_ids": FOR_RULES,
    "cadre.review.reminder.line.delivery": PARENT,
    "cadre.review.reminder.line.urging_text": COMPLETENESS,
    "cadre.review.session.line.authority_id": NAMES,
    "cadre.review.session.line.state": PARENT,
    "cadre.review.session.line.unit_name": NAMES,
    "cadre.review.shortcoming.report_id": FOR_RULES,
    "cadre.review.suggestion.is_answered": COMPLETENESS,
    "cadre.review.tally.agenda_no": PARENT,
    "cadre.review.tally.kind": PARENT,
    "cadre.review.unit.head_user_ids": FOR_RULES,
    "cadre.review.unit.officer_user_ids": FOR_RULES,
    "cadre.review.unit.reader_user_ids": FOR_RULES,
    "cadre.review.authority.decider_user_ids": FOR_RULES,
}

# ----------------------------------------------------------------------
# WHAT RULES REST ON AND PEOPLE WRITE WITHOUT AN EVENT, AND WHY
# ----------------------------------------------------------------------

CONTENT = "what is said itself; that it is said closes the point to who may not read it"
BORN = "set by the ORM when the row is made"
MERELY_SHOWN = "computed with what the rules read, and read by none of them"

UNWITNESSED = {
    "cadre.review.answer.attachment_ids": CONTENT,
    "cadre.review.answer.source_place": CONTENT,
    "cadre.review.answer.text": CONTENT,
    "cadre.review.post.title": MERELY_SHOWN,
    "cadre.review.plan.line.monitor_cadre_id": "written in the draft alone",
}

# ----------------------------------------------------------------------
# FIELDS THAT TWO HANDS WRITE ALIKE, AND WHY
# ----------------------------------------------------------------------

KEEPERS = "office and administrator keep people alike; what rules rest on is witnessed"
RECEIPT = "the office notes when and how it came in, the unit may write it before"
ADDED = "files: one adds to them; nobody touches what the other side brought"
CO_WRITTEN = "a draft that unit and office write together until it is adopted"
REGISTER = "a line of the register, which the office fills in on the unit's behalf"

BY_BOTH = {
    "cadre.review.cadre": KEEPERS,
    "cadre.review.fact": KEEPERS,
    "cadre.review.past.result": KEEPERS,
    "cadre.review.post": KEEPERS,
    "cadre.review.plan": CO_WRITTEN,
    "cadre.review.paper": REGISTER,
    "cadre.review.dossier.date_paper": RECEIPT,
    "cadre.review.dossier.incoming_number": RECEIPT,
    "cadre.review.dossier.sets_received": RECEIPT,
    "cadre.review.objection.incoming_number": RECEIPT,
    "cadre.review.plan.line.sequence": CO_WRITTEN,
}
# one's own rows on the record, judged there
LINES = ("one2many",)
OF_MAIL = {"message_follower_ids", "activity_ids", "message_main_attachment_id"}


# shown to those who may not read the record they stand on
NO_SECRET = {
    "cadre.review.cadre.name": NAMES,
    "cadre.review.dossier.unit_name": NAMES,
    "cadre.review.rating.name": NAMES,
    "cadre.review.rating.title": NAMES,
    "cadre.review.dossier.sequence": NAMES,
}


def leaves(domain):
    """The field paths of a record rule."""
    for node in ast.walk(ast.parse(domain.strip() or "[]", mode="eval")):
        match node:
            case ast.Tuple(
                elts=[
                    ast.Constant(value=str(path)),
                    ast.Constant(value="=" | "!=" | "in" | "not in"),
                    _value,
                ]
            ):
                yield path


def rested_on(env):
    """Fields that some rule reads, and those these are computed from."""
    found, waiting = set(), []
    for rule in env["ir.rule"].search([]):
        model = rule.model_id.model
        if model.startswith("cadre.review."):
            for path in leaves(rule.domain_force or ""):
                waiting += _along(env, model, path)
    while waiting:
        field = waiting.pop()
        if field in found:
            continue
        found.add(field)
        if field.store and field.model_name.startswith("cadre.review."):
            for path in env.registry.field_depends.get(field, ()):
                waiting += _along(env, field.model_name, path)
    return {
        field
        for field in found
        if field.model_name.startswith("cadre.review.")
        and field.model_name not in WIZARDS
        and field.type not in LINES
        and field.name not in MAGIC_COLUMNS
    }


def _along(env, model, path):
    fields = []
    for name in path.split("."):
        field = env[model]._fields[name]
        fields.append(field)
        model = field.comodel_name
    return fields


@tagged("post_install", "-at_install")
class TestKinds(TransactionCase):
    def _fields(self):
        for name in sorted(our_models(self.env)):
            yield from self.env[name]._fields.values()

    def _access(self, model, operation):
        return self.env["ir.model.access"].search(
            [("model_id.model", "=", model), (f"perm_{operation}", "=", True)]
        )

    # ------------------------------------------------------------------
    # WINDOWS
    # ------------------------------------------------------------------

    def test_shown_as_the_user_reads(self):
        """What a window, or a record somebody may create, computes, it computes as the
        user; with all rights only what stands above, each with its reason."""
        found = {
            str(field)
            for field in self._fields()
            if field.compute_sudo
            and (field.related and not field.store or field.compute)
            and not (field.related and field.store)
            and (
                field.model_name in WIZARDS or self._access(field.model_name, "create")
            )
            and not self._is_of_all(field)
            and not self._is_own(field)
        }
        self.assertEqual(
            found, set(WITH_ALL_RIGHTS) & found, "computed with all rights"
        )
        self.assertFalse(set(WITH_ALL_RIGHTS) - found, "reasons without a field")
        self.assertFalse([name for name in found if "keying" in name])

    def _is_of_all(self, field):
        """It shows a value of what every role reads."""
        if not field.related:
            return False
        *path, _name = field.related.split(".")
        model = self.env[field.model_name]
        for name in path:
            model = self.env[model._fields[name].comodel_name]
        return model._name in REFERENCE

    def _is_own(self, field):
        """It follows from the row itself."""
        paths = self.env.registry.field_depends[field]
        return not field.related and bool(paths) and all("." not in p for p in paths)

    # ------------------------------------------------------------------
    # RULES
    # ------------------------------------------------------------------

    def _is_witnessed(self, field):
        model = self.env[field.model_name]
        return hasattr(model, "_is_witnessed") and model._is_witnessed(field.name)

    def test_what_rules_rest_on(self):
        """A move writes it, or it is given once, or each change is an event."""
        free = {
            str(field)
            for field in rested_on(self.env)
            if not getattr(field, "gated", False)
            and not getattr(field, "fixed", False)
            and not (field.compute and field.readonly)
            and self._access(field.model_name, "write")
            and not self._is_witnessed(field)
        }
        self.assertEqual(free, set(UNWITNESSED))

    def test_who_is_restrained_does_not_write_it(self):
        """Logins and memberships are the administrator's."""
        admin = self.env.ref("cadre_review.cadre_review_group_admin")
        for model, fields in (
            ("cadre.review.cadre", ["user_id"]),
            ("cadre.review.member", ["user_id", "role", "unit_id", "company_id"]),
            ("cadre.review.unit", ["party_body_id", "successor_ids"]),
            ("cadre.review.authority", ["company_id"]),
        ):
            writers = self._access(model, "write").group_id
            for name in fields:
                field = self.env[model]._fields[name]
                keepers = getattr(field, "kept_by", None)
                groups = self.env.ref(keepers) if keepers else writers
                self.assertEqual(groups, admin, field)

    # ------------------------------------------------------------------
    # TWO HANDS
    # ------------------------------------------------------------------

    def test_two_hands_do_not_write_over_each_other(self):
        """Where the office and others both write a record, each field is one hand's:
        by the state, by the hand, or because the office writes only what it keyed."""
        office = self.env.ref(OFFICE)
        found = set()
        for model in sorted(our_models(self.env) - WIZARDS):
            lines = self._access(model, "write").group_id
            if office not in lines or lines == office:
                continue
            rules = self.env["ir.rule"].search(
                [("model_id.model", "=", model), ("perm_write", "=", True)]
            )
            if all(
                "'is_on_behalf', '=', True" in rule.domain_force
                or ".is_on_behalf', '=', True" in rule.domain_force
                for rule in rules.filtered(lambda r: office in r.groups)
            ) and "'state', '=', 'filed'" not in str(rules.mapped("domain_force")):
                continue
            found |= {
                str(field)
                for field in self.env[model]._fields.values()
                if self._is_written(field)
            }
        alike = {name for name in found if not self._is_listed(name)}
        self.assertFalse(alike)

    def _is_written(self, field):
        return (
            field.store
            and not field.readonly
            and field.type not in LINES
            and field.name not in MAGIC_COLUMNS
            and field.name not in OF_MAIL
            and field.name
            != "attachment_ids"  # by side: tests/security/test_attacks.py
            and not any(
                getattr(field, name, None)
                for name in ("gated", "fixed", "written_in", "hand")
            )
        )

    def _is_listed(self, name):
        return name in BY_BOTH or name.rpartition(".")[0] in BY_BOTH
