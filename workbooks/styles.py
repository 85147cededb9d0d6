"""The styles of a file: what cells look like, and new looks beside those there are."""

from dataclasses import dataclass

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from .problems import Unreadable
from .reading import TOO_LARGE
from .xml_text import attributes_of, escaped, tags, unescaped, with_attributes

_NARROW = 11
_MOST = 65_490  # styles of cells that spreadsheet programs take


@dataclass(frozen=True, slots=True)
class Look:
    """:param written: the text of its element"""

    written: str
    number_format: str = "General"
    size: float = _NARROW
    is_framed: bool = False
    wraps: bool = False

    @property
    def is_date(self):
        return is_date_format(self.number_format)


class StylePart:
    """``xl/styles.xml``: a look asked for is only put in where it is not there."""

    def __init__(self, text):
        self._text = text or ""
        self._formats = dict(BUILTIN_FORMATS)
        self._sizes, self._frames, self.looks = [], [], []
        self._fills = 0
        self._new_looks, self._new_formats, self._new_fills = [], [], []
        self._made = {}
        self._read()

    def look(self, style):
        return self.looks[style] if 0 <= style < len(self.looks) else Look("<xf/>")

    def _read(self):
        inside, start, self._places = "", 0, {}
        for tag in tags(self._text):
            name = tag.name
            if name in ("numFmts", "fonts", "fills", "borders", "cellXfs"):
                inside = "" if tag.is_end else name
                key = "end" if tag.is_end or tag.is_empty else "start"
                self._places[name, key] = tag
            elif inside == "numFmts" and name == "numFmt" and not tag.is_end:
                code = unescaped(tag.get("formatCode", "General"))
                self._formats[_whole(tag.get("numFmtId"))] = code
            elif inside == "fonts" and name == "font" and not tag.is_end:
                self._sizes.append(_NARROW)
            elif inside == "fonts" and name == "sz" and self._sizes and not tag.is_end:
                self._sizes[-1] = _number(tag.get("val"), _NARROW)
            elif inside == "fills" and name == "fill" and not tag.is_end:
                self._fills += 1
            elif inside == "borders" and name == "border" and not tag.is_end:
                self._frames.append(False)
            elif inside == "borders" and name in ("left", "start", "bottom"):
                if not tag.is_end and tag.get("style", "none") != "none":
                    self._frames[-1:] = [True]
            elif inside == "cellXfs" and name == "xf":
                if not tag.is_end:
                    start = tag.start
                if len(self.looks) > _MOST:
                    raise Unreadable(TOO_LARGE)
                if tag.is_end or tag.is_empty:
                    self._add(self._text[start : tag.end])

    def _add(self, written):
        found = {}
        for tag in tags(written):
            if not tag.is_end and tag.name in ("xf", "alignment"):
                found[tag.name] = attributes_of(tag.attributes)
        own = found.get("xf", {})
        font, border = _whole(own.get("fontId")), _whole(own.get("borderId"))
        self.looks.append(
            Look(
                written,
                self._formats.get(_whole(own.get("numFmtId"), 0), "General"),
                self._sizes[font] if 0 <= font < len(self._sizes) else _NARROW,
                self._frames[border] if 0 <= border < len(self._frames) else False,
                found.get("alignment", {}).get("wrapText") in ("1", "true"),
            )
        )

    def with_format(self, style, code):
        """The style with another format of numbers."""
        number = next((n for n, c in self._formats.items() if c == code), None)
        if number is None:
            number = max([163, *self._formats]) + 1
            self._formats[number] = code
            self._new_formats.append(
                f'numFmt numFmtId="{number}" formatCode="{escaped(code)}"'
            )
        changes = {"numFmtId": number, "applyNumberFormat": "1"}
        return self._like(style, changes)

    def with_fill(self, style, rgb):
        """The style on a ground of this colour."""
        if rgb not in self._new_fills:
            self._new_fills.append(rgb)
        fill = self._fills + self._new_fills.index(rgb)
        return self._like(style, {"fillId": fill, "applyFill": "1"})

    def _like(self, style, changes):
        key = style, tuple(changes.items())
        if key not in self._made and len(self.looks) >= _MOST:
            return style
        if key not in self._made:
            written = self.look(style).written
            first = next(tags(written))
            attributes = with_attributes(first.attributes, changes)
            tail = "/>" if first.is_empty else ">"
            written = f"<{first.prefix}xf{attributes}{tail}" + written[first.end :]
            self._made[key] = len(self.looks)
            self._new_looks.append(written)
            self._add(written)
        return self._made[key]

    def text(self):
        """The part anew; as it was where nothing was put in."""
        text = self._text
        lines = {"cellXfs": self._new_looks}
        prefix = self._places["cellXfs", "end"].prefix if self._places else ""
        lines["fills"] = [
            f'<{prefix}fill><{prefix}patternFill patternType="solid"><{prefix}fgColor '
            f'rgb="{rgb}"/></{prefix}patternFill></{prefix}fill>'
            for rgb in self._new_fills
        ]
        lines["numFmts"] = [f"<{prefix}{one}/>" for one in self._new_formats]
        # from below, so that places found before still hold
        for name in ("cellXfs", "fills", "numFmts"):
            if lines[name]:
                text = self._put_in(text, name, lines[name], prefix)
        return text

    def _put_in(self, text, name, lines, prefix):
        end = self._places.get((name, "end"))
        inside = "".join(lines)
        if end is None or end.is_empty:
            made = f'<{prefix}{name} count="{len(lines)}">{inside}</{prefix}{name}>'
            if end is not None:
                return text[: end.start] + made + text[end.end :]
            place = next(t for t in tags(text) if t.name == "styleSheet").end
            return text[:place] + made + text[place:]
        start = self._places[name, "start"]
        count = _whole(start.get("count"), -1)
        text = text[: end.start] + inside + text[end.start :]
        if count < 0:
            return text
        attributes = with_attributes(start.attributes, {"count": count + len(lines)})
        opened = f"<{start.prefix}{name}{attributes}>"
        return text[: start.start] + opened + text[start.end :]


def _whole(text, default=-1):
    try:
        return int(text)
    except (TypeError, ValueError):
        return default


def _number(text, default):
    try:
        return float(text)
    except (TypeError, ValueError):
        return default
