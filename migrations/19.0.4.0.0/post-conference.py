"""The agenda of a conference is a list of its own, and ballots are those of a body.

What stood on a tally beside its totals (place on the agenda, conclusion, level) moves
to the subject; every tally becomes one of the unit's own body.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    # before there are subjects: a new body brings an empty tally for each
    conferences = env["cadre.review.conference"].search([("body_ids", "=", False)])
    conferences._add_own_body()
    env.flush_all()
    cr.execute(
        """
        INSERT INTO cadre_review_conference_subject
               (conference_id, company_id, unit_id, rating_id, agenda_no,
                concluded_level, conclusion, create_uid, create_date, write_uid,
                write_date)
        SELECT conference_id, company_id, unit_id, rating_id, agenda_no,
               concluded_level, conclusion, create_uid, create_date, write_uid,
               write_date
          FROM cadre_review_tally
         WHERE subject_id IS NULL
        """
    )
    cr.execute(
        """
        UPDATE cadre_review_tally tally
           SET subject_id = subject.id, body_id = body.id
          FROM cadre_review_conference_subject subject,
               cadre_review_conference_body body
         WHERE subject.conference_id = tally.conference_id
           AND subject.rating_id = tally.rating_id
           AND body.conference_id = tally.conference_id
           AND body.kind = 'unit'
           AND tally.subject_id IS NULL
        """
    )
    cr.execute(
        """
        ALTER TABLE cadre_review_tally
            DROP COLUMN agenda_no,
            DROP COLUMN concluded_level,
            DROP COLUMN conclusion
        """
    )
    env.invalidate_all()
