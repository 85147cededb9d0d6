from odoo import api, fields, models


class CadreReviewEvent(models.Model):
    """History of moves: written by the moves alone, never changed.

    - the office and the deciding authority read all of it;
    - a unit reads that of its dossiers, papers and conferences;
    - nobody creates, writes or deletes it.
    """

    _name = "cadre.review.event"
    _description = "History Event"
    _order = "id desc"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        model_field="res_model", required=True, readonly=True
    )
    record_name = fields.Char(readonly=True)
    company_id = fields.Many2one("res.company", ondelete="restrict", index=True)
    campaign_id = fields.Many2one(
        "cadre.review.campaign", ondelete="restrict", index="btree_not_null"
    )
    unit_id = fields.Many2one(
        "cadre.review.unit", ondelete="restrict", index="btree_not_null"
    )
    user_id = fields.Many2one("res.users", ondelete="restrict", required=True)
    move = fields.Char(string="Step", required=True, readonly=True)
    state_from = fields.Char(readonly=True)
    state_to = fields.Char(readonly=True)
    state_from_label = fields.Char(string="From", compute="_compute_state_labels")
    state_to_label = fields.Char(string="To", compute="_compute_state_labels")
    reason = fields.Text(readonly=True)
    warnings = fields.Text(
        string="Warnings Passed",
        readonly=True,
        help="What the rules warned of when the step was taken.",
    )

    _of_record = models.Index("(res_model, res_id)")

    @api.depends("res_model", "state_from", "state_to")
    @api.depends_context("lang")
    def _compute_state_labels(self):
        for model, events in self.grouped("res_model").items():
            labels = dict(
                self.env[model]._fields["state"]._description_selection(self.env)
            )
            for event in events:
                event.state_from_label = labels.get(event.state_from)
                event.state_to_label = labels.get(event.state_to)

    @api.model
    def _record(self, records, move, reason=None, warnings=""):
        """Add one event per record, in one batch, in the name of the user.

        :param move: a move of the model, or the name of an act that moves nothing
        """
        moved = records._moves.get(move)
        with_unit = "unit_id" in records._fields
        with_campaign = "campaign_id" in records._fields
        with_company = "company_id" in records._fields
        self.sudo().create(
            [
                {
                    "res_model": records._name,
                    "res_id": record.id,
                    "record_name": record.display_name,
                    "company_id": with_company and record.company_id.id,
                    "campaign_id": (
                        record.campaign_id.id if with_campaign else record.id
                    ),
                    "unit_id": with_unit and record.unit_id.id,
                    "user_id": self.env.uid,
                    "move": move,
                    "state_from": record.state,
                    "state_to": moved.target if moved else record.state,
                    "reason": reason,
                    "warnings": warnings,
                }
                for record in records
            ]
        )
