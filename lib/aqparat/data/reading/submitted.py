"""A submitted form: what its first sheet says, and what it supplies to its tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from aqparat.data import schemas, titles
from aqparat.data.reading import cells
from aqparat.data.reading.cells import Known
from aqparat.data.reading.sheet import Sheet
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
        """Return what the first sheet says; the codes are in column A, the values in column C.

        Parameters
        ----------
        sheet : Sheet
        batch : str
            The folder it was handed in with; its period must be the form's.
        known : Known
        """
        answers = {
            titles.folded(str(code)): _Answer(sheet, int(row), None if pd.isna(value) else str(value))
            for row, code, value in sheet.cells.reindex(columns=[0, 2]).dropna(subset=[0]).itertuples()
        }
        nothing = _Answer(sheet)
        organisation, unknown = _organisation(answers.get("organisation", nothing), known)
        other = _other_period(answers.get("period", nothing), batch)
        day, undated = _filed(filed := answers.get("filed", nothing))
        return cls(organisation, day, filed.row or 1, [*unknown, *other, *undated])

    def completed(self, frame: pd.DataFrame, table: str) -> tuple[pd.DataFrame, list[Problem]]:
        """Return rows without those prefilled and not touched, with what the form itself says filled in.

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


@dataclass(frozen=True)
class _Answer:
    """What stands beside a question of the first sheet."""

    sheet: Sheet
    row: int | None = None
    text: str | None = None

    def problem(self, code: str, column: str, expected: str = "", near: str | None = None) -> Problem:
        """Return what is wrong with it."""
        return Problem(
            code,
            self.sheet.file,
            row=self.row,
            column=column,
            found=self.text,
            expected=expected,
            nearest=near,
            sheet=self.sheet.name,
        )


def _organisation(answer: _Answer, known: Known) -> tuple[str, list[Problem]]:
    """Return the code of the organisation that a form names; empty where it is not one."""
    names = known.organisations
    meant = names.meant(answer.text) if answer.text else set()
    if len(meant) == 1:
        return meant.pop(), []
    near = nearest(answer.text, [*sorted(names.codes), *sorted(names.exact)]) if answer.text else None
    code = "unknown_organisation" if answer.text else "empty_cell"
    return "", [answer.problem(code, "organisation", ", ".join(sorted(names.codes)), near)]


def _other_period(answer: _Answer, batch: str) -> list[Problem]:
    return [] if answer.text == batch else [answer.problem("form_period", "period", batch)]


def _filed(answer: _Answer) -> tuple[date | None, list[Problem]]:
    """Return the day a form was filled in; None where it does not say."""
    if not answer.text:
        return None, []
    if day := cells.day(answer.text):
        return date.fromisoformat(day.text), []
    return None, [answer.problem("not_date", "filed", near=cells.likely_day(answer.text))]
