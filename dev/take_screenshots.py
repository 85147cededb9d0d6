"""Pictures of the running product, in Vietnamese; started by dev/screenshots.

A picture is one line of SHOTS: who logs in, at which address, and the steps on the
page that lead to it. Pictures are taken in this order; a later one may build on
what an earlier one left in the database.
"""

import os
import re
import sys
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

SIZE = {"width": 1366, "height": 850}
TELEPHONE = {"width": 390, "height": 844}
COLOURS = 128
UNIT_ON_PAPER = "phường Phổ Vinh"


class Shot(NamedTuple):
    """One picture.

    :param steps: functions of the page, carried out in turn
    :param shows: a text that must be on the page
    :param size: of the browser's window
    """

    file: str
    login: str
    address: str
    shows: str
    steps: tuple = ()
    size: dict = SIZE


# ----------------------------------------------------------------------
# STEPS
# ----------------------------------------------------------------------


def row(text):
    """Open the row of a list."""
    return lambda page: page.locator(".o_data_row", has_text=text).first.click()


def button(text):
    """Press a button; an icon before its text is part of its name."""
    name = re.compile(rf"(^|\s){re.escape(text)}$")
    return lambda page: page.get_by_role("button", name=name).first.click()


def tab(text):
    return lambda page: page.get_by_role("tab", name=text, exact=True).click()


def unfold(text):
    """Open a group of a list."""
    return lambda page: page.locator(".o_group_header", has_text=text).first.click()


def choose(*texts):
    """Tick the rows of a list."""

    def step(page):
        for text in texts:
            line = page.locator(".o_data_row", has_text=text).first
            line.locator("input[type=checkbox]").check()

    return step


def sort(text):
    """Sort a list by a column, downwards."""

    def step(page):
        for _ in range(2):
            page.locator("th", has_text=text).click()
            page.wait_for_timeout(1500)
        page.locator(".o_data_row").first.scroll_into_view_if_needed()

    return step


def duplicate(page):
    """Next year's campaign, a draft."""
    page.locator(".o_cp_action_menus button").first.click()
    page.get_by_role("menuitem", name="Nhân bản").click()


def cell(page, line, name):
    return page.locator(f".o_data_row td[name={name}]").nth(line)


def no_filter(page):
    """Take away the filters that a list opens with."""
    for _ in range(page.locator(".o_facet_remove").count()):
        page.locator(".o_facet_remove").first.click()
        page.wait_for_timeout(800)


def open_filters(page):
    page.locator(".o_searchview_dropdown_toggler").click()


def attach(page):
    """A signed paper beside the fields of the open form."""
    page.get_by_role("tab", name="Ký và nguồn", exact=True).click()
    upload(page)
    page.get_by_role("tab", name="Tiêu chí", exact=True).click()


def upload(page):
    page.locator("[name=attachment_ids] input[type=file]").first.set_input_files(
        {"name": "ban-ky.pdf", "mimeType": "application/pdf", "buffer": scan()}
    )
    page.wait_for_timeout(4000)


def scan():
    """A page as a scanner gives it, with a plainly invented text; as PDF."""
    page = Image.new("RGB", (1240, 1754), "#fdfcf7")
    font = ImageFont.truetype("DejaVuSerif.ttf", 28)
    lines = (
        "HỘI ĐỒNG NHÂN DÂN",
        "PHƯỜNG PHỔ VINH",
        "",
        "Số: 03/BB-HĐND",
        "",
        "BIÊN BẢN",
        "Hội nghị kiểm điểm, đánh giá, xếp loại chất lượng năm 2022",
        "",
        "Có mặt: 14/14. Chủ trì: Phan Văn Bí Danh. Thư ký: Cao Văn Thư Ký.",
        "Phát ra 14 phiếu, thu về 14 phiếu, hợp lệ 14 phiếu.",
        "",
        "(văn bản giả định để minh họa)",
    )
    ImageDraw.Draw(page).multiline_text(
        (110, 120), "\n".join(lines), fill="#222", font=font, spacing=18
    )
    file = BytesIO()
    page.save(file, "PDF")
    return file.getvalue()


def key(page):
    """Fill in part of the keying screen, as a clerk would."""
    fields = {
        "source_place": "Tủ hồ sơ số 2, Văn phòng",
        "minutes_number": "03/BB-HĐND",
        "place": "Hội trường UBND phường",
        "chair": "Phan Văn Bí Danh",
        "secretary": "Cao Văn Thư Ký",
        "convened": "14",
        "present": "14",
    }
    for name, value in fields.items():
        page.locator(f"[name={name}] input").fill(value)
    upload(page)
    ballots = {"issued": 14, "collected": 14, "valid": 14}
    for line, (excellent, good) in enumerate(((1, 13), (2, 12), (11, 3), (3, 11))):
        votes = {"votes_excellent": excellent, "votes_good": good}
        for name, number in {**ballots, **votes}.items():
            cell(page, line, name).click()
            cell(page, line, name).locator("input").fill(str(number))
        level = 1 if excellent > good else 2
        stages = ("self", "concluded", "party", "unit")
        for stage in stages if line else stages[1::2]:
            choice = cell(page, line, f"{stage}_level").locator("select")
            choice.select_option(index=level)
    page.locator(".o_form_view .o_data_row").last.scroll_into_view_if_needed()


def fill(name, text):
    """Type into a field of the form."""
    place = f".o_form_view [name={name}] :is(input, textarea)"
    return lambda page: page.locator(place).first.fill(text)


def meanwhile(login, values):
    """Somebody else writes on the dossier that is open."""

    def step(page):
        address, _, number = page.url.rpartition("/")
        context = page.context.browser.new_context()
        who = {"db": os.environ["DATABASE"], "login": login, "password": login}
        site = address.split("/odoo")[0]
        for path, params in (
            ("session/authenticate", who),
            (
                "dataset/call_kw",
                {
                    "model": "cadre.review.dossier",
                    "method": "write",
                    "args": [[int(number.split("?")[0])], values],
                    "kwargs": {},
                },
            ),
        ):
            answer = context.request.post(
                f"{site}/web/{path}", data={"jsonrpc": "2.0", "params": params}
            )
            if "error" in answer.json():
                sys.exit(f"{login}: {answer.text()}")
        context.close()

    return step


def save(page):
    page.locator(".o_form_button_save").click()


# ----------------------------------------------------------------------
# PICTURES
# ----------------------------------------------------------------------

UNITS = "action-cadre_review.cadre_review_unit_action"
MEMBERS = "action-cadre_review.cadre_review_member_action"
REGULATIONS = "action-cadre_review.cadre_review_regulation_action"

APPRAISED = ("Phan Văn Đặt Tên", "Đỗ Thị Vô Danh", "Ngô Thị Nhân Vật")

SHOTS = [
    # the office
    Shot("board", "vanphong", "review-board", "phường Phổ Văn"),
    Shot(
        "campaign",
        "vanphong",
        "review-campaigns",
        "Chậm nhất ngày",
        (row("2022"), tab("Thời hạn")),
    ),
    Shot("dossiers", "vanphong", "review-dossiers", "phường Phổ Văn"),
    Shot("dossier", "vanphong", "review-dossiers", "Biên bản", (row("Phổ Văn"),)),
    Shot(
        "keying",
        "vanphong",
        "review-dossiers",
        "Tập thể và cá nhân",
        (row(UNIT_ON_PAPER), button("Nhập hộ…"), key),
    ),
    Shot(
        "keying-person",
        "vanphong",
        "review-ratings",
        "Xác nhận, sang người kế tiếp",
        (row("Phan Văn Bí Danh"), button("Tự đánh giá"), attach),
    ),
    Shot("first-steps", "quantri", "review-first-steps", "Chuyên viên Văn phòng"),
    Shot("opinions", "vanphong", "review-opinions", "Nhận xét, đề xuất", (no_filter,)),
    Shot(
        "filters",
        "vanphong",
        "review-ratings",
        "Khác mức đơn vị đề xuất",
        (open_filters,),
    ),
    Shot(
        "refusal",
        "vanphong",
        "review-campaigns",
        "Chưa thực hiện được",
        (row("2022"), button("Tổng hợp")),
    ),
    Shot(
        "findings",
        "vanphong",
        "review-campaigns",
        "Cách xử lý",
        (row("2022"), button("Rà soát"), unfold("Cảnh báo")),
    ),
    Shot(
        "caps",
        "vanphong",
        "review-campaigns",
        "Phó Chủ tịch HĐND cấp xã",
        (
            row("2022"),
            button("Bảng tỷ lệ xuất sắc"),
            unfold("Thường trực HĐND thị xã"),
            unfold("Ban Thường vụ"),
        ),
    ),
    Shot(
        "roll",
        "vanphong",
        "review-ratings",
        "Đã thẩm định",
        (choose(*APPRAISED), button("Thẩm định theo đề xuất"), sort("Trạng thái")),
    ),
    Shot(
        "decision",
        "vanphong",
        "review-ratings",
        "Ban hành",
        (
            choose(*APPRAISED),
            button("Dự thảo văn bản"),
            row("Ban Thường vụ Thị ủy"),
        ),
    ),
    Shot("urging", "vanphong", "review-urging", "Đã tới"),
    Shot(
        "urging-preview",
        "vanphong",
        "review-campaigns",
        "Gửi thử cho tôi",
        (row("2022"), tab("Đôn đốc"), button("Ai nhận thư gì, khi nào…")),
    ),
    Shot(
        "opening",
        "vanphong",
        "review-campaigns",
        "Khởi tạo",
        (row("2022"), duplicate, button("Triển khai…")),
    ),
    # a commune
    Shot("desk", "canbo.phochau", "review-desk", "Việc cần làm ngay"),
    Shot(
        "our-dossier",
        "canbo.phochau",
        "review-our-dossiers",
        "Hội nghị kiểm điểm",
        (row("Phổ Châu"),),
    ),
    Shot(
        "conference",
        "canbo.phochau",
        "review-our-dossiers",
        "Chương trình, kết luận",
        (
            row("Phổ Châu"),
            button("Hội nghị kiểm điểm"),
            tab("Chương trình, kết luận"),
        ),
    ),
    Shot(
        "hand-in",
        "chutich.phochau",
        "review-our-dossiers",
        "cảnh báo",
        (row("Phổ Châu"), button("Nộp hồ sơ")),
    ),
    Shot(
        "shared-edit",
        "canbo.phochau",
        "review-our-dossiers",
        "Giữ của tôi",
        (
            row("Phổ Châu"),
            tab("Nguồn và ghi chú"),
            fill("note", "Báo cáo tập thể gửi kèm; phụ lục số liệu nộp trước 30/11."),
            meanwhile(
                "chutich.phochau",
                {"note": "Báo cáo tập thể chờ Đảng ủy góp ý, nộp sau ngày 25/11."},
            ),
            save,
        ),
    ),
    Shot("comments", "capuy.phochau", "review-comments", "Phổ Châu"),
    Shot(
        "comment",
        "capuy.phochau",
        "review-comments",
        "Tiêu chí",
        (button("Nhận xét"),),
    ),
    Shot(
        "my-page",
        "canhan.phovan",
        "review-my-page",
        "Việc cần làm ngay",
        size=TELEPHONE,
    ),
    Shot("mine", "canhan.phovan", "review-mine", "Đỗ Thị Vô Danh", (row("Phổ Văn"),)),
    Shot(
        "self-assessment",
        "canhan.phovan",
        "review-mine",
        "Tiêu chí",
        (row("Phổ Văn"), row("Tự đánh giá")),
    ),
    # the Standing Committee, the administrator
    Shot("standing", "thuongtruc", "review-ratings", "Danh sách xếp loại"),
    Shot("units", "quantri", UNITS, "Phổ Văn"),
    Shot("members", "quantri", MEMBERS, "Chuyên viên đơn vị"),
    Shot(
        "regulation",
        "quantri",
        REGULATIONS,
        "NĐ 335/2025/NĐ-CP",
        (row("335/2025"), tab("Quy tắc")),
    ),
]


class Camera:
    """A browser, with one session per login."""

    def __init__(self, browser, address):
        self.browser = browser
        self.address = address
        self.database = os.environ["DATABASE"]
        self.day = os.environ["DAY"]
        self.pages = {}

    def page(self, login):
        if login not in self.pages:
            context = self.browser.new_context(
                viewport=SIZE, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
            )
            context.set_default_timeout(60_000)
            context.clock.set_fixed_time(f"{self.day}Z".replace(" ", "T"))
            page = context.new_page()
            # leaving a form that is not saved
            page.on("dialog", lambda dialog: dialog.accept())
            who = {"db": self.database, "login": login, "password": login}
            answer = context.request.post(
                f"{self.address}/web/session/authenticate",
                data={"jsonrpc": "2.0", "params": who},
            )
            if "error" in answer.json():
                sys.exit(f"{login} cannot log in: {answer.text()}")
            self.pages[login] = page
        return self.pages[login]

    def take(self, shot, folder):
        page = self.page(shot.login)
        page.set_viewport_size(shot.size)
        page.goto(f"{self.address}/odoo/{shot.address}")
        page.wait_for_selector(".o_view_controller, .o_review_board, .o_review_page")
        for step in shot.steps:
            self.settle(page)
            step(page)
        page.get_by_text(shot.shows).filter(visible=True).first.wait_for()
        self.settle(page)
        file = folder / f"{shot.file}.png"
        page.screenshot(path=file)
        image = Image.open(file).convert("RGB")
        image.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
        print(f"{file.name}: {file.stat().st_size // 1024} KB", flush=True)

    def settle(self, page):
        """Until the client has been idle for a while; it says when it loads."""
        page.wait_for_timeout(600)
        page.locator(".o_loading_indicator").wait_for(state="hidden")
        page.wait_for_timeout(600)


def main(address, folder, *names):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        camera = Camera(browser, address)
        missed = []
        for shot in SHOTS:
            if names and shot.file not in names:
                continue
            try:
                camera.take(shot, folder)
            except PlaywrightError as error:
                missed.append(shot.file)
                print(f"{shot.file}: {error}", file=sys.stderr)
        browser.close()
    if missed:
        sys.exit(f"not taken: {', '.join(missed)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
