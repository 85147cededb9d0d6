"""Signs of a review made for form's sake, shown to the office.

Article: the letter, points 1 and 4 (no "hình thức", "nể nang"). A likeness is a hint
to look, never a proof: every rule here warns.
"""

import re
import unicodedata
from collections import Counter, defaultdict

from .findings import Severity
from .levels import is_better, is_level
from .stages import CATALOGUE
from .texts import _lt

_NONE = re.compile(r"^(khong( co)?|k|ko|none|0)$")
_WORD = re.compile(r"\w+")
# words in a row that make one shingle
_SHINGLE = 4


def check(unit):
    """K2 to K5 within one unit; K1 is looked for across the campaign."""
    for subject in unit.subjects:
        yield from check_last_year(subject)
        yield from check_nothing_said(subject)
        yield from check_stages(subject)
    if unit.gathering:
        yield from check_ballots(unit)


def says_nothing(text):
    """Whether a text is empty or only says “không có”."""
    words = _WORD.findall(_plain(text))
    return not words or bool(_NONE.match(" ".join(words)))


def normalised(text, *names):
    """A text for comparing: no case, marks, digits, punctuation, nor these names."""
    plain = _plain(text)
    for name in names:
        if name:
            plain = plain.replace(_plain(name), " ")
    return " ".join(word for word in _WORD.findall(plain) if not word.isdigit())


def likeness(one, other):
    """Share in per cent of the runs of words that two normalised texts have in
    common, of all runs in either; 100 for equal texts."""
    if one == other:
        return 100.0
    first, second = _shingles(one), _shingles(other)
    both = len(first | second)
    return 100 * len(first & second) / both if both else 0.0


def check_copies(units):
    """K1: texts in the files of two or more people, name and figures aside.

    One pass over all texts of the campaign; equal texts meet in a table, so the work
    grows with their length alone. Like texts are looked for within a unit.
    """
    seen, subjects = defaultdict(set), {}
    pairs = []
    for unit in units:
        near = []
        for subject in unit.people:
            subjects[subject.id] = subject
            for text in _own_texts(subject):
                if len(text) >= subject.law.setting("copy_length"):
                    seen[text].add(subject.id)
                    near.append((text, subject))
        pairs += _near_copies(near)
    shared = [ids for ids in seen.values() if len(ids) > 1] + pairs
    yield from _copied(shared, subjects)


def _copied(shared, subjects):
    """One finding per person, however many texts they share with others."""
    texts, others = Counter(), defaultdict(set)
    for ids in shared:
        for id_ in ids:
            texts[id_] += 1
            others[id_] |= ids - {id_}
    for id_, number in texts.items():
        names = sorted(subjects[other].plain_name for other in others[id_])
        yield from subjects[id_].find(
            "K1",
            _lt(
                "%(number)s texts are, but for names and figures, those of: %(others)s."
            ),
            _lt("Ask for texts of their own, or note why they are the same."),
            Severity.WARN,
            number=number,
            others=", ".join(names[:5]) + (" …" if len(names) > 5 else ""),
        )


def _near_copies(texts):
    """Like, not equal, texts of two people of one unit: pairs of their ids."""
    for index, (text, subject) in enumerate(texts):
        for other_text, other in texts[index + 1 :]:
            longest = max(len(text), len(other_text))
            if (
                subject.id != other.id
                and text != other_text
                and 2 * min(len(text), len(other_text)) >= longest
                and likeness(text, other_text) >= subject.law.setting("copy_likeness")
            ):
                yield {subject.id, other.id}


def check_last_year(subject):
    """K2: a text handed in last year comes again."""
    if not subject.last_year:
        return
    least = subject.law.setting("copy_length")
    name = subject.plain_name
    old = {
        normalised(text, name)
        for line in subject.last_year.texts
        for text in (line.strengths, line.shortcomings)
    }
    old = [text for text in old if len(text) >= least]
    enough = subject.law.setting("copy_likeness")
    again = sum(
        any(likeness(text, before) >= enough for before in old)
        for text in set(_own_texts(subject))
        if len(text) >= least
    )
    if again:
        yield from subject.find(
            "K2",
            _lt("%(number)s texts are those of last year."),
            _lt("Ask for what was done this year, or note why it is the same."),
            Severity.WARN,
            number=again,
        )


def check_nothing_said(subject):
    """K3: a comment whose every shortcoming is “không có”.

    Article: the letter, point 4 (Lưu ý): that is the nể nang it forbids.
    """
    for view in subject.confirmed:
        if view.on_paper or len(view.texts) < 2:
            continue
        if all(says_nothing(text.shortcomings) for text in view.texts):
            yield from subject.find(
                "K3",
                _lt("Every criterion says “không có” of shortcomings."),
                _lt("Ask whether nothing at all is to be improved."),
                Severity.WARN,
            )
            return


def check_ballots(unit):
    """K4: the conference concluded another level than its ballots lead to.

    The chair may conclude otherwise; then the minutes say why.
    """
    gathering = unit.gathering
    for subject in unit.subjects:
        concluded = gathering.concluded.get(subject.id)
        if not is_level(concluded):
            continue
        leading = gathering.leading(subject.law, subject.id)
        said = gathering.departures.get(subject.id) or gathering.conclusions.get(
            subject.id
        )
        if leading and leading != concluded and not said:
            yield from subject.find(
                "K4",
                _lt("Concluded “%(concluded)s”, the ballots lead to “%(leading)s”."),
                _lt("Write in the conclusion why, or correct it from the minutes."),
                Severity.WARN,
                concluded=subject.law.label(concluded),
                leading=subject.law.label(leading),
            )


def check_stages(subject):
    """K5: a later stage proposes another level and says nothing about it."""
    for stage in CATALOGUE:
        before = stage.follows and subject.view(stage.follows[0])
        after = subject.view(stage.code)
        if not (before and after and is_level(before.level) and is_level(after.level)):
            continue
        if before.level != after.level and not after.conclusion:
            yield from subject.find(
                "K5",
                _lt(
                    "“%(after)s” after “%(before)s” at the stage before, without a "
                    "word."
                )
                if is_better(after.level, before.level)
                else _lt(
                    "“%(after)s”, lower than “%(before)s” before, without a word."
                ),
                _lt("Write in the conclusion why the level differs."),
                Severity.WARN,
                after=subject.law.label(after.level),
                before=subject.law.label(before.level),
            )


def _own_texts(subject):
    """The texts of all views, normalised, each once."""
    return {
        normalised(text, subject.plain_name)
        for view in subject.views
        for line in view.texts
        for text in (line.strengths, line.shortcomings)
        if text
    }


def _shingles(text):
    words = text.split()
    if len(words) <= _SHINGLE:
        return {tuple(words)}
    return {tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}


def _plain(text):
    letters = unicodedata.normalize("NFD", (text or "").casefold().replace("đ", "d"))
    return "".join(c for c in letters if not unicodedata.combining(c))
