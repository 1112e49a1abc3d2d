"""What a file is by its bytes: its ending says what it was meant to be."""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum

from aqparat.data.reading.encoding import UndecodableError, decoded

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: Excel before 2007, and what a password locks
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # the stream of a locked workbook ([MS-OFFCRYPTO], 1.3.3)
_SAMPLE = 1 << 16  # bytes that tell text from anything else
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a]")  # no text has these
_MARKUP = re.compile(r"\s*<(?:!doctype\s+html|html|head|meta|style|body|table|div|center)\b", re.IGNORECASE)


class Format(Enum):
    """What the bytes of a file are."""

    EXCEL = "Excel"
    OLD_EXCEL = "Excel 97"
    OPEN_DOCUMENT = "OpenDocument"
    HTML = "HTML"
    XML = "XML"
    TEXT = "CSV"
    UNKNOWN = ""


def of(content: bytes) -> Format:
    """Return what the bytes of a file are.

    Parameters
    ----------
    content : bytes
        Not empty.
    """
    if content.startswith(b"PK\x03\x04"):
        return _archive(content)
    if content.startswith(OLE) or re.match(rb"\t[\x00\x02\x04\x08][\x04-\x08\x10]\x00", content):
        return Format.OLD_EXCEL  # the second: a stream of BIFF records outside a compound file
    try:
        text = decoded(content if len(content) <= _SAMPLE else content[:_SAMPLE].rsplit(b"\n", 1)[0]).text
    except UndecodableError:
        return Format.UNKNOWN
    if _CONTROLS.search(text):
        return Format.UNKNOWN
    if _MARKUP.match(text.lstrip("\ufeff")):
        return Format.HTML
    return Format.XML if text.lstrip("\ufeff \t\r\n").startswith("<?xml") else Format.TEXT


def locked(content: bytes) -> bool:
    """Return whether a workbook is protected by a password, so that nothing in it can be read."""
    if content.startswith(OLE):
        return _LOCKED in content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return b"encryption-data" in archive.read("META-INF/manifest.xml")
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError):
        return False


def _archive(content: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return Format.UNKNOWN
    return Format.OPEN_DOCUMENT if "content.xml" in names else Format.EXCEL
