"""A long list to xlsx: 12 rows a unit and 21 columns, 39,852 rows for the country."""

import io
from datetime import date

import xlsxwriter

FLOOR = "xlsxwriter alone on the same cells, formats and mode"
ROWS = 12  # of each unit


def setup(env, n):
    lists = load()
    day, level = date(1975, 4, 30), "Hoàn thành tốt nhiệm vụ"
    rows = [
        (
            *(number, f"Thường trực HĐND xã số {number // ROWS}", "Cán bộ"),
            *(f"Nguyễn Văn {number}", day, "Đảng ủy viên", "Phó Chủ tịch HĐND xã"),
            *("Phó Chủ tịch", "Ban Thường vụ Tỉnh ủy", level, 9, 2, 6, 1, 0),
            *(level, level, level, level, f"{number}-QĐ/TU ngày 01/12/2022", None),
        )
        for number in range(1, n * ROWS + 1)
    ]
    return lists, rows


def run(env, made):
    lists, rows = made
    return lists.list_workbook("Bench", "Bench", lists_fields(), rows)


def floor(env, made):
    _lists, rows = made
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        grid = {"border": 1, "text_wrap": True}
        text = book.add_format(grid)
        number = book.add_format({**grid, "num_format": "0"})
        day = book.add_format({**grid, "num_format": "dd/mm/yyyy"})
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if value is None:
                    sheet.write_blank(row, column, None, text)
                elif type(value) is str:
                    sheet.write_string(row, column, value, text)
                elif type(value) is int:
                    sheet.write_number(row, column, value, number)
                else:
                    sheet.write_datetime(row, column, value, day)
    return file.getvalue()


def load():
    from odoo.addons.cadre_review.workbooks import lists

    return lists


def lists_fields():
    from odoo.addons.cadre_review.models.books.lists import RESULTS

    return RESULTS
