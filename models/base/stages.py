"""The stages of opinion as Odoo selections and fields."""

from ...rules.stages import CATALOGUE

STAGES = [(stage.code, stage.label) for stage in CATALOGUE]


def each_stage(name, make):
    """A field for each stage, for the body of a model: ``vars().update(…)``.

    :param str name: of the fields, with ``{}`` for the code of the stage
    :param make: called with the stage
    """
    return {name.format(stage.code): make(stage) for stage in CATALOGUE}
