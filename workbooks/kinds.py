"""What the lists hold that offices send us, and how their columns are called."""

from .columns import Column
from .problems import _

_NO = Column("no", _("No."), "text", ("stt", "tt", "so tt", "so thu tu"))
_CODE = Column(
    *("code", _("Code of the person"), "text"),
    ("ma", "ma can bo", "ma ca nhan", "ma so", "ma nhan vien", "ma cb"),
)
_NAME = Column(
    *("name", _("Full name"), "name"),
    (
        *("ho va ten", "ho ten", "ho va ten tap the", "ten", "ho va ten can bo"),
        *("tap the ca nhan", "doi tuong duoc danh gia", "ten tap the ca nhan"),
    ),
    required=True,
)
_BIRTH = Column(
    *("birth_date", _("Date of birth"), "day"),
    ("ngay sinh", "ngay thang nam sinh", "sinh ngay", "nam sinh"),
)
_UNIT = Column(
    *("unit", _("Unit"), "text"),
    (
        *("co quan don vi", "don vi", "don vi cong tac", "co quan", "noi cong tac"),
        *("ma don vi", "ten don vi", "don vi co quan"),
    ),
)
_TITLE = Column(
    *("title", _("Post"), "text"),
    (
        *("chuc vu", "chuc danh", "chuc vu chuc danh", "chuc vu chinh quyen"),
        *("chuc vu dang chinh quyen", "chuc vu don vi cong tac"),
        *("chuc danh chinh quyen", "chuc vu cong tac"),
    ),
)
_PARTY_TITLE = Column(
    *("party_title", _("Post in the Party"), "text"),
    ("chuc vu dang", "chuc danh dang", "chuc vu trong dang"),
)
_AUTHORITY = Column(
    *("authority", _("Decided by"), "text"),
    (
        *("dien quan ly", "cap quan ly", "cap co tham quyen", "cap quyet dinh"),
        *("tham quyen quyet dinh", "tham quyen xep loai"),
    ),
)
_NOTE = Column(
    "note",
    _("Note, not taken over"),
    "text",
    ("ghi chu", "muc ket luan", "ghi chu khac"),
)

ROSTER = (
    *(_NO, _CODE, _NAME, _BIRTH, _UNIT, _TITLE, _PARTY_TITLE, _AUTHORITY),
    Column(
        *("kind", _("Cadre, civil servant or public employee"), "kind"),
        ("loai", "loai doi tuong", "can bo cong chuc", "doi tuong", "ngach loai"),
    ),
    Column(
        *("scope", _("Scope"), "scope"),
        ("pham vi", "pham vi danh gia", "noi xep loai", "noi danh gia"),
    ),
    Column(
        *("is_head", _("Head of the unit"), "flag"),
        ("nguoi dung dau", "la nguoi dung dau", "dung dau"),
    ),
    Column(
        *("is_concurrent", _("Concurrent post"), "flag"),
        ("kiem nhiem", "chuc vu kiem nhiem", "la kiem nhiem"),
    ),
    Column(
        *("group", _("Comparable posts"), "text"),
        ("nhom chuc danh", "nhom chuc danh tuong dong", "nhom tuong dong"),
    ),
    Column(
        *("duties", _("Fields and units in charge"), "text"),
        (
            "linh vuc phu trach",
            "phu trach",
            "nhiem vu phan cong",
            "cong viec phu trach",
        ),
    ),
    Column(
        *("email", _("E-mail"), "email"),
        ("email", "e mail", "thu dien tu", "dia chi email", "hop thu"),
    ),
    Column(
        *("date_from", _("In the post from"), "day"),
        ("tu ngay", "ngay bo nhiem", "ngay bau", "giu chuc vu tu", "ngay giu chuc vu"),
    ),
    Column(
        *("date_to", _("In the post until"), "day"),
        ("den ngay", "ngay thoi giu", "ngay nghi", "giu chuc vu den"),
    ),
    _NOTE,
)

STAGES = ("self", "party", "unit")
VOTES = ("votes_excellent", "votes_good", "votes_completed", "votes_failed")
BALLOTS = ("issued", "collected", "valid", "invalid", *VOTES)
SUMMARY = (
    *(_NO, _CODE, _NAME, _BIRTH, _UNIT, _TITLE, _AUTHORITY),
    Column(
        *("self", _("Self-assessment"), "level"),
        (
            *("ca nhan tu xep loai", "tu xep loai", "ca nhan tu danh gia"),
            *("tu danh gia", "ca nhan tu danh gia xep loai", "tu nhan muc"),
        ),
    ),
    Column("present", _("Present"), "whole", ("co mat", "so nguoi du", "so co mat")),
    Column(
        *("issued", _("Ballots issued"), "whole"),
        ("phat ra", "so phieu phat ra", "phieu phat ra"),
    ),
    Column(
        *("collected", _("Ballots collected"), "whole"),
        ("thu vao", "thu ve", "so phieu thu vao", "so phieu thu ve", "phieu thu vao"),
    ),
    Column("valid", _("Valid ballots"), "whole", ("hop le", "so phieu hop le")),
    Column(
        *("invalid", _("Invalid ballots"), "whole"),
        ("khong hop le", "so phieu khong hop le"),
    ),
    Column(
        *("votes_excellent", _("Votes: excellent"), "whole"),
        ("xs", "hoi nghi xs", "phieu xuat sac", "htxs", "htxsnv"),
    ),
    Column(
        *("votes_good", _("Votes: good"), "whole"),
        ("t", "hoi nghi t", "phieu tot", "htt", "httnv"),
    ),
    Column(
        *("votes_completed", _("Votes: completed"), "whole"),
        ("ht", "hoi nghi ht", "phieu hoan thanh", "htnv"),
    ),
    Column(
        *("votes_failed", _("Votes: not completed"), "whole"),
        ("k", "hoi nghi k", "phieu khong hoan thanh", "kht", "khtnv"),
    ),
    Column(
        *("concluded", _("Concluded by the conference"), "level"),
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
        *("party", _("Proposed by the party body"), "level"),
        (
            *("cap uy de xuat", "cap uy nhan xet de xuat", "cap uy xep loai"),
            *("cap uy", "chi bo de xuat", "cap uy danh gia"),
        ),
    ),
    Column(
        *("unit_level", _("Proposed by the unit"), "level"),
        (
            *("don vi de xuat", "co quan don vi de xuat", "de xuat cua don vi"),
            *("tap the de xuat", "don vi xep loai", "co quan de xuat"),
        ),
    ),
    _NOTE,
)

_LEVEL = Column(
    *("level", _("Level"), "level"),
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
    *("number", _("Number of the document"), "text"),
    (
        *("so quyet dinh", "so ngay quyet dinh", "so van ban", "so ky hieu", "so hieu"),
        *("so ngay van ban", "quyet dinh so", "van ban"),
    ),
)
DECISIONS = (
    *(_NO, _CODE, _NAME, _BIRTH, _UNIT, _TITLE, _LEVEL, _NUMBER),
    Column(
        *("date", _("Date of the document"), "day"),
        ("ngay quyet dinh", "ngay van ban", "ngay ky", "ngay ban hanh", "ngay"),
    ),
    _AUTHORITY,
    Column("signer", _("Signed by"), "text", ("nguoi ky",)),
    Column("reason", _("Reason"), "text", ("ly do", "can cu", "ly do khong xep loai")),
    _NOTE,
)
HISTORY = (
    *(_NO, _CODE, _NAME, _BIRTH, _UNIT, _TITLE),
    Column("year", _("Year"), "year", ("nam", "nam danh gia", "nam xep loai")),
    *(_LEVEL, _NUMBER, _AUTHORITY, _NOTE),
)
# lists of the organs that receive them: never the content, only that it was handed in
DECLARATIONS = (
    *(_NO, _CODE, _NAME, _BIRTH, _UNIT, _TITLE),
    Column(
        *("kind", _("Declaration or supplement"), "declaration"),
        ("loai", "loai ban ke khai", "noi dung", "loai ho so", "ban ke khai"),
    ),
    Column(
        *("date", _("Handed in on"), "day"),
        ("ngay nop", "ngay nhan", "ngay tiep nhan", "ngay giao nhan", "ngay"),
        required=True,
    ),
    Column(
        *("receiver", _("Received by"), "text"),
        (
            "nguoi nhan",
            "noi nhan",
            "co quan tiep nhan",
            "don vi nhan",
            "nguoi tiep nhan",
        ),
    ),
    Column(
        *("reference", _("Reference"), "text"),
        ("so bien nhan", "so tiep nhan", "so phieu", "ky hieu", "so den", "so"),
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

# the second sheet of a blank summary: what stands in the minutes
MEETING = (
    Column("date_start", _("Start"), "moment", ("bat dau", "thoi gian bat dau")),
    Column("date_end", _("End"), "moment", ("ket thuc", "thoi gian ket thuc")),
    Column("place", _("Venue"), "text", ("dia diem",)),
    Column("chair", _("Chair"), "text", ("chu tri", "chu toa")),
    Column("secretary", _("Secretary"), "text", ("thu ky",)),
    Column("convened", _("Convened"), "whole", ("so nguoi trieu tap", "trieu tap")),
    Column("present", _("Present"), "whole", ("so nguoi co mat", "co mat")),
    Column("absent", _("Absent"), "whole", ("so nguoi vang mat", "vang mat", "vang")),
    Column(
        *("absence_reasons", _("Reasons of absence"), "text"),
        ("ly do vang mat", "ly do vang"),
    ),
    Column("minutes_number", _("Number of the minutes"), "text", ("so bien ban",)),
    Column("minutes_date", _("Date of the minutes"), "day", ("ngay bien ban",)),
)
