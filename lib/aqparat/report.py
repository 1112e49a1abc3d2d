"""The face of the library in a notebook: a report, whose sections are shown one call at a time."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any

from aqparat import charts
from aqparat.blocks import Figure, Grid, Heading, Nothing, Prose
from aqparat.data.prepare import load
from aqparat.metrics.facts import Facts
from aqparat.period import Period
from aqparat.problem import ParameterError, nearest
from aqparat.sections import CONTENTS, Evidence
from aqparat.sections.organisations import Places, Portrait, places
from aqparat.words import markup
from aqparat.words.narrative import Narrator
from aqparat.words.tables import TABLES


class Report:
    """The report of a period in one language.

    Parameters
    ----------
    period : str or Period
        Such as `2017H1`.
    language : str
        `kk`, `ru` or `en`.
    data : str or Path
        The data folder.

    Examples
    --------
    >>> report = Report("2017H1", language="kk")  # doctest: +SKIP
    >>> report.prose("site")  # doctest: +SKIP
    """

    def __init__(self, period: str | Period, language: str = "kk", data: str | Path = "data") -> None:
        check_parameters("period", "language", "data")
        self.evidence = Evidence.of(load(period, data))
        self.narrator = Narrator(self.evidence.tables, language)
        self.section = cache(self._section)

    @property
    def facts(self) -> Facts:
        """Every number of the report."""
        return self.evidence.facts

    def title(self) -> Heading:
        """Show the title, the period and whose report it is."""
        language, period = self.narrator.language, self.evidence.period
        more = {
            "period": language.window(period.window, "name"),
            "union": language.label("report.union"),
            "language": language.code,
            "code": str(period),
        }
        return Heading("title", 1, language.label("report.title"), more)

    def heading(self, name: str) -> Heading:
        """Show the heading of a section."""
        return Heading(name, 2, self.narrator.language.label(f"section.{name}"), {})

    def prose(self, name: str) -> Prose:
        """Show what a section has to say."""
        more: dict[str, Any] = {"highlights": self.evidence.told("note")} if name == "notes" else {}
        return Prose(name, self.narrator.prose(name, self.section(name), **more))

    def chart(self, name: str, of: str) -> Figure | Nothing:
        """Show a chart of a section; nothing where the data do not support it."""
        drawn = getattr(charts, name)(self.section(of), self.narrator)
        return Figure(drawn) if drawn else Nothing()

    def table(self, name: str, of: str) -> Grid | Nothing:
        """Show a table of a section; nothing where the data do not support it."""
        made = TABLES[name](self.section(of), self.narrator)
        return Grid(made) if made else Nothing()

    def _section(self, name: str) -> Any:
        if name == "places":
            return self._places()
        if name == "broadest":
            return self._broadest()
        return CONTENTS[name](self.evidence)

    def _places(self) -> Places:
        return places(self.evidence)

    def _broadest(self) -> Portrait | None:
        """Give the organisation whose items are known by most channels."""
        portraits: list[Portrait] = self.section("organisations")
        return max(portraits, key=lambda p: len(p.of("publications")), default=None)


def check_parameters(*known: str) -> None:
    """Refuse a parameter that papermill has injected and the notebook does not have.

    papermill itself only warns. Outside a notebook there is nothing to check.

    Raises
    ------
    ParameterError
        With the nearest name that the notebook has.
    """
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    cells = shell.user_ns.get("In", []) if shell else []
    for cell in cells:
        if cell.startswith("# Parameters"):  # the mark that papermill puts on what it injects
            names = [
                t.id
                for node in ast.parse(cell).body
                if isinstance(node, ast.Assign)
                for t in node.targets
                if isinstance(t, ast.Name)
            ]
            for name in names:
                if name not in known:
                    raise ParameterError(unknown_parameter(name, known))


def unknown_parameter(name: str, known: tuple[str, ...]) -> str:
    """Word the error of an unknown parameter."""
    near = nearest(name, known)
    hint = f" Did you mean {near!r}?" if near else ""
    return f"Unknown parameter {name!r}: expected one of {', '.join(known)}.{hint}"


__all__ = ["Report", "check_parameters", "markup"]
