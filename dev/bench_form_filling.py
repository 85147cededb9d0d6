"""The superior level's form, filled for all units: 4 lines a unit put in."""

import io
import warnings
from pathlib import Path

import openpyxl

FLOOR = (
    "openpyxl reads the form, writes the same values below its heading and writes the"
    " file anew; it loses rules, boxes and what stands below the lines"
)
FORM = Path(__file__).parents[1] / (
    "tests/plain/files/cases/form-totals-picture-rules.xlsx"
)
LINES = 4  # of each unit


def setup(env, n):
    from odoo.addons.cadre_review.workbooks import forms

    content = FORM.read_bytes()
    layout = forms.look_at(content)["Biểu 1"]
    entries = [
        forms.Entry(
            {
                "name": f"Nguyễn Văn {number}",
                "title": "Phó Chủ tịch HĐND",
                "decided": "Hoàn thành tốt nhiệm vụ",
                "votes_excellent": 2,
                "votes_good": 7,
            }
        )
        for number in range(n * LINES)
    ]
    columns = {number: code for code, number in layout.columns.items()}
    filling = forms.Filling("Biểu 1", layout.first, layout.last, columns, entries)
    return forms, content, filling


def run(env, made):
    forms, content, filling = made
    return forms.fill(content, filling)


def floor(env, made):
    _forms, content, filling = made
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[filling.sheet]
    sheet.insert_rows(filling.last + 2, len(filling.entries))
    for row, entry in enumerate(filling.entries, filling.last + 1):
        for column, code in filling.columns.items():
            sheet.cell(row, column, entry.values.get(code))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
