"""Who may what, in words of the house: role × model × operation × whose × state.

Written from the design of the roles, not from the access lines and rules. The matrix
test holds it against what the ORM really lets a user of each role do; `dev/access`
prints it as docs/ACCESS.md. Plain Python: neither needs Odoo to read it.
"""

from typing import NamedTuple

# ----------------------------------------------------------------------
# CLASSES OF MODELS
# ----------------------------------------------------------------------

# read by every role; kept by the administrator or the office
REFERENCE = {
    "cadre.review.unit",
    "cadre.review.party.body",
    "cadre.review.authority",
    "cadre.review.regulation",
    "cadre.review.level.label",
    "cadre.review.criterion",
    "cadre.review.band",
    "cadre.review.regulation.rule",
    "cadre.review.regulation.setting",
    "cadre.review.regulation.section",
    "cadre.review.post.group",
    "cadre.review.paper.kind",
    "cadre.review.fault",
    "cadre.review.document",
    "cadre.review.member",
    "cadre.review.campaign",
    "cadre.review.deadline",
    "cadre.review.legal.basis",
    "cadre.review.step",
    "cadre.review.holiday",
    "cadre.review.form",
    "cadre.review.form.column",
}
# rows belong to a unit; what one unit has is nothing to another
UNIT_SCOPED = {
    "cadre.review.cadre",
    "cadre.review.post",
    "cadre.review.fact",
    "cadre.review.dossier",
    "cadre.review.paper",
    "cadre.review.rating",
    "cadre.review.opinion",
    "cadre.review.opinion.line",
    "cadre.review.conference",
    "cadre.review.conference.subject",
    "cadre.review.conference.body",
    "cadre.review.tally",
    "cadre.review.attendance",
    "cadre.review.shortcoming",
    "cadre.review.report",
    "cadre.review.report.section",
    "cadre.review.report.score",
    "cadre.review.report.shortcoming",
    "cadre.review.target",
    "cadre.review.suggestion",
    "cadre.review.answer",
    "cadre.review.objection",
    "cadre.review.publication",
    "cadre.review.order",
    "cadre.review.plan",
    "cadre.review.plan.line",
    "cadre.review.event",
    "cadre.review.picture",
    "cadre.review.paper.file",
    "cadre.review.request",
    "cadre.review.request.line",
    "cadre.review.delivery",
    "cadre.review.delay",
    "cadre.review.receipt",
    "cadre.review.question",
    "cadre.review.past.result",
    "cadre.review.import",
    "cadre.review.import.line",
}
# rows speak of many units: these get their extract with the notice
OFFICE_ONLY = {
    "cadre.review.decision",
    "cadre.review.decision.line",
    "cadre.review.session",
    "cadre.review.session.attendance",
    "cadre.review.session.line",
    "cadre.review.cap",
    "cadre.review.extension",
    "cadre.review.reminder",
    "cadre.review.reminder.line",
    "cadre.review.seal",
}
# windows; each user sees their own only
WIZARDS = {
    "cadre.review.move.reason",
    "cadre.review.campaign.opening",
    "cadre.review.first.steps",
    "cadre.review.keying",
    "cadre.review.keying.line",
    "cadre.review.notifying",
    "cadre.review.finding",
    "cadre.review.assigning",
    "cadre.review.paper.failing",
    "cadre.review.paper.placing",
    "cadre.review.paper.placing.line",
    "cadre.review.regulation.override",
    "cadre.review.regulation.supersede",
    "cadre.review.suggesting",
    "cadre.review.urging.preview",
    "cadre.review.urging.preview.line",
    "cadre.review.importing",
    "cadre.review.importing.option",
    "cadre.review.importing.column",
    "cadre.review.importing.question",
    "cadre.review.importing.problem",
    "cadre.review.importing.change",
    "cadre.review.export",
    "cadre.review.printing",
}

# those of the administrator, on what everybody reads
OF_ADMIN = {
    "cadre.review.regulation.override",
    "cadre.review.regulation.supersede",
}


class Role(NamedTuple):
    """Whom a group makes, and which rows of the council are their own."""

    name: str
    group: str
    own: str


ROLES = {
    "person": Role("Assessed person", "person", "what is about oneself"),
    "officer": Role("Unit officer", "officer", "what is of the unit one works for"),
    "head": Role("Unit head", "head", "what is of the unit one heads"),
    "party": Role(
        "Member of a party body", "party", "what is about people the body serves"
    ),
    "office": Role("Office", "office", "everything of the council"),
    "standing": Role(
        "Member of an authority",
        "standing",
        "what is of campaigns that the authority owns",
    ),
    "admin": Role("Administrator", "admin", "nothing"),
    "none": Role("None of these", "user", "nothing"),
}


# ----------------------------------------------------------------------
# CONDITIONS
# ----------------------------------------------------------------------


class When:
    """A condition on a record and on the user who looks at it.

    :param words: how it reads in print
    :param values: ``{fact: [values]}``, or nothing where it is made of ``parts``
    :param joint: what joins the parts, ``and`` or ``or``
    """

    def __init__(self, words="", values=None, joint="and", parts=()):
        self.words = words
        self.values = values or {}
        self.joint = joint
        self.parts = parts

    def test(self, cell):
        if self.parts:
            holds = all if self.joint == "and" else any
            return holds(part.test(cell) for part in self.parts)
        return all(cell[fact] in values for fact, values in self.values.items())

    def __and__(self, other):
        return self._joined("and", other)

    def __or__(self, other):
        return self._joined("or", other)

    def _joined(self, joint, other):
        parts = [
            part
            for when in (self, other)
            for part in (when.parts if when.joint == joint and when.parts else [when])
        ]
        return When(joint=joint, parts=parts)


def of(words="", /, **values):
    """The record's values are among those given."""
    return When(words, values)


ALWAYS = of("always")
# of the own council, or shared by all councils
COUNCIL = of("of the council", council=[True])
# within the own council, by role: ``Role.own``
OWN = of("own", own=[True])
UNITS_TURN = of("unit’s turn", dossier=["preparing", "returned"])
HANDED_IN = of("handed in", dossier=["submitted", "received", "returned", "accepted"])
ACCEPTED = of("accepted", dossier=["accepted"])
OF_MANY_UNITS = of("of no single dossier", dossier=[None])
RUNNING = of("campaign running", campaign=["open", "consolidated", "concluded"])
PUBLISHED = of(
    "campaign published",
    campaign=["opening", "open", "consolidated", "concluded", "closed"],
)
OF_NO_CAMPAIGN = of("of no campaign", campaign=[None])
NOT_CLOSED = of(
    "campaign not closed",
    campaign=["draft", "opening", "open", "consolidated", "concluded", "cancelled"],
)
DRAFT = of("draft", state=["draft"])
CONFIRMED = of("confirmed", state=["confirmed"])
NOT_ADOPTED = of("not adopted", state=["draft", "held"])
NOT_CONFORMING = of("not found conforming", state=["missing", "provided", "failed"])
ISSUED = of("issued", state=["issued"])
KEYED = of("keyed", keyed=["by the unit", "by the office"])
KEYED_BY_OFFICE = of("keyed by the office", keyed=["by the office"])

UNUSED = of("used by no rating", used=[False])
NOT_COMPLETED = of("not completed", state=["draft", "sent"])
UNANSWERED = of("not answered", answered=[False])
ASKED = of("asked", state=["asked"])
NOT_DRAFT = of("sent", state=["issued", "answered"])
VALID = of("valid", state=["valid"])
EXPECTED = of("expected", state=["expected"])
NOT_EXCLUDED = of(
    "dossier not excluded",
    dossier=["preparing", "submitted", "received", "returned", "accepted"],
)
SHARED = of("shared with all units", shared=[True])
WORKPLACE = of("of the unit one works in", workplace=[True])
ONES_MEMBERSHIP = of("one’s own membership", own=[True])

SELF = of("self-assessment", stage=["self"])
CONFERENCE = of("conference’s opinion", stage=["conference"])
PARTY = of("party body’s comment", stage=["party"])
UNIT = of("unit’s comment", stage=["unit"])
OFFICES = of("appraisal or proposal", stage=["appraisal", "proposal"])

# ----------------------------------------------------------------------
# WHO MAY WHAT: model -> role -> operation -> when
# What is not named is refused.
# ----------------------------------------------------------------------


def reads(when):
    return {"read": when}


def keeps(when):
    return dict.fromkeys(("read", "write", "create", "unlink"), when)


def by_everybody(rights):
    return {role: rights for role in ROLES if role != "none"}


KEPT_BY_ADMIN = by_everybody(reads(COUNCIL)) | {"admin": keeps(COUNCIL)}
# a version that a rating rests on is superseded, never changed
KEPT_UNTIL_USED = KEPT_BY_ADMIN | {"admin": keeps(UNUSED) | reads(COUNCIL)}

PEOPLE = {
    "person": reads(OWN),
    "officer": reads(OWN),
    "head": reads(OWN),
    "party": reads(OWN),
    "office": keeps(ALWAYS),
    "standing": reads(ALWAYS),
    "admin": keeps(ALWAYS),
}

CAMPAIGN_PARTS = by_everybody(reads(COUNCIL & PUBLISHED)) | {
    "office": keeps(OWN & NOT_CLOSED) | reads(OWN),
}

DOSSIER_OF_UNIT = {"read": OWN, "write": OWN & RUNNING & UNITS_TURN}
PAPER_OF_UNIT = {
    "read": OWN,
    "write": OWN & RUNNING & UNITS_TURN & NOT_CONFORMING,
}

WHILE_PREPARING = OWN & RUNNING & UNITS_TURN & DRAFT
OWN_SELF_ASSESSMENT = WHILE_PREPARING & SELF
UNITS_WRITING = WHILE_PREPARING & (UNIT | SELF & KEYED)
PARTYS_WRITING = WHILE_PREPARING & PARTY
OFFICES_WRITING = (
    WHILE_PREPARING & KEYED_BY_OFFICE & (SELF | PARTY | UNIT)
    | OWN & RUNNING & ACCEPTED & DRAFT & OFFICES
)
OPINION_OF_UNIT = {
    "read": OWN & (SELF | CONFERENCE | UNIT | PARTY & CONFIRMED),
    "write": UNITS_WRITING,
    "create": UNITS_WRITING,
}
OPINIONS = {
    "person": {
        "read": OWN & (SELF | CONFERENCE & CONFIRMED),
        "write": OWN_SELF_ASSESSMENT,
        "create": OWN_SELF_ASSESSMENT,
    },
    "officer": OPINION_OF_UNIT,
    "head": OPINION_OF_UNIT,
    "party": {
        "read": OWN & (PARTY | (SELF | CONFERENCE) & CONFIRMED),
        "write": PARTYS_WRITING,
        "create": PARTYS_WRITING,
    },
    "office": {
        "read": OWN & (OFFICES | KEYED_BY_OFFICE | HANDED_IN),
        "write": OFFICES_WRITING,
        "create": OFFICES_WRITING,
    },
    "standing": reads(OWN & HANDED_IN),
}

RECORDING = OWN & RUNNING & UNITS_TURN & NOT_ADOPTED
CONFERENCE_OF_UNIT = {"read": OWN, "write": RECORDING, "create": RECORDING}
CONFERENCES = {
    "officer": CONFERENCE_OF_UNIT,
    "head": CONFERENCE_OF_UNIT,
    "office": {
        "read": OWN & (KEYED_BY_OFFICE | HANDED_IN),
        "write": RECORDING & KEYED_BY_OFFICE,
        "create": RECORDING & KEYED_BY_OFFICE,
    },
    "standing": reads(OWN & HANDED_IN),
}

# a body too many, a name put down by mistake
PARTS_OF_CONFERENCE = {
    role: rights | {"unlink": rights["write"]} if "write" in rights else rights
    for role, rights in CONFERENCES.items()
}

STATING = OWN & RUNNING & UNITS_TURN
SHORTCOMING_OF_UNIT = {"read": OWN, "write": STATING, "create": STATING}
# what it brought in itself, until the unit takes it over
OFFICES_STATING = OWN & RUNNING & UNITS_TURN & KEYED_BY_OFFICE
SHORTCOMINGS = {
    "officer": SHORTCOMING_OF_UNIT,
    "head": SHORTCOMING_OF_UNIT,
    "office": {
        "read": OWN & (KEYED_BY_OFFICE | HANDED_IN),
        "write": OFFICES_STATING,
        "create": OFFICES_STATING,
    },
    "standing": reads(OWN & HANDED_IN),
}

REPORTING = OWN & RUNNING & UNITS_TURN & NOT_COMPLETED


def reports(*operations):
    """Rights on the report, or on a part of it that is kept by these operations."""
    of_unit = {"read": OWN, **dict.fromkeys(operations, REPORTING)}
    return {
        "officer": of_unit,
        "head": of_unit,
        "office": {
            "read": OWN & (KEYED_BY_OFFICE | HANDED_IN),
            **dict.fromkeys(operations, REPORTING & KEYED_BY_OFFICE),
        },
        "standing": reads(OWN & HANDED_IN),
    }


# what is suggested is known from the start, what is answered from the hand-in on
SUGGESTING = OWN & RUNNING & UNITS_TURN & UNANSWERED
SUGGESTIONS = {
    "person": reads(OWN),
    "officer": reads(OWN),
    "head": reads(OWN),
    "office": {
        "read": OWN,
        **dict.fromkeys(("write", "create", "unlink"), SUGGESTING),
    },
    "standing": reads(OWN),
}
ANSWERING = OWN & RUNNING & UNITS_TURN
ANSWERS = {
    "person": {"read": OWN, "write": ANSWERING},
    "officer": {"read": OWN, "write": ANSWERING},
    "head": {"read": OWN, "write": ANSWERING},
    "office": {
        "read": OWN & (KEYED_BY_OFFICE | HANDED_IN),
        "write": ANSWERING & KEYED_BY_OFFICE,
    },
    "standing": reads(OWN & HANDED_IN),
}

# superseding decisions go on after the campaign is closed
DECISIONS = {
    "office": keeps(OWN & DRAFT) | reads(OWN),
    "standing": reads(OWN & ISSUED),
}

# the clerk records until the session is concluded
BEFORE_CONCLUSION = ["draft", "prepared"]
SESSIONS = {
    "office": {
        "read": OWN,
        **dict.fromkeys(
            ("write", "create"), OWN & RUNNING & of(state=BEFORE_CONCLUSION)
        ),
        "unlink": OWN & RUNNING & DRAFT,
    },
    "standing": reads(OWN & of(state=["prepared", "concluded"])),
}
SESSION_PARTS = {
    "office": {
        "read": OWN,
        **dict.fromkeys(
            ("write", "create"), OWN & RUNNING & of(parent=BEFORE_CONCLUSION)
        ),
        "unlink": OWN & RUNNING & of(parent=["draft"]),
    },
    "standing": reads(OWN & of(parent=["prepared", "concluded"])),
}

# against a result that was notified; they outlive the campaign
AGAINST = OWN & DRAFT & of(result=["notified"])
OF_COLLECTIVE = of("about the collective", collective=[True])
FILED = of("filed", state=["filed", "granted", "rejected"])
OFFICES_ANSWER = OWN & (of(state=["filed"]) | DRAFT & KEYED_BY_OFFICE)
OBJECTIONS = {
    "person": {"read": OWN, "write": AGAINST, "create": AGAINST},
    "head": {
        "read": OWN & OF_COLLECTIVE,
        "write": AGAINST & OF_COLLECTIVE,
        "create": AGAINST & OF_COLLECTIVE,
    },
    "office": {
        "read": OWN & (FILED | KEYED_BY_OFFICE),
        "write": OFFICES_ANSWER,
        "create": OFFICES_ANSWER,
        "unlink": OWN & DRAFT & KEYED_BY_OFFICE,
    },
    "standing": reads(OWN & FILED),
}

# by those who work in the unit
PUBLICATIONS = {
    "person": reads(COUNCIL & WORKPLACE),
    "officer": reads(OWN),
    "head": reads(OWN),
    "office": reads(OWN),
    "standing": reads(OWN),
}

ORDERS = {
    "officer": reads(OWN & of(state=["ordered", "done"])),
    "head": reads(OWN & of(state=["ordered", "done"])),
    "office": {
        "read": OWN,
        **dict.fromkeys(
            ("write", "create"), OWN & RUNNING & of(state=["draft", "reported"])
        ),
        "unlink": OWN & RUNNING & DRAFT,
    },
    "standing": reads(OWN & of(state=["reported", "ordered", "declined", "done"])),
}

# they live through the year, whatever became of the campaign
ADOPTED = of("plan adopted", parent=["running", "done"])
PLAN_OF_UNIT = {
    "read": OWN,
    **dict.fromkeys(("write", "create", "unlink"), OWN & of(parent=["draft"])),
}
SEEN_BY_OFFICE = KEYED_BY_OFFICE | HANDED_IN
PLANS = {
    "person": reads(OWN & ADOPTED),
    "officer": PLAN_OF_UNIT,
    "head": PLAN_OF_UNIT,
    "office": {
        "read": OWN & (SEEN_BY_OFFICE | ADOPTED),
        **dict.fromkeys(
            ("write", "create", "unlink"),
            OWN & SEEN_BY_OFFICE & of(parent=["draft"]),
        ),
    },
    "standing": reads(OWN & HANDED_IN & ADOPTED),
}
PROGRESSING = of("plan not done", parent=["draft", "running"])
PLAN_LINES = PLANS | {
    "officer": PLAN_OF_UNIT | {"write": OWN & PROGRESSING},
    "head": PLAN_OF_UNIT | {"write": OWN & PROGRESSING},
    "office": PLANS["office"]
    | {"write": OWN & PROGRESSING & (SEEN_BY_OFFICE | ADOPTED)},
}

REQUESTS = {
    "officer": reads(OWN & NOT_DRAFT),
    "head": reads(OWN & NOT_DRAFT),
    "standing": reads(OWN & NOT_DRAFT),
}
# number, date and signed copy come after the issue
REQUESTING = OWN & RUNNING & DRAFT
ASKING = OWN & RUNNING & ASKED & NOT_EXCLUDED
DELAY_OF_UNIT = {"read": OWN, "write": ASKING, "create": ASKING}
QUESTION_OF_UNIT = {
    "read": OWN | SHARED,
    "write": OWN & RUNNING & ASKED,
    "create": OWN & RUNNING & ASKED,
}

# what came in a file is the dossier's content
IMPORTS = {
    "officer": reads(OWN),
    "head": reads(OWN),
    "office": reads(OWN & (KEYED_BY_OFFICE | HANDED_IN)),
    "standing": reads(OWN & HANDED_IN),
}

EVENT_OF_UNIT = reads(
    OWN
    & of(
        about=[
            "cadre.review.dossier",
            "cadre.review.paper",
            "cadre.review.conference",
            "cadre.review.report",
        ]
    )
)

ACCESS = {
    "cadre.review.unit": KEPT_BY_ADMIN,
    "cadre.review.party.body": KEPT_BY_ADMIN,
    "cadre.review.authority": KEPT_BY_ADMIN,
    # a new version beside a used one is in no use yet
    "cadre.review.regulation": KEPT_UNTIL_USED
    | {"admin": KEPT_UNTIL_USED["admin"] | {"create": ALWAYS}},
    "cadre.review.level.label": KEPT_UNTIL_USED,
    "cadre.review.criterion": KEPT_UNTIL_USED,
    "cadre.review.band": KEPT_UNTIL_USED,
    "cadre.review.regulation.rule": KEPT_UNTIL_USED,
    "cadre.review.regulation.setting": KEPT_UNTIL_USED,
    "cadre.review.regulation.section": KEPT_UNTIL_USED,
    "cadre.review.post.group": KEPT_BY_ADMIN,
    "cadre.review.paper.kind": KEPT_BY_ADMIN,
    "cadre.review.document": KEPT_BY_ADMIN | {"office": keeps(ALWAYS)},
    "cadre.review.member": by_everybody(reads(ONES_MEMBERSHIP))
    | {"admin": keeps(COUNCIL)},
    "cadre.review.cadre": PEOPLE,
    "cadre.review.post": PEOPLE,
    "cadre.review.fact": PEOPLE,
    "cadre.review.past.result": PEOPLE,
    "cadre.review.import": IMPORTS,
    "cadre.review.import.line": IMPORTS,
    "cadre.review.form": CAMPAIGN_PARTS,
    "cadre.review.form.column": CAMPAIGN_PARTS,
    "cadre.review.campaign": CAMPAIGN_PARTS
    | {"office": CAMPAIGN_PARTS["office"] | {"unlink": OWN & DRAFT}},
    "cadre.review.deadline": CAMPAIGN_PARTS,
    "cadre.review.legal.basis": CAMPAIGN_PARTS,
    "cadre.review.step": CAMPAIGN_PARTS,
    "cadre.review.holiday": KEPT_BY_ADMIN | {"office": keeps(ALWAYS)},
    # granted once and for all
    "cadre.review.extension": {
        "office": {"read": OWN, "create": OWN & RUNNING},
    },
    "cadre.review.reminder": {"office": reads(OWN)},
    # of what was not a mail
    "cadre.review.reminder.line": {
        "office": {"read": OWN, "write": OWN & RUNNING, "create": OWN & RUNNING},
    },
    "cadre.review.dossier": {
        "officer": DOSSIER_OF_UNIT,
        "head": DOSSIER_OF_UNIT,
        "office": {
            "read": OWN,
            "write": OWN
            & RUNNING
            & of(dossier=["preparing", "returned", "submitted", "received"]),
        },
        "standing": reads(OWN & HANDED_IN),
    },
    "cadre.review.paper": {
        "officer": PAPER_OF_UNIT,
        "head": PAPER_OF_UNIT,
        "office": PAPER_OF_UNIT,
        "standing": reads(OWN & HANDED_IN),
    },
    "cadre.review.rating": {
        "person": reads(OWN),
        "officer": reads(OWN),
        "head": reads(OWN),
        "party": reads(OWN),
        "office": reads(OWN),
        "standing": reads(OWN & HANDED_IN),
    },
    "cadre.review.opinion": OPINIONS,
    "cadre.review.opinion.line": OPINIONS,
    "cadre.review.conference": CONFERENCES,
    "cadre.review.conference.subject": CONFERENCES,
    "cadre.review.conference.body": PARTS_OF_CONFERENCE,
    "cadre.review.tally": CONFERENCES,
    "cadre.review.attendance": PARTS_OF_CONFERENCE,
    "cadre.review.shortcoming": SHORTCOMINGS,
    "cadre.review.report": reports("write", "create"),
    "cadre.review.report.section": reports("write"),
    "cadre.review.report.score": reports("write"),
    "cadre.review.report.shortcoming": reports("write", "create", "unlink"),
    "cadre.review.target": reports("write", "create", "unlink"),
    "cadre.review.suggestion": SUGGESTIONS,
    "cadre.review.answer": ANSWERS,
    "cadre.review.cap": {
        "office": {"read": OWN, "write": OWN & NOT_CLOSED},
        "standing": reads(OWN),
    },
    "cadre.review.decision": DECISIONS,
    "cadre.review.decision.line": DECISIONS,
    "cadre.review.session": SESSIONS,
    "cadre.review.session.attendance": SESSION_PARTS,
    "cadre.review.session.line": SESSION_PARTS,
    "cadre.review.objection": OBJECTIONS,
    "cadre.review.publication": PUBLICATIONS,
    "cadre.review.order": ORDERS,
    "cadre.review.plan": PLANS,
    "cadre.review.plan.line": PLAN_LINES,
    "cadre.review.picture": {
        "officer": reads(OWN),
        "head": reads(OWN),
        "office": reads(OWN & (KEYED_BY_OFFICE | HANDED_IN | OF_MANY_UNITS)),
        "standing": reads(OWN & (HANDED_IN | OF_MANY_UNITS)),
    },
    "cadre.review.fault": KEPT_BY_ADMIN,
    "cadre.review.paper.file": {
        "officer": reads(OWN),
        "head": reads(OWN),
        "office": reads(OWN & HANDED_IN),
        "standing": reads(OWN & HANDED_IN),
    },
    "cadre.review.request": REQUESTS
    | {
        "office": {
            "read": OWN,
            "write": OWN & RUNNING,
            "create": REQUESTING,
            "unlink": REQUESTING,
        }
    },
    "cadre.review.request.line": REQUESTS | {"office": keeps(REQUESTING) | reads(OWN)},
    "cadre.review.delivery": {
        "officer": reads(OWN),
        "head": reads(OWN),
        "office": {
            "read": OWN,
            "write": OWN & RUNNING & VALID,
            "create": OWN & RUNNING & NOT_EXCLUDED,
        },
        "standing": reads(OWN & HANDED_IN),
    },
    "cadre.review.delay": {
        "officer": DELAY_OF_UNIT,
        "head": DELAY_OF_UNIT,
        "office": {
            "read": OWN,
            "write": ASKING & KEYED_BY_OFFICE,
            "create": ASKING & KEYED_BY_OFFICE,
        },
        "standing": reads(OWN),
    },
    "cadre.review.receipt": {
        "person": reads(OWN),
        "officer": reads(OWN),
        "head": reads(OWN),
        "office": {"read": OWN, "write": OWN & RUNNING & EXPECTED},
        "standing": reads(OWN & HANDED_IN),
    },
    "cadre.review.question": by_everybody(reads(COUNCIL & SHARED))
    | {
        "officer": QUESTION_OF_UNIT | {"read": OWN | COUNCIL & SHARED},
        "head": QUESTION_OF_UNIT | {"read": OWN | COUNCIL & SHARED},
        "office": {
            "read": OWN,
            "write": OWN & RUNNING & ASKED,
            "create": OWN & RUNNING & ASKED,
        },
    },
    "cadre.review.seal": {"office": reads(OWN), "standing": reads(OWN)},
    "cadre.review.event": {
        "officer": EVENT_OF_UNIT,
        "head": EVENT_OF_UNIT,
        "office": reads(OWN),
        "standing": reads(OWN),
        # who logs in as whom, who acts where
        "admin": reads(OF_NO_CAMPAIGN),
    },
}

# Files follow their record (who writes it adds, replaces and deletes them), but
# for these: before the hand-in the office sees that a paper is there, not what
# is in it, unless it brought the file itself; and what was handed in is replaced
# or deleted by nobody, the office included. It may add files of its own.
FILES = {
    "cadre.review.dossier": {
        "office": {
            "read": OWN & HANDED_IN,
            "write": OWN & RUNNING & UNITS_TURN & HANDED_IN,
        },
    },
    "cadre.review.paper": {
        "office": {
            "read": OWN & HANDED_IN,
            "write": PAPER_OF_UNIT["write"] & HANDED_IN,
        },
    },
}
