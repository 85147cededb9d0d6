"""What a seal covers: which rows, which of their values, which files.

A model that hangs on a campaign joins by itself. One that does not, or that is left
out, stands here with the reason; a test asks for it.
"""

import hashlib

from odoo.tools import SQL

from ...rules import seals

BATCH = 1000
# of a register: which rows are meant is dear to ask, and asked for each batch
LIVING_BATCH = 50_000
OURS = "cadre.review."
CAMPAIGN = "cadre.review.campaign"
EVENT = "cadre.review.event"
MESSAGE = "mail.message"
TRACKING = "mail.tracking.value"

# model → why no seal says anything of it
NOT_SEALED = {
    "cadre.review.seal": "the seals themselves: each has its fingerprint",
    "cadre.review.reminder": "the ledger of mail, which goes on after closing",
    "cadre.review.reminder.line": "the ledger of mail, which goes on after closing",
    "cadre.review.form": "an empty form of the council, to be filled in again",
    "cadre.review.form.column": "an empty form of the council, to be filled in again",
    "cadre.review.past.result": "results of other years, from elsewhere",
    "cadre.review.document": "texts of law, for all campaigns; the campaign's legal "
    "bases are sealed as they were printed",
    "cadre.review.holiday": "the calendar, for all campaigns",
    "cadre.review.fault": "a catalogue that ships with the product",
    "cadre.review.post.group": "a catalogue that ships with the product",
    "cadre.review.paper.kind": "a catalogue that ships with the product",
}
# registers that live on: of them the rows that the campaign refers to, and those that
# hang on such rows by one of these links. What was changed by the proper way since is
# told, and breaks nothing.
LIVING = {
    "cadre.review.authority": (),
    "cadre.review.unit": (),
    "cadre.review.party.body": (),
    "cadre.review.cadre": (),
    "cadre.review.post": ("cadre_id",),
    "cadre.review.fact": ("cadre_id",),
    "cadre.review.member": ("unit_id", "party_body_id", "authority_id"),
    "cadre.review.regulation": (),
    "cadre.review.level.label": ("regulation_id",),
    "cadre.review.criterion": ("regulation_id",),
    "cadre.review.band": ("regulation_id",),
    "cadre.review.regulation.rule": ("regulation_id",),
    "cadre.review.regulation.setting": ("regulation_id",),
    "cadre.review.regulation.section": ("regulation_id",),
}
# what goes on after closing joins when it has come to its end; then it also gets a
# seal of its own
ENDED = {
    "cadre.review.decision": ("state", ("issued",)),
    "cadre.review.objection": ("state", ("granted", "rejected", "withdrawn")),
    "cadre.review.plan": ("state", ("done",)),
    "cadre.review.plan.line": ("plan_state", ("done",)),
    "cadre.review.decision.line": ("decision_id", "cadre.review.decision"),
}
# what gets a seal of its own, and what is part of it by which link
ALONE = {
    "cadre.review.decision": {"cadre.review.decision.line": "decision_id"},
    "cadre.review.rating": {"cadre.review.publication": "rating_id"},
    "cadre.review.objection": {},
    "cadre.review.plan": {"cadre.review.plan.line": "plan_id"},
}
# what later steps change: it breaks nothing where an event tells of it
LATER = {
    "cadre.review.rating": {
        *("state", "level", "decision_line_id", "notified_level", "notified_text"),
        *("date_notified", "notice_number", "notified_comment"),
    },
    "cadre.review.publication": {"is_current"},
}
LEFT_OUT = {
    "id",
    "write_date",
    "write_uid",
    "create_date",
    "message_main_attachment_id",
}
# the day from which mail urges anew
LEFT_OUT_OF = {"cadre.review.dossier": {"urged_since"}}
# of the chatter
MESSAGE_COLUMNS = (
    *("model", "res_id", "date", "author_id", "email_from", "subject", "body"),
    *("message_type", "subtype_id", "parent_id", "create_uid"),
)


def persistent_models(env):
    return sorted(
        name
        for name, model in env.registry.items()
        if name.startswith(OURS) and not model._abstract and not model._transient
    )


def campaign_models(env):
    """``{model: link}`` of those that hang on a campaign: by a link of their own, or
    by that to another such model; in the order of the manifest."""
    candidates = [
        name
        for name in persistent_models(env)
        if name not in NOT_SEALED and name not in LIVING
    ]
    reached = {CAMPAIGN: "id"}
    waiting = [name for name in candidates if name not in reached]
    while waiting:
        found = {name: link for name in waiting if (link := _link(env, name, reached))}
        if not found:
            break
        reached |= found
        waiting = [name for name in waiting if name not in found]
    return dict(sorted(reached.items()))


def _link(env, name, reached):
    links = {
        field.name: field.comodel_name
        for field in env[name]._fields.values()
        if field.type == "many2one" and field.store and field.comodel_name in reached
    }
    for link, target in sorted(links.items()):
        if target == CAMPAIGN:
            return link
    required = [link for link in sorted(links) if env[name]._fields[link].required]
    return next(iter(required), None)


class Sealed:
    """The rows and files of one campaign, or of records that have come to their end.

    :param records: the campaign, or records of a model in ``ALONE``; with the
        superuser's rights
    :param dict columns: ``{part: names}`` as an earlier manifest has them; then also
        what has not ended, for what is sealed may have been made to look so
    """

    def __init__(self, records, columns=None):
        self.env = records.env
        self.with_open = columns is not None
        self.records = records
        self.is_whole = records._name == CAMPAIGN
        self.links = campaign_models(self.env)
        if columns is None:
            columns = {model: self._columns(model) for model in self._models()}
        # FILES is no model; one that an upgrade dropped is passed by
        self.columns = {m: names for m, names in columns.items() if m in self.env}
        self.files = 0

    def parts(self):
        return [seals.FILES, *self.columns]

    def _models(self):
        """The models of the manifest, in its order."""
        if self.is_whole:
            chatter = (MESSAGE, TRACKING) if TRACKING in self.env else (MESSAGE,)
            return sorted([*self.links, *LIVING, *chatter])
        name = self.records._name
        return sorted([name, *ALONE[name], EVENT, MESSAGE])

    # ------------------------------------------------------------------
    # Which values
    # ------------------------------------------------------------------

    def _columns(self, model):
        """The stored values of a model; what only follows from registers that live on
        is left out, and who may log in as whom."""
        if model == MESSAGE:
            return list(MESSAGE_COLUMNS)
        left_out = LEFT_OUT | LEFT_OUT_OF.get(model, set())
        return sorted(
            name
            for name, field in self.env[model]._fields.items()
            if field.store
            and name not in left_out
            and not (field.compute and field.comodel_name == "res.users")
            and not (model in LIVING and field.compute and field.readonly)
            and (field.column_type or (field.type == "many2many" and not field.compute))
        )

    def _value(self, model, name):
        field = self.env[model]._fields[name]
        if field.type != "many2many":
            return SQL.identifier("t", name)
        return SQL(
            "(SELECT jsonb_agg(r.%(other)s ORDER BY r.%(other)s) FROM %(relation)s r"
            " WHERE r.%(own)s = t.id)",
            other=SQL.identifier(field.column2),
            own=SQL.identifier(field.column1),
            relation=SQL.identifier(field.relation),
        )

    def _values(self, model):
        fields = self.env[model]._fields
        return [
            self._value(model, name) if name in fields else SQL("NULL")
            for name in self.columns[model]
        ]

    def _name(self, model):
        """What people know a row by, as far as it is stored: kept with the sum, for the
        row may be gone one day."""
        if model == MESSAGE:
            return SQL("to_char(t.date, 'DD/MM/YYYY HH24:MI')")
        pieces = [self._own_name(model, "t")]
        parent = self.links.get(model)
        if parent and parent not in ("id", "campaign_id"):
            pieces.insert(0, self._name_behind(model, "t", parent))
        for link in ("kind_id", "rating_id", "unit_id"):
            if link != parent and self._is_link(model, link):
                pieces.insert(0, self._name_behind(model, "t", link))
        if self._is_link(model, "criterion_id"):
            pieces.append(self._name_behind(model, "t", "criterion_id"))
        pieces = SQL(", ").join(filter(None, pieces)) or SQL("''")
        return SQL("left(concat_ws(', ', %s), 160)", pieces)

    def _own_name(self, model, alias):
        """The name as it stands in the row, or behind the link that is its name."""
        name = self.env[model]._rec_name
        field = self.env[model]._fields.get(name)
        if not field or not field.store:
            # an opinion is known by whom it is on
            is_on = alias != "t" and self._is_link(model, "rating_id")
            return self._name_behind(model, alias, "rating_id") if is_on else None
        if field.type == "many2one":
            return self._name_behind(model, alias, name)
        if field.type not in ("char", "text") or field.translate:
            return None
        return SQL("nullif(left(%s, 80), '')", SQL.identifier(alias, name))

    def _is_link(self, model, name):
        field = self.env[model]._fields.get(name)
        return bool(field and field.type == "many2one" and field.store)

    def _name_behind(self, model, alias, link):
        field = self.env[model]._fields[link]
        inner = f"{alias}n"
        if not field.store or len(inner) > 4:  # links to links have an end
            return None
        name = self._own_name(field.comodel_name, inner)
        return name and SQL(
            "(SELECT %s FROM %s %s WHERE %s = %s)",
            name,
            SQL.identifier(self.env[field.comodel_name]._table),
            SQL.identifier(inner),
            SQL.identifier(inner, "id"),
            SQL.identifier(alias, link),
        )

    # ------------------------------------------------------------------
    # Which rows
    # ------------------------------------------------------------------

    def rows_of(self, model):
        """Condition on ``t``: the rows of a model that the seal covers."""
        if not self.is_whole:
            return self._of_records(model)
        if model == MESSAGE:
            return SQL("t.id IN (%s)", self._messages())
        if model == TRACKING:
            return SQL("t.mail_message_id IN (%s)", self._messages())
        if model in LIVING:
            return SQL("t.id IN (%s)", self._living(model))
        condition = self._of_campaign(model)
        if model in ENDED and not self.with_open:
            condition = SQL("%s AND %s", condition, self._ended(model))
        return condition

    def _of_campaign(self, model):
        link = self.links[model]
        if model == CAMPAIGN:
            return SQL("t.id = %s", self.records.id)
        parent = self.env[model]._fields[link].comodel_name
        if parent == CAMPAIGN:
            return SQL("t.%s = %s", SQL.identifier(link), self.records.id)
        return SQL(
            "t.%s IN (SELECT t.id FROM %s t WHERE %s)",
            SQL.identifier(link),
            SQL.identifier(self.env[parent]._table),
            self._of_campaign(parent),
        )

    def _ended(self, model):
        link, states = ENDED[model]
        if isinstance(states, tuple):
            return SQL("t.%s IN %s", SQL.identifier(link), states)
        return SQL(
            "t.%s IN (SELECT t.id FROM %s t WHERE %s)",
            SQL.identifier(link),
            SQL.identifier(self.env[states]._table),
            self._ended(states),
        )

    def _living(self, model):
        """Ids of the rows of a register that the campaign refers to, or that hang on
        such rows."""
        queries = [
            SQL(
                "SELECT %s FROM %s t WHERE %s",
                SQL.identifier("t", link),
                SQL.identifier(self.env[source]._table),
                self._of_campaign(source),
            )
            for source, link in self._references(model)
        ]
        queries += [
            SQL(
                "SELECT r.%s FROM %s r WHERE r.%s = %s",
                SQL.identifier(field.column2),
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
                self.records.id,
            )
            for field in self.env[CAMPAIGN]._fields.values()
            if field.type == "many2many" and field.store and field.comodel_name == model
        ]
        for link in LIVING[model]:
            parent = self.env[model]._fields[link].comodel_name
            queries.append(
                SQL(
                    "SELECT t.id FROM %s t WHERE t.%s IN (%s)",
                    SQL.identifier(self.env[model]._table),
                    SQL.identifier(link),
                    self._living(parent),
                )
            )
        return SQL(" UNION ").join(queries) if queries else SQL("SELECT 0")

    def _references(self, model):
        """``(model, link)`` by which rows of the campaign refer to a register; what
        only repeats a parent's link is left out."""
        for source in self.links:
            for field in self.env[source]._fields.values():
                if (
                    field.type == "many2one"
                    and field.comodel_name == model
                    and field.store
                    and not field.related
                ):
                    yield source, field.name

    def _of_records(self, model):
        name, ids = self.records._name, tuple(self.records.ids)
        if model == name:
            return SQL("t.id IN %s", ids)
        if model in (EVENT, MESSAGE):
            column = SQL.identifier("t", "model" if model == MESSAGE else "res_model")
            return SQL("%s = %s AND t.res_id IN %s", column, name, ids)
        return SQL("t.%s IN %s", SQL.identifier(ALONE[name][model]), ids)

    def _messages(self):
        threads = [m for m in self.links if "message_ids" in self.env[m]._fields]
        return SQL(
            "SELECT a.id FROM mail_message a WHERE %s",
            self._on_sealed_records("model", threads),
        )

    def _on_sealed_records(self, name, models):
        """Condition on ``a``: it hangs, by model and id, on a row that is covered.

        :param str name: of the column with the model
        """
        return SQL(
            "(%s)",
            SQL(" OR ").join(
                SQL(
                    "(a.%s = %s AND EXISTS (SELECT 1 FROM %s t WHERE t.id = a.res_id"
                    " AND %s))",
                    *(SQL.identifier(name), model),
                    *(SQL.identifier(self.env[model]._table), self.rows_of(model)),
                )
                for model in models
            ),
        )

    def is_open(self, model, res_id):
        """Whether a row has not come to its end: no seal is due yet."""
        if not self.is_whole or model not in ENDED:
            return False
        return not self.env.execute_query(
            SQL(
                "SELECT 1 FROM %s t WHERE t.id = %s AND %s",
                SQL.identifier(self.env[model]._table),
                *(res_id, self._ended(model)),
            )
        )

    # ------------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------------

    def lines(self):
        """Every file and every row, each read once."""
        for line in self._file_lines():
            self.files += 1
            yield line
        for model in self.columns:
            yield from self._row_lines(model)

    def _row_lines(self, model):
        values = self._values(model)
        row = SQL("jsonb_build_array(%s)::text", SQL(", ").join(values))
        marks = SQL(" || ").join(map(_mark, values))
        columns = SQL(
            "%s, encode(sha256(convert_to(%s, 'UTF8')), 'hex'), %s",
            *(self._name(model), row, marks),
        )
        for id_, name, digest, mark in self._batches(model, columns):
            yield seals.Line(model, id_, name, digest, mark)

    def texts(self, model):
        """``(id, values as JSON text)``: what the sum of a row is made of."""
        values = SQL(", ").join(self._values(model))
        yield from self._batches(model, SQL("jsonb_build_array(%s)::text", values))

    def _batches(self, model, columns):
        last, batch = 0, LIVING_BATCH if model in LIVING else BATCH
        while rows := self.env.execute_query(
            SQL(
                "SELECT t.id, %s FROM %s t WHERE t.id > %s AND %s"
                " ORDER BY t.id LIMIT %s",
                *(columns, SQL.identifier(self.env[model]._table)),
                *(last, self.rows_of(model), batch),
            )
        ):
            yield from rows
            last = rows[-1][0]
            if len(rows) < batch:
                return

    def _file_lines(self):
        """Files of all records; equal neighbours, which the filestore keeps once, are
        read once."""
        Attachment = self.env["ir.attachment"]
        digests = {}
        for id_, store_fname, db_datas, marks, name in self.attachments():
            if not store_fname:
                digest = hashlib.sha256(bytes(db_datas or b"")).hexdigest()
            else:
                digest = digests.get(store_fname)
                if digest is None:
                    digest = seals.file_digest(Attachment._full_path(store_fname))
                    digests = {store_fname: digest}
            yield seals.Line(seals.FILES, id_, name, digest, marks)

    def attachments(self):
        """``(id, name in the store, bytes in the row, marks, name)`` by batch."""
        marks = SQL(" || ").join(
            _mark(SQL.identifier("a", name)) for name in seals.FILE_COLUMNS
        )
        models = [model for model in self.columns if model in self.links]
        last = 0
        while rows := self.env.execute_query(
            SQL(
                "SELECT a.id, a.store_fname, a.db_datas, %s, coalesce(a.name, '')"
                " FROM ir_attachment a WHERE a.id > %s AND %s ORDER BY a.id LIMIT %s",
                *(marks, last, self._on_sealed_records("res_model", models), BATCH),
            )
        ):
            yield from rows
            last = rows[-1][0]
            if len(rows) < BATCH:
                return


def _mark(value):
    """The first digits of a value's sum, as :func:`seals.marks` makes them."""
    return SQL(
        "left(encode(sha256(convert_to("
        "coalesce(to_jsonb(%s)::text, 'null'), 'UTF8')), 'hex'), %s)",
        *(value, seals.MARK),
    )
