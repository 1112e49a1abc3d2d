"""Raw tables as they are handed in, to be changed by a relation, written again and read to facts."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from aqparat.data.prepare import Tables, prepare
from aqparat.data.reading import intake
from aqparat.document.html import ReportHTMLExporter
from aqparat.metrics import collect
from aqparat.metrics.facts import Fact, Facts
from aqparat.period import Period
from aqparat.report import Report
from bs4 import BeautifulSoup
from reported import shown

ROOT = Path(__file__).parents[2]
REFERENCE = "reference"
NEAR = 1e-9  # of a number: facts are rounded to twelve digits
TOLD_IN_ORDER = ("highlights", "measures")  # texts, which are told in the order of their rows
Change = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Source:
    """Raw tables by batch and name, every cell as text; the batch of what outlives a period is `reference`.

    Parameters
    ----------
    tables : dict of (str, str) to DataFrame
    period : str
        The one reported on.
    texts : dict of str to str
        Further files by their path below raw.
    """

    tables: dict[tuple[str, str], pd.DataFrame]
    period: str
    texts: dict[str, str]

    @classmethod
    def read(cls, raw: Path, period: str) -> Source:
        """Read the CSV files of a folder, each a table."""
        files = sorted(raw.glob("*/*.csv"))
        tables = {(p.parent.name, p.stem): pd.read_csv(p, dtype=str, keep_default_na=False) for p in files}
        return cls(tables, period, {p.name: p.read_text(encoding="utf-8") for p in raw.glob("*.md")})

    @classmethod
    def published(cls) -> Source:
        """Read the data of the repository."""
        return cls.read(ROOT / "data" / "raw", "2017H1")

    @property
    def batches(self) -> list[str]:
        return sorted({batch for batch, _ in self.tables} - {REFERENCE})

    @property
    def last(self) -> str:
        """The last batch that the report is about."""
        return self.period if self.period in self.batches else self.batches[-1]

    def table(self, name: str, batch: str = REFERENCE) -> pd.DataFrame:
        return self.tables[batch, name]

    def put(self, changed: dict[tuple[str, str], pd.DataFrame]) -> Source:
        """Return it with some tables in place of those of their names."""
        return replace(self, tables=self.tables | changed)

    def each(self, name: str, change: Change) -> Source:
        """Return it with every table of a name changed, in whatever batch."""
        return self.put({key: change(frame.copy()) for key, frame in self.tables.items() if key[1] == name})

    def write(self, folder: Path) -> Path:
        """Write it as CSV, a file a table, into a data folder."""
        for (batch, name), frame in self.tables.items():
            path = folder / "raw" / batch / f"{name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
        for name, text in self.texts.items():
            (folder / "raw" / name).write_text(text, encoding="utf-8")
        return folder

    def files(self, folder: Path, files: dict[str, bytes]) -> Path:
        """Write its reference tables as CSV and, in place of its batches, these files (path below raw)."""
        kept = {key: frame for key, frame in self.tables.items() if key[0] == REFERENCE}
        replace(self, tables=kept).write(folder)
        for name, content in files.items():
            path = folder / "raw" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return folder

    def batch(self, name: str) -> dict[str, pd.DataFrame]:
        """Return the tables of a batch."""
        return {table: frame for (batch, table), frame in self.tables.items() if batch == name}

    def facts(self) -> Facts:
        """Return the facts, by the whole way from files."""
        with tempfile.TemporaryDirectory(prefix="aqparat-tests-") as folder:
            return collect(prepared(self.write(Path(folder)), self.period))


def shuffled(of: Source, rng: np.random.Generator) -> Source:
    """Put rows and columns in another order; rows of texts stay in theirs, in which they are told."""

    def mixed(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.sample(frac=1, random_state=rng).sample(frac=1, axis=1, random_state=rng)

    def columns(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.sample(frac=1, axis=1, random_state=rng)

    return of.put(
        {
            key: columns(frame) if key[0] == REFERENCE or key[1] in TOLD_IN_ORDER else mixed(frame)
            for key, frame in of.tables.items()
        }
    )


def prepared(folder: Path, period: str) -> Tables:
    """Read a data folder and prepare it."""
    of = Period.parse(period)
    raw = intake.read(folder, of)
    assert raw.errors == [], [str(problem) for problem in raw.errors[:5]]
    return prepare(raw, of)


def numbers(fact: Fact) -> tuple[object, ...]:
    """Return what a fact says, without where it is from."""
    return (
        *(fact.metric, fact.indicator, fact.organisation, fact.outlet, fact.channel, fact.window, fact.base),
        *(fact.value, fact.low, fact.high, fact.interval_low, fact.interval_high, fact.qualifier, fact.unit),
        *fact.inputs,
    )


def told(facts: Facts) -> dict[str, tuple[object, ...]]:
    """Return what all facts say, by their ids."""
    return {fact.id: numbers(fact) for fact in facts}


def near(one: float, other: float) -> bool:
    return one == other or math.isclose(one, other, rel_tol=NEAR, abs_tol=NEAR)


def contains(wide: Fact, narrow: Fact) -> bool:
    """Return whether what one fact leaves open, and what chance may do to it, holds all of another's."""
    low = wide.least <= narrow.least or near(wide.least, narrow.least)
    high = wide.most >= narrow.most or near(wide.most, narrow.most)
    return low and high


def chance_contains(wide: Fact, narrow: Fact) -> bool:
    """Return whether the interval of chance of one fact holds that of another; true where one has none."""
    if None in (wide.interval_low, wide.interval_high, narrow.interval_low, narrow.interval_high):
        return True
    low = wide.interval_low <= narrow.interval_low or near(wide.interval_low, narrow.interval_low)
    high = wide.interval_high >= narrow.interval_high
    return low and (high or near(wide.interval_high, narrow.interval_high))


def page(folder: Path, period: str, language: str = "en") -> str:
    """Return the words of the report's page, without the rows and files that they are from."""
    html, _ = ReportHTMLExporter().from_notebook_node(shown(Report(period, language, folder), "report"))
    root = BeautifulSoup(html, "html.parser")
    for cite in root("cite"):
        where = cite.find_parent(["dd", "tr"])
        if where and not where.decomposed:
            where.decompose()
    for part in root(["script", "style", "pre"]):  # `pre`: the cells of the notebook
        part.decompose()
    return root.get_text("\n", strip=True)
