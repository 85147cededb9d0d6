"""Finds the table on a sheet, and which of our values stands in which column.

Lists come with title lines above, headings over several rows, merged cells, and words
that differ from office to office; the user corrects what is guessed here.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .rows import HEADING, meaning
from .values import as_tick, text_of
from .words import plain

_SEARCHED_ROWS = 40
_SEARCHED_COLUMNS = 120
_DEEPEST = 4  # rows of a heading
_EXACT = 100
_LOOKED_AT = 200  # lines below the heading that tell what a column holds
_VOTES = "votes_"
_YEAR = re.compile(r"(?:.* )?(?:nam )?(20\d\d)\Z")
YEAR_LEVEL = "year_level"


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


class Learnt:
    """What earlier files taught: which heading stands above which value.

    A file teaches all of those with the same headings, in the same order. Beyond them
    it only teaches headings that are there once, that name a value, and on which all
    files agree: so none can spoil another.

    :param files: ``[(heading, code or "")]`` each, column by column, the latest last
    """

    def __init__(self, files: Iterable[Sequence[tuple[str, str]]] = ()):
        self._files, said = {}, defaultdict(set)
        for pairs in files:
            keys = tuple(heading_key(heading) for heading, _code in pairs)
            self._files[keys] = tuple(code or "" for _heading, code in pairs)
            for key, times in Counter(keys).items():
                codes = {c for k, (_h, c) in zip(keys, pairs, strict=True) if k == key}
                said[key] |= codes if times == 1 else {"", *codes}
        self._agreed = {
            key: next(iter(codes))
            for key, codes in said.items()
            if len(codes) == 1 and key and next(iter(codes))
        }

    def of(self, headings: Mapping[int, str], known):
        """``{column: code or ""}`` of a heading.

        :param headings: ``{column: heading}``
        :param known: codes there are for this kind of list
        """
        numbers = sorted(headings)
        keys = tuple(heading_key(headings[number]) for number in numbers)
        codes = self._files.get(keys)
        if codes and all(not code or base_code(code) in known for code in codes):
            return dict(zip(numbers, codes, strict=True))
        times = Counter(keys)
        return {
            number: self._agreed[key]
            for number, key in zip(numbers, keys, strict=True)
            if times[key] == 1 and base_code(self._agreed.get(key, "")) in known
        }

    @property
    def headings(self):
        return set(self._agreed) | {key for keys in self._files for key in keys}


def base_code(code):
    """The value of a column, whichever year it is of: ``year_level:2021``."""
    return code.partition(":")[0]


def year_of(heading):
    """The year that a heading names, or nothing."""
    found = _YEAR.match(plain(heading))
    return found[1] if found else ""


def find_layout(sheet, columns, learnt=None):
    """Guess the heading and the columns of a sheet.

    :param columns: the :class:`Column` values that are looked for
    :param learnt: what earlier files taught, a :class:`Learnt`; goes before guesses
    :return: a :class:`Layout`, or None where nothing looks like a heading
    """
    texts = _heading_texts(sheet)
    learnt = learnt or Learnt()
    known = {name for column in columns for name in column.names} | learnt.headings
    numbers = sorted({row for row, _column in texts})[:_SEARCHED_ROWS]
    best, best_score = None, 0
    for first in numbers:
        here = {plain(text) for (row, _column), text in texts.items() if row == first}
        # a line with one text is a title, or tells whose list it is
        if len(here) < 2 or not any(_knows(known, text) for text in here):
            continue
        for last in range(first, first + _DEEPEST):
            headings = _headings(texts, first, last)
            found, score = _assign(headings, columns, learnt)
            if score > best_score:
                best_score = score
                best = Layout(first, last, found, _joined(headings))
    return best and _completed(sheet, best, columns)


def layout_at(sheet, columns, first, last, learnt=None):
    """The layout whose heading stands on these rows, as the user says."""
    headings = _headings(_heading_texts(sheet), first, last)
    found, _score = _assign(headings, columns, learnt or Learnt())
    layout = Layout(first, last, found, _joined(headings))
    return _completed(sheet, layout, columns)


def _completed(sheet, layout, columns):
    """What only the lines below tell of the columns."""
    layout = _below_numbering(sheet, layout)
    lines = [row for row in sheet.rows if row.number > layout.last][:_LOOKED_AT]
    codes = {column.code for column in columns}
    for complete in (_as_ticks, _as_two_names, _as_years):
        layout = replace(layout, columns=complete(layout, lines, codes))
    return layout


def _as_ticks(layout, lines, codes):
    """Columns headed XS, T, HT, K hold votes, unless they are ticked."""
    votes = [code for code in layout.columns if code.startswith(_VOTES)]
    ticks = {code: f"tick_{code.removeprefix(_VOTES)}" for code in votes}
    taken = set(ticks.values()) & set(layout.columns)
    if len(votes) < 2 or taken or not set(ticks.values()) <= codes:
        return layout.columns
    written = {
        text_of(row.cells.get(layout.columns[code])).strip()
        for row in lines
        for code in votes
    } - {""}
    texts = {text for text in written if not text.isdigit()}
    if not texts or not all(as_tick(text) is True for text in written):
        return layout.columns
    return {ticks.get(code, code): n for code, n in layout.columns.items()}


def _as_two_names(layout, lines, codes):
    """“Họ và tên” over two columns: the second one holds the given name."""
    name = layout.columns.get("name")
    right = (name or 0) + 1
    if not name or "given_name" not in codes or "given_name" in layout.columns:
        return layout.columns
    same = plain(layout.headings.get(right, "")) == plain(layout.headings[name])
    is_free = right not in layout.columns.values() and (
        same or right not in layout.headings
    )
    words = [
        text_of(row.cells.get(right)).strip() for row in lines if row.cells.get(name)
    ]
    words = [word for word in words if word]
    looks = words and all(len(word.split()) <= 2 and word.isalpha() for word in words)
    if is_free and looks and same:
        return {**layout.columns, "given_name": right}
    return layout.columns


def _as_years(layout, _lines, codes):
    """Levels of several years beside each other."""
    if YEAR_LEVEL not in codes or "level" in layout.columns:
        return layout.columns
    found = dict(layout.columns)
    for number, heading in layout.headings.items():
        year = year_of(heading)
        if year and number not in found.values():
            found[f"{YEAR_LEVEL}:{year}"] = number
    return found


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


def _assign(headings, columns, learnt):
    """Give each column the value it fits best; ``({code: column}, score)``."""
    scored = []
    taught = learnt.of(_joined(headings), {column.code for column in columns})
    for number, texts in headings.items():
        path, leaf = plain(" ".join(texts)), plain(texts[-1])
        if number in taught:
            # left out before, or known for sure
            if taught[number]:
                scored.append((2 * _EXACT, -number, taught[number], number))
            continue
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
        texts = {n: t for n, v in after.cells.items() if (t := text_of(v).strip())}
        if meaning(texts, layout.columns).kind == HEADING:
            return replace(layout, last=after.number)
    return layout
