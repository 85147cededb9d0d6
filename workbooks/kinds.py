"""What the lists hold that offices send us, and how their columns are called."""

from ..rules.texts import _lt
from . import levels
from .columns import YEAR_LEVEL, Column

# what each value is called: English source
LABELS = {
    "absence_reasons": _lt("Reasons of absence"),
    "absent": _lt("Absent"),
    "appraisal": _lt("Appraisal"),
    "authority": _lt("Decided by"),
    "birth_date": _lt("Date of birth"),
    "birth_date_man": _lt("Date of birth: men"),
    "birth_date_woman": _lt("Date of birth: women"),
    "chair": _lt("Chair"),
    "clerk": _lt("Taken In By"),
    "code": _lt("Code of the person"),
    "collected": _lt("Ballots collected"),
    "concluded": _lt("Concluded by the conference"),
    "convened": _lt("Convened"),
    "date": _lt("Date"),
    "date_end": _lt("End"),
    "date_from": _lt("In the post from"),
    "date_start": _lt("Start"),
    "date_to": _lt("In the post until"),
    "decided": _lt("Level decided"),
    "decision": _lt("Number and date of the decision"),
    "duties": _lt("Fields and units in charge"),
    "email": _lt("E-mail"),
    "given_name": _lt("Given name (in a column of its own)"),
    "group": _lt("Comparable posts"),
    "invalid": _lt("Invalid ballots"),
    "is_concurrent": _lt("Concurrent post"),
    "is_head": _lt("Head of the unit"),
    "issued": _lt("Ballots issued"),
    "kind": _lt("Kind"),
    "level": _lt("Level"),
    "minutes_date": _lt("Date of the minutes"),
    "minutes_number": _lt("Number of the minutes"),
    "name": _lt("Full name"),
    "no": _lt("No."),
    "note": _lt("Notes"),
    "number": _lt("Number of the document"),
    "party": _lt("Proposed by the party body"),
    "party_title": _lt("Post in the Party"),
    "place": _lt("Venue"),
    "present": _lt("Present"),
    "proposal": _lt("Owner's proposal"),
    "reason": _lt("Reason"),
    "receiver": _lt("Receiving Organ"),
    "reference": _lt("Reference"),
    "scope": _lt("Scope"),
    "secretary": _lt("Secretary"),
    "self": _lt("Self-assessment"),
    "share": _lt("Share of the level concluded"),
    "signer": _lt("Signed by"),
    "title": _lt("Post"),
    "unit": _lt("Unit"),
    "unit_level": _lt("Proposed by the unit"),
    "valid": _lt("Valid ballots"),
    "year": _lt("Year"),
    "year_level": _lt("Level of the year in the heading"),
    **levels.LABELS,
}

_NO = Column("no", "text", ("stt", "tt", "so tt", "so thu tu"))
_CODE = Column(
    "code",
    "text",
    ("ma", "ma can bo", "ma ca nhan", "ma so", "ma nhan vien", "ma cb"),
)
_NAME = Column(
    "name",
    "name",
    (
        *("ho va ten", "ho ten", "ho va ten tap the", "ho va ten can bo", "ten"),
        *("tap the ca nhan", "doi tuong duoc danh gia", "ten tap the ca nhan"),
        *(
            "ho va ten dem",
            "ho dem",
            "ho va dem",
            "ho lot",
            "ho va chu dem",
            "ho chu dem",
        ),
        *("ho ten dem", "ho va chu lot", "ho ten nguoi nop", "ho va ten nguoi ke khai"),
        *("ho va ten ca nhan", "ho ten can bo", "ho va ten can bo cong chuc"),
    ),
    required=True,
)
# “Tên” is the whole name where nothing else is
_GIVEN = Column(
    "given_name",
    "text",
    ("ten", "ten rieng", "ten goi", "ho va ten ten", "ho ten ten"),
)
_BORN = ("ngay sinh", "ngay thang nam sinh", "sinh ngay", "nam sinh")
_BORN += ("ngay thang nam sinh ngay", "ngay sinh ngay thang nam", "sinh nam")
_BIRTH = Column("birth_date", "birth", _BORN)
_BIRTHS = (
    _BIRTH,
    *(
        Column(f"birth_date_{code}", "birth", tuple(f"{born} {sex}" for born in _BORN))
        for code, sex in (("man", "nam"), ("woman", "nu"))
    ),
)


def ticks_of(*names):
    """Headings of a column in which one level is ticked, alone or under another."""
    above = ("ket qua xep loai", "muc xep loai", "xep loai", "muc xep loai chat luong")
    above += ("ket qua danh gia xep loai", "ket qua", "muc do hoan thanh nhiem vu")
    above += ("ket qua danh gia xep loai chat luong", "ket qua xep loai chat luong")
    above += ("tu xep loai", "de xuat xep loai", "muc do", "xep loai chat luong")
    alone = [name for name in names if " " in name]
    return (*alone, *(f"{group} {name}" for group in above for name in names))


TICKS = tuple(
    Column(f"tick_{level}", "tick", ticks_of(*written.ticked))
    for level, written in levels.WRITTEN.items()
)
_UNIT = Column(
    "unit",
    "text",
    (
        *("co quan don vi", "don vi", "don vi cong tac", "co quan", "noi cong tac"),
        *("ma don vi", "ten don vi", "don vi co quan"),
    ),
)
_TITLE = Column(
    "title",
    "text",
    (
        *("chuc vu", "chuc danh", "chuc vu chuc danh", "chuc vu chinh quyen"),
        *("chuc vu dang chinh quyen", "chuc vu don vi cong tac"),
        *("chuc danh chinh quyen", "chuc vu cong tac"),
    ),
)
_PARTY_TITLE = Column(
    "party_title",
    "text",
    ("chuc vu dang", "chuc danh dang", "chuc vu trong dang"),
)
_AUTHORITY = Column(
    "authority",
    "text",
    (
        *("dien quan ly", "cap quan ly", "cap co tham quyen", "cap quyet dinh"),
        *("tham quyen quyet dinh", "tham quyen xep loai"),
    ),
)
_NOTE = Column(
    "note",
    "text",
    ("ghi chu", "muc ket luan", "ghi chu khac"),
)

ROSTER = (
    *(_NO, _CODE, _NAME, _GIVEN, *_BIRTHS, _UNIT, _TITLE, _PARTY_TITLE, _AUTHORITY),
    Column(
        "kind",
        "kind",
        ("loai", "loai doi tuong", "can bo cong chuc", "doi tuong", "ngach loai"),
    ),
    Column(
        "scope",
        "scope",
        ("pham vi", "pham vi danh gia", "noi xep loai", "noi danh gia"),
    ),
    Column(
        "is_head",
        "flag",
        ("nguoi dung dau", "la nguoi dung dau", "dung dau"),
    ),
    Column(
        "is_concurrent",
        "flag",
        ("kiem nhiem", "chuc vu kiem nhiem", "la kiem nhiem"),
    ),
    Column(
        "group",
        "text",
        ("nhom chuc danh", "nhom chuc danh tuong dong", "nhom tuong dong"),
    ),
    Column(
        "duties",
        "text",
        (
            "linh vuc phu trach",
            "phu trach",
            "nhiem vu phan cong",
            "cong viec phu trach",
        ),
    ),
    Column(
        "email",
        "email",
        ("email", "e mail", "thu dien tu", "dia chi email", "hop thu"),
    ),
    Column(
        "date_from",
        "day",
        ("tu ngay", "ngay bo nhiem", "ngay bau", "giu chuc vu tu", "ngay giu chuc vu"),
    ),
    Column(
        "date_to",
        "day",
        ("den ngay", "ngay thoi giu", "ngay nghi", "giu chuc vu den"),
    ),
    _NOTE,
)

STAGES = ("self", "party", "unit")
VOTES = tuple(f"votes_{level}" for level in levels.WRITTEN)
BALLOTS = ("issued", "collected", "valid", "invalid", *VOTES)
SUMMARY = (
    *(_NO, _CODE, _NAME, _GIVEN, *_BIRTHS, _UNIT, _TITLE, _AUTHORITY),
    *TICKS,
    Column(
        "self",
        "level",
        (
            *("ca nhan tu xep loai", "tu xep loai", "ca nhan tu danh gia"),
            *("tu danh gia", "ca nhan tu danh gia xep loai", "tu nhan muc"),
        ),
    ),
    Column("present", "whole", ("co mat", "so nguoi du", "so co mat")),
    Column(
        "issued",
        "whole",
        ("phat ra", "so phieu phat ra", "phieu phat ra"),
    ),
    Column(
        "collected",
        "whole",
        ("thu vao", "thu ve", "so phieu thu vao", "so phieu thu ve", "phieu thu vao"),
    ),
    Column("valid", "whole", ("hop le", "so phieu hop le")),
    Column(
        "invalid",
        "whole",
        ("khong hop le", "so phieu khong hop le"),
    ),
    *(
        Column(f"votes_{level}", "whole", written.votes)
        for level, written in levels.WRITTEN.items()
    ),
    Column(
        "concluded",
        "level",
        (
            *(
                "hoi nghi ket luan",
                "ket luan",
                "hoi nghi xep loai",
                "ket luan hoi nghi",
            ),
            *("hoi nghi ket luan muc", "ket qua hoi nghi", "hoi nghi danh gia"),
        ),
    ),
    Column(
        "party",
        "level",
        (
            *("cap uy de xuat", "cap uy nhan xet de xuat", "cap uy xep loai"),
            *("cap uy", "chi bo de xuat", "cap uy danh gia"),
        ),
    ),
    Column(
        "unit_level",
        "level",
        (
            *("don vi de xuat", "co quan don vi de xuat", "de xuat cua don vi"),
            *("tap the de xuat", "don vi xep loai", "co quan de xuat"),
        ),
    ),
    _NOTE,
)

_LEVEL = Column(
    "level",
    "level",
    (
        *(
            "muc xep loai",
            "ket qua xep loai",
            "xep loai",
            "cap co tham quyen quyet dinh",
        ),
        *("muc xep loai chat luong", "ket qua", "ket qua danh gia xep loai"),
        *("quyet dinh xep loai", "muc do", "ket qua xep loai chat luong"),
    ),
    required=True,
)
_NUMBER = Column(
    "number",
    "reference",
    (
        *("so quyet dinh", "so ngay quyet dinh", "so van ban", "so ky hieu", "so hieu"),
        *("so ngay van ban", "quyet dinh so", "van ban"),
    ),
)
DECISIONS = (
    *(_NO, _CODE, _NAME, _GIVEN, *_BIRTHS, _UNIT, _TITLE, _LEVEL, _NUMBER),
    *TICKS,
    Column(
        "date",
        "day",
        ("ngay quyet dinh", "ngay van ban", "ngay ky", "ngay ban hanh", "ngay"),
    ),
    _AUTHORITY,
    Column("signer", "text", ("nguoi ky",)),
    Column("reason", "text", ("ly do", "can cu", "ly do khong xep loai")),
    _NOTE,
)
HISTORY = (
    *(_NO, _CODE, _NAME, _GIVEN, *_BIRTHS, _UNIT, _TITLE),
    Column("year", "year", ("nam", "nam danh gia", "nam xep loai")),
    *(_LEVEL, *TICKS, Column(YEAR_LEVEL, "level", ()), _NUMBER, _AUTHORITY, _NOTE),
)
# lists of the organs that receive them: never the content, only that it was handed in
DECLARATIONS = (
    *(_NO, _CODE, _NAME, _GIVEN, *_BIRTHS, _UNIT, _TITLE),
    Column(
        "kind",
        "declaration",
        ("loai", "loai ban ke khai", "noi dung", "loai ho so", "ban ke khai"),
    ),
    Column(
        "date",
        "day",
        (
            *("ngay nop", "ngay nhan", "ngay tiep nhan", "ngay giao nhan", "ngay"),
            "ngay thang nop",
        ),
        # who has not handed in yet stands on the list without a day
        needed=True,
    ),
    Column(
        "receiver", "text", ("noi nhan", "co quan tiep nhan", "don vi nhan", "noi nop")
    ),
    Column("clerk", "text", ("nguoi nhan", "nguoi tiep nhan", "can bo tiep nhan")),
    Column(
        "reference",
        "text",
        (
            *("so bien nhan", "so tiep nhan", "so phieu", "ky hieu", "so den", "so"),
            *("so tham chieu", "so vao so"),
        ),
    ),
    _NOTE,
)

KINDS = {
    "roster": ROSTER,
    "summary": SUMMARY,
    "decisions": DECISIONS,
    "history": HISTORY,
    "declarations": DECLARATIONS,
}

# the value of a list that ticks stand for
TICKED = {"summary": "unit_level", "decisions": "level", "history": "level"}

# the second sheet of a blank summary: what stands in the minutes
MEETING = (
    Column("date_start", "moment", ("bat dau", "thoi gian bat dau")),
    Column("date_end", "moment", ("ket thuc", "thoi gian ket thuc")),
    Column("place", "text", ("dia diem",)),
    Column("chair", "text", ("chu tri", "chu toa")),
    Column("secretary", "text", ("thu ky",)),
    Column("convened", "whole", ("so nguoi trieu tap", "trieu tap")),
    Column("present", "whole", ("so nguoi co mat", "co mat")),
    Column("absent", "whole", ("so nguoi vang mat", "vang mat", "vang")),
    Column(
        "absence_reasons",
        "text",
        ("ly do vang mat", "ly do vang"),
    ),
    Column("minutes_number", "text", ("so bien ban",)),
    Column("minutes_date", "day", ("ngay bien ban",)),
)
