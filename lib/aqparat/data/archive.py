"""A workbook as bytes that depend on nothing but what is in it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.xml.functions import tostring


def packed(book: Workbook, day: date) -> bytes:
    """Save without the clock: openpyxl writes the time into the properties and the archive."""
    midnight = datetime(day.year, day.month, day.day)
    made = io.BytesIO()
    book.properties.creator = book.properties.lastModifiedBy = "aqparat"
    book.properties.created = midnight
    book.save(made)
    book.properties.modified = midnight
    fixed = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(fixed, "w") as new:
        for name in old.namelist():
            content = tostring(book.properties.to_tree()) if name == "docProps/core.xml" else old.read(name)
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system, entry.compress_type = 0, zipfile.ZIP_STORED  # zlib differs by machine
            new.writestr(entry, content)
    return fixed.getvalue()


def saved_by_hand(content: bytes) -> bool:
    """Tell whether a workbook was saved by somebody since the program wrote it, or is none at all."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entry = archive.getinfo("docProps/core.xml")
            core = archive.read(entry).decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError):
        return True
    times = re.findall(r"<dcterms:(?:created|modified)[^>]*>([^<]*)<", core)
    return ">aqparat</dc:creator>" not in core or len(set(times)) != 1
