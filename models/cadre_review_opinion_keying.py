from odoo import api, fields, models


class CadreReviewOpinion(models.Model):
    """Keying opinions person by person, each from the paper beside it."""

    _name = "cadre.review.opinion"
    _inherit = ["cadre.review.opinion", "cadre.review.scans.mixin"]

    can_go_on = fields.Boolean(
        compute="_compute_can_go_on",
        help="The office keys it, and may go on to the next person of the dossier.",
    )

    @api.depends("state", "is_on_behalf")
    @api.depends_context("uid")
    def _compute_can_go_on(self):
        for opinion in self:
            opinion.can_go_on = opinion.is_on_behalf and opinion.can_confirm

    def _scanned_papers(self):
        Paper = self.env["cadre.review.paper"]
        papers = Paper.search([("rating_id", "in", self.rating_id.ids)])
        by_rating = papers.grouped("rating_id")
        return {opinion: by_rating.get(opinion.rating_id, Paper) for opinion in self}

    def action_confirm_and_next(self):
        """Confirm, and key the same of the next person in the dossier, from the same
        source, until nobody is left."""
        self.ensure_one()
        return self.action_confirm() or self._open_next()

    def _open_next(self):
        done = self.search(
            [
                ("dossier_id", "=", self.dossier_id.id),
                ("stage", "=", self.stage),
                ("state", "=", "confirmed"),
            ]
        ).rating_id
        people = self.dossier_id._subjects().filtered("cadre_id")
        place = people.ids.index(self.rating_id.id) if self.rating_id in people else -1
        in_turn = people[place + 1 :] + people[: place + 1]
        waiting = self._writable_ratings(in_turn, self.stage) - done
        if not waiting:
            return self.dossier_id.get_formview_action()
        action = waiting[0]._open_opinion(self.stage)
        following = self.browse(action["res_id"])
        if not following.source_place and following.state == "draft":
            following.write({"source": self.source, "source_place": self.source_place})
        return action
