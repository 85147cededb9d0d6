"""The stages at which somebody says what a subject is worth, in their order.

Source: NĐ 90/2020/NĐ-CP Điều 17-19; the letter, point 4. How papers and lists name a
stage stands in ``workbooks/stages.py``; which of its rows a role may read and write, in
the record rules.
"""

from dataclasses import dataclass

from .dossiers import OPEN_TO_UNIT


@dataclass(frozen=True)
class Stage:
    """A stage of opinion.

    :param label: its opinion, on screens
    :param level_label: the level it proposes, on screens
    :param source: where the law or the letter asks for it
    :param writers: roles that write it; empty where other records do
    :param confirmers: roles that confirm it
    :param author: role whose act it is
    :param open_in: states of the dossier in which it is written
    :param follows: stages whose level it takes up, the nearest first
    :param on_collectives: whether collectives have it, or people alone
    :param has_criteria: whether it says something of each criterion; a unit's papers
        and lists tell what these stages propose
    :param is_comment: whether shortcomings must be named for each criterion
    :param is_counted: whether caps count its level while nothing is decided
    :param settles: whether the office judges here, so that the law's levels are asked
    :param readers: who sees the column of its level; empty: whoever sees the rating
    :param in_lists: whether lists show the column from the start
    """

    code: str
    label: str
    level_label: str
    source: str
    writers: tuple[str, ...] = ("office",)
    confirmers: tuple[str, ...] = ("office",)
    author: str = "office"
    open_in: tuple[str, ...] = ("accepted",)
    follows: tuple[str, ...] = ()
    on_collectives: bool = True
    has_criteria: bool = False
    is_comment: bool = False
    is_counted: bool = True
    settles: bool = False
    readers: tuple[str, ...] = ()
    in_lists: bool = True


CATALOGUE = (
    Stage(
        "self",
        "Self-assessment",
        "Self-Assessment",
        "NĐ 90/2020/NĐ-CP Điều 17 khoản 1.",
        writers=("person", "officer", "office"),
        confirmers=("person", "officer", "office"),
        author="person",
        open_in=OPEN_TO_UNIT,
        on_collectives=False,
        has_criteria=True,
        is_counted=False,
        in_lists=False,
    ),
    Stage(
        "conference",
        "Conference",
        "Conference's Level",
        "NĐ 90/2020/NĐ-CP Điều 17 khoản 2: recorded in the minutes and adopted at the "
        "meeting.",
        writers=(),
        confirmers=(),
        author="officer",
        open_in=OPEN_TO_UNIT,
    ),
    Stage(
        "party",
        "Comment of the party body",
        "Proposed by Party Body",
        "NĐ 90/2020/NĐ-CP Điều 17 khoản 3.",
        writers=("party", "office"),
        confirmers=("party", "office"),
        author="party",
        open_in=OPEN_TO_UNIT,
        on_collectives=False,
        has_criteria=True,
        is_comment=True,
        is_counted=False,
    ),
    Stage(
        "unit",
        "Comment of the unit",
        "Proposed by Unit",
        "The letter, point 4: the unit comments on each criterion and proposes a "
        "level.",
        writers=("officer", "office"),
        confirmers=("head", "office"),
        author="head",
        open_in=OPEN_TO_UNIT,
        follows=("conference",),
        has_criteria=True,
        is_comment=True,
        readers=("officer", "office", "standing"),
    ),
    Stage(
        "appraisal",
        "Appraisal",
        "Appraisal",
        "NĐ 90/2020/NĐ-CP Điều 17 khoản 4: the advisory body proposes content and "
        "level.",
        follows=("unit", "conference"),
        settles=True,
        readers=("office", "standing"),
    ),
    Stage(
        "proposal",
        "Owner's proposal",
        "Owner's Proposal",
        "NĐ 90/2020/NĐ-CP Điều 17 khoản 4: for those whom another authority decides.",
        follows=("appraisal", "unit", "conference"),
        settles=True,
        readers=("office", "standing"),
        in_lists=False,
    ),
)
BY_CODE = {stage.code: stage for stage in CATALOGUE}
# in the order in which they arise; the last one given is considered
STAGES = tuple(BY_CODE)
WRITTEN = tuple(stage.code for stage in CATALOGUE if stage.writers)
WITH_CRITERIA = tuple(stage.code for stage in CATALOGUE if stage.has_criteria)
COMMENTS = tuple(stage.code for stage in CATALOGUE if stage.is_comment)
SETTLING = tuple(stage.code for stage in CATALOGUE if stage.settles)
# what counts while there is no decision, the latest first
COUNTED = tuple(stage.code for stage in reversed(CATALOGUE) if stage.is_counted)
