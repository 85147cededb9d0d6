"""Who signed a PDF digitally, and when, as the file itself says.

Read, not verified: whether a certificate is good is for the trust service to say
(Nghị định 30/2020/NĐ-CP Phụ lục I: the signature is shown with name and time).
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from asn1crypto import cms
from pypdf.errors import PyPdfError

_DATE = re.compile(r"D:(\d{14})(?:([+-])(\d\d)'?(\d\d)?'?)?")


@dataclass(frozen=True)
class Signature:
    """``at`` is in UTC, or None where the file does not say."""

    signer: str
    at: datetime | None

    def plain(self):
        return [self.signer, self.at and self.at.isoformat()]

    @classmethod
    def from_plain(cls, plain):
        signer, at = plain
        return cls(signer, at and datetime.fromisoformat(at))


def signatures_of(reader):
    """The digital signatures of an opened PDF, in the order of its fields.

    :param pypdf.PdfReader reader:
    :rtype: list[Signature]
    """
    try:
        fields = reader.get_fields() or {}
        values = [
            field.get("/V") for field in fields.values() if field.get("/FT") == "/Sig"
        ]
        return [_signature(value.get_object()) for value in values if value is not None]
    except (PyPdfError, ValueError, KeyError, OSError, AttributeError, TypeError):
        return []


def _signature(value):
    signer, at = _from_certificate(value.get("/Contents"))
    return Signature(
        str(value.get("/Name") or signer or "?"), _moment(value.get("/M")) or at
    )


def _from_certificate(contents):
    """Common name and time of signing, from the signature itself (CMS, RFC 5652)."""
    try:
        raw = getattr(contents, "original_bytes", contents)
        data = cms.ContentInfo.load(bytes(raw))["content"]
        info = data["signer_infos"][0]
        number = info["sid"].chosen["serial_number"].native
        names = {
            choice.chosen.serial_number: choice.chosen.subject.native.get("common_name")
            for choice in data["certificates"]
        }
        times = [
            attribute["values"][0].native
            for attribute in info["signed_attrs"]
            if attribute["type"].native == "signing_time"
        ]
        return names.get(number), next(iter(times), None)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None, None


def _moment(text):
    found = _DATE.match(str(text or ""))
    if not found:
        return None
    digits, sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    zone = timezone(-offset if sign == "-" else offset)
    return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=zone)
