"""Finds the table on a sheet, and which of our values stands in which column.

Lists come with title lines above, headings over several rows, merged cells, and words
that differ from office to office; the user corrects what is guessed here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .values import text_of
from .words import plain

_SEARCHED_ROWS = 40
_SEARCHED_COLUMNS = 120
_DEEPEST = 4  # rows of a heading
_EXACT = 100
_NUMBERING = re.compile(r"\(?(\d{1,2}|[a-z])\)?\s*([=+:/*].*)?\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """A value of ours that a column may hold.

    :param str kind: how its cells are understood, see :mod:`.tables`
    :param required: each of its cells is filled
    :param needed: the list has this column, whether its cells are filled or not
    :param names: headings it is known by, without accents
    """

    code: str
    kind: str
    names: tuple[str, ...]
    required: bool = False
    needed: bool = False


@dataclass(frozen=True)
class Layout:
    """Where the table is.

    :param first, last: rows of the heading
    :param columns: ``{code: column number}``
    :param headings: ``{column number: text}``, what stands above each column
    """

    first: int
    last: int
    columns: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[int, str] = field(default_factory=dict)


def heading_key(text):
    """A heading as it is remembered: other spaces, case, accents are the same."""
    return plain(text)


def find_layout(sheet, columns, remembered=None):
    """Guess the heading and the columns of a sheet.

    :param columns: the :class:`Column` values that are looked for
    :param remembered: ``{heading_key: code}`` of earlier files; goes before guesses
    :return: a :class:`Layout`, or None where nothing looks like a heading
    """
    texts = _heading_texts(sheet)
    remembered = remembered or {}
    known = {name for column in columns for name in column.names} | set(remembered)
    numbers = sorted({row for row, _column in texts})[:_SEARCHED_ROWS]
    best, best_score = None, 0
    for first in numbers:
        here = {plain(text) for (row, _column), text in texts.items() if row == first}
        # a line with one text is a title, or tells whose list it is
        if len(here) < 2 or not any(_knows(known, text) for text in here):
            continue
        for last in range(first, first + _DEEPEST):
            headings = _headings(texts, first, last)
            found, score = _assign(headings, columns, remembered)
            if score > best_score:
                best_score = score
                best = Layout(first, last, found, _joined(headings))
    return best and _below_numbering(sheet, best)


def layout_at(sheet, columns, first, last, remembered=None):
    """The layout whose heading stands on these rows, as the user says."""
    headings = _headings(_heading_texts(sheet), first, last)
    found, _score = _assign(headings, columns, remembered or {})
    return Layout(first, last, found, _joined(headings))


def _heading_texts(sheet):
    """``{(row, column): text}`` of the top of the sheet, merged cells filled."""
    top = sheet.rows[:_SEARCHED_ROWS]
    texts = {
        (row.number, column): text_of(value)[:200]
        for row in top
        for column, value in row.cells.items()
        if column <= _SEARCHED_COLUMNS and value is not None
    }
    end = top[-1].number if top else 0
    for first, left, last, right in sheet.merges:
        text = texts.get((first, left))
        # a title across the whole table is no heading of its columns
        if text and last <= end and last - first < _DEEPEST:
            for row in range(first, last + 1):
                for column in range(left, min(right, _SEARCHED_COLUMNS) + 1):
                    texts[row, column] = text
    return texts


def _knows(known, text):
    return text in known or any(
        f" {name} " in f" {text} " for name in known if len(name) > 3
    )


def _headings(texts, first, last):
    """``{column: [texts from top to bottom]}``, each text once."""
    headings = {}
    for (row, column), text in sorted(texts.items()):
        if first <= row <= last and text.strip():
            above = headings.setdefault(column, [])
            if text not in above:
                above.append(text)
    return headings


def _joined(headings):
    return {
        column: " – ".join(" ".join(text.split()) for text in texts)
        for column, texts in headings.items()
    }


def _assign(headings, columns, remembered):
    """Give each column the value it fits best; ``({code: column}, score)``."""
    scored = []
    for number, texts in headings.items():
        path, leaf = plain(" ".join(texts)), plain(texts[-1])
        known = remembered.get(path)
        if known:
            scored.append((2 * _EXACT, -number, known, number))
        elif known is not None:
            continue  # left out before
        for column in columns:
            if score := _score(column, path, leaf):
                scored.append((score, -number, column.code, number))
    found, taken, total = {}, set(), 0
    for score, _order, code, number in sorted(scored, reverse=True):
        if code not in found and number not in taken:
            found[code] = number
            taken.add(number)
            total += score
    return dict(sorted(found.items(), key=lambda item: item[1])), total


def _score(column, path, leaf):
    if path in column.names:
        return _EXACT + (path != leaf)
    if leaf in column.names:
        return _EXACT
    inside = [
        len(name)
        for name in column.names
        if len(name) > 3 and f" {name} " in f" {path} "
    ]
    return min(max(inside, default=0), _EXACT - 1)


def _below_numbering(sheet, layout):
    """Many forms number their columns below the heading: (1), (2), (3)."""
    after = next((row for row in sheet.rows if row.number > layout.last), None)
    if after and after.number <= layout.last + 1:
        texts = [text_of(value).strip() for value in after.cells.values()]
        if len(texts) > 2 and all(_NUMBERING.match(text) for text in texts):
            return Layout(layout.first, after.number, layout.columns, layout.headings)
    return layout
