"""The face of exploring in a notebook: the questions, pickers, a map, two periods; one call each."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from aqparat.blocks import Heading
from aqparat.data.prepare import Tables
from aqparat.data.reading.files import batch_of, find
from aqparat.explore import panel
from aqparat.explore.answer import Answer
from aqparat.explore.controls import Controls
from aqparat.explore.known import Known
from aqparat.explore.naming import named, names, rows
from aqparat.explore.questions import ask
from aqparat.period import Period
from aqparat.report import check_parameters
from aqparat.words.errors import worded
from aqparat.words.inline import Inline


class Explorer:
    """What can be asked of the data up to a period.

    Parameters
    ----------
    period : str or Period
        Data up to and including this period.
    language : str
        Language of names and labels.
    data : str or Path
        The data folder.

    Raises
    ------
    DataError, DataFolderError, PeriodError
        As `aqparat.load`; also where nothing was handed in for the period itself. In a notebook they are
        sentences in the language.
    """

    def __init__(self, period: str | Period, language: str = "kk", data: str | Path = "data") -> None:
        with worded(language):
            check_parameters("period", "language", "data")
            batch_of(find(data), Period.parse(period))
            self.known = Known(period, language, data)
        self._code = language

    @property
    def tables(self) -> Tables:
        """The prepared tables, for questions of one's own."""
        return self.known.tables

    def title(self) -> Heading:
        """Return what is explored: the period, whose data, and whether they are invented."""
        language, tables = self.known.language, self.tables
        below: dict[str, Inline | str] = {
            "period": language.window(tables.period.window, "name"),
            "union": language.union(tables.union),
        }
        mark = language.label("report.synthetic") if tables.synthetic else ""
        return Heading("title", 1, language.label("explore.title"), {**below, "synthetic": mark})

    def ask(self, question: str, **about: str) -> Answer:
        """Return the answer to a question (`aqparat.explore.questions.QUESTIONS`), asked of something.

        Examples
        --------
        >>> explorer.ask("silent", channel="television", period="2018H1")  # doctest: +SKIP
        """
        with worded(self._code):
            return ask(self.known, question, **about)

    def questions(self) -> Controls:
        """Return the questions to choose from, with their answers."""
        return panel.questions(self.known)

    def pickers(self) -> Controls:
        """Return pickers for figures of any kind, with chart and table that follow."""
        return panel.pickers(self.known)

    def map(self) -> Controls:
        """Return a map with a slider over the periods."""
        return panel.tiles(self.known)

    def periods(self) -> Controls:
        """Return two periods side by side."""
        return panel.beside(self.known)

    # A question of one's own

    @property
    def figures(self) -> pd.DataFrame:
        """Every figure of every window: what was reported, and the sums that follow (`metrics.volume`)."""
        return self.known.history.all_volumes

    @property
    def names(self) -> dict[str, str]:
        """The name of each code of an organisation, outlet, indicator and channel."""
        return names(self.known)

    def named(self, figures: pd.DataFrame) -> pd.DataFrame:
        """Return figures in words: what, whose, where, when, the number as it is shown, its bounds."""
        return named(self.known, figures)

    def rows(self, figures: pd.DataFrame) -> pd.DataFrame:
        """Return the raw rows that figures rest on: file, row, what stands there."""
        return rows(self.known, figures)
