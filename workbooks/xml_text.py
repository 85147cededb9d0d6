"""XML as the text it is: changed in one place, the rest stays as somebody wrote it.

Only for parts that a parser has found well-formed, see
:meth:`.reading.Parts.well_formed`.
"""

import re
from dataclasses import dataclass

_TAG = re.compile(
    r"<(?:!--.*?--|!\[CDATA\[.*?\]\]|\?.*?\?"
    r"|(/?)((?:[\w.\-]+:)?)([\w.\-]+)"
    r"((?:[^>\"']*(?:\"[^\"]*\"|'[^']*'))*[^>\"']*?)(/?))>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([\w.\-:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENTITY = re.compile(r"&(#x[0-9A-Fa-f]+|#[0-9]+|amp|lt|gt|quot|apos);")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding=[\"']([\w.\-]+)[\"'][^>]*\?>")


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag; ``name`` without its prefix, ``attributes`` as they are written."""

    start: int
    end: int
    name: str
    prefix: str
    attributes: str
    is_end: bool
    is_empty: bool

    def get(self, name, default=None):
        """The value of an attribute, its prefix left out."""
        return attributes_of(self.attributes).get(name, default)


def tags(text, start=0, end=None):
    """Every tag of a text in turn; comments and instructions passed over."""
    stop = len(text) if end is None else end
    for found in _TAG.finditer(text, start, stop):
        if name := found[3]:
            yield Tag(
                *(found.start(), found.end(), name, found[2], found[4]),
                *(bool(found[1]), bool(found[5])),
            )


def attributes_of(written):
    """``{name: value}``, prefixes left out."""
    return {
        name.rpartition(":")[2]: unescaped(one if one is not None else other)
        for name, one, other in (m.groups() for m in _ATTRIBUTE.finditer(written))
    }


def with_attributes(written, changes):
    """The attributes as written, with some values changed, put in, or, by None,
    taken out."""
    left = dict(changes)

    def change(found):
        name = found[1].rpartition(":")[2]
        if name not in left:
            return found[0]
        value = left.pop(name)
        return "" if value is None else f'{found[1]}="{escaped(value)}"'

    written = _ATTRIBUTE.sub(change, written)
    more = "".join(
        f' {name}="{escaped(value)}"'
        for name, value in left.items()
        if value is not None
    )
    return written.rstrip() + more if more else written


def escaped(value):
    return (
        str(value)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
    )


def unescaped(text):
    if "&" not in text:
        return text
    return _ENTITY.sub(_meant, text)


def _meant(found):
    name = found[1]
    if not name.startswith("#"):
        return _NAMED[name]
    return chr(int(name[2:], 16) if name[1] == "x" else int(name[1:]))


def decoded(content):
    """The text of a part; declared from now on as what it is written in: UTF-8."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16")
    else:
        found = _DECLARED.match(content.lstrip(b"\xef\xbb\xbf")[:200])
        name = found[1].decode("ascii") if found else "utf-8"
        text = content.decode("utf-8-sig" if name.casefold() == "utf-8" else name)
    return re.sub(
        r"(\A<\?xml[^>]*?encoding=[\"'])(?!utf-8)[\w.\-]+",
        r"\g<1>UTF-8",
        text,
        flags=re.I,
    )


def replaced(text, edits):
    """The text with ``(start, end, new)`` each put in its place."""
    pieces, place = [], 0
    for start, end, new in sorted(edits):
        pieces += (text[place:start], new)
        place = end
    return "".join((*pieces, text[place:]))
