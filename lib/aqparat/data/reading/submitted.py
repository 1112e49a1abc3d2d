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
from aqparat.texts import together

_TEXTS = ("text_ru", "text_kk", "text_en")  # the first that is there stands for those that are not
# What a person may fill in of a row that the program wrote; where all of it is empty, nobody touched the row.
_OPEN = {
    "observations": ("value", "qualifier", "named", "extreme", "source"),
    "measures": ("due", "status", "note", "source"),
}


@dataclass(frozen=True)
class SubmittedForm:
    """What the first sheet of a form says, and what it supplies to the rows of its tables.

    Parameters
    ----------
    organisation, batch : str
    filed : date or None
        The day it was filled in.
    row : int
        Of the first sheet, where the day is.
    problems : list of Problem
        What is wrong with the first sheet.
    sheet : str
        Name of the first sheet.
    complete : int or None
        The row that says that the register is complete, where it does.
    """

    organisation: str
    batch: str
    filed: date | None
    row: int
    problems: list[Problem]
    sheet: str
    complete: int | None = None
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
        complete, unclear = _complete(answers.get("complete", nothing))
        problems = [*unknown, *other, *undated, *unclear]
        return cls(organisation, batch, day, filed.row or 1, problems, sheet.name, complete)

    def completed(self, frame: pd.DataFrame, table: str) -> tuple[pd.DataFrame, list[Problem]]:
        """Return rows without those prefilled and not touched, with what the form itself says filled in.

        A text that is not translated stands in another language: an organisation need not know all three.
        A measure without a code of its own gets one from the place where it stands.
        """
        problems: list[Problem] = []
        if table in _OPEN:
            filled = frame[list(_OPEN[table])].notna()
            if table == "observations":  # of a total whom it names stands there already
                filled["named"] &= frame[titles.REPORTED].isna()
            given = filled.any(axis=1)
            frame = frame[given | frame[list(titles.MARKS)].isna().all(axis=1)]
        if table == "measures" and self.organisation:
            own = f"{self.organisation}-{self.batch}-" + frame["row"].astype(str)
            frame = frame.assign(code=frame["code"].fillna(own))
        if table == "observations":
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


def _complete(answer: _Answer) -> tuple[int | None, list[Problem]]:
    """Return where a form says that its register is complete; None where it says no, or nothing."""
    answers = together("forms", ("kk", "ru"))["answers"]
    spelled = {
        titles.folded(text): name
        for name, said in answers.items()
        for text in (name, *said.values(), titles.both(said["kk"], said["ru"]))
    }
    if not answer.text:
        return None, []
    if said := spelled.get(titles.folded(answer.text)):
        return (answer.row if said == "yes" else None), []
    expected = ", ".join(titles.both(said["kk"], said["ru"]) for said in answers.values())
    return None, [answer.problem("not_choice", "complete", expected)]


def _filed(answer: _Answer) -> tuple[date | None, list[Problem]]:
    """Return the day a form was filled in; None where it does not say."""
    if not answer.text:
        return None, []
    if day := cells.day(answer.text):
        return date.fromisoformat(day.text), []
    return None, [answer.problem("not_date", "filed", near=cells.likely_day(answer.text))]
