from odoo.tools import sql


def migrate(cr, version):
    """A score outside its criterion is refused wherever it is written: no regulation
    has a line on it any more."""
    if sql.table_exists(cr, "cadre_review_regulation_rule"):
        cr.execute("DELETE FROM cadre_review_regulation_rule WHERE rule = 'P1'")
