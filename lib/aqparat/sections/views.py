"""Views: the data choose what a section shows.

A view is a function of the report's data (in an organisation's own report also of its code) that gives what
is shown, or None where the data do not support it.
`VIEWS` holds all of them; `python -m aqparat.sections docs/report.md` writes them as a table.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

from aqparat.period import Window
from aqparat.sections.ranking import due
from aqparat.sections.report_data import ReportData, kept

Data = Literal["any", "sparse", "full", "itemised"]
P = ParamSpec("P")
T = TypeVar("T")

_MEANING: dict[Data, str] = {
    "any": "whatever data there are",
    "sparse": "figures of some organisations",
    "full": "figures of at least 60 % of the member organisations (`views.full` in settings.toml)",
    "itemised": "items one by one, each with its date (the table `publications`)",
}


@dataclass(frozen=True)
class View:
    """A view.

    Parameters
    ----------
    name, section : str
        Its name and the section that it stands in.
    data : {"any", "sparse", "full", "itemised"}
        The data it is for.
    of : callable
        Gives what is shown, or None. The first line of its docstring says what is shown, the line that
        begins with "When:" when.
    """

    name: str
    section: str
    data: Data
    of: Callable[..., Any]

    @property
    def is_own(self) -> bool:
        """Whether it stands in an organisation's own report."""
        return self.section.startswith("own_")

    @property
    def what(self) -> str:
        """What it shows."""
        return (inspect.getdoc(self.of) or "").split("\n")[0].removeprefix("Return ").rstrip(".")

    @property
    def when(self) -> str:
        """When it is shown, besides what it needs for data."""
        lines = (inspect.getdoc(self.of) or "").split("\n")
        begun = next((n for n, line in enumerate(lines) if line.startswith("When:")), None)
        if begun is None:
            return ""
        ended = next((n for n, line in enumerate(lines) if n > begun and not line), len(lines))
        return " ".join(lines[begun:ended]).removeprefix("When:").strip().rstrip(".")


VIEWS: dict[str, View] = {}


def view(
    section: str, data: Data = "any"
) -> Callable[[Callable[Concatenate[ReportData, P], T]], Callable[Concatenate[ReportData, P], T]]:
    """Make a view of a function of the report's data; what it gives is kept for each report."""

    def registered(
        of: Callable[Concatenate[ReportData, P], T],
    ) -> Callable[Concatenate[ReportData, P], T]:
        once = kept(of)
        VIEWS[of.__name__] = View(of.__name__, section, data, once)
        return once

    return registered


def is_full(data: ReportData, organisations: Collection[str], window: Window) -> bool:
    """Return whether so many members have figures that all can be compared.

    Parameters
    ----------
    data : ReportData
    organisations : collection of str
        Codes of those that have a figure.
    window : Window
        What the figures are of: only the members in force then count.
    """
    members = set(due(data, window))
    return bool(members) and len(members & set(organisations)) >= data.settings["views"]["full"] * len(
        members
    )


def listing() -> str:
    """Return docs/report.md: the views, in the order of the report."""
    lines = [
        "# What the report shows, and when",
        "",
        "Made by `make views` from the docstrings of the views in `lib/aqparat/sections/`; do not edit it.",
        "",
        "The data choose the view: a section shows what its data support, and nothing where they do not.",
        "",
        *(f"- **{name}**: {meaning}" for name, meaning in _MEANING.items()),
        "",
        "| section | view | data | shows | when |",
        "| --- | --- | --- | --- | --- |",
        *(f"| {v.section} | `{v.name}` | {v.data} | {v.what} | {v.when} |" for v in VIEWS.values()),
    ]
    return "\n".join(lines) + "\n"
