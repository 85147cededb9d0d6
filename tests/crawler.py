"""Opens whatever a user can open, as the web client would ask the server for it."""

from ast import literal_eval
from datetime import date

from lxml import etree

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tools.safe_eval import datetime as safe_datetime
from odoo.tools.safe_eval import dateutil, safe_eval, time

LISTS = ("list", "kanban")
AT_MOST = 4  # records opened of a list, one for each state
DEEPEST = 2  # windows that buttons open one from another


class Crawler:
    """Walks from the menus on, as one user; collects what goes wrong.

    Everything is tried in a savepoint and undone: buttons too, where a refusal in
    words is an answer, and one for want of rights is not, for the button was shown.

    :ivar faults: ``(where, error)`` of what broke
    :ivar seen: what was opened: ``(kind, model, name)``
    """

    def __init__(self, env, user):
        self.env = env(
            user=user.id,
            su=False,
            context={
                "lang": user.lang,
                "tz": "Asia/Ho_Chi_Minh",
                "uid": user.id,
                "allowed_company_ids": user.company_ids.ids,
            },
        )
        self.faults, self.seen = [], set()

    def crawl(self, root):
        """All menus below this one that the user sees."""
        shown = self.env["ir.ui.menu"].load_menus(False)
        menus = self.env["ir.ui.menu"].browse(
            [key for key, menu in shown.items() if menu.get("app_id") == root.id]
        )
        for menu in menus.sudo():
            if action := menu.action:
                self.seen.add(("menu", menu.complete_name, ""))
                self.open(self._loaded(action), menu.complete_name)

    def counted(self, kind):
        return sum(seen[0] == kind for seen in self.seen)

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def _loaded(self, action):
        """As ``/web/action/load`` gives it."""
        return action.sudo().read()[0]

    def open(self, action, where, active=None, depth=0):
        if action.get("type") != "ir.actions.act_window":
            return
        context = self._context(action, active)
        model = self.env[action["res_model"]].with_context(**context)
        views = action.get("views") or [
            (False, kind) for kind in action["view_mode"].split(",")
        ]
        key = ("action", model._name, str(views), str(action.get("domain")))
        if key in self.seen:
            return
        self.seen.add(key)
        searched = action.get("search_view_id") or False
        if isinstance(searched, tuple | list):
            searched = searched[0]
        with self._tried(where):
            got = model.get_views(
                [*views, (searched, "search")],
                {"toolbar": True, "load_filters": True, "action_id": action.get("id")},
            )
            domain = action.get("domain") or []
            if isinstance(domain, str):
                domain = safe_eval(domain, self._words(context))
            record = model.browse(action.get("res_id") or ())
            arches = {
                kind: etree.fromstring(view["arch"])
                for kind, view in got["views"].items()
            }
            window = _Window(self, model, domain, arches, where, depth)
            window.look(record, action.get("target"))

    def _context(self, action, active):
        context = action.get("context") or {}
        if isinstance(context, str):
            context = safe_eval(context, self._words({}, active))
        if active:
            context = {
                **{"active_id": active.id, "active_ids": active.ids},
                **{"active_model": active._name, **context},
            }
        return context

    def _words(self, context, active=None):
        """What domains and contexts may name."""
        return {
            **self.env.context,
            **context,
            **{"active_id": active.id if active else False},
            **{"active_ids": active.ids if active else []},
            **{"context": context, "uid": self.env.uid},
            **{"current_date": f"{date.today()}", "context_today": date.today},
            **{"datetime": safe_datetime, "time": time},
            **{"relativedelta": dateutil.relativedelta.relativedelta},
            **{"self": "x", "raw_value": "x"},
        }

    def _tried(self, where, words=False):
        return _Tried(self, where, words)


class _Tried:
    """A savepoint that is always undone; what is raised in it is a fault."""

    def __init__(self, crawler, where, words):
        self._crawler, self._where, self._words = crawler, where, words

    def __enter__(self):
        env = self._crawler.env
        env.flush_all()
        self._savepoint = env.cr.savepoint(flush=False)

    def __exit__(self, kind, error, trace):
        self._crawler.env.transaction.clear()
        self._savepoint.close(rollback=True)
        if error is None or not isinstance(error, Exception):
            return False
        # a refusal that says why is an answer; one for want of rights is not
        if not self._words or not isinstance(error, UserError):
            refused = False
        else:
            refused = not isinstance(error, AccessError | MissingError)
        if not refused:
            self._crawler.faults.append((self._where, f"{kind.__name__}: {error}"))
        return True


class _Window:
    """One action opened: its views, searches, records and buttons."""

    def __init__(self, crawler, model, domain, arches, where, depth):
        self._crawler, self._model, self._domain = crawler, model, domain
        self._arches, self._where, self._depth = arches, where, depth

    def look(self, record, target):
        for kind, arch in self._arches.items():
            where = f"{self._where} [{kind} of {self._model._name}]"
            if look := getattr(self, f"_look_at_{kind}", None):
                with self._crawler._tried(where):
                    self._crawler.seen.add(("view", self._model._name, kind))
                    look(arch, where)
        if "form" in self._arches:
            self._look_at_records(self._arches["form"], record, target)

    # ------------------------------------------------------------------
    # VIEWS OF MANY
    # ------------------------------------------------------------------

    def _look_at_list(self, arch, where):
        spec = specification(self._model, arch)
        self._model.web_search_read(self._domain, spec, limit=40, count_limit=10001)
        if group := arch.get("default_group_by"):
            self._model.web_read_group(self._domain, group.split(","), ["__count"])

    _look_at_kanban = _look_at_list

    def _look_at_pivot(self, arch, where):
        fields = [(f.get("name"), f.get("type"), f) for f in arch.iter("field")]
        groups = [
            self._group(node) for _name, kind, node in fields if kind in ("row", "col")
        ]
        sums = [f"{name}:sum" for name, kind, _node in fields if kind == "measure"]
        self._model.formatted_read_grouping_sets(
            self._domain, [[], groups], ["__count", *self._summed(sums)]
        )

    def _look_at_graph(self, arch, where):
        nodes = [node for node in arch.iter("field") if not node.get("invisible")]
        groups = [
            self._group(node)
            for node in nodes
            if self._model._fields[node.get("name")]._description_groupable
        ]
        self._model.formatted_read_group(self._domain, groups[:2], ["__count"])

    def _group(self, node):
        """What the web client groups by: days by the month unless the view says how."""
        name = node.get("name")
        if self._model._fields[name].type not in ("date", "datetime"):
            return name
        return f"{name}:{node.get('interval') or 'month'}"

    def _look_at_calendar(self, arch, where):
        names = {arch.get(name) for name in ("date_start", "date_stop", "color")}
        names |= {field.get("name") for field in arch.iter("field")}
        self._model.search_read(self._domain, list(filter(None, names)), limit=40)

    def _summed(self, sums):
        return [s for s in sums if self._model._fields[s.partition(":")[0]].aggregator]

    def _look_at_search(self, arch, where):
        spec = {"display_name": {}}
        for node in arch.iter("filter"):
            name = f"{where} filter {node.get('name')}"
            self._crawler.seen.add(("filter", self._model._name, node.get("name")))
            with self._crawler._tried(name):
                for domain in self._filtered(node):
                    self._model.web_search_read(
                        [*self._domain, *domain], spec, limit=10
                    )
                if group := self._context_of(node).get("group_by"):
                    groups = [group] if isinstance(group, str) else group
                    self._model.web_read_group(self._domain, groups, ["__count"])
        for node in arch.iter("field"):
            with self._crawler._tried(f"{where} search {node.get('name')}"):
                self._model.web_search_read(
                    [*self._domain, *self._searched(node)], spec, limit=10
                )

    def _context_of(self, node):
        words = self._crawler._words(self._model.env.context)
        return safe_eval(node.get("context") or "{}", words)

    def _filtered(self, node):
        words = self._crawler._words(self._model.env.context)
        if node.get("domain"):
            yield safe_eval(node.get("domain"), words)
        if name := node.get("date"):
            yield [(name, ">=", "2022-01-01"), (name, "<=", "2022-12-31")]

    def _searched(self, node):
        words = self._crawler._words(self._model.env.context)
        if node.get("filter_domain"):
            return safe_eval(node.get("filter_domain"), words)
        field = self._model._fields[node.get("name")]
        if field.relational:
            return [(field.name, "ilike", "không có ai tên thế này")]
        if field.type in ("char", "text", "html"):
            return [(field.name, "ilike", "%_x")]
        return [(field.name, "!=", False)]

    # ------------------------------------------------------------------
    # RECORDS
    # ------------------------------------------------------------------

    def _look_at_records(self, arch, record, target):
        where = f"{self._where} [form of {self._model._name}]"
        spec = specification(self._model, arch)
        may_make = arch.get("create") not in ("0", "false", "False")
        if may_make and not record and self._model.has_access("create"):
            with self._crawler._tried(f"{where} new"):
                self._crawler.seen.add(("new", self._model._name, ""))
                self._model.onchange({}, [], spec)
        records = record
        if not record and not (target == "new" and self._model.is_transient()):
            with self._crawler._tried(f"{where} records"):
                records = self._one_of_each_state()
        for one in records:
            with self._crawler._tried(f"{where} {one.id}"):
                [values] = one.web_read(spec)
                self._press_buttons(arch, one, values, where)

    def _one_of_each_state(self):
        found = self._model.search(self._domain, limit=60)
        if "state" not in self._model._fields:
            return found[:1]
        by_state = found.grouped("state")
        return found.browse([same[0].id for same in by_state.values()][:AT_MOST])

    def _press_buttons(self, arch, record, values, where):
        if self._depth >= DEEPEST:
            return
        for button in arch.iter("button"):
            name, kind = button.get("name"), button.get("type")
            if not name or kind not in ("object", "action"):
                continue
            if next(button.iterancestors("field"), None) is not None:
                continue  # of a row; the row's own form has it
            if self._is_hidden(button, values):
                continue
            key = ("button", record._name, name)
            if key in self._crawler.seen:
                continue
            self._crawler.seen.add(key)
            what = f"{where} button {name}"
            with self._crawler._tried(what, words=True):
                self._press(button, record, kind, name, what)

    def _press(self, button, record, kind, name, where):
        context = self._crawler._words(record.env.context, record)
        if kind == "action":
            action = self.env_action(name)
        else:
            given = safe_eval(button.get("context") or "{}", context)
            action = getattr(record.with_context(**given), name)()
            record.env.flush_all()
        if isinstance(action, dict):
            self._crawler.open(action, where, record, self._depth + 1)

    def env_action(self, name):
        actions = self._crawler.env["ir.actions.actions"].sudo()
        action = actions.browse(literal_eval(name))
        return self._crawler._loaded(actions.env[action.type].browse(action.id))

    def _is_hidden(self, node, values):
        words = _Words(self._model, values)
        for one in (node, *node.iterancestors()):
            if (said := one.get("invisible")) and safe_eval(said, dict(words)):
                return True
        return False


class _Words(dict):
    """The record's values as expressions in views see them."""

    def __init__(self, model, values):
        super().__init__(
            {
                name: value["id"]
                if isinstance(value, dict) and "id" in value
                else [v["id"] if isinstance(v, dict) else v for v in value]
                if isinstance(value, list)
                else value
                for name, value in values.items()
            }
        )
        self.update({"context": dict(model.env.context), "uid": model.env.uid})


def specification(model, arch):
    """What a view reads: its fields, and those of the views inside them."""
    spec = {}
    for node in arch:
        if not isinstance(node.tag, str):
            continue
        name = node.get("name")
        if node.tag != "field" or name not in model._fields:
            inner = specification(model, node)
            spec.update({n: s for n, s in inner.items() if n not in spec or s})
            continue
        field = model._fields[name]
        if not field.relational:
            spec[name] = {}
        elif field.type == "many2one":
            spec[name] = {"fields": {"display_name": {}}}
        else:
            inside = [sub for sub in node if sub.tag in ("list", "kanban", "form")]
            comodel, fields = model.env[field.comodel_name], {}
            for sub in inside:
                fields.update(specification(comodel, sub))
            spec[name] = {"fields": fields or {"display_name": {}}}
    return spec
