"""Damaged workbooks: refused or understood, quickly, and never half taken over."""

import base64
import logging
import os
import time
from datetime import datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..workbook_mutations import mutations
from .test_forms import sent_form
from .test_imports import ROSTER_HEAD, ImportCase

_logger = logging.getLogger(__name__)
NUMBER = int(os.environ.get("CADRE_REVIEW_FUZZ", 120))  # dev/fuzz takes thousands
SECONDS = 20  # of the processor for one file, however bad


@tagged("post_install", "-at_install")
class TestDamagedWorkbooks(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.dossier = cls._dossier(cls.campaign, cls.unit_a)
        rows = [
            (index, f"Người Mới {index}", "30/04/1975", "TEST-A", "Ủy viên", "TEST-OWN")
            for index in range(4)
        ]
        cls.bases = {
            "roster": cls._book([("DANH SÁCH",), ROSTER_HEAD, *rows]),
            "summary": cls.dossier._template_file()[1],
            "history": cls._book(
                [("Họ tên", "Năm", "Xếp loại"), ("Lê Văn Ánh", 2020, "HTXSNV")]
            ),
            "declarations": cls._book(
                [
                    ("Họ tên", "Loại", "Ngày nộp", "Số biên nhận"),
                    ("Lê Văn Ánh", "Tài sản", "20/11/2022", 12),
                    ("Phạm Quốc Ân", "Lý lịch", datetime(2022, 11, 21), "13"),
                ]
            ),
            "form": sent_form(),
        }

    def _rows(self):
        return tuple(
            self.env[f"cadre.review.{model}"].search_count([])
            for model in (
                *("cadre", "post", "opinion", "conference", "past.result", "import"),
                "import.line",
            )
        )

    # Odoo looks for the kind of a file itself, and tells of zips it cannot open
    @mute_logger("odoo.sql_db", "odoo.models.unlink", "odoo.tools.mimetypes")
    def test_refused_or_understood(self):
        outcomes, slowest = {"refused": 0, "preview": 0, "done": 0}, 0
        each = NUMBER // len(self.bases)
        for kind, base in self.bases.items():
            before = self._rows()
            for what, content in mutations([base], each, seed=kind):
                # the clock stands still in these tests, the processor's does not
                start = time.thread_time()
                with self.subTest(kind=kind, what=what):
                    outcome = self._try(kind, content, before)
                    outcomes[outcome] += 1
                    seconds = time.thread_time() - start
                    slowest = max(slowest, seconds)
                    self.assertLess(seconds, SECONDS)
        _logger.info("damaged workbooks: %s, slowest %.1f s", outcomes, slowest)
        self.assertGreater(min(outcomes.values()), 3, outcomes)

    def _try(self, kind, content, before):
        """What becomes of the file; all is undone afterwards."""
        savepoint = self.env.cr.savepoint()
        try:
            if kind == "form":
                self._fill(content)
                return "done"
            window = self._window(
                self.user_office,
                kind,
                content,
                dossier_id=self.dossier.id if kind == "summary" else False,
                campaign_id=self.campaign.id if kind == "declarations" else False,
                confirm=False,
            )
            window.action_preview()
            window.action_import()
            self.env.flush_all()
            if window.state != "done":
                self.assertEqual(self._rows(), before)
            elif window.import_id:
                self.assertEqual(
                    len(window.import_id.line_ids),
                    window.created_count + window.changed_count,
                )
            return "done" if window.state == "done" else "preview"
        except (UserError, AccessError, ValidationError):
            return "refused"
        finally:
            self.env.transaction.clear()
            savepoint.close(rollback=True)

    def _fill(self, content):
        """Upload the file as a form and fill it in; it opens again."""
        form = self.env["cadre.review.form"].with_user(self.user_office)
        form = form.create(
            {"campaign_id": self.campaign.id, "file": base64.b64encode(content)}
        )
        _name, filled = form._file_for(self.campaign)
        self.assertTrue(filled)
