"""What a report notebook displays: headings, prose, figures, tables.

A block shows itself in JupyterLab and carries, as `application/vnd.aqparat+json`, all that the
exporters in `document` need, so that an executed notebook is the whole report.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from aqparat.charts.style import Chart
from aqparat.words import markup
from aqparat.words.appendix import Entry
from aqparat.words.tables import Table

MIME = "application/vnd.aqparat+json"


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 for the title of the report, 2 for a section."""

    name: str
    level: int
    text: str
    more: dict[str, str]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {
            MIME: {"kind": "heading", **asdict(self)},
            "text/markdown": "#" * self.level + " " + markup.escape(self.text),
            "text/plain": self.text,
        }


@dataclass(frozen=True)
class Prose:
    """Running text in Markdown, facts and times wrapped."""

    name: str
    markdown: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {
            MIME: {"kind": "prose", **asdict(self)},
            "text/markdown": self.markdown,
            "text/plain": self.markdown,
        }


@dataclass(frozen=True)
class Figure:
    """A chart with its words."""

    chart: Chart

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
            MIME: {"kind": "figure", **words},
            "image/svg+xml": svg,
            "text/plain": self.chart.alt,
        }


@dataclass(frozen=True)
class Grid:
    """A table with its words."""

    table: Table

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        table = self.table
        head = "".join(f'<th scope="col">{escape(c)}</th>' for c in table.columns)
        body = "".join(
            "<tr>"
            + f'<th scope="row">{row[0]}</th>'
            + "".join(f"<td>{cell}</td>" for cell in row[1:])
            + "</tr>"
            for row in table.rows
        )
        return {
            MIME: {"kind": "table", **asdict(table)},
            "text/html": f"<table><caption>{table.title}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>",
            "text/plain": table.title,
        }


@dataclass(frozen=True)
class Appendix:
    """What the numbers shown before it are and where they come from.

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
        parts = ("value", "metric", "formula", "own", "own_bounds", "bounds", "interval", "period")
        lines = [self.labels["intro"] if self.entries else self.labels["none"], ""]
        for number, entry in enumerate(self.entries, 1):
            told = [
                f"{self.labels[part]}: {words}" if part in self.labels else str(words)
                for part in parts
                if (words := getattr(entry, part))
            ]
            rows = [
                markup.escape(f"{s.file} {s.sheet} {s.rows}".replace("  ", " ")) for s in entry.sources
            ] or [f"{self.labels['inputs']}: {', '.join(str(place + 1) for place in entry.inputs)}"]
            lines.append(f"{number}. **{entry.title}.** {'; '.join(told)}. {'; '.join(rows)}")
        return {
            MIME: {
                "kind": "appendix",
                "name": "facts",
                "entries": [entry.record() for entry in self.entries],
                "formulas": {entry.key: entry.formula for entry in self.entries},
                "files": self.files,
            },
            "text/markdown": "\n".join(lines),
            "text/plain": lines[0],
        }


class Nothing:
    """Stands for a chart or table that the data do not support; shows nothing."""

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {MIME: {"kind": "nothing"}, "text/plain": ""}
