"""The key figures of published reports over time: each figure with the report that it stands in.

What a report shows as its key figures is read from its executed notebook, their bounds from facts.json; of
both only these places are understood, since there may be many reports.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aqparat.blocks import MIME
from aqparat.metrics.facts import Fact
from aqparat.publish.published_report import PublishedReport, damaged, text_of

_DECODER = json.JSONDecoder()
_FORMER = re.compile(r'data-fact="([^"]+)"')  # of a cell that was published when it was text with elements
Key = tuple[str, ...]  # metric, indicator, outlet, channel, and how long it is counted over


@dataclass(frozen=True)
class Figure:
    """A figure and the report it stands in.

    Parameters
    ----------
    fact : Fact
    report : str
        Name of the report's folder.
    is_own : bool
        Whether it is of the report's own period.
    is_told : bool
        Whether the report's appendix has an entry of it, to which a link can lead.
    """

    fact: Fact
    report: str
    is_own: bool
    is_told: bool

    @property
    def key(self) -> Key:
        """What it can be compared by: half-years and years are counted over other times."""
        fact, period = self.fact, self.fact.window.period
        length = "" if period is None else "half" if period.is_half else "year"
        return fact.metric, fact.indicator, fact.outlet, fact.channel, length


def series(found: Iterable[Figure]) -> list[list[Figure]]:
    """Put figures into series.

    Parameters
    ----------
    found : iterable of Figure
        Of several reports, the newest first.

    Returns
    -------
    list of list of Figure
        Each of one metric, indicator and place over windows of one length, earliest first. A window's figure
        is that of its own report, else of the newest that has it. The series are in the order of the newest
        report; those that it has no more follow.
    """
    known: dict[Key, dict[str, Figure]] = {}
    for figure in found:
        windows, code = known.setdefault(figure.key, {}), figure.fact.window.code
        if code not in windows or (figure.is_own and not windows[code].is_own):
            windows[code] = figure
    return [
        sorted(windows.values(), key=lambda f: (f.fact.window.start, f.fact.window.code))
        for windows in known.values()
    ]


def figures(report: PublishedReport, code: str) -> list[Figure]:
    """Return the key figures of a report, each followed by the one of the period before it is compared with.

    Parameters
    ----------
    report : PublishedReport
    code : str
        A language that it is published in.

    Raises
    ------
    PublishedReportError
        If its notebook or facts.json is damaged.
    """
    path = report.folder / code / "report.ipynb"
    text = text_of(path)
    rows = _rows(text, path)
    facts = _facts(report.folder / "facts.json", {name for row in rows for name in row})
    known = {
        name: Figure(fact, report.folder.name, fact.window == report.period.window, f'"id": "{name}"' in text)
        for name, fact in facts.items()
    }
    found = [[known[name] for name in row if name in known] for row in rows]
    return [figure for row in found for figure in row if figure.key == row[0].key]


def _rows(text: str, path: Path) -> list[list[str]]:
    """Give the facts of each row of the key figures in the text of an executed notebook."""
    place = text.find('"name": "key_figures"')
    if place < 0:
        return []
    block = _object(text, text.rfind(f'"{MIME}": ', 0, place) + len(f'"{MIME}": '), path)
    try:
        rows = [list(dict.fromkeys(name for cell in row for name in _named(cell))) for row in block["rows"]]
    except (KeyError, TypeError) as error:
        raise damaged(path) from error
    return [row for row in rows if row]


def _named(cell: Any) -> list[str]:
    """Give the facts in a cell."""
    if isinstance(cell, str):
        return _FORMER.findall(cell)
    return [part["fact"] for part in cell if isinstance(part, dict) and "fact" in part]


def _facts(path: Path, names: Iterable[str]) -> dict[str, Fact]:
    """Read those of some facts that a facts.json has."""
    text = text_of(path)
    if not text.rstrip().endswith("]"):  # cut off
        raise damaged(path)
    found = {}
    for name in names:
        place = text.find(f'"id": {json.dumps(name, ensure_ascii=False)}')
        if place < 0:
            continue
        try:
            fact = Fact.read(_object(text, text.rfind("{", 0, place), path))
        except (KeyError, TypeError, ValueError) as error:
            raise damaged(path) from error
        if fact.id != name:
            raise damaged(path)
        found[name] = fact
    return found


def _object(text: str, place: int, path: Path) -> dict[str, Any]:
    """Read the JSON object that begins at a place of a text."""
    try:
        found, _ = _DECODER.raw_decode(text, max(place, 0))
    except (ValueError, RecursionError) as error:
        raise damaged(path) from error
    if not isinstance(found, dict):
        raise damaged(path)
    return found
