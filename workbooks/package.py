"""An xlsx file that is changed part by part; the others stay byte for byte."""

import copy
import io
import posixpath
import re
import zipfile

from .reading import Parts
from .xml_text import decoded, escaped, tags

# what a part raises that holds something else than it must
DAMAGED = (ValueError, LookupError, TypeError, AttributeError, StopIteration)
_TYPES = "[Content_Types].xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NO_LINKS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns='
    '"http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


class Package:
    """The parts of a file as texts; what is put is written by :meth:`save`."""

    def __init__(self, content, limits):
        self._content = content
        self.parts = Parts(content, limits)
        self._texts, self._changed, self._dropped = {}, {}, set()

    @property
    def workbook(self):
        return self.parts.workbook

    def has(self, path):
        return path in self._changed or (
            path not in self._dropped and self.parts.has(path)
        )

    def text(self, path):
        """The part as text; well-formed where it is XML by its name."""
        if path not in self._texts:
            is_xml = path.endswith((".xml", ".rels"))
            read = self.parts.well_formed if is_xml else self.parts.raw
            self._texts[path] = decoded(read(path))
        return self._texts[path]

    def put(self, path, text):
        if self.has(path) and self.text(path) == text:
            return
        self._texts[path] = self._changed[path] = text
        self._dropped.discard(path)

    def names(self):
        known = (name for name in self.parts.names if name not in self._dropped)
        return [*known, *(n for n in self._changed if not self.parts.has(n))]

    # ------------------------------------------------------------------
    # What refers to what
    # ------------------------------------------------------------------

    def links(self, path):
        """``{id: (kind, path)}`` of what the part refers to inside the file."""
        source = _links_of(path)
        links = {}
        for tag in tags(self.text(source)) if self.has(source) else ():
            if tag.name == "Relationship" and not tag.is_end:
                if tag.get("TargetMode") == "External":
                    continue
                kind = posixpath.basename(tag.get("Type", ""))
                folder = posixpath.dirname(path)
                target = posixpath.join("/", folder, tag.get("Target", ""))
                links[tag.get("Id", "")] = (
                    kind,
                    posixpath.normpath(target).lstrip("/"),
                )
        return links

    def linked(self, path, kind):
        """Paths of this kind that the part refers to."""
        return [p for k, p in self.links(path).values() if k == kind and self.has(p)]

    def link(self, path, kind, target):
        """Let a part refer to another; return the id."""
        source = _links_of(path)
        if not self.has(source):
            self.put(source, _NO_LINKS)
        text = self.text(source)
        taken = set(re.findall(r"\bId=[\"']([^\"']*)", text))
        number = 1
        while f"rId{number}" in taken:
            number += 1
        folder = posixpath.dirname(path)
        relative = posixpath.relpath("/" + target, "/" + folder)
        line = (
            f'<Relationship Id="rId{number}" Type="{_RELATION}/{kind}" '
            f'Target="{escaped(relative)}"/>'
        )
        self.put(source, _before_end(text, "Relationships", line))
        return f"rId{number}"

    def add(self, path, text, media_type):
        """A new part with its type."""
        self.put(path, text)
        line = f'<Override PartName="/{escaped(path)}" ContentType="{media_type}"/>'
        self.put(_TYPES, _before_end(self.text(_TYPES), "Types", line))

    def know_extension(self, extension, media_type):
        """The type of all parts with this ending."""
        text = self.text(_TYPES)
        known = (t.get("Extension", "") for t in tags(text) if t.name == "Default")
        if extension not in {name.casefold() for name in known}:
            line = f'<Default Extension="{extension}" ContentType="{media_type}"/>'
            found = next(t for t in tags(text) if t.name == "Types")
            self.put(_TYPES, text[: found.end] + line + text[found.end :])

    def free_name(self, pattern):
        """A path that is not taken: ``xl/comments{}.xml``."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def drop(self, path, owner):
        """Take a part out, with its type and the link from its owner."""
        if not self.has(path):
            return
        self._changed.pop(path, None)
        self._dropped.add(path)
        for source, matches in (
            (_TYPES, lambda tag: tag.get("PartName") == f"/{path}"),
            (_links_of(owner), lambda tag: self._leads_to(owner, tag, path)),
        ):
            text = self.text(source)
            kept, place = [], 0
            for tag in tags(text):
                if tag.name in ("Override", "Relationship") and matches(tag):
                    kept.append(text[place : tag.start])
                    place = tag.end
            self.put(source, "".join((*kept, text[place:])))

    def _leads_to(self, owner, tag, path):
        folder = posixpath.dirname(owner)
        target = posixpath.join("/", folder, tag.get("Target", ""))
        return posixpath.normpath(target).lstrip("/") == path

    # ------------------------------------------------------------------
    # The zip
    # ------------------------------------------------------------------

    def save(self):
        """The file as bytes. Parts that were not put are copied as they are packed."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in self.parts.entries():
                name = entry.filename
                if name in self._dropped:
                    continue
                if name in self._changed:
                    self._write(new, name, entry.date_time)
                else:
                    self._copy(new, entry)
            for name in self._changed:
                if not self.parts.has(name):
                    self._write(new, name, (1980, 1, 1, 0, 0, 0))
        return file.getvalue()

    def _write(self, new, name, date_time):
        entry = zipfile.ZipInfo(name, date_time)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        new.writestr(entry, self._changed[name].encode())

    def _copy(self, new, entry):
        """The packed bytes of an entry, without unpacking them."""
        start = entry.header_offset
        name, extra = (
            int.from_bytes(self._content[start + place : start + place + 2], "little")
            for place in (26, 28)
        )
        start += 30 + name + extra
        packed = self._content[start : start + entry.compress_size]
        entry = copy.copy(entry)
        entry.extra = b""
        entry.flag_bits &= ~0x08  # sizes stand in the header
        entry.header_offset = new.fp.tell()
        new.fp.write(entry.FileHeader(zip64=False))
        new.fp.write(packed)
        new.start_dir = new.fp.tell()
        new.filelist.append(entry)
        new.NameToInfo[entry.filename] = entry
        new._didModify = True


def _links_of(path):
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _before_end(text, name, line):
    """The text with a line put in before the end of its outermost element."""
    last = None
    for tag in tags(text):
        if tag.name == name:
            last = tag
    if last.is_empty:  # <Types/>
        opened = f"<{last.prefix}{name}{last.attributes}>"
        return text[: last.start] + opened + line + f"</{last.prefix}{name}>"
    return text[: last.start] + line + text[last.start :]
