"""What a dossier still lacks, as Rà soát shows it and as the moves refuse it."""

from dataclasses import replace
from datetime import datetime

from cadre_review.rules import completeness, review
from cadre_review.rules.deadlines import Deadline
from cadre_review.rules.dossiers import Paper
from cadre_review.rules.findings import Severity
from cadre_review.rules.law import Severed
from cadre_review.rules.meetings import Meeting, Tally
from cadre_review.rules.spans import Span
from cadre_review.rules.subjects import Gathering, Service, Subject, Text, Unit, View
from laws import HD21, ND90
from tables import said

PERSON = Subject(1, "Trần Thị Bình", "official", ND90, 2022)
COLLECTIVE = Subject(2, "Thường trực HĐND phường A", "collective", HD21, 2022)
MINUTES = Meeting(
    "Hội nghị",
    datetime(2022, 11, 20, 8),
    datetime(2022, 11, 20, 11),
    "Trụ sở",
    "Lê Văn Chủ",
    "Trần Thị Thư",
    9,
    9,
    0,
)
BALLOTS = Tally("Trần Thị Bình", 9, 9, 9, 0, {"good": 9})
HELD = Gathering(MINUTES, tallies={1: BALLOTS}, concluded={1: "good", 2: "good"})


def unit(*subjects, **values):
    return Unit(7, "Thường trực HĐND phường A", HD21, subjects, **values)


def test_nothing_is_there_yet():
    """C3, C4, C13: bản tự đánh giá, biên bản, nhận xét; tập thể không cần hai bước."""
    assert said(completeness.check(unit(PERSON))) == "C13 cảnh báo, C3 chặn, C4 chặn"
    assert said(completeness.check(unit(COLLECTIVE))) == "C13 cảnh báo, C4 chặn"


def test_everything_is_there():
    """Đã có ý kiến thì đủ, dù người xem không được xem nội dung."""
    spoken = frozenset({"self", "party", "unit"})
    done = unit(
        replace(PERSON, spoken=spoken),
        replace(COLLECTIVE, views=(View("unit", "good"),)),
        gathering=HELD,
        has_adopted=True,
        papers=(Paper("Biên bản", "provided"), Paper("Phiếu", "conforming")),
    )
    assert not list(completeness.check(done))


def test_papers():
    """D1: thiếu hoặc không đạt; mỗi thành phần nêu tên."""
    papers = tuple(Paper(s, s) for s in ("missing", "provided", "conforming", "failed"))
    found = list(completeness.check_papers(unit(papers=papers)))
    assert [finding.record for finding in found] == ["missing", "failed"]
    assert said(found) == "D1 cảnh báo"


def test_minutes_and_ballots():
    """C5, C7: biên bản phải nêu đủ; số phiếu phải khớp."""
    wrong = replace(
        HELD,
        meeting=replace(MINUTES, present=8),
        tallies={1: replace(BALLOTS, valid=8)},
    )
    found = completeness.check_minutes(unit(PERSON, gathering=wrong, has_adopted=True))
    assert said(found) == "C5 chặn, C7 chặn"


def test_conclusion_on_everybody_with_a_level():
    """C4a: người chưa đủ 6 tháng không phải có kết luận về mức."""
    open_ = replace(HELD, concluded={})
    assert said(completeness.check_conclusion(PERSON, open_)) == "C4a chặn"
    short = replace(PERSON, service=Service(worked=Span(4)))
    assert not list(completeness.check_conclusion(short, open_))


def test_draft_opinion():
    """C8, C14: ý kiến đang soạn còn thiếu gì."""
    draft = View(
        "unit", name="Bình – Nhận xét", confirmed=False, texts=(Text(1, "Kết quả"),)
    )
    found = list(completeness.check_drafts(replace(PERSON, views=(draft,))))
    assert said(found) == "C14 chặn, C8 chặn"
    assert {finding.record for finding in found} == {"Bình – Nhận xét"}


def test_a_regulation_says_how_hard_each_stands():
    """Mức độ và điều khoản theo quy định, kể cả tắt."""
    law = replace(
        HD21,
        severities={
            "C4": Severed(None),
            "C5": Severed(Severity.WARN, "Quy chế làm việc Điều 3"),
            "D1": Severed(Severity.INFO),
        },
    )
    one = replace(
        unit(papers=(Paper("Phiếu", "missing"),)),
        law=law,
        gathering=replace(HELD, meeting=replace(MINUTES, present=8)),
    )
    found = list(completeness.check(one))
    assert said(found) == "C5 cảnh báo, D1 ghi chú"
    assert found[-1].article == "Quy chế làm việc Điều 3"
    assert {finding.ref for finding in found} == {("unit", 7)}


def test_hand_in_softens_levels_only():
    """Mức mới chỉ là đề xuất: cảnh báo; biên bản chưa thông qua: chặn."""
    short = replace(PERSON, decided="good", service=Service(worked=Span(4)))
    found = review.at_hand_in(unit(short))
    assert said(found, "A1") == "A1 cảnh báo"
    assert said(found, "C4") == "C4 chặn"


def test_campaign_says_what_has_not_come_in():
    """D7, E4: hồ sơ chưa nộp chỉ nêu là chưa tiếp nhận; đã nộp thì nêu đủ."""
    away = unit(PERSON)
    here = replace(away, is_handed_in=True)
    done = replace(here, is_accepted=True)
    both = [
        Deadline("review", "Kiểm điểm", datetime(2022, 12, 1).date(), "by"),
        Deadline("dossier", "Hồ sơ", datetime(2022, 11, 30).date(), "by"),
    ]
    rules = ("C3", "D7", "E4")

    def found(one, **values):
        whole = review.Campaign("Đợt", (one,), law=HD21, **values)
        return said(review.campaign(whole), *rules)

    assert found(away) == "D7 chặn"
    assert found(here) == "C3 chặn, D7 chặn"
    assert found(done) == "C3 chặn"
    assert found(away, deadlines=both) == "D7 chặn, E4 chặn"
