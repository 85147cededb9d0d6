"""A tiny council in November 2022, and the way through by those concerned."""

import copy
import functools
from datetime import date, datetime
from unittest.mock import patch

from odoo import Command
from odoo.tests import freeze_time, new_test_user

from odoo.addons.base.tests.common import BaseCommon

from ..scans import confined

PLACE = "Tủ hồ sơ 2, Văn phòng"
# the least that is a PDF
PDF = b"%PDF-1.4\n%%EOF\n"
_looked_at = functools.cache(confined.run)


def _confined(task, content, run=confined.run):
    """A worker started once for each tiny file of the tests, of which there are few."""
    if len(content) > 5000:
        return run(task, content)
    return copy.deepcopy(_looked_at(task, content))


class ReviewCase(BaseCommon):
    """Two units with their party bodies, people, and one user for each role.

    ========= ========================== ===================================
    unit      person                     main post
    ========= ========================== ===================================
    A         chair_a                    Chủ tịch, decided by the superior
    A         deputy_a (user_person_a)   Phó Chủ tịch, decided by the owner
    A         opinion_a                  gives an opinion only
    B         chair_b                    Chủ tịch, also a post in A
    B         deputy_b                   Phó Chủ tịch, reviewed here only
    ========= ========================== ===================================

    Opened on A and B that is 2 dossiers, 6 ratings and 2 × 4 + 3 × 3 papers.
    Helpers take the steps as the users whose steps they are.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(confined, "run", _confined))
        # 10 o'clock of a working day where the council sits
        cls.startClassPatcher(freeze_time("2022-11-21 03:00:00"))
        cls.today = date(2022, 11, 21)
        cls.regulations = cls.env.ref("cadre_review.nd90_2020_official") | cls.env.ref(
            "cadre_review.hd21_2019_collective"
        )
        cls.paper_kinds = cls.env["cadre.review.paper.kind"].search([])
        cls._create_organisation()
        cls._create_people()
        cls._create_users()

    @classmethod
    def _create_organisation(cls):
        cls.own, cls.superior = cls.env["cadre.review.authority"].create(
            [
                {
                    "name": "Thường trực HĐND thị xã Thử",
                    "code": "TEST-OWN",
                    "company_id": cls.company.id,
                },
                {"name": "Ban Thường vụ Thị ủy Thử", "code": "TEST-SUPERIOR"},
            ]
        )
        cls.body_a, cls.body_b = cls.env["cadre.review.party.body"].create(
            [
                {"name": "Đảng ủy phường A", "code": "TEST-DU-A"},
                {"name": "Đảng ủy xã B", "code": "TEST-DU-B"},
            ]
        )
        cls.unit_a, cls.unit_b = cls.env["cadre.review.unit"].create(
            [
                {
                    "name": "Thường trực HĐND phường A",
                    "code": "TEST-A",
                    "kind": "ward",
                    "issuing_body": "HỘI ĐỒNG NHÂN DÂN\nPHƯỜNG A",
                    "place": "Phường A",
                    "authority_id": cls.own.id,
                    "party_body_id": cls.body_a.id,
                },
                {
                    "name": "Thường trực HĐND xã B",
                    "code": "TEST-B",
                    "kind": "commune",
                    "authority_id": cls.own.id,
                    "party_body_id": cls.body_b.id,
                },
            ]
        )

    @classmethod
    def _create_people(cls):
        chair = {"title": "Chủ tịch HĐND", "is_head": True, "sequence": 1}
        deputy = {"title": "Phó Chủ tịch HĐND", "sequence": 2}
        cls.chair_a = cls._person(
            "Lê Văn Ánh", cls.unit_a, authority_id=cls.superior.id, **chair
        )
        cls.deputy_a = cls._person("Trần Thị Bình", cls.unit_a, **deputy)
        cls.opinion_a = cls._person(
            "Võ Minh Đạt", cls.unit_a, title="Trưởng Ban HĐND", scope="opinion"
        )
        cls.chair_b = cls._person(
            "Phạm Quốc Ân", cls.unit_b, authority_id=cls.superior.id, **chair
        )
        cls.deputy_b = cls._person(
            "Hồ Thị Ý", cls.unit_b, scope="reviewed", authority_id=False, **deputy
        )
        cls._post(cls.chair_b, cls.unit_a, title="Ủy viên", is_main=False)

    @classmethod
    def _create_users(cls):
        """All at once: one by one they cost more than what is tested with them."""
        users = {
            "none": {},
            "admin": {"groups": "cadre_review.cadre_review_group_admin"},
            "office": {"role": "office", "company_id": cls.company.id},
            "standing": {"role": "standing", "authority_id": cls.own.id},
            "officer_a": {"role": "officer", "unit_id": cls.unit_a.id},
            "head_a": {"role": "head", "unit_id": cls.unit_a.id},
            "party_a": {"role": "party", "party_body_id": cls.body_a.id},
            "officer_b": {"role": "officer", "unit_id": cls.unit_b.id},
            "head_b": {"role": "head", "unit_id": cls.unit_b.id},
            "party_b": {"role": "party", "party_body_id": cls.body_b.id},
            "person_a": {},
        }
        records = cls._logins(
            {
                login: ",".join(
                    filter(None, ("base.group_user", user.pop("groups", "")))
                )
                for login, user in users.items()
            }
        )
        cls.env["cadre.review.member"].create(
            [
                {"user_id": record.id, **member}
                for record, member in zip(records, users.values(), strict=True)
                if member
            ]
        )
        for login, record in zip(users, records, strict=True):
            setattr(cls, f"user_{login}", record)
        cls.deputy_a.user_id = cls.user_person_a

    # ------------------------------------------------------------------
    # RECORDS
    # ------------------------------------------------------------------

    @classmethod
    def _person(cls, name, unit, code=None, **post):
        """A person with one post in the unit, decided by the owner of campaigns."""
        count = cls.env["cadre.review.cadre"].search_count([])
        cadre = cls.env["cadre.review.cadre"].create(
            {
                "name": name,
                "code": code or f"TEST-{count + 1:04}",
                "birth_date": date(1975, 4, 30),
            }
        )
        cls._post(cadre, unit, **post)
        return cadre

    @classmethod
    def _post(cls, cadre, unit, **values):
        return cls.env["cadre.review.post"].create(
            {
                "cadre_id": cadre.id,
                "unit_id": unit.id,
                "title": "Phó Chủ tịch HĐND",
                "authority_id": cls.own.id,
                "date_from": date(2021, 7, 1),
                **values,
            }
        )

    @classmethod
    def _units(cls, number, people=3, start=0):
        """More units, each with a head and so many people in all."""
        start = cls.env["cadre.review.unit"].search_count([])
        units = cls.env["cadre.review.unit"].create(
            [
                {
                    "name": f"Thường trực HĐND xã {index:04}",
                    "code": f"TEST-X{index:04}",
                    "authority_id": cls.own.id,
                    "party_body_id": cls.body_a.id,
                }
                for index in range(start, start + number)
            ]
        )
        cls.env["cadre.review.cadre"].create(
            [
                {
                    "name": f"Nguyễn Văn {index}",
                    "code": f"{unit.code}-{index}",
                    "post_ids": [
                        Command.create(
                            {
                                "unit_id": unit.id,
                                "title": "Chủ tịch" if not index else "Phó Chủ tịch",
                                "is_head": not index,
                                "authority_id": cls.own.id,
                            }
                        )
                    ],
                }
                for unit in units
                for index in range(people)
            ]
        )
        return units

    @classmethod
    def _logins(cls, groups):
        """Users with these logins, whose password is the login as well.

        :param dict groups: ``{login: xml ids of groups, with commas between}``
        """
        return cls.env["res.users"].create(
            [
                {
                    "login": f"review_{login}",
                    "password": f"review_{login}",
                    "name": login,
                    "email": "r.r@example.com",
                    "group_ids": [
                        Command.set([cls.env.ref(name).id for name in names.split(",")])
                    ],
                }
                for login, names in groups.items()
            ]
        )

    @classmethod
    def _user(cls, login, role=None, groups="base.group_user", **place):
        """A user; with a role, the membership that gives it."""
        user = new_test_user(cls.env, f"review_{login}", groups, name=login)
        if role:
            [(field, record)] = place.items()
            cls.env["cadre.review.member"].create(
                {"user_id": user.id, "role": role, field: record.id}
            )
        return user

    @classmethod
    def _campaign_values(cls, **values):
        return {
            "name": "Đánh giá năm 2022",
            "year": 2022,
            "owner_id": cls.own.id,
            "scope_date": date(2022, 11, 8),
            "unit_ids": [Command.set((cls.unit_a | cls.unit_b).ids)],
            "regulation_ids": [Command.set(cls.regulations.ids)],
            "paper_kind_ids": [Command.set(cls.paper_kinds.ids)],
            "deadline_ids": [
                cls._deadline("review", date(2022, 11, 25), "by"),
                cls._deadline("dossier", date(2022, 12, 1), "before"),
                cls._deadline("conclusion", date(2022, 12, 5), "before"),
            ],
            **values,
        }

    @classmethod
    def _deadline(cls, kind, day, mode):
        return Command.create({"name": kind, "kind": kind, "date": day, "mode": mode})

    @classmethod
    def _campaign(cls, **values):
        """A draft campaign on both units, as the office."""
        Campaign = cls.env["cadre.review.campaign"].with_user(cls.user_office)
        return Campaign.create(cls._campaign_values(**values))

    @classmethod
    def _opened_campaign(cls, **values):
        """An open campaign on both units, as the office."""
        campaign = cls._campaign(**values)
        campaign.action_open()
        return campaign

    @classmethod
    def _dossier(cls, campaign, unit):
        """The unit's dossier, as the office."""
        dossiers = campaign.with_user(cls.user_office).dossier_ids
        return dossiers.filtered(lambda dossier: dossier.unit_id == unit)

    @classmethod
    def _rating(cls, campaign, cadre):
        """The person's rating, as the office."""
        ratings = campaign.with_user(cls.user_office).rating_ids
        return ratings.filtered(lambda rating: rating.cadre_id == cadre)

    # ------------------------------------------------------------------
    # STEPS
    # ------------------------------------------------------------------

    @classmethod
    def _click(cls, record, button, reason="Theo văn bản của đơn vị"):
        """Press a button; the window that asks for a reason is answered."""
        action = getattr(record, button)()
        if isinstance(action, dict) and (
            action.get("res_model") == "cadre.review.move.reason"
        ):
            window = record.env[action["res_model"]].with_context(**action["context"])
            return window.create({"reason": reason}).action_confirm()
        if isinstance(action, dict) and (
            action.get("res_model") == "cadre.review.paper.failing"
        ):
            window = record.env[action["res_model"]].with_context(**action["context"])
            fault = record.env.ref("cadre_review.fault_signature").id
            return window.create({"fault_id": fault, "remark": reason}).action_confirm()
        return action

    @classmethod
    def _returned(cls, dossier, reason="Bổ sung biên bản", **values):
        """The request for completion issued by the office; the request."""
        action = dossier.with_user(cls.user_office).action_request()
        request = dossier.env[action["res_model"]].browse(action["res_id"])
        request = request.with_user(cls.user_office)
        request.write({"reason": reason, **values})
        cls._click(request, "action_issue")
        return request

    @classmethod
    def _of(cls, dossier, role):
        """The user who holds the role in the dossier's unit."""
        suffix = "a" if dossier.unit_id == cls.unit_a else "b"
        return getattr(cls, f"user_{role}_{suffix}")

    @classmethod
    def _subjects(cls, dossier):
        """Those rated in the dossier: the collective first, then the people."""
        return dossier.sudo().rating_ids.filtered(
            lambda rating: rating.scope == "rated" and not rating.has_left
        )

    @classmethod
    def _opinion(cls, rating, stage, writer, confirmer=None, level="good", **values):
        """Write one stage's opinion and confirm it."""
        action = rating.with_user(writer)._open_opinion(stage)
        opinion = rating.env["cadre.review.opinion"].browse(action["res_id"])
        opinion = opinion.with_user(writer)
        opinion.line_ids.write({"strengths": "Tốt", "shortcomings": "Không có"})
        opinion.line_ids[-1:].shortcomings = "Có việc còn chậm"
        values = {"degradation": "none", **values}
        if opinion.source != "online":
            values = {"source_place": PLACE, **values}
        opinion.write({"proposed_level": level, **values})
        cls._click(opinion.with_user(confirmer or writer), "action_confirm")
        return opinion

    @classmethod
    def _self_assessed(cls, dossier, level="good"):
        """Everybody's self-assessment: on line, or keyed by the unit's officer."""
        for rating in cls._subjects(dossier).filtered("cadre_id"):
            writer = rating.user_id or cls._of(dossier, "officer")
            cls._opinion(rating, "self", writer, level=level)

    @classmethod
    def _held_conference(cls, dossier, level="good"):
        """The conference with all its figures, held but not adopted."""
        dossier = dossier.with_user(cls._of(dossier, "officer"))
        action = dossier.action_open_conference()
        conference = dossier.env["cadre.review.conference"].browse(action["res_id"])
        conference.write(
            {
                "date_start": datetime(2022, 11, 18, 1),
                "date_end": datetime(2022, 11, 18, 4),
                "place": "Hội trường",
                "chair": "Lê Văn Ánh",
                "secretary": "Ngô Thị Thư",
                "convened": 10,
                "present": 9,
                "absent": 1,
                "absence_reasons": "Đỗ Văn Vắng: nghỉ ốm",
            }
        )
        conference.subject_ids.write(
            {
                "issued": 9,
                "collected": 9,
                "valid": 8,
                "invalid": 1,
                "votes_excellent": 2,
                "votes_good": 6,
                "concluded_level": level,
                "departure_reason": level != "good" and "Chủ trì có ý kiến khác",
            }
        )
        cls._click(conference, "action_hold")
        return conference

    @classmethod
    def _adopted_conference(cls, dossier, level="good"):
        """The conference with its minutes adopted, self-assessments before it."""
        cls._self_assessed(dossier, level)
        conference = cls._held_conference(dossier, level)
        cls._click(conference, "action_adopt")
        return conference

    @classmethod
    def _commented(cls, dossier, level="good"):
        """The comments of the party body and of the unit."""
        officer, head = cls._of(dossier, "officer"), cls._of(dossier, "head")
        for rating in cls._subjects(dossier):
            if rating.cadre_id:
                cls._opinion(rating, "party", cls._of(dossier, "party"), level=level)
            cls._opinion(rating, "unit", officer, head, level=level)

    @classmethod
    def _provided(cls, dossier):
        """All expected papers, kept on paper."""
        papers = dossier.with_user(cls._of(dossier, "officer")).paper_ids
        papers.write(
            {
                "source_place": PLACE,
                "number": "05/HĐND",
                "date": date(2022, 11, 21),
                "signer": "Lê Văn Ánh",
            }
        )
        cls._click(papers, "action_provide")

    @classmethod
    def _submitted(cls, dossier, level="good"):
        """The dossier handed in by the head, with everything in it."""
        cls._adopted_conference(dossier, level)
        cls._commented(dossier, level)
        cls._provided(dossier)
        cls._click(dossier.with_user(cls._of(dossier, "head")), "action_submit")
        return dossier

    @classmethod
    def _accepted(cls, dossier, level="good"):
        """The dossier received, its papers checked, accepted by the office."""
        cls._submitted(dossier, level)
        dossier = dossier.with_user(cls.user_office)
        cls._click(dossier, "action_receive")
        cls._click(dossier, "action_check_papers")
        cls._click(dossier, "action_accept")
        return dossier

    @classmethod
    def _appraised(cls, dossier, level="good"):
        """The office's appraisal as the unit proposed; the ratings."""
        dossier = cls._accepted(dossier, level)
        ratings = dossier.rating_ids & cls._subjects(dossier).with_env(dossier.env)
        cls._click(ratings, "action_accept_proposals")
        return ratings

    @classmethod
    def _decided(cls, dossier, level="good"):
        """One decision per authority, recorded and issued; the decisions."""
        ratings = cls._appraised(dossier, level)
        action = ratings.action_draft_decisions()
        drafts = ratings.env["cadre.review.decision"].search(action["domain"])
        for index, decision in enumerate(drafts, start=1):
            decision.write(
                {
                    "number": f"{dossier.id}{index}-QĐ/TT",
                    "date": cls.today,
                    "signer": "Nguyễn Thị Ký",
                    "source_place": PLACE,
                }
            )
            cls._click(decision, "action_issue")
        return drafts
