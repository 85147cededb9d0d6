from odoo import api, fields, models


class CadreReviewEvent(models.Model):
    """History of moves, and of changes of what rules rest on: written by the superuser
    alone, never changed.

    - the office and the deciding authority read all of it;
    - a unit reads that of its dossiers, papers and conferences;
    - what concerns no council – who logs in as whom, who acts where – is read by the
      administrator and by every office;
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
            state = self.env[model]._fields.get("state")
            labels = dict(state._description_selection(self.env) if state else ())
            for event in events:
                event.state_from_label = labels.get(event.state_from)
                event.state_to_label = labels.get(event.state_to)

    @api.model
    def _record(self, records, move, reason=None, warnings=""):
        """Add one event per record, in one batch, in the name of the user.

        :param move: a move of the model, or the name of an act that moves nothing
        """
        moved = records._moves.get(move)
        self.sudo().create(
            [
                {
                    "res_model": records._name,
                    "res_id": record.id,
                    "record_name": record.display_name,
                    **self._place(record),
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

    @api.model
    def _note_changes(self, before):
        """One event per record of which a witnessed value has changed.

        :param before: ``{record: {field: value before}}``
        """
        told = {}
        for record, values in before.items():
            lines = [
                self._change_line(record, name, value, record[name])
                for name, value in values.items()
                if value != record[name]
            ]
            if lines:
                told[record] = "\n".join(lines)
        self._note(told, "change")

    @api.model
    def _note_rows(self, records, move):
        """One event per record that comes or goes, with what it says."""
        told = {}
        for record in records.sudo():
            values = [
                self._change_line(record, name, None, record[name])
                for name in record._fields
                if record._is_witnessed(name) and record[name]
            ]
            told[record] = "\n".join(values)
        self._note(told, move)

    @api.model
    def _note(self, told, move):
        """Of records without moves, or beside these: in the name of the user."""
        if not told:
            return
        self.sudo().create(
            [
                {
                    "res_model": record._name,
                    "res_id": record.id,
                    "record_name": record.display_name,
                    **self._place(record),
                    "user_id": self.env.uid,
                    "move": move,
                    "reason": reason,
                }
                for record, reason in told.items()
            ]
        )

    @api.model
    def _place(self, record):
        """Whose history it is: that of a campaign, or that of all councils."""
        unit = "unit_id" in record._fields and record.unit_id
        if record._name == "cadre.review.campaign":
            campaign = record
        else:
            campaign = "campaign_id" in record._fields and record.campaign_id
        return {
            "campaign_id": campaign and campaign.id,
            "company_id": campaign and campaign.company_id.id,
            "unit_id": unit and unit.id,
        }

    @api.model
    def _change_line(self, record, name, before, after):
        field = record._fields[name]

        def text(value):
            if field.type == "boolean":
                return self.env._("Yes") if value else self.env._("No")
            if not value:
                return "–"
            if field.relational:
                return ", ".join(value.mapped("display_name"))
            if field.type == "selection":
                return dict(field._description_selection(self.env)).get(value, value)
            return str(value)

        label = field._description_string(self.env)
        if before is None:
            return f"{label}: {text(after)}"
        return f"{label}: {text(before)} → {text(after)}"
