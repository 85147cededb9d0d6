"""The seal: each tampering is named by record and value, what was done properly since
is told apart, and the archive can be checked without Odoo."""

import base64
import gzip
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from datetime import timedelta

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ...models.keeping.seal_before import ROWS, SealedBefore
from ...models.keeping.sealed import (
    ENDED,
    LATER,
    LIVING,
    NOT_SEALED,
    Sealed,
    campaign_models,
    persistent_models,
)
from ...rules import seals
from ..common import PDF, PLACE
from ..result.test_results import ResultCase

LONG_AGO = "2022-11-01 01:00:00"


class SealCase(ResultCase):
    """A campaign with something of everything, closed and sealed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = cls.env(user=cls.user_office)
        words = "Đã nhận đủ hồ sơ"
        cls.message = cls.dossier.sudo().message_post(body=words)
        cls._granted()
        cls._notified(cls.deputy)
        cls.decision = cls.deputy.sudo().decision_line_id.decision_id
        cls.deputy.action_publish()
        cls._objected()
        cls.plan = cls._plan()
        cls.evidence = cls._file(cls.plan.line_ids[:1], "minh_chung.pdf", b"3")
        paper = cls.dossier.sudo().paper_ids[:1]
        cls.first = cls._file(paper, "bien_ban.pdf", b"1")
        cls.second = cls._file(paper, "phieu.pdf", b"2")
        cls._closed()
        cls.seal = cls.campaign.sudo().seal_ids.with_user(cls.user_office)

    @classmethod
    def _granted(cls):
        cls.deadline = cls.campaign.sudo().deadline_ids[-1:]
        cls.extension = cls.office["cadre.review.extension"].create(
            {
                "deadline_id": cls.deadline.id,
                "date": cls.today + timedelta(days=30),
                "reason": "Mưa lũ",
            }
        )
        campaign = cls.campaign.sudo()
        campaign.basis_ids = [Command.create({"text": "Căn cứ Nghị định 90"})]
        cls.env["cadre.review.question"].sudo().create(
            {"campaign_id": campaign.id, "name": "Ai ký?", "question": "Hỏi"}
        )
        cls.env["cadre.review.cap"]._open_board(campaign)

    @classmethod
    def _objected(cls):
        cls.objection = cls.office["cadre.review.objection"].create(
            {
                "rating_id": cls.deputy.id,
                "source": "paper",
                "source_place": PLACE,
                "text": "Đề nghị xem lại",
            }
        )
        cls.objection.action_file()
        cls.objection.write(
            {
                "answer": "Giữ nguyên",
                "answer_date": cls.today,
                "answer_signer": "Nguyễn Thị Ký",
                "answer_place": PLACE,
            }
        )
        cls._click(cls.objection, "action_reject")

    @classmethod
    def _file(cls, record, name, tail):
        file = (
            cls.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name,
                    "raw": PDF + tail,
                    "res_model": record._name,
                    "res_id": record.id,
                }
            )
        )
        record.sudo().attachment_ids = [Command.link(file.id)]
        return file

    @classmethod
    def _closed(cls):
        cls.env.flush_all()
        # the registers were written before the campaign began
        for model in LIVING:
            table = SQL.identifier(cls.env[model]._table)
            cls.env.cr.execute(SQL("UPDATE %s SET write_date = %s", table, LONG_AGO))
        cls.env.invalidate_all()
        cls.campaign.sudo().state = "concluded"
        cls.campaign.sudo()._mark("close")

    def _one(self, word):
        domain = [("campaign_id", "=", self.campaign.id)]
        return self.env[f"cadre.review.{word}"].sudo().search(domain, limit=1)

    def _verified(self, seal=None):
        seal = (seal or self.seal).with_user(self.user_office)
        self.env.invalidate_all()
        seal.action_verify()
        return seal.is_intact, seal.result or ""

    def _after(self, *queries):
        """What the seal says after these, which are then undone."""
        self.env.flush_all()
        savepoint = self.env.cr.savepoint()
        try:
            for query in queries:
                self.env.cr.execute(query)
            return self._verified()
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()


def changed(record, **values):
    """SQL that changes one row behind Odoo's back."""
    sets = [SQL("%s = %s", SQL.identifier(k), v) for k, v in values.items()]
    return SQL(
        "UPDATE %s SET %s WHERE id = %s",
        *(SQL.identifier(record._table), SQL(", ").join(sets), record.id),
    )


def deleted(record):
    return SQL("DELETE FROM %s WHERE id = %s", SQL.identifier(record._table), record.id)


@tagged("post_install", "-at_install")
class TestTampering(SealCase):
    def test_nothing_happened(self):
        self.assertEqual(self._verified(), (True, ""))

    def test_tampering_is_named_by_record_and_value(self):
        campaign, deputy = self.campaign.sudo(), self.deputy.sudo()
        opinion = deputy.opinion_ids.filtered(lambda o: o.stage == "self")
        event = deputy.event_ids[:1]
        member = self.env["cadre.review.member"].search(
            [("unit_id", "=", self.unit_a.id)], limit=1
        )
        who = f"{self.unit_a.name}, {self.deputy_a.name}"
        for query, words in (
            (changed(deputy, level="excellent"), f"Changed: Rating, {who}: .*Level"),
            (
                changed(deputy, level="excellent"),
                f"not that of the issued decision: {who}",
            ),
            (changed(deputy, notified_level="failed"), f"{who}: Level Notified"),
            (changed(deputy, state="proposed"), f"{who}: State"),
            (changed(deputy, decision_line_id=None), f"{who}: .*Decision"),
            (changed(deputy, name="Người khác"), f"Rating, .*{self.deputy_a.name}: "),
            (changed(self.decision, state="draft"), "Changed: Decision, .*: State"),
            (
                changed(self.decision.line_ids, level="failed"),
                f"Changed: Decision on a Rating, .*{self.deputy_a.name}.*: Level",
            ),
            (changed(event, reason="Khác"), "Changed: History Event, .*: Reason"),
            (deleted(event), "Missing: History Event"),
            (
                changed(campaign, name="Đợt khác"),
                "Changed: Campaign, Đánh giá năm 2022: ",
            ),
            (changed(campaign, letter_number="99/HĐND"), "Changed: Campaign, .*Number"),
            (
                changed(self.deadline, date=self.today),
                f"Changed: Deadline, {self.deadline.name}: .*Date",
            ),
            (
                changed(campaign.basis_ids[-1:], text="Căn cứ khác"),
                "Changed: Legal Basis, Căn cứ Nghị định 90: ",
            ),
            (changed(self.extension, reason="Khác"), "Changed: Extension, .*: Reason"),
            (
                changed(self._one("cap"), outside_good=9),
                "Changed: .*Outside: Good",
            ),
            (changed(self.objection, text="Khác"), "Changed: Objection, .*: "),
            (
                changed(deputy.publication_ids, level="excellent"),
                "Changed: Published Result, .*: Level",
            ),
            (
                changed(self._one("question"), question="Khác"),
                "Changed: Question and Answer, Ai ký",
            ),
            (changed(member, date_from="2001-01-01"), "Changed: Membership, .*: From"),
            (
                changed(self.unit_a, name="Đơn vị khác"),
                f"Changed: Unit, {self.unit_a.name}: ",
            ),
            (
                changed(self.deputy_a, name="Người khác"),
                f"Changed: .*{self.deputy_a.name}: ",
            ),
            (
                changed(opinion.line_ids[:1], strengths="Khác"),
                f"Changed: Opinion on a Criterion, {who}, .*: .*Strengths",
            ),
            (
                deleted(opinion.line_ids[:1]),
                f"Missing: Opinion on a Criterion, {who}, Chính trị",
            ),
            (changed(self.message, body="Khác"), "Changed: Message, Hồ sơ|Contents"),
            (deleted(self.message), "Missing: Message"),
            (
                changed(self.first, name="khac.pdf"),
                "Changed: file “bien_ban.pdf” .*: Name",
            ),
            (
                changed(self.first, res_id=0, res_model=None),
                "Missing: file “bien_ban.pdf”",
            ),
            (
                changed(self.first, store_fname=self.second.store_fname),
                "Changed: file “bien_ban.pdf” .*: content",
            ),
            (
                changed(self.first, store_fname="00/nirgends"),
                "Missing: file “bien_ban.pdf”",
            ),
            (
                changed(self.first, type="url", url="http://x"),
                "Changed: file “bien_ban.pdf” .*: Type, Url",
            ),
        ):
            with self.subTest(words):
                intact, result = self._after(query)
                self.assertFalse(intact)
                self.assertRegex(result, words)

    def test_two_files_exchanged(self):
        intact, result = self._after(
            changed(self.first, store_fname=self.second.store_fname),
            changed(self.second, store_fname=self.first.store_fname),
        )
        self.assertFalse(intact)
        self.assertIn("bien_ban.pdf", result)
        self.assertIn("phieu.pdf", result)
        self.assertNotIn("Missing", result)

    def test_every_model_of_the_campaign_is_covered(self):
        """One value of one row of each model that has rows."""
        covered = Sealed(self.campaign.sudo())
        tried = set()
        for model in covered.columns:
            ids = [id_ for id_, _text in covered.texts(model)]
            name = self._text_of(model, covered.columns[model])
            if not ids or not name:
                continue
            record = self.env[model].sudo().browse(ids[0])
            with self.subTest(model):
                intact, result = self._after(
                    changed(record, **{name[0]: self._other(*name)})
                )
                self.assertFalse(intact, result)
                label = record._fields[name[0]]._description_string(self.env)
                self.assertRegex(result, f"Changed: .*{label}")
                tried.add(model)
        self.assertGreater(len(tried), 30, tried)

    def _other(self, name, kind):
        if kind == "integer":
            return SQL("coalesce(%s, 0) + 1", SQL.identifier(name))
        return "2001-02-03" if "date" in kind else "khác"

    def _text_of(self, model, columns):
        """A value that may be anything: its name and type."""
        for kind in ("text", "char", "html", "integer", "date", "datetime"):
            for name in columns:
                field = self.env[model]._fields[name]
                if name in ("model", "res_model") or field.translate or field.related:
                    continue
                if field.type == kind:
                    return name, kind
        return None

    def test_without_the_files_each_is_named(self):
        folder = self.env["ir.attachment"]._full_path("x").rpartition("/")[0]
        gone = f"{folder}-gone"
        os.rename(folder, gone)
        self.addCleanup(os.rename, gone, folder)
        intact, result = self._verified()
        self.assertFalse(intact)
        lines = result.splitlines()
        self.assertEqual(len(lines), self.seal.file_count)
        self.assertFalse([line for line in lines if not line.startswith("Missing: ")])
        self.assertIn("bien_ban.pdf", result)

    def test_the_manifest_itself(self):
        for query, words in (
            (changed(self.seal, manifest=b"YQ=="), "has been changed"),
            (changed(self.seal, manifest=None), "is missing"),
        ):
            intact, result = self._after(query)
            self.assertFalse(intact)
            self.assertIn(words, result)

    def test_no_model_is_forgotten(self):
        """Each model hangs on a campaign, is a register, or says why it is left out."""
        env = self.env
        places = [set(campaign_models(env)), set(LIVING), set(NOT_SEALED)]
        for model in persistent_models(env):
            self.assertEqual(
                sum(model in place for place in places),
                1,
                f"{model}: give it a link to its campaign, or a place in LIVING or, "
                "with the reason, in NOT_SEALED of models/keeping/sealed.py",
            )
        for name in set.union(*places, ENDED):
            self.assertIn(name, env)
        self.assertTrue(all(NOT_SEALED.values()))
        for model, fields in LATER.items():
            self.assertLessEqual(fields, set(env[model]._fields))


@tagged("post_install", "-at_install")
class TestAfterwards(SealCase):
    def test_a_step_since_breaks_nothing(self):
        action = self.decision.action_correct()
        second = self.decision.search(action["domain"])
        second.line_ids.write({"reason": "Đánh giá lại", "level": "excellent"})
        self.assertEqual(self._verified(), (True, ""), "a draft is nothing yet")
        self._issue(second, "99-KL/TT")
        intact, result = self._verified()
        self.assertTrue(intact, result)
        self.assertIn("Changed since in the proper way: Rating", result)
        self.assertIn("Added since: Decision", result)
        own = self.campaign.sudo().seal_ids.filtered("record_name")
        self.assertEqual(own.record_name, second.display_name)
        self.assertEqual(self._verified(own), (True, ""))
        self.env.cr.execute(changed(second, signer="Người khác"))
        intact, result = self._verified(own)
        self.assertFalse(intact)
        self.assertRegex(result, "Changed: Decision, .*: Signer")

    def test_a_register_goes_on(self):
        self.deputy_a.sudo().name = "Trần Thị Bình Minh"
        self.env.flush_all()
        later = self.seal.sealed_at + timedelta(days=1)
        self.env.cr.execute(changed(self.deputy_a, write_date=later))
        intact, result = self._verified()
        self.assertTrue(intact, result)
        self.assertIn("Changed since in the proper way", result)

    def test_a_plan_is_sealed_when_it_ends(self):
        line = self.plan.line_ids
        line.sudo().progress_text = "Đang làm"
        self.assertEqual(self._verified(), (True, ""), "it goes on")
        line.sudo().write({"state": "fixed"})
        self.plan.sudo()._mark("finish")
        own = self.campaign.sudo().seal_ids.filtered("record_name")
        self.assertEqual(own.record_name, self.plan.display_name)
        self.assertGreaterEqual(own.file_count, 1)
        self.assertEqual(self._verified(own), (True, ""))
        self.env.cr.execute(changed(line, progress_text="Khác"))
        intact, result = self._verified(own)
        self.assertFalse(intact)
        self.assertRegex(result, "How Far It Is")

    def test_seals_of_earlier_versions_verify_as_they_were_made(self):
        campaign = self.campaign.sudo()
        columns = {
            model: sorted(
                name
                for name, field in self.env[model]._fields.items()
                if field.store and field.column_type and not name.startswith("write_")
            )
            for model in ROWS
        }
        before = SealedBefore(campaign, columns)
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
            file.write(seals._text({"schema": "manifest/1", "columns": columns}))
            for line in before.lines():
                file.write(seals._text([line.part, line.id, line.name, line.sha256]))
        seal = self.seal.sudo().copy({"manifest": False})
        seal.write(
            {
                "manifest": base64.b64encode(packed.getvalue()),
                "manifest_sha256": hashlib.sha256(packed.getvalue()).hexdigest(),
            }
        )
        self.assertEqual(self._verified(seal), (True, ""))
        opinion = self.deputy.sudo().opinion_ids[:1]
        self.env.cr.execute(changed(opinion.line_ids[:1], strengths="Khác"))
        intact, result = self._verified(seal)
        self.assertFalse(intact)
        self.assertRegex(result, "Changed: Opinion on a Criterion, ")


@tagged("post_install", "-at_install")
class TestArchiveOutside(SealCase):
    def _archive(self):
        """The archive as the office downloads it."""
        self.campaign.with_user(self.user_office)._archive()
        job = self.env["cadre.review.printing"].search([], limit=1)
        while job.state == "waiting":
            job._work()
        return job.attachment_id.raw

    def _checked(self, content):
        """Exit code and words of the program that lies in the archive."""
        folder = self.env["ir.attachment"]._full_path("x").rpartition("/")[0]
        program, path = f"{folder}/kiem-tra.py", f"{folder}/archive.zip"
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            with open(program, "wb") as file:
                file.write(archive.read(seals.PROGRAM))
        with open(path, "wb") as file:
            file.write(content)
        done = subprocess.run(
            [sys.executable, "-I", "-S", program, path],
            capture_output=True,
            check=False,
        )
        os.remove(program)
        os.remove(path)
        return done.returncode, done.stdout.decode()

    def _changed(self, content, change):
        """The archive with some of its members changed: ``change(name, bytes)``."""
        file = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(file, "w") as new,
        ):
            for name in old.namelist():
                if (given := change(name, old.read(name))) is not None:
                    new.writestr(name, given)
        return file.getvalue()

    def test_the_archive_is_checked_without_odoo(self):
        content = self._archive()
        code, words = self._checked(content)
        self.assertEqual(code, 0, words)
        self.assertIn(self.seal.manifest_sha256, words)
        self.assertIn("Khớp với bản niêm phong.", words)

    def test_what_was_changed_in_it_is_named(self):
        content = self._archive()

        def other_file(name, data):
            return data + b"x" if name.endswith("/bien_ban.pdf") else data

        code, words = self._checked(self._changed(content, other_file))
        self.assertEqual(code, 1)
        self.assertIn("Đã thay đổi: tệp “bien_ban.pdf”", words)

        def no_file(name, data):
            return None if name.endswith("/bien_ban.pdf") else data

        code, words = self._checked(self._changed(content, no_file))
        self.assertEqual(code, 1)
        self.assertIn("Thiếu: tệp “bien_ban.pdf”", words)

        def other_value(name, data):
            if name != seals.ROWS:
                return data
            text = gzip.decompress(data).decode()
            return gzip.compress(text.replace("Giữ nguyên", "Nâng mức").encode())

        code, words = self._checked(self._changed(content, other_value))
        self.assertEqual(code, 1)
        self.assertRegex(words, r"Đã thay đổi: cadre.review.objection .*: answer")
