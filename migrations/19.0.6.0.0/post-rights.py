"""Earlier shortcomings say who brought them in; files lose what opened them to all."""


def migrate(cr, version):
    # those that the office keyed stay with it until the unit takes them over
    cr.execute(
        """
        UPDATE cadre_review_shortcoming AS shortcoming
           SET is_on_behalf = TRUE
          FROM cadre_review_member AS member
         WHERE member.user_id = shortcoming.create_uid AND member.role = 'office'
        """
    )
    cr.execute(
        """
        UPDATE ir_attachment
           SET access_token = NULL
         WHERE res_model LIKE 'cadre.review.%' AND access_token IS NOT NULL
        """
    )
