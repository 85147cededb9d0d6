"""The regulations as they are shipped, read from data/, for rules tested without a
database: the tables of cases are checked against the law that is installed."""

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from cadre_review.rules.findings import Severity
from cadre_review.rules.law import Band, Cap, Criterion, Law, Severed
from cadre_review.rules.regulations import read_setting

DATA = Path(__file__).parents[2] / "data"
# two criteria stand for the shipped ones, so that a case can score them in a line
POINTS = (
    Criterion(1, "I", "Nhóm tiêu chí chung", None, 30),
    Criterion(2, "II", "Nhóm tiêu chí về kết quả thực hiện nhiệm vụ", None, 70),
)


def _shipped():
    """``{xml id: (fields, {model: [fields of its rows]})}`` of every regulation."""
    found = {}
    for path in sorted(DATA.glob("cadre_review_regulation*_data.xml")):
        for record in ElementTree.parse(path).getroot():
            _collect(record, found, None)
    return found


def _collect(element, found, parent):
    if element.tag != "record":
        return
    model, values = element.get("model"), _values(element)
    if model == "cadre.review.regulation":
        parent = element.get("id")
        found.setdefault(parent, ({}, {}))[0].update(values)
    else:
        rows = found.setdefault(values.get("regulation_id", parent), ({}, {}))[1]
        rows.setdefault(model.rpartition(".")[2], []).append(values)
    for field in element:
        for nested in field:
            _collect(nested, found, parent)


def _values(record):
    return {
        field.get("name"): field.get("ref")
        or (field.get("eval") or (field.text or "").strip())
        for field in record
    }


def _day(text):
    return date.fromisoformat(text) if text else None


def _law(name, shipped):
    values, rows = shipped
    points = float(values.get("total_points", 0))
    return Law(
        name=name,
        subject_kind=values["subject_kind"],
        date_from=_day(values["date_from"]),
        date_to=_day(values.get("date_to")),
        labels={row["level"]: row["name"] for row in rows["label"]},
        criteria=POINTS if points else (),
        total_points=points,
        bands=tuple(
            Band(
                row["level"],
                float(row.get("lower", 0)),
                None if row.get("is_open") == "True" else float(row["upper"]),
            )
            for row in rows.get("band", ())
        ),
        cap=_cap(values),
        severities={
            row["rule"]: Severed(
                None if row["severity"] == "off" else Severity(row["severity"]),
                row.get("article", ""),
            )
            for row in rows.get("rule", ())
        },
        settings={
            row["key"]: read_setting(row["key"], row["value"])
            for row in rows.get("setting", ())
        },
    )


def _cap(values):
    if values.get("has_cap") != "True":
        return None
    return Cap(
        rate=float(values["cap_rate"]),
        exceptional_rate=float(values.get("cap_exceptional_rate", 0)),
        base=values["cap_base"],
        rounding=values["cap_rounding"],
        grouping=values["cap_grouping"],
        small_group=int(values.get("cap_small_group", 0)),
        source=values.get("cap_source", ""),
    )


SHIPPED = _shipped()
ND90 = _law("NĐ 90/2020", SHIPPED["nd90_2020_official"])
HD21 = _law("HD 21", SHIPPED["hd21_2019_collective"])
ND48 = _law("NĐ 90 + NĐ 48", SHIPPED["nd90_48_2023_official"])
QD366 = _law("QĐ 366", SHIPPED["qd366_2025_collective"])
ND335 = _law("NĐ 335/2025", SHIPPED["nd335_2025_civil_servant"])
ND233 = _law("NĐ 233/2026", SHIPPED["nd233_2026_public_employee"])
ALL = {law.name: law for law in (ND90, HD21, ND48, QD366, ND335, ND233)}
BANDS = QD366.bands
