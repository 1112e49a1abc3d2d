"""What a report notebook displays: headings, prose, figures, tables.

A block shows itself in JupyterLab and carries, as `application/vnd.aqparat+json`, all that the
exporters in `document` need, so that an executed notebook is the whole report: its content, and as
`facts` the ids of the facts it shows, each once, in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any, Self

from aqparat.words import jupyter
from aqparat.words.inline import Inline, joined, text
from aqparat.words.prose import Passage

if TYPE_CHECKING:
    from aqparat.charts.spark import Spark
    from aqparat.charts.style import Chart
    from aqparat.words.appendix import Entry
    from aqparat.words.cards import ShownCards
    from aqparat.words.tables import Table

MIME = "application/vnd.aqparat+json"


class Block:
    """What blocks have in common: where a person has opened the notebook, they are shown as in the page."""

    in_page: Callable[[Any], str | None] | None = None  # gives the block as HTML; set by the report

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        raise NotImplementedError

    def _repr_html_(self) -> str | None:
        return self.in_page(self) if self.in_page else None

    def shown_by(self, page: Callable[[Any], str | None] | None) -> Self:
        """Let a page show it besides; return the block itself."""
        if page is not None:
            object.__setattr__(self, "in_page", page)
        return self


@dataclass(frozen=True)
class Heading(Block):
    """A heading: level 1 for the title of the report, 2 for a section; bare text."""

    name: str
    level: int
    text: str
    more: Mapping[str, Inline | str]
    facts: tuple[str, ...] = ()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        below = [text(self.more.get(name, "")) for name in ("period", "union")]
        mark = self.more.get("synthetic", "")
        lines = [f"**{jupyter.inline(mark)}**"] if mark else []
        lines += [f"{'#' * self.level} {jupyter.inline(self.text)}"]
        lines += [jupyter.inline(words) for words in below if str(words)]
        return {
            MIME: {"kind": "heading", **_json(self)},
            "text/markdown": "\n\n".join(lines),
            "text/plain": "\n".join(filter(None, [str(mark), self.text, *map(str, below)])),
        }


@dataclass(frozen=True)
class Prose(Block):
    """Running text."""

    name: str
    passages: list[Passage]

    @property
    def facts(self) -> list[str]:
        """Ids of the facts it shows, each once, in their order."""
        return joined(item for passage in self.passages for item in passage.items).facts

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {
            MIME: {"kind": "prose", **_json(self), "facts": self.facts},
            "text/markdown": jupyter.prose(self.passages),
            "text/plain": "\n".join(str(item) for passage in self.passages for item in passage.items),
        }


@dataclass(frozen=True)
class Answer(Block):
    """An answer of the first page: a paragraph whose bold lead is the finding, perhaps with a list."""

    name: str
    passages: list[Passage]

    @property
    def facts(self) -> list[str]:
        """Ids of the facts it shows, each once, in their order."""
        return joined(item for passage in self.passages for item in passage.items).facts

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {
            MIME: {"kind": "answer", **_json(self), "facts": self.facts},
            "text/markdown": jupyter.prose(self.passages),
            "text/plain": "\n".join(str(item) for passage in self.passages for item in passage.items),
        }


@dataclass(frozen=True)
class CardsBlock(Block):
    """The key figures as cards; `columns` and `rows` have the same as a table."""

    name: str
    cards: ShownCards
    sparks: list[Spark]

    @property
    def rows(self) -> list[list[Inline]]:
        """The cards as the rows of a table."""
        return [card.row for card in self.cards.cards]

    @property
    def facts(self) -> list[str]:
        """Ids of the facts they show, each once, in their order."""
        return joined(cell for row in self.rows for cell in row).facts

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        shown = self.cards
        numeric = [False, False, True, True, True]
        cards = [{**_json(c), **_json(s)} for c, s in zip(shown.cards, self.sparks, strict=True)]
        words = {"name": self.name, **_json(shown), "cards": cards}
        words |= {"rows": _json(self.rows), "numeric": numeric}
        table = jupyter.table(shown.columns, self.rows)
        return {
            MIME: {"kind": "cards", **words, "facts": self.facts},
            "text/markdown": f"**{jupyter.inline(shown.title)}**\n\n{table}",
            "text/plain": str(shown.title),
        }


@dataclass(frozen=True)
class Figure(Block):
    """A chart with its words."""

    chart: Chart

    @property
    def facts(self) -> list[str]:
        """Ids of the facts it shows, each once, in their order."""
        return self.chart.facts

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        svg = self.chart.svg()
        words = {
            "name": self.chart.name,
            "title": self.chart.title,
            "alt": self.chart.alt,
            "note": self.chart.note,
            "marks": list(self.chart.marks),
            "data": self.chart.data,
        }
        return {
            MIME: {"kind": "figure", **_json(words), "facts": self.facts},
            "image/svg+xml": svg,
            "text/plain": self.chart.alt,
        }


@dataclass(frozen=True)
class TableBlock(Block):
    """A table with its words."""

    table: Table

    @property
    def facts(self) -> list[str]:
        """Ids of the facts it shows, each once, in their order."""
        return self.table.facts

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        table = self.table
        return {
            MIME: {"kind": "table", **_json(table), "facts": self.facts},
            "text/markdown": f"**{jupyter.inline(table.title)}**\n\n"
            f"{jupyter.table(table.columns, table.rows)}",
            "text/plain": str(table.title),
        }


@dataclass(frozen=True)
class Appendix(Block):
    """What the numbers of the report are and where they come from.

    The exporters number the entries, and leave out those of numbers that no block of the notebook shows.

    Parameters
    ----------
    entries : list of Entry
    labels : dict of str to str
        Headings of the parts of an entry, in the language of the report.
    files : dict of str to str
        The raw files that entries name, with their SHA-256.
    """

    entries: list[Entry]
    labels: dict[str, str]
    files: dict[str, str]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        lines = [self.labels["intro"] if self.entries else self.labels["none"], ""]
        for number, entry in enumerate(self.entries, 1):
            parts = [jupyter.inline(words) for words in entry.labelled(self.labels)]
            lines.append(f"{number}. **{jupyter.inline(entry.title)}.** {'; '.join(parts)}")
        return {
            MIME: {
                "kind": "appendix",
                "name": "facts",
                "entries": [entry.record() for entry in self.entries],
                "formulas": {entry.key: entry.formula for entry in self.entries},
                "files": self.files,
                "facts": [],
            },
            "text/markdown": "\n".join(lines),
            "text/plain": lines[0],
        }


class EmptyBlock(Block):
    """Stands for a chart or table that the data do not support; shows nothing."""

    facts: tuple[str, ...] = ()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {MIME: {"kind": "nothing", "facts": []}, "text/plain": ""}


def _json(value: Any) -> Any:
    """Return what a block holds for JSON."""
    if isinstance(value, Inline | Passage):
        return value.json()
    if is_dataclass(value):
        return {field.name: _json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _json(inner) for key, inner in value.items()}
    return [_json(inner) for inner in value] if isinstance(value, list | tuple) else value
