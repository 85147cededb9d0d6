import json

from odoo import Command, api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import convert, file_open

from ..base.local_today import DEFAULT_TZ

LANG = "vi_VN"
FOLDER = "data/scenario/"
CAMPAIGN = "cadre_review.scenario_campaign_2022"
# in this order; how far its communes have come stands in story.json
FILES = (
    "res.users.csv",
    "cadre.review.authority.csv",
    "cadre.review.party.body.csv",
    "cadre.review.unit.csv",
    "cadre.review.cadre.csv",
    "cadre.review.post.csv",
    "cadre.review.fact.csv",
    "cadre.review.member.csv",
    "cadre_review_campaign.xml",
)


class CadreReviewScenario(models.AbstractModel):
    """The letter's own campaign as an example: thị xã Đức Phổ, 2022.

    Names of people are invented; the password of every login is the login.

    - administrators load it, once.
    """

    _name = "cadre.review.scenario"
    _description = "Example Campaign"

    def action_load(self):
        """Load the example; its people get logins with known passwords."""
        user = self.env.user
        if not (
            user.has_group("cadre_review.cadre_review_group_admin")
            or user.has_group("base.group_system")
        ):
            raise AccessError(
                self.env._("Only an administrator can load the example campaign.")
            )
        loaded = self.env.ref(CAMPAIGN, raise_if_not_found=False)
        if not loaded and self.env["cadre.review.campaign"].sudo().search([], limit=1):
            raise UserError(
                self.env._(
                    "There are campaigns in this database already; the example "
                    "belongs into an empty one."
                )
            )
        self.sudo()._load()
        return {"type": "ir.actions.client", "tag": "reload"}

    @api.model
    def _load(self):
        """Load the example; loaded before, it is left as it is.

        :raise Exception: a file cannot be loaded, or one of its people cannot take
            a step; nothing of the example is kept then
        """
        if self.env.ref(CAMPAIGN, raise_if_not_found=False):
            return
        with file_open(f"cadre_review/{FOLDER}story.json") as file:
            story = json.load(file)
        self.env["res.lang"]._activate_and_install_lang(LANG)
        company = self._set_up_council(story["council"])
        self = self.with_context(
            lang=LANG,
            tz=DEFAULT_TZ,
            allowed_company_ids=company.ids,
            no_reset_password=True,
            mail_create_nolog=True,
        )
        for file in FILES:
            convert.convert_file(
                self.env, "cadre_review", FOLDER + file, None, "init", noupdate=True
            )
        self._set_up_administrator(company)
        campaign = self.env.ref(CAMPAIGN)
        self._take(campaign.with_user(self._user("vanphong")), "action_open")
        for commune, steps in story["communes"].items():
            unit = self.env.ref(f"cadre_review.scenario_unit_{commune}")
            dossier = campaign.dossier_ids.filtered(lambda d, u=unit: d.unit_id == u)
            people = self._people(commune)
            for step in steps:
                getattr(self, f"_play_{step}")(dossier, people, story)

    # ------------------------------------------------------------------
    # SETTING UP
    # ------------------------------------------------------------------

    def _set_up_council(self, values):
        """The main company, if nobody has named it yet, or a new one."""
        company = self.env.ref("base.main_company")
        if company.name != "My Company":
            company = company.create({"name": values["name"]})
        company.write({**values, "country_id": self.env.ref("base.vn").id})
        company.partner_id.write({"lang": LANG, "tz": DEFAULT_TZ})
        self.env["ir.model.data"]._update_xmlids(
            [
                {
                    "xml_id": "cadre_review.scenario_company",
                    "record": company,
                    "noupdate": True,
                }
            ]
        )
        return company

    def _set_up_administrator(self, company):
        group = self.env.ref("cadre_review.cadre_review_group_admin")
        self.env.ref("base.user_admin").write(
            {
                "lang": LANG,
                "tz": DEFAULT_TZ,
                "company_ids": [Command.link(company.id)],
                "group_ids": [Command.link(group.id)],
            }
        )

    def _user(self, name):
        return self.env.ref(f"cadre_review.scenario_user_{name}")

    def _people(self, commune):
        """``{role: user}`` of those who log in for the commune, and the office."""
        place = commune.replace("_", "")
        return {
            "officer": self._user(f"canbo_{place}"),
            "head": self._user(f"chutich_{place}"),
            "party": self._user(f"capuy_{place}"),
            "office": self._user("vanphong"),
        }

    # ------------------------------------------------------------------
    # PLAYING
    # ------------------------------------------------------------------

    def _take(self, records, action, reason=None):
        """Take a step as the records' user, with the reason where one is asked for.

        :raise UserError: the step asks for a reason and the example has none to give
        """
        answer = getattr(records, action)()
        if (
            isinstance(answer, dict)
            and answer.get("res_model") == "cadre.review.move.reason"
        ):
            if not reason:
                raise UserError(answer["context"]["default_warnings"] or action)
            records._move(answer["context"]["default_move"], reason)

    def _rated(self, dossier):
        return dossier.rating_ids.filtered(lambda r: r.cadre_id and r.scope == "rated")

    def _level(self, rating):
        return "excellent" if rating.user_id and not rating.is_head else "good"

    def _give_opinion(self, rating, stage, story, writer, confirmer=None):
        """One stage's opinion: on line by its author, else keyed from paper."""
        Opinion = self.env["cadre.review.opinion"].with_user(writer)
        opinion = Opinion.create(
            {
                **Opinion._prepare_values(rating.with_user(writer), stage),
                "degradation": "none",
                "proposed_level": self._level(rating),
                "date": story["reviewed_on"],
            }
        )
        if opinion.source == "online":
            opinion.write(story["summary"])
            comments = story["comments"][rating.regulation_id.code]
            for line in opinion.line_ids:
                line.write(comments[line.criterion_id.code])
        else:
            opinion.source_place = story["kept_at"]
        self._take(opinion.with_user(confirmer or writer), "action_confirm")

    def _play_assess(self, dossier, people, story):
        for rating in self._rated(dossier):
            writer = rating.user_id or people["officer"]
            self._give_opinion(rating, "self", story, writer)

    def _play_confer(self, dossier, people, story):
        officer = people["officer"]
        dossier = dossier.with_user(officer)
        dossier.write(story["targets"])
        dossier.action_open_conference()
        conference = dossier.conference_ids
        conference.write(
            {
                **story["conference"],
                "chair": dossier.head_name,
                "secretary": officer.name,
            }
        )
        for subject in conference.subject_ids:
            level = self._level(subject.rating_id)
            subject.write({**story["ballots"][level], "concluded_level": level})
        self._take(conference, "action_hold")
        self._take(conference, "action_adopt")

    def _play_comment(self, dossier, people, story):
        """Nobody comments on themselves: the comment on the head comes on paper."""
        officer, head = people["officer"], people["head"]
        for rating in self._rated(dossier):
            self._give_opinion(rating, "party", story, people["party"])
            if rating.user_id == head:
                self._give_opinion(rating, "unit", story, people["office"])
            else:
                self._give_opinion(rating, "unit", story, officer, head)
        collective = dossier.rating_ids.filtered(lambda r: not r.cadre_id)
        self._give_opinion(collective, "unit", story, officer, head)

    def _play_provide(self, dossier, people, story):
        papers = dossier.paper_ids.with_user(people["officer"])
        for number, paper in enumerate(papers, 1):
            kind = paper.kind_id
            paper.write(
                {
                    "source": "paper",
                    "source_place": story["kept_at"],
                    "date": story["handed_in_on"],
                    "number": kind.has_number
                    and f"{number:02}{story['numbers'][kind.code]}",
                    "signer": not kind.per_person and dossier.head_name,
                }
            )
        self._take(papers, "action_provide")

    def _confirm_receipts(self, dossier, office, story):
        """As the organs that take the declarations in have told the office."""
        for receipt in dossier.receipt_ids.with_user(office):
            campaign = receipt.campaign_id
            receivers = {"asset": campaign.asset_receiver, "cv": campaign.cv_receiver}
            receipt.write(
                {"date": story["reviewed_on"], "receiver": receivers[receipt.kind]}
            )
            receipt.action_confirm()

    def _play_hand_in(self, dossier, people, story):
        dossier = dossier.with_user(people["head"])
        self._confirm_receipts(dossier, people["office"], story)
        self._take(dossier, "action_submit")
        # a hand-in is dated the day it happens; the example happened in 2022
        dossier.sudo().date_submitted = story["handed_in_on"]

    def _play_accept(self, dossier, people, story):
        dossier = dossier.with_user(people["office"])
        self._take(dossier, "action_receive")
        self._take(dossier, "action_check_papers")
        self._take(dossier, "action_accept", story["formalism_passed"])
