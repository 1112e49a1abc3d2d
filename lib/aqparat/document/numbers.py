"""The numbers of a chart as a table: what its marks stand for, in the words of the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aqparat.words import inline
from aqparat.words.language import Language

_BOUNDS = ("value", "low", "high")  # the last columns of a chart's data; in a table a number tells its bounds
_YES, _NO = (1, 0)  # in columns that say whether something is so


def numbers(
    figure: dict[str, Any], entries: Mapping[str, dict[str, Any]], language: Language
) -> dict[str, Any] | None:
    """Give the numbers of a figure as the block of a table.

    Parameters
    ----------
    figure : dict
        The block of the figure: `name`, `number`, `data`, and `marks` that name their `row` of the data.
    entries : mapping of str to dict
        The entries of the appendix by the ids of their facts.
    language : Language

    Returns
    -------
    dict or None
        `name`, `number`, `columns`, `numeric`, `rows` of inline text as JSON has it; None where nothing that
        is drawn stands in a row.
    """
    columns, rows = list(figure["data"].get("columns", [])), figure["data"].get("rows", [])
    facts = {mark["row"]: mark["fact"] for mark in figure["marks"] if mark.get("row") is not None}
    if not rows or len(facts) < len(rows):
        return None
    labels = {key: language.label(f"chart_data.{key}") for key in (*_BOUNDS, "window")}
    valued = columns[-len(_BOUNDS) :] == [labels[key] for key in _BOUNDS]
    names = len(columns) - len(_BOUNDS) if valued else len(columns)
    told = []
    for place, row in enumerate(rows):
        entry = entries.get(facts[place] or "")
        cells = [
            _cell(cell, entry if column == labels["window"] else None)
            for cell, column in zip(row[:names], columns, strict=False)
        ]
        told.append([*cells, _value(row[names], entry, language)] if valued else cells)
    return {
        "kind": "table",
        "name": f"figure-{figure['name']}",
        "number": figure["number"],
        "columns": [*columns[:names], labels["value"]] if valued else columns,
        "numeric": [False] * names + [True] * valued,
        "rows": told,
    }


def _cell(cell: Any, dated: dict[str, Any] | None) -> list[Any]:
    """Return a name, or a period of time as the appendix knows it, or a sign for what is so."""
    if cell in (_YES, _NO):
        return ["+" if cell == _YES else ""]
    for part in dated["series"] if dated else []:
        if isinstance(part, dict) and part.get("day"):
            return [{**part, "text": cell}]
    return inline.dated(str(cell)).json()


def _value(value: Any, entry: dict[str, Any] | None, language: Language) -> list[Any]:
    """Return a number with its bounds as the appendix words it."""
    if entry is not None:
        return list(entry["value"])
    return [language.label("chart.no_data") if value == "" else str(value)]
