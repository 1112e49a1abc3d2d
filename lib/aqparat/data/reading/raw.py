"""The raw tables of some batches as they were read: rows, files, problems, and what became of each row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from aqparat import settings
from aqparat.choices import LANGUAGES
from aqparat.data.texts import Texts
from aqparat.data.titles import FORM
from aqparat.problem import Problem
from aqparat.settings import Settings


@dataclass(frozen=True)
class Account:
    """What became of the rows of one table in one file: read = used + set aside.

    Parameters
    ----------
    file, sheet, table : str
    rows : int
        Rows below the heading that are not blank.
    used : int
        Those that went into the tables.
    aside : int
        Those left out, each with a problem that says so, and those `unfilled`.
    wrong : int
        Those among the used that have an error.
    unfilled : int
        Those set aside since they stood in a form and nobody filled them in.
    """

    file: str
    sheet: str
    table: str
    rows: int
    used: int
    aside: int
    wrong: int = 0
    unfilled: int = 0

    @property
    def told(self) -> tuple[int, int, int, int, int]:
        """Rows read; of these those used, with an error, not filled in, left out."""
        return self.rows, self.used - self.wrong, self.wrong, self.unfilled, self.aside - self.unfilled


@dataclass(frozen=True)
class Filing:
    """A form handed in by an organisation.

    Parameters
    ----------
    file, organisation, batch : str
    filed : date or None
        The day written in the form.
    touched : bool
        False for a form that nobody has filled in: it counts as not filed.
    row : int
        Row of its first sheet that the day is in.
    sheet : str
        Name of its first sheet.
    complete : int or None
        Row of its first sheet that says that the register of publications is complete; None where it does
        not say so.
    unread : bool
        Whether it was sent but could not be read, or no row of it counts as it stands.
    """

    file: str
    organisation: str
    batch: str
    filed: date | None
    touched: bool
    row: int = 1
    sheet: str = FORM
    complete: int | None = None
    unread: bool = False

    @property
    def state(self) -> str:
        """Whether it is filled, untouched (sent as it was given out) or unread."""
        return "unread" if self.unread else "filled" if self.touched else "untouched"


@dataclass
class Raw:
    """The raw tables as text, the files they came from and what is wrong with them.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Table name to rows; text columns as in the schema plus `file`, `sheet`, `row`, `batch`.
    files : dict of str to str
        File (below the data folder, with slashes) to SHA-256.
    problems : list of Problem
        Everything found: errors, warnings and guesses.
    accounts : list of Account
        What became of the rows of each file.
    filings : list of Filing
        The forms handed in.
    settings : Settings
        The house's own choices over the program's.
    typed : dict of str to DataFrame
        The same rows with dates, numbers and codes (`cells.typed`).
    items : DataFrame
        The items of all registers, typed, without their texts (`columns.items`). Of a long register only
        those rows stand in `tables` that are not plain.
    texts : Texts
        The texts of the items.
    headings : dict
        What a sheet (file and name) calls its columns, by their codes.
    """

    tables: dict[str, pd.DataFrame]
    files: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    filings: list[Filing] = field(default_factory=list)
    settings: Settings = field(default_factory=settings.defaults)
    typed: dict[str, pd.DataFrame] = field(default_factory=dict)
    items: pd.DataFrame = field(default_factory=pd.DataFrame)
    texts: Texts = field(default_factory=Texts)
    headings: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    @property
    def union(self) -> dict[str, str]:
        """Names of the union whose report it is, by language; empty where the data name none."""
        rows = self.tables["union"].fillna("").head(1)
        return {code: str(name) for code in LANGUAGES for name in rows[f"name_{code}"]}

    @property
    def errors(self) -> list[Problem]:
        """Those problems that stop a report."""
        return [p for p in self.problems if p.severity == "error"]
