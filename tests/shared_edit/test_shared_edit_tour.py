"""In the browser: while one writes, somebody else saves the same record."""

from datetime import datetime
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..browser import BrowserCase
from .test_shared_edit import SharedEditCase

MINE = "của tôi"
THEIRS = "của người kia"


@tagged("post_install", "-at_install", "tour")
class TestSharedEditTours(SharedEditCase, BrowserCase):
    """The officer has the page open; the head calls the server with their own key."""

    def _tour(self, name, url, **ids):
        keys = self.env["res.users.apikeys"].with_user(self.user_head_a).sudo()
        cookies = {"other_key": keys._generate(None, "tour", datetime(2099, 1, 1))}
        cookies.update({name: str(id_) for name, id_ in ids.items()})
        self.env.flush_all()
        # the refusals that the tour reads; the head comes without our cookies
        with mute_logger("odoo.http"), patch.object(self, "http_request_allow_all", 1):
            self.start_tour(
                f"/odoo/{url}",
                f"cadre_review_shared_edit_{name}",
                login=self.user_officer_a.login,
                cookies=cookies,
            )
        self.env.invalidate_all()

    def _tour_of_opinion(self, name):
        self._tour(
            name,
            f"cadre.review.opinion/{self.opinion.id}",
            opinion_id=self.opinion.id,
            line_id=self.line.id,
        )

    def test_keeps_mine(self):
        self._tour_of_opinion("keeps_mine")
        self.assertEqual(
            (self.opinion.conclusion, self.opinion.strengths), (MINE, "khen")
        )
        self.assertEqual(self.opinion.event_ids[0].move, "overwrite")

    def test_takes_theirs(self):
        self._tour_of_opinion("takes_theirs")
        self.assertEqual(self.opinion.conclusion, THEIRS)
        self.assertEqual(self.opinion.shortcomings, "thấy thêm")
        self.assertFalse(self.opinion.event_ids)

    def test_lines(self):
        self._tour_of_opinion("lines")
        self.assertEqual(self.line.strengths, MINE)
        self.assertEqual(len(self.opinion.event_ids), 1)

    def test_closed_meanwhile(self):
        self._complete()
        self._tour_of_opinion("closed")
        self.assertEqual(self.opinion.state, "confirmed")
        self.assertFalse(self.opinion.conclusion)

    def _complete(self):
        self.opinion.line_ids.write({"strengths": "Tốt", "shortcomings": "Còn chậm"})
        self.opinion.write({"proposed_level": "good", "degradation": "none"})

    def test_page_closed(self):
        """No answer reaches a page that is gone: its text is shown the next time."""
        self._tour_of_opinion("page_closed")
        self.assertEqual(self.opinion.conclusion, THEIRS)

    def test_button_saves_first(self):
        conference = self.env["cadre.review.conference"].create(
            {"dossier_id": self.dossier.id}
        )
        self._tour(
            "button",
            f"cadre.review.conference/{conference.id}",
            conference_id=conference.id,
        )
        self.assertEqual((conference.place, conference.state), (MINE, "draft"))

    def test_editable_list(self):
        shortcoming = self.env["cadre.review.shortcoming"].create(
            {"rating_id": self.rating.id, "name": "Họp muộn"}
        )
        self._tour(
            "list",
            "action-cadre_review.cadre_review_shortcoming_action",
            shortcoming_id=shortcoming.id,
        )
        self.assertEqual(shortcoming.progress, MINE)

    def test_several_rows_at_once(self):
        """Nothing is written, and the text is there to copy."""
        papers = self.dossier.paper_ids
        self._tour(
            "several_rows",
            "action-cadre_review.cadre_review_paper_action",
            paper_id=papers[1].id,
        )
        self.assertEqual(papers.filtered("number"), papers[1])
