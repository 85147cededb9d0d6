"""The levels as Odoo selections and fields; their labels on paper come from the
regulation."""

from ...rules.levels import CATALOGUE, NO_LEVEL

LEVELS = [(level.code, level.label) for level in CATALOGUE]
# where the columns are narrow
SHORT_LEVELS = [(level.code, level.short) for level in CATALOGUE]
OUTCOMES = LEVELS + [(outcome.code, outcome.label) for outcome in NO_LEVEL]
BEST = CATALOGUE[0].code


def each_level(name, make, label="{}"):
    """A field for each level, for the body of a model: ``vars().update(…)``.

    :param str name: of the fields, with ``{}`` for the code of the level
    :param make: called with ``string``
    :param str label: with ``{}`` for the level as narrow columns name it
    """
    return {
        name.format(level.code): make(string=label.format(level.short))
        for level in CATALOGUE
    }
