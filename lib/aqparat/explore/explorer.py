"""Exploring: pickers for indicator, outlets and organisations; a chart and a table that follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd
import seaborn as sns
from IPython.display import SVG, display
from matplotlib.figure import Figure

from aqparat.charts.lettering import shorten, wrapped
from aqparat.charts.style import WIDTH, Picture, bare, canvas, styled
from aqparat.data.prepare import Tables
from aqparat.data.reading.files import batch_of, find
from aqparat.data.schemas import TOTAL
from aqparat.data.store import load
from aqparat.period import Period, Window
from aqparat.report import check_parameters
from aqparat.words.errors import worded
from aqparat.words.language import Language
from aqparat.words.languages import language


class Explorer:
    """Pickers over the prepared observations.

    Parameters
    ----------
    period : str or Period
        Data up to and including this period.
    language : str
        Language of names and labels.
    data : str or Path
        The data folder.
    """

    def __init__(self, period: str | Period, language: str = "kk", data: str | Path = "data") -> None:
        with worded(language):
            check_parameters("period", "language", "data")
            batch_of(find(data), Period.parse(period))
            self.tables: Tables = load(period, data)
            self.language: Language = _language(language)
        self.indicator = widgets.Dropdown(
            options=self._options("indicator", "indicators"), description=self._label("indicator")
        )
        self.outlet = widgets.SelectMultiple(description=self._label("outlet"), rows=8)
        self.organisation = widgets.SelectMultiple(description=self._label("organisation"), rows=8)
        self._chart, self._table = widgets.Output(), widgets.Output()
        self.indicator.observe(lambda _: self._narrow(), "value")
        for picker in (self.outlet, self.organisation):
            picker.observe(lambda _: self._follow(), "value")
        self._narrow()

    def pickers(self) -> Any:
        """Show the pickers; above them the last period of the data, and whether they are invented."""
        told = [str(self.language.window(self.tables.period.window, "name"))]
        told += [self.language.label("report.synthetic")] if self.tables.synthetic else []
        return widgets.VBox(
            [*map(widgets.Label, told), self.indicator, widgets.HBox([self.outlet, self.organisation])]
        )

    def chart(self) -> Any:
        """Show the chart that follows the pickers."""
        return self._chart

    def table(self) -> Any:
        """Show the table that follows the pickers."""
        return self._table

    def picked(self) -> pd.DataFrame:
        """Give the observations picked; nothing picked in a list means all of it."""
        rows = self.tables.observations
        rows = rows[rows["indicator"] == self.indicator.value]
        for name in ("outlet", "organisation"):
            wanted = getattr(self, name).value
            if wanted:
                rows = rows[rows[name].isin(wanted)]
        return rows.sort_values(["start", "end", "organisation", "outlet"])

    def _label(self, key: str) -> str:
        return self.language.label(f"explore.{key}")

    def _options(self, column: str, table: str, rows: pd.DataFrame | None = None) -> list[tuple[str, str]]:
        codes = (self.tables.observations if rows is None else rows)[column].unique()
        named = [(self._name(table, code), code) for code in codes if code]
        return sorted(named, key=lambda pair: self.language.sort_key(pair[0]))

    def _name(self, table: str, code: str) -> str:
        if code == TOTAL:
            return self.language.label("union")
        return self.language.name(getattr(self.tables, table), code)

    def _narrow(self) -> None:
        """Offer only the outlets and organisations that the indicator has."""
        rows = self.tables.observations
        rows = rows[rows["indicator"] == self.indicator.value]
        self.outlet.options = self._options("outlet", "outlets", rows)
        self.organisation.options = self._options("organisation", "organisations", rows)
        self._follow()

    def _follow(self) -> None:
        rows = self.picked()
        with self._chart:
            self._chart.clear_output(wait=True)
            if len(rows):
                display(SVG(Picture("explore", (), {}, {}, self._drawn(rows)).svg))
        with self._table:
            self._table.clear_output(wait=True)
            display(self._named(rows))

    def _named(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Name what the rows are about, in the language."""
        return pd.DataFrame(
            {
                self._label("organisation"): [self._name("organisations", c) for c in rows["organisation"]],
                self._label("outlet"): [
                    str(self.language.where(self.tables, *place))
                    for place in rows[["indicator", "outlet", "channel"]].itertuples(index=False, name=None)
                ],
                self._label("window"): [
                    shorten(self.language.window(_window(r.start, r.end), "short")) for r in rows.itertuples()
                ],
                self._label("value"): rows["value"].to_list(),
                self._label("low"): rows["low"].to_list(),
                self._label("high"): rows["high"].to_list(),
                self._label("source"): rows["source"].to_list(),
            }
        )

    def _drawn(self, rows: pd.DataFrame) -> Figure:
        named = self._named(rows)
        about = named.iloc[:, :3].itertuples(index=False, name=None)
        label = [" · ".join(filter(None, row)) for row in about]
        with styled():
            lines = [wrapped(text, WIDTH / 2, self.language) for text in label]
            figure, axes = canvas(0.2 * sum(text.count("\n") + 1 for text in lines) + 0.1 * len(rows) + 0.4)
            sns.barplot(x=rows["value"].to_numpy(), y=lines, ax=axes, width=0.6, errorbar=None)
            for bars in axes.containers:
                axes.bar_label(bars, fmt="%g", padding=4)
            bare(axes, keep="left")
        return figure


def _language(code: str) -> Language:
    return language(code)


def _window(start: pd.Timestamp, end: pd.Timestamp) -> Window:
    return Window(start.date(), None if pd.isna(end) else end.date())
