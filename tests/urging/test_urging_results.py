"""What happens to results is told: orders, objections, plans, remedies overdue."""

from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from ..common import PLACE
from .test_urging import HEAD_A, MAILBOX_A, OFFICE, UrgingCase

PERSON = "nguoi@test.example"


@tagged("post_install", "-at_install")
class TestUrgingResults(UrgingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_person_a.email = PERSON
        cls.rating = cls._rating(cls.campaign, cls.deputy_a)

    def _told(self, kind):
        """The mails of this kind that a run sends, and that the next sends none."""
        sent = self._run().filtered(lambda reminder: reminder.kind == kind)
        self.assertFalse(self._run(), "told once")
        return sent

    def _bodies(self, reminders):
        return {r.address: r.mail_id.body_html for r in reminders}

    def _link(self, record):
        return f"model={record._name}&amp;res_id={record.id}"

    def test_order(self):
        self._accepted(self.dossier_a)
        self._run()
        Order = self.env["cadre.review.order"].with_user(self.user_office)
        order = Order.create(
            {
                "dossier_id": self.dossier_a.id,
                "rating_ids": [Command.set(self.rating.ids)],
                "report": "Chưa đúng trình tự",
                "report_number": "12/BC-VP",
                "report_date": self.today,
                "source_place": PLACE,
            }
        )
        self._click(order, "action_report")
        order.write(
            {
                "number": "30/TT-HĐND",
                "date": self.today,
                "signer": "Nguyễn Thị Ký",
                "instruction": "Họp kiểm điểm lại đồng chí Bình",
                "date_due": date(2022, 12, 2),
            }
        )
        self._click(order, "action_order")
        bodies = self._bodies(self._told("order"))
        self.assertEqual(set(bodies), {MAILBOX_A, HEAD_A})
        self.assertIn("Họp kiểm điểm lại đồng chí Bình", bodies[MAILBOX_A])
        self.assertIn(self._link(order), bodies[MAILBOX_A])
        self.assertIn("02/12/2022", bodies[MAILBOX_A])
        # the round it opened is urged by its own day
        sent = self._run(self._at(date(2022, 12, 2)))
        self.assertIn(("urge", MAILBOX_A), self._got(sent))

    def test_objection_received_and_answered(self):
        """The office and who objects; the answer is no business of the unit, and its
        words stay inside. It goes on when the campaign is closed."""
        for decision in self._decided(self.dossier_a, "completed"):
            decision.with_user(self.user_office).action_notify()
        self._run()
        self.campaign.state = "closed"
        rating = self.rating.with_user(self.user_person_a)
        objection = self.env["cadre.review.objection"].browse(
            rating.action_object()["res_id"]
        )
        objection = objection.with_user(self.user_person_a)
        objection.text = "Đề nghị xem lại mức Hoàn thành nhiệm vụ"
        self._click(objection, "action_file")
        bodies = self._bodies(self._told("objection"))
        self.assertEqual(set(bodies), {OFFICE, PERSON})
        for body in bodies.values():
            self.assertIn(self._link(objection), body)
            self.assertNotIn("Hoàn thành nhiệm vụ", body)
        answer = objection.with_user(self.user_office)
        answer.write(
            {
                "answer": "Giữ mức Hoàn thành nhiệm vụ",
                "answer_number": "40/TT-HĐND",
                "answer_date": self.today,
                "answer_signer": "Nguyễn Thị Ký",
                "answer_place": PLACE,
            }
        )
        self._click(answer, "action_reject")
        bodies = self._bodies(self._told("answer"))
        self.assertEqual(set(bodies), {PERSON})
        self.assertIn(self._link(objection), bodies[PERSON])
        self.assertNotIn("Hoàn thành nhiệm vụ", bodies[PERSON])

    def _plan(self):
        """A plan with one line, adopted: the deputy answers for it."""
        Plan = self.env["cadre.review.plan"].with_user(self.user_office)
        plan = Plan.create(
            {
                "dossier_id": self.dossier_a.id,
                "source": "paper",
                "source_place": PLACE,
                "line_ids": [
                    Command.create(
                        {
                            "name": "Chậm tiếp xúc cử tri",
                            "remedy": "Lập lịch tiếp xúc",
                            "responsible_cadre_id": self.deputy_a.id,
                            "responsible": self.deputy_a.name,
                            "monitor": "Ban Pháp chế",
                            "date_due": date(2022, 12, 9),
                            "product": "Lịch",
                        }
                    )
                ],
            }
        )
        self._click(plan, "action_adopt")
        self.assertEqual(plan.state, "running")
        return plan

    def test_plan_assigned_and_overdue(self):
        plan = self._plan()
        line = plan.line_ids
        bodies = self._bodies(self._told("plan"))
        self.assertEqual(set(bodies), {MAILBOX_A, PERSON})
        for body in bodies.values():
            self.assertIn(self._link(plan), body)
        # the plan lives on
        self.campaign.state = "closed"
        self.assertFalse(self._run(self._at(date(2022, 12, 9))))
        self.assertFalse(self._run(self._at(date(2022, 12, 10))), "a Saturday")
        sent = self._run(self._at(date(2022, 12, 12)))
        bodies = self._bodies(sent)
        self.assertEqual(set(sent.mapped("kind")), {"overdue"})
        self.assertEqual(set(bodies), {MAILBOX_A, HEAD_A, PERSON})
        self.assertIn(self._link(line), bodies[PERSON])
        self.assertIn(self._link(plan), bodies[MAILBOX_A])
        for body in bodies.values():
            self.assertIn("hạn cuối 09/12/2022 (Thứ Sáu) – quá hạn 3 ngày", body)
            self.assertNotIn("cử tri", body)
        self.assertFalse(self._run(self._at(date(2022, 12, 13))), "told once")

    def test_remedied_in_time_is_told_to_nobody(self):
        plan = self._plan()
        self._run()
        plan.line_ids.sudo().state = "fixed"
        self.campaign.state = "closed"
        self.assertFalse(self._run(self._at(date(2022, 12, 12))))

    def test_adopted_plan_keeps_its_deadline(self):
        self.campaign.deadline_ids = [
            self._deadline("remediation", date(2022, 12, 20), "by")
        ]
        deadline = self.campaign.deadline_ids.filtered(
            lambda d: d.kind == "remediation"
        )
        both = self.dossier_a | self.dossier_b
        self.assertEqual(deadline._pending(), both)
        self._plan()
        self.assertEqual(deadline._pending(), self.dossier_b)
        with freeze_time(self._at(date(2022, 12, 22))):
            self.assertIn("quá hạn 2 ngày", self.dossier_b.urging_text)
