"""What is wrong between rows: times, repetitions, totals and their parts, jumps, marks.

All of it is looked for among the rows that could be read; nothing here stops at the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import pyarrow as pa

from aqparat.data import register, schemas
from aqparat.data.items import bound, by_half_year, fill_channel
from aqparat.data.origin import origins, place
from aqparat.data.reading import signs, succession
from aqparat.data.reading.cells import Known
from aqparat.data.reading.raw import Filing
from aqparat.data.reading.validation import ADDRESS, row_problems
from aqparat.data.schemas import KEY, MEMBER_KINDS, QUALIFIERS, SERIES, TOTAL, WINDOW
from aqparat.period import Period
from aqparat.problem import Problem, nearest
from aqparat.settings import Settings

_HELD = ("organisations", "outlets", "indicators", "observations", "publications", "activities")
_PLACE = ["file", "sheet", "row"]


def check(
    tables: Mapping[str, pd.DataFrame],
    typed: Mapping[str, pd.DataFrame],
    items: pd.DataFrame,
    period: Period,
    settings: Settings,
    filings: Sequence[Filing] = (),
) -> list[Problem]:
    """Return what is wrong between the rows of all tables.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Mended text by table, with `file`, `sheet`, `row`, `batch`.
    typed : mapping of str to DataFrame
        The same rows with dates, numbers and codes (`cells.typed`).
    items : DataFrame
        The items of all registers without their texts, with those of long ones that are not in `typed`.
    period : Period
        The period of the report: only its own batch is held against the periods before.
    settings : Settings
    filings : sequence of Filing
        The forms handed in.

    Returns
    -------
    list of Problem
        Errors and warnings.
    """
    rows = {name: typed[name].assign(**tables[name][_PLACE]) for name in _HELD}
    organisations = rows["organisations"].drop_duplicates("code").set_index("code")
    outlets = rows["outlets"].drop_duplicates("code").set_index("code")
    indicators = rows["indicators"].drop_duplicates("code").set_index("code")
    looked_at, activities = rows["publications"], rows["activities"]
    items = items.assign(**_file_and_sheet(items["place"]))
    observed = (
        rows["observations"]
        .dropna(subset=["value", "start"])
        .pipe(_bounded, outlets, settings["bounds"]["about"])
    )
    return [
        *_out_of_period(items, observed, settings["checks"]),
        *_not_in_force(items, observed, activities, organisations, outlets),
        *_same_items(looked_at),
        *_not_addresses(looked_at),
        *_items_against_totals(items, observed, outlets),
        *_false_registers(filings, items, observed),
        *(_of_figures(observed, organisations, indicators, period, settings) if len(observed) else []),
    ]


def _file_and_sheet(places: pd.Series[Any]) -> dict[str, pd.Series[Any]]:
    """Return the file and the sheet that each place names."""
    named, found = [place(f"{text}1") for text in places.cat.categories], {}
    for part in ("file", "sheet"):
        numbers, different = pd.factorize(
            pd.Index([getattr(where, part) for where in named], dtype=str), sort=True
        )
        each = pd.Categorical.from_codes(numbers[places.cat.codes], different)
        found[part] = pd.Series(each, index=places.index)
    return found


def _of_figures(
    observed: pd.DataFrame,
    organisations: pd.DataFrame,
    indicators: pd.DataFrame,
    period: Period,
    settings: Settings,
) -> Iterator[Problem]:
    """Return what is wrong between figures."""
    yield from _not_whole(observed, indicators)
    yield from _conflicts(observed)
    yield from _revised(observed)
    twice = succession.doubled(_numbers(observed), organisations, settings["indicators"]["stocks"])
    yield from succession.told(twice, organisations)
    counted = observed[~observed.index.isin(twice.index[~twice["both"].astype(bool)])]
    yield from _parts_above_total(counted, organisations)
    yield from _halves_above_year(observed, settings["indicators"]["stocks"])
    yield from _jumps(observed, period, settings["checks"])
    yield from _false_extremes(observed, organisations)


def repeated(frame: pd.DataFrame, again: pd.Series[bool], key: list[str], code: str) -> list[Problem]:
    """Return rows that repeat an earlier one, each with the place of the first."""
    rows = frame[again]
    if rows.empty:
        return []
    same = frame[frame.duplicated(key, keep=False)]
    firsts = same.assign(first=origins(same)).groupby(key, dropna=False)["first"].transform("first")
    return [
        problem
        for first, part in rows.groupby(firsts[rows.index], sort=False)
        for problem in row_problems(code, part, None, str(first), severity="warning")
    ]


def lost_aliases(tables: Mapping[str, pd.DataFrame], known: Known) -> Iterator[Problem]:
    """Return aliases that point to a code that does not exist."""
    for table, rows in tables["aliases"].dropna(subset=["table", "code"]).groupby("table"):
        if table in schemas.REFERENCE:
            codes = sorted(tables[str(table)]["code"].dropna())
            lost = rows[~rows["code"].isin(codes)]
            near = {text: nearest(text, codes) for text in lost["code"].unique()}
            among = partial(known.nearest, str(table))
            what = f"unknown_{str(table).removesuffix('s')}"
            yield from row_problems(what, lost, "code", near=near.get, among=among)


def one_union(rows: pd.DataFrame) -> list[Problem]:
    """Return the fault of several unions named, or none: then the report does not say whose it is."""
    if rows.empty:
        return [Problem("no_union", "raw/reference/union.csv", severity="warning")]
    return row_problems("several_unions", rows.iloc[1:])


def _bounded(observed: pd.DataFrame, outlets: pd.DataFrame, margin: float) -> pd.DataFrame:
    stated = observed[observed["qualifier"].isin(QUALIFIERS) & (observed["value"] >= 0)]
    return stated.pipe(bound, margin).pipe(fill_channel, outlets)


def _of_batch(batches: pd.Series[Any], edge: str) -> pd.Series[Any]:
    days = {b: pd.Timestamp(getattr(Period.parse(b), edge)) for b in batches.unique()}
    return batches.map(days).astype("datetime64[us]")


def _out_of_period(
    items: pd.DataFrame, observed: pd.DataFrame, limits: Mapping[str, Any]
) -> Iterator[Problem]:
    """Return items outside the half-year they came for; figures that begin after it or end long after."""
    handed = {edge: _of_batch(items["batch"], edge) for edge in ("start", "end")}
    outside = items[(items["date"] > handed["end"]) | (items["date"] < handed["start"])]
    for batch, part in outside.groupby("batch"):
        period = Period.parse(str(batch))
        inside = f"{period.start}/{period.end}"
        late = part[part["date"] > pd.Timestamp(period.end)]
        yield from row_problems("after_period", _shown(late, "date"), "date", inside)
        early = part[part["date"] < pd.Timestamp(period.start)]
        yield from row_problems("before_period", _shown(early, "date"), "date", inside, severity="warning")
    for batch, part in observed.groupby("batch"):
        end = pd.Timestamp(Period.parse(str(batch)).end)
        late = end + pd.DateOffset(years=limits["years_ahead"])
        for edge, last in (("start", end), ("end", late)):
            beyond = part[part[edge] > last]
            if len(beyond):
                yield from row_problems("after_period", _shown(beyond, edge), edge, f"/{last.date()}")


def _shown(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return a frame with the dates of a column as text again."""
    return frame.assign(**{column: frame[column].dt.strftime("%Y-%m-%d")})


def _not_in_force(
    items: pd.DataFrame,
    observed: pd.DataFrame,
    activities: pd.DataFrame,
    organisations: pd.DataFrame,
    outlets: pd.DataFrame,
) -> Iterator[Problem]:
    """Return rows whose organisation or outlet did not exist at the time they speak of."""
    for column, table, code in (
        ("organisation", organisations, "organisation_not_in_force"),
        ("outlet", outlets, "outlet_not_in_force"),
    ):
        bounded = table.index[table[["valid_from", "valid_to"]].notna().any(axis=1)]
        for whole, first, last in (
            (items, "date", "date"),
            (observed, "start", "end"),
            (activities, "start", "end"),
        ):
            if column not in whole:
                continue
            frame = whole[whole[column].isin(bounded)]
            if frame.empty:
                continue
            begun = pd.to_datetime(frame[column].map(table["valid_from"].to_dict()))
            ended = pd.to_datetime(frame[column].map(table["valid_to"].to_dict()))
            out = (frame[last].fillna(frame[first]) < begun) | (frame[first] > ended)
            if last != first:  # a window without an end reaches on
                out = ((frame[last] < begun) & frame[last].notna()) | (frame[first] > ended)
            for name, part in frame[out].groupby(column):
                since, until = table.loc[name, "valid_from"], table.loc[name, "valid_to"]
                when = "/".join("" if pd.isna(day) else str(day.date()) for day in (since, until))
                then = succession.beside(table, str(name), bool(part[first].max() < since))
                near = dict.fromkeys(part[column].astype(str), then).get
                yield from row_problems(code, part, column, when, near)


def _not_whole(observed: pd.DataFrame, indicators: pd.DataFrame) -> list[Problem]:
    """Return fractions of what is counted in whole units."""
    whole = observed["indicator"].map(indicators["decimals"]) == 0
    return row_problems("not_count", _numbers(observed)[whole & (observed["value"] % 1 != 0)], "value")


_SIGNS = {"more_than": ">", "at_least": "≥", "about": "≈", "at_most": "≤", "less_than": "<"}


def _numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """Return figures with their values as text, as exactly as they are known: `60`, `> 60`."""
    marks = (_SIGNS.get(qualifier, "") for qualifier in frame["qualifier"])
    told = [f"{sign} {value:.12g}".lstrip() for sign, value in zip(marks, frame["value"], strict=True)]
    return frame.assign(value=told)


def _same_items(items: pd.DataFrame) -> list[Problem]:
    """Return items with the same title, date and outlet that differ in something else."""
    titled = items[items["date"].notna() & items["title"].ne("")]
    key = ["date", "outlet", "title"]
    folded = titled.assign(title=signs.plain(pa.array(titled["title"], pa.string())))
    return repeated(folded, folded.duplicated(key), key, "same_item")


def _not_addresses(items: pd.DataFrame) -> list[Problem]:
    given = items[items["url"].ne("")]
    return row_problems("not_address", given[~given["url"].str.match(ADDRESS)], "url", severity="warning")


def _conflicts(observed: pd.DataFrame) -> Iterator[Problem]:
    """Return figures that one batch gives twice with different values, each with the places of the others."""
    several = observed[observed.duplicated([*KEY, "batch"], keep=False)]
    if several.empty:
        return
    groups = several.groupby([*KEY, "batch"], dropna=False)
    differing = (groups["value"].transform("nunique") > 1) | (groups["qualifier"].transform("nunique") > 1)
    shown = _numbers(several)[differing]
    if shown.empty:
        return
    shown = shown.assign(stated=shown["value"] + " (" + origins(shown) + ")")
    for _, part in shown.groupby([*KEY, "batch"], dropna=False):
        for row in range(len(part)):
            others = part["stated"].drop(part.index[row])
            yield from row_problems("conflict", part.iloc[[row]], "value", ", ".join(others))


def _revised(observed: pd.DataFrame) -> Iterator[Problem]:
    """Return figures that a later batch gives anew with another value; the later one stands."""
    again = observed[observed.duplicated(KEY, keep=False)]
    if again.empty:
        return
    order = again.assign(handed=_of_batch(again["batch"], "end")).sort_values("handed", kind="stable")
    told = _numbers(order)
    before = told.groupby(KEY, dropna=False)[["value", "batch"]].shift()
    changed = (
        before["batch"].notna() & (before["batch"] != told["batch"]) & (before["value"] != told["value"])
    )
    for (value, batch), part in told[changed].groupby([before["value"], before["batch"]]):
        yield from row_problems("revised", part, "value", f"{value} ({batch})", severity="warning")


def _items_against_totals(
    items: pd.DataFrame, observed: pd.DataFrame, outlets: pd.DataFrame
) -> Iterator[Problem]:
    """Return reported totals that the item rows of their organisation, outlet and half-year contradict."""
    if items.empty or observed.empty:
        return
    counted = (
        by_half_year(items)
        .rename(columns={"n": "counted"})
        .assign(indicator="publications", channel="")
        .pipe(fill_channel, outlets)
    )
    both = observed.merge(counted, on=KEY)
    apart = both[(both["counted"] < both["low"]) | (both["counted"] > both["high"])]
    for count, part in _numbers(apart).groupby("counted"):
        yield from row_problems("items_against_total", part, "value", str(count), severity="warning")


def _false_registers(
    filings: Sequence[Filing], items: pd.DataFrame, observed: pd.DataFrame
) -> Iterator[Problem]:
    """Return forms that say that the register is complete though it is not: the answer is not used."""
    for filing in filings:
        if filing.complete is None:
            continue
        fault = register.fault(filing.organisation, filing.batch, items, observed)
        if fault:
            yield Problem(
                fault.code,
                filing.file,
                row=filing.complete,
                column="complete",
                found=fault.found,
                expected=fault.outlet,
                severity="warning",
                sheet=filing.sheet,
            )


def _parts_above_total(observed: pd.DataFrame, organisations: pd.DataFrame) -> Iterator[Problem]:
    """Return totals that the organisations' own figures surely exceed; districts are part of a region."""
    kinds = observed["organisation"].map(organisations["kind"])
    key = ["indicator", "outlet", "channel", *WINDOW]
    latest = observed.drop_duplicates(KEY, keep="last")
    own = latest[kinds.reindex(latest.index).isin([*MEMBER_KINDS, "head_office"])]
    sums = own.groupby(key, dropna=False)["low"].sum().rename("parts").reset_index()
    both = latest[latest["organisation"] == TOTAL].merge(sums, on=key)
    above = both[both["parts"] > both["high"]]
    for parts, rows in _numbers(above).groupby("parts"):
        yield from row_problems("parts_above_total", rows, "value", f"{parts:.12g}", severity="warning")


def _halves_above_year(observed: pd.DataFrame, stocks: Sequence[str]) -> Iterator[Problem]:
    """Return yearly figures of what adds up over time that the halves of the year surely exceed."""
    flows = observed[~observed["indicator"].isin(stocks)].dropna(subset=["end"])
    flows = flows.drop_duplicates(KEY, keep="last").assign(year=lambda d: d["start"].dt.year)
    days = (flows["end"] - flows["start"]).dt.days + 1
    halves = flows[days.between(181, 184)].groupby([*SERIES, "year"])["low"].sum().rename("halves")
    both = flows[days.between(365, 366)].merge(halves.reset_index(), on=[*SERIES, "year"])
    above = both[both["halves"] > both["high"]]
    for halves_, rows in _numbers(above).groupby("halves"):
        yield from row_problems("halves_above_year", rows, "value", f"{halves_:.12g}", severity="warning")


def _jumps(observed: pd.DataFrame, period: Period, limits: Mapping[str, Any]) -> Iterator[Problem]:
    """Return figures many times larger or smaller than those of the window before."""
    stated = observed.dropna(subset=["end"]).drop_duplicates(KEY, keep="last")
    stated = stated.assign(days=((stated["end"] - stated["start"]).dt.days + 5) // 30).sort_values("start")
    before = stated.groupby([*SERIES, "days"])[["start", "end", "low", "high", "value"]].shift()
    next_to = (stated["start"] - before["end"]).dt.days.between(0, 2)
    year_on = (stated["start"] - before["start"]).dt.days.between(365, 366)
    far = (stated["low"] > limits["jump"] * before["high"]) | (
        limits["jump"] * stated["high"] < before["low"]
    )
    large = stated[["high"]].join(before["low"].rename("least"))
    far &= (stated["low"] >= limits["jump_least"]) | (large["least"] >= limits["jump_least"])
    current = stated["batch"].map({b: Period.parse(b).end in period for b in stated["batch"].unique()})
    for value, part in _numbers(stated)[far & (next_to | year_on) & current.astype(bool)].groupby(
        before["value"]
    ):
        yield from row_problems("jump", part, "value", f"{value:.12g}", severity="warning")


def _false_extremes(observed: pd.DataFrame, organisations: pd.DataFrame) -> Iterator[Problem]:
    """Return rows named lowest or highest in the source though another's figure is beyond them."""
    members = observed[observed["organisation"].map(organisations["kind"]).isin(MEMBER_KINDS)]
    key = ["indicator", "outlet", "channel", *WINDOW]
    groups = members[members["extreme"].eq("")].groupby(key, dropna=False)
    beyond = pd.concat([groups["high"].min().rename("least"), groups["low"].max().rename("most")], axis=1)
    marked = members[members["extreme"].ne("")].merge(beyond.reset_index(), on=key)
    lower = marked[(marked["extreme"] == "lowest") & (marked["least"] < marked["low"])]
    higher = marked[(marked["extreme"] == "highest") & (marked["most"] > marked["high"])]
    for rows, column in ((lower, "least"), (higher, "most")):
        for value, part in rows.groupby(column):
            yield from row_problems("false_extreme", part, "extreme", f"{value:.12g}", severity="warning")
