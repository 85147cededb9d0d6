"""Single cases of the rules on order, times, former units, texts and quarters."""

from dataclasses import replace
from datetime import date, datetime

from cadre_review.rules import consistency, formalism, points, process, review
from cadre_review.rules.deadlines import WEEKENDS, Calendar, Deadline
from cadre_review.rules.findings import Severity
from cadre_review.rules.law import Severed
from cadre_review.rules.meetings import Meeting, Tally
from cadre_review.rules.spans import Span
from cadre_review.rules.subjects import (
    Gathering,
    Past,
    Service,
    Sheet,
    Shortcoming,
    Subject,
    Text,
    Transfer,
    Unit,
    View,
)
from laws import HD21, ND90, QD366
from tables import said

LONG = (
    "Lãnh đạo Thường trực HĐND phường tổ chức 04 kỳ họp, ban hành 27 nghị quyết, giám "
    "sát chuyên đề về thu ngân sách và giải quyết đơn thư của cử tri đúng thời hạn."
)
OTHER = (
    "Trực tiếp theo dõi lĩnh vực văn hóa, y tế, giáo dục; chủ trì 03 cuộc khảo sát tại "
    "các trường học và trạm y tế, kiến nghị 12 nội dung đã được UBND tiếp thu."
)


def person(id_=1, law=ND90, name="Trần Thị Bình", **values):
    return Subject(id_, name, "official", law, 2022, plain_name=name, **values)


def spoke(stage="unit", *lines, **values):
    return View(
        stage, texts=tuple(Text(n, "", *line) for n, line in enumerate(lines)), **values
    )


def unit(*subjects, law=HD21, **values):
    return Unit(1, "Thường trực HĐND phường A", law, tuple(subjects), **values)


def gathered(start=None, end=None, convened=9, present=9, **values):
    meeting = Meeting("Hội nghị", start, end, "", "", "", convened, present, 0)
    return Gathering(meeting, **values)


def test_former_unit_comments():
    """C16: từ 06 tháng ở đơn vị cũ thì phải có nhận xét, trừ khi đơn vị đã giải thể."""
    moved = Transfer("UBND xã cũ", Span(8))

    def found(transfer):
        subject = person(service=Service(transfers=(transfer,)))
        return said(process.check_transfers(subject))

    assert found(moved) == "C16 cảnh báo"
    assert found(replace(moved, span=Span(6))) == "C16 cảnh báo"
    assert found(replace(moved, span=Span(5, 29))) == "–"
    assert found(replace(moved, comment="asked")) == "C16 cảnh báo"
    assert found(replace(moved, comment="received")) == "–"
    assert found(replace(moved, dissolved=True)) == "–"


def test_nobody_signs_on_themselves():
    """C18, NĐ 90 Điều 16."""
    signed = person(views=(View("party", signer="trần  thị bình"),))
    assert said(process.check_signers(signed)) == "C18 chặn"
    own_report = person(views=(View("self", signer="Trần Thị Bình"),))
    assert said(process.check_signers(own_report)) == "–"


def test_review_before_the_year_end_meeting():
    """C22, công văn điểm 1; cùng ngày vẫn được."""
    held = gathered(datetime(2022, 11, 18, 8), datetime(2022, 11, 18, 11))
    for year_end, expected in (
        (date(2022, 11, 17), "C22 cảnh báo"),
        (date(2022, 11, 18), "–"),
        (None, "–"),
    ):
        one = unit(gathering=held, year_end=year_end)
        assert said(process.check_times(one)) == expected


def test_draft_report_three_working_days_before():
    """C11, HD 43: gửi thứ Sáu cho họp thứ Năm tuần sau là đủ 03 ngày làm việc."""
    held = gathered(datetime(2025, 11, 20, 8), datetime(2025, 11, 20, 17))

    def found(sent, calendar=WEEKENDS):
        one = unit(law=QD366, gathering=replace(held, draft_sent=sent))
        return said(process.check_times(one, calendar), "C11")

    assert found(date(2025, 11, 14)) == "–"
    assert found(date(2025, 11, 17)) == "C11 cảnh báo"
    assert found(None) == "C11 cảnh báo"
    holiday = Calendar({date(2025, 11, 19): "Lễ"})
    assert found(date(2025, 11, 14), holiday) == "C11 cảnh báo"
    assert said(process.check_times(unit(gathering=held)), "C11") == "–", (
        "HD 21: không có"
    )


def test_quorum_is_a_custom():
    """C6: mặc định không kiểm tra; có cài đặt thì không viện dẫn điều luật."""
    held = gathered(convened=9, present=5)
    assert said(process.check_attendance(unit(gathering=held))) == "–"
    law = replace(
        HD21,
        severities={"C6": Severed(Severity.WARN, "thông lệ")},
        settings={"quorum": 66.67},
    )
    [finding] = process.check_attendance(unit(law=law, gathering=held))
    assert (finding.severity, finding.article) == (Severity.WARN, "thông lệ")


def test_papers_and_sets():
    """D2, D3, D5."""
    one = unit(
        sets_expected=2,
        sets_received=1,
        days_late=3,
        sheets=(
            Sheet("Phiếu", has_number=False),
            Sheet("Biên bản", True, "05/BB", date(2022, 11, 18), "Lê Văn Ánh"),
            Sheet("Báo cáo", True, "05/BC"),
        ),
    )
    found = [*process.check_hand_in(one), *process.check_sheets(one)]
    assert said(found) == "D2 cảnh báo, D3 cảnh báo, D5 cảnh báo"
    assert [f.values["paper"] for f in found if f.rule == "D3"] == ["Báo cáo"]


def test_last_day_on_a_sunday_is_shown_not_shifted():
    """E3: trước ngày 05/12/2022 là đến Chủ nhật 04/12."""
    [finding] = process.check_last_days(
        "Đợt 2022",
        HD21,
        [
            Deadline("conclusion", "Báo cáo", date(2022, 12, 5), "before"),
            Deadline("dossier", "Hồ sơ", date(2022, 11, 30), "by"),
        ],
    )
    assert finding.values["before"] == "02/12/2022"
    assert finding.values["after"] == "05/12/2022"
    assert finding.severity is Severity.INFO


def test_degradation_line():
    """L2, L3, công văn điểm 2."""
    filled = person(views=(spoke("unit", ("a", "b"), degradation="none"),))
    empty = person(views=(spoke("unit", ("a", "b")),))
    on_paper = person(views=(spoke("unit", ("a", "b"), on_paper=True),))
    present = person(
        views=(spoke("unit", ("a",), degradation="present", level="good"),)
    )
    assert said(consistency.check_degradation(filled)) == "–"
    assert said(consistency.check_degradation(empty)) == "L2 cảnh báo"
    assert said(consistency.check_degradation(on_paper)) == "–"
    assert said(consistency.check_degradation(present)) == "L3 cảnh báo"


def test_earlier_shortcomings():
    """A12, A13: QĐ 366 chặn, trước đó cảnh báo."""
    left = (Shortcoming("Chậm giải trình", "fixing"), Shortcoming("Vắng họp", "fixed"))
    before = person(decided="excellent", shortcomings=left)
    after = replace(before, law=QD366)
    assert said(consistency.check_shortcomings(before)) == "A12 cảnh báo"
    assert said(consistency.check_shortcomings(after)) == "A12 chặn"
    assert said(consistency.check_shortcomings(replace(after, decided="good"))) == "–"
    fixed = replace(after, shortcomings=left[1:])
    assert said(consistency.check_shortcomings(fixed)) == "–"
    unsaid = replace(
        before,
        decided="good",
        shortcomings=(Shortcoming("Chậm"),),
        views=(View("unit"),),
    )
    assert said(consistency.check_shortcomings(unsaid)) == "A13 cảnh báo"


def test_copied_between_people():
    """K1: cùng một đoạn, chỉ đổi tên và con số, ở hai đơn vị khác nhau."""
    one = person(
        1,
        name="Lê Văn Ánh",
        views=(spoke("self", (f"Đồng chí Lê Văn Ánh. {LONG}", "")),),
    )
    same = LONG.replace("04", "05").replace("27", "31")
    two = person(
        2, name="Hồ Thị Ý", views=(spoke("self", (f"Đồng chí Hồ Thị Ý. {same}", "")),)
    )
    own = person(3, name="Võ Minh Đạt", views=(spoke("self", (OTHER, "")),))
    found = list(formalism.check_copies([unit(one), unit(two, own)]))
    assert sorted(f.ref[1] for f in found) == [1, 2]
    assert said(found) == "K1 cảnh báo"


def test_nearly_copied_within_a_unit():
    """K1: sửa vài chữ vẫn nhận ra trong cùng đơn vị; hai đoạn khác nhau thì không."""
    long = f"{LONG} {OTHER}"
    changed = long.replace("chuyên đề", "thường xuyên")
    one, two = (
        person(n, name=name, views=(spoke("unit", (text, "")),))
        for n, name, text in ((1, "Lê Văn Ánh", long), (2, "Hồ Thị Ý", changed))
    )
    law = replace(ND90, settings={"copy_likeness": 80})
    near = unit(replace(one, law=law), replace(two, law=law))
    assert said(formalism.check_copies([near])) == "K1 cảnh báo"
    apart = unit(one, person(2, views=(spoke("unit", (OTHER, "")),)))
    assert said(formalism.check_copies([apart])) == "–"


def test_short_common_phrases_are_no_copy():
    one, two = (
        person(n, views=(spoke("unit", ("Chấp hành tốt", "")),)) for n in (1, 2)
    )
    assert not list(formalism.check_copies([unit(one, two)]))


def test_copied_from_last_year():
    """K2."""
    past = Past(2021, texts=(Text(1, strengths=LONG.replace("04", "03")),))
    again = person(views=(spoke("self", (LONG, "")),), last_year=past)
    fresh = person(views=(spoke("self", (OTHER, "")),), last_year=past)
    assert said(formalism.check_last_year(again)) == "K2 cảnh báo"
    assert said(formalism.check_last_year(fresh)) == "–"


def test_nothing_but_none():
    """K3, công văn điểm 4 (Lưu ý)."""
    for words in ("Không có", "không có.", "KHÔNG", "-", "", "Không  có "):
        view = spoke("unit", ("Tốt", words), ("Tốt", words))
        found = formalism.check_nothing_said(person(views=(view,)))
        assert said(found) == "K3 cảnh báo", words
    one_said = spoke("unit", ("Tốt", "Không có"), ("Tốt", "Chậm báo cáo quý II"))
    assert not list(formalism.check_nothing_said(person(views=(one_said,))))
    on_paper = spoke("unit", ("", ""), ("", ""), on_paper=True)
    assert not list(formalism.check_nothing_said(person(views=(on_paper,))))


def test_conclusion_against_ballots():
    """K4: 5/8 phiếu tốt nhưng kết luận xuất sắc, không ghi lý do."""
    votes = {"excellent": 3, "good": 5, "completed": 0, "failed": 0}
    tally = Tally("Người A", 9, 8, 8, 0, votes)
    held = gathered(tallies={1: tally}, concluded={1: "excellent"})
    subject = person()
    assert said(formalism.check_ballots(unit(subject, gathering=held))) == "K4 cảnh báo"
    explained = replace(held, conclusions={1: "Chủ trì kết luận vì …"})
    assert not list(formalism.check_ballots(unit(subject, gathering=explained)))
    agreed = replace(held, concluded={1: "good"})
    assert not list(formalism.check_ballots(unit(subject, gathering=agreed)))


def test_stages_that_differ_without_a_word():
    """K5."""
    views = (View("conference", "good"), View("unit", "excellent"))
    assert said(formalism.check_stages(person(views=views))) == "K5 cảnh báo"
    explained = (views[0], View("unit", "excellent", conclusion="Vì …"))
    assert not list(formalism.check_stages(person(views=explained)))


def test_quarters():
    """Q1, Q2, Q3: quy định địa phương, chỉ cảnh báo khi được bật."""
    quarters = (
        Past(2022, 1, "failed", 45.0),
        Past(2022, 2, "failed", 48.0),
        Past(2022, 3, "good", 80.0),
    )
    on = {rule: Severed(Severity.BLOCK) for rule in ("Q1", "Q2", "Q3")}
    law = replace(QD366, severities=on)
    view = View("unit", texts=(Text(1, points=30.0), Text(2, points=65.0)))
    subject = person(law=law, decided="excellent", quarters=quarters, views=(view,))
    found = list(points.check_quarters(subject))
    assert said(found) == "Q1 cảnh báo, Q2 cảnh báo, Q3 cảnh báo"
    assert points.yearly(quarters) == 173 / 3
    assert points.yearly((Past(2022, 1),)) is None, "chưa chấm không phải là 0"
    apart = replace(subject, quarters=(quarters[0], replace(quarters[1], quarter=3)))
    assert "Q2" not in said(points.check_quarters(apart))
    assert not list(points.check_quarters(replace(subject, law=ND90)))


def test_gap_between_stages():
    """P3: chênh quá mức cho phép phải giải trình."""

    def scored(stage, results, **values):
        return View(
            stage, texts=(Text(1, points=28.0), Text(2, points=results)), **values
        )

    views = (scored("self", 62.0), scored("unit", 55.0))
    assert said(points.check_gaps(person(law=QD366, views=views))) == "P3 cảnh báo"
    explained = (views[0], scored("unit", 55.0, gap_reason="Trừ do chậm báo cáo"))
    assert not list(points.check_gaps(person(law=QD366, views=explained)))
    within = (views[0], scored("unit", 57.0))
    assert not list(points.check_gaps(person(law=QD366, views=within)))


def test_scores_out_of_range_or_missing():
    """P1, P2."""
    view = View("unit", texts=(Text(1, "Chung", points=31.0), Text(2, "Kết quả")))
    found = points.check_scores(person(law=QD366, views=(view,)))
    assert said(found) == "P1 chặn, P2 cảnh báo"


def test_considered_level():
    """Mức đang xét: đã quyết định, nếu chưa thì của bước cuối đã xác nhận."""
    views = (
        View("proposal", "excellent", confirmed=False),
        View("unit", "good"),
        View("self", "excellent"),
    )
    subject = person(views=views)
    assert subject.level == "good"
    assert replace(subject, decided="unrated").level == "unrated"


def test_one_entry_for_the_decision():
    """Quyết định của cấp khác là sự kiện: ghi nhận kèm phát hiện, không chặn."""
    short = person(decided="good", service=Service(worked=Span(4)))
    one = unit(short)
    own = review.levels(one, {1}, {1})
    other = review.levels(one, {1})
    assert said(own, "A1") == "A1 chặn"
    assert said(other, "A1") == "A1 cảnh báo"
    assert {f.rule for f in own} == {f.rule for f in other}
