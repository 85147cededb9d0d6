"""The regulations shipped first have a cap from now on. Their records are noupdate, so
the data file does not write it; a cap that somebody entered meanwhile is left alone."""

from odoo import SUPERUSER_ID, api

PERSONS = (
    "Theo hướng dẫn của Đảng; Nhà nước chưa quy định tỷ lệ đối với cá nhân năm 2022"
)
COLLECTIVES = (
    "HD 21-HD/BTCTW (18/10/2019): không quá 20 % số tập thể hoàn thành tốt nhiệm vụ"
)
SOURCES = {
    "nd90_2020_official": PERSONS,
    "nd90_2020_civil_servant": PERSONS,
    "hd21_2019_collective": COLLECTIVES,
}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name, source in SOURCES.items():
        regulation = env.ref(f"cadre_review.{name}", raise_if_not_found=False)
        if regulation and not regulation.has_cap:
            regulation.write(
                {
                    "has_cap": True,
                    "cap_rate": 20,
                    "cap_base": "good",
                    "cap_rounding": "floor",
                    "cap_grouping": "group",
                    "cap_source": source,
                }
            )
    regulation = env.ref("cadre_review.hd21_2019_collective", raise_if_not_found=False)
    if regulation and regulation.scale == "text":
        regulation.scale = "graded"
