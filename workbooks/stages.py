"""How papers and lists name the stages; their codes stand in ``rules/stages.py``."""

from typing import NamedTuple


class Named(NamedTuple):
    """A stage as columns name it.

    :param full: the level it proposes
    :param narrow: in the table by units; empty: not there
    :param office: in the tables of the office; empty: they have its ballots instead
    """

    full: str
    narrow: str
    office: str


# in the order in which they speak; the last one decides
NAMED = {
    "self": Named("Tự xếp loại", "Tự xếp loại", "Tự xếp loại"),
    "conference": Named("Hội nghị kết luận", "Hội nghị", ""),
    "party": Named("Cấp ủy đề xuất", "Cấp ủy", "Cấp ủy đề xuất"),
    "unit": Named("Đơn vị đề xuất", "Đơn vị", "Cơ quan, đơn vị đề xuất"),
    "appraisal": Named("Thẩm định đề xuất", "Thẩm định", "Cơ quan thẩm định đề xuất"),
    "proposal": Named("Thường trực đề xuất", "", "Thường trực đề xuất"),
    "decided": Named(
        *("Cấp có thẩm quyền quyết định", "Quyết định"),
        "Cấp có thẩm quyền quyết định",
    ),
}
# what ballots stand beside, and what stands after them
BEFORE, AFTER = ("self",), tuple(NAMED)[1:]
BY_UNIT = tuple(stage for stage, named in NAMED.items() if named.narrow)
