"""Names of files and folders that every system takes, Windows above all.

Reserved names, characters and the 260 characters of a path are those of Microsoft's
“Naming Files, Paths, and Namespaces”.
"""

import re
import unicodedata

# a folder has two above it, and a place where people unpack it
LONGEST = 80
_FORBIDDEN = re.compile(
    r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]'
)
_RESERVED = re.compile(
    r"^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE
)


def safe(name, longest=LONGEST):
    """One name of a file or folder that Windows takes, its ending kept.

    :param str name: as people wrote it
    :param int longest: most characters
    """
    name = unicodedata.normalize("NFC", name or "")
    name = " ".join(_FORBIDDEN.sub(" ", name).split()).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or len(ending) > 5 or " " in ending:
        stem, ending = name, ""
    room = longest - len(ending) - 1 if ending else longest
    stem = stem[:room].rstrip(" .") or "_"
    name = f"{stem}.{ending}" if ending else stem
    return f"_{name}" if _RESERVED.match(name) else name


def apart(name, taken, longest=LONGEST):
    """A safe name that differs from those taken, whatever the case of letters.

    :param set taken: names already given, folded; the new one is added
    """
    name = first = safe(name, longest)
    number = 1
    while name.casefold() in taken:
        number += 1
        stem, dot, ending = first.rpartition(".")
        stem, ending = (stem, f".{ending}") if dot else (first, "")
        mark = f" ({number})"
        name = f"{stem[: longest - len(mark) - len(ending)].rstrip(' .')}{mark}{ending}"
    taken.add(name.casefold())
    return name
