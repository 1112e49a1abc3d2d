"""A submitted form: what its first sheet says, and what it supplies to its tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from aqparat.data import schemas, titles
from aqparat.data.reading import cells
from aqparat.data.reading.cells import Known
from aqparat.data.reading.sheets import Sheet
from aqparat.data.reading.validation import row_problems
from aqparat.problem import Problem, nearest

_TEXTS = ("text_ru", "text_kk", "text_en")  # the first that is there stands for those that are not


@dataclass(frozen=True)
class SubmittedForm:
    """What the first sheet of a form says, and what it supplies to the rows of its tables."""

    organisation: str
    filed: date | None
    row: int
    problems: list[Problem]
    supplies = ("organisation", "qualifier", "source", *_TEXTS)

    @classmethod
    def read(cls, sheet: Sheet, batch: str, known: Known) -> SubmittedForm:
        """Read organisation, period and date of filling in: the codes are in column A, the values in C."""
        told = {
            titles.folded(str(code)): (int(row), None if pd.isna(value) else str(value))
            for row, code, value in sheet.cells.reindex(columns=[0, 2]).dropna(subset=[0]).itertuples()
        }
        row, name = told.get("organisation", (None, None))
        meant = known.organisations.meant(name) if name else set()
        problems = []
        if len(meant) != 1:
            expected = ", ".join(sorted(known.organisations.codes))
            likely = [*sorted(known.organisations.codes), *sorted(known.organisations.exact)]
            near = nearest(name, likely) if name else None
            code = "unknown_organisation" if name else "empty_cell"
            problems.append(
                Problem(
                    code,
                    sheet.file,
                    row=row,
                    column="organisation",
                    found=name,
                    expected=expected,
                    nearest=near,
                    sheet=sheet.name,
                )
            )
        row, period = told.get("period", (None, None))
        if period != batch:
            problems.append(
                Problem(
                    "form_period",
                    sheet.file,
                    row=row,
                    column="period",
                    found=period,
                    expected=batch,
                    sheet=sheet.name,
                )
            )
        row, text = told.get("filed", (None, None))
        day = cells.day(text) if text else None
        if text and not day:
            near = cells.likely_day(text)
            problems.append(
                Problem(
                    "not_date",
                    sheet.file,
                    row=row,
                    column="filed",
                    found=text,
                    nearest=near,
                    sheet=sheet.name,
                )
            )
        filed = date.fromisoformat(day.text) if day else None
        return cls(meant.pop() if len(meant) == 1 else "", filed, row or 1, problems)

    def completed(self, frame: pd.DataFrame, table: str) -> tuple[pd.DataFrame, list[Problem]]:
        """Leave out rows that were prefilled and not touched; fill in what the form itself says.

        A text that is not translated stands in another language: an organisation need not know all three.
        """
        problems: list[Problem] = []
        if table == "observations":
            given = frame[["value", "qualifier", "named", "extreme", "source"]].notna().any(axis=1)
            frame = frame[given | frame[titles.PREVIOUS].isna()]
            exact = frame["value"].notna() & frame["qualifier"].isna()
            frame = frame.assign(qualifier=frame["qualifier"].mask(exact, "exact"))
        if "organisation" in frame and self.organisation:
            frame = frame.assign(organisation=frame["organisation"].fillna(self.organisation))
        if "source" in frame:
            frame = frame.assign(source=frame["source"].fillna(f"form {self.organisation}"))
        for name in (n for n in _TEXTS if n in schemas.TABLES[table].columns):
            missing = frame[name].isna() & frame[list(_TEXTS)].notna().any(axis=1)
            others = frame[[n for n in _TEXTS if n != name]].bfill(axis=1).iloc[:, 0]
            problems += row_problems(
                "not_translated", frame[missing].assign(**{name: others}), name, severity="warning"
            )
            frame = frame.assign(**{name: frame[name].fillna(others)})
        return frame, problems
