"""A roster of people and posts: 30 rows a unit, 5,100 for a province."""

import base64
import csv
import importlib.util
import io
from pathlib import Path

import xlsxwriter

FLOOR = "Odoo's own import of the same rows, with the same names for units and posts"
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
    return as_xlsx(rows), as_csv(rows)


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


def as_csv(rows):
    """What is easiest for Odoo's import: it need not even open a workbook."""
    file = io.StringIO()
    csv.writer(file).writerows([FIELDS, *rows])
    return file.getvalue().encode()


def run(env, made):
    """All a user does: read, preview, take over."""
    content, _csv = made
    window = env["cadre.review.importing"].create(
        {"kind": "roster", "file": base64.b64encode(content), "file_name": "a.xlsx"}
    )
    window.action_read()
    window.action_preview()
    window.action_import()
    assert window.state == "done", window.problem_ids.mapped("reason")


def floor(env, made):
    _content, table = made
    window = env["base_import.import"].create(
        {
            "res_model": "cadre.review.cadre",
            "file": table,
            "file_type": "text/csv",
            "file_name": "a.csv",
        }
    )
    options = {
        **{"has_headers": True, "quoting": '"', "separator": ",", "encoding": "utf-8"},
        **{
            "date_format": "%Y-%m-%d",
            "datetime_format": "",
            "float_decimal_separator": ".",
        },
        **{"float_thousand_separator": ",", "advanced": True, "keep_matches": False},
        **{"name_create_enabled_fields": {}, "import_set_empty_fields": []},
        **{"import_skip_records": [], "fallback_values": {}, "skip": 0, "sheet": ""},
    }
    done = window.execute_import(list(FIELDS), list(FIELDS), options)
    errors = [m for m in done["messages"] if m["type"] == "error"]
    assert not errors and len(done["ids"]) == len(table.splitlines()) - 1, done


def load(name):
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
