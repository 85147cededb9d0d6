"""Work done once: a step's rules run once in the request that takes the step."""

from collections import Counter
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from odoo.tests import tagged

from ...models.base.move_mixin import CadreReviewMoveMixin
from ...rules import decisions, dossiers, opening, opinions, review, sessions
from ..common import PLACE, ReviewCase

# entries to the rules: each runs at most once for each record of a step
ENTRIES = (
    (review, "unit"),
    (opinions, "check"),
    (dossiers, "check_conforming"),
    (sessions, "check"),
    (decisions, "check"),
)
REASON = "cadre.review.move.reason"


@tagged("post_install", "-at_install")
class TestOnce(ReviewCase):
    """Every button pressed on the way of a dossier, and the windows behind them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.runs = []  # (button, number of records, calls)

    @classmethod
    def _click(cls, record, button, reason="Theo văn bản của đơn vị"):
        """As ever; the button's request and the window's are counted apart."""
        with cls._counting(button, record):
            action = getattr(record, button)()
        if not isinstance(action, dict) or action.get("res_model") != REASON:
            return action
        window = record.env[REASON].with_context(**action["context"])
        window = window.create({"reason": reason})
        with cls._counting(f"{button}: reason", record):
            return window.action_confirm()

    @classmethod
    @contextmanager
    def _counting(cls, step, record):
        calls = Counter()

        def counted(owner, name):
            real = getattr(owner, name)

            def run(*args, **kwargs):
                calls[owner, name] += 1
                return real(*args, **kwargs)

            return patch.object(owner, name, run)

        with ExitStack() as stack:
            for owner, name in (*ENTRIES, (CadreReviewMoveMixin, "_check_blockers")):
                stack.enter_context(counted(owner, name))
            yield
        cls.runs.append((step, len(record), calls))

    def test_on_the_way_of_a_dossier(self):
        campaign = self._opened_campaign()
        ratings = self._appraised(self._dossier(campaign, self.unit_a))
        session = campaign.env["cadre.review.session"].create(
            {
                "campaign_id": campaign.id,
                "authority_id": self.own.id,
                "date_start": "2022-11-21 01:00:00",
                "place": "Phòng họp",
                "chair": "Người Chủ Trì",
                "secretary": "Người Ghi",
                "source_place": PLACE,
                "attendance_ids": [(0, 0, {"name": "Người Chủ Trì"})],
                "line_ids": [
                    (0, 0, {"rating_id": rating.id, "level": "good"})
                    for rating in ratings
                ],
            }
        )
        self._click(session, "action_prepare")
        self._click(session, "action_conclude")
        for decision in session.decision_ids:
            decision.write(
                {
                    "number": f"{decision.id}-QĐ/TT",
                    "date": self.today,
                    "signer": "Nguyễn Thị Ký",
                    "source_place": PLACE,
                }
            )
            self._click(decision, "action_issue")
        self.assertEqual(set(session.decision_ids.mapped("state")), {"issued"})
        for step, records, calls in self.runs:
            with self.subTest(step):
                self.assertLessEqual(calls[CadreReviewMoveMixin, "_check_blockers"], 1)
                for entry in ENTRIES:
                    self.assertLessEqual(calls[entry], records, entry)
        seen = Counter()
        for _step, _records, calls in self.runs:
            seen.update(calls)
        for entry in ENTRIES:
            self.assertTrue(seen[entry], entry)
        self.assertTrue([s for s, *_rest in self.runs if s.endswith(": reason")])

    def test_the_opening_is_planned_once(self):
        campaign = self._campaign()
        for _time in ("opened", "refreshed"):
            with patch.object(opening, "plan", wraps=opening.plan) as planned:
                campaign.action_open()
            self.assertEqual(planned.call_count, 1)
