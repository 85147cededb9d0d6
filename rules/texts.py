"""Texts for people: written where the rule stands, translated when they are shown."""


def _lt(source: str) -> str:
    """Mark a text for translation; the models translate it when it is shown.

    The name is one of the two that Odoo's extractor looks for in Python; the other, a
    bare underscore, translates on the spot there.
    """
    return source
