def migrate(cr, version):
    """A score outside its criterion is refused wherever it is written: no regulation
    has a line on it any more."""
    cr.execute("DELETE FROM cadre_review_regulation_rule WHERE rule = 'P1'")
