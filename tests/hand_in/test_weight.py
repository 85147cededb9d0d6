"""Files are judged by what they unpack to, before anything opens them."""

import base64
import io

from PIL import Image

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..plain import bombs
from .test_hand_in import HandInCase


@tagged("post_install", "-at_install")
class TestWeight(HandInCase):
    def test_what_unpacks_too_large_is_refused_in_words(self):
        for name, content, words in (
            ("bao_cao.pdf", bombs.unpacking_pdf(200), "comes to more than 100 MB"),
            ("bien_ban.pdf", bombs.doubling_pdf(), "more than 5000 pages"),
            ("anh.png", bombs.png(13300, 13300), "more than 50 megapixels"),
            (
                "bao_cao.docx",
                bombs.office("docx", {"word/media/a.bin": 128}),
                "comes to more than 100 MB",
            ),
        ):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, words):
                self._give(self.minutes, name, content)
        self.assertFalse(self.minutes.attachment_ids)

    def test_a_photograph_stays_as_it_was_taken(self):
        """Odoo makes pictures of more than 1920 pixels smaller: a proof no longer."""
        file = io.BytesIO()
        Image.new("RGB", (2400, 3200), "red").save(file, "JPEG")
        kept = self._give(self.minutes, "trang_1.jpg", file.getvalue())
        self.assertEqual(kept.raw, file.getvalue())
        kept.raw = file.getvalue() + b"\0"
        self.assertEqual(kept.raw, file.getvalue() + b"\0")

    def test_what_was_given_before_is_not_opened_either(self):
        """Two pictures that came before there was a limit: neither combined nor bound,
        and the reason is told."""
        for name in ("trang_1.png", "trang_2.png"):
            file = (
                self.env["ir.attachment"]
                .sudo()
                .create(
                    {
                        "name": name,
                        "raw": bombs.png(13300, 13300),
                        "res_model": self.minutes._name,
                        "res_id": self.minutes.id,
                    }
                )
            )
            self.minutes.sudo().attachment_ids = [Command.link(file.id)]
        paper = self.minutes.with_user(self.user_officer_a)
        self.assertEqual(set(paper.file_ids.mapped("kind")), {"png"})
        with self.assertRaisesRegex(UserError, "trang_1.png has a picture of more"):
            paper.action_combine_photographs()

    def test_a_list_is_weighed_before_it_is_read(self):
        window = (
            self.env["cadre.review.importing"]
            .with_user(self.user_office)
            .create(
                {
                    "kind": "roster",
                    "unit_id": self.unit_a.id,
                    "file_name": "danh_sach.xlsx",
                    "file": base64.b64encode(
                        bombs.office("xlsx", {"xl/sharedStrings.xml": 128})
                    ),
                }
            )
        )
        with self.assertRaisesRegex(UserError, "danh_sach.xlsx comes to more than"):
            window._content()
