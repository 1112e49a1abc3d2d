"""The answer to a question: a sentence, a chart, a table, and the raw rows that they are made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd


@dataclass(frozen=True, eq=False)
class Answer:
    """What is shown for a question; in a notebook without widgets it shows itself.

    Parameters
    ----------
    title : str
        The question, or what is picked.
    sentence : str
        The finding, every number with its bounds.
    chart : str or None
        An `svg` element whose marks are groups `mark-…`; None where there is nothing to draw.
    table : DataFrame
        Columns named in the language, numbers as they are shown, with their bounds.
    rows : DataFrame
        The raw rows behind it, columns named in the language: file, row, what stands there.
    left_out : str
        What the chart leaves out, a sentence; empty where it leaves out nothing.
    measured : DataFrame
        The numbers unformatted, to be downloaded: what each is about, `value, low, high` and `fact` (its id).
    values : DataFrame
        The numbers that the cells of the table give, cell by cell, to sort it by; NaN where one gives none.
    """

    title: str
    sentence: str
    chart: str | None
    table: pd.DataFrame
    rows: pd.DataFrame
    left_out: str
    measured: pd.DataFrame
    values: pd.DataFrame = field(default_factory=pd.DataFrame)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        told = [f"<h3>{escape(self.title)}</h3>", f"<p>{escape(self.sentence)}</p>"]
        told += [self.chart] if self.chart else []
        told += [f"<p>{escape(self.left_out)}</p>"] if self.left_out else []
        told += [self.table.to_html(index=False, na_rep="", border=0)] if len(self.table) else []
        plain = [self.title, self.sentence, self.left_out]
        return {"text/html": "\n".join(told), "text/plain": "\n".join(filter(None, plain))}
