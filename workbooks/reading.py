"""Reads foreign xlsx files, whatever is in them, in bounded time and memory.

A file is a zip of XML parts. They are streamed through expat here and counted while
they are, since openpyxl builds whole parts before anything could stop it; what numbers
mean (dates, number formats) is asked of openpyxl. No formula is run: the value that
the spreadsheet program stored with it is what counts.
"""

import io
import posixpath
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel
from openpyxl.utils.escape import unescape

from ..rules.texts import _lt
from .problems import Unreadable

MEGABYTE = 2**20
MAX_ROW, MAX_COLUMN = 1048576, 16384  # of the format
_CHUNK = 2**16
# what Python's own reader of zips raises on damaged ones, beside BadZipFile
_DAMAGE = (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError)
_DAMAGE += (LookupError, OverflowError)  # LookupError: an encoding nobody knows
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_LETTERS = re.compile(r"[A-Z]{1,3}\Z")
TOO_LARGE = _lt(
    "Unpacked, the file is larger than what can be read. Copy the rows that matter to "
    "a new file."
)
_WHOLE = 2**53  # up to here a float tells whole numbers apart


@dataclass(frozen=True)
class Limits:
    """What a file may cost; sizes in bytes, seconds for one part.

    :param filled: rows with something in them
    :param texts: that cells share
    :param seconds: of the processor, so that a busy machine refuses nothing
    """

    size: int = 20 * MEGABYTE
    unpacked: int = 64 * MEGABYTE
    parts: int = 2000
    cells: int = 2_000_000
    filled: int = 60_000
    columns: int = 400
    texts: int = 500_000
    merges: int = 60_000
    seconds: float = 8


@dataclass(frozen=True)
class ErrorValue:
    """A cell that shows an error, e.g. ``#REF!``, or a number that is none."""

    text: str


@dataclass(frozen=True)
class Uncomputed:
    """A formula that was saved without its value."""

    formula: str


@dataclass(frozen=True)
class Row:
    """A row with something in it; ``cells`` is ``{column from 1: value}``.

    A value is text, a whole number, a float, a truth value, a datetime, a time,
    an :class:`ErrorValue` or an :class:`Uncomputed`.
    """

    number: int
    cells: Mapping[int, object]
    hidden: bool = False


@dataclass(frozen=True)
class Sheet:
    """:param merges: ``(first row, first column, last row, last column)`` each"""

    name: str
    rows: Sequence[Row]
    merges: Sequence[tuple[int, int, int, int]] = ()
    hidden: bool = False


@dataclass
class Book:
    """An opened file: names of its sheets first, rows only when asked for.

    :param sheets: ``{name: hidden}`` in the order of the tabs
    """

    sheets: Mapping[str, bool]
    has_macros: bool = False
    note: str = ""
    _parts: "Parts" = None
    _paths: Mapping[str, str] = field(default_factory=dict)
    _epoch: datetime = WINDOWS_EPOCH
    _texts: Sequence[str] | None = None
    _dated: frozenset[int] | None = None

    @property
    def epoch(self):
        return self._epoch

    @property
    def texts(self):
        """The texts that cells refer to by number."""
        if self._texts is None:
            self._texts = _read_texts(self._parts)
        return self._texts

    def path(self, name):
        """The part that a sheet is."""
        return self._paths[name]

    def sheet(self, name):
        """Read one sheet.

        :raise Unreadable: damaged, or larger than the limits
        """
        if self._dated is None:
            self._dated = _read_date_styles(self._parts)
        reader = _SheetReader(self._parts.limits, self.texts, self._dated, self._epoch)
        self._parts.parse(self._paths[name], reader.start, reader.end, reader.text)
        return Sheet(name, reader.rows(), tuple(reader.merges), self.sheets[name])


def open_book(content, limits=Limits()):  # noqa: B008 (frozen)
    """Open a file by its content.

    :param bytes content:
    :raise Unreadable: not an xlsx file, encrypted, damaged or too large
    """
    return open_parts(Parts(content, limits))


def open_parts(parts):
    """The book of a file whose parts are known."""
    book = _WorkbookReader()
    parts.parse(parts.workbook, book.start)
    links = {link: path for link, (_kind, path) in parts.links.items()}
    paths = {
        name: links[link]
        for name, _hidden, link in book.sheets
        if parts.has(links.get(link))
    }
    if not paths:
        raise Unreadable(
            _lt("The file has no sheet with rows. Save it again as .xlsx.")
        )
    return Book(
        sheets={n: hidden for n, hidden, _link in book.sheets if n in paths},
        has_macros=any(name.endswith("vbaProject.bin") for name in parts.names),
        _parts=parts,
        _paths=paths,
        _epoch=MAC_EPOCH if book.from_1904 else WINDOWS_EPOCH,
    )


# ----------------------------------------------------------------------
# The zip
# ----------------------------------------------------------------------


class Parts:
    """The parts of a file, each read as far as the limits allow."""

    def __init__(self, content, limits):
        self.limits = limits
        self._left = limits.unpacked
        if len(content) > limits.size:
            raise Unreadable(
                _lt(
                    "The file has %(size)s MB, where %(most)s MB can be read. Delete "
                    "pictures and empty rows from it, or split it."
                ),
                size=round(len(content) / MEGABYTE, 1),
                most=round(limits.size / MEGABYTE, 1),
            )
        if content.startswith(b"\xd0\xcf\x11\xe0"):
            if "EncryptedPackage".encode("utf-16-le") in content:
                raise Unreadable(
                    _lt(
                        "The file is locked with a password. Open it, take the "
                        "password off, and save it."
                    )
                )
            raise Unreadable(
                _lt(
                    "The file is in the old format of Excel (.xls). Open it and save "
                    "it as .xlsx."
                )
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
        except (*_DAMAGE, struct.error) as error:
            raise self._no_xlsx() from error
        self.names = {entry.filename: entry for entry in entries}
        if len(entries) > limits.parts:
            raise Unreadable(_lt("The file has too many parts for a list of ours."))
        self.workbook = self._find_workbook()
        self.links = self._read_links(self.workbook)

    def _no_xlsx(self):
        return Unreadable(
            _lt("This is not a whole .xlsx file. Open the list and save it as .xlsx.")
        )

    def _find_workbook(self):
        if not {"[Content_Types].xml", "_rels/.rels"} & set(self.names):
            raise self._no_xlsx()
        books = [
            path
            for kind, path in self._read_links("").values()
            if kind == "officeDocument" and self.has(path)
        ]
        if not books:
            raise self._no_xlsx()
        if books[0].endswith(".bin"):
            raise Unreadable(
                _lt("The file is a binary workbook (.xlsb). Save it as .xlsx.")
            )
        return books[0]

    def has(self, path):
        return path in self.names

    def entries(self):
        """What stands in the zip, each name once, the last of its kind."""
        return list(self.names.values())

    def linked(self, kind):
        """Path of the workbook's part of this kind, or None."""
        paths = [path for of_kind, path in self.links.values() if of_kind == kind]
        return next(filter(self.has, paths), None)

    def _read_links(self, path):
        """``{id: (kind, path)}`` of what a part refers to; ``""`` is the file."""
        folder, name = posixpath.split(path)
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        links = {}

        def start(name, attributes):
            if _local(name) == "Relationship":
                kind = posixpath.basename(attributes.get("Type", ""))
                target = attributes.get("Target", "")
                full = posixpath.normpath(posixpath.join("/", folder, target))
                links[attributes.get("Id", "")] = (kind, full.lstrip("/"))

        if self.has(source):
            self.parse(source, start)
        return links

    def parse(self, path, start, end=None, text=None):
        """Stream one part through these handlers, which get names without prefix."""
        parser = self._parser()
        parser.buffer_text = True
        parser.StartElementHandler = start
        if end:
            parser.EndElementHandler = end
        if text:
            parser.CharacterDataHandler = text
        for _chunk in self._chunks(path, parser):
            pass

    def well_formed(self, path):
        """The bytes of a part that is well-formed XML."""
        return b"".join(self._chunks(path, self._parser()))

    def raw(self, path):
        """The bytes of a part, whatever they are."""
        return b"".join(self._chunks(path))

    def _parser(self):
        parser = expat.ParserCreate(namespace_separator="}")
        # entities are the way to make a small file a large one
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        return parser

    def _chunks(self, path, parser=None):
        """The part piece by piece, counted, each piece parsed before it is given."""
        entry = self.names[path]
        if entry.flag_bits & 1:
            raise Unreadable(_lt("The file is locked with a password. Take it off."))
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self._no_xlsx()
        until = time.thread_time() + self.limits.seconds
        try:
            with self._zip.open(entry) as part:
                while chunk := part.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0 or time.thread_time() > until:
                        raise Unreadable(TOO_LARGE)
                    if parser:
                        parser.Parse(chunk, False)
                    yield chunk
                if parser:
                    parser.Parse(b"", True)
        except (*_DAMAGE, expat.ExpatError, zlib.error, struct.error) as error:
            raise Unreadable(
                _lt("The file is damaged (%(part)s). Open it and save it again."),
                part=posixpath.basename(path),
            ) from error

    def _refuse_doctype(self, *_args):
        raise self._no_xlsx()


def _local(name):
    return name.rpartition("}")[2]


class _WorkbookReader:
    def __init__(self):
        self.sheets = []
        self.from_1904 = False

    def start(self, name, attributes):
        name = _local(name)
        if name == "sheet":
            link = next((v for k, v in attributes.items() if _local(k) == "id"), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), hidden, link))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")


def _read_texts(parts):
    """The texts that cells refer to by number; readings in phonetics left out."""
    path = parts.linked("sharedStrings")
    texts, pieces, state = [], [], {"text": False, "aside": False}

    def start(name, _attributes):
        name = _local(name)
        if name == "rPh":
            state["aside"] = True
        state["text"] = name == "t" and not state["aside"]

    def end(name):
        name = _local(name)
        state["text"] = False
        if name == "rPh":
            state["aside"] = False
        elif name == "si":
            texts.append(_unescaped("".join(pieces)))
            pieces.clear()
            if len(texts) > parts.limits.texts:
                raise Unreadable(TOO_LARGE)

    def text(piece):
        if state["text"]:
            pieces.append(piece)

    if path:
        parts.parse(path, start, end, text)
    return texts


def _unescaped(text):
    return unescape(text) if "_x" in text else text


def _read_date_styles(parts):
    """Numbers of the cell styles that show a number as a day."""
    path = parts.linked("styles")
    formats, styles, state = dict(BUILTIN_FORMATS), [], {"inside": False}

    def start(name, attributes):
        name = _local(name)
        if name == "numFmt":
            formats[_whole(attributes.get("numFmtId"))] = attributes.get(
                "formatCode", ""
            )
        elif name == "cellXfs":
            state["inside"] = True
        elif name == "xf" and state["inside"]:
            styles.append(_whole(attributes.get("numFmtId", "0")))

    def end(name):
        if _local(name) == "cellXfs":
            state["inside"] = False

    if path:
        parts.parse(path, start, end)
    return frozenset(
        number
        for number, style in enumerate(styles)
        if is_date_format(formats.get(style, "General"))
    )


def _whole(text, default=-1):
    try:
        return int(text)
    except (TypeError, ValueError):
        return default


def _pass_over(_attributes):
    """What is of no concern here."""


# ----------------------------------------------------------------------
# A sheet
# ----------------------------------------------------------------------


class _SheetReader:
    """Collects the cells of a sheet that hold something."""

    def __init__(self, limits, texts, dated, epoch):
        self._limits, self._texts = limits, texts
        self._dated, self._epoch = dated, epoch
        self._rows, self._hidden = {}, set()
        self.merges = []
        self._row = self._column = self._count = 0
        self._cells = {}
        self._type = self._style = self._formula = None
        self._pieces, self._value = None, []
        self._starts, self._ends, self._numbers = {}, {}, {}

    def rows(self):
        return tuple(
            Row(number, cells, number in self._hidden)
            for number, cells in sorted(self._rows.items())
        )

    # handlers are found by the full name once a file, then by one look

    def start(self, name, attributes):
        handler = self._starts.get(name)
        if handler is None:
            handler = getattr(self, f"_start_{_local(name)}", _pass_over)
            self._starts[name] = handler
        handler(attributes)

    def end(self, name):
        handler = self._ends.get(name)
        if handler is None:
            handler = getattr(self, f"_end_{_local(name)}", _pass_over)
            self._ends[name] = handler
        handler(None)

    def text(self, piece):
        if self._pieces is not None:
            self._pieces.append(piece)

    def _start_v(self, _attributes):
        self._pieces = self._value

    _start_t = _start_v

    def _start_f(self, _attributes):
        self._formula = self._pieces = []

    def _start_rPh(self, _attributes):
        self._pieces = None

    def _end_v(self, _attributes):
        self._pieces = None

    _end_t = _end_f = _end_v

    def _start_row(self, attributes):
        self._row = _whole(attributes.get("r"), self._row + 1)
        if not 0 < self._row <= MAX_ROW:
            raise Unreadable(_lt("The file is damaged: a row has no number."))
        self._column, self._cells = 0, {}
        if attributes.get("hidden") in ("1", "true"):
            self._hidden.add(self._row)

    def _end_row(self, _attributes):
        if self._cells:
            self._rows.setdefault(self._row, {}).update(self._cells)
        else:
            self._hidden.discard(self._row)
        if len(self._rows) > self._limits.filled:
            raise Unreadable(
                _lt(
                    "A sheet has more than %(most)s rows with something in them. Split "
                    "the list."
                ),
                most=self._limits.filled,
            )

    def _start_c(self, attributes):
        self._count += 1
        if self._count > self._limits.cells:
            raise Unreadable(
                _lt(
                    "A sheet has more than %(most)s cells. Delete the empty rows and "
                    "columns below and beside the list."
                ),
                most=self._limits.cells,
            )
        letters = attributes.get("r", "").rstrip("0123456789")
        column = self._numbers.get(letters)
        if column is None:
            right = _LETTERS.match(letters)
            column = self._numbers[letters] = column_number(letters) if right else 0
        self._column = column or self._column + 1
        self._type, self._style = attributes.get("t", "n"), attributes.get("s")
        self._formula, self._pieces, self._value = None, None, []

    def _end_c(self, _attributes):
        text = "".join(self._value)
        if text:
            value = self._decode(text)
        elif self._formula is not None and self._type != "str":
            value = Uncomputed("=" + "".join(self._formula))
        else:
            return
        if value != "" and self._column <= self._limits.columns:
            self._cells[self._column] = value

    def _decode(self, text):
        kind = self._type
        if kind == "s":
            number = _whole(text)
            if not 0 <= number < len(self._texts):
                return ErrorValue(text)
            return self._texts[number]
        if kind in ("str", "inlineStr"):
            return _unescaped(text)
        if kind == "b":
            return text.strip() == "1"
        if kind == "e":
            return ErrorValue(text)
        if kind == "d":
            try:
                return datetime.fromisoformat(text.strip())
            except ValueError:
                return ErrorValue(text)
        return self._number(text)

    def _number(self, text):
        try:
            number = float(text)
            if self._style and _whole(self._style) in self._dated:
                return from_excel(number, self._epoch) or number
            # neither infinite nor not-a-number
            if number - number != 0:
                return ErrorValue(text)
            whole = int(number)
        except (ValueError, OverflowError, TypeError):
            return ErrorValue(text)
        return whole if whole == number and abs(whole) < _WHOLE else number

    def _start_mergeCell(self, attributes):
        first, _colon, last = attributes.get("ref", "").partition(":")
        first, last = _REFERENCE.match(first), _REFERENCE.match(last)
        if len(self.merges) >= self._limits.merges:
            raise Unreadable(
                _lt("A sheet has more than %(most)s merged cells. Unmerge them."),
                most=self._limits.merges,
            )
        if first and last:
            self.merges.append(
                (
                    *(int(first[2]), column_number(first[1])),
                    *(int(last[2]), column_number(last[1])),
                )
            )


def column_number(letters):
    """``A`` is 1, ``AA`` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number):
    """1 is ``A``, 27 is ``AA``."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
