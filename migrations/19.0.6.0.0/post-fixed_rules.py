"""What no regulation can change any more has no line in a regulation: a score outside
its criterion is refused wherever it is written."""


def migrate(cr, version):
    cr.execute("DELETE FROM cadre_review_regulation_rule WHERE rule = 'P1'")
