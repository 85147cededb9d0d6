"""Brings i18n/cadre_review.pot and i18n/vi.po up to a fresh export.

    python merge_catalogues.py EXPORT.pot FOLDER [--check]

The files carry no dates, so that only changed texts show as changes.
"""

import sys
from pathlib import Path

import polib

DATES = ("POT-Creation-Date", "PO-Revision-Date")
VIETNAMESE = {
    "Project-Id-Version": "cadre_review",
    "Language": "vi",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


def main(export, folder, check=False):
    template = polib.pofile(export, wrapwidth=78)
    for date in DATES:
        template.metadata.pop(date, None)
    template.metadata["Content-Transfer-Encoding"] = "8bit"
    template.metadata["Project-Id-Version"] = "cadre_review"
    vietnamese = merge(template, folder / "vi.po")
    stale = [
        path.name
        for catalogue, path in (
            (template, folder / "cadre_review.pot"),
            (vietnamese, folder / "vi.po"),
        )
        if update(catalogue, path, check)
    ]
    untranslated = vietnamese.untranslated_entries() + vietnamese.fuzzy_entries()
    for entry in untranslated:
        places = ", ".join(place for place, _line in entry.occurrences)
        print(f"untranslated: {entry.msgid!r} ({places})")
    print(
        f"{len(vietnamese) - len(untranslated)} translated,"
        f" {len(untranslated)} untranslated"
    )
    if stale:
        print(f"{'out of date' if check else 'written'}: {', '.join(stale)}")
    return 1 if check and (stale or untranslated) else 0


def merge(template, path):
    """The template's texts, with the translations that ``path`` has of them."""
    known = {}
    header = ""
    if path.exists():
        before = polib.pofile(str(path))
        header = before.header
        known = {(e.msgctxt, e.msgid): e for e in before if e.msgstr}
    merged = polib.POFile(wrapwidth=78)
    merged.header = header or "Vietnamese translation of cadre_review."
    merged.metadata = dict(VIETNAMESE)
    for entry in template:
        translated = known.get((entry.msgctxt, entry.msgid))
        merged.append(
            polib.POEntry(
                msgctxt=entry.msgctxt,
                msgid=entry.msgid,
                msgstr=translated.msgstr if translated else "",
                comment=entry.comment,
                tcomment=translated.tcomment if translated else "",
                occurrences=entry.occurrences,
                flags=entry.flags,
            )
        )
    return merged


def update(catalogue, path, check):
    """Write the file unless it already says the same; tell whether it did not."""
    text = str(catalogue).rstrip("\n") + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    if not check:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return True


sys.exit(main(sys.argv[1], Path(sys.argv[2]), "--check" in sys.argv[3:]))
