"""Who may what, cell by cell: role × model × operation × whose × state.

``access_spec`` says in words of the house what each role may do; it is held against
what the ORM really lets a user of each role do.
"""

import base64
from itertools import count, product

from psycopg2 import sql

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...rules.stages import STAGES
from ...workbooks.lists import Field, list_workbook
from ..common import PDF, ReviewCase
from .access_spec import (
    ACCESS,
    FILES,
    OF_ADMIN,
    OFFICE_ONLY,
    REFERENCE,
    ROLES,
    UNIT_SCOPED,
    WIZARDS,
)

# role of the spec -> users who hold it
USERS = {
    "person": ("user_person_a",),
    "officer": ("user_officer_a",),
    "head": ("user_head_a",),
    "party": ("user_party_a",),
    "office": ("user_office", "user_office_elsewhere"),
    "standing": ("user_standing", "user_superior"),
    "admin": ("user_admin",),
    "none": ("user_none",),
}

# ----------------------------------------------------------------------
# STATES: what is varied, and how one more record is created
# ----------------------------------------------------------------------

# state of the campaign, of the dossier
SCENES = (
    ("open", "preparing"),
    ("open", "submitted"),
    ("open", "received"),
    ("open", "returned"),
    ("open", "accepted"),
    ("open", "excluded"),
    ("closed", "accepted"),
    ("cancelled", "preparing"),
)
# those that differ for files; they follow their record, so that carrying out what is
# due in the first two, before and after the hand-in, is enough
FILE_SCENES = (
    ("open", "preparing"),
    ("open", "submitted"),
    ("open", "returned"),
    ("open", "accepted"),
    ("closed", "accepted"),
)
# scenes in which operations are also carried out, not only asked for
CARRIED_OUT = {
    ("open", "preparing"),
    ("open", "submitted"),
    ("open", "accepted"),
    ("closed", "accepted"),
}
# who brought the content in -> values that say so
KEYING = {
    "on line": {"source": "online", "is_on_behalf": False},
    "by the unit": {"source": "paper", "is_on_behalf": False},
    "by the office": {"source": "paper", "is_on_behalf": True},
}
REPORT_PARTS = (
    "cadre.review.report.section",
    "cadre.review.report.score",
    "cadre.review.report.shortcoming",
    "cadre.review.target",
)
# model -> (link to the record that carries the values, states, keying)
VARIED = {
    "cadre.review.paper": ("", ("missing", "provided", "conforming", "failed"), ()),
    "cadre.review.opinion": ("", ("draft", "confirmed"), KEYING),
    "cadre.review.opinion.line": ("opinion_id", ("draft", "confirmed"), KEYING),
    "cadre.review.conference": ("", ("draft", "held", "adopted"), KEYING),
    **dict.fromkeys(
        (
            "cadre.review.conference.subject",
            "cadre.review.conference.body",
            "cadre.review.tally",
            "cadre.review.attendance",
        ),
        ("conference_id", ("draft", "held", "adopted"), KEYING),
    ),
    "cadre.review.report": ("", ("draft", "sent", "final"), KEYING),
    **dict.fromkeys(REPORT_PARTS, ("report_id", ("draft", "sent", "final"), KEYING)),
    "cadre.review.answer": ("", (), KEYING),
    "cadre.review.shortcoming": ("", (), KEYING),
    "cadre.review.request": ("", ("draft", "issued"), ()),
    "cadre.review.request.line": ("request_id", ("draft", "issued"), ()),
    "cadre.review.delivery": ("", ("valid", "cancelled"), ()),
    "cadre.review.delay": ("", ("asked", "granted"), KEYING),
    "cadre.review.receipt": ("", ("expected", "confirmed"), ()),
    "cadre.review.question": ("", ("asked", "answered"), ()),
    "cadre.review.import": ("", (), KEYING),
    "cadre.review.import.line": ("import_id", (), KEYING),
    "cadre.review.decision": ("", ("draft", "issued"), ()),
    "cadre.review.decision.line": ("decision_id", ("draft", "issued"), ()),
    "cadre.review.session": ("", ("draft", "prepared", "concluded"), ()),
    "cadre.review.session.attendance": (
        "session_id",
        ("draft", "prepared", "concluded"),
        (),
    ),
    "cadre.review.session.line": (
        "session_id",
        ("draft", "prepared", "concluded"),
        (),
    ),
    "cadre.review.objection": ("", ("draft", "filed", "rejected"), KEYING),
    "cadre.review.order": ("", ("draft", "reported", "ordered", "declined"), ()),
    "cadre.review.plan": ("", ("draft", "running", "done"), KEYING),
    "cadre.review.plan.line": ("plan_id", ("draft", "running", "done"), KEYING),
}
CAMPAIGN_STATES = (
    "draft",
    "opening",
    "open",
    "consolidated",
    "concluded",
    "closed",
    "cancelled",
)
NUMBER = count(1)
FORM = base64.b64encode(
    list_workbook("N", "N", [Field("STT"), Field("Họ và tên"), Field("Chức vụ")], [])
)
# model -> record -> values of one more like it
ONE_MORE = {
    "cadre.review.unit": lambda r: {"name": "N", "code": f"N{next(NUMBER)}"},
    "cadre.review.party.body": lambda r: {"name": "N", "code": f"N{next(NUMBER)}"},
    "cadre.review.authority": lambda r: {
        "name": "N",
        "code": f"N{next(NUMBER)}",
        "company_id": r.company_id.id,
    },
    "cadre.review.regulation": lambda r: {
        "name": "N",
        "code": f"N{next(NUMBER)}",
        "subject_kind": r.subject_kind,
        "date_from": "2020-01-01",
    },
    "cadre.review.level.label": lambda r: {
        "regulation_id": r.regulation_id.id,
        "level": "pending",
        "name": "N",
    },
    "cadre.review.criterion": lambda r: {
        "regulation_id": r.regulation_id.id,
        "code": f"N{next(NUMBER)}",
        "name": "N",
    },
    "cadre.review.band": lambda r: {
        "regulation_id": r.regulation_id.id,
        "level": "good",
        "lower": 1,
    },
    "cadre.review.regulation.rule": lambda r: {
        "regulation_id": r.regulation_id.id,
        "rule": "E3",
        "severity": "info",
    },
    "cadre.review.regulation.setting": lambda r: {
        "regulation_id": r.regulation_id.id,
        "key": "quorum",
        "value": "0",
    },
    "cadre.review.regulation.section": lambda r: {
        "regulation_id": r.regulation_id.id,
        "code": f"N{next(NUMBER)}",
        "name": "N",
    },
    "cadre.review.post.group": lambda r: {"name": "N", "code": f"N{next(NUMBER)}"},
    "cadre.review.shortcoming": lambda r: {"rating_id": r.rating_id.id, "name": "N"},
    "cadre.review.cap": lambda r: {
        "campaign_id": r.campaign_id.id,
        "authority_id": r.authority_id.id,
        "regulation_id": r.regulation_id.id,
        "scope": "group",
    },
    "cadre.review.paper.kind": lambda r: {
        "name": "N",
        "short_name": "N",
        "code": f"N{next(NUMBER)}",
    },
    "cadre.review.document": lambda r: {
        "number": f"{next(NUMBER)}/NQ",
        "date": "2020-01-01",
        "issuer": "N",
        "name": "N",
    },
    "cadre.review.member": lambda r: {
        "user_id": r.user_id.id,
        "role": r.role,
        "unit_id": r.unit_id.id,
        "party_body_id": r.party_body_id.id,
        "authority_id": r.authority_id.id,
        "company_id": r.company_id.id,
    },
    "cadre.review.cadre": lambda r: {"name": "N", "code": f"N{next(NUMBER)}"},
    "cadre.review.post": lambda r: {
        "cadre_id": r.cadre_id.id,
        "unit_id": r.unit_id.id,
        "title": "N",
        "is_main": False,
    },
    "cadre.review.fact": lambda r: {
        "cadre_id": r.cadre_id.id,
        "kind": "absence",
        "date_from": "2022-01-01",
    },
    "cadre.review.past.result": lambda r: {
        "cadre_id": r.cadre_id.id,
        "unit_id": r.unit_id.id,
        "year": 2000 + next(NUMBER) % 90,
        "level": "good",
    },
    "cadre.review.import": lambda r: {"name": "N", "kind": "roster"},
    "cadre.review.import.line": lambda r: {"import_id": r.import_id.id},
    "cadre.review.form": lambda r: {
        "campaign_id": r.campaign_id.id,
        "name": "N",
        "file": FORM,
    },
    "cadre.review.form.column": lambda r: {"form_id": r.form_id.id, "heading": "N"},
    "cadre.review.campaign": lambda r: {
        "name": "N",
        "year": 2022,
        "purpose": f"N{next(NUMBER)}",
        "owner_id": r.owner_id.id,
        "company_id": r.company_id.id,
    },
    "cadre.review.deadline": lambda r: {
        "campaign_id": r.campaign_id.id,
        "name": "N",
        "kind": "other",
        "date": "2022-12-01",
    },
    "cadre.review.legal.basis": lambda r: {
        "campaign_id": r.campaign_id.id,
        "text": "N",
    },
    "cadre.review.step": lambda r: {"campaign_id": r.campaign_id.id, "days": -3},
    "cadre.review.holiday": lambda r: {
        "name": "N",
        "date_from": "2022-01-01",
        "date_to": "2022-01-01",
    },
    "cadre.review.extension": lambda r: {
        "deadline_id": r.deadline_id.id,
        "date": "2022-12-20",
        "reason": "N",
    },
    "cadre.review.reminder": lambda r: {"campaign_id": r.campaign_id.id},
    "cadre.review.picture": lambda r: {"res_model": r.res_model, "res_id": r.res_id},
    "cadre.review.reminder.line": lambda r: {"dossier_id": r.dossier_id.id},
    "cadre.review.fault": lambda r: {"name": "N", "code": f"N{next(NUMBER)}"},
    "cadre.review.paper.file": lambda r: {"paper_id": r.paper_id.id},
    "cadre.review.request": lambda r: {"dossier_id": r.dossier_id.id},
    "cadre.review.request.line": lambda r: {
        "request_id": r.request_id.id,
        "paper_id": r.paper_id.id,
    },
    "cadre.review.delivery": lambda r: {
        "dossier_id": r.dossier_id.id,
        "delivered_by": "N",
        "sets": 1,
    },
    "cadre.review.delay": lambda r: {
        "dossier_id": r.dossier_id.id,
        "date": "2022-12-20",
        "reason": "N",
        "source": r.source,
    },
    "cadre.review.receipt": lambda r: {"rating_id": r.rating_id.id, "kind": r.kind},
    "cadre.review.question": lambda r: {
        "campaign_id": r.campaign_id.id,
        "unit_id": r.unit_id.id,
        "name": "N",
    },
    "cadre.review.seal": lambda r: {"campaign_id": r.campaign_id.id},
    "cadre.review.opinion": lambda r: {
        "rating_id": r.rating_id.id,
        "stage": r.stage,
        "source": r.source,
    },
    "cadre.review.opinion.line": lambda r: {
        "opinion_id": r.opinion_id.id,
        "criterion_id": r.criterion_id.id,
    },
    "cadre.review.conference": lambda r: {
        "dossier_id": r.dossier_id.id,
        "source": r.source,
    },
    "cadre.review.conference.subject": lambda r: {
        "conference_id": r.conference_id.id,
        "rating_id": r.rating_id.id,
    },
    "cadre.review.conference.body": lambda r: {
        "conference_id": r.conference_id.id,
        "name": "N",
    },
    "cadre.review.tally": lambda r: {
        "subject_id": r.subject_id.id,
        "body_id": r.body_id.id,
    },
    "cadre.review.attendance": lambda r: {
        "conference_id": r.conference_id.id,
        "name": "N",
    },
    "cadre.review.report": lambda r: {
        "dossier_id": r.dossier_id.id,
        "source": r.source,
    },
    "cadre.review.report.shortcoming": lambda r: {
        "report_id": r.report_id.id,
        "name": "N",
    },
    "cadre.review.target": lambda r: {"report_id": r.report_id.id, "name": "N"},
    "cadre.review.suggestion": lambda r: {
        "dossier_id": r.dossier_id.id,
        "rating_id": r.rating_id.id,
        "name": "N",
    },
    "cadre.review.decision": lambda r: {
        "campaign_id": r.campaign_id.id,
        "authority_id": r.authority_id.id,
    },
    "cadre.review.decision.line": lambda r: {
        "decision_id": r.decision_id.id,
        "rating_id": r.rating_id.id,
    },
    "cadre.review.session": lambda r: {
        "campaign_id": r.campaign_id.id,
        "authority_id": r.authority_id.id,
    },
    "cadre.review.session.attendance": lambda r: {
        "session_id": r.session_id.id,
        "name": "N",
    },
    "cadre.review.session.line": lambda r: {
        "session_id": r.session_id.id,
        "rating_id": r.rating_id.id,
    },
    "cadre.review.objection": lambda r: {
        "rating_id": r.rating_id.id,
        "source": r.source,
    },
    "cadre.review.publication": lambda r: {"rating_id": r.rating_id.id},
    "cadre.review.order": lambda r: {"dossier_id": r.dossier_id.id},
    "cadre.review.plan": lambda r: {
        "dossier_id": r.dossier_id.id,
        "rating_id": r.rating_id.id,
        "source": r.source,
    },
    "cadre.review.plan.line": lambda r: {"plan_id": r.plan_id.id, "name": "N"},
}
# unique per parent: the record at hand makes room for one more like it
REPLACED = {
    "cadre.review.opinion": "opinion_id",
    "cadre.review.opinion.line": None,
    "cadre.review.conference": "conference_id",
    "cadre.review.conference.subject": "subject_id",
    "cadre.review.tally": None,
    "cadre.review.report": "report_id",
    "cadre.review.decision.line": None,
    "cadre.review.session.line": None,
    "cadre.review.plan": "plan_id",
    "cadre.review.request": "request_id",
    "cadre.review.request.line": None,
    "cadre.review.delay": None,
}
# model -> state of a new record, where it is no draft
BORN = {
    "cadre.review.delivery": "valid",
    "cadre.review.delay": "asked",
    "cadre.review.receipt": "expected",
    "cadre.review.question": "asked",
}
LINES_OF = {
    "cadre.review.plan": ("cadre.review.plan.line",),
    "cadre.review.opinion": ("cadre.review.opinion.line",),
    "cadre.review.conference": (
        "cadre.review.tally",
        "cadre.review.conference.subject",
        "cadre.review.conference.body",
        "cadre.review.attendance",
    ),
    "cadre.review.conference.subject": ("cadre.review.tally",),
    "cadre.review.report": REPORT_PARTS,
    "cadre.review.request": ("cadre.review.request.line",),
}
# what each test takes through the scenes; a model that is in none is tested by none
SCENED = {
    "people": [
        "cadre.review.cadre",
        "cadre.review.post",
        "cadre.review.fact",
        "cadre.review.past.result",
    ],
    "dossiers": [
        "cadre.review.dossier",
        "cadre.review.paper",
        "cadre.review.rating",
        "cadre.review.event",
        "cadre.review.picture",
    ],
    "hand_in": [
        "cadre.review.paper.file",
        "cadre.review.request",
        "cadre.review.request.line",
        "cadre.review.delivery",
        "cadre.review.delay",
        "cadre.review.receipt",
    ],
    "guidance": [
        "cadre.review.question",
    ],
    "opinions": [
        "cadre.review.opinion",
        "cadre.review.opinion.line",
    ],
    "conferences": [
        "cadre.review.conference",
        "cadre.review.conference.subject",
        "cadre.review.conference.body",
        "cadre.review.tally",
        "cadre.review.attendance",
    ],
    "reports": ["cadre.review.report", "cadre.review.shortcoming", *REPORT_PARTS],
    "suggestions": [
        "cadre.review.suggestion",
        "cadre.review.answer",
    ],
    "imports": [
        "cadre.review.import",
        "cadre.review.import.line",
    ],
    "decisions": sorted(OFFICE_ONLY),
    "results": [
        "cadre.review.objection",
        "cadre.review.publication",
        "cadre.review.order",
        "cadre.review.plan",
        "cadre.review.plan.line",
    ],
}
MUTED = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")


def our_models(env):
    """Names of the module's models that have a table."""
    return {
        name
        for name, model in env.registry.items()
        if name.startswith("cadre.review.") and not model._abstract
    }


class SecurityCase(ReviewCase):
    """Two councils that share unit A, with everything that can be there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls._create_other_council()
        cls.campaign = cls._opened_campaign()
        cls.campaign_elsewhere = (
            cls.env["cadre.review.campaign"]
            .with_user(cls.user_office_elsewhere)
            .create(
                cls._campaign_values(
                    owner_id=cls.own_elsewhere.id,
                    unit_ids=[Command.set((cls.unit_a | cls.unit_c).ids)],
                )
            )
        )
        cls.campaign_elsewhere.action_open()
        # made by nobody who is tested: creators may read files of their own
        campaigns = cls.campaign | cls.campaign_elsewhere
        cls.campaigns = campaigns.with_env(cls.env)
        cls._create_everything()
        cls.env.flush_all()

    @classmethod
    def _create_other_council(cls):
        cls.council_elsewhere = cls.env["res.company"].create({"name": "HĐND khác"})
        cls.own_elsewhere = cls.env["cadre.review.authority"].create(
            {
                "name": "Thường trực HĐND khác",
                "code": "TEST-OWN-2",
                "company_id": cls.council_elsewhere.id,
            }
        )
        cls.unit_c = cls.env["cadre.review.unit"].create(
            {
                "name": "Thường trực HĐND xã C",
                "code": "TEST-C",
                "authority_id": cls.own_elsewhere.id,
            }
        )
        cls._person(
            "Đinh Văn Cảnh", cls.unit_c, is_head=True, authority_id=cls.own_elsewhere.id
        )
        cls.user_office_elsewhere = cls._user(
            "office_elsewhere", "office", company_id=cls.council_elsewhere
        )
        cls.user_office_elsewhere.write(
            {
                "company_ids": [Command.set(cls.council_elsewhere.ids)],
                "company_id": cls.council_elsewhere.id,
            }
        )
        cls.user_superior = cls._user("superior", "standing", authority_id=cls.superior)

    @classmethod
    def _create_everything(cls):
        """At least one row of each model for each unit, with a file on each."""
        env = cls.campaigns.env
        dossiers, ratings = cls.campaigns.dossier_ids, cls.campaigns.rating_ids
        env["cadre.review.fact"].create(
            [
                {"cadre_id": cadre.id, "kind": "absence", "date_from": "2022-03-01"}
                for cadre in ratings.cadre_id
            ]
        )
        env["cadre.review.document"].create(
            {"number": "1/NQ", "date": "2022-01-01", "issuer": "N", "name": "N"}
        )
        env["cadre.review.legal.basis"].create(
            [{"campaign_id": campaign.id, "text": "N"} for campaign in cls.campaigns]
        )
        # one line at every stage
        line = Command.create({"criterion_id": cls.regulations.criterion_ids[:1].id})
        opinions = env["cadre.review.opinion"].create(
            [
                {"rating_id": rating.id, "stage": stage, "line_ids": [line]}
                for rating in ratings.filtered(lambda r: r.scope == "rated")
                for stage in STAGES
                if rating.cadre_id or stage not in ("self", "party")
            ]
        )
        conferences = env["cadre.review.conference"].create(
            [{"dossier_id": dossier.id} for dossier in dossiers]
        )
        env["cadre.review.decision"].create(
            [
                {
                    "campaign_id": campaign.id,
                    "authority_id": campaign.owner_id.id,
                    "line_ids": [
                        Command.create({"rating_id": rating.id})
                        for rating in campaign.rating_ids[:2]
                    ],
                }
                for campaign in cls.campaigns
            ]
        )
        env["cadre.review.shortcoming"].create(
            [{"rating_id": rating.id, "name": "N"} for rating in ratings]
        )
        reports_ = env["cadre.review.report"].create(
            [{"dossier_id": dossier.id} for dossier in dossiers]
        )
        for name in ("report.shortcoming", "target"):
            env[f"cadre.review.{name}"].create(
                [{"report_id": report.id, "name": "N"} for report in reports_]
            )
        env["cadre.review.report.score"].create(
            [
                {"report_id": report.id, "criterion_id": criterion.id}
                for report in reports_
                for criterion in report.regulation_id.criterion_ids[:1]
            ]
        )
        suggestions = env["cadre.review.suggestion"].create(
            [
                {
                    "dossier_id": rating.dossier_id.id,
                    "rating_id": rating.id if rating.cadre_id else False,
                    "name": "N",
                }
                for rating in ratings
            ]
        )
        answers = suggestions.answer_ids
        answers.filtered(lambda answer: not answer.rating_id).text = "N"
        for campaign in cls.campaigns:
            env["cadre.review.cap"]._open_board(campaign)
        cls._create_results()
        env["cadre.review.extension"].create(
            [
                {
                    "deadline_id": campaign.deadline_ids[:1].id,
                    "date": "2022-12-15",
                    "reason": "N",
                }
                for campaign in cls.campaigns
            ]
        )
        env["cadre.review.reminder"].create(
            [
                {
                    "campaign_id": campaign.id,
                    "address": "n@test.example",
                    "kind": "urge",
                    "date": "2022-11-21",
                }
                for campaign in cls.campaigns
            ]
        )
        env["cadre.review.reminder.line"].create(
            [{"dossier_id": dossier.id, "note": "N"} for dossier in dossiers]
        )
        env["cadre.review.attendance"].create(
            [{"conference_id": c.id, "name": "N"} for c in conferences]
        )
        decisions = env["cadre.review.decision"].search([])
        for kind, records in (
            ("round", dossiers),
            ("minutes", conferences),
            ("report", reports_),
            ("decision", decisions),
        ):
            contents = dict.fromkeys(records.ids)
            env["cadre.review.picture"]._take(records, kind, contents)
        cls._create_hand_in(dossiers)
        imports = env["cadre.review.import"].create(
            [
                {
                    "name": "N",
                    "kind": "summary",
                    "company_id": dossier.company_id.id,
                    "campaign_id": dossier.campaign_id.id,
                    "dossier_id": dossier.id,
                    "unit_id": dossier.unit_id.id,
                }
                for dossier in dossiers
            ]
        )
        env["cadre.review.import.line"].create(
            [
                {
                    "import_id": record.id,
                    "effect": "create",
                    "res_model": "cadre.review.dossier",
                    "res_id": record.dossier_id.id,
                }
                for record in imports
            ]
        )
        env["cadre.review.past.result"].create(
            [
                {
                    "cadre_id": cadre.id,
                    "unit_id": cadre.unit_id.id,
                    "year": 2019,
                    "level": "good",
                }
                for cadre in ratings.cadre_id
            ]
        )
        env["cadre.review.form"].create(
            [{"campaign_id": campaign.id, "file": FORM} for campaign in cls.campaigns]
        )
        Event = env["cadre.review.event"]
        Event._record(dossiers, "submit")
        Event._record(dossiers.paper_ids, "provide")
        Event._record(conferences, "hold")
        Event._record(reports_, "send")
        Event._record(opinions, "confirm")
        for model in sorted(our_models(env) - WIZARDS):
            if "attachment_ids" in env[model]._fields:
                cls._attach(cls._samples(model))

    @classmethod
    def _create_results(cls):
        """What follows from the review: sessions, notices, orders, plans."""
        env = cls.campaigns.env
        ratings = cls.campaigns.rating_ids.filtered(lambda r: r.scope == "rated")
        # what one objects to
        ratings.state = "notified"
        env["cadre.review.session"].create(
            [
                {
                    "campaign_id": campaign.id,
                    "attendance_ids": [Command.create({"name": "N"})],
                    "line_ids": [
                        Command.create({"rating_id": rating.id})
                        for rating in (ratings & campaign.rating_ids)[:2]
                    ],
                }
                for campaign in cls.campaigns
            ]
        )
        env["cadre.review.objection"].create(
            [{"rating_id": rating.id, "text": "N"} for rating in ratings]
        )
        env["cadre.review.publication"].create(
            [{"rating_id": rating.id, "name": "N"} for rating in ratings]
        )
        env["cadre.review.order"].create(
            [{"dossier_id": dossier.id} for dossier in cls.campaigns.dossier_ids]
        )
        line = Command.create({"name": "N"})
        env["cadre.review.plan"].create(
            [
                {"dossier_id": dossier.id, "line_ids": [line]}
                for dossier in cls.campaigns.dossier_ids
            ]
            + [
                {
                    "dossier_id": rating.dossier_id.id,
                    "rating_id": rating.id,
                    "line_ids": [line],
                }
                for rating in ratings.filtered("cadre_id")
            ]
        )

    @classmethod
    def _create_hand_in(cls, dossiers):
        env = dossiers.env
        first = {d: Command.create({"paper_id": d.paper_ids[:1].id}) for d in dossiers}
        env["cadre.review.request"].create(
            [
                {
                    "dossier_id": dossier.id,
                    "line_ids": [first[dossier]],
                }
                for dossier in dossiers
            ]
        )
        env["cadre.review.delivery"].create(
            [
                {"dossier_id": dossier.id, "delivered_by": "N", "sets": 1}
                for dossier in dossiers
            ]
        )
        env["cadre.review.delay"].create(
            [
                {"dossier_id": dossier.id, "date": "2022-12-20", "reason": "N"}
                for dossier in dossiers
            ]
        )
        env["cadre.review.receipt"].search([]).unlink()
        env["cadre.review.receipt"].create(
            [
                {"rating_id": rating.id, "kind": kind}
                for rating in dossiers.rating_ids.filtered("cadre_id")
                for kind in ("asset", "cv")
            ]
        )
        env["cadre.review.question"].create(
            [
                {
                    "campaign_id": dossier.campaign_id.id,
                    "unit_id": dossier.unit_id.id,
                    "name": "N",
                }
                for dossier in dossiers
            ]
        )
        for campaign in dossiers.campaign_id:
            env["cadre.review.seal"]._seal(campaign)

    @classmethod
    def _attach(cls, records):
        """One file on each record."""
        files = records.env["ir.attachment"].create(
            [
                {
                    "name": "ban_ky.pdf",
                    "raw": PDF,
                    "res_model": record._name,
                    "res_id": record.id,
                }
                for record in records
            ]
        )
        for record, file in zip(records, files, strict=True):
            record.attachment_ids = file

    @classmethod
    def _samples(cls, model):
        """One record for each unit, council, person and stage there is."""
        records = cls.campaigns.env[model].search([])
        names = {"unit_id", "company_id", "stage", "res_model"} & set(records._fields)
        samples = records.grouped(
            lambda r: (*(r[name] for name in sorted(names)), cls._cadre_of(r))
        )
        return records.browse().concat(*(group[:1] for group in samples.values()))

    @classmethod
    def _cadre_of(cls, record):
        """The person the record is about."""
        if record._name == "cadre.review.cadre":
            return record
        for path in ("cadre_id", "rating_id.cadre_id", "opinion_id.rating_id.cadre_id"):
            if path.partition(".")[0] in record._fields:
                return record.mapped(path)
        return record.env["cadre.review.cadre"]


@tagged("post_install", "-at_install")
class TestSecurityMatrix(SecurityCase):
    def setUp(self):
        super().setUp()
        self.mismatches = {}
        self.ownership = {}
        # (model, user, operation, verdict) that was carried out already
        self.carried_out = set()

    # ------------------------------------------------------------------
    # WHAT THE TABLES SAY
    # ------------------------------------------------------------------

    def _facts(self, record):
        """What the conditions ask about the record, whoever looks at it."""

        def first(*paths):
            for path in paths:
                if path.partition(".")[0] in record._fields:
                    return record.mapped(path)[:1]
            return record.browse()

        def single(*paths):
            values = first(*paths)
            return values[0] if values else None

        if record._name == "cadre.review.campaign":
            campaign = record
        else:
            campaign = first(
                "campaign_id",
                "decision_id.campaign_id",
                "opinion_id.campaign_id",
                "conference_id.campaign_id",
            )
        return {
            "campaign": campaign.state if campaign else None,
            "dossier": record.state
            if record._name == "cadre.review.dossier"
            else single(
                "dossier_id.state",
                "opinion_id.dossier_id.state",
                "conference_id.dossier_id.state",
            ),
            "state": single(
                *("state", "opinion_id.state", "conference_id.state"),
                *("decision_id.state", "report_id.state", "request_id.state"),
            ),
            "shared": single("is_shared"),
            "stage": single("stage"),
            "keyed": self._keyed(self._carrier(record)),
            "answered": single("is_answered"),
            "about": single("res_model"),
            "parent": record.state
            if record._name == "cadre.review.plan"
            else single("session_id.state", "plan_id.state"),
            "result": single("rating_id.state"),
            "collective": single("is_collective"),
            # all users with a unit work in the first
            "workplace": first("unit_id") == self.unit_a,
            "used": record._regulation_of().is_used
            if hasattr(record, "_regulation_of")
            else None,
        }

    def _carrier(self, record):
        """The record that says who brought the content in."""
        if not self._says_who(record):
            for name in (
                "opinion_id",
                "conference_id",
                "report_id",
                "plan_id",
                "import_id",
            ):
                if name in record._fields and record[name]:
                    return record[name]
        return record

    def _says_who(self, record):
        """The fields of the record itself that say who brought it in."""
        fields = map(record._fields.get, ("source", "is_on_behalf"))
        return {field.name for field in fields if field and not field.related}

    def _keyed(self, record):
        if "source" in record._fields and record.source == "online":
            return "on line"
        if "is_on_behalf" not in record._fields:
            return "on line"
        return "by the office" if record.is_on_behalf else "by the unit"

    def _belongs(self, record, user, role):
        """Whether the record is of the user's council, and in it the user's own."""
        key = (record._name, record.id, user.id)
        if key not in self.ownership:
            fields = record._fields
            company = (
                record.company_id
                if "company_id" in fields
                else record.campaign_id.company_id
                if "campaign_id" in fields
                else record.env["res.company"]
            )
            council = not company or company == user.company_id
            own = council and self._is_own(record, user, role)
            self.ownership[key] = {"council": council, "own": bool(own)}
        return self.ownership[key]

    def _is_own(self, record, user, role):
        fields, model = record._fields, record._name
        if model == "cadre.review.member":
            return record.user_id == user
        if role == "office":
            return True
        if role == "standing":
            authority = self.superior if user == self.user_superior else self.own
            campaign = record
            if model != "cadre.review.campaign":
                campaign = "campaign_id" in fields and record.campaign_id
                campaign = campaign or self._dossier_of(record).campaign_id
            return campaign.owner_id == authority
        if role in ("officer", "head"):
            return "unit_id" in fields and record.unit_id == self.unit_a
        if role in ("person", "party"):
            cadre = self._cadre_of(record)
            if role == "person":
                return cadre.user_id == user
            body = cadre.party_body_id or cadre.unit_id.party_body_id
            return cadre and body == self.body_a
        return False

    def _dossier_of(self, record):
        for path in ("dossier_id", "opinion_id.dossier_id", "conference_id.dossier_id"):
            if path.partition(".")[0] in record._fields:
                return record.mapped(path)
        return record.env["cadre.review.dossier"]

    def _due(self, rights, operation, facts, user, role):
        """The records on which the tables allow the operation."""
        when = rights.get(operation)
        return {
            record
            for record, values in facts.items()
            if when and when.test({**values, **self._belongs(record, user, role)})
        }

    # ------------------------------------------------------------------
    # WHAT THE ORM DOES
    # ------------------------------------------------------------------

    def _found(self, records, domain=()):
        """Those of the records that the user's search finds."""
        try:
            found = records.search([("id", "in", records.ids), *domain])
        except AccessError:
            return set()
        return set(found.with_env(self.campaigns.env))

    def _allowed(self, records, operation):
        return set(records._filtered_access(operation).with_env(self.campaigns.env))

    def _goes_through(self, operate):
        """Whether the operation passes; whatever it did is undone."""
        savepoint = self.env.cr.savepoint()
        try:
            operate()
            self.env.flush_all()
            return True
        except AccessError:
            return False
        except ValidationError:
            return True  # the rights let it through; what is in it is another matter
        finally:
            self.env.transaction.clear()
            savepoint.close(rollback=True)

    def _writable_field(self, model):
        """A plain field that users write: what a write attempt writes."""
        return next(
            name
            for name, field in model._fields.items()
            if field.store
            and field.type in ("char", "text", "html", "selection", "integer", "float")
            and not (field.compute or field.related or field.groups)
            and not getattr(field, "gated", False)
            and not getattr(field, "written_in", False)
            and name not in ("state", "stage", "role")
        )

    # ------------------------------------------------------------------
    # COMPARING
    # ------------------------------------------------------------------

    def _note(self, model, user, operation, verdict, record, scene):
        """Keep a cell that differs, with the scenes in which it does."""
        record = record.sudo()
        whose = [
            record[name].display_name
            for name in ("unit_id", "company_id")
            if name in record._fields and record[name]
        ]
        stage = record["stage"] if "stage" in record._fields else ""
        key = (model, user.name, operation, verdict, *whose, stage)
        self.mismatches.setdefault(key, []).append(scene)

    def _compare(self, model, user, operation, scene, due, actual):
        for record in due - actual:
            self._note(model, user, operation, "refused but due", record, scene)
        for record in actual - due:
            self._note(model, user, operation, "ALLOWED", record, scene)

    def _report(self):
        if self.mismatches:
            lines = [
                f"{' '.join(key)}: {len(scenes)} × e.g. {scenes[0]}"
                for key, scenes in sorted(self.mismatches.items())
            ]
            self.fail(f"{len(lines)} cells differ:\n" + "\n".join(lines[:80]))

    def _users(self):
        for role, names in USERS.items():
            for name in names:
                yield role, getattr(self, name)

    def _check_model(self, model, scene, records, thoroughly=True):
        """All roles on all the records, set by set. Each operation is also carried out
        the first time that it is due, and the first time that it is not;
        thoroughly: one more record is made as well."""
        facts = {record: self._facts(record) for record in records}
        for role, user in self._users():
            rights = ACCESS[model].get(role, {})
            mine = records.with_user(user)
            for operation in ("read", "write", "unlink"):
                due = self._due(rights, operation, facts, user, role)
                if operation == "read":
                    actual = self._found(mine)
                else:
                    actual = self._allowed(mine, operation)
                self._compare(model, user, operation, scene, due, actual)
                self._carry_out(model, scene, operation, due, mine)
            self._check_create(model, scene, rights, facts, user, role, thoroughly)

    def _is_first(self, *attempt):
        """Whether this was not carried out before, which it is from now on."""
        is_first = attempt not in self.carried_out
        self.carried_out.add(attempt)
        return is_first

    def _carry_out(self, model, scene, operation, due, mine):
        """Really do it: the rules were asked in every scene, this shows that the
        operation asks the same ones."""
        user, field = mine.env.user, self._writable_field(mine)
        due_ids = {record.id for record in due}
        samples = mine.filtered(lambda r: r.id not in due_ids)[:1]
        if operation != "unlink":  # rows in use are held by those that refer to them
            samples |= mine.filtered(lambda r: r.id in due_ids)[:1]
        for record in samples:
            if not self._is_first(model, user, operation, record.id in due_ids):
                continue
            value = record.sudo()[field]
            attempt = {
                "read": lambda r=record: r.read([field]),
                "write": lambda r=record, v=value: r.write({field: v}),
                "unlink": record.unlink,
            }[operation]
            passed = self._goes_through(attempt)
            if passed != (record.id in due_ids):
                verdict = "PASSED" if passed else "refused but due"
                self._note(model, user, operation, verdict, record, scene)

    def _check_create(self, model, scene, rights, facts, user, role, thoroughly):
        """What rules say to one more record like each; thoroughly: it is made, once
        where that is due and once where it is not."""
        when = rights.get("create")
        creator = self.env[model].with_user(user)
        if not creator.has_access("create"):
            self.assertFalse(when, f"{model}: {role} needs an access line to create")
            if self._is_first(model, user, "create"):
                self.assertFalse(self._goes_through(lambda: creator.create({})))
            return
        like = {
            record: {**values, **self._belongs(record, user, role)}
            for record, values in facts.items()
        }
        made = {
            record: self._as_made(record, cell, role) for record, cell in like.items()
        }
        due = {record for record, cell in made.items() if when and when.test(cell)}
        as_is = {record for record in made if made[record] == like[record]}
        records = self.env[model].union(*as_is).with_user(user)
        actual = self._allowed(records, "create")
        self._compare(model, user, "create", scene, due & as_is, actual)
        for record in made if thoroughly else ():
            if not self._is_first(model, user, "create", scene, record in due):
                continue
            values = ONE_MORE[model](record)
            passed = self._goes_through(
                lambda r=record, v=values: self._create_instead(r, creator, v)
            )
            if passed != (record in due):
                verdict = "ALLOWED" if passed else "refused but due"
                self._note(model, user, "create", verdict, record, scene)

    def _as_made(self, record, cell, role):
        """The cell of a record like this one, when the role has just made it."""
        model, cell = record._name, dict(cell)
        if "state" in record._fields:
            cell["state"] = BORN.get(model, "draft")
        if model == "cadre.review.campaign":
            cell["campaign"] = "draft"
        if cell["answered"] is not None:
            cell["answered"] = False
        if model == "cadre.review.plan":
            cell["parent"] = "draft"
        if model == "cadre.review.regulation":
            cell["used"] = False
        says = self._says_who(record)
        if says == {"is_on_behalf"} or says and cell["keyed"] != "on line":
            cell["keyed"] = "by the office" if role == "office" else "by the unit"
        return cell

    def _create_instead(self, record, creator, values):
        if record._name in REPLACED:
            link = REPLACED[record._name]
            for line in LINES_OF[record._name] if link else ():
                self._delete_rows(line, link, record.id)
            if record._name == "cadre.review.report":
                self._forget_report(record)
            self._delete_rows(record._name, "id", record.id)
        creator.create(values)

    def _forget_report(self, report):
        """Rows that follow the report, and are not its own."""
        for model in ("cadre.review.shortcoming", "cadre.review.answer"):
            self.env[model].search([("report_id", "=", report.id)]).report_id = False
        self.env.flush_all()

    def _delete_rows(self, model, column, value):
        self.env.cr.execute(
            sql.SQL("DELETE FROM {} WHERE {} = %s").format(
                sql.Identifier(self.env[model]._table), sql.Identifier(column)
            ),
            [value],
        )
        self.env.invalidate_all(flush=False)

    # ------------------------------------------------------------------
    # SCENES
    # ------------------------------------------------------------------

    def _scenes(self, scenes=SCENES):
        """Every state of campaign and dossier."""
        for campaign_state, dossier_state in scenes:
            self.campaigns.state = campaign_state
            self.campaigns.dossier_ids.state = dossier_state
            carried_out = (campaign_state, dossier_state) in CARRIED_OUT
            yield f"{campaign_state} {dossier_state}", carried_out

    def _variants(self, model):
        """Every combination of the values that matter for the model."""
        path, states, keying = VARIED.get(model, ("", (), ()))
        records = self._samples(model)
        carriers = records[path] if path else records
        for state, keyed in product(states or [None], keying or [None]):
            values = {"state": state} if state else {}
            values |= KEYING.get(keyed, {})
            if values := {n: v for n, v in values.items() if n in carriers._fields}:
                carriers.write(values)
            self.env.flush_all()
            yield " ".join(filter(None, (state, keyed))), records

    def _check_scenes(self, models):
        first = " ".join(SCENES[0])
        for scene, carried_out in self._scenes():
            for model in models:
                # rules of lines look at the parent: carried out once is enough
                is_line = bool(VARIED.get(model, ("",))[0])
                thorough = carried_out and (not is_line or scene == first)
                for number, (variant, records) in enumerate(self._variants(model)):
                    self._check_model(
                        model,
                        f"{scene}, {variant}",
                        records,
                        thoroughly=thorough and not number,
                    )
        self._report()

    # ------------------------------------------------------------------
    # TESTS
    # ------------------------------------------------------------------

    def test_every_model_is_classified(self):
        """A new model must be put into a class, and its rights into the table."""
        classes = (REFERENCE, UNIT_SCOPED, OFFICE_ONLY, WIZARDS)
        self.assertEqual(our_models(self.env), set().union(*classes))
        self.assertEqual(sum(map(len, classes)), len(set().union(*classes)))
        self.assertEqual(set(ACCESS), REFERENCE | UNIT_SCOPED | OFFICE_ONLY)
        self.assertEqual(set().union(*SCENED.values()), UNIT_SCOPED | OFFICE_ONLY)
        self.assertEqual(set(USERS), set(ROLES))
        for name in our_models(self.env):
            self.assertEqual(self.env[name]._transient, name in WIZARDS, name)

    def test_every_model_has_access_lines_and_rules(self):
        """Unit-scoped and office-only models have a rule for each operation that
        some group may do; without one the access line would open every row."""
        operations = ("read", "write", "create", "unlink")
        for name in our_models(self.env):
            lines = self.env["ir.model.access"].search([("model_id.model", "=", name)])
            self.assertTrue(lines, f"{name} has no access line")
            self.assertFalse(lines.filtered(lambda line: not line.group_id), name)
            if name not in UNIT_SCOPED | OFFICE_ONLY:
                continue
            rules = self.env["ir.rule"].search([("model_id.model", "=", name)])
            for line, operation in product(lines, operations):
                if not line[f"perm_{operation}"]:
                    continue
                of_group = rules.filtered(
                    lambda rule, group=line.group_id: group in rule.groups
                )
                self.assertTrue(
                    any(of_group.mapped(f"perm_{operation}")),
                    f"{name}: {line.group_id.name} may {operation} without a rule",
                )

    @mute_logger(*MUTED)
    def test_reference_models(self):
        campaign_parts = {
            "cadre.review.campaign",
            "cadre.review.deadline",
            "cadre.review.legal.basis",
            "cadre.review.step",
            "cadre.review.form",
            "cadre.review.form.column",
        }
        for model in sorted(REFERENCE - campaign_parts):
            records = self.campaigns.env[model].search([])
            self._check_model(model, "", records)
        for state in CAMPAIGN_STATES:
            self.campaigns.state = state
            self.env.flush_all()
            for model in sorted(campaign_parts):
                records = self.campaigns.env[model].search([])
                carried_out = state in ("draft", "open", "closed")
                self._check_model(model, state, records, thoroughly=carried_out)
        self._report()

    @mute_logger(*MUTED)
    def test_people(self):
        for model in SCENED["people"]:
            self._check_model(model, "", self._samples(model))
        self._report()

    @mute_logger(*MUTED)
    def test_dossiers(self):
        self._check_scenes(SCENED["dossiers"])

    @mute_logger(*MUTED)
    def test_hand_in(self):
        self._check_scenes(SCENED["hand_in"])

    @mute_logger(*MUTED)
    def test_guidance(self):
        """What is shared is for everybody of the council, the rest is between two."""
        for shared in (False, True):
            questions = self.campaigns.env["cadre.review.question"].search([])
            questions.is_shared = shared
            self._check_scenes(SCENED["guidance"])

    @mute_logger(*MUTED)
    def test_opinions(self):
        self._check_scenes(SCENED["opinions"])

    @mute_logger(*MUTED)
    def test_conferences(self):
        self._check_scenes(SCENED["conferences"])

    @mute_logger(*MUTED)
    def test_reports(self):
        self._check_scenes(SCENED["reports"])

    @mute_logger(*MUTED)
    def test_suggestions(self):
        self._check_scenes(SCENED["suggestions"])

    @mute_logger(*MUTED)
    def test_imports(self):
        self._check_scenes(SCENED["imports"])

    @mute_logger(*MUTED)
    def test_decisions(self):
        self._check_scenes(SCENED["decisions"])

    @mute_logger(*MUTED)
    def test_results(self):
        self._check_scenes(SCENED["results"])

    @mute_logger(*MUTED)
    def test_windows_are_ones_own(self):
        """What one user enters in a window is nothing to another."""
        dossier = self.campaign.dossier_ids[:1]
        values = {
            "cadre.review.move.reason": {
                "res_model": dossier._name,
                "res_ids": dossier.ids,
                "move": "receive",
                "reason": "N",
            },
            "cadre.review.campaign.opening": {"campaign_id": self.campaign.id},
            "cadre.review.first.steps": {},
            "cadre.review.keying": {"dossier_id": dossier.id},
            "cadre.review.keying.line": {"rating_id": dossier.rating_ids[:1].id},
            "cadre.review.notifying": {"rating_ids": dossier.rating_ids.ids},
            "cadre.review.finding": {
                "severity": "1",
                "rule": "A1",
                "record_name": "N",
                "message": "N",
            },
            "cadre.review.suggesting": {"name": "N"},
            "cadre.review.assigning": {"dossier_ids": dossier.ids},
            "cadre.review.paper.failing": {
                "fault_id": self.env.ref("cadre_review.fault_other").id
            },
            "cadre.review.paper.placing": {"dossier_id": dossier.id},
            "cadre.review.paper.placing.line": {
                "attachment_id": self.env["ir.attachment"]
                .with_user(self.user_office)
                .create({"name": "N"})
                .id
            },
            **dict.fromkeys(OF_ADMIN),
            "cadre.review.urging.preview": {"campaign_id": self.campaign.id},
        }
        preview = self.env["cadre.review.urging.preview"].with_user(self.user_office)
        preview = preview.create({"campaign_id": self.campaign.id})
        values["cadre.review.urging.preview.line"] = {"preview_id": preview.id}
        values["cadre.review.importing"] = {"kind": "roster"}
        values["cadre.review.importing.option"] = {"name": "N"}
        for part in ("column", "question", "problem", "change"):
            values[f"cadre.review.importing.{part}"] = {}
        values["cadre.review.export"] = {
            "res_model": "cadre.review.rating",
            "res_ids": [1],
        }
        values["cadre.review.printing"] = {"name": "N"}
        self.assertEqual(set(values), WIZARDS)
        for model in sorted(WIZARDS - OF_ADMIN):
            window = self.env[model].with_user(self.user_office).create(values[model])
            for _role, user in self._users():
                allowed = set(window.with_user(user)._filtered_access("read"))
                self.assertEqual(bool(allowed), user == self.user_office, user.name)

    # ------------------------------------------------------------------
    # FILES
    # ------------------------------------------------------------------

    @mute_logger(*MUTED)
    def test_files(self):
        """Attachments found, read, replaced, added and deleted as each role."""
        models = [
            model
            for model in sorted(our_models(self.env) - WIZARDS)
            if "attachment_ids" in self.env[model]._fields
        ]
        for place, (scene, _carried_out) in enumerate(self._scenes(FILE_SCENES)):
            for model in models:
                for number, (variant, records) in enumerate(self._variants(model)):
                    files = records.attachment_ids
                    self._check_files(
                        model,
                        f"{scene}, {variant}",
                        files,
                        thoroughly=place < 2 and not number,
                    )
        self._report()

    def _check_files(self, model, scene, files, thoroughly):
        records = self.campaigns.env[model].browse(files.mapped("res_id"))
        facts = {record: self._facts(record) for record in records}
        file_of = dict(zip(records, files, strict=True))
        for role, user in self._users():
            rights = ACCESS[model].get(role, {})
            rights = rights | {"create": rights.get("write")}
            rights |= FILES.get(model, {}).get(role, {})
            if not rights and not thoroughly:
                continue
            mine, what = files.with_user(user), f"file of {model}"
            for operation in ("read", "write", "create"):
                due = {
                    file_of[record]
                    for record in self._due(rights, operation, facts, user, role)
                }
                if operation != "create":
                    actual = self._allowed(mine, operation)
                    self._compare(what, user, operation, scene, due, actual)
                if not thoroughly:
                    continue
                if operation == "read":
                    for domain in ([], [("res_model", "=", model)]):
                        actual = self._found(mine, domain)
                        self._compare(what, user, "search", scene, due, actual)
                for samples in (due, set(files) - due):
                    for file in list(samples)[:1]:
                        self._try_file(what, scene, operation, file, user, file in due)

    def _try_file(self, what, scene, operation, file, user, due):
        mine = file.with_user(user)
        attempts = {
            "read": {"content": lambda: mine.read(["raw"])},
            "write": {
                "replace": lambda: mine.write({"raw": PDF + b"khac"}),
                "rename": lambda: mine.write({"name": "khac.pdf"}),
                "delete": mine.unlink,
            },
            "create": {
                "add": lambda: mine.create(
                    {
                        "name": "them.pdf",
                        "raw": PDF,
                        "res_model": file.res_model,
                        "res_id": file.res_id,
                    }
                ),
            },
        }
        for name, attempt in attempts[operation].items():
            if not self._is_first(what, user, name, due):
                continue
            passed = self._goes_through(attempt)
            if passed != due:
                verdict = "PASSED" if passed else "refused but due"
                self._note(what, user, name, verdict, file, scene)
