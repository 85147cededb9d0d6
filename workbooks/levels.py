"""How lists and forms write the levels; their codes stand in ``rules/levels.py``."""

from typing import NamedTuple

from ..rules.texts import _lt


class Written(NamedTuple):
    """A level as it is written.

    :param short: in a narrow column
    :param full: in a legend
    :param words: what a cell may say
    :param ticked: headings of a column in which it is ticked
    :param votes: headings of the column with its votes
    """

    short: str
    full: str
    words: tuple
    ticked: tuple
    votes: tuple


# best first
WRITTEN = {
    "excellent": Written(
        "XS",
        "hoàn thành xuất sắc nhiệm vụ",
        ("xs", "htxs", "htxsnv", "xuat sac", "hoan thanh xuat sac"),
        ("hoan thanh xuat sac nhiem vu", "hoan thanh xuat sac", "htxsnv", "xs"),
        ("xs", "hoi nghi xs", "phieu xuat sac", "htxs", "htxsnv"),
    ),
    "good": Written(
        "T",
        "hoàn thành tốt nhiệm vụ",
        ("t", "htt", "httnv", "tot", "hoan thanh tot"),
        ("hoan thanh tot nhiem vu", "hoan thanh tot", "httnv", "t"),
        ("t", "hoi nghi t", "phieu tot", "htt", "httnv"),
    ),
    "completed": Written(
        "HT",
        "hoàn thành nhiệm vụ",
        ("ht", "htnv", "hoan thanh"),
        ("hoan thanh nhiem vu", "hoan thanh", "htnv", "ht"),
        ("ht", "hoi nghi ht", "phieu hoan thanh", "htnv"),
    ),
    "failed": Written(
        "K",
        "không hoàn thành nhiệm vụ",
        ("k", "kht", "khtnv", "khong hoan thanh", "chua hoan thanh"),
        ("khong hoan thanh nhiem vu", "khong hoan thanh", "khtnv", "k"),
        ("k", "hoi nghi k", "phieu khong hoan thanh", "kht", "khtnv"),
    ),
}
# what a cell may say where there is no level
NO_LEVEL = {
    "unrated": ("kxl", "khong danh gia", "khong xep loai", "khong"),
    "pending": ("cxl", "chua danh gia", "chua"),
    "elsewhere": ("noi khac", "noi khac xep loai", "xep loai noi khac"),
}
# level → its abbreviation in a narrow column
LEVELS = {level: written.short for level, written in WRITTEN.items()}
SHORT = "/".join(LEVELS.values())
LEGEND = "; ".join(f"{written.short}: {written.full}" for written in WRITTEN.values())
# what the columns are called: English source
LABELS = {
    "tick_completed": _lt("Tick: completed"),
    "tick_excellent": _lt("Tick: excellent"),
    "tick_failed": _lt("Tick: not completed"),
    "tick_good": _lt("Tick: good"),
    "votes_completed": _lt("Votes: completed"),
    "votes_excellent": _lt("Votes: excellent"),
    "votes_failed": _lt("Votes: not completed"),
    "votes_good": _lt("Votes: good"),
}
