"""A workbook as bytes that depend on nothing but what is in it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

from openpyxl import Workbook
from openpyxl.xml.functions import tostring

from aqparat import passing

_CORE = "docProps/core.xml"  # who made and changed a workbook, and when


def packed(book: Workbook, modified: datetime | None, compression: int = zipfile.ZIP_STORED) -> bytes:
    """Return a workbook saved without the clock, which openpyxl writes into properties and archive.

    Parameters
    ----------
    book : Workbook
    modified : datetime or None
        When it is said to have been changed last.
    compression : int
        As `zipfile` numbers them. What must be the same bytes on every machine is stored: zlib differs.
    """
    made, fixed = io.BytesIO(), io.BytesIO()
    with passing.gathered():
        book.save(made)
    book.properties.modified = modified
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(fixed, "w") as new:
        for name in old.namelist():
            content = tostring(book.properties.to_tree()) if name == _CORE else old.read(name)
            entry = zipfile.ZipInfo(name)  # of 1 January 1980, the first day an archive can have
            entry.create_system, entry.compress_type = 0, compression
            new.writestr(entry, content)
    return fixed.getvalue()


def saved_by_hand(content: bytes) -> bool:
    """Return whether a workbook was saved by somebody since the program wrote it, or is none at all."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            core = archive.read(archive.getinfo(_CORE)).decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError):
        return True
    times = re.findall(r"<dcterms:(?:created|modified)[^>]*>([^<]*)<", core)
    return ">aqparat</dc:creator>" not in core or len(set(times)) != 1
