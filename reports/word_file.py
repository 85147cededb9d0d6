from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..scans.kinds import clean_name
from . import docx_engine

# papers of a part that are offered on the whole: model of the paper -> link to it
WHOLE = {"cadre.review.conference.body": "conference_id"}


class IrActionsReport(models.Model):
    """Papers that people correct by hand, as Word files from the same QWeb."""

    _inherit = "ir.actions.report"

    has_word = fields.Boolean(
        string="Also as Word",
        help="The paper can be had as an editable Word file, made from the same "
        "template as its PDF.",
    )

    # ------------------------------------------------------------------
    # THE PRINT MENU
    # ------------------------------------------------------------------

    @api.model
    def _offer_word(self):
        """Beside each such paper in the Print menu an action that gives its Word file,
        under an external id of its own, so that an upgrade renews or removes it."""
        papers = self.search([("has_word", "=", True)]).with_context(lang=None)
        xml_ids = papers.get_external_id()
        self.env["ir.actions.server"]._load_records(
            [
                {
                    "xml_id": xml_ids[paper.id].replace(
                        ".action_report_", ".action_word_"
                    ),
                    "values": paper._prepare_word_action(xml_ids[paper.id]),
                }
                for paper in papers
                if xml_ids[paper.id]
            ]
        )

    def _prepare_word_action(self, xml_id):
        """The group is everybody where the paper names none: Odoo asks for write access
        otherwise. Who may read the record is asked when the file is made."""
        model = self.env[self.model]
        if self.model in WHOLE:
            model = model[WHOLE[self.model]]
        groups = self.group_ids or self.env.ref("base.group_user")
        return {
            "name": f"{self.name} (Word)",
            "model_id": self.env["ir.model"]._get_id(model._name),
            "binding_model_id": self.env["ir.model"]._get_id(model._name),
            "binding_type": "report",
            "state": "code",
            "code": f'action = env.ref("{xml_id}")._word_action(records)',
            "group_ids": [Command.set(groups.ids)],
        }

    def _word_action(self, records):
        """Download the Word files of these records; refused where none can be made."""
        self.ensure_one()
        if records._name != self.model:
            whole = [(WHOLE[self.model], "in", records.ids)]
            records = records.env[self.model].search(whole)
        if not records:
            raise UserError(self.env._("Choose what is to be printed."))
        self._check_word()
        return {
            "type": "ir.actions.act_url",
            "url": f"/cadre_review/word/{self.id}/{','.join(map(str, records.ids))}",
            "target": "download",
        }

    # ------------------------------------------------------------------
    # THE FILE
    # ------------------------------------------------------------------

    def _check_word(self):
        report = self.sudo()
        if not (report.is_statutory and report.has_word):
            raise UserError(
                self.env._("%(paper)s is not to be had as Word.", paper=report.name)
            )
        if not docx_engine.AVAILABLE:
            raise UserError(
                self.env._(
                    "Word files cannot be made here: the Python library python-docx "
                    "is missing. Ask the administrator to install it (pip install "
                    "python-docx); the PDF prints all the same."
                )
            )

    def _record_words(self, records):
        """``[(file name, bytes)]`` of the papers of these records as Word files, with
        the rights of whoever asks."""
        self._check_word()
        report = self.sudo()
        if not report.sudo(False)._is_offered():
            raise UserError(
                self.env._("%(paper)s is not printed by you.", paper=report.name)
            )
        records = records.exists()
        records.check_access("read")
        html = self.with_context(debug=False)._render_qweb_html(
            report.report_name, records.ids, data={"report_type": "pdf"}
        )[0]
        bodies, ids, *_layout = report._prepare_html(html, report.model)
        names = {r.id: self._word_name(report, r) for r in records}
        return [
            (names[res_id], docx_engine.render(str(body)))
            for res_id, body in zip(ids, bodies, strict=True)
        ]

    def _is_offered(self):
        """Whether the user is in a group that prints it."""
        groups = self.sudo().group_ids
        return self.env.su or not groups or bool(groups & self.env.user.all_group_ids)

    def _word_name(self, report, record):
        return f"{clean_name(f'{report.name} - {record.display_name}')}.docx"
