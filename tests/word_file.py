"""The words of a Word file, for tests of what stands in it."""

import re

from docx.oxml.ns import qn


def squeeze(text):
    return re.sub(r"\s+", "", text)


def words_of(document):
    """All words of a Word file in their order, tables included."""
    texts = document.element.body.iter(qn("w:t"))
    return squeeze("".join(text.text or "" for text in texts))


def heads_of(document):
    """Words of the table rows that stand again at the top of each page."""
    rows = document.element.body.xpath(".//w:tr[w:trPr/w:tblHeader]")
    texts = (text.text or "" for row in rows for text in row.iter(qn("w:t")))
    return squeeze("".join(texts))
