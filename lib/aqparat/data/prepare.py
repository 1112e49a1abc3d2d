"""Raw text to prepared tables: typed, coded, bounded, each row with its origin."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd

from aqparat import runs
from aqparat.choices import LANGUAGES
from aqparat.data import membership, register, schemas
from aqparat.data.items import bound, count_items, fill_channel
from aqparat.data.measures import carried
from aqparat.data.origin import joined, place
from aqparat.data.origin import origins as origins_of
from aqparat.data.reading.files import SYNTHETIC
from aqparat.data.reading.raw import Raw
from aqparat.data.schemas import KEY
from aqparat.data.texts import Texts
from aqparat.period import Period, Window
from aqparat.problem import DataError, Problem
from aqparat.settings import Settings, defaults

REFERENCE = ("organisations", "outlets", "indicators")
OWN = ("observations", "items", "activities")  # rows of these are an organisation's own figures
PREPARED = ("observations", "items", "activities", "highlights", "measures")


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
    items : DataFrame
        The register of publications without its texts: `date, organisation, outlet, language, format, batch,
        place` (what stands before the row in an origin), `row`. It may have a million rows, so all but `date`
        and `row` are categories.
    texts : Texts
        The titles, addresses and speakers of the items.
    activities, highlights, measures : DataFrame
        As in the contract, typed, with `batch` and `origins`.
    organisations, outlets, indicators : DataFrame
        Reference tables, indexed by code, with `origins`.
    aliases : DataFrame
        Other spellings: `alias, table, code`, with `origins`.
    filings : DataFrame
        One form a row: `organisation`, `state` (filled, untouched, unread), `filed` (datetime, NaT = not
        stated), `batch`, `origins`.
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
    items: pd.DataFrame
    texts: Texts
    activities: pd.DataFrame
    highlights: pd.DataFrame
    measures: pd.DataFrame
    organisations: pd.DataFrame
    outlets: pd.DataFrame
    indicators: pd.DataFrame
    aliases: pd.DataFrame
    filings: pd.DataFrame
    files: dict[str, str]
    warnings: list[Problem] = field(default_factory=list)
    union: dict[str, str] = field(default_factory=dict)
    settings: Settings = field(default_factory=defaults)

    @property
    def synthetic(self) -> bool:
        """Whether the data are invented, for tests and trials, and must be named so."""
        return f"raw/{SYNTHETIC}" in self.files

    @cached_property
    def publications(self) -> pd.DataFrame:
        """The whole register as in the contract, typed, with `batch`, `place`, `row`; read when asked for."""
        return pd.concat([*self.publication_batches()], ignore_index=True)

    def publication_batches(self) -> Iterator[pd.DataFrame]:
        """Yield the whole register, some rows at once; an empty one as one frame without rows."""
        columns = [*schemas.BATCH["publications"].columns, "batch", "place", "row"]
        done = 0
        for texts in self.texts.batches(self.items):
            part = self.items.iloc[done : done + len(texts)].reset_index(drop=True)
            done += len(texts)
            named = [
                name for name in part if isinstance(part[name].dtype, pd.CategoricalDtype) and name != "place"
            ]
            yield pd.concat([part.astype(dict.fromkeys(named, str)), texts], axis=1)[columns]
        if not done:
            empty = self.items.astype(
                dict.fromkeys(("organisation", "outlet", "language", "format", "batch"), str)
            )
            yield pd.concat([empty, self.texts.all(self.items)], axis=1)[columns]

    @property
    def reportable(self) -> pd.Index[str]:
        """Codes of the indicators that organisations report: all but those that the program counts."""
        counted = {*self.settings["forms"]["computed"], *schemas.ACTIVITY_KINDS}
        return self.indicators.index[~self.indicators.index.isin(list(counted))]

    @property
    def asked(self) -> list[str]:
        """Codes of the indicators that every organisation is asked for, reported before or not."""
        return [code for code in self.settings["forms"]["standard"] if code in self.reportable]

    def current(self, table: str) -> pd.DataFrame:
        """Return the rows of a table handed in for the period itself, not for earlier ones."""
        if table not in self._current:
            frame: pd.DataFrame = getattr(self, table)
            batches = {b for b in frame["batch"].unique() if Period.parse(b).end in self.period}
            self._current[table] = frame[frame["batch"].isin(batches)]
        return self._current[table].copy(deep=False)

    def sources(self, origins: Iterable[str]) -> list[str]:
        """Return what raw rows say of where they are from, each once; of rows that say nothing the file."""
        found: dict[str, None] = {}
        for origin in origins:
            where = place(origin)
            texts = self._stated.get((where.file, where.sheet), {})
            rows = [text for a, b in runs.read(where.rows) for row, text in texts.items() if a <= row <= b]
            found.update(dict.fromkeys(rows or [where.file]))
        return list(found)

    def cited(self, origins: Iterable[str], digests: Collection[str]) -> Tables:
        """Return the reference tables, and of all else only what some raw rows say of where they are from.

        Parameters
        ----------
        origins : iterable of str
            Those rows. Of the files only theirs are named.
        digests : collection of str
            Files whose SHA-256 is told besides.
        """
        found = []
        for where in map(place, joined([origins])):
            within, texts = runs.read(where.rows), self._stated.get((where.file, where.sheet), {})
            rows = [row for row in texts if any(first <= row <= last for first, last in within)]
            found += [(where.file, where.sheet, row, texts[row]) for row in rows]
        said = pd.DataFrame(found, columns=["file", "sheet", "row", "source"])
        said["origins"] = [[origin] for origin in origins_of(said)] if found else []
        named = {place(origin).file for origin in origins} | {f"raw/{SYNTHETIC}"}
        others = (*PREPARED[1:], "aliases", "filings")
        return replace(
            self,
            **{name: getattr(self, name)[:0] for name in others},
            observations=said,
            texts=Texts(),
            files={
                file: self.files[file] if file in digests else "" for file in sorted(named & {*self.files})
            },
            warnings=[],
        )

    @cached_property
    def _stated(self) -> dict[tuple[str, str], dict[int, str]]:
        """What each raw row says of where it is from, by file and sheet."""
        found: dict[tuple[str, str], dict[int, str]] = {}
        for table in (self.observations, self.activities, self.highlights, self.measures):
            for lists, text in zip(table["origins"], table["source"], strict=True):
                for where in map(place, lists):
                    if text and where.rows.isdigit():
                        found.setdefault((where.file, where.sheet), {})[int(where.rows)] = text
        return found

    def outlets_named(self, texts: Mapping[str, Any]) -> list[str]:
        """Return the outlets that a text in several languages names, in the order of outlets.csv.

        Parameters
        ----------
        texts : mapping
            `text_<language>` of each language. An outlet counts as named where most of them have one of its
            names, in whatever language: a name may be an ordinary word in one of them.
        """
        words = [str(texts[f"text_{code}"]).casefold() for code in LANGUAGES]
        names = self.outlets[[f"name_{code}" for code in LANGUAGES]].map(str.casefold)
        return [
            str(code)
            for code, own in zip(names.index, names.to_numpy().tolist(), strict=True)
            if 2 * sum(any(name in text for name in own) for text in words) > len(words)
        ]

    def members(self, window: Window | None = None) -> pd.Index[str]:
        """Return the codes of the member organisations of a window (`membership.members`).

        Parameters
        ----------
        window : Window, optional
            The period's by default; one without an end is taken to end with the period.
        """
        ended = self._ended(window)
        if ended not in self._members:
            self._members[ended] = membership.members(self.organisations, ended)
        return self._members[ended]

    def reporting(self, window: Window | None = None) -> list[str]:
        """Return the codes of who is asked for a form and has a report of its own: members, the head office.

        A district is neither: what it did comes in the form of its parent, and stands in that one's report.
        """
        heads = self.organisations.index[self.organisations["kind"] == "head_office"]
        wanted = {*heads, *self.members(window)}
        return [str(code) for code in self.organisations.index if code in wanted]

    def told(self, rows: pd.DataFrame) -> set[str]:
        """Return the codes of those of whom rows with `organisation, start, end` tell.

        Rows of a part tell of the member, and what a unit has told of the year tells of its parts.
        """
        year = self.period.whole_year
        of_year = (rows["start"] == pd.Timestamp(year.start)) & (rows["end"] == pd.Timestamp(year.end))
        own, whole = set(rows["organisation"]), set(rows.loc[of_year, "organisation"])
        besides = {unit for part, unit in self._parts_of_year.items() if part in whole}
        besides |= {part for part, unit in self._parts_of_year.items() if unit in whole}
        return own | besides | {self.member(code) for code in own}

    def member(self, organisation: str) -> str:
        """Return which member of the period an organisation is a part of, where it is; else its own code."""
        return self._parts.get(organisation, organisation)

    def _ended(self, window: Window | None) -> Window:
        window = window or self.period.window
        return Window(window.start, window.end or max(self.period.end, window.start))

    @cached_property
    def _parts(self) -> dict[str, str]:
        """Whose parts the organisations are that are no members of the period."""
        return membership.parts(self.organisations, self.period.window)

    @cached_property
    def _parts_of_year(self) -> dict[str, str]:
        """The same of the period's year."""
        return membership.parts(self.organisations, self.period.whole_year.window)

    @cached_property
    def _current(self) -> dict[str, pd.DataFrame]:
        """The rows handed in for the period itself, of each table that has been asked for."""
        return {}

    @cached_property
    def _members(self) -> dict[Window, pd.Index[str]]:
        """The member organisations of each window that has been asked about."""
        return {}


def own_sites(outlets: pd.DataFrame) -> pd.Index[str]:
    """Return the codes of the union's own sites, in the order of the table."""
    return outlets.index[(outlets["channel"] == "website") & (outlets["level"] == "sector")]


def prepare(raw: Raw, period: Period) -> Tables:
    """Return checked raw tables as prepared ones.

    Raises
    ------
    DataError
        If the raw tables have errors.
    """
    if raw.errors:
        raise DataError(raw.errors)
    tables = raw.typed
    reference = {name: tables[name].set_index("code") for name in REFERENCE}
    observations = (
        tables["observations"]
        .pipe(bound, raw.settings["bounds"]["about"])
        .pipe(fill_channel, reference["outlets"])
    )
    items = count_items(raw.items, reference["outlets"])
    known = observations.pipe(_latest).pipe(_add_items, items)
    silent = register.silent(raw.filings, raw.items, known, reference["outlets"])
    return Tables(
        period=period,
        observations=pd.concat([known, silent], ignore_index=True) if len(silent) else known,
        items=raw.items,
        texts=raw.texts,
        **{name: tables[name] for name in ("activities", "highlights")},
        measures=carried(tables["measures"]),
        **reference,
        aliases=tables["aliases"],
        filings=_filings(raw),
        files=raw.files,
        warnings=[p for p in raw.problems if p.severity == "warning"],
        union=raw.union,
        settings=raw.settings,
    )


def _filings(raw: Raw) -> pd.DataFrame:
    """Return the forms handed in, with `state`: filled, untouched (sent as it was), unread."""
    rows = [
        (
            f.organisation,
            f.state,
            pd.Timestamp(f.filed) if f.filed else pd.NaT,
            f.batch,
            f.file,
            f.sheet,
            f.row,
        )
        for f in raw.filings
    ]
    frame = pd.DataFrame(rows, columns=["organisation", "state", "filed", "batch", "file", "sheet", "row"])
    lists = [[origin] for origin in origins_of(frame)] if rows else []
    frame = frame.assign(filed=pd.to_datetime(frame["filed"]).astype("datetime64[us]"), origins=lists)
    return frame.drop(columns=["file", "sheet", "row"]).astype(
        dict.fromkeys(("organisation", "state", "batch"), str)
    )


def _latest(observations: pd.DataFrame) -> pd.DataFrame:
    """Return figures as the latest batch has them; one repeated word for word stands once."""
    order = observations["batch"].map(Period.parse)
    return observations.loc[order.sort_values(kind="stable").index].drop_duplicates(KEY, keep="last")


def _add_items(observations: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Return figures with the counted items; a total reported for the same stands, the count beside it."""
    if items.empty:
        return observations.assign(counted=float("nan")).reset_index(drop=True)
    counted = items[[*KEY, "value"]].rename(columns={"value": "counted"})
    reported = observations.merge(counted, on=KEY, how="left")
    new = items.merge(observations[KEY], on=KEY, how="left", indicator=True)
    new = new[new["_merge"] == "left_only"].drop(columns="_merge").assign(counted=lambda d: d["value"])
    return pd.concat([reported, new], ignore_index=True)
