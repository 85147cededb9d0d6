"""The summaries: counts, cells that stay what they are, the sheets read back."""

import io
import unicodedata
from datetime import date, datetime

import openpyxl
import pytest
from cadre_review.workbooks.cells import MAX_TEXT, clean
from cadre_review.workbooks.figures import LEVELS, Ballots, Figures, Subject, count
from cadre_review.workbooks.summary import (
    CampaignSummary,
    UnitLine,
    UnitSummary,
    campaign_workbook,
    period,
    unit_workbook,
)
from hypothesis import given
from hypothesis import strategies as st

LABELS = {
    "excellent": "Hoàn thành xuất sắc nhiệm vụ",
    "good": "Hoàn thành tốt nhiệm vụ",
    "completed": "Hoàn thành nhiệm vụ",
    "failed": "Không hoàn thành nhiệm vụ",
    "unrated": "Không xếp loại",
}
BALLOTS = Ballots(9, {"excellent": 2, "good": 6, "completed": 0, "failed": 0}, "good")
COLLECTIVE = Subject(
    name="Thường trực HĐND phường A",
    unit="Thường trực HĐND phường A",
    is_collective=True,
    authority="Thường trực HĐND thị xã",
    levels={"unit": "good", "decided": "good"},
    labels=LABELS,
    ballots=BALLOTS,
    decision="05-KL/TT ngày 02/12/2022",
)
CHAIR = Subject(
    name="Lê Văn Ánh",
    unit="Thường trực HĐND phường A",
    birth_date=date(1975, 4, 30),
    title="Chủ tịch HĐND",
    authority="Ban Thường vụ Thị ủy",
    levels={
        "self": "excellent",
        "party": "excellent",
        "unit": "excellent",
        "appraisal": "good",
        "decided": "good",
    },
    labels=LABELS,
    ballots=BALLOTS,
)
DEPUTY = Subject(
    name="Trần Thị Bình",
    unit="Thường trực HĐND phường A",
    levels={"unit": "good", "decided": "unrated"},
    labels=LABELS,
    reason="Công tác 4 tháng",
)
GUEST = Subject(name="Hồ Thị Ý", is_rated_here=False, labels=LABELS)
GONE = Subject(
    name="Võ Đi",
    levels={"unit": "excellent"},
    labels=LABELS,
    left_reason="chuyển công tác",
)
SUBJECTS = (COLLECTIVE, CHAIR, DEPUTY, GUEST, GONE)


def unit_paper(subjects=SUBJECTS, **values):
    summary = UnitSummary(
        **{
            "unit": "Thường trực HĐND phường A",
            "period": period("year", 2022),
            "subjects": subjects,
            "issuer": ["HỘI ĐỒNG NHÂN DÂN\nPHƯỜNG A"],
            "place": "Phường A",
            "capacity": ["TM. THƯỜNG TRỰC HĐND PHƯỜNG A", "CHỦ TỊCH"],
            "signer": "Lê Văn Ánh",
            **values,
        }
    )
    return openpyxl.load_workbook(io.BytesIO(unit_workbook(summary)))["Tổng hợp"]


def campaign_book(subjects=SUBJECTS, **values):
    line = UnitLine(
        **{
            "name": "Thường trực HĐND phường A",
            "state": "accepted",
            "subjects": subjects,
            "submitted": date(2022, 12, 2),
            "days_late": 2,
            **values,
        }
    )
    summary = CampaignSummary("Đánh giá năm 2022", "NĂM 2022", [line, line])
    return openpyxl.load_workbook(io.BytesIO(campaign_workbook(summary)))


def row_of(sheet, text, column=2):
    """Values of the first row with the text in the column."""
    for row in sheet.iter_rows(values_only=True):
        if row[column - 1] == text:
            return list(row)
    raise AssertionError(f"{text} is not on the sheet")


def texts(sheet):
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value]


# ----------------------------------------------------------------------
# Figures
# ----------------------------------------------------------------------


def test_count():
    """Those who left and those rated elsewhere are on the sheet, not in the sum."""
    assert count(SUBJECTS, "unit") == Figures(3, (1, 2, 0, 0))
    assert count(SUBJECTS, "decided") == Figures(3, (0, 2, 0, 0))
    assert count(SUBJECTS, "decided").others == 1
    assert count(SUBJECTS, "unit").share == 1 / 3
    assert count([], "unit").share is None


@given(st.lists(st.sampled_from([*LEVELS, "unrated", "pending", None])))
def test_count_adds_up(outcomes):
    subjects = [
        Subject("x", levels={"decided": outcome} if outcome else {})
        for outcome in outcomes
    ]
    figures = count(subjects, "decided")
    assert sum(figures.levels) + figures.others == figures.total == len(outcomes)
    assert figures.others >= 0
    assert figures.share is None or 0 <= figures.share <= 1


def test_ballots_share():
    assert BALLOTS.share == 6 / 9
    assert Ballots(0, {}, "good").share is None
    assert Ballots(9, {"good": 9}).share is None


@pytest.mark.parametrize(
    "kind, number, printed",
    [
        ("year", 0, "NĂM 2022"),
        ("quarter", 3, "QUÝ 3 NĂM 2022"),
        ("term", 0, "NHIỆM KỲ, NĂM 2022"),
    ],
)
def test_period(kind, number, printed):
    assert period(kind, 2022, number) == printed


# ----------------------------------------------------------------------
# Cells
# ----------------------------------------------------------------------

DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "{=1+1}",
    '=HYPERLINK("http://x.example","x")',
    "http://x.example/",
    "mailto:a@x.example",
    "internal:Sheet1!A1",
    "007",
    "1e5",
    "TRUE",
    "_x0041_",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_stays_text(text):
    subject = Subject(
        name=text,
        unit=text,
        title=text,
        authority=text,
        decision=text,
        left_reason=text,
        labels={"good": text},
        levels={"unit": "good"},
    )
    paper = unit_paper(
        [subject], issuer=[text], place=text, capacity=[text], signer=text, unit=text
    )
    book = campaign_book([subject], name=text, note=text)
    for sheet in (paper, *book):
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert text in [cell.value for cell in cells]
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert not [cell for cell in cells if cell.hyperlink]
        for cell in cells:
            if cell.value == text:
                assert cell.data_type == "s"


@given(st.text())
def test_clean(text):
    cleaned = clean(text)
    cleaned.encode()  # no half of a surrogate pair
    assert clean(cleaned) == cleaned
    assert not [c for c in cleaned if unicodedata.category(c) == "Cc" and c != "\n"]


def test_clean_composes_and_shortens():
    assert clean("Đa\u0323t\u0000 \u0007được\r\ntốt\t!") == "Đạt được\ntốt !"
    assert len(clean("a" * 40000)) == MAX_TEXT
    assert clean(None) == ""


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb\ud800", "\ufffe", "x" * 40000])
def test_any_text_gives_a_book_that_opens(text):
    assert clean(text) in ["", *texts(unit_paper([Subject(name=text)]))]
    sheets = ["Tổng hợp", "Theo đơn vị", "Thống kê", "Chi tiết"]
    assert campaign_book([Subject(name=text)]).sheetnames == sheets


# ----------------------------------------------------------------------
# A unit's paper
# ----------------------------------------------------------------------


def test_unit_head():
    found = texts(unit_paper())
    assert "HỘI ĐỒNG NHÂN DÂN" in found
    assert "PHƯỜNG A" in found
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in found
    title = "TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG CÁN BỘ"
    assert found[found.index(title) + 1] == "NĂM 2022"


def test_unit_rows():
    sheet = unit_paper()
    assert row_of(sheet, "Lê Văn Ánh") == [
        1,
        "Lê Văn Ánh",
        datetime(1975, 4, 30),
        "Chủ tịch HĐND",
        "Ban Thường vụ Thị ủy",
        "Hoàn thành xuất sắc nhiệm vụ",
        *(9, 2, 6, 0, 0, pytest.approx(6 / 9)),
        "Hoàn thành tốt nhiệm vụ",
        "Hoàn thành xuất sắc nhiệm vụ",
        "Hoàn thành xuất sắc nhiệm vụ",
        "Hoàn thành tốt nhiệm vụ",
        None,
        None,
    ]
    assert row_of(sheet, "Thường trực HĐND phường A")[0] == 1
    assert row_of(sheet, "Trần Thị Bình")[15:] == [
        "Không xếp loại",
        None,
        "Công tác 4 tháng",
    ]
    assert row_of(sheet, "Hồ Thị Ý")[17] == "Kiểm điểm tại đây, xếp loại nơi khác"
    assert row_of(sheet, "Võ Đi")[17] == "Đã rời đợt đánh giá: chuyển công tác"


def test_unit_totals():
    sheet = unit_paper()
    totals = row_of(sheet, "TỔNG CỘNG")
    assert totals[6:13] == [
        *("Tổng số", "XS", "T", "HT", "K", "% XS"),
        "Chưa, không xếp loại",
    ]
    people = row_of(sheet, "Cá nhân – đơn vị đề xuất")
    assert people[6:13] == [2, 1, 1, 0, 0, 0.5, 0]
    decided = row_of(sheet, "Cá nhân – cấp có thẩm quyền quyết định")
    assert decided[6:13] == [2, 0, 1, 0, 0, 0, 1]
    collective = row_of(sheet, "Tập thể – cấp có thẩm quyền quyết định")
    assert collective[6:13] == [1, 0, 1, 0, 0, 0, 0]


def test_unit_signatures():
    found = texts(unit_paper())
    assert "Phường A, ngày …… tháng …… năm ………" in found
    assert "NGƯỜI LẬP BIỂU" in found
    place = found.index("TM. THƯỜNG TRỰC HĐND PHƯỜNG A")
    assert found[place + 1 :][-1] == "Lê Văn Ánh"
    assert "CHỦ TỊCH" in found


def test_unit_page():
    sheet = unit_paper()
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    header = next(c.row for r in sheet.iter_rows() for c in r if c.value == "STT")
    assert sheet.print_title_rows == f"${header}:${header + 1}"
    assert sheet.freeze_panes == f"C{header + 2}"
    assert sheet.cell(header + 2, 2).value == "I. TẬP THỂ"


def test_formats():
    sheet = unit_paper()
    chair = next(c for r in sheet.iter_rows() for c in r if c.value == "Lê Văn Ánh")
    assert sheet.cell(chair.row, 3).number_format == "dd/mm/yyyy"
    assert sheet.cell(chair.row, 12).number_format == "0.0%"
    assert chair.font.name == "Times New Roman"


def test_unit_without_anything():
    found = texts(
        unit_paper([], issuer=[], place="", capacity=[], signer="", unit="Ban A")
    )
    assert "Ban A" in found
    assert "…………, ngày …… tháng …… năm ………" in found


# ----------------------------------------------------------------------
# A campaign's book
# ----------------------------------------------------------------------


def test_campaign_units():
    sheet = campaign_book()["Tổng hợp"]
    assert row_of(sheet, "Thường trực HĐND phường A") == [
        1,
        "Thường trực HĐND phường A",
        "Đạt yêu cầu",
        datetime(2022, 12, 2),
        2,
        "Hoàn thành tốt nhiệm vụ",
        "Hoàn thành tốt nhiệm vụ",
        2,
        *(1, 1, 0, 0, 0, 0.5),
        *(0, 1, 0, 0, 1, 0),
        None,
    ]
    total = row_of(sheet, "Tổng cộng")
    assert total[7:20] == [4, 2, 2, 0, 0, 0, 0.5, 0, 2, 0, 0, 2, 0]
    collectives = row_of(sheet, "Tập thể – đơn vị đề xuất")
    assert collectives[8:15] == [2, 0, 2, 0, 0, 0, 0]


def test_campaign_details():
    sheet = campaign_book()["Chi tiết"]
    header = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 1 + 2 * len(SUBJECTS)
    chair = dict(zip(header, row_of(sheet, "Lê Văn Ánh", 4), strict=True))
    assert chair["STT"] == 2
    assert chair["Đối tượng"] == "Cá nhân"
    assert chair["Hội nghị kết luận"] == "Hoàn thành tốt nhiệm vụ"
    assert chair["Thẩm định đề xuất"] == "Hoàn thành tốt nhiệm vụ"
    assert sheet.auto_filter.ref == f"A1:V{sheet.max_row}"
    assert sheet.freeze_panes == "E2"


def test_campaign_without_units():
    empty = CampaignSummary("Đợt", "NĂM 2022", [])
    book = openpyxl.load_workbook(io.BytesIO(campaign_workbook(empty)))
    assert row_of(book["Tổng hợp"], "Tổng cộng")[7] == 0
    assert book["Chi tiết"].max_row == 1
