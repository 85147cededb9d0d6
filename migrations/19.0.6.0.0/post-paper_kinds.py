# xml id → role, after the conference, report, words of a file's name, their turn
SHIPPED = {
    "report": ("result", True, "unit_result", "bao cao; bc", 70),
    "minutes": ("minutes", True, "minutes", "bien ban; bbhn", 10),
    "self_report": (
        *("self_report", False, "collective_report"),
        *("tu danh gia; tap the; mau 01", 50),
    ),
    "form": ("form", False, "rating_form", "phieu; mau 02; kiem diem ca nhan", 60),
    "unit_comment": ("unit_comment", True, "unit_comment", "nhan xet", 40),
    "party_comment": (
        *("party_comment", False, "party_comment"),
        *("cap uy; chi bo; dang uy; nhan xet cua dang", 30),
    ),
    "summary": (
        *("summary", True, "summary"),
        *("tong hop; bieu tong hop; danh sach", 20),
    ),
}


def migrate(cr, version):
    """What the code knew of the seven kinds stands on them now; they are noupdate."""
    for name, (role, after_conference, report, words, turn) in SHIPPED.items():
        cr.execute(
            """
            UPDATE cadre_review_paper_kind kind
               SET role = %s,
                   after_conference = %s,
                   print_action_id = report.res_id,
                   placing_words = %s,
                   placing_turn = %s
              FROM ir_model_data data, ir_model_data report
             WHERE data.module = 'cadre_review' AND data.name = %s
               AND report.module = 'cadre_review' AND report.name = %s
               AND kind.id = data.res_id
            """,
            (
                *(role, after_conference, words, turn),
                *(f"paper_kind_{name}", f"action_report_{report}"),
            ),
        )
