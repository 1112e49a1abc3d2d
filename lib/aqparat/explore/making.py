"""How an answer is made: its sentence from a template, its picture, its numbers, the raw rows behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any
from xml.etree import ElementTree

import pandas as pd
from matplotlib.figure import Figure

from aqparat import runs
from aqparat.charts.marks import Drawing, Mark
from aqparat.charts.style import Picture, styled
from aqparat.data.origin import place as place_of
from aqparat.explore.answer import Answer
from aqparat.explore.known import Known
from aqparat.explore.place import Place
from aqparat.legible import legible
from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.sections.ranking import due
from aqparat.words.inline import Inline, capital

MOST = 30  # marks in a picture: more nobody reads
ROWS = 300  # raw rows that are quoted; of more their numbers stand
LONG = 1 << 20  # bytes of a raw file that is still opened to quote from it

Drawn = tuple[Figure, list[Mark]]
Draw = Callable[[], Drawn]
Cell = Inline | str | int


def answer(
    known: Known,
    name: str,
    title: str,
    facts: Sequence[Fact],
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    draw: Draw | None = None,
    left_out: str = "",
    origins: Iterable[str] = (),
    **context: Any,
) -> Answer:
    """Make an answer.

    Parameters
    ----------
    known : Known
    name : str
        Of the template `texts/<language>/narrative/explore/<name>.j2`, whose block `sentence` is the finding.
    title : str
    facts : sequence of Fact
        All that is told: they are what can be downloaded, and lead to the raw rows.
    columns : sequence of str
        Headings of the table, in the language.
    rows : iterable of sequence of Inline, str or int
        Its cells.
    draw : callable, optional
        Draws the picture; None where there is nothing to draw.
    left_out : str
    origins : iterable of str
        Further raw rows it rests on.
    **context
        Names the template uses.
    """
    told = list(dict.fromkeys(facts))
    chart = picture(name, draw) if draw else None
    due = known.data.facts.one("volume", indicator="organisations", window=known.period.window)
    words = known.renderer.blocks(f"explore/{name}", {"due": due, **context})
    cells = [list(row) for row in rows]
    texts = [[known.language.number(c) if isinstance(c, int) else str(c) for c in row] for row in cells]
    table = pd.DataFrame(texts, columns=list(columns), dtype=object)
    return Answer(
        title=title,
        sentence=capital(str(words["sentence"]).strip()),
        chart=chart,
        table=table,
        rows=quoted(known, [*known.origins(told), *origins]),
        left_out=left_out if chart else "",
        measured=measured(known, told),
        values=pd.DataFrame(
            [list(map(_value, row)) for row in cells], columns=list(columns), dtype="float64"
        ),
    )


def titled(known: Known, question: str, *about: str) -> str:
    """Return a question with what it is asked of in brackets."""
    asked = known.label(f"question.{question}")
    told = [words for words in about if words]
    return f"{asked} ({', '.join(told)})" if told else asked


def less(known: Known, every: int, drawn: int) -> str:
    """Say how many rows of a table have no mark in the picture; nothing where all have."""
    if drawn >= every:
        return ""
    language = known.language
    return language.label("ask.left_out", left=language.number(every - drawn), all=language.number(every))


def picture(name: str, draw: Draw) -> str | None:
    """Draw as charts of the report are drawn; each mark carries its words. None where there are none."""
    with styled():
        figure, marks = draw()
    if not marks:
        return None
    chart = f"explore-{name}"
    drawn = Picture(chart, Drawing(figure, marks, []).name(chart), {}, {}, figure)
    words = {mark["id"]: mark["text"] for mark in drawn.marks}
    root = ElementTree.fromstring(drawn.svg)
    for element in root.iter():
        if (told := words.get(element.get("id", ""))) is not None:
            title = ElementTree.Element(f"{_SVG}title")
            title.text = told
            element.insert(0, title)
    ElementTree.register_namespace("", _SVG[1:-1])
    return ElementTree.tostring(root, encoding="unicode")


_SVG = "{http://www.w3.org/2000/svg}"


def measured(known: Known, facts: Iterable[Fact]) -> pd.DataFrame:
    """Return facts as they are measured: ids and codes as facts.json has them, names, numbers, bounds."""
    return pd.DataFrame(
        [
            {
                "fact": f.id,
                "metric": f.metric,
                "indicator": f.indicator,
                "organisation": f.organisation,
                "outlet": f.outlet,
                "channel": f.channel,
                "start": f.window.start.isoformat(),
                "end": f.window.end.isoformat() if f.window.end else "",
                "name": known.name(f.organisation),
                "value": f.value,
                "low": f.low,
                "high": f.high,
                "unit": f.unit,
            }
            for f in facts
        ],
        columns=_MEASURED,
    ).astype(dict.fromkeys(("value", "low", "high"), "float64"))


_MEASURED = [
    "fact", "metric", "indicator", "organisation", "outlet", "channel", "start", "end", "name",
    "value", "low", "high", "unit",
]  # fmt: skip


def quoted(known: Known, origins: Iterable[str]) -> pd.DataFrame:
    """Return raw rows: file (and sheet), row as a spreadsheet numbers it, what stands there.

    Of a long file, and of rows beyond the first `ROWS`, the numbers of the rows stand without their text.
    """
    found: list[tuple[str, str, str]] = []
    for origin in dict.fromkeys(origins):
        where = place_of(origin)
        file = legible(where.file) + (f" · {legible(where.sheet)}" if where.sheet else "")
        spans = runs.read(where.rows)
        number = sum(last - first + 1 for first, last in spans)
        if len(found) + number > ROWS or _is_long(known, where.file):
            found.append((file, runs.worded(spans), known.label("ask.not_quoted")))
            continue
        for first, last in spans:
            for row in range(first, last + 1):
                cells = known.raw.row(where.file, where.sheet, row) or []
                found.append((file, str(row), legible("; ".join(f"{name}: {text}" for name, text in cells))))
    columns = [known.label(f"ask.{name}") for name in ("file", "row", "stands")]
    return pd.DataFrame(sorted(set(found), key=found.index), columns=columns, dtype=object)


def _is_long(known: Known, file: str) -> bool:
    path = known.home.joinpath(*PurePosixPath(file).parts)
    return not path.is_file() or path.stat().st_size > LONG


def size(fact: Fact) -> float:
    """Return the number that a fact is put in order by: its value, else what is certain."""
    return fact.value if fact.value is not None else fact.low or 0


def in_order(known: Known, facts: dict[str, Fact], codes: Iterable[str] = ()) -> list[str]:
    """Return codes of organisations: the greatest figure first, those without one last, by alphabet."""
    every = dict.fromkeys([*facts, *codes])
    return sorted(
        every,
        key=lambda c: (
            c not in facts,
            -size(facts[c]) if c in facts else 0,
            known.alphabet(c),
        ),
    )


def _value(cell: Cell) -> float | None:
    """Return the number that a cell gives; None where it gives none, or only bounds are known."""
    if isinstance(cell, Inline):
        return next((part.value for part in cell.parts if part.fact), None)
    return float(cell) if isinstance(cell, int) else None


def shown(known: Known, fact: Fact | None) -> Cell:
    """Return a number as it is shown, with what it stands for; of none that it was not reported."""
    return known.language.shown(fact) if fact else known.label("chart.no_data")


def then_shown(known: Known, fact: Fact | None, code: str, window: Window) -> Cell:
    """Return a number as it is shown; of none that it was not reported, or that nobody could have."""
    return shown(known, fact) if fact else absent(known, code, window) or shown(known, None)


def absent(known: Known, code: str, window: Window) -> str:
    """Say that an organisation was no member in a window; nothing of a member, and of the head office."""
    here = code in known.data.head_office or code in due(known.data, window)
    return "" if here else known.label("ask.no_member")


def about(known: Known, place: Place) -> tuple[str, str]:
    """Return what most titles have in brackets: the place, the period."""
    return place.name(known.tables, known.language), str(known.language.window(known.period.window, "name"))
