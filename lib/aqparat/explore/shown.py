"""An answer as a page shows it: HTML that needs no script; whatever the data hold is text there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import Any
from xml.etree import ElementTree

import pandas as pd

from aqparat.document.download import written
from aqparat.explore.answer import Answer
from aqparat.words.language import Language

MOST = 100  # raw rows shown; all of them would be a page nobody reads, and the CSV of a register 50 MB
_UNKNOWN = ("", "–")
_NONE = pd.DataFrame()
_NAMESPACE = "http://www.w3.org/2000/svg"


def page(answer: Answer, name: str, language: Language) -> dict[str, Any]:
    """Return an answer as the controls show it.

    Parameters
    ----------
    answer : Answer
    name : str
        Of the files that are kept of it, without their ending.
    language : Language
        Of the labels, and of the order of names.

    Returns
    -------
    dict
        `title`, `text` (bare), `html`, `name`, and what can be kept: `csv` (numbers as measured, with their
        bounds; empty where there are none), `svg` (empty where nothing is drawn).
    """
    return {
        "title": answer.title,
        "text": "\n".join(filter(None, [answer.title, answer.sentence, answer.left_out])),
        "html": html(answer, language),
        "name": name,
        "csv": csv(answer.measured),
        "svg": answer.chart or "",
    }


def refused(told: str, name: str) -> dict[str, Any]:
    """Return, as `page`, what there is to say instead of an answer."""
    return {"title": told, "text": told, "html": f"<p>{escape(told)}</p>", "name": name, "csv": "", "svg": ""}


def html(answer: Answer, language: Language) -> str:
    """Return an answer as HTML: title, sentence, chart, what it leaves out, table, raw rows folded away."""
    parts = [f"<h2>{escape(answer.title)}</h2>", f"<p>{escape(answer.sentence)}</p>"]
    if answer.chart:
        parts.append(_picture(answer.chart, answer.title))
    if answer.left_out:
        parts.append(f"<p>{escape(answer.left_out)}</p>")
    if len(answer.table):
        told = language.label("panel.table", title=answer.title)
        parts.append(_wide(answer.table, told, language, answer.values))
    if len(answer.rows):
        told = language.label("panel.rows", number=language.number(len(answer.rows)))
        inner = [_wide(answer.rows.head(MOST), told, language)]
        if len(answer.rows) > MOST:
            more = language.label("panel.more", number=language.number(len(answer.rows) - MOST))
            inner.append(f"<p>{escape(more)}</p>")
        parts.append(f"<details><summary>{escape(told)}</summary>{''.join(inner)}</details>")
    return "\n".join(parts)


def csv(measured: pd.DataFrame) -> str:
    """Return numbers as they were measured, every digit, unknown ones empty; unbounded ones empty, too."""
    known = measured.astype(object).where(measured.notna() & ~measured.isin([float("inf")]), "")
    return written(list(measured.columns), known.itertuples(index=False, name=None)) if len(measured) else ""


def _picture(svg: str, title: str) -> str:
    """Return a chart as an image that a screen reader names."""
    ElementTree.register_namespace("", _NAMESPACE)
    root = ElementTree.fromstring(svg)
    root.attrib |= {"role": "img", "aria-label": title}
    return ElementTree.tostring(root, encoding="unicode").strip()


def _wide(table: pd.DataFrame, title: str, language: Language, values: pd.DataFrame = _NONE) -> str:
    """Return a table that scrolls, by keyboard too; each cell knows its place in the order of its column."""
    columns = [table.iloc[:, at].astype(str).tolist() for at in range(table.shape[1])]
    numbers = [values.iloc[:, at].tolist() if len(values) else [] for at in range(table.shape[1])]
    numeric = [any(number == number for number in column) for column in numbers]
    keys = [[language.sort_key(t) if t not in _UNKNOWN else None for t in column] for column in columns]
    orders = [
        _orders(own if is_number else key) for own, key, is_number in zip(numbers, keys, numeric, strict=True)
    ]
    kinds = [' class="number"' if is_number else "" for is_number in numeric]
    named = zip(table.columns, kinds, strict=True)
    heads = [f'<th scope="col"{kind}>{escape(str(name))}</th>' for name, kind in named]
    lines = [
        "".join(
            f'<{"td" if at else "th scope=row"}{kinds[at]} data-order="{orders[at][row]}">'
            f"{escape(column[row])}</{'td' if at else 'th'}>"
            for at, column in enumerate(columns)
        )
        for row in range(len(table))
    ]
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{escape(title)}"><table>'
        f"<thead><tr>{''.join(heads)}</tr></thead>"
        f"<tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table></div>"
    )


def _orders(keys: Sequence[Any]) -> list[str]:
    """Return the place of each key in their order; of what is not known (None, NaN), nothing."""
    known = [key for key, _ in groupby(sorted(key for key in keys if key is not None and key == key))]
    return ["" if key is None or key != key else str(bisect_left(known, key)) for key in keys]
