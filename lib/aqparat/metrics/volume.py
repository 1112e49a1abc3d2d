"""Volume: what was counted, as reported, with the sums that follow from it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.membership import units
from aqparat.data.schemas import CHANNELS, MEMBER_KINDS, TOTAL
from aqparat.metrics import figures
from aqparat.metrics.figures import BASE, COLUMNS, KEY, SERIES, WHAT, WINDOW
from aqparat.metrics.units import common_units

TOGETHER = {"broadcasts": {"television", "radio"}}  # channels that a figure without a channel is of
_CHANNEL = ["indicator", "organisation", "channel", *WINDOW]
_LAST = pd.Timestamp(2200, 1, 1)  # after every window that has an end


def volume(
    observations: pd.DataFrame,
    members: pd.Index[str] | pd.DataFrame,
    head_office: Sequence[str] = (),
    stocks: Sequence[str] = (),
    organisations: pd.DataFrame | None = None,
    published: Collection[str] = (),
) -> pd.DataFrame:
    """Return every figure reported, and the sums that follow: years of halves, the union's of organisations.

    Parameters
    ----------
    observations : DataFrame
        Prepared observations.
    members : Index of str or DataFrame
        The N member organisations (`figures.membership`).
    head_office : sequence of str
        Codes whose own figures belong to the union's sum besides the members'.
    stocks : sequence of str
        Indicators that two halves of a year do not add up for.
    organisations : DataFrame, optional
        The reference table by code. With it a member that others are parts of has the sum of theirs where it
        has no figure of its own; and what was counted by an organisation that was a member for less than
        half of a half-year belongs to the union's sum, too.
    published : collection of str
        Outlets that an organisation other than the head office publishes: what one alone reported of them is
        no sum of the union's.

    Returns
    -------
    DataFrame
        Figures (`figures.COLUMNS`). A sum has the figures it adds up as `inputs` and their raw rows as
        `origins`. A sum over fewer than N organisations is a lower bound: `value` NaN, `high` inf; so is one
        without the head office where it has reported that outlet (that channel, where no outlet is named)
        by the window's end. A total that is reported stands as it is.

    Notes
    -----
    Formula: Σ x (domain, section 3).
    """
    stated = reported(observations)
    years = figures.kind(stated) == "year"
    halves = stated[~years]
    if organisations is not None:
        united = _of_units(halves, members, organisations, stocks)
        halves = _with_new(halves, united[figures.kind(united) != "year"])
    besides = _besides(halves, members, organisations, stocks)
    halves = _with_new(halves, _sums(halves, stated, members, head_office, published, besides))
    flows = halves[~halves["indicator"].isin(list(stocks))]
    whole = _with_new(stated[years], _years(flows))
    if organisations is not None:
        united = _of_units(figures.stacked(halves, whole), members, organisations, stocks)
        whole = _with_new(whole, united[figures.kind(united) == "year"])
    whole = _with_new(whole, _sums(whole, stated, members, head_office, published))
    return figures.stacked(halves, whole)


def _of_units(
    volumes: pd.DataFrame,
    members: pd.Index[str] | pd.DataFrame,
    organisations: pd.DataFrame,
    stocks: Sequence[str],
) -> pd.DataFrame:
    """Return the figures of members that others are parts of, put together from theirs."""
    told = units(organisations)
    of_them = volumes[volumes["organisation"].isin([*told["organisation"], *told["unit"]])]
    if of_them.empty:
        return figures.none()
    united = common_units(of_them, organisations, stocks)
    return figures.parts(united[~united["id"].isin(volumes["id"])], members)[COLUMNS]


def _besides(
    volumes: pd.DataFrame,
    members: pd.Index[str] | pd.DataFrame,
    organisations: pd.DataFrame | None,
    stocks: Sequence[str],
) -> pd.DataFrame:
    """Return what organisations counted in half-years that they were no members in the middle of.

    Without what stands in the figure of a member already, and what is counted at a moment.
    """
    if organisations is None or volumes.empty:
        return figures.none()
    kinds = organisations["kind"]
    told = volumes[volumes["organisation"].isin(kinds.index[kinds.isin(MEMBER_KINDS)])]
    told = figures.among(figures.unmixed(told), members)
    apart = told["n"].isna() & ~told["indicator"].isin(list(stocks)) & (figures.kind(told) == "half")
    used = {name for names in volumes["inputs"] for name in names}
    return told.loc[apart & ~told["id"].isin(used), COLUMNS]


def reported(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the figures reported, as figures."""
    empty = dict.fromkeys(("interval_low", "interval_high"), np.nan) | dict.fromkeys(BASE, pd.NaT)
    told = observations.assign(**empty, inputs=[()] * len(observations))
    return told.assign(id=figures.ids(told, "volume"))[COLUMNS]


def channel_totals(volumes: pd.DataFrame) -> pd.DataFrame:
    """Return what is known of a whole channel, where figures of it name outlets and one does not.

    Figures of single outlets and one of the channel without an outlet add up. Other outlets of the channel
    may be unreported, so the sum is a lower bound. The sum is there too where the same window a year earlier
    or later is told without an outlet: both have the channel as a whole, and nothing has ended or begun.
    Likewise television and radio (`TOGETHER`), where that window tells them together.

    Parameters
    ----------
    volumes : DataFrame
        Figures as `volume` gives them.

    Returns
    -------
    DataFrame
        Figures of the metric `channel_total`, without an outlet, of organisations and of the union; without a
        channel too where they are of several.
    """
    told = volumes[volumes["channel"].isin(CHANNELS)]
    whole = told["outlet"].eq("")
    numbers, _ = figures.grouped(told, _CHANNEL)
    wholes = np.bincount(numbers, whole)[numbers]
    mixed = (wholes > 0) & (wholes < np.bincount(numbers)[numbers])
    later = (wholes == 0) & _beside(told, told[whole], _CHANNEL)
    outlets = _add(told[mixed | later].assign(outlet="", open=True), "channel_total")
    apart = told[told["indicator"].isin(list(TOGETHER)) & told["outlet"].eq("")]
    together = volumes[volumes["outlet"].eq("") & volumes["channel"].eq("")].assign(channel="")
    apart = apart.assign(part=apart["channel"], channel="")
    apart = apart[_beside(apart, together, _CHANNEL)]
    if apart.empty:
        return outlets
    of = apart.groupby(_CHANNEL)["part"].agg(set).rename("parts").reset_index()
    apart = apart.merge(of, on=_CHANNEL)
    lacking = [parts != TOGETHER[i] for parts, i in zip(apart["parts"], apart["indicator"], strict=True)]
    return figures.stacked(outlets, _add(apart.assign(open=lacking), "channel_total"))


def _beside(rows: pd.DataFrame, others: pd.DataFrame, key: list[str]) -> npt.NDArray[np.bool_]:
    """Return which rows have another of the same key in the window a year earlier or later."""
    told = others.dropna(subset=WINDOW)
    years = (told.assign(**{c: told[c] + pd.DateOffset(years=by) for c in WINDOW}) for by in (1, -1))
    moved = {place for year in years for place in figures.keys(year, key)}
    return np.array([place in moved for place in figures.keys(rows, key)], dtype=bool)


def _with_new(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Add the rows whose figure is not there yet."""
    return figures.stacked(old, new[~new["id"].isin(old["id"])])


def _years(flows: pd.DataFrame) -> pd.DataFrame:
    """Add up years of which both halves are known."""
    halves = flows[figures.kind(flows) == "half"]
    year = halves["start"].dt.year
    both = halves.groupby([*SERIES, year])["id"].transform("size") == 2
    halves, year = halves[both].sort_values("start"), year[both]
    year = year[halves.index].astype(str)
    return _add(
        halves.assign(
            start=pd.to_datetime(year + "-01-01").astype("datetime64[us]"),
            end=pd.to_datetime(year + "-12-31").astype("datetime64[us]"),
        ),
        "volume",
    )


def _sums(
    stated: pd.DataFrame,
    ever: pd.DataFrame,
    members: pd.Index[str] | pd.DataFrame,
    head_office: Sequence[str],
    published: Collection[str],
    besides: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Sum what organisations reported; unreported ones leave the sum open above.

    What one alone reported is a lower bound, too: of a half-year or a year, and not of a paper of its own. Of
    what is counted to a day not stated, or of days of its own choice, two at least have to tell the same.

    Figures over several channels at once are not summed: each mixes channels of its own.
    """
    told = figures.unmixed(stated)
    own = figures.parts(told, members)
    heads = told[told["organisation"].isin(list(head_office))]
    rows = figures.stacked(own, heads.assign(order=-1, n=np.nan))
    if besides is not None and len(besides):
        rows = figures.stacked(rows, besides.assign(order=np.inf, n=np.nan))  # the last of a sum's parts
    if rows.empty:
        return figures.none()
    numbers, places = figures.grouped(rows, [*WHAT, *WINDOW])
    size, reporting = np.bincount(numbers), np.bincount(numbers, rows["n"].notna())
    headless = np.bincount(numbers, rows["order"] < 0) == 0
    due = np.full(len(places), np.nan)  # unknown where only the head office reported
    np.fmax.at(due, numbers, rows["n"].to_numpy(dtype=float))
    expected = _expected(rows, ever[ever["organisation"].isin(list(head_office))])
    silent = (reporting < due)[numbers] | (expected & headless[numbers])
    alone = figures.kind(rows).isin(["half", "year"]) & ~rows["outlet"].isin(list(published))
    enough = (size > 1)[numbers] | alone
    rows = rows.assign(organisation=TOTAL, open=silent)[enough & ~np.isnan(due)[numbers]]
    return _add(rows.sort_values("order", kind="stable"), "volume")


def _expected(rows: pd.DataFrame, heads: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return for each row whether the head office has reported its series by the end of its window."""
    first: dict[tuple[str, ...], pd.Timestamp] = {}
    for series, day in zip(figures.keys(heads, WHAT), heads["end"].fillna(heads["start"]), strict=True):
        first[series] = min(day, first.get(series, day))
    ends = zip(figures.keys(rows, WHAT), rows["end"].fillna(_LAST), strict=True)
    return np.array([series in first and first[series] <= end for series, end in ends])


def _add(rows: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Return figures added up by key; where `open` is set a sum is only a lower bound."""
    if rows.empty:
        return figures.none()
    summed = figures.added(rows, KEY)
    opened = summed["open"] if "open" in summed else pd.Series(False, index=summed.index)
    bounds = Bounded(
        summed["point"].mask(opened).to_numpy(),
        summed["low"].to_numpy(),
        summed["high"].mask(opened, np.inf).to_numpy(),
    )
    return figures.finish(summed, metric, bounds)
