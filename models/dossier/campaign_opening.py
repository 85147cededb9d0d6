from odoo import api, fields, models
from odoo.fields import Domain

from ...rules import opening
from ...rules.findings import blocking
from ...rules.law import UNREGULATED

# units opened in one transaction; larger campaigns are opened by the scheduled job
BATCH = 200
# creation in bulk: no follower, no tracking, no log message per row
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}


class CadreReviewCampaign(models.Model):
    """Opening: from the roll of units and posts to dossiers, ratings and papers."""

    _inherit = "cadre.review.campaign"

    opening_total = fields.Integer(readonly=True, copy=False, gated=True)
    opening_done = fields.Integer(readonly=True, copy=False, gated=True)
    opening_error = fields.Text(
        string="Opening Stopped By", readonly=True, copy=False, gated=True
    )
    opening_progress = fields.Float(compute="_compute_opening_progress")

    @api.depends("opening_total", "opening_done")
    def _compute_opening_progress(self):
        for campaign in self:
            total = campaign.opening_total
            campaign.opening_progress = total and 100 * campaign.opening_done / total

    def action_prepare_opening(self):
        """Show what opening, or refreshing, would create and mark."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "res_model": "cadre.review.campaign.opening",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Open the Campaign"),
            "context": {"default_campaign_id": self.id},
        }

    def action_open(self):
        """Open the campaign; again on an open one: add those who came late and
        mark those who left. Nothing is created twice."""
        self.ensure_one()
        if self.state == "open":
            self.check_access("write")
            plan = self._opening_plan()
            self._refuse_on(self._findings_of(plan))
            self.sudo()._apply_plan(plan)
        elif self.state == "opening":
            self.check_access("write")
            self._trigger_opening()
        elif len(self.unit_ids) > BATCH:
            passed = self._check_move("start")
            self.sudo()._mark(
                "start",
                passed=self._explain(passed),
                values={"opening_total": len(self.unit_ids)},
            )
            self._trigger_opening()
        else:
            self._check_may("open")
            plan = self._opening_plan()
            passed = self._refuse_on(self._findings_of(plan))
            self.sudo()._apply_plan(plan)
            self.sudo()._mark("open", passed=self._explain(passed))
        return True

    def _trigger_opening(self):
        self.env.ref("cadre_review.ir_cron_open_campaigns").sudo()._trigger()

    def _opening_findings(self):
        """What the rules say of opening these campaigns."""
        return [
            finding
            for campaign in self
            for finding in campaign._findings_of(campaign._opening_plan())
        ]

    def _findings_of(self, plan):
        return [*self._deadline_findings(), *plan.findings]

    # ------------------------------------------------------------------
    # PLAN
    # ------------------------------------------------------------------

    def _opening_plan(self, units=None):
        """Plan for all units in scope, or for a batch of them.

        Reads the roll in a fixed number of queries.

        :rtype: rules.opening.Plan
        """
        self.ensure_one()
        units = self.sudo().unit_ids if units is None else units.sudo()
        posts = self._posts_in_force(units)
        laws = {kind: self._law(kind) for kind in {*posts.mapped("kind"), "collective"}}
        return opening.plan(
            opening.Campaign(self.name, laws["collective"]),
            [
                opening.Unit(
                    unit.id,
                    unit.name,
                    exists=unit._is_valid_on(self.scope_date),
                    has_authority=bool(unit.authority_id),
                    has_regulation=laws["collective"] is not UNREGULATED,
                    law=laws["collective"],
                )
                for unit in units
            ],
            [
                opening.Post(
                    id=post.id,
                    person_id=post.cadre_id.id,
                    name=post.cadre_id.name,
                    unit_id=post.unit_id.id,
                    is_main=post.is_main,
                    is_head=post.is_head,
                    scope=post.scope,
                    has_authority=bool(post.authority_id),
                    has_regulation=laws[post.kind] is not UNREGULATED,
                    law=laws[post.kind],
                )
                for post in posts
            ],
            self._idle_people(units, posts.cadre_id),
            self._existing(units, posts.cadre_id),
        )

    def _posts_in_force(self, units):
        """Posts in force on the day of scope of everybody who has one in
        ``units``; their posts elsewhere are read too: one may be the main one."""
        Post = self.env["cadre.review.post"].sudo()
        in_force = [
            ("cadre_id.active", "=", True),
            *Post._in_force_domain(self.scope_date),
        ]
        people = Post.search([("unit_id", "in", units.ids), *in_force]).cadre_id
        return Post.search([("cadre_id", "in", people.ids), *in_force])

    def _idle_people(self, units, busy):
        """People whose last main post was in these units and who hold none now,
        but for those who left the campaign and those whose post is yet to begin."""
        left = (
            self.env["cadre.review.rating"]
            .sudo()
            .search([("campaign_id", "=", self.id), ("has_left", "=", True)])
        )
        idle = (
            self.env["cadre.review.cadre"]
            .sudo()
            .search_fetch(
                [
                    ("unit_id", "in", units.ids),
                    ("id", "not in", [*busy.ids, *left.cadre_id.ids]),
                    ("post_ids", "not any", [("date_from", ">", self.scope_date)]),
                ],
                ["name"],
            )
        )
        return {cadre.id: cadre.name for cadre in idle}

    def _existing(self, units, busy):
        """What the campaign holds: in all units, or for a batch in these units
        and of the people who have a post there."""
        dossiers = Domain("campaign_id", "=", self.id) & Domain(
            "state", "!=", "excluded"
        )
        ratings = Domain("campaign_id", "=", self.id) & Domain(
            [("cadre_id", "!=", False), ("has_left", "=", False)]
        )
        if units != self.sudo().unit_ids:
            dossiers &= Domain("unit_id", "in", units.ids)
            ratings &= Domain("cadre_id", "in", busy.ids)
        dossiers = (
            self.env["cadre.review.dossier"].sudo().search_fetch(dossiers, ["unit_id"])
        )
        ratings = (
            self.env["cadre.review.rating"]
            .sudo()
            .search_fetch(ratings, ["cadre_id", "unit_id"])
        )
        return opening.Existing(
            units=frozenset(dossiers.unit_id.ids),
            people={rating.cadre_id.id: rating.unit_id.id for rating in ratings},
        )

    # ------------------------------------------------------------------
    # CARRYING OUT
    # ------------------------------------------------------------------

    def _apply_plan(self, plan, mark_left=True):
        """Create what the plan names, in one insert per model.

        :param bool mark_left: mark those no longer in scope, too; not for a batch,
            which knows its own units only
        """
        self.ensure_one()
        self = self.with_context(**QUIET)
        if mark_left:
            self._mark_left(plan)
        self._leave(plan.moved_people, self.env._("The main post is in another unit."))
        dossiers = self._create_dossiers(plan)
        ratings = self._create_ratings(plan, dossiers)
        self._create_papers(dossiers, ratings)
        self.env["cadre.review.cap"].sudo()._open_board(self, ratings)

    def _create_dossiers(self, plan):
        Dossier = self.env["cadre.review.dossier"]
        units = self.env["cadre.review.unit"].browse(plan.units)
        heads = self._heads(units)
        return Dossier.create(
            [
                Dossier._prepare_opening_values(self, unit, heads.get(unit.id))
                for unit in units
            ]
        )

    def _heads(self, units):
        posts = self.env["cadre.review.post"].search_fetch(
            [
                ("unit_id", "in", units.ids),
                ("is_head", "=", True),
                *self.env["cadre.review.post"]._in_force_domain(self.scope_date),
            ],
            ["unit_id", "cadre_id"],
            order="sequence desc, id desc",
        )
        return {post.unit_id.id: post.cadre_id.name for post in posts}

    def _create_ratings(self, plan, dossiers):
        """Ratings of the new collectives, and of people in new and old dossiers."""
        Rating = self.env["cadre.review.rating"]
        Post = self.env["cadre.review.post"]
        old_units = {post.unit_id for post in plan.posts} - {*plan.units}
        old_dossiers = dossiers.search(
            [
                ("campaign_id", "=", self.id),
                ("unit_id", "in", [*old_units]),
                ("state", "!=", "excluded"),
            ]
        )
        by_unit = (dossiers | old_dossiers).grouped("unit_id")
        posts = Post.browse([post.id for post in plan.posts])
        concurrent = Post.search(
            [
                ("cadre_id", "in", posts.cadre_id.ids),
                ("is_main", "=", False),
                *Post._in_force_domain(self.scope_date),
            ]
        ).grouped("cadre_id")
        regulations = {
            kind: self._regulation(kind)
            for kind in {*posts.mapped("kind"), "collective"}
        }
        ratings = Rating.create(
            [
                Rating._prepare_collective_values(dossier, regulations["collective"])
                for dossier in dossiers
            ]
            + [
                Rating._prepare_person_values(
                    by_unit[post.unit_id],
                    post,
                    concurrent.get(post.cadre_id, Post),
                    regulations[post.kind],
                )
                for post in posts
            ]
        )
        self.env["cadre.review.receipt"]._open_for(ratings)
        return ratings

    def _create_papers(self, dossiers, ratings):
        Paper = self.env["cadre.review.paper"]
        per_person = self.paper_kind_ids.filtered("per_person")
        per_unit = self.paper_kind_ids - per_person
        Paper.create(
            [
                Paper._prepare_expected_values(dossier, kind)
                for dossier in dossiers
                for kind in per_unit
            ]
            + [
                Paper._prepare_expected_values(rating.dossier_id, kind, rating)
                for rating in ratings
                if rating.cadre_id and rating.scope == "rated"
                for kind in per_person
            ]
        )

    def _mark_left(self, plan):
        """Those no longer in scope stay visible, marked with the reason."""
        dossiers = self.env["cadre.review.dossier"].search(
            [
                ("campaign_id", "=", self.id),
                ("unit_id", "in", plan.left_units),
                ("state", "!=", "excluded"),
            ]
        )
        dossiers._mark("exclude", self.env._("No longer among the units in scope."))
        self._leave(
            plan.left_people,
            self.env._(
                "No post in the units in scope on %(day)s.",
                day=self.scope_date.strftime("%d/%m/%Y"),
            ),
        )

    def _leave(self, people, reason):
        self.env["cadre.review.rating"].search(
            [
                ("campaign_id", "=", self.id),
                ("cadre_id", "in", people),
                ("has_left", "=", False),
            ]
        )._leave(reason)

    @api.model
    def _cron_open(self):
        """Open large campaigns batch by batch; a killed run resumes by itself."""
        for campaign in self.search([("state", "=", "opening")]):
            if not campaign._open_batches():
                return

    def _open_batches(self):
        """Open the units that are still to do; what the rules refuse meanwhile is
        noted for the office and tried again at the next run.

        :return: whether there is time left for other campaigns
        """
        self.ensure_one()
        Cron, Unit = self.env["ir.cron"], self.env["cadre.review.unit"]
        todo = (self.unit_ids - self.dossier_ids.unit_id).ids
        Cron._commit_progress(remaining=len(todo))
        while todo:
            units, todo = Unit.browse(todo[:BATCH]), todo[BATCH:]
            plan = self._opening_plan(units)
            if blocks := blocking(plan.findings):
                self._note_opening_error(self._explain(blocks))
                Cron._commit_progress(remaining=0)
                return True
            self._apply_plan(plan, mark_left=False)
            self.opening_done = self.opening_total - len(todo)
            if not Cron._commit_progress(len(units)) and todo:
                return False
        self._note_opening_error(False)
        self._mark("finish")
        return True

    def _note_opening_error(self, error):
        """Tell the office once what stands in the way."""
        if error and error != self.opening_error:
            self.message_post(body=error)
        self.opening_error = error
