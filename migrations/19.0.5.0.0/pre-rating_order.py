def migrate(cr, version):
    """The year of each rating, at once: Odoo would read and write them one by one."""
    cr.execute("ALTER TABLE cadre_review_rating ADD COLUMN IF NOT EXISTS year int4")
    cr.execute(
        """
        UPDATE cadre_review_rating rating
           SET year = campaign.year
          FROM cadre_review_dossier dossier
          JOIN cadre_review_campaign campaign ON campaign.id = dossier.campaign_id
         WHERE dossier.id = rating.dossier_id
           AND rating.year IS DISTINCT FROM campaign.year
        """
    )
