"""What holds for every model of the house, read off the registry and PostgreSQL."""

from odoo.exceptions import AccessError
from odoo.orm.table_objects import Constraint
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ...rules.levels import LEVELS
from ..security.access_spec import WIZARDS
from ..security.test_security_matrix import MUTED, SecurityCase, our_models

# whoever reads a record reads its chatter: only these have one
WITH_CHATTER = {
    "cadre.review.campaign",
    "cadre.review.dossier",
    "cadre.review.decision",
}
TOTALS = {"issued", "collected", "valid", "invalid"}
TOTALS |= {f"votes_{level}" for level in LEVELS}


@tagged("post_install", "-at_install")
class TestHouse(TransactionCase):
    def _models(self):
        for name in sorted(our_models(self.env)):
            yield self.env[name]

    def _rows(self, query, *parameters):
        self.env.cr.execute(query, parameters)
        return self.env.cr.fetchall()

    def test_every_declared_constraint_and_index_exists(self):
        """Odoo only warns when one cannot be created."""
        constraints = {
            name for (name,) in self._rows("SELECT conname FROM pg_constraint")
        }
        indexes = {name for (name,) in self._rows("SELECT indexname FROM pg_indexes")}
        declared = 0
        for model in self._models():
            for name, declaration in model._table_objects.items():
                if not declaration._module.startswith("cadre_review"):
                    continue
                declared += 1
                is_constraint = isinstance(declaration, Constraint)
                self.assertIn(name, constraints if is_constraint else indexes)
        self.assertGreater(declared, 20)

    def test_no_link_between_our_models_cascades(self):
        """SQL cascades pass by the rules; nothing handed in is ever deleted."""
        links = 0
        for model in self._models():
            if model._transient:
                continue
            for field in model._fields.values():
                if (
                    field.type == "many2one"
                    and field.store
                    and field.comodel_name in our_models(self.env)
                ):
                    links += 1
                    self.assertEqual(field.ondelete, "restrict", str(field))
        self.assertGreater(links, 30)

    def test_no_foreign_key_to_our_tables_cascades(self):
        """In the database itself; links of many2many fields are no records."""
        tables = [model._table for model in self._models() if not model._transient]
        keys = self._rows(
            """
            SELECT owner.relname, target.relname, key.confdeltype
              FROM pg_constraint key
              JOIN pg_class owner ON owner.oid = key.conrelid
              JOIN pg_class target ON target.oid = key.confrelid
             WHERE key.contype = 'f'
               AND owner.relname = ANY(%s) AND target.relname = ANY(%s)
            """,
            tables,
            tables,
        )
        self.assertGreater(len(keys), 30)
        # r: restrict, a: no action
        self.assertFalse([key for key in keys if key[2] not in ("r", "a")])

    def test_every_link_is_indexed(self):
        for model in self._models():
            if model._transient:
                continue
            for field in model._fields.values():
                if (
                    field.type == "many2one"
                    and field.store
                    and field.comodel_name in our_models(self.env)
                ):
                    self.assertTrue(field.index, f"{field} has no index")

    def test_only_these_have_a_chatter(self):
        with_chatter = {
            model._name for model in self._models() if "message_ids" in model._fields
        }
        self.assertEqual(with_chatter, WITH_CHATTER)

    def test_nothing_ties_a_person_to_a_vote(self):
        """A tally is totals on a subject: no voter, nothing that refers to it."""
        tally = self.env["cadre.review.tally"]
        columns = {name for name, field in tally._fields.items() if field.store}
        self.assertEqual(
            columns - TOTALS,
            {
                "id",
                "subject_id",
                "body_id",
                "conference_id",
                "company_id",
                "unit_id",
                "rating_id",
                # who recorded the totals
                "create_uid",
                "create_date",
                "write_uid",
                "write_date",
            },
        )
        for name in TOTALS:
            self.assertEqual(tally._fields[name].type, "integer")
            self.assertFalse(getattr(tally._fields[name], "tracking", None))
        in_database = self._rows(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s",
            tally._table,
        )
        self.assertEqual({name for (name,) in in_database}, columns)
        self.assertFalse(
            self._rows(
                """
                SELECT owner.relname FROM pg_constraint key
                  JOIN pg_class owner ON owner.oid = key.conrelid
                  JOIN pg_class target ON target.oid = key.confrelid
                 WHERE key.contype = 'f' AND target.relname = %s
                """,
                tally._table,
            )
        )
        # nor does any of our tables speak of votes
        for table, column in self._rows(
            """
            SELECT table_name, column_name FROM information_schema.columns
             WHERE table_name LIKE 'cadre_review%%'
               AND (column_name LIKE '%%vote%%' OR column_name LIKE '%%ballot%%'
                    OR column_name LIKE '%%voter%%')
            """
        ):
            self.assertTrue(
                (column in TOTALS and table in self._tables_with_totals())
                or (column == "ballot_mode"),
                f"{table}.{column}",
            )

    def _tables_with_totals(self):
        return {tally._table for tally in (self.env["cadre.review.tally"],)} | {
            self.env[name]._table for name in WIZARDS
        }


@tagged("post_install", "-at_install")
class TestGatedValues(SecurityCase):
    """What follows from the steps of the work is written by nobody directly."""

    def _users(self):
        return (
            self.user_person_a,
            self.user_head_a,
            self.user_party_a,
            self.user_office,
            self.user_standing,
            self.user_admin,
        )

    def _closed_fields(self, model):
        """Stored fields that users do not write: gated, fixed, or computed."""
        return [
            field
            for name, field in sorted(model._fields.items())
            if field.store
            and (
                getattr(field, "gated", False)
                or getattr(field, "fixed", False)
                or (field.compute and field.readonly)
            )
        ]

    @mute_logger(*MUTED)
    def test_closed_fields_refuse_write(self):
        """Tried as every user on a record they may otherwise write."""
        tried = set()
        for name in sorted(our_models(self.env) - WIZARDS):
            records = self.env[name].search([])
            fields = self._closed_fields(records)
            for user in self._users() if fields else ():
                record = records.with_user(user)._filtered_access("write")[:1]
                for field in fields if record else ():
                    tried.add(str(field))
                    value = field.convert_to_write(record.sudo()[field.name], record)
                    with self.assertRaises(AccessError, msg=f"{user.name} {field}"):
                        record.write({field.name: value})
        for field in (
            "cadre.review.campaign.state",
            "cadre.review.dossier.state",
            "cadre.review.dossier.round",
            "cadre.review.paper.state",
            "cadre.review.opinion.state",
            "cadre.review.opinion.rating_id",
            "cadre.review.opinion.unit_id",
            "cadre.review.opinion.line.opinion_id",
            "cadre.review.conference.state",
            "cadre.review.tally.subject_id",
            "cadre.review.decision.state",
            "cadre.review.decision.line.decision_id",
            "cadre.review.unit.officer_user_ids",
            "cadre.review.member.is_current",
        ):
            self.assertIn(field, tried, "the test tried nothing on it")

    @mute_logger(*MUTED)
    def test_gated_fields_refuse_create(self):
        """In the values and as a default of the context."""
        tried = 0
        for name in sorted(our_models(self.env) - WIZARDS):
            for user in self._users():
                model = self.env[name].with_user(user)
                if not model.has_access("create"):
                    continue
                for field in self._closed_fields(model):
                    if not getattr(field, "gated", False):
                        continue
                    tried += 1
                    with self.assertRaises(AccessError):
                        model.create({field.name: False})
                    with self.assertRaises(AccessError):
                        model.with_context(**{f"default_{field.name}": False}).create(
                            {}
                        )
        self.assertGreater(tried, 5)
