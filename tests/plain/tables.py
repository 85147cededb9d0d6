"""Tables of cases, one file per subject of the law, written to be read by a lawyer.

A table is Markdown: a heading row, then one case a row. "–" stands for nothing.
"""

from pathlib import Path

FOLDER = Path(__file__).parent / "tables"
LEVELS = {
    "xuất sắc": "excellent",
    "tốt": "good",
    "hoàn thành": "completed",
    "không hoàn thành": "failed",
    "không xếp loại": "unrated",
    "–": "",
}
SEVERITIES = {"block": "chặn", "warn": "cảnh báo", "info": "ghi chú"}


def cases(name):
    """``(title, {column: text})`` of every row of the file's tables."""
    columns = None
    for line in (FOLDER / f"{name}.md").read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            columns = None
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if columns is None:
            columns = cells
        elif not set("".join(cells)) <= set("-: "):
            yield cells[0], dict(zip(columns, cells, strict=True))


def number(text):
    return None if text == "–" else float(text.replace(",", "."))


def yes(text):
    return {"có": True, "không": False, "–": None}[text]


def said(findings, *rules):
    """The findings as the tables write them: ``A1 chặn, A3 ghi chú``."""
    found = [
        f"{finding.rule} {SEVERITIES[finding.severity.value]}"
        for finding in findings
        if not rules or finding.rule in rules
    ]
    return ", ".join(sorted(set(found))) or "–"
