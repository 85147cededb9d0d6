"""Damaged workbooks, as accident and malice make them; the same ones for a seed.

Plain Python: the tests and ``dev/fuzz`` share it.
"""

import io
import random
import re
import zipfile

import openpyxl

_VALUES = (
    *("", " ", "\u00a0", "=1+1", '=HYPERLINK("http://x.example")', "@SUM(A1)", "+1"),
    *("#REF!", "#N/A", "-1", "1e309", "NaN", "30/2/2022", "13/13/13", "1/1/0001"),
    *("x" * 40000, "\u202e\u0301", "TRUE", "Ａ", "𝒜", "\ufeffLê Văn Ánh", "Le Van Anh"),
    *(-1, 0, 10**15, 1.5, 1e-320, True, None),
)
_NASTY = (
    *(b"-1", b"0", b"1048577", b"99999999999999999999", b"NaN", b"1e999", b"", b"XFE1"),
    *(b"s", b"e", b"b", b"d", b"str", b"inlineStr", b"zzz", b"&#0;", b"../../x", b"A0"),
)
_DOCTYPE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
)


def mutations(bases, number, seed=0):
    """Yield ``(what was done, bytes)`` so many times.

    :param bases: bytes of sound workbooks, taken in turn
    """
    for index in range(number):
        chance = random.Random(f"{seed}-{index}")
        base = bases[index % len(bases)]
        kind = chance.choice((_bytes, _parts, _xml, _xml, _xml, _cells, _cells))
        yield f"{index} {kind.__name__}", kind(chance, base)


def _bytes(chance, base):
    """The file as bytes: cut, overwritten, shifted."""
    content = bytearray(base)
    place = chance.randrange(len(content))
    how = chance.randrange(4)
    if how == 0:
        return bytes(content[:place])
    if how == 1:
        for _time in range(chance.randrange(1, 40)):
            content[chance.randrange(len(content))] = chance.randrange(256)
    elif how == 2:
        content[place:place] = chance.randbytes(chance.randrange(1, 200))
    else:
        del content[place : place + chance.randrange(1, 500)]
    return bytes(content)


def _rezipped(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return file.getvalue()


def _unzipped(base):
    with zipfile.ZipFile(io.BytesIO(base)) as book:
        return {name: book.read(name) for name in book.namelist()}


def _parts(chance, base):
    """Parts missing, empty, exchanged, or of another kind."""
    parts = _unzipped(base)
    one, other = chance.choice(list(parts)), chance.choice(list(parts))
    how = chance.randrange(6)
    if how == 0:
        del parts[one]
    elif how == 1:
        parts[one] = b""
    elif how == 2:
        parts[one], parts[other] = parts[other], parts[one]
    elif how == 3:
        parts[one] = _DOCTYPE
    elif how == 4:
        parts[one] = parts[one][: len(parts[one]) // 2]
    else:
        parts[one] = chance.randbytes(2000)
    return _rezipped(parts)


def _xml(chance, base):
    """Attributes and texts of a part exchanged for what they must not be."""
    parts = _unzipped(base)
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    for _time in range(chance.randrange(1, 6)):
        content = parts[name]
        found = list(re.finditer(rb'="([^"]*)"|>([^<>]+)<', content))
        if not found:
            break
        one = chance.choice(found)
        group = 1 if one.group(1) is not None else 2
        start, end = one.span(group)
        parts[name] = content[:start] + chance.choice(_NASTY) + content[end:]
    return _rezipped(parts)


def _cells(chance, base):
    """Sound files with cells, merges and heights that nobody expects."""
    book = openpyxl.load_workbook(io.BytesIO(base))
    sheet = chance.choice(book.worksheets)
    for _time in range(chance.randrange(1, 30)):
        cell = sheet.cell(chance.randrange(1, 30), chance.randrange(1, 20))
        if not isinstance(cell, openpyxl.cell.MergedCell):
            value = chance.choice(_VALUES)
            cell.value = value[:32767] if isinstance(value, str) else value
    if chance.random() < 0.3:
        row, column = chance.randrange(1, 15), chance.randrange(1, 8)
        sheet.merge_cells(
            start_row=row,
            end_row=row + chance.randrange(4),
            start_column=column,
            end_column=column + chance.randrange(4),
        )
    if chance.random() < 0.2:
        sheet.delete_cols(chance.randrange(1, 6))
    if chance.random() < 0.2:
        sheet.row_dimensions[chance.randrange(1, 15)].hidden = True
    if chance.random() < 0.1:
        book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
