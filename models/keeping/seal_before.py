"""Seals made before 19.0.6 (``manifest/1``) are verified as they were made: parts of a
record as one line, no marks, these models alone.
"""

import hashlib

from odoo.tools import SQL

from ...rules import seals

BATCH = 1000
# model → the link by which its rows are told as those of another record
PARTS_OF = {
    "cadre.review.opinion.line": "opinion_id",
    "cadre.review.conference.subject": "conference_id",
    "cadre.review.conference.body": "conference_id",
    "cadre.review.attendance": "conference_id",
    "cadre.review.tally": "conference_id",
    "cadre.review.request.line": "request_id",
    "cadre.review.report.section": "report_id",
    "cadre.review.report.score": "report_id",
    "cadre.review.report.shortcoming": "report_id",
    "cadre.review.session.attendance": "session_id",
    "cadre.review.session.line": "session_id",
}
# in the order of the manifest
ROWS = (
    "cadre.review.dossier",
    "cadre.review.paper",
    "cadre.review.paper.file",
    "cadre.review.rating",
    "cadre.review.opinion",
    "cadre.review.opinion.line",
    "cadre.review.conference",
    "cadre.review.conference.body",
    "cadre.review.conference.subject",
    "cadre.review.attendance",
    "cadre.review.tally",
    "cadre.review.report",
    "cadre.review.report.section",
    "cadre.review.report.score",
    "cadre.review.report.shortcoming",
    "cadre.review.target",
    "cadre.review.suggestion",
    "cadre.review.answer",
    "cadre.review.shortcoming",
    "cadre.review.request",
    "cadre.review.request.line",
    "cadre.review.delivery",
    "cadre.review.delay",
    "cadre.review.receipt",
    "cadre.review.session",
    "cadre.review.session.attendance",
    "cadre.review.session.line",
    "cadre.review.order",
    "cadre.review.decision",
    "cadre.review.decision.line",
    "cadre.review.picture",
)


class SealedBefore:
    """The lines of a campaign as ``manifest/1`` has them."""

    def __init__(self, campaign, columns):
        self.env, self.campaign = campaign.env, campaign
        self.columns = {m: columns[m] for m in ROWS if m in columns and m in self.env}

    def parts(self):
        return (seals.FILES, *ROWS)

    def lines(self):
        yield from self._file_lines(self.campaign)
        for model, columns in self.columns.items():
            yield from self._row_lines(self.campaign, model, columns)

    def _file_lines(self, campaign):
        """Files of all records of the campaign, by batch; equal neighbours, which
        the filestore keeps once, are read once."""
        Attachment = self.env["ir.attachment"].sudo()
        last, digests = 0, {}
        while rows := self._files_after(campaign, last):
            fresh = {}
            for id_, name, store_fname, db_datas in rows:
                if not store_fname:
                    digest = hashlib.sha256(bytes(db_datas or b"")).hexdigest()
                else:
                    digest = digests.get(store_fname) or fresh.get(store_fname)
                    if digest is None:
                        path = Attachment._full_path(store_fname)
                        digest = seals.file_digest(path)
                    fresh[store_fname] = digest
                yield seals.Line(seals.FILES, id_, name or "", digest)
            last, digests = rows[-1][0], fresh

    def _files_after(self, campaign, last):
        """The next batch of attachments: (id, name, store name, bytes in the row)."""
        owners = [
            SQL(
                "(a.res_model = %s AND EXISTS (SELECT 1 FROM %s t"
                " WHERE t.id = a.res_id AND t.campaign_id = %s))",
                model,
                SQL.identifier(self.env[model]._table),
                campaign.id,
            )
            for model in self._models_with_files()
        ]
        return self.env.execute_query(
            SQL(
                "SELECT a.id, a.name, a.store_fname, a.db_datas FROM ir_attachment a"
                " WHERE a.id > %s AND a.type = 'binary' AND (%s)"
                " ORDER BY a.id LIMIT %s",
                last,
                SQL(" OR ").join(owners),
                BATCH,
            )
        )

    def _models_with_files(self):
        return [
            name
            for name in sorted(self.env.registry)
            if name.startswith("cadre.review.")
            and not self.env[name]._abstract
            and not self.env[name]._transient
            and name != "cadre.review.seal"
            and "campaign_id" in self.env[name]._fields
            and self.env[name]._fields["campaign_id"].store
            and (
                "attachment_ids" in self.env[name]._fields
                or name == "cadre.review.picture"
            )
        ]

    def _row_lines(self, campaign, model, columns):
        """A line for each row; rows that are parts of a record as one line of it."""
        Model = self.env[model]
        known = [name for name in columns if name in Model._fields]
        parent = PARTS_OF.get(model)
        row = SQL(
            "jsonb_build_array(%s)::text",
            SQL(", ").join(SQL.identifier("t", name) for name in known),
        )
        group = SQL.identifier("t", parent or "id")
        last = 0
        while rows := self.env.execute_query(
            SQL(
                "SELECT %s, encode(sha256(convert_to("
                "string_agg(%s, chr(10) ORDER BY t.id), 'UTF8')), 'hex')"
                " FROM %s t WHERE %s AND %s > %s"
                " GROUP BY %s ORDER BY %s LIMIT %s",
                *(group, row, SQL.identifier(Model._table)),
                *(self._of_campaign(model, campaign), group, last),
                *(group, group, BATCH),
            )
        ):
            for id_, digest in rows:
                yield seals.Line(model, id_, "", digest)
            last = rows[-1][0]

    def _of_campaign(self, model, campaign):
        if "campaign_id" in self.env[model]._fields:
            return SQL("t.campaign_id = %s", campaign.id)
        parent = PARTS_OF.get(model, "decision_id")
        table = self.env[self.env[model]._fields[parent].comodel_name]._table
        return SQL(
            "%s IN (SELECT id FROM %s WHERE campaign_id = %s)",
            SQL.identifier("t", parent),
            SQL.identifier(table),
            campaign.id,
        )
