"""Workbooks made by hand for the tests: openpyxl's, LibreOffice's, damaged ones."""

import io
import zipfile
from pathlib import Path

import openpyxl

FILES = Path(__file__).parent / "files"


def book(rows, change=None, name="Danh sách"):
    """Bytes of a workbook; ``change(book, sheet)`` may spoil it first."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    if change:
        change(made, sheet)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def with_part(content, name, change):
    """The file with one part changed: ``change(bytes)`` gives it anew."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {n: old.read(n) for n in old.namelist()}
    parts[name] = change(parts[name])
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part, value in parts.items():
            new.writestr(part, value)
    return file.getvalue()
