"""Every rule with the severity and the article it has unless a regulation says
otherwise, and every setting with its cautious default.

A regulation gives a rule another severity or article, or switches it off; what the
law does not fix for certain is a setting, and names its source where it is set. A code
has one meaning, and what is found under it is found through the law of its subject.
"""

from dataclasses import dataclass

from .findings import Severity
from .texts import _lt

BLOCK, WARN, INFO = Severity.BLOCK, Severity.WARN, Severity.INFO
_ND90 = "NĐ 90/2020/NĐ-CP"
_LETTER = "Công văn triển khai"
_ND30 = "NĐ 30/2020/NĐ-CP"
_MINUTES = f"{_ND30} Phụ lục III Mẫu 1.9"
_HD21 = "HD 21-HD/BTCTW (2019)"
_PLAN_FORM = "HD 43-HD/BTCTW Mẫu 01 phần III"
_CUSTOM = "thông lệ"


@dataclass(frozen=True)
class Rule:
    """``fixed``: not law, but what the records need to make sense; no regulation
    changes it."""

    title: str
    severity: Severity | None
    article: str = ""
    fixed: bool = False


@dataclass(frozen=True)
class Setting:
    """``kind`` is how the value is read: number, choice among ``choices``, or flag."""

    title: str
    default: object
    kind: str = "number"
    choices: tuple[str, ...] = ()


RULES = {
    # A: eligibility and level
    "A0": Rule(_lt("A regulation for every subject"), BLOCK, fixed=True),
    "A1": Rule(
        _lt("Under six months of work: no level"), BLOCK, f"{_ND90} Điều 2 khoản 3"
    ),
    "A1a": Rule(_lt("Reason for giving no level"), BLOCK, f"{_ND90} Điều 2 khoản 3"),
    "A2": Rule(
        _lt("Absent three to under six months: at most completed"),
        BLOCK,
        f"{_ND90} Điều 2 khoản 3",
    ),
    "A3": Rule(
        _lt("Maternity leave: the time worked counts"), INFO, f"{_ND90} Điều 2 khoản 3"
    ),
    "A4": Rule(
        _lt("Disciplined in the year: not completed"), BLOCK, f"{_ND90} Điều 7, 11, 15"
    ),
    "A6": Rule(
        _lt("A head is not rated above the unit"),
        BLOCK,
        "Luật Cán bộ, công chức Điều 56; Luật Viên chức Điều 41 khoản 2",
    ),
    "A7": Rule(_lt("An elected head is not rated above the unit"), WARN),
    "A8": Rule(_lt("A collective is not rated above its organ"), BLOCK, _HD21),
    "A9a": Rule(
        _lt("A member warned or worse: the collective has not completed"),
        BLOCK,
        _HD21,
    ),
    "A9b": Rule(
        _lt("A disciplined member: the collective is not excellent"),
        None,
        "QĐ 366-QĐ/TW Điều 11",
    ),
    "A9c": Rule(
        _lt("A member disciplined for duty: the collective has not completed"),
        None,
        "QĐ 366-QĐ/TW Điều 11",
    ),
    "A10": Rule(
        _lt("Figures of the unit against the level"), WARN, f"{_ND90} Điều 4-15"
    ),
    "A11": Rule(_lt("Points against the level"), None, ""),
    "A12": Rule(
        _lt("Excellent only when earlier shortcomings are remedied"),
        WARN,
        _HD21,
    ),
    "A13": Rule(
        _lt("Earlier shortcomings without a status"), WARN, f"{_LETTER}, điểm 2"
    ),
    "A14": Rule(_lt("Weak collective: head and deputies"), None),
    # B: caps
    "B1": Rule(_lt("Share of excellent above the cap"), WARN),
    "B2": Rule(_lt("Base of the cap not settled"), WARN),
    "B4": Rule(_lt("The cap of the group is zero"), WARN),
    # C: order and meeting
    "C1": Rule(_lt("The collective before the people"), BLOCK, _HD21),
    "C2": Rule(_lt("The head before deputies and members"), WARN, _HD21),
    "C3": Rule(
        _lt("Self-assessment before the conference"), BLOCK, f"{_ND90} Điều 17 khoản 1"
    ),
    "C4": Rule(_lt("Minutes adopted"), BLOCK, f"{_ND90} Điều 17 khoản 2"),
    "C4a": Rule(_lt("A conclusion on everybody"), BLOCK, f"{_ND90} Điều 17 khoản 2"),
    "C5": Rule(_lt("What the minutes state"), BLOCK, _MINUTES),
    "C6": Rule(_lt("Attendance"), None, _CUSTOM),
    "C6a": Rule(_lt("Attendance at a session of the authority"), WARN, _CUSTOM),
    "C7": Rule(_lt("Ballots that add up"), BLOCK, f"{_ND90} Điều 17 khoản 2"),
    "C7a": Rule(_lt("Votes of a session that add up"), BLOCK, _MINUTES),
    "C8": Rule(_lt("A level proposed"), BLOCK, f"{_ND90} Điều 17"),
    "C8a": Rule(
        _lt("Reason for concluding otherwise than the ballots"), BLOCK, _CUSTOM
    ),
    "C8b": Rule(_lt("Majority for a conclusion"), WARN, _CUSTOM),
    "C11": Rule(_lt("Draft report sent in time"), None, "HD 43-HD/BTCTW"),
    "C12": Rule(_lt("Length of the review"), None, "HD 43-HD/BTCTW"),
    "C13": Rule(
        _lt("Comments of the unit and the party body"), WARN, f"{_ND90} Điều 17 khoản 3"
    ),
    "C13a": Rule(
        _lt("Comment of the party body before the final proposal"),
        BLOCK,
        f"{_ND90} Điều 17 khoản 3",
    ),
    "C14": Rule(
        _lt("Strengths and shortcomings for each criterion"),
        BLOCK,
        f"{_LETTER}, điểm 4 (Lưu ý)",
    ),
    "C16": Rule(_lt("Comment of the former unit"), WARN, f"{_ND90} Điều 20"),
    "C18": Rule(
        _lt("Nobody signs or decides on themselves"), BLOCK, f"{_ND90} Điều 16"
    ),
    # what becomes of a result once it is decided
    "C19": Rule(
        _lt("The notice follows the decision"), BLOCK, f"{_ND90} Điều 17 khoản 5"
    ),
    "C19a": Rule(
        _lt("Every result notified in writing"), BLOCK, f"{_ND90} Điều 17 khoản 5"
    ),
    "C19b": Rule(
        _lt("Published after the notice only"), BLOCK, f"{_ND90} Điều 17 khoản 5"
    ),
    "C20": Rule(_lt("An objection follows the notice"), BLOCK, _ND90),
    "C20a": Rule(_lt("An objection within the days given for it"), BLOCK, _ND90),
    "C20b": Rule(_lt("One objection to one result"), BLOCK, _ND90),
    "C20c": Rule(_lt("The authority's answer to an objection"), BLOCK, _ND90),
    "C21": Rule(
        _lt("What is decided is only superseded, with a reason"),
        BLOCK,
        f"{_ND90} Điều 17",
    ),
    "C22": Rule(
        _lt("Review before the unit's year-end meeting"), WARN, f"{_LETTER}, điểm 1"
    ),
    "C23": Rule(_lt("Review by its last day"), WARN, f"{_LETTER}, điểm 4"),
    # order and competence of those who conclude and decide
    "C24": Rule(_lt("The authority that decides"), BLOCK, f"{_ND90} Điều 16; {_HD21}"),
    "C25": Rule(
        _lt("Conference, session and decision in this order"),
        BLOCK,
        f"{_ND90} Điều 17 khoản 2-4",
    ),
    "C26": Rule(
        _lt("Reason for another level than the one proposed, or for putting it off"),
        BLOCK,
        f"{_ND90} Điều 17 khoản 4",
    ),
    "C27": Rule(
        _lt("The appraisal comes before the decision"),
        BLOCK,
        f"{_ND90} Điều 17 khoản 4",
    ),
    "C28": Rule(_lt("Every rating decided"), BLOCK, f"{_ND90} Điều 17 khoản 4"),
    # D: dossier
    "D1": Rule(_lt("Papers of the dossier"), WARN, f"{_LETTER}, điểm 4 (Hồ sơ gồm)"),
    "D1a": Rule(
        _lt("Every paper found to conform"), BLOCK, f"{_LETTER}, điểm 4 (Hồ sơ gồm)"
    ),
    "D1b": Rule(
        _lt("A paper provided has a file or a place"),
        BLOCK,
        f"{_LETTER}, điểm 4 (Hồ sơ gồm)",
    ),
    "D2": Rule(_lt("Number of sets"), WARN, f"{_LETTER}, điểm 4"),
    "D3": Rule(_lt("Number, date and signer of a paper"), WARN, f"{_ND30} Điều 8"),
    "D3a": Rule(_lt("Number and signer of a decision"), BLOCK, f"{_ND30} Điều 15"),
    "D3b": Rule(_lt("A number is borne once"), BLOCK, f"{_ND30} Điều 15", fixed=True),
    "D3c": Rule(
        _lt("Capacity in which a collective's decision is signed"),
        WARN,
        f"{_ND30} Điều 13 khoản 2",
    ),
    "D3d": Rule(_lt("Capacity in which papers of the Party are signed"), INFO),
    "D5": Rule(_lt("Handed in late"), WARN, f"{_LETTER}, điểm 4"),
    "D6": Rule(_lt("Reasons of a request for completion"), BLOCK, f"{_LETTER}, điểm 6"),
    "D7": Rule(_lt("Every unit's dossier accepted"), BLOCK, f"{_LETTER}, điểm 6"),
    "D8": Rule(
        _lt("Asset declaration and CV supplement handed over"),
        WARN,
        f"{_LETTER}, điểm 4 (Lưu ý)",
    ),
    "D8a": Rule(
        _lt("Day and receiving organ of a receipt"),
        BLOCK,
        "Luật Phòng, chống tham nhũng 2018 Điều 37",
    ),
    "D10": Rule(_lt("A line for every shortcoming"), BLOCK, f"{_LETTER}, điểm 5"),
    "D10a": Rule(
        _lt("Remedy, responsible, monitor and day of a shortcoming"),
        BLOCK,
        f"{_LETTER}, điểm 5",
    ),
    "D10b": Rule(
        _lt("A plan where shortcomings were recorded"), WARN, f"{_LETTER}, điểm 5"
    ),
    "D10c": Rule(_lt("Nobody monitors themselves"), BLOCK, f"{_LETTER}, điểm 5"),
    "D11": Rule(_lt("Evidence that a shortcoming is remedied"), BLOCK, _PLAN_FORM),
    "D11a": Rule(_lt("Shortcomings left when a plan ends"), WARN, _PLAN_FORM),
    "D14": Rule(
        _lt("Rating again upon report and by order"), BLOCK, f"{_LETTER}, điểm 6"
    ),
    # E: deadlines
    "E3": Rule(_lt("Last day on a weekend"), INFO),
    "E4": Rule(_lt("Order of the deadlines"), BLOCK, f"{_LETTER}, điểm 4"),
    # F: who and what is in scope
    "F1": Rule(_lt("Units in the scope of a campaign"), BLOCK, f"{_LETTER}, Kính gửi"),
    "F2": Rule(_lt("A head for every unit"), WARN, f"{_LETTER}, điểm 3"),
    "F3": Rule(_lt("Units that exist"), BLOCK, f"{_LETTER}, Kính gửi"),
    "F4": Rule(_lt("A post in force"), BLOCK, f"{_ND90} Điều 20"),
    "F5": Rule(_lt("One main post"), BLOCK, _HD21),
    # H: contradictions in the register, for the officer who checks
    "H1": Rule(_lt("Minutes against the conference"), WARN, f"{_ND90} Điều 17 khoản 2"),
    "H2": Rule(_lt("Dated before the conference"), WARN, f"{_LETTER}, điểm 6"),
    "H3": Rule(_lt("Dated after the hand-in"), WARN, f"{_LETTER}, điểm 6"),
    "H4": Rule(_lt("One paper on two lines"), WARN, f"{_LETTER}, điểm 6"),
    "H5": Rule(_lt("Signed by the person it is about"), WARN, f"{_ND90} Điều 16"),
    "H6": Rule(_lt("File against its line"), WARN, f"{_LETTER}, điểm 6"),
    "H7": Rule(_lt("Another officer found otherwise"), WARN),
    # L: collective and persons together (the letter, point 2)
    "L1": Rule(_lt("Targets of the unit"), WARN, f"{_LETTER}, điểm 2"),
    "L2": Rule(_lt("Line on signs of degradation"), WARN, f"{_LETTER}, điểm 2"),
    "L3": Rule(
        _lt("Signs of degradation against the level"), WARN, f"{_ND90} Điều 7, 11, 15"
    ),
    "L4": Rule(
        _lt("The collective's report completed after the people's review"),
        WARN,
        f"{_LETTER}, điểm 2",
    ),
    "L5": Rule(_lt("Documents of the campaign studied"), INFO, f"{_LETTER}, điểm 1"),
    "L6": Rule(_lt("Answers to the points suggested"), WARN, _HD21),
    "L7": Rule(_lt("Sections of the collective's report"), WARN, f"{_HD21} Mẫu 01"),
    "L8": Rule(
        _lt("The level a collective proposes for itself"), BLOCK, f"{_HD21} Mẫu 01"
    ),
    # P: points and quarters
    "P1": Rule(_lt("Points outside a criterion's range"), BLOCK, fixed=True),
    "P2": Rule(_lt("Points missing"), WARN),
    "P3": Rule(_lt("Gap of points between stages"), WARN),
    "Q1": Rule(_lt("A quarter not completed: not excellent"), None),
    "Q2": Rule(_lt("Two quarters running not completed"), None),
    "Q3": Rule(_lt("Points of the quarters against the year"), None),
    # K: formalism
    "K1": Rule(_lt("Text copied between people"), WARN, f"{_LETTER}, điểm 1"),
    "K2": Rule(_lt("Text copied from last year"), WARN, f"{_LETTER}, điểm 1"),
    "K3": Rule(_lt("Nothing but “không có”"), WARN, f"{_LETTER}, điểm 4 (Lưu ý)"),
    "K4": Rule(_lt("Conclusion against the ballots"), WARN, f"{_LETTER}, điểm 6"),
    "K5": Rule(_lt("Stages that contradict each other"), WARN, f"{_LETTER}, điểm 6"),
    # S: what is keyed for somebody else
    "S1": Rule(_lt("Source of what is keyed for others"), BLOCK, fixed=True),
    "S2": Rule(_lt("The signed paper behind what is keyed"), BLOCK, fixed=True),
    # W: what a record needs to be worked with
    "W1": Rule(_lt("The date of a document"), BLOCK, fixed=True),
    "W2": Rule(_lt("Nothing dated in the future"), BLOCK, fixed=True),
    "W3": Rule(_lt("What a document is about"), BLOCK, fixed=True),
    "W4": Rule(_lt("Words where words are asked for"), BLOCK, fixed=True),
    "W5": Rule(_lt("A new last day lies ahead"), BLOCK, fixed=True),
    "W6": Rule(
        _lt("A level where one is given"), BLOCK, f"{_ND90} Điều 17 khoản 4", fixed=True
    ),
    # R: a regulation that can be used
    "R1": Rule(_lt("One regulation on any day"), BLOCK, fixed=True),
    "R2": Rule(_lt("Bands that cover the points"), BLOCK, fixed=True),
    "R3": Rule(_lt("Points that add up"), BLOCK, fixed=True),
    "R4": Rule(_lt("Caps that are shares"), BLOCK, fixed=True),
    "R5": Rule(_lt("Levels that exist"), BLOCK, fixed=True),
    "R6": Rule(_lt("Rules and settings that exist"), BLOCK, fixed=True),
}
# those on which a regulation may say otherwise
REGULATED = {code: rule for code, rule in RULES.items() if not rule.fixed}

SETTINGS = {
    "min_months": Setting(_lt("Months of work needed for a level (0: none)"), 6),
    "absence_from": Setting(
        _lt("Months of absence from which the ceiling holds (0: none)"), 3
    ),
    "absence_to": Setting(_lt("Months of absence to which the ceiling holds"), 6),
    "discipline_scope": Setting(
        _lt("Discipline that decides the level"), "duty", "choice", ("duty", "any")
    ),
    "discipline_once": Setting(_lt("A violation counts in one year only"), 1, "flag"),
    "discipline_old_organ": Setting(
        _lt("A violation at the former unit counts there"), 0, "flag"
    ),
    # figures of the unit, in per cent; 0 means that the text names none
    "excellent_done": Setting(_lt("Excellent: targets done, at least %"), 0),
    "excellent_exceeded": Setting(_lt("Excellent: targets exceeded, at least %"), 0),
    "good_done": Setting(_lt("Good: targets done, at least %"), 0),
    "good_on_time": Setting(_lt("Good: targets on time, at least %"), 0),
    "completed_done": Setting(_lt("Completed: targets done, at least %"), 0),
    "completed_late": Setting(_lt("Completed: targets late, at most %"), 0),
    "failed_done": Setting(_lt("Not completed: targets done, under %"), 0),
    "weak_collective_done": Setting(_lt("Weak collective: targets done, under %"), 0),
    "points_tolerance": Setting(_lt("Gap of points that needs no explanation"), 5),
    "quorum": Setting(_lt("Attendance expected, %"), 0),
    "vote_threshold": Setting(_lt("Votes for a level, more than %"), 50),
    "vote_base": Setting(
        _lt("Votes counted over"), "valid", "choice", ("valid", "present", "convened")
    ),
    "draft_days": Setting(_lt("Working days for the draft report"), 0),
    "review_days": Setting(_lt("Days planned for the review"), 0),
    "copy_length": Setting(_lt("Letters from which equal text counts as copied"), 60),
    "copy_likeness": Setting(_lt("Likeness that counts as copied, %"), 90),
}
