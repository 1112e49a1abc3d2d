"""The data of a chart or table as CSV, inside the address of a link: it needs no server and no script."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from aqparat.words.inline import Inline

if TYPE_CHECKING:
    import pandas as pd

_NUMBER = re.compile(r"[+−]?[\d\s.,]+%?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would compute what begins with these


def link(block: dict[str, Any]) -> str:
    """Return the address that holds a block's data: a chart's own, or what the rows of a table show."""
    data = block.get("data") or {"columns": block.get("columns", []), "rows": _rows(block)}
    content = written(data["columns"], data["rows"]).encode("utf-8-sig")
    return "data:text/csv;charset=utf-8;base64," + base64.b64encode(content).decode("ascii")


def written(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as CSV, each cell `guarded`."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerows([guarded(cell) for cell in row] for row in [columns, *rows])
    return file.getvalue()


def guarded(cell: Any) -> Any:
    """Return a cell as a CSV may have it: a text that a spreadsheet would compute gets an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def guarded_column(texts: pd.Series[Any]) -> pd.Series[Any]:
    """Return texts as `guarded` has each of them."""
    computed = texts.str.startswith(_FORMULA)
    return texts.where(~computed, "'" + texts) if computed.any() else texts


def _rows(block: dict[str, Any]) -> list[list[Any]]:
    return [[_cell(cell) for cell in row] for row in block.get("rows", [])]


def _cell(words: list[Any]) -> Any:
    """Return what a cell says: a number as such where it stands alone, else its words with their bounds."""
    inline = Inline.read(words)
    number = inline.number
    if number is not None and _NUMBER.fullmatch(str(inline)):
        return int(number) if number == int(number) else number
    return "" if str(inline) == "–" else str(inline)
