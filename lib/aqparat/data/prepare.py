"""Raw text to prepared tables: typed, coded, bounded, each row with its origin; kept as Parquet."""

from __future__ import annotations

import hashlib
import json
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd

from aqparat.bounds import POINTED
from aqparat.data import intake, schemas
from aqparat.data.cells import typed
from aqparat.data.intake import Raw
from aqparat.data.items import KEY, bound, count_items, fill_channel
from aqparat.data.origin import origins, place
from aqparat.period import Period
from aqparat.problem import DataError, Problem
from aqparat.settings import FILE, Settings, defaults

_REFERENCE = ("organisations", "outlets", "indicators")
PREPARED = ("observations", "publications", "activities", "highlights", "measures")
_STORED = (*PREPARED, *_REFERENCE, "filings")


@dataclass(frozen=True)
class Tables:
    """The prepared tables of one report; all that metrics and words read.

    Parameters
    ----------
    period : Period
        The period of the report.
    observations : DataFrame
        One figure a row: `indicator, organisation, outlet, channel` (text, "" = none), `start, end`
        (datetime, NaT = no stated end), `value` (as stated), `qualifier`, `point, low, high`,
        `named` (list of codes), `extreme`, `source`, `batch`, `origins` (list of `file#row`).
    publications, activities, highlights, measures : DataFrame
        As in the contract, typed, with `batch` and `origins`.
    organisations, outlets, indicators : DataFrame
        Reference tables, indexed by code, with `origins`.
    filings : DataFrame
        One form a row: `organisation`, `filed` (datetime, NaT = not stated), `batch`, `origins`; forms
        that nobody filled in are not among them.
    files : dict of str to str
        Every file read, to its SHA-256.
    warnings : list of Problem
        What the checks found that does not stop a report.
    union : dict of str to str
        Names of the union whose report it is, by language; empty where the data name none.
    settings : Settings
        The numbers that are a choice: the house's own over the program's.
    """

    period: Period
    observations: pd.DataFrame
    publications: pd.DataFrame
    activities: pd.DataFrame
    highlights: pd.DataFrame
    measures: pd.DataFrame
    organisations: pd.DataFrame
    outlets: pd.DataFrame
    indicators: pd.DataFrame
    filings: pd.DataFrame
    files: dict[str, str]
    warnings: list[Problem] = field(default_factory=list)
    union: dict[str, str] = field(default_factory=dict)
    settings: Settings = field(default_factory=defaults)

    @property
    def synthetic(self) -> bool:
        """Whether the data are invented, for tests and trials, and must be named so."""
        return f"raw/{intake.SYNTHETIC}" in self.files

    def current(self, table: str) -> pd.DataFrame:
        """Give the rows of a table handed in for the period itself, not for earlier ones."""
        frame: pd.DataFrame = getattr(self, table)
        batches = {b for b in frame["batch"].unique() if Period.parse(b).end in self.period}
        return frame[frame["batch"].isin(batches)]

    def source(self, origin: str) -> str:
        """Give what a raw row says of where it is from; its file where it says nothing."""
        return self._sources.get(origin) or place(origin).file

    @cached_property
    def _sources(self) -> dict[str, str]:
        told = (self.observations, self.activities, self.highlights, self.measures)
        return {
            o: s for t in told for origins, s in zip(t["origins"], t["source"], strict=True) for o in origins
        }

    def members(self, day: date | None = None) -> pd.Index[str]:
        """Codes of the member organisations in force on a day (N of domain.md), by default the last."""
        kinds = self.organisations["kind"].isin(schemas.MEMBER_KINDS)
        return self.organisations.index[kinds & in_force(self.organisations, day or self.period.end)]


def in_force(frame: pd.DataFrame, day: date) -> pd.Series[bool]:
    """Tell which rows of a reference table are valid on a day."""
    at = pd.Timestamp(day)
    begun = frame["valid_from"].isna() | (frame["valid_from"] <= at)
    return begun & (frame["valid_to"].isna() | (frame["valid_to"] >= at))


def own_sites(outlets: pd.DataFrame) -> pd.Index[str]:
    """Codes of the union's own sites, in the order of the table."""
    return outlets.index[(outlets["channel"] == "website") & (outlets["level"] == "sector")]


def load(period: str | Period, data: str | Path = "data") -> Tables:
    """Give the prepared tables of a period, from `data/processed/` where they are up to date.

    Parameters
    ----------
    period : str or Period
        Such as `2017H1`.
    data : str or Path
        The data folder, looked for here and in the folders above.

    Returns
    -------
    Tables

    Raises
    ------
    PeriodError, DataFolderError
        If the period or the folder is not one.
    DataError
        If the raw data are not in order; it lists every problem.
    """
    period = Period.parse(period)
    folder = intake.find(data)
    store = folder / "processed" / str(period)
    stamp = _stamp(folder, period)
    if _kept_stamp(store) == stamp:
        with suppress(OSError, ValueError):  # a file lost or cut short: prepare anew
            return _restore(store, period, stamp)
    tables = prepare(intake.read(folder, period), period)
    _save(tables, store, stamp)
    return tables


def prepare(raw: Raw, period: Period) -> Tables:
    """Turn checked raw tables into prepared ones.

    Raises
    ------
    DataError
        If the raw tables have errors.
    """
    if raw.errors:
        raise DataError(raw.errors)
    tables = {name: typed(frame, name) for name, frame in raw.tables.items()}
    reference = {name: tables[name].set_index("code") for name in _REFERENCE}
    observations = (
        tables["observations"]
        .pipe(bound, raw.settings["bounds"]["about"])
        .pipe(fill_channel, reference["outlets"])
    )
    items = count_items(tables["publications"], reference["outlets"])
    return Tables(
        period=period,
        observations=observations.pipe(_latest).pipe(_add_items, items),
        **{name: tables[name] for name in PREPARED[1:]},
        **reference,
        filings=_filings(raw),
        files=raw.files,
        warnings=[p for p in raw.problems if p.severity == "warning"],
        union=raw.union,
        settings=raw.settings,
    )


def _filings(raw: Raw) -> pd.DataFrame:
    """Give the forms that somebody has filled in."""
    rows = [
        (f.organisation, pd.Timestamp(f.filed) if f.filed else pd.NaT, f.batch, f.file, intake.FORM, f.row)
        for f in raw.filings
        if f.touched
    ]
    frame = pd.DataFrame(rows, columns=["organisation", "filed", "batch", "file", "sheet", "row"])
    lists = [[origin] for origin in origins(frame)] if rows else []
    frame = frame.assign(filed=pd.to_datetime(frame["filed"]).astype("datetime64[us]"), origins=lists)
    return frame.drop(columns=["file", "sheet", "row"]).astype({"organisation": str, "batch": str})


def _latest(observations: pd.DataFrame) -> pd.DataFrame:
    """Let a later batch revise an earlier one; a figure repeated word for word stands once."""
    order = observations["batch"].map(Period.parse)
    return observations.loc[order.sort_values(kind="stable").index].drop_duplicates(KEY, keep="last")


def _add_items(observations: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Add the counted items; a total reported for the same thing stands, with the count beside it."""
    if items.empty:
        return observations.assign(counted=float("nan")).reset_index(drop=True)
    counted = items[[*KEY, "value"]].rename(columns={"value": "counted"})
    reported = observations.merge(counted, on=KEY, how="left")
    new = items.merge(observations[KEY], on=KEY, how="left", indicator=True)
    new = new[new["_merge"] == "left_only"].drop(columns="_merge").assign(counted=lambda d: d["value"])
    return pd.concat([reported, new], ignore_index=True)


def _stamp(data: Path, period: Period) -> dict[str, str]:
    """Digest what prepared tables depend on: the raw files and the code of this package part."""
    names = ["reference", *intake.batches(data, period)]
    files = [
        path
        for name in names
        for path in sorted((data / "raw" / name).iterdir())
        if path.is_file() and intake.is_data(path)
    ]
    files += [path for path in (data / "raw" / intake.SYNTHETIC, data / FILE) if path.is_file()]
    here = Path(__file__).parent
    code = [*sorted(here.glob("*.py")), here / "titles.toml"]
    code += [here.parent / "bounds.py", here.parent / "settings.py", here.parent / "settings.toml"]
    digest = {p.relative_to(data).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    digest["code"] = hashlib.sha256(b"".join(p.read_bytes() for p in code)).hexdigest()
    return digest


def _kept_stamp(store: Path) -> dict[str, str] | None:
    path = store / "inputs.json"
    if not path.is_file():
        return None
    try:
        stamp: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
    return stamp


def _save(tables: Tables, store: Path, stamp: dict[str, str]) -> None:
    """Write beside and move into place, so that nobody reads half of it."""
    store.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".", dir=store.parent) as folder:
        new = Path(folder) / "new"
        new.mkdir()
        for name in _STORED:
            getattr(tables, name).to_parquet(new / f"{name}.parquet")
        told = json.dumps([asdict(p) for p in tables.warnings], indent=1)
        (new / "warnings.json").write_text(told, encoding="utf-8")
        house = json.dumps({"union": tables.union, "settings": tables.settings.flat()}, indent=1)
        (new / "house.json").write_text(house, encoding="utf-8")
        (new / "inputs.json").write_text(json.dumps(stamp, indent=1), encoding="utf-8")
        if store.exists():
            store.rename(Path(folder) / "old")
        new.rename(store)


def _restore(store: Path, period: Period, stamp: dict[str, str]) -> Tables:
    frames = {name: pd.read_parquet(store / f"{name}.parquet") for name in _STORED}
    for frame in frames.values():
        for column in {"origins", "named", "successors"} & set(frame.columns):
            frame[column] = frame[column].map(list)
    warnings = [Problem(**p) for p in json.loads((store / "warnings.json").read_text(encoding="utf-8"))]
    files = {f: s for f, s in stamp.items() if f != "code"}
    house = json.loads((store / "house.json").read_text(encoding="utf-8"))
    own = {"union": house["union"], "settings": Settings(house["settings"])}
    return Tables(period=period, **frames, files=files, warnings=warnings, **own)


__all__ = ["KEY", "POINTED", "Tables", "count_items", "in_force", "load", "own_sites", "prepare"]
