def migrate(cr, version):
    """Record rules stand in tables now, which every upgrade brings up to date."""
    cr.execute(
        """
        UPDATE ir_model_data SET noupdate = false
         WHERE module = 'cadre_review' AND model = 'ir.rule'
        """
    )
