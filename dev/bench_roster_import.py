"""A roster of people and posts: 30 rows a unit, 5,100 for a province."""

import base64
import importlib.util
import io
from pathlib import Path

import xlsxwriter

FLOOR = (
    "load(), Odoo's own import, of the same rows once they are read from the file;"
    " here less is more"
)
ROWS = 30  # of each unit
HEAD = ("STT", "Mã", "Họ và tên", "Ngày sinh", "Đơn vị", "Chức vụ", "Diện quản lý")
FIELDS = (
    *("code", "name", "birth_date", "post_ids/unit_id", "post_ids/title"),
    *("post_ids/authority_id", "post_ids/date_from"),
)


def setup(env, n):
    opening = load("bench_opening")
    opening.PEOPLE = 1
    units = opening.make_units(env, n)
    rows = [
        (
            *(f"MOI-{number}", f"Trần Thị Mới {number}", "1980-02-03"),
            *(units[number // ROWS].name, "Ủy viên", "Bench", "2021-07-01"),
        )
        for number in range(n * ROWS)
    ]
    window = env["cadre.review.importing"].create(
        {
            "kind": "roster",
            "file": base64.b64encode(as_xlsx(rows)),
            "file_name": "a.xlsx",
        }
    )
    window.action_read()
    window.action_preview()
    return window.id, [list(row) for row in rows]


def as_xlsx(rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, (*HEAD, "Từ ngày"))
        for row, values in enumerate(rows, 1):
            code, name, birth, unit, title, authority, since = values
            day, since = (text.split("-") for text in (birth, since))
            sheet.write_row(
                *(row, 0),
                (row, code, name, "/".join(reversed(day)), unit, title, authority),
            )
            sheet.write_string(row, 7, "/".join(reversed(since)))
    return file.getvalue()


def run(env, made):
    """The last button: the file is read and planned again, and taken over."""
    window_id, _rows = made
    window = env["cadre.review.importing"].browse(window_id)
    window.action_import()
    assert window.state == "done", window.problem_ids.mapped("reason")


def floor(env, made):
    _window_id, rows = made
    done = env["cadre.review.cadre"].load(list(FIELDS), rows)
    assert not done["messages"] and len(done["ids"]) == len(rows), done["messages"]


def load(name):
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
