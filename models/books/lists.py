from odoo import api, models

from ...workbooks.levels import LEVELS
from ...workbooks.lists import Field, list_workbook
from ...workbooks.templates import roster_template

STATES = {
    "missing": "Chưa có",
    "provided": "Đã có",
    "conforming": "Đạt",
    "failed": "Chưa đạt",
}
RESULTS = (
    Field("STT", 6, "whole"),
    Field("Cơ quan, đơn vị", 30),
    Field("Đối tượng", 12),
    Field("Họ và tên", 24),
    Field("Ngày sinh", 11, "day"),
    Field("Chức vụ Đảng", 20),
    Field("Chức vụ", 24),
    Field("Nhóm chức danh", 20),
    Field("Diện quản lý", 24),
    Field("Cá nhân tự xếp loại", 16),
    Field("Có mặt", 8, "whole"),
    *(Field(short, 6, "whole") for short in LEVELS.values()),
    Field("Hội nghị kết luận", 16),
    Field("Cấp ủy đề xuất", 16),
    Field("Đơn vị đề xuất", 16),
    Field("Cấp có thẩm quyền quyết định", 16),
    Field("Số/ngày quyết định", 20),
    Field("Ghi chú", 30),
)
PEOPLE = (
    Field("STT", 6, "whole"),
    Field("Mã", 12),
    Field("Họ và tên", 24),
    Field("Ngày sinh", 11, "day"),
    Field("Cơ quan, đơn vị", 30),
    Field("Chức vụ", 24),
    Field("Chức vụ Đảng", 22),
    Field("Loại", 12),
    Field("Người đứng đầu", 9),
    Field("Kiêm nhiệm", 9),
    Field("Phạm vi", 20),
    Field("Diện quản lý", 26),
    Field("Nhóm chức danh", 22),
    Field("Phụ trách", 28),
    Field("Từ ngày", 11, "day"),
    Field("Đến ngày", 11, "day"),
    Field("E-mail", 24),
)
REGISTER = (
    Field("STT", 6, "whole"),
    Field("Cơ quan, đơn vị", 30),
    Field("Thành phần hồ sơ", 40),
    Field("Cá nhân", 24),
    Field("Tình trạng", 12),
    Field("Số", 14),
    Field("Ngày", 11, "day"),
    Field("Người ký", 22),
    Field("Số trang", 8, "whole"),
    Field("Số đến", 10),
    Field("Ngày đến", 11, "day"),
    Field("Bản giấy lưu tại", 24),
    Field("Mật", 6),
    Field("Ghi chú", 30),
)
_KINDS = {
    "official": "Cán bộ",
    "civil_servant": "Công chức",
    "public_employee": "Viên chức",
}
_SCOPES = {
    "rated": "Đánh giá tại đây",
    "reviewed": "Kiểm điểm tại đây, nơi khác xếp loại",
    "opinion": "Chỉ cho ý kiến",
    "none": "Không thuộc đối tượng",
}


class CadreReviewRating(models.Model):
    """The results as one flat list: of a selection, or of a campaign."""

    _inherit = "cadre.review.rating"

    def action_export_list(self):
        """Download these ratings as a list."""
        return self.env["cadre.review.export"]._of(self)

    def _list_file(self):
        """Name and bytes of the list, with what the user may read."""
        self.check_access("read")
        rows = (
            _result_row(number, subject)
            for number, subject in enumerate(self._summary_subjects().values(), 1)
        )
        title = "Danh sách kết quả xếp loại"
        return f"{title}.xlsx", list_workbook(title, "Kết quả", RESULTS, rows)


def _result_row(number, subject):
    ballots = subject.ballots
    votes = (
        [ballots.votes.get(level) for level in LEVELS]
        if ballots
        else [None] * len(LEVELS)
    )
    return (
        *(number, subject.unit, subject.kind, subject.name, subject.birth_date),
        *(subject.party_title, subject.title, subject.group, subject.authority),
        *(subject.label("self"), ballots.present if ballots else None, *votes),
        *(subject.concluded_label, subject.label("party"), subject.label("unit")),
        *(subject.label("decided"), subject.decision, subject.note),
    )


class CadreReviewPost(models.Model):
    """Danh sách trích ngang: people and posts, as a roster reads them in again."""

    _inherit = "cadre.review.post"

    def action_export_list(self):
        """Download these posts as a list of people."""
        return self.env["cadre.review.export"]._of(self)

    def _list_file(self):
        """Name and bytes of the list, with what the user may read."""
        self.check_access("read")
        rows = (post._list_row(number) for number, post in enumerate(self, 1))
        title = "Danh sách trích ngang"
        return f"{title}.xlsx", list_workbook(title, title, PEOPLE, rows)

    def _list_row(self, number):
        cadre = self.cadre_id
        return (
            *(number, cadre.code, cadre.name, cadre.birth_date, self.unit_id.name),
            *(self.title, cadre.party_title, _KINDS[self.kind]),
            *("x" if self.is_head else None, None if self.is_main else "x"),
            *(_SCOPES[self.scope], self.authority_id.name, self.group_id.name),
            *(self.duties, self.date_from, self.date_to, cadre.email),
        )

    @api.model
    def _template_file(self):
        """Name and bytes of a blank roster with the words it may use."""
        self.env["cadre.review.cadre"].check_access("create")

        def names(model):
            return self.env[model].search([]).mapped("name")

        content = roster_template(
            names("cadre.review.unit"),
            names("cadre.review.authority"),
            names("cadre.review.post.group"),
        )
        return "Danh sách nhân sự - mẫu trống.xlsx", content


class CadreReviewPaper(models.Model):
    """The register of papers."""

    _inherit = "cadre.review.paper"

    def action_export_list(self):
        """Download these lines of the register."""
        return self.env["cadre.review.export"]._of(self)

    def _list_file(self):
        """Name and bytes of the register, with what the user may read."""
        self.check_access("read")
        rows = (paper._list_row(number) for number, paper in enumerate(self, 1))
        title = "Sổ theo dõi thành phần hồ sơ"
        return f"{title}.xlsx", list_workbook(title, "Sổ theo dõi", REGISTER, rows)

    def _list_row(self, number):
        return (
            *(number, self.dossier_id.unit_name, self.kind_id.short_name),
            *(self.rating_id.name, STATES[self.state], self.number, self.date),
            *(self.signer, self.pages or None, self.incoming_number),
            *(self.incoming_date, self.source_place, "x" if self.is_secret else None),
            self.remark,
        )
