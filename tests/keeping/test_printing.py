"""Many papers at once: forms, whole dossiers, the archive; for whoever asked."""

import hashlib
import io
import zipfile
from contextlib import contextmanager
from unittest.mock import patch

from PIL import Image
from pypdf import PdfReader, PdfWriter

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...reports import pdf_engine
from ...scans import archive
from ...wizards.keeping import printing as printing_module
from ..common import PLACE
from ..paper_checks import pages_of
from ..papers.test_reports import ReportCase, squeeze

MARK = "Bảnsaođểin,đểđọc"


def pdf(pages=1, password=None):
    writer = PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(200, 300)
    if password:
        writer.encrypt(password)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


class PrintingCase(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.dossier = cls._dossier(cls.campaign, cls.unit_a)
        cls.papers = cls.dossier.sudo().paper_ids
        cls.Printing = cls.env["cadre.review.printing"]

    def _paper(self, code):
        return self.papers.filtered(lambda p: p.kind_id.code == code)[:1]

    def _give(self, paper, name, content):
        """A file of a paper, as somebody of the unit brought it."""
        paper = paper.with_user(self.user_officer_a).sudo()
        with mute_logger("pypdf._reader"):
            self._write_file(paper, name, content)
        file = paper.attachment_ids.filtered(lambda a: a.name == name)
        self.env.flush_all()
        # what the superuser read is not what the next user may read
        self.env.invalidate_all()
        return file

    def _write_file(self, paper, name, content):
        paper.write(
            {
                "attachment_ids": [
                    (
                        0,
                        0,
                        {
                            "name": name,
                            "raw": content,
                            "res_model": paper._name,
                            "res_id": paper.id,
                        },
                    )
                ]
            }
        )

    def _job(self, user):
        return self.Printing.with_user(user).search([], limit=1)

    def _file(self, job):
        return job.sudo().attachment_id.raw

    @contextmanager
    def _cron(self):
        """Progress of a scheduled job without commits."""
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kw: 60
        ):
            yield


@tagged("post_install", "-at_install")
class TestVolume(PrintingCase):
    def test_whole_dossier(self):
        """Cover, list and papers in the letter's order, twice, each page marked; the
        files stay as they are."""
        photograph = io.BytesIO()
        Image.new("RGB", (300, 200), "white").save(photograph, "JPEG")
        files = [
            self._give(self._paper("1"), "bao-cao.pdf", pdf(2)),
            self._give(self._paper("3"), "anh.jpg", photograph.getvalue()),
            self._give(self._paper("5"), "hong.pdf", b"%PDF-1.4\nbroken"),
        ]
        locked = self._give(self._paper("6"), "khoa.pdf", pdf(password="x"))
        files.append(locked)
        sums = [hashlib.sha256(file.raw).hexdigest() for file in files]
        self.papers.filtered(lambda p: p.kind_id.code == "7").is_secret = True
        dossier = self.dossier.with_user(self.user_officer_a)
        with mute_logger("pypdf._reader"):
            action = dossier._print_volumes()
        self.assertEqual(action["type"], "ir.actions.act_url")
        job = self._job(self.user_officer_a)
        volume = PdfReader(io.BytesIO(self._file(job)))
        self.env.invalidate_all()
        self.assertEqual([hashlib.sha256(file.raw).hexdigest() for file in files], sums)
        texts = [squeeze(page.extract_text()) for page in volume.pages]
        for number, text in enumerate(texts, start=1):
            self.assertIn(MARK, text, number)
        half = len(texts) // 2
        self.assertIn("Bộsố1/2", texts[0])
        self.assertIn("Bộsố2/2", texts[half])
        self.assertIn("MỤCLỤCTHÀNHPHẦNHỒSƠ", texts[1])
        whole = "".join(texts)
        self.assertIn("hong.pdf", whole)
        self.assertIn("Tệpbịhỏng", whole)
        self.assertIn("khoa.pdf", whole)
        self.assertIn("Tệpcómậtkhẩu", whole)
        # forms have no file: they are printed
        self.assertIn("PHIẾUĐÁNHGIÁ", whole)
        first, below, second, _rest = volume.outline
        self.assertEqual((first.title, second.title), ("Bộ 1/2", "Bộ 2/2"))
        titles = [item.title for item in below if not isinstance(item, list)]
        self.assertEqual(
            titles[:3], ["Mục lục", "Báo cáo kết quả", "Biên bản hội nghị"]
        )
        self.assertNotIn("Tổng hợp kết quả", titles)

    def test_paper_copies_are_named_by_their_place(self):
        self._paper("1").source_place = PLACE
        self._paper("1").state = "provided"
        volume = self.dossier.with_user(self.user_officer_a)._volume()
        text = "".join(
            squeeze(page.extract_text()) for page in PdfReader(io.BytesIO(volume)).pages
        )
        self.assertIn(squeeze(f"Bản giấy lưu tại: {PLACE}"), text)

    def test_the_office_gets_no_file_before_the_hand_in(self):
        self._give(self._paper("1"), "bi-mat.pdf", pdf(3))
        pages = PdfReader(
            io.BytesIO(self.dossier.with_user(self.user_office)._volume())
        ).pages
        text = "".join(squeeze(page.extract_text()) for page in pages)
        self.assertNotIn("bi-mat", text)
        self.assertIn("Tệpchưađượcxem", text)

    def test_menu_entries(self):
        """In the Print menu of those who may, without write access."""
        for name, record, user in (
            ("action_print_volume_dossier", self.dossier, self.user_officer_a),
            ("action_print_forms_dossier", self.dossier, self.user_office),
            ("action_print_forms_campaign", self.campaign, self.user_office),
            ("action_print_archive", self.campaign, self.user_office),
        ):
            with self.subTest(name):
                entry = self.env.ref(f"cadre_review.{name}").with_user(user)
                found = entry.with_context(
                    active_model=record._name,
                    active_id=record.id,
                    active_ids=record.ids,
                ).run()
                self.assertIn(
                    found["type"], ("ir.actions.act_url", "ir.actions.act_window")
                )
                bindings = self.env["ir.actions.actions"].with_user(user)
                bindings = bindings.get_bindings(record._name)["report"]
                self.assertIn(entry.id, [action["id"] for action in bindings])
        entry = self.env.ref("cadre_review.action_print_archive")
        with self.assertRaises(AccessError):
            entry.with_user(self.user_officer_a).with_context(
                active_model="cadre.review.campaign", active_ids=self.campaign.ids
            ).run()

    def test_other_units_print_nothing(self):
        for user in (self.user_officer_b, self.user_none):
            with (
                self.assertRaises(AccessError),
                mute_logger("odoo.addons.base.models.ir_rule"),
                mute_logger("odoo.addons.base.models.ir_model"),
            ):
                self.dossier.with_user(user)._print_volumes()

    def test_without_the_engine(self):
        with (
            patch.object(pdf_engine, "AVAILABLE", False),
            self.assertRaisesRegex(UserError, "WeasyPrint"),
        ):
            self.dossier.with_user(self.user_officer_a)._print_volumes()


@tagged("post_install", "-at_install")
class TestForms(PrintingCase):
    def test_all_forms_of_a_unit(self):
        """One PDF with the form of each person rated there."""
        self.dossier.with_user(self.user_officer_a)._print_forms()
        content = self._file(self._job(self.user_officer_a))
        people = self.dossier.rating_ids.filtered(
            lambda r: r.cadre_id and r.scope == "rated"
        )
        pages = pages_of(PdfReader(io.BytesIO(content)))
        text = squeeze("".join(line.text for page in pages for line in page.lines))
        self.assertEqual(text.count("Mẫusố01"), len(people))

    def test_many_come_in_batches_and_go_on_where_they_were(self):
        with (
            patch.dict(printing_module.AT_ONCE, forms=0),
            patch.dict(printing_module.BATCH, forms=1),
        ):
            action = self.campaign._print_forms()
            self.assertEqual(action["res_model"], "cadre.review.printing")
            job = self._job(self.user_office).sudo()
            self.assertEqual((job.state, job.done), ("waiting", 0))
            self.assertGreater(job.total, 2)
            with self._cron():
                # the run is out of time after one batch
                with patch.object(
                    type(self.env["ir.cron"]),
                    "_commit_progress",
                    lambda *args, **kw: 0,
                ):
                    self.Printing._cron_print()
                self.assertEqual((job.state, job.done), ("waiting", 1))
                self.assertEqual(len(job._parts()), 1)
                self.Printing._cron_print()
        self.assertEqual((job.state, job.done), ("done", job.total))
        self.assertFalse(job._parts())
        forms = PdfReader(io.BytesIO(self._file(job)))
        self.assertGreaterEqual(len(forms.pages), job.total)
        # whoever asked is told, and nobody else sees it
        told = self.env["mail.message"].search(
            [("partner_ids", "in", self.user_office.partner_id.ids)], limit=1
        )
        self.assertIn(job.name, told.body)
        self.assertFalse(self._job(self.user_standing))
        file = job.attachment_id
        self.assertTrue(file.with_user(self.user_office)._filtered_access("read"))
        self.assertFalse(file.with_user(self.user_standing)._filtered_access("read"))

    def test_a_job_that_fails_says_why_and_stops_alone(self):
        with patch.dict(printing_module.AT_ONCE, forms=0):
            self.campaign._print_forms()
            self.dossier.with_user(self.user_officer_a)._print_forms()
        bad = self._job(self.user_office)
        good = self._job(self.user_officer_a)
        work = type(bad)._make_forms

        def fails(job, ids):
            if job.env.user == self.user_office:
                raise UserError(job.env._("There is nothing to print."))
            return work(job, ids)

        with (
            self._cron(),
            patch.object(type(bad), "_make_forms", fails),
        ):
            self.Printing._cron_print()
        self.assertEqual((bad.state, good.state), ("failed", "done"))
        self.assertIn("nothing to print", bad.error)

    def test_results_are_not_written_by_users(self):
        self.dossier.with_user(self.user_officer_a)._print_forms()
        job = self._job(self.user_officer_a)
        for values in ({"state": "waiting"}, {"attachment_id": 1}, {"todo": [1]}):
            with self.assertRaises(AccessError):
                job.write(values)


@tagged("post_install", "-at_install")
class TestArchive(PrintingCase):
    def _archived(self, user):
        self.campaign.with_user(user)._archive()
        job = self._job(user).sudo()
        with self._cron():
            self.Printing._cron_print()
        self.assertEqual(job.state, "done", job.error)
        return zipfile.ZipFile(io.BytesIO(self._file(job)))

    def test_archive(self):
        """Originals by unit, kind and person, with sums that fit them."""
        given = self._give(self._paper("4"), "CON.pdf", pdf(2))
        person = self._paper("4").rating_id.name
        self._paper("7").is_secret = True
        with self._archived(self.user_office) as files:
            sums = dict(
                reversed(line.split("  ", 1))
                for line in files.read(archive.SUMS).decode().splitlines()
            )
            for path, digest in sums.items():
                self.assertEqual(
                    hashlib.sha256(files.read(path)).hexdigest(), digest, path
                )
            [path] = [path for path in sums if path.endswith("_CON.pdf")]
            self.assertEqual(files.read(path), given.raw)
            self.assertRegex(
                path, rf"^\d\d Thường trực HĐND phường A/4 Phiếu.*/{person}/"
            )
            self.assertIn("Văn bản mật", files.read(archive.INDEX).decode())
        self.assertTrue(self._job(self.user_office).attachment_id.store_fname)

    def test_issued_decisions_are_in_it(self):
        self._decided(self.dossier)
        with self._archived(self.user_office) as files:
            printed = [
                name
                for name in files.namelist()
                if name.startswith("00 Văn bản chung/") and name.endswith(".pdf")
            ]
        self.assertTrue(printed)

    def test_office_and_administrator_only(self):
        for user in (self.user_officer_a, self.user_head_a, self.user_standing):
            with self.assertRaises(AccessError):
                self.campaign.with_user(user)._archive()
        # nor by a job of their own making
        job = self.Printing.with_user(self.user_officer_a).create(
            {"name": "N", "kind": "archive"}
        )
        job.sudo().write({"todo": [self.dossier.id], "total": 1})
        with self.assertRaises(AccessError):
            job._work()
