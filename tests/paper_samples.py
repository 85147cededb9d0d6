"""A record to print for every statutory paper: ``SAMPLES``, by the report's xml id;
after a colon, what another sample of the same report is of.

Whoever adds a paper adds its sample here; ``test_papers`` fails without it. A sample
writes ``case.text`` wherever the paper prints what people wrote, and gives the record
with the user that prints it (the office, where it gives none of its own).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from odoo import Command


@dataclass(frozen=True)
class Sample:
    """A paper's sample, and the elements of NĐ 30/2020/NĐ-CP that the paper has.

    :param make: function of a :class:`.test_papers.PaperCase` that gives the record
    :param head: ``state``, ``party``, or ``""`` for a list without letterhead
    :param numbered: whether it has “Số”
    :param dated: whether place and date stand beside the number
    :param title: how its title begins, or ``""`` for a công văn
    :param ruled: whether a rule stands under what it is about
    :param recipients: whether it has “Nơi nhận”
    :param ends: whether it is closed by “./.”
    :param signed: how the capacity of its (last) signature begins, or ``""``
    :param wide: whether pages of it lie across
    :param long: whether the text of people can make it thirty pages, unless a paper
        that contains it is printed so long
    :param body: whether ``case.text`` stands there as paragraphs of the body
    :param many: whether it is several papers in one, each of which has a sample
    """

    make: Callable
    head: str = "state"
    numbered: bool = True
    dated: bool = True
    title: str = ""
    ruled: bool = True
    recipients: bool = True
    ends: bool = True
    signed: str = r"(TM\.|T/M|KT\.)"
    wide: bool = False
    long: bool = False
    body: bool = False
    many: bool = False


def _letter(case):
    campaign = case.campaign.sudo()
    campaign.letter_body = "".join(f"<p>{line}</p>" for line in case.paragraphs)
    return campaign


def _collective_report(case):
    report = case.report.sudo()
    report.section_ids.text = case.paragraphs[0]
    report.section_ids[:1].text = case.text
    report.write(
        {
            "signer": case.person,
            "signer_capacity": "TM. THƯỜNG TRỰC HĐND\nCHỦ TỊCH",
            "proposed_level": "good",
            "target_ids": [
                Command.clear(),
                Command.create(
                    {
                        "name": case.paragraphs[0],
                        "measure": "cuộc giám sát",
                        "plan": "4",
                        "result": "5",
                        "status": "exceeded",
                    }
                ),
            ],
            "shortcoming_ids": [
                Command.clear(),
                Command.create(
                    {
                        "name": case.paragraphs[0],
                        "cause": case.paragraphs[0],
                        "responsible": case.person,
                        "remedy": case.paragraphs[0],
                        "date_due": date(2023, 6, 30),
                    }
                ),
            ],
        }
    )
    return report


def _decision(case):
    decision = case.decision.sudo()
    decision.line_ids.reason = case.paragraphs[0]
    return decision


def _notice(case):
    rating = case.rating.sudo()
    rating.notified_comment = case.text
    return rating


def _list_of_dossier(case):
    return case.dossier


def _delivery(case):
    delivery = case.delivery.sudo()
    delivery.note = case.paragraphs[0]
    return delivery


def _request(case):
    request = case.request.sudo()
    request.reason = case.text
    return request


def _history(case):
    return case.rating.cadre_id


def _unit_history(case):
    return case.dossier.unit_id


def _minutes(case):
    body = case.conference.sudo().body_ids.filtered(lambda b: b.kind != "party")
    body.conference_id.subject_ids.write(
        {"opinions": case.paragraphs[0], "conclusion": case.paragraphs[0]}
    )
    body.conference_id.subject_ids[:1].opinions = case.text
    return body


def _party_minutes(case):
    conference = case.conference.sudo()
    body = conference.body_ids.filtered(lambda b: b.kind == "party")
    if not body:
        body = body.create(
            {
                "conference_id": conference.id,
                "kind": "party",
                "name": case.body_a.name,
                "party_body_id": case.body_a.id,
            }
        )
    return body


def _form(case):
    opinion = case.self_opinion.sudo()
    opinion.line_ids.strengths = case.paragraphs[0]
    opinion.strengths = case.text
    return case.rating.with_user(case.user_person_a)


def _urging_letter(case):
    return case.dossier_b


def _opinion(case, stage):
    """The deputy's opinion of a stage, with what people wrote in it."""
    opinion = case.rating.sudo().opinion_ids.filtered(lambda o: o.stage == stage)
    opinion.line_ids.write(
        {"strengths": case.paragraphs[0], "shortcomings": case.paragraphs[0]}
    )
    opinion.write({"conclusion": case.text, "signer": case.person})
    return opinion


def _review(case):
    opinion = case.self_opinion.sudo()
    opinion.line_ids.strengths = case.paragraphs[0]
    opinion.strengths = case.text
    return case.rating.with_user(case.user_officer_a)


def _grading(case):
    collective = case.dossier.rating_ids.filtered(lambda r: not r.cadre_id)
    unit = collective.sudo().opinion_ids.filtered(lambda o: o.stage == "unit")
    unit.line_ids.grade = "good"
    return collective


def _scored(case, kind):
    """The form of a person under the regulations of 2026."""
    case.deputy_a.post_ids.filtered("is_main").kind = kind
    campaign = case._opened_campaign(
        year=2026,
        purpose=kind,
        scope_date=date(2026, 11, 8),
        regulation_ids=[Command.clear()],
        deadline_ids=[],
    )
    rating = case._rating(campaign, case.deputy_a)
    officer = rating.with_user(case.user_officer_a)
    opinion = rating.env["cadre.review.opinion"].browse(
        officer._open_opinion("self")["res_id"]
    )
    opinion = opinion.sudo()
    for line in opinion.line_ids:
        line.points = line.max_points - 1 if line.max_points else 0
    opinion.line_ids.strengths = case.paragraphs[0]
    opinion.write({"strengths": case.text, "proposed_level": "good"})
    return officer


def _points_form(case):
    return _scored(case, "civil_servant")


def _annex(case):
    return _scored(case, "official")


def _unit_comment(case):
    _opinion(case, "unit")
    return case.rating


def _party_comment(case):
    _party_opinion(case)
    return case.rating


def _joint_comment(case):
    _opinion(case, "unit")
    return case.dossier


def _joint_party_comment(case):
    _party_opinion(case)
    return case.dossier


def _party_opinion(case):
    """It prints with the number under which the register has it."""
    papers = case.dossier.sudo().paper_ids
    papers.filtered(lambda p: p.kind_id.code == "6").number = "05-NX/ĐU"
    _opinion(case, "party")


def _plan(case):
    plan = case.dossier.sudo().plan_ids.filtered(lambda plan: not plan.rating_id)
    if not plan:
        plan = plan.create({"dossier_id": case.dossier.id, "signer": case.person})
    plan.line_ids.unlink()
    plan.line_ids.create(
        {
            "plan_id": plan.id,
            "name": case.paragraphs[0],
            "cause": case.paragraphs[0],
            "remedy": case.text,
            "responsible": case.person,
            "monitor": "Ban Pháp chế",
            "date_due": date(2023, 6, 30),
            "product": case.paragraphs[0],
        }
    )
    return plan


def _session(case):
    """A session before which the dossier's ratings lie, with what was concluded."""
    Session = case.env["cadre.review.session"].sudo()
    session = Session.search([("campaign_id", "=", case.campaign.id)], limit=1)
    if not session:
        session = Session.create(
            {
                "campaign_id": case.campaign.id,
                "place": "Phòng họp",
                "chair": case.person,
                "secretary": case.person,
            }
        )
        session.attendance_ids = [
            Command.create({"name": case.person, "title": "Ủy viên"}),
            Command.create({"name": "Đinh Văn Hai", "is_present": False}),
        ]
        session._add_ratings(case._subjects(case.dossier))
    session.line_ids.write(
        {
            "level": "good",
            "agreed": 1,
            "comment": case.paragraphs[0],
            "reason": case.paragraphs[0],
        }
    )
    # one of those concluded here, one of those that go onward
    for lines in session.line_ids.grouped("is_onward").values():
        lines[:1].comment = case.text
    return session


def _appraised_campaign(case):
    return case.campaign.sudo()


def _publication(case):
    case.rating.with_user(case.user_office).action_publish()
    return case.dossier


# its head: the office, or what stands for it while the campaign names none
OFFICE = r"(CƠ QUAN|VĂN PHÒNG)"


SAMPLES = {
    "action_report_campaign_letter": Sample(_letter, long=True, body=True),
    "action_report_collective_report": Sample(
        _collective_report, title="BÁO CÁO", ruled=False, long=True, body=True
    ),
    "action_report_decision": Sample(_decision, title="KẾT LUẬN"),
    "action_report_result_notice": Sample(
        _notice, title="THÔNG BÁO", long=True, body=True
    ),
    "action_report_round": Sample(
        _list_of_dossier,
        title="MỤC LỤC",
        numbered=False,
        ruled=False,
        recipients=False,
        signed="NGƯỜI LẬP MỤC LỤC",
    ),
    "action_report_delivery": Sample(
        _delivery,
        title="PHIẾU GIAO NHẬN",
        ruled=False,
        recipients=False,
        signed="NGƯỜI GIAO",
    ),
    "action_report_request": Sample(_request, long=True, body=True),
    "action_report_history_sheet": Sample(
        _history,
        head="",
        title="PHIẾU THEO DÕI",
        recipients=False,
        ends=False,
        signed="",
    ),
    "action_report_unit_history_sheet": Sample(
        _unit_history,
        head="",
        title="PHIẾU THEO DÕI",
        recipients=False,
        ends=False,
        signed="",
    ),
    "action_report_minutes": Sample(
        _minutes,
        dated=False,
        title="BIÊN BẢN",
        signed="THƯ KÝ",
        long=True,
        body=True,
    ),
    "action_report_minutes:party": Sample(
        _party_minutes,
        head="party",
        dated=False,
        title="BIÊN BẢN",
        signed="THƯ KÝ",
    ),
    "action_report_rating_form": Sample(
        _form,
        numbered=False,
        dated=False,
        title="PHIẾU ĐÁNH GIÁ",
        ruled=False,
        recipients=False,
        ends=False,
        signed="NGƯỜI CÓ THẨM QUYỀN",
        long=True,
        body=True,
    ),
    "action_report_urging_letter": Sample(_urging_letter),
    "action_report_rating_form:points": Sample(
        _points_form,
        numbered=False,
        dated=False,
        title="PHIẾU THEO DÕI",
        ruled=False,
        recipients=False,
        ends=False,
        signed="NGƯỜI TỰ ĐÁNH GIÁ",
        long=True,
        body=True,
    ),
    "action_report_self_review": Sample(
        _review,
        head="party",
        numbered=False,
        title="BẢN KIỂM ĐIỂM",
        ruled=False,
        recipients=False,
        ends=False,
        signed="NGƯỜI TỰ KIỂM ĐIỂM",
        long=True,
        body=True,
    ),
    "action_report_grading_sheet": Sample(
        _grading,
        numbered=False,
        dated=False,
        title="PHIẾU PHÂN TÍCH",
        ruled=False,
        recipients=False,
        ends=False,
    ),
    "action_report_grading_sheet:points": Sample(
        _annex,
        numbered=False,
        dated=False,
        title="PHỤ LỤC CHẤM ĐIỂM",
        ruled=False,
        recipients=False,
        ends=False,
        signed="NGƯỜI TỰ CHẤM ĐIỂM",
    ),
    "action_report_counting": Sample(
        _minutes, dated=False, title="BIÊN BẢN KIỂM PHIẾU", signed="TỔ KIỂM PHIẾU"
    ),
    "action_report_counting:party": Sample(
        _party_minutes,
        head="party",
        dated=False,
        title="BIÊN BẢN KIỂM PHIẾU",
        signed="TỔ KIỂM PHIẾU",
    ),
    "action_report_unit_comment": Sample(
        _unit_comment, title="NHẬN XÉT", long=True, body=True
    ),
    "action_report_party_comment": Sample(
        _party_comment, head="party", title="NHẬN XÉT", long=True, body=True
    ),
    "action_report_dossier_unit_comment": Sample(_joint_comment, title="NHẬN XÉT"),
    "action_report_dossier_party_comment": Sample(
        _joint_party_comment, head="party", title="NHẬN XÉT"
    ),
    "action_report_summary": Sample(
        _list_of_dossier,
        numbered=False,
        dated=False,
        title="TỔNG HỢP KẾT QUẢ",
        recipients=False,
        ends=False,
        signed="NGƯỜI LẬP BIỂU",
        wide=True,
    ),
    "action_report_unit_result": Sample(_list_of_dossier, title="BÁO CÁO"),
    "action_report_plan": Sample(_plan, title="KẾ HOẠCH", wide=True, long=True),
    "action_report_publication": Sample(_publication, title="THÔNG BÁO"),
    "action_report_campaign_appraisal": Sample(
        _appraised_campaign, title="BÁO CÁO", signed=OFFICE, wide=True
    ),
    "action_report_dossier_appraisal": Sample(
        _list_of_dossier, title="BÁO CÁO", signed=OFFICE, wide=True
    ),
    "action_report_session_pack": Sample(
        _session,
        numbered=False,
        dated=False,
        title="TÀI LIỆU PHIÊN HỌP",
        wide=True,
        long=True,
        many=True,
    ),
    "action_report_session_consolidated": Sample(
        _session, title="BÁO CÁO", signed=OFFICE
    ),
    "action_report_session_table": Sample(
        _session,
        head="",
        title="BẢNG TỔNG HỢP",
        recipients=False,
        ends=False,
        signed="",
        wide=True,
    ),
    "action_report_session_people": Sample(
        _session,
        head="",
        title="PHIẾU TÓM TẮT",
        recipients=False,
        ends=False,
        signed="",
    ),
    "action_report_session_ballot": Sample(
        _session,
        numbered=False,
        dated=False,
        title="PHIẾU LẤY Ý KIẾN",
        recipients=False,
        ends=False,
        signed="NGƯỜI GHI PHIẾU",
    ),
    "action_report_session_counting": Sample(
        _session, dated=False, title="BIÊN BẢN KIỂM PHIẾU", signed="TỔ KIỂM PHIẾU"
    ),
    "action_report_session_lists": Sample(
        _session, head="", title="DANH SÁCH", recipients=False, ends=False, signed=""
    ),
    "action_report_session_conclusion": Sample(_session, title="THÔNG BÁO"),
    "action_report_session_submission": Sample(
        _session, title="TỜ TRÌNH", wide=True, long=True, many=True
    ),
    "action_report_session_proposal": Sample(_session, title="TỜ TRÌNH"),
    "action_report_session_onward": Sample(
        _session,
        head="",
        title="DANH SÁCH TRÍCH NGANG",
        recipients=False,
        ends=False,
        signed="",
        wide=True,
    ),
    "action_report_session_comments": Sample(
        _session, title="NHẬN XÉT", recipients=False, long=True
    ),
    "action_report_session_sets": Sample(
        _session,
        head="",
        title="MỤC LỤC HỒ SƠ",
        recipients=False,
        ends=False,
        signed="",
    ),
}
