"""Lists of ratings open from an index, however many are kept."""

from odoo.tests import tagged
from odoo.tools import SQL

from ..common import ReviewCase


@tagged("post_install", "-at_install")
class TestRatingOrder(ReviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls._opened_campaign()

    def _plan(self, user):
        """How a page of the list is found where the database need not sort.

        A table as small as this one is sorted by itself, whatever the index.
        """
        ratings = self.env["cadre.review.rating"].with_user(user)
        query = ratings._search([], limit=80, order=ratings._order)
        for way in ("enable_sort", "enable_seqscan", "enable_bitmapscan"):
            self.env.cr.execute(f"SET LOCAL {way} = off")
        rows = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        return "\n".join(line for (line,) in rows)

    def test_page_needs_no_sorting(self):
        for user in (self.user_office, self.user_standing):
            with self.subTest(user.login):
                plan = self._plan(user)
                self.assertIn("cadre_review_rating_in_order", plan)
                self.assertNotIn("Sort", plan)

    def test_latest_campaign_first_then_as_its_dossiers(self):
        earlier = self._opened_campaign(year=self.campaign.year - 1, purpose="N")
        ratings = self.env["cadre.review.rating"].search(
            [("campaign_id", "in", (self.campaign | earlier).ids)]
        )
        self.assertEqual(
            list(dict.fromkeys(ratings.mapped("dossier_id"))),
            list(self.campaign.dossier_ids + earlier.dossier_ids),
        )
        for dossier, its in ratings.grouped("dossier_id").items():
            with self.subTest(dossier.unit_name):
                self.assertFalse(its[0].cadre_id)
                by_post = its.sorted(lambda r: (r.post_sequence, r.sort_key))
                self.assertEqual(its, by_post)
        self.assertEqual(ratings, ratings.sorted())

    def test_what_is_kept_follows(self):
        rating = self.campaign.rating_ids[0]
        rating.dossier_id.sudo().state = "accepted"
        self.campaign.sudo().year -= 1
        self.env.flush_all()
        self.assertEqual(rating.dossier_state, "accepted")
        self.assertEqual(rating.year, self.campaign.year)
        self.assertEqual(rating.owner_id, self.campaign.owner_id)
