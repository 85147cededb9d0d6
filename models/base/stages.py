"""The stages of opinion as Odoo selections and fields."""

from ...rules.stages import BY_CODE, CATALOGUE, STAGES

LABELLED = [(stage.code, stage.label) for stage in CATALOGUE]


def each_stage(name, make, codes=STAGES):
    """A field for each stage, for the body of a model: ``vars().update(…)``.

    :param str name: of the fields, with ``{}`` for the code of the stage
    :param make: called with the stage
    :param codes: of these stages only
    """
    return {name.format(code): make(BY_CODE[code]) for code in codes}
