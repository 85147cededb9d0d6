"""What a client can call without our buttons, tried as every role.

Every call goes through ``call_kw``, which is all that the web client's route and
JSON-2 hand a call to; going there without HTTP is three times as fast, and these are
thousands. That the route itself refuses is tried once. After each group of attempts
the tables are compared, row by row, with what they were before.
"""

import base64
import inspect
import json

from psycopg2 import IntegrityError, sql

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import json_default, mute_logger

from ..browser import BrowserCase
from ..common import PDF
from .access_spec import WIZARDS
from .test_security_matrix import MUTED, SecurityCase, our_models

CRUD = {
    *("create", "write", "unlink", "copy_data", "web_save", "web_save_multi"),
    *("default_get", "onchange"),
}
# Odoo's calendar asks for days of rest by this name; every role reads holidays
NO_BUTTONS = CRUD | {"get_unusual_days"}
# name a window, whatever the record; what it shows is read as the user
WINDOWS = {
    "action_view_dossiers",
    "action_view_ratings",
    "action_view_decisions",
    "action_view_plans",
    "action_view_sessions",
    "action_view_forms",
}
# show what is there; refused where the record itself cannot be read, and where
# they would first have to create what they show
READING = {
    "action_export_summary",
    "action_export_template",
    "action_export_list",
    "action_fill",
    "action_fill_form",
    "action_open_conference",
    "action_open_report",
    "action_view_conference",
    "action_view_suggestions",
    "action_answer",
    "action_open",
    "action_open_tallies",
    "action_print_minutes",
    "action_print_counting",
    "action_self",
    "action_party",
    "action_unit",
    "action_appraisal",
    "action_proposal",
    "action_show_findings",
    "action_caps",
    "action_view_shortcomings",
    "action_supersede",
    "action_override_regulation",
    "action_roll",
    "action_history",
    "action_view_lines",
    "action_object",
    "action_draft_plans",
    "action_print",
    "action_view_papers",
}
REFUSED = {
    "odoo.exceptions.AccessError",
    "odoo.exceptions.UserError",
    "odoo.exceptions.ValidationError",
}
QUIET = (*MUTED, "odoo.http", "odoo.sql_db", "odoo.models", "odoo.orm.models")


def public_methods(model):
    """Names of the methods of our classes that a client can call."""
    return {
        name
        for cls in type(model).mro()
        if cls.__module__.startswith("odoo.addons.cadre_review")
        for name, member in vars(cls).items()
        if inspect.isfunction(member)
        and not name.startswith("_")
        and not getattr(member, "_api_private", False)
    } - NO_BUTTONS


class RpcCase(SecurityCase, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        dossiers = cls.campaign.with_env(cls.env).dossier_ids
        cls.dossier_a = dossiers.filtered(lambda d: d.unit_id == cls.unit_a)
        cls.dossier_b = dossiers - cls.dossier_a
        cls.users = [
            cls.user_none,
            cls.user_admin,
            cls.user_person_a,
            cls.user_officer_a,
            cls.user_head_a,
            cls.user_party_a,
            cls.user_standing,
            cls.user_superior,
            cls.user_office_elsewhere,
            cls.user_office,
        ]

    # ------------------------------------------------------------------
    # CALLING
    # ------------------------------------------------------------------

    def _call(self, user, model, method, *args, **kwargs):
        """The result, or the name of the exception under ``refused``; as a request
        ends: written out, or undone."""
        args, kwargs = json.loads(json.dumps([args, kwargs]))
        self.env.flush_all()
        self.env.transaction.clear()
        context = {"lang": user.lang, "tz": user.tz}
        env = self.env(user=user, context=context, su=False)
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            result = call_kw(env[model], method, args, kwargs)
            env.flush_all()
        except Exception as error:
            env.transaction.clear()
            savepoint.close(rollback=True)
            if isinstance(error, IntegrityError):
                error = ValidationError("")  # what a request makes of it
            return {"refused": f"{type(error).__module__}.{type(error).__name__}"}
        savepoint.close(rollback=False)
        self.env.transaction.clear()
        return json.loads(json.dumps(result, default=json_default))

    def _call_over_http(self, user, model, method, *args):
        self.authenticate(user.login, user.login)
        self.env.flush_all()
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        address = f"/web/dataset/call_kw/{model}/{method}"
        answer = self.url_open(address, json={"params": params}).json()
        self.env.invalidate_all()
        if "error" in answer:
            return {"refused": answer["error"]["data"]["name"]}
        return answer["result"]

    def _is_refused(self, answer):
        return isinstance(answer, dict) and answer.get("refused") in REFUSED

    def _assert_refused(self, user, model, method, *args, **kwargs):
        answer = self._call(user, model, method, *args, **kwargs)
        if not self._is_refused(answer):
            self.passed.append(f"{user.name}: {model}.{method}{args}: {answer}"[:300])

    def _picture(self):
        """Every row of our tables, without the windows'."""
        self.env.flush_all()
        picture = {}
        for model in sorted(our_models(self.env) - WIZARDS) + ["ir.attachment"]:
            table = self.env[model]._table
            self.env.cr.execute(
                sql.SQL(
                    "SELECT count(*), md5(string_agg((to_jsonb(t) - %s)::text, '|'"
                    " ORDER BY id)) FROM {} t"
                ).format(sql.Identifier(table)),
                [["write_date", "write_uid"]],
            )
            picture[model] = self.env.cr.fetchone()
        return picture

    def _untouched(self):
        """A block of attempts: all refused, and nothing changed by any."""
        return Untouched(self)

    # ------------------------------------------------------------------
    # RECORDS
    # ------------------------------------------------------------------

    def _of(self, model, company, unit=None):
        """Records of the council, and of the unit where the model has one."""
        fields = self.env[model]._fields
        domain = []
        if "company_id" in fields:
            domain.append(("company_id", "=", company.id))
        if unit and "unit_id" in fields:
            domain.append(("unit_id", "=", unit.id))
        return self.env[model].search(domain)

    def _value(self, record, name):
        """A value that is plausible and not the one there."""
        field = record._fields[name]
        if field.type == "selection":
            values = [value for value, _label in field._description_selection(self.env)]
            return next(value for value in values if value != record[name])
        return {
            "many2one": lambda: self.env[field.comodel_name].search([], limit=1).id,
            "integer": lambda: 7,
            "boolean": lambda: not record[name],
            "date": lambda: "2020-01-01",
        }.get(field.type, lambda: "N")()


class Untouched:
    def __init__(self, case):
        self.case = case

    def __enter__(self):
        self.case.passed = []
        self.before = self.case._picture()

    def __exit__(self, kind, *_error):
        if kind:
            return
        self.case.assertFalse(self.case.passed, "\n".join(self.case.passed))
        after = self.case._picture()
        changed = [model for model in after if after[model] != self.before[model]]
        self.case.assertFalse(changed)


@tagged("post_install", "-at_install")
class TestSecurityRpcMethods(RpcCase):
    """Every public method, in a position in which the role may not call it."""

    def _wrong_records(self, user, model):
        """Records on which the user has nothing to ask for."""
        if user == self.user_office:
            return self._of(model, self.council_elsewhere)[:1]
        if user in (self.user_officer_a, self.user_head_a, self.user_party_a):
            return self._of(model, self.company, self.unit_b)[:1]
        if user == self.user_person_a:
            records = self._of(model, self.company, self.unit_a)
            if "user_id" in records._fields:
                records = records.filtered(lambda r: r.user_id != user)
            return records[:1]
        return self._of(model, self.company)[:1]

    def _reads(self, user, record):
        return bool(record.with_user(user)._filtered_access("read"))

    def _actions(self):
        for model in sorted(our_models(self.env) - WIZARDS):
            for method in sorted(public_methods(self.env[model])):
                yield model, method

    def test_helpers_are_private(self):
        """What is public is a button; everything else starts with a line."""
        for name in our_models(self.env):
            for method in public_methods(self.env[name]):
                self.assertTrue(method.startswith("action_"), f"{name}.{method}")

    @mute_logger(*QUIET)
    def test_route_of_the_web_client(self):
        """It gives what ``call_kw`` gives, to each role."""
        for user in self.users:
            for method in ("read", "action_receive", "_mark"):
                call = (user, "cadre.review.dossier", method, self.dossier_a.ids)
                there = self._call_over_http(*call)
                self.assertEqual("refused" in there, "refused" in self._call(*call))

    @mute_logger(*QUIET)
    def test_every_method_as_every_role_on_what_is_not_theirs(self):
        # the state in which most of them read something
        self.campaigns.dossier_ids.state = "submitted"
        self.campaigns.dossier_ids.paper_ids.state = "provided"
        with self._untouched():
            for user in self.users:
                for model, method in self._actions():
                    record = self._wrong_records(user, model)
                    if method in WINDOWS:
                        continue
                    if method in READING and self._reads(user, record):
                        self._call(user, model, method, record.ids)
                        continue
                    self._assert_refused(user, model, method, record.ids)

    @mute_logger(*QUIET)
    def test_every_move_through_the_window_that_asks_for_reasons(self):
        """The window is a way to any move: it refuses what the button refuses."""
        window = "cadre.review.move.reason"
        with self._untouched():
            for user in (
                self.user_person_a,
                self.user_head_a,
                self.user_standing,
                self.user_office_elsewhere,
                self.user_office,
            ):
                for model in sorted(our_models(self.env)):
                    record = self._wrong_records(user, model)
                    for move in getattr(self.env[model], "_moves", ()):
                        self._assert_window(user, window, model, record.ids, move)

    def _assert_window(self, user, window, model, ids, move):
        values = {"res_model": model, "res_ids": ids, "move": move, "reason": "N"}
        window_id = self._call(user, window, "create", [values])
        self._assert_refused(user, window, "action_confirm", window_id)

    @mute_logger(*QUIET)
    def test_window_carries_out_nothing_but_moves(self):
        rating = self.dossier_a.rating_ids[:1]
        rating.state = "reviewed"
        with self._untouched():
            for model, ids, move in (
                # moves that only other moves cause
                ("cadre.review.rating", rating.ids, "propose"),
                ("cadre.review.rating", rating.ids, "decide"),
                ("cadre.review.campaign", self.campaign.ids, "finish"),
                # no moves at all
                ("cadre.review.dossier", self.dossier_a.ids, "unlink"),
                ("res.users", self.user_office.ids, "unlink"),
            ):
                for user in (self.user_office, self.user_head_a):
                    self._assert_window(
                        user, "cadre.review.move.reason", model, ids, move
                    )

    @mute_logger(*QUIET)
    def test_every_move_in_every_wrong_state(self):
        """By those whose step it is, on their own records."""
        with self._untouched():
            for user in (self.user_office, self.user_head_a):
                for record in (
                    self.campaign.sudo(),
                    self.dossier_a,
                    self.dossier_a.paper_ids[:1],
                    self.dossier_a.conference_ids,
                    self.dossier_a.report_ids,
                    self.dossier_a.rating_ids[:1],
                    self._opinion("unit"),
                    self.env["cadre.review.decision"].search(
                        [("campaign_id", "=", self.campaign.id)]
                    ),
                ):
                    self._check_wrong_states(user, record)

    def _opinion(self, stage):
        return self.dossier_a.rating_ids.opinion_ids.filtered(
            lambda o: o.stage == stage
        )[:1]

    def _check_wrong_states(self, user, record):
        before = record.state
        for state, _label in record._fields["state"].selection:
            record.sudo().state = state
            for name, move in record._moves.items():
                button = f"action_{name}"
                if state in move.sources or not hasattr(record, button):
                    continue
                if name == "open" and state in ("open", "opening"):
                    continue  # again: adds who came late, or resumes the job
                self._assert_refused(user, record._name, button, record.ids)
        record.sudo().state = before

    @mute_logger(*QUIET)
    def test_nothing_moves_in_a_closed_campaign(self):
        """But decisions, which may be superseded, and their notice."""
        opinion = self._opinion("appraisal")
        with self._untouched():
            for campaign_state, dossier_state in (
                ("closed", "received"),
                ("closed", "accepted"),
                ("cancelled", "preparing"),
            ):
                self.campaign.sudo().state = campaign_state
                self.dossier_a.state = dossier_state
                self._check_frozen(opinion)
            self.campaign.sudo().state = "open"
            self.dossier_a.state = "preparing"
            opinion.state = "draft"

    def _check_frozen(self, opinion):
        for opinion_state in ("draft", "confirmed"):
            opinion.state = opinion_state
            for record in (
                self.dossier_a,
                self.dossier_a.paper_ids[:1],
                self.dossier_a.conference_ids,
                self.dossier_a.report_ids,
                opinion,
            ):
                for name in record._moves:
                    button = f"action_{name}"
                    if hasattr(record, button):
                        self._assert_refused(
                            self.user_office, record._name, button, record.ids
                        )

    @mute_logger(*QUIET)
    def test_windows_of_the_office(self):
        """Nobody else opens or keys; the office not for another council."""
        windows = (
            ("cadre.review.campaign.opening", {"campaign_id": self.campaign.id}),
            ("cadre.review.keying", {"dossier_id": self.dossier_a.id}),
            ("cadre.review.urging.preview", {"campaign_id": self.campaign.id}),
        )
        with self._untouched():
            for user in self.users:
                if user == self.user_office:
                    continue
                for model, values in windows:
                    created = self._call(user, model, "create", [values])
                    if self._is_refused(created):
                        continue
                    fields = list(self.env[model]._fields)
                    self._assert_refused(user, model, "read", created, fields)
                    for method in public_methods(self.env[model]):
                        self._assert_refused(user, model, method, created)
            for user in self.users:
                if user != self.user_admin:
                    self._assert_refused(
                        user, "cadre.review.scenario", "action_load", []
                    )


@tagged("post_install", "-at_install")
class TestSecurityRpcAttempts(RpcCase):
    """Ways past the buttons that somebody will try."""

    def _fields_of(self, model, kind):
        return [
            name
            for name, field in sorted(self.env[model]._fields.items())
            if field.store and getattr(field, kind, False)
        ]

    # ------------------------------------------------------------------
    # GATED VALUES
    # ------------------------------------------------------------------

    @mute_logger(*QUIET)
    def test_gated_fields_are_not_written(self):
        """Directly, for each model as those who may write the record."""
        users = (self.user_officer_a, self.user_office)
        decision = self.env["cadre.review.decision"].search(
            [("campaign_id", "=", self.campaign.id)]
        )
        conference = self.dossier_a.conference_ids
        records = (
            self.campaign.sudo(),
            self.dossier_a,
            self.dossier_a.paper_ids[:1],
            self.dossier_a.rating_ids[:1],
            self._opinion("unit"),
            self._opinion("unit").line_ids[:1],
            conference,
            conference.subject_ids[:1],
            conference.body_ids[:1],
            conference.tally_ids[:1],
            decision,
            decision.line_ids[:1],
            self.campaign.sudo().deadline_ids[:1],
            self.campaign.sudo().basis_ids[:1],
        )
        with self._untouched():
            for user in users:
                for record in records:
                    for name in self._closed_fields(record):
                        self._assert_refused(
                            user,
                            record._name,
                            "write",
                            record.ids,
                            {name: self._value(record, name)},
                        )

    def _closed_fields(self, record):
        """One of each kind; test_house tries all of them without HTTP."""
        gated = self._fields_of(record._name, "gated")
        derived = [
            name
            for name, field in sorted(record._fields.items())
            if field.store and field.compute and field.readonly
        ]
        return {
            *gated[:1],
            *gated[-1:],
            *({"state", "level", "round"} & set(gated)),
            *self._fields_of(record._name, "fixed")[:1],
            *derived[-1:],
        }

    def _opinion(self, stage):
        return self.dossier_a.rating_ids.opinion_ids.filtered(
            lambda o: o.stage == stage and o.rating_id.cadre_id == self.chair_a
        )

    @mute_logger(*QUIET)
    def test_nothing_is_born_in_a_late_state(self):
        """Given in the values, as a default, or by an import."""
        opinion = self._opinion("unit")
        rating = opinion.rating_id
        opinion.line_ids.unlink()
        opinion.unlink()
        conference = self.dossier_b.conference_ids
        conference.unlink()
        births = (
            (
                self.user_officer_a,
                "cadre.review.opinion",
                {"rating_id": rating.id, "stage": "unit"},
                "confirmed",
            ),
            (
                self.user_officer_b,
                "cadre.review.conference",
                {"dossier_id": self.dossier_b.id},
                "adopted",
            ),
            (
                self.user_office,
                "cadre.review.decision",
                {"campaign_id": self.campaign.id, "authority_id": self.own.id},
                "issued",
            ),
            (
                self.user_office,
                "cadre.review.campaign",
                {"name": "N", "year": 2030, "owner_id": self.own.id},
                "closed",
            ),
        )
        with self._untouched():
            for user, model, values, late in births:
                self._assert_refused(user, model, "create", [values | {"state": late}])
                self._assert_refused(
                    user, model, "create", [values], context={"default_state": late}
                )
                self._assert_refused(
                    user, model, "web_save", [], values | {"state": late}, {}
                )
                names = [*values, "state"]
                answer = self._call(
                    user,
                    model,
                    "load",
                    [f"{name}/.id" if name.endswith("_id") else name for name in names],
                    [[str(value) for value in (*values.values(), late)]],
                )
                if not self._is_refused(answer):
                    self.assertFalse(answer["ids"], f"{model} imported as {late}")
            for model in ("dossier", "paper", "rating", "event"):
                for user in self.users:
                    self._assert_refused(
                        user, f"cadre.review.{model}", "create", [{"state": "accepted"}]
                    )
                    record = self._of(f"cadre.review.{model}", self.company)[:1]
                    self._assert_refused(user, record._name, "copy", record.ids)

    @mute_logger(*QUIET)
    def test_opinions_are_not_put_where_they_do_not_belong(self):
        """Stored links decide who reads and writes: nobody forges them."""
        theirs = self.dossier_b.rating_ids.filtered("cadre_id")[:1]
        theirs.opinion_ids.line_ids.unlink()
        theirs.opinion_ids.unlink()
        forged = {
            "unit_id": self.unit_a.id,
            "party_body_id": self.body_a.id,
            "user_id": self.user_person_a.id,
        }
        with self._untouched():
            for user, stage in (
                (self.user_officer_a, "unit"),
                (self.user_party_a, "party"),
                (self.user_person_a, "self"),
                (self.user_officer_a, "appraisal"),
                (self.user_head_a, "proposal"),
                (self.user_head_a, "conference"),
            ):
                values = {"rating_id": theirs.id, "stage": stage}
                for extra in (
                    {},
                    forged,
                    {"source": "paper"},
                    forged | {"source": "paper"},
                ):
                    self._assert_refused(
                        user, "cadre.review.opinion", "create", [values | extra]
                    )

    @mute_logger(*QUIET)
    def test_commands_from_a_parent_are_no_way_round(self):
        dossier, other = self.dossier_a, self.dossier_b
        paper, rating = dossier.paper_ids[:1], dossier.rating_ids[:1]
        opinion, conference = self._opinion("unit"), dossier.conference_ids
        event = self.env["cadre.review.event"].search(
            [("res_model", "=", dossier._name), ("res_id", "=", dossier.id)], limit=1
        )
        foreign_line = other.rating_ids.opinion_ids.line_ids[:1]
        decision = self.env["cadre.review.decision"].search(
            [("campaign_id", "=", self.campaign.id)]
        )
        fake = {"res_model": dossier._name, "res_id": dossier.id, "move": "accept"}
        for_unit = (
            (
                dossier,
                {"paper_ids": [Command.update(paper.id, {"state": "conforming"})]},
            ),
            (dossier, {"paper_ids": [Command.create({"kind_id": paper.kind_id.id})]}),
            (dossier, {"paper_ids": [Command.delete(paper.id)]}),
            (dossier, {"paper_ids": [Command.link(other.paper_ids[:1].id)]}),
            (dossier, {"paper_ids": [Command.clear()]}),
            (dossier, {"rating_ids": [Command.update(rating.id, {"level": "good"})]}),
            (dossier, {"rating_ids": [Command.update(rating.id, {"name": "N"})]}),
            (dossier, {"rating_ids": [Command.delete(rating.id)]}),
            (
                dossier,
                {
                    "conference_ids": [
                        Command.update(conference.id, {"state": "adopted"})
                    ]
                },
            ),
            (dossier, {"event_ids": [Command.create(fake | {"user_id": 1})]}),
            (dossier, {"event_ids": [Command.update(event.id, {"reason": "N"})]}),
            (dossier, {"event_ids": [Command.delete(event.id)]}),
            (dossier, {"event_ids": [Command.clear()]}),
            (opinion, {"line_ids": [Command.link(foreign_line.id)]}),
            (opinion, {"line_ids": [Command.update(foreign_line.id, {"sequence": 1})]}),
            (
                conference,
                {"tally_ids": [Command.link(other.conference_ids.tally_ids[:1].id)]},
            ),
        )
        for_office = (
            (
                self.campaign.sudo(),
                {"dossier_ids": [Command.update(dossier.id, {"state": "accepted"})]},
            ),
            (
                self.campaign.sudo(),
                {"rating_ids": [Command.update(rating.id, {"level": "excellent"})]},
            ),
            (self.campaign.sudo(), {"dossier_ids": [Command.delete(dossier.id)]}),
            (
                self.campaign.sudo(),
                {
                    "dossier_ids": [
                        Command.link(self.campaign_elsewhere.sudo().dossier_ids[:1].id)
                    ]
                },
            ),
        )
        with self._untouched():
            for user, attempts in (
                (self.user_officer_a, for_unit),
                (self.user_head_a, for_unit),
                (self.user_office, for_office),
            ):
                for record, values in attempts:
                    self._assert_refused(
                        user, record._name, "write", record.ids, values
                    )
                    self._assert_refused(
                        user, record._name, "web_save", record.ids, values, {}
                    )
        # a line of a draft does not slip into an issued decision
        issued = decision.copy({"line_ids": False})
        issued.state = "issued"
        line = decision.line_ids[:1]
        with self._untouched():
            for record, values in (
                (line, {"decision_id": issued.id}),
                (issued, {"line_ids": [Command.link(line.id)]}),
                (issued, {"line_ids": [Command.create({"rating_id": rating.id})]}),
                (issued, {"note": "N"}),
                (issued, {"attachment_ids": [Command.clear()]}),
            ):
                self._assert_refused(
                    self.user_office, record._name, "write", record.ids, values
                )
            self._assert_refused(
                self.user_office,
                line._name,
                "create",
                [{"decision_id": issued.id, "rating_id": rating.id}],
            )
            self._assert_refused(self.user_office, issued._name, "unlink", issued.ids)

    # ------------------------------------------------------------------
    # FILES
    # ------------------------------------------------------------------

    @mute_logger(*QUIET)
    def test_files_are_sealed_with_the_hand_in(self):
        dossier, paper = self.dossier_a, self.dossier_a.paper_ids[:1]
        spare = self.env["ir.attachment"].create(
            {"name": "N", "raw": PDF, "res_model": "res.partner", "res_id": 1}
        )
        self.campaign.sudo().dossier_ids.state = "submitted"
        with self._untouched():
            for user in (self.user_officer_a, self.user_head_a, self.user_office):
                for record in (dossier, paper, dossier.conference_ids):
                    for file in record.attachment_ids:
                        self._try_to_change(user, record, file, spare)
                if user != self.user_office:
                    for record in (dossier, paper):
                        self._assert_refused(
                            user,
                            "ir.attachment",
                            "create",
                            [
                                {
                                    "name": "N",
                                    "raw": PDF.decode(),
                                    "res_model": record._name,
                                    "res_id": record.id,
                                }
                            ],
                        )

    def _try_to_change(self, user, record, file, spare):
        for values in (
            {"raw": PDF.decode()},
            {"datas": base64.b64encode(PDF).decode()},
            {"name": "N"},
            {"res_id": self.user_officer_a.partner_id.id, "res_model": "res.partner"},
            {"res_model": False, "res_id": False},
            {"public": True},
            {"type": "url", "url": "http://example.com"},
        ):
            self._assert_refused(user, "ir.attachment", "write", file.ids, values)
        self._assert_refused(user, "ir.attachment", "unlink", file.ids)
        self._assert_refused(user, "ir.attachment", "generate_access_token", file.ids)
        for command in (
            Command.clear(),
            Command.unlink(file.id),
            Command.delete(file.id),
            Command.link(spare.id),
            Command.create({"name": "N", "raw": PDF.decode()}),
        ):
            self._assert_refused(
                user,
                record._name,
                "write",
                record.ids,
                {"attachment_ids": [command]},
            )

    @mute_logger(*QUIET)
    def test_file_does_not_move_away_to_be_changed_later(self):
        """While the dossier is open a file stays with it; it is never public."""
        user, paper = self.user_officer_a, self.dossier_a.paper_ids[:1]
        file = paper.attachment_ids
        elsewhere = self.env["ir.attachment"].create(
            {"name": "N", "raw": PDF, "res_model": "res.users", "res_id": user.id}
        )
        loose = self._call(
            user, "ir.attachment", "create", [{"name": "N", "raw": PDF.decode()}]
        )
        with self._untouched():
            for values in (
                {"res_model": "res.users", "res_id": user.id},
                {"res_id": self.dossier_a.paper_ids[1:2].id},
                {"res_model": False, "res_id": False},
                {"public": True},
            ):
                self._assert_refused(user, "ir.attachment", "write", file.ids, values)
            self._assert_refused(
                user,
                paper._name,
                "write",
                paper.ids,
                {"attachment_ids": [Command.link(elsewhere.id)]},
            )
            # nor does anybody take another unit's, or hang one on theirs
            theirs = self.dossier_b.paper_ids[:1]
            for values in (
                {"attachment_ids": [Command.link(theirs.attachment_ids.id)]},
                {"attachment_ids": [Command.set(theirs.attachment_ids.ids)]},
            ):
                self._assert_refused(user, paper._name, "write", paper.ids, values)
            self._assert_refused(
                user,
                "ir.attachment",
                "write",
                loose,
                {"res_model": theirs._name, "res_id": theirs.id},
            )

    def _new_file(self):
        return Command.create({"name": "N", "raw": PDF.decode()})

    @mute_logger(*QUIET)
    def test_secret_paper_takes_no_file(self):
        paper = self.dossier_a.paper_ids[:1]
        paper.attachment_ids.unlink()
        paper.is_secret = True
        with self._untouched():
            self._assert_refused(
                self.user_officer_a,
                "ir.attachment",
                "create",
                [
                    {
                        "name": "N",
                        "raw": PDF.decode(),
                        "res_model": paper._name,
                        "res_id": paper.id,
                    }
                ],
            )
            self._assert_refused(
                self.user_officer_a,
                paper._name,
                "write",
                paper.ids,
                {
                    "attachment_ids": [
                        Command.create({"name": "N", "raw": PDF.decode()})
                    ]
                },
            )

    @mute_logger(*QUIET)
    def test_foreign_files_are_not_served(self):
        """By number, through the record, as an image: as who may, and who not."""
        self.campaigns.dossier_ids.state = "preparing"
        files = {
            "unit": self.dossier_a.paper_ids[:1].attachment_ids,
            "party": self._opinion("party").attachment_ids,
            "elsewhere": self.campaign_elsewhere.sudo().dossier_ids[:1].attachment_ids,
        }
        served = {
            self.user_officer_a: {"unit"},
            self.user_officer_b: set(),
            self.user_party_a: {"party"},
            self.user_person_a: set(),
            self.user_standing: set(),
            self.user_office: set(),
            self.user_admin: set(),
            self.user_none: set(),
        }
        for user, expected in served.items():
            self.authenticate(user.login, user.login)
            for name, file in files.items():
                for url in (
                    f"/web/content/{file.id}",
                    f"/web/content/{file.id}?download=true",
                    f"/web/content/ir.attachment/{file.id}/raw",
                    f"/web/content/ir.attachment/{file.id}/datas",
                ):
                    got = self.url_open(url)
                    self.assertEqual(
                        PDF in got.content, name in expected, (user.name, url)
                    )
                if name not in expected:
                    image = self.url_open(f"/web/image/{file.id}")
                    self.assertNotIn(PDF, image.content)
        self.authenticate(None, None)
        for file in files.values():
            self.assertNotIn(PDF, self.url_open(f"/web/content/{file.id}").content)

    # ------------------------------------------------------------------
    # MESSAGES, FOLLOWERS, ACTIVITIES
    # ------------------------------------------------------------------

    @mute_logger(*QUIET)
    def test_chatter_is_locked_with_the_dossier(self):
        dossier = self.dossier_a
        self.campaign.sudo().dossier_ids.state = "submitted"
        messages = self.env["mail.message"].search_count([])
        with self._untouched():
            for user in (self.user_officer_a, self.user_head_a, self.user_officer_b):
                self._assert_refused(
                    user, dossier._name, "message_post", dossier.ids, body="N"
                )
                self._assert_refused(
                    user,
                    "mail.message",
                    "create",
                    [{"model": dossier._name, "res_id": dossier.id, "body": "N"}],
                )
        self.assertEqual(self.env["mail.message"].search_count([]), messages)

    @mute_logger(*QUIET)
    def test_following_or_being_asked_gives_no_access(self):
        dossier, user = self.dossier_b, self.user_officer_a
        decision = self.env["cadre.review.decision"].search(
            [("campaign_id", "=", self.campaign.id)]
        )
        model_id = self.env["ir.model"]._get_id(dossier._name)
        words = "Chỉ xã B"
        note = dossier.message_post(body=words)
        with self._untouched():
            for record in (dossier, decision):
                self._call(
                    user,
                    record._name,
                    "message_subscribe",
                    record.ids,
                    user.partner_id.ids,
                )
                self.assertNotIn(user.partner_id, record.message_partner_ids)
                self._assert_refused(
                    user,
                    "mail.followers",
                    "create",
                    [
                        {
                            "res_model": record._name,
                            "res_id": record.id,
                            "partner_id": user.partner_id.id,
                        }
                    ],
                )
            self._assert_refused(
                user,
                "mail.activity",
                "create",
                [{"res_model_id": model_id, "res_id": dossier.id, "user_id": user.id}],
            )
            self._assert_refused(user, "mail.message", "read", note.ids, ["body"])
            # put on it by others, still nothing
            dossier.message_subscribe(user.partner_id.ids)
            self._assert_refused(user, dossier._name, "read", dossier.ids, ["note"])
            self._assert_refused(user, "mail.message", "read", note.ids, ["body"])

    # ------------------------------------------------------------------
    # READING AROUND
    # ------------------------------------------------------------------

    @mute_logger(*QUIET)
    def test_names_counts_and_groups_of_others_stay_hidden(self):
        """Lists, names, counts, groups, exports and previews of a new record."""
        user = self.user_officer_a
        theirs = {
            model: self._of(f"cadre.review.{model}", self.company, self.unit_b).ids
            for model in (
                *("dossier", "paper", "rating", "opinion", "opinion.line"),
                *("conference", "conference.subject", "conference.body", "tally"),
                "event",
            )
        }
        for name, ids in theirs.items():
            model = f"cadre.review.{name}"
            self.assertTrue(ids, model)
            domain = [("id", "in", ids)]
            self.assertFalse(self._call(user, model, "search", domain))
            self.assertFalse(self._call(user, model, "search_count", domain))
            self.assertFalse(self._call(user, model, "search_read", domain, ["id"]))
            self.assertFalse(self._call(user, model, "name_search", "", domain))
            groups = self._call(
                user, model, "formatted_read_group", domain, ["company_id"], ["__count"]
            )
            self.assertFalse(groups)
            for method in ("read", "export_data", "web_read"):
                argument = ["display_name"]
                if method == "web_read":
                    argument = {"display_name": {}}
                answer = self._call(user, model, method, ids[:1], argument)
                self.assertTrue(self._is_refused(answer), (model, method, answer))
        rating = self.env["cadre.review.rating"].browse(theirs["rating"][:1])
        answer = self._call(
            user,
            "cadre.review.opinion",
            "onchange",
            [],
            {"rating_id": rating.id, "stage": "unit"},
            ["rating_id"],
            {"rating_id": {"fields": {"name": {}, "display_name": {}}}},
        )
        self.assertNotIn(rating.name, str(answer))

    @mute_logger(*QUIET)
    def test_nobody_gives_oneself_a_role(self):
        groups = self.env.ref("cadre_review.cadre_review_group_office")
        with self._untouched():
            for user in self.users:
                if user == self.user_admin:
                    continue
                member = {
                    "user_id": user.id,
                    "role": "office",
                    "company_id": self.company.id,
                }
                self._assert_refused(user, "cadre.review.member", "create", [member])
                for values in (
                    {"cadre_review_member_ids": [Command.create(member)]},
                    {"group_ids": [Command.link(groups.id)]},
                    {"cadre_review_cadre_ids": [Command.link(self.chair_a.id)]},
                ):
                    self._assert_refused(user, "res.users", "write", user.ids, values)
                self._assert_refused(
                    user,
                    "res.company",
                    "write",
                    self.company.ids,
                    {"cadre_review_office_user_ids": [Command.link(user.id)]},
                )
                for model, ids, field in (
                    ("unit", self.unit_a.ids, "officer_user_ids"),
                    ("unit", self.unit_a.ids, "reader_user_ids"),
                    ("party.body", self.body_a.ids, "party_user_ids"),
                    ("authority", self.own.ids, "decider_user_ids"),
                ):
                    self._assert_refused(
                        user,
                        f"cadre.review.{model}",
                        "write",
                        ids,
                        {field: [Command.link(user.id)]},
                    )
