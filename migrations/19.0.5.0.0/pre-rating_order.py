def migrate(cr, version):
    """What the ratings keep of their campaign and dossier, at once: Odoo would read
    and write them one by one."""
    cr.execute(
        """
        ALTER TABLE cadre_review_rating
            ADD COLUMN IF NOT EXISTS year int4,
            ADD COLUMN IF NOT EXISTS owner_id int4,
            ADD COLUMN IF NOT EXISTS dossier_state varchar
        """
    )
    cr.execute(
        """
        UPDATE cadre_review_rating rating
           SET year = campaign.year,
               owner_id = campaign.owner_id,
               dossier_state = dossier.state
          FROM cadre_review_dossier dossier
          JOIN cadre_review_campaign campaign ON campaign.id = dossier.campaign_id
         WHERE dossier.id = rating.dossier_id
        """
    )
