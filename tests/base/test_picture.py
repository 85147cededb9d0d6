"""Pictures: taken by moves, changed by nobody, served again."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import ReviewCase


@tagged("post_install", "-at_install")
class TestPicture(ReviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()
        cls.dossier = cls.campaign.dossier_ids[:1].with_env(cls.env)
        cls.Picture = cls.env["cadre.review.picture"]

    def _take(self, **content):
        return self.Picture._take(
            self.dossier, "round", {self.dossier.id: content or {"a": 1}}
        )

    def test_versions_count_up_per_record_and_kind(self):
        self.assertEqual((self._take() | self._take()).mapped("version"), [1, 2])
        minutes = self.Picture._take(self.dossier, "minutes", {self.dossier.id: {}})
        self.assertEqual(minutes.version, 1)

    def test_taken_in_one_batch(self):
        dossiers = self.campaign.dossier_ids.with_env(self.env)
        contents = dict.fromkeys(dossiers.ids, {})
        self.Picture._take(dossiers, "round", contents)  # warms the caches
        counts = []
        for some in (dossiers[:1], dossiers):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.Picture._take(some, "round", contents)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_nobody_changes_it(self):
        picture = self._take()
        with self.assertRaises(AccessError):
            picture.write({"content": "{}"})
        with self.assertRaises(AccessError):
            picture.unlink()

    def test_a_change_behind_its_back_is_found(self):
        kept, altered = self._take(a=1), self._take(a=2)
        self.assertFalse((kept | altered)._altered())
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE cadre_review_picture SET content = replace(content, '2', '3')"
            " WHERE id = %s",
            [altered.id],
        )
        self.env.invalidate_all()
        self.assertEqual((kept | altered)._altered(), altered)
