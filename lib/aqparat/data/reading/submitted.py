"""A submitted form: what its first sheet says, and what it supplies to its tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from aqparat.data import schemas, titles
from aqparat.data.reading import cells, headings
from aqparat.data.reading.cells import Known
from aqparat.data.reading.sheet import Sheet
from aqparat.data.reading.validation import row_problems
from aqparat.period import Period, Window
from aqparat.problem import Problem, nearest
from aqparat.texts import together

# The columns of the first sheet, from 0: of the questions, of the answers, and of the name of whom the form
# was made for.
_QUESTION, ANSWER, _BESIDE = 1, 2, 3
_TEXTS = ("text_ru", "text_kk", "text_en")  # the first that is there stands for those that are not
_MAY_BE_EMPTY = ("text_en",)  # as the form says
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
    organisation : str
        Its code; empty where it is not known.
    batch : str
        The folder it was handed in with.
    filed : date or None
        The day it was filled in.
    row : int
        Of the first sheet, where the day is.
    problems : list of Problem
        What is wrong with the first sheet.
    sheet : str
        Name of the first sheet.
    known : Known
    foreign : bool
        Whether it is of another period or was made for another organisation: no row of it counts.
    complete : int or None
        The row that says that the register is complete, where it does.
    headings : dict of str to str
        What the first sheet asks, by the codes of its answers.
    """

    organisation: str
    batch: str
    filed: date | None
    row: int
    problems: list[Problem]
    sheet: str
    known: Known
    foreign: bool = False
    complete: int | None = None
    headings: dict[str, str] = field(default_factory=dict)
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
            for row, code, value in sheet.cells.reindex(columns=[0, ANSWER]).dropna(subset=[0]).itertuples()
        }
        nothing = _Answer(sheet)
        named = answers.get("organisation", nothing)
        organisation, unknown = _organisation(named, known)
        other = _other_period(answers.get("period", nothing), batch)
        owner = _owner(_beside(sheet, named), known) or organisation
        another = [named.problem("form_of_another", "organisation", owner)] if owner != organisation else []
        day, undated = _filed(filed := answers.get("filed", nothing))
        complete, unclear = _complete(answers.get("complete", nothing))
        problems = [*(unknown or another), *other, *undated, *unclear]
        foreign = bool(other or (another and organisation))
        whose = owner if foreign else organisation
        row, asked = filed.row or 1, _questions(sheet)
        return cls(whose, batch, day, row, problems, sheet.name, known, foreign, complete, asked)

    def filled(self, frame: pd.DataFrame, table: str) -> pd.DataFrame:
        """Return rows without those that stood in the form and that nobody touched."""
        if table not in _OPEN:
            return frame
        filled = frame[list(_OPEN[table])].notna()
        if table == "observations":  # of a total whom it names stands there already
            filled["named"] &= frame[titles.REPORTED].isna()
        return frame[filled.any(axis=1) | frame[list(titles.MARKS)].isna().all(axis=1)]

    def completed(self, frame: pd.DataFrame, table: str) -> tuple[pd.DataFrame, list[Problem]]:
        """Return rows that were filled in with what the form itself says.

        A text that is not translated stands in another language: an organisation need not know all three.
        A measure without a code of its own gets one from the place where it stands.
        """
        problems: list[Problem] = []
        if table == "measures" and self.organisation:
            own = f"{self.organisation}-{self.batch}-" + frame["row"].astype(str)
            frame = frame.assign(code=frame["code"].fillna(own))
        if table == "observations":
            frame, faults = self._current(frame)
            problems += [*faults, *self._of_another(frame)]
            exact = frame["value"].notna() & frame["qualifier"].isna()
            frame = frame.assign(qualifier=frame["qualifier"].mask(exact, "exact"))
        if "organisation" in frame and self.organisation:
            frame = frame.assign(organisation=frame["organisation"].fillna(self.organisation))
        if "source" in frame:
            frame = frame.assign(source=frame["source"].fillna(titles.form_source(self.organisation)))
        for name in (n for n in _TEXTS if n in schemas.TABLES[table].columns):
            missing = frame[name].isna() & frame[list(_TEXTS)].notna().any(axis=1)
            others = frame[[n for n in _TEXTS if n != name]].bfill(axis=1).iloc[:, 0]
            rows = frame[missing].assign(**{name: others})
            if name in _MAY_BE_EMPTY:
                problems += row_problems("another_language", rows, name, severity="guess")
            else:
                problems += row_problems("not_translated", rows, name, severity="warning")
            frame = frame.assign(**{name: frame[name].fillna(others)})
        return frame, problems

    def _current(self, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
        """Return rows without those that stood in the form of another time, where it was filled in again.

        What a form asks for is of its own period, or of a year that it is in. Where every row that stood
        there ended before the period began, it is last time's form with another period in its cell.
        """
        period = Period.parse(self.batch)
        ready = frame[_ready(frame) & frame["value"].notna()]
        ends = ready["end"].map(lambda text: found.text if (found := cells.day(str(text))) else "")
        old = ready[(ends != "") & (ends < str(period.start))]
        others = ready[~ready.index.isin(old.index)]
        starts = others["start"].map(lambda text: found.text if (found := cells.day(str(text))) else "")
        if self.foreign or old.empty or (starts >= str(period.start)).any():
            return frame, []
        windows = old["start"].astype(str) + " … " + old["end"].astype(str)
        problem = Problem(
            "form_old_rows",
            str(old["file"].iloc[0]),
            row=int(old["row"].iloc[0]),
            column="start",
            found=_period(windows.mode().iloc[0]),
            expected=self.batch,
            sheet=str(old["sheet"].iloc[0]),
        )
        return frame.drop(old.index), [problem]

    def _of_another(self, frame: pd.DataFrame) -> list[Problem]:
        """Return the fault of a form whose rows stood there for another organisation than it is of."""
        ready = frame[_ready(frame) & frame["organisation"].notna()]
        owners = {_owner(str(name), self.known) for name in ready["organisation"].unique()}
        if self.foreign or not self.organisation or len(owners) != 1 or owners <= {"", self.organisation}:
            return []
        first = ready.iloc[0]
        return [
            Problem(
                "form_of_another",
                str(first["file"]),
                row=int(first["row"]),
                column="organisation",
                found=self.organisation,
                expected=owners.pop(),
                sheet=str(first["sheet"]),
            )
        ]


def _questions(sheet: Sheet) -> dict[str, str]:
    """Return what the first sheet of a form asks, by the code of each answer."""
    asked = sheet.cells.reindex(columns=[0, _QUESTION]).dropna()
    return {titles.folded(str(code)): " ".join(str(text).split()) for _, code, text in asked.itertuples()}


def _ready(frame: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows stood in the form to be filled in; those of its corrections are of other times."""
    return frame[[titles.PREVIOUS, titles.MEANING]].notna().any(axis=1) & frame[titles.REPORTED].isna()


def _period(window: str) -> str:
    """Return the name of the period that a window is, or its days."""
    first, last = (
        date.fromisoformat(found.text) if (found := cells.day(day)) else None for day in window.split(" … ")
    )
    named = Window(first, last).period if first else None
    return str(named) if named else window


def is_sheet_of_form(sheet: Sheet, tables: list[str]) -> bool:
    """Return whether a file without sheets is one sheet of a form: its codes, then headings below them."""
    if sheet.name:
        return False
    for table in tables:
        heading = headings.find(sheet, table)
        if heading is None or any(titles.folded(t) not in _codes(table) for t in heading.texts.values()):
            continue
        below = sheet.cells[sheet.cells.index > heading.row].head(2)
        again = (
            sum(
                headings.column_of(table, str(text))[0] == heading.columns.get(place)
                for place, text in row.dropna().items()
            )
            for _, row in below.iterrows()
        )
        if {*titles.FORM_COLUMNS} & {*heading.columns.values()} or max(again, default=0) >= headings.LEAST:
            return True
    return False


def _codes(table: str) -> frozenset[str]:
    return frozenset([*schemas.TABLES[table].columns, *titles.FORM_COLUMNS])


def organisation_of(stem: str, known: Known) -> str:
    """Return the organisation that a file is named after; empty where it is none, or several."""
    codes = {word for word in re.split(r"[\W_]+", stem) if word in known.organisations.codes}
    meant = codes or known.organisations.meant(stem)
    return meant.pop() if len(meant) == 1 else ""


@dataclass(frozen=True)
class _Answer:
    """What stands beside a question of the first sheet."""

    sheet: Sheet
    row: int | None = None
    text: str | None = None

    def problem(
        self, code: str, column: str, expected: str = "", near: str | None = None, **among: Any
    ) -> Problem:
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
            **among,
        )


def _organisation(answer: _Answer, known: Known) -> tuple[str, list[Problem]]:
    """Return the code of the organisation that a form names; empty where it is not one."""
    names = known.organisations
    meant = names.meant(answer.text) if answer.text else set()
    if len(meant) == 1:
        return meant.pop(), []
    near = nearest(answer.text, [*sorted(names.codes), *sorted(names.exact)]) if answer.text else None
    if not answer.text:
        return "", [answer.problem("empty_cell", "organisation")]
    among = known.nearest("organisations", answer.text)
    return "", [answer.problem("unknown_organisation", "organisation", near=near, **among)]


def _beside(sheet: Sheet, answer: _Answer) -> str | None:
    """Return the name that stands beside the answer in a form that was made for an organisation."""
    if answer.row is None or _BESIDE not in sheet.cells or answer.row not in sheet.cells.index:
        return None
    text = sheet.cells.loc[answer.row, _BESIDE]
    return None if pd.isna(text) else str(text)


def _owner(name: str | None, known: Known) -> str:
    """Return the code of the organisation that a form was made for; empty where it does not say."""
    meant = known.organisations.meant(name) if name else set()
    return meant.pop() if len(meant) == 1 else ""


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
    code, expected = cells.fault_of_day(answer.text)
    return None, [answer.problem(code, "filed", expected, cells.likely_day(answer.text))]
