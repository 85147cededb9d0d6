"""The product attacked as somebody with an ordinary login could, through web sessions.

Each class of tries is counted; ``dev/attack`` is the long form: all states and links.
"""

import base64

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import PDF
from .access_spec import WIZARDS
from .attacks import LONG, AttackCase
from .test_kinds import NO_SECRET, UNWITNESSED, rested_on
from .test_security_matrix import our_models
from .test_security_rpc import QUIET

# files judged by the record, by the dossier's state, and by who brought them
OF_EACH_RULE = ("cadre.review.opinion", "cadre.review.paper", "cadre.review.objection")


@tagged("post_install", "-at_install")
class TestAttackReading(AttackCase):
    """What somebody may not read does not change what they are shown."""

    @mute_logger(*QUIET)
    def test_what_is_hidden_shows_nowhere(self):
        kept = {str(field) for field in rested_on(self.env)} | set(NO_SECRET)
        leaks = []
        for scene in self._scenes():
            for user in self.readers:
                self._log_in(user)
                hidden = self._hidden(user)
                before = self._look(user, hidden)
                savepoint = self.env.cr.savepoint(flush=False)
                self._scramble(hidden, kept)
                after = self._look(user, hidden)
                savepoint.close(rollback=True)
                self.env.invalidate_all()
                leaks += [
                    f"{scene}, {user.name}: {line}"
                    for line in self._differences(before, after)
                ]
        self.assertFalse(leaks, f"{len(leaks)} leaks\n" + "\n".join(leaks[:60]))

    @mute_logger(*QUIET)
    def test_nobody_links_what_they_do_not_read(self):
        """Neither on a new record nor on an old one: names of links come with them."""
        for scene in self._scenes():
            with self._untouched():
                for user in self.users:
                    self._log_in(user)
                    hidden = self._hidden(user)
                    for model in sorted(our_models(self.env)):
                        self._try_links(f"links, {scene}", user, model, hidden)

    def _try_links(self, kind, user, model, hidden):
        records = self.env[model].with_user(user)
        written = self.env[model].browse(hidden.get(model, [[]])[0]).with_user(user)
        written = written._filtered_access("write")[:1]
        for field in records._fields.values():
            _read, unread = hidden.get(field.comodel_name or "", ((), ()))
            if not unread or field.type == "one2many" or field.related:
                continue
            for id_ in unread[:1]:
                single = field.type == "many2one"
                values = {field.name: id_ if single else [Command.link(id_)]}
                if records.has_access("create"):
                    self._was_refused("links", user, model, "create", [values])
                if written:
                    self._was_refused(
                        "links", user, model, "write", written.ids, values
                    )

    @mute_logger(*QUIET)
    def test_a_conflict_quotes_no_name_that_is_hidden(self):
        """The window that shows both texts shows a link by an id somebody made up."""
        shortcoming = self.dossier_a.rating_ids.shortcoming_ids[:1]
        secret = self.dossier_b.rating_ids[:1]
        secret.name = "SECRET"
        user = self.user_officer_a
        self._log_in(user)
        answer = self._try(
            "names",
            shortcoming._name,
            "web_save",
            shortcoming.ids,
            {
                "origin_id": secret.id,
                "name": "mine",
                "_seen": {
                    str(shortcoming.id): {"origin_id": secret.id + 1, "name": "old"}
                },
            },
            {},
        )
        self.assertIn("refused", answer)
        self.assertNotIn("SECRET", str(answer))


@tagged("post_install", "-at_install")
class TestAttackEvidence(AttackCase):
    """Nothing that was said is unsaid, and nobody says it for another."""

    def _rows(self, table, columns="*"):
        self.env.flush_all()
        self.env.cr.execute(f"SELECT {columns} FROM {table} ORDER BY id")  # noqa: S608
        return self.env.cr.fetchall()

    # ------------------------------------------------------------------
    # CHATTER
    # ------------------------------------------------------------------

    def _threads(self):
        """Records with messages, one for each model that has them."""
        for model in sorted(our_models(self.env)):
            if "message_ids" in self.env[model]._fields:
                records = self._of(model, self.company, self.unit_a)[:1]
                yield records

    @mute_logger(*QUIET, "odoo.addons.mail.models.mail_thread")
    def test_chatter_stays_as_it_was_said(self):
        writers = self.user_office | self.user_head_a | self.user_standing
        messages = self.env["mail.message"]
        for thread in self._threads():
            for writer in writers:
                messages |= messages.create(
                    {
                        "model": thread._name,
                        "res_id": thread.id,
                        "body": "N",
                        "message_type": "comment",
                        "author_id": writer.partner_id.id,
                    }
                )
            self.env["cadre.review.event"]._record(thread, next(iter(thread._moves)))
        for _scene in self._scenes():
            before = self._rows("mail_message")
            for user in self.users:
                self._log_in(user)
                for message in messages:
                    self._try_message(user, message)
                for thread in self._threads():
                    self._try_to_speak_for_another(user, thread)
            after = self._rows("mail_message")
            self.assertEqual(after[: len(before)], before)
            forged = self._said_by_others(after[len(before) :])
            self.assertFalse(
                forged.mapped(lambda m: f"{m.create_uid.name}: {m.read()}"), forged
            )

    def _try_message(self, user, message):
        for values in (
            {"body": "other"},
            {"date": "2020-01-01 00:00:00"},
            {"author_id": user.partner_id.id},
            {"email_from": "somebody@test.example"},
            {"model": "res.partner", "res_id": user.partner_id.id},
            {"res_id": self.dossier_b.id},
            {"message_type": "notification"},
            {"parent_id": message.id},
            {"subject": "other"},
        ):
            self._try("chatter", "mail.message", "write", message.ids, values)
        self._try("chatter", "mail.message", "unlink", message.ids)
        self.tries["chatter"] += 2
        for body in ("other", ""):
            self.url_open(
                "/mail/message/update_content",
                json={
                    "params": {
                        "message_id": message.id,
                        "update_data": {"body": body, "attachment_ids": []},
                    }
                },
            )

    def _try_to_speak_for_another(self, user, thread):
        other = self.user_superior.partner_id
        for method, values in (
            ("message_post", {"body": "forged", "author_id": other.id}),
            ("message_post", {"body": "forged", "email_from": other.email_formatted}),
            ("message_notify", {"body": "forged", "author_id": other.id}),
            ("message_post", {"body": "forged", "date": "2020-01-01 00:00:00"}),
        ):
            self._try("chatter", thread._name, method, thread.ids, **values)
        for values in ({"author_id": other.id}, {"author_id": False}, {}):
            values = {
                "model": thread._name,
                "res_id": thread.id,
                "body": "forged",
                "date": "2020-01-01 00:00:00",
                **values,
            }
            self._try("chatter", "mail.message", "create", [values])
            context = {f"default_{name}": value for name, value in values.items()}
            self._try("chatter", "mail.message", "create", [{}], context=context)

    def _said_by_others(self, rows):
        """Of what was posted: by another than who made it, or at another time."""
        new = self.env["mail.message"].browse(row[0] for row in rows)
        return new.filtered(
            lambda m: (
                (m.model or "").startswith("cadre.review.")
                and (m.author_id != m.create_uid.partner_id or m.date.year < 2022)
            )
        )

    # ------------------------------------------------------------------
    # FILES
    # ------------------------------------------------------------------

    @mute_logger(*QUIET)
    def test_no_attribute_of_a_file_opens_or_hides_it(self):
        judged = "id, res_model, res_id, res_field, type, url, access_token, public"
        files = self.env["ir.attachment"].search(
            [("res_model", "=like", "cadre.review.%"), ("res_field", "=", False)]
        )
        samples = {f.res_model: f for f in files if self._is_of_unit_a(f)}
        if not LONG:
            samples = {model: samples[model] for model in OF_EACH_RULE}
        for _scene in self._scenes():
            before = self._rows("ir_attachment", judged)
            for user in self.users:
                self._log_in(user)
                for file in samples.values():
                    self._try_attributes(file)
                    self._try_planting(user, file)
            after = [
                row for row in self._rows("ir_attachment", judged) if row in before
            ]
            self.assertEqual(after, before)
        self._try_without_login(samples.values())

    def _is_of_unit_a(self, file):
        record = self.env[file.res_model].browse(file.res_id)
        return "unit_id" not in record._fields or record.unit_id == self.unit_a

    def _try_attributes(self, file):
        other = self.user_none.partner_id
        for values in (
            {"res_model": "res.partner", "res_id": other.id},
            {"res_id": file.res_id + 1},
            {"res_model": False, "res_id": False},
            {"res_field": "note"},
            {"type": "url", "url": "https://test.example/"},
            {"url": "/hidden"},
            {"access_token": "known"},
            {"public": True},
        ):
            self._try("files", "ir.attachment", "write", file.ids, values)
        self._try("files", "ir.attachment", "generate_access_token", file.ids)

    def _try_planting(self, user, file):
        """A file that is not like the others, born on the record."""
        here = {"name": "N", "res_model": file.res_model, "res_id": file.res_id}
        content = base64.b64encode(PDF).decode()
        for values in (
            {"type": "url", "url": "https://test.example/"},
            {"datas": content, "res_field": "note"},
            {"datas": content, "url": "/planted"},
            {"datas": content, "public": True},
        ):
            self._was_refused(
                "files", user, "ir.attachment", "create", [{**here, **values}]
            )
        made = self._try(
            "files",
            "ir.attachment",
            "create",
            [{**here, "datas": content, "access_token": "known"}],
        )
        if isinstance(made, list):
            self.assertFalse(self.env["ir.attachment"].browse(made).access_token)

    def _try_without_login(self, files):
        tokens = {
            file: [file._get_raw_access_token(), *file.generate_access_token()]
            for file in files
        }
        self.authenticate(None, None)
        for file, known in tokens.items():
            for token in (*known, ""):
                for address in ("content", "image"):
                    self.tries["without login"] += 1
                    path = f"/web/{address}/{file.id}?access_token={token}"
                    answer = self.url_open(path, allow_redirects=False)
                    self.assertNotIn(PDF, answer.content, path)

    @mute_logger(*QUIET)
    def test_a_printing_job_takes_no_file_of_its_asker(self):
        jobs = self.env["cadre.review.printing"].with_user(self.user_office).sudo()
        job = jobs.create({"name": "N", "kind": "archive"})
        self.passed = []
        self._log_in(self.user_office)
        self._was_refused(
            "files",
            self.user_office,
            "ir.attachment",
            "create",
            [
                {
                    "name": "part.pdf",
                    "description": "part",
                    "datas": base64.b64encode(PDF).decode(),
                    "res_model": job._name,
                    "res_id": job.id,
                }
            ],
        )
        self.assertFalse(self.passed)

    # ------------------------------------------------------------------
    # THE OTHER HAND
    # ------------------------------------------------------------------

    def _said_to_the_office(self):
        """What others said, with a file, and whose turn it is now."""
        rating = self.dossier_a.rating_ids.filtered(
            lambda r: r.user_id == self.user_person_a
        )
        objection = rating.objection_ids[:1]
        question = self._of("cadre.review.question", self.company, self.unit_a)[:1]
        line = self.dossier_a.plan_ids.line_ids[:1]
        line.plan_id.state = "running"
        for record, user, values in (
            (objection, self.user_person_a, {"text": "said", "source": "online"}),
            (question, self.user_officer_a, {"name": "said", "question": "said"}),
            (line, self.user_officer_a, {"evidence": "said", "progress_text": "said"}),
        ):
            record.write(values)
            file = (
                self.env["ir.attachment"]
                .with_user(user)
                .sudo()
                .create(
                    {
                        "name": "said.pdf",
                        "raw": PDF,
                        "res_model": record._name,
                        "res_id": record.id,
                    }
                )
            )
            record.attachment_ids = file
            yield record, values, file
        objection.state = "filed"

    @mute_logger(*QUIET)
    def test_what_others_said_is_not_the_offices_to_change(self):
        said = list(self._said_to_the_office())
        self.env.flush_all()
        with self._untouched():
            self._log_in(self.user_office)
            for record, values, file in said:
                for name in (*values, "source_place"):
                    if name in record._fields:
                        other = "paper" if name == "source" else "other"
                        self._write(record, {name: other})
                for change in ({"name": "x.pdf"}, {"raw": "x"}, {"res_id": False}):
                    self._write(file, change)
                self._was_refused(
                    "other hand", self.user_office, file._name, "unlink", file.ids
                )
                for command in (
                    Command.clear(),
                    Command.set([]),
                    Command.unlink(file.id),
                    Command.delete(file.id),
                    Command.update(file.id, {"name": "x.pdf"}),
                ):
                    self._write(record, {"attachment_ids": [command]})

    def _write(self, record, values):
        self._was_refused(
            "other hand", self.user_office, record._name, "write", record.ids, values
        )

    @mute_logger(*QUIET)
    def test_what_was_handed_in_is_not_the_offices_to_change(self):
        states = ("submitted", "received", "accepted")
        own = {"date_paper", "incoming_number", "sets_received"}
        for state in states:
            self.campaigns.dossier_ids.state = state
            dossier = self.dossier_a
            with self._untouched():
                self._log_in(self.user_office)
                for field in dossier._fields.values():
                    if (
                        field.store
                        and field.type
                        in ("char", "text", "integer", "date", "selection")
                        and field.name not in (*own, *MAGIC_COLUMNS)
                    ):
                        value = self._value(dossier, field.name)
                        self._write(dossier, {field.name: value})
                for shortcoming in dossier.rating_ids.shortcoming_ids:
                    self._write(shortcoming, {"name": "x", "status": "fixed"})

    # ------------------------------------------------------------------
    # WHAT RULES REST ON
    # ------------------------------------------------------------------

    @mute_logger(*QUIET)
    def test_what_rules_rest_on_changes_with_an_event_or_not_at_all(self):
        for user in self.users:
            self._log_in(user)
            for field in sorted(rested_on(self.env), key=str):
                if field.model_name in WIZARDS or field.type == "one2many":
                    continue
                records = self.env[field.model_name].search([])
                records = records.with_user(user)._filtered_access("write")
                for record in records[: 3 if len(records) < 40 else 1]:
                    self._try_rested_on(user, record.with_env(self.env), field)

    def _try_rested_on(self, user, record, field):
        before = record[field.name]
        value = self._value(record, field.name)
        if field.type == "many2one":
            others = self.env[field.comodel_name].search([("id", "!=", before.id)])
            value = others[:1].id
        elif field.type == "many2many":
            value = [Command.set([])]
        savepoint = self.env.cr.savepoint()
        self._try("rested on", record._name, "write", record.ids, {field.name: value})
        self.env.invalidate_all()
        if record.exists() and record[field.name] != before and field.type != "date":
            label = field._description_string(self.env)
            events = self.env["cadre.review.event"].search(
                [("res_model", "=", record._name), ("res_id", "=", record.id)]
            )
            told = any(
                e.user_id == user and label in (e.reason or "") and "→" in e.reason
                for e in events
            )
            self.assertTrue(told or str(field) in UNWITNESSED, f"{user.name} {field}")
        savepoint.close(rollback=True)
        self.env.invalidate_all()

    @mute_logger(*QUIET)
    def test_a_confirmed_fact_stands(self):
        fact = self.env["cadre.review.fact"].create(
            {
                "cadre_id": self.deputy_a.id,
                "kind": "discipline",
                "degree": "warning",
                "date_from": "2022-05-01",
                "is_confirmed": True,
            }
        )
        Event = self.env["cadre.review.event"]
        mine = [("res_model", "=", fact._name), ("res_id", "=", fact.id)]
        known = Event.search_count(mine)
        self._log_in(self.user_office)
        self.assertIn("refused", self._try("rested on", fact._name, "unlink", fact.ids))
        self._try("rested on", fact._name, "write", fact.ids, {"degree": "reprimand"})
        self._try("rested on", fact._name, "write", fact.ids, {"is_confirmed": False})
        self._try("rested on", fact._name, "unlink", fact.ids)
        self.env.invalidate_all()
        told = Event.search(mine, limit=Event.search_count(mine) - known)
        self.assertEqual(told.mapped("move"), ["change", "change"])
        self.assertIn("→", told[-1].reason)


@tagged("post_install", "-at_install")
class TestAttackTemplates(AttackCase):
    """Words of mails are rendered with all rights: none reaches beyond its record."""

    EXPRESSIONS = (
        "{{ object.env['res.users'] }}",
        "{{ object.sudo().campaign_id.rating_ids }}",
        "{{ user.sudo().write({'active': False}) }}",
        "{{ 9**9**9 }}",
        "{{ object.campaign_id.owner_id.name }}",
        '<p t-out="object.env.user.id"/>',
        '<p t-att-title="object.env.user.login"/>',
        '<t t-set="x" t-value="object.env"/>',
        '<t t-call="web.layout"/>',
    )

    @mute_logger(*QUIET, "odoo.addons.mail.models.mail_template")
    def test_no_field_takes_an_expression_that_reaches_further(self):
        template = self.env["mail.template"].search(
            [("model", "=", "cadre.review.reminder")], limit=1
        )
        texts = [
            field.name
            for field in template._fields.values()
            if field.store and field.type in ("char", "text", "html")
        ]
        self.assertGreater(len(texts), 8)
        before = template.read(texts)
        reminder = self.env["ir.model"]._get("cadre.review.reminder").id
        others = self.env["ir.model"].search(
            [("model", "in", ["cadre.review.rating", "res.users", "cadre.review.seal"])]
        )
        self.passed = []
        for user in (self.user_office, self.user_head_a, self.user_admin):
            self._log_in(user)
            for name in texts:
                if name == "model":
                    continue
                for text in self.EXPRESSIONS:
                    if "{{" not in text and name != "body_html":
                        continue  # only markup is rendered as markup
                    values = {"name": "N", "model_id": reminder, name: text}
                    call = ("templates", user, template._name)
                    self._was_refused(*call, "write", template.ids, {name: text})
                    self._was_refused(*call, "create", [values])
                    rows = [[str(v) for v in ("N", template.model_id.name, text)]]
                    columns = ["name", "model_id", name]
                    answer = self._try(
                        "templates", template._name, "load", columns, rows
                    )
                    if answer.get("ids"):
                        self.passed.append(f"load {name} {text}")
            for model in others:
                self._was_refused(
                    "templates",
                    user,
                    template._name,
                    "write",
                    template.ids,
                    {"model_id": model.id},
                )
        self.env.invalidate_all()
        self.assertFalse(self.passed, "\n".join(self.passed))
        self.assertEqual(template.read(texts), before)

    def test_a_template_of_another_model_of_ours_refers_to_nothing(self):
        """Not even an editor's."""
        for name in sorted(our_models(self.env)):
            model = self.env["ir.model"]._get(name)
            for field in ("subject", "lang", "scheduled_date"):
                self.tries["templates"] += 1
                with self.assertRaises(ValidationError), self.env.cr.savepoint():
                    self.env["mail.template"].create(
                        {
                            "name": "N",
                            "model_id": model.id,
                            field: "{{ object.env.user.login }}",
                        }
                    )

    @mute_logger(*QUIET)
    def test_the_office_still_writes_words(self):
        template = self.env["mail.template"].search(
            [("model", "=", "cadre.review.reminder")], limit=1
        )
        self._log_in(self.user_office)
        answer = self._try(
            "templates",
            template._name,
            "write",
            template.ids,
            {"subject": "[Nhắc] {{ object.headline or 'x' }}"},
        )
        self.assertIs(answer, True)


@tagged("post_install", "-at_install")
class TestAttackSmallThings(AttackCase):
    @mute_logger(*QUIET)
    def test_a_campaign_takes_no_nonsense(self):
        campaign = self.campaign.sudo()
        self._log_in(self.user_office)
        self.passed = []
        for values in ({"tz": "Nowhere/At_All"}, {"sets": 1000000}, {"sets": -1}):
            call = ("values", self.user_office, campaign._name, "write", campaign.ids)
            self._was_refused(*call, values)
        other = self.env["cadre.review.authority"].search([("is_own", "=", True)])
        others = (other - campaign.owner_id)[:1]
        self._was_refused(*call, {"owner_id": others.id})
        self.assertFalse(self.passed, "\n".join(self.passed))

    @mute_logger(*QUIET)
    def test_what_was_keyed_is_not_made_what_they_entered(self):
        opinions = self.dossier_a.rating_ids.opinion_ids
        keyed = opinions.filtered(lambda o: o.stage == "self" and o.state == "draft")
        keyed.write({"source": "paper", "is_on_behalf": True})
        self.passed = []
        for user in (self.user_office, self.user_officer_a, self.user_head_a):
            self._log_in(user)
            for opinion in keyed:
                self._was_refused(
                    "values",
                    user,
                    opinion._name,
                    "write",
                    opinion.ids,
                    {"source": "online"},
                )
        self.assertFalse(self.passed, "\n".join(self.passed))
        self.assertEqual(set(keyed.mapped("source")), {"paper"})

    def test_colleagues_are_not_told_who_objects(self):
        rating = self.dossier_a.rating_ids.filtered(
            lambda r: r.user_id == self.user_person_a
        )
        rating.objection_ids.state = "filed"
        for user, knows in (
            (self.user_person_a, True),
            (self.user_office, True),
            (self.user_officer_a, False),
            (self.user_party_a, False),
        ):
            self._log_in(user)
            [told] = self._try(
                "names", rating._name, "read", rating.ids, ["is_objected"]
            )
            self.assertEqual(told["is_objected"], knows, user.name)
            found = self._try(
                "names", rating._name, "search", [["is_objected", "=", True]]
            )
            self.assertEqual(rating.id in found, knows, user.name)

    @mute_logger(*QUIET)
    def test_nobody_holds_up_rows_that_they_do_not_read(self):
        theirs = self.dossier_b.rating_ids.shortcoming_ids[:1]
        self._log_in(self.user_officer_a)
        answer = self._try(
            "values",
            theirs._name,
            "web_save",
            theirs.ids,
            {"name": "x", "_seen": {str(theirs.id): {"name": "y"}}},
            {},
        )
        self.assertEqual(answer["refused"], "odoo.exceptions.AccessError")
