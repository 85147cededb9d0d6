"""What an attack needs: a council with everything in it, web sessions, and a count."""

import json
import logging
import os
import re
from collections import Counter

from odoo import Command
from odoo.tools import SQL

from .access_spec import REFERENCE, WIZARDS
from .test_security_matrix import our_models
from .test_security_rpc import RpcCase

_logger = logging.getLogger(__name__)

# the long form takes every state, the short form those in which most has leaked
LONG = os.environ.get("CADRE_REVIEW_ATTACK") == "long"
# state of the dossiers, its round, and whether things are said online
SCENES = (
    ("preparing", 1),
    ("submitted", 1),
    ("received", 1),
    ("returned", 2),
    ("accepted", 2),
    ("excluded", 1),
)
SHORT = (("returned", 2),)
NEW = re.compile("NewId_0x[0-9a-f]+")
NUMBERS = ("id", "res_id", "round")
VOLATILE = ("write_date", "create_date", "__last_update", "display_token")


class AttackCase(RpcCase):
    tries = Counter()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tries = Counter()
        if not LONG:  # one of each role, those who come nearest
            cls.users = [
                *(cls.user_person_a, cls.user_head_a, cls.user_party_a),
                *(cls.user_standing, cls.user_office),
            ]
        # everything is opened twice: those who found most so far, the rest at length
        cls.readers = cls.users if LONG else [cls.user_person_a, cls.user_office]

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        counts = ", ".join(f"{kind}: {count}" for kind, count in cls.tries.items())
        _logger.info("%s tries (%s)", sum(cls.tries.values()), counts)

    # ------------------------------------------------------------------
    # SESSIONS
    # ------------------------------------------------------------------

    def _log_in(self, user, debug=True):
        """In debug mode, which whoever logs in may choose: refusals say more then."""
        extra = {"debug": "1"} if debug else None
        self.authenticate(user.login, user.login, session_extra=extra)

    def _try(self, kind, model, method, *args, **kwargs):
        """One request; its result, or what the refusal says under ``refused``."""
        self.tries[kind] += 1
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        address = f"/web/dataset/call_kw/{model}/{method}"
        answer = self.url_open(address, json={"params": params}).json()
        if "error" not in answer:
            return answer.get("result")
        data = answer["error"]["data"]
        return {
            "refused": data["name"],
            "message": data["message"],
            "context": data.get("context"),
        }

    def _was_refused(self, kind, user, model, method, *args, **kwargs):
        answer = self._try(kind, model, method, *args, **kwargs)
        if not (isinstance(answer, dict) and "refused" in answer):
            self.passed.append(f"{user.name}: {model}.{method}{args}: {answer}"[:300])

    # ------------------------------------------------------------------
    # SCENES
    # ------------------------------------------------------------------

    def _scenes(self):
        for state, number in SCENES if LONG else SHORT:
            self.campaigns.dossier_ids.write({"state": state, "round": number})
            self.env.flush_all()
            yield f"{state}, round {number}"

    # ------------------------------------------------------------------
    # WHAT IS HIDDEN
    # ------------------------------------------------------------------

    def _hidden(self, user):
        """``{model: (ids read, ids not read)}`` of everything there is."""
        hidden = {}
        for model in [*sorted(our_models(self.env) - WIZARDS), "ir.attachment"]:
            domain = []
            if model == "ir.attachment":
                domain = [("res_model", "=like", "cadre.review.%")]
            every = self.env[model].search(domain)
            read = every.with_user(user)._filtered_access("read")
            hidden[model] = (read.ids, (every - read.with_env(every.env)).ids)
        return hidden

    def _scramble(self, hidden, kept):
        """Change everything that is hidden and on which no rule rests.

        :param kept: fields that are no secret, or that rules read
        """
        for model, (_read, ids) in hidden.items():
            if model in REFERENCE or not ids:
                continue
            records = self.env[model]
            for field in records._fields.values():
                if str(field) in kept or not field.store or not field.column_type:
                    continue
                if value := self._other_value(field):
                    self._overwrite(records, ids, field, value)
        self.env.invalidate_all()

    def _other_value(self, field):
        column = SQL.identifier(field.name)
        if field.type in ("char", "text", "html") and not field.translate:
            return SQL("%s || 'SECRET'", column)
        if field.type == "selection" and "excellent" in field.get_values(self.env):
            return SQL("CASE WHEN %s = 'failed' THEN 'good' ELSE 'failed' END", column)
        if field.type in ("integer", "float") and field.name not in NUMBERS:
            return SQL("%s + 1", column)
        return None

    def _overwrite(self, records, ids, field, value):
        table, column = SQL.identifier(records._table), SQL.identifier(field.name)
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = ANY(%s)",
                    table,
                    column,
                    value,
                    ids,
                )
            )
        except Exception:  # a constraint: the value stays as it was
            savepoint.close(rollback=True)
        else:
            savepoint.close(rollback=False)

    # ------------------------------------------------------------------
    # LOOKING
    # ------------------------------------------------------------------

    def _look(self, user, hidden):
        """Everything the user can be shown: ``{what was asked: what came}``."""
        shown = {}
        for model in sorted(our_models(self.env) - WIZARDS):
            shown.update(self._read(user, model, *hidden[model]))
        for model in sorted(our_models(self.env)):
            records = self.env[model].with_user(user)
            if model in WIZARDS or records.has_access("create"):
                shown.update(self._open_window(user, records, hidden))
        read, unread = hidden["ir.attachment"]
        names = ["name", "res_name", "description"]
        shown["files"] = self._try("names", "ir.attachment", "read", read, names)
        shown["others' files"] = self._try(
            "names", "ir.attachment", "read", unread, names
        )
        return {asked: self._stable(came) for asked, came in shown.items()}

    def _stable(self, came):
        if isinstance(came, dict):
            return {k: self._stable(v) for k, v in came.items() if k not in VOLATILE}
        if isinstance(came, list):
            return [self._stable(v) for v in came]
        return NEW.sub("NewId", came) if isinstance(came, str) else came

    def _specification(self, user, model, nested=True):
        records = self.env[model].with_user(user)
        return {
            name: {"fields": {"display_name": {}}}
            if records._fields[name].relational
            else {}
            for name in records.fields_get(attributes=["type"])
            if not name.startswith(
                ("message_", "activity_", "rating_ids", "my_activity")
            )
        }

    def _read(self, user, model, read, unread):
        if not self.env[model].with_user(user).has_access("read"):
            yield f"{model}: read", self._try("reading", model, "read", unread[:1], [])
            return
        names = self._specification(user, model)
        came = self._try("reading", model, "web_read", read, specification=names)
        if isinstance(came, dict):  # some field is not for this role
            fields = self.env[model]._fields
            plain = {name: {} for name in names if not fields[name].compute}
            parts = [{name: part} for name, part in names.items()] if LONG else [plain]
            for part in parts:
                yield (
                    f"{model}: {', '.join(part)}",
                    self._try("reading", model, "web_read", read, specification=part),
                )
        yield f"{model}: all", came
        for method, args in (
            ("read", [unread[:3], ["display_name"]]),
            ("name_search", ["", [["id", "in", unread]]]),
            ("web_read", [unread[:3], {"display_name": {}}]),
            ("copy", [unread[:1]]),
            ("search_count", [[["id", "in", unread]]]),
            ("export_data", [unread[:3], [".id", "display_name"]]),
        )[: 6 if LONG else 2]:
            yield f"{model}: {method}", self._try("names", model, method, *args)

    def _open_window(self, user, records, hidden):
        """New records, with links to what the user may read and what not."""
        model = records._name
        names = self._specification(user, model)
        for field in records._fields.values():
            if (
                not field.relational
                or field.comodel_name not in hidden
                or field.related
            ):
                continue
            for ids in hidden[field.comodel_name]:
                # names of what everybody reads are no secret
                if not LONG and field.comodel_name in REFERENCE:
                    continue
                for id_ in ids[: 4 if LONG else 1]:
                    given = id_ if field.type == "many2one" else [Command.link(id_)]
                    yield (
                        f"{model}({field.name}={id_})",
                        self._try(
                            "windows",
                            model,
                            "onchange",
                            [],
                            {field.name: given},
                            [field.name],
                            names,
                        ),
                    )
                    yield (
                        f"{model}(default {field.name}={id_})",
                        self._try(
                            "windows",
                            model,
                            "onchange",
                            [],
                            {},
                            [],
                            names,
                            context={
                                f"default_{field.name}": given,
                                "active_model": field.comodel_name,
                                "active_id": id_,
                                "active_ids": [id_],
                            },
                        ),
                    )

    def _differences(self, before, after):
        return [
            f"{asked}: {json.dumps(before[asked])[:300]}"
            f" ≠ {json.dumps(after[asked])[:300]}"
            for asked in before
            if before[asked] != after[asked]
        ]
