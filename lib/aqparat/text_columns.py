"""Columns of text, as all tables here have them: of Python's own texts.

Where pandas finds pyarrow it keeps texts in Arrow's arrays, which is quicker for millions of different ones.
The tables of a report have some hundred rows, and what there may be a million of are categories; there each
step on an Arrow array costs several times what it does on a plain one. The modules in which tables begin
import this one: what is read, what is restored, what is computed.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

pd.options.mode.string_storage = "python"
TEXT = pd.StringDtype(na_value=float("nan"))


@cache
def without_rows(texts: tuple[str, ...], numbers: str) -> pd.DataFrame:
    """Return a table without rows, of columns of text and one of whole numbers."""
    columns = {name: pd.Series(dtype=TEXT) for name in texts}
    return pd.DataFrame({**columns, numbers: pd.Series(dtype="int64")})
