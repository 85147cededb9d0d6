"""A roster of people and posts: 30 rows a unit, 5,100 for a province."""

import base64
import io

import xlsxwriter
from benchmark import load

from odoo import Command

FLOOR = (
    "Odoo's own import of the same file (base_import, in batches as the web client"
    " asks for them, its preview and its trial run left out); here less is more"
)
ROWS = 30  # of each unit
BATCH = 2000  # rows, as the web client asks for them unless the user changes it
# heading: field of a person as Odoo's import names it
COLUMNS = {
    "STT": False,
    "Mã": "code",
    "Họ và tên": "name",
    "Ngày sinh": "birth_date",
    "Chức vụ Đảng": "party_title",
    "E-mail": "email",
    "Đơn vị": "post_ids/unit_id",
    "Chức vụ": "post_ids/title",
    "Người đứng đầu": "post_ids/is_head",
    "Diện quản lý": "post_ids/authority_id",
    "Nhóm chức danh": "post_ids/group_id",
    "Phụ trách": "post_ids/duties",
    "Từ ngày": "post_ids/date_from",
}
FORMAT = "%d/%m/%Y"


def setup(env, n):
    """The window of our import, ready for its last button, and the record of Odoo's,
    of the same file, as a member of the office."""
    opening = load("bench_opening")
    opening.PEOPLE = 1
    units = opening.make_units(env, n)
    group = env["cadre.review.post.group"].create({"name": "Bench", "code": "BENCH"})
    rows = [
        (
            *(number + 1, f"MOI-{number}", f"Trần Thị Mới {number}", "03/02/1980"),
            *("Đảng ủy viên", f"moi.{number}@bench.example"),
            *(units[number // ROWS].name, f"Ủy viên {number % ROWS}"),
            *("1" if number % ROWS == 0 else "0", "Bench", group.name),
            *(f"Lĩnh vực số {number % 7}, địa bàn số {number % 5}", "01/07/2021"),
        )
        for number in range(n * ROWS)
    ]
    file = as_xlsx(rows)
    env = as_office(env)
    window = env["cadre.review.importing"].create(
        {"kind": "roster", "file": base64.b64encode(file), "file_name": "a.xlsx"}
    )
    window.action_read()
    window.action_preview()
    theirs = env["base_import.import"].create(
        {
            "res_model": "cadre.review.cadre",
            "file": file,
            "file_name": "a.xlsx",
            "file_type": "application/"
            "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    )
    return window, theirs, rows


def as_office(env):
    """Rights cost both sides something: superusers import nothing."""
    user = env["res.users"].create(
        {
            "name": "Clerk",
            "login": "clerk",
            "group_ids": [Command.link(env.ref("base.group_user").id)],
        }
    )
    env["cadre.review.member"].create(
        {"user_id": user.id, "role": "office", "company_id": env.company.id}
    )
    env.flush_all()
    return env(user=user, su=False)


def as_xlsx(rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values):
                if column:
                    sheet.write_string(row, column, value)
                else:
                    sheet.write_number(row, column, value)
    return file.getvalue()


def run(env, made):
    """The last button: the file is read and planned again, and taken over."""
    window, _theirs, rows = made
    window.action_import()
    assert window.state == "done", window.problem_ids.mapped("reason")
    assert window.created_count == len(rows), window.created_count


def floor(env, made):
    _window, theirs, rows = made
    imported = 0
    while imported < len(rows):
        options = {
            **{"has_headers": True, "date_format": FORMAT, "datetime_format": ""},
            **{"float_thousand_separator": ",", "float_decimal_separator": "."},
            **{"keep_matches": False, "sheet": "Sheet1", "sheets": ["Sheet1"]},
            **{"skip": imported, "limit": BATCH},
        }
        done = theirs.execute_import(list(COLUMNS.values()), list(COLUMNS), options)
        assert not done["messages"], done["messages"][:3]
        imported += len(done["ids"])
    assert imported == len(rows)
