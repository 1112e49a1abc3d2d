"""The basis of the metrics of a report: volumes in the cuts they need, N of each window, who has reported."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from aqparat.bounds import Bounded
from aqparat.data.membership import in_force
from aqparat.data.origin import joined
from aqparat.data.prepare import Tables, own_sites
from aqparat.data.schemas import MEMBER_KINDS, TOTAL
from aqparat.metrics import figures
from aqparat.metrics.attendance import attendance
from aqparat.metrics.common_total import common_outlets, common_totals
from aqparat.metrics.completeness import filed
from aqparat.metrics.coverage import named, present
from aqparat.metrics.figures import SERIES, WHAT, WINDOW
from aqparat.metrics.index import Index
from aqparat.metrics.listed import listed
from aqparat.metrics.months import month_counts, period_months
from aqparat.metrics.penetration import penetration
from aqparat.metrics.plan import plan
from aqparat.metrics.pooled_rate import pooled_rate
from aqparat.metrics.rank import rank
from aqparat.metrics.rate import rate, training_reach
from aqparat.metrics.reported import reported
from aqparat.metrics.rhythm import active_months, calendar_months, issues
from aqparat.metrics.scope import Scope
from aqparat.metrics.units import common_units
from aqparat.metrics.volume import channel_totals, volume
from aqparat.settings import Settings


@dataclass(frozen=True, eq=False)
class Basis:
    """What the metrics of a report are computed from; each part is computed once, when it is asked for.

    Parameters
    ----------
    tables : Tables
        Prepared tables.
    history : bool
        Whether the organisations' own figures of all windows belong to it.
    """

    tables: Tables
    history: bool = False

    @property
    def settings(self) -> Settings:
        """The numbers that are a choice."""
        return self.tables.settings

    @property
    def items(self) -> tuple[str, ...]:
        """Indicators that count items, so that chance has a part in them."""
        return tuple(self.settings["indicators"]["items"])

    @property
    def level(self) -> float:
        """The level of intervals of chance."""
        return float(self.settings["interval"]["level"])

    @property
    def years(self) -> int:
        """How many past years tell a half's share of a year."""
        return int(self.settings["pace"]["years"])

    @cached_property
    def scope(self) -> Scope:
        """The windows that the report is about."""
        return Scope(self.tables.period)

    # Organisations

    @cached_property
    def head_office(self) -> pd.Index[str]:
        """Code of the head office."""
        kinds = self.tables.organisations["kind"]
        return kinds.index[kinds == "head_office"]

    @cached_property
    def member_codes(self) -> pd.Index[str]:
        """Codes of all organisations that are or were members."""
        kinds = self.tables.organisations["kind"]
        return kinds.index[kinds.isin(MEMBER_KINDS)]

    @cached_property
    def members(self) -> pd.DataFrame:
        """The member organisations of each window (`figures.membership`)."""
        return _members(self.tables, self.all_volumes)

    @cached_property
    def due(self) -> pd.DataFrame:
        """Figures of N, one a window: a count of rows of organisations.csv."""
        windows = self.members[WINDOW].drop_duplicates()
        codes = [self.tables.members(window) for window in figures.windows(windows)]
        counts = windows.assign(
            indicator="organisations",
            organisation=TOTAL,
            origins=[joined(self.tables.organisations.loc[c, "origins"]) for c in codes],
        )
        return _figures(counts, Bounded.exact([float(len(c)) for c in codes]))

    # Volumes

    @cached_property
    def all_volumes(self) -> pd.DataFrame:
        """Volumes of all windows."""
        observed = self.tables.observations
        members = _members(self.tables, observed)
        outlets, organisations = self.tables.outlets, self.tables.organisations
        publishers = organisations.index.difference(self.head_office)
        own = outlets["publisher"].isin(publishers) & outlets["level"].ne(
            "sector"
        )  # the union's is everybody's
        published = list(outlets.index[own])
        return volume(observed, members, list(self.head_office), self.stocks, organisations, published)

    @property
    def stocks(self) -> tuple[str, ...]:
        """Indicators counted at a moment: two halves do not add up to a year."""
        return tuple(self.settings["indicators"]["stocks"])

    @cached_property
    def people(self) -> pd.DataFrame:
        """Volumes of the indicator `members`."""
        return self.all_volumes[self.all_volumes["indicator"] == "members"]

    @cached_property
    def own_ids(self) -> set[str]:
        """Ids of the figures of the period's own batch, and of those a source names lowest or highest."""
        tables = self.tables
        rows, batches = tables.observations, tables.current("observations")["batch"].unique()
        rows = rows[rows["batch"].isin(batches) | rows["extreme"].ne("")]
        return set(figures.ids(rows, "volume"))

    @cached_property
    def near(self) -> pd.DataFrame:
        """Volumes of the windows that the report is about, and of those they are compared with."""
        return self.scope(self.all_volumes)

    @cached_property
    def volumes(self) -> pd.DataFrame:
        """Volumes that may stand in the report; of all windows where history is asked for."""
        if self.history:
            return self.all_volumes
        # The members last reported may be those of years ago.
        return self.scope(self.all_volumes, self.own_ids | set(self.people["id"]))

    @cached_property
    def all_units(self) -> pd.DataFrame:
        """Volumes by the units that two windows have in common (`common_units`)."""
        return common_units(self.all_volumes, self.tables.organisations, self.stocks)

    @cached_property
    def near_units(self) -> pd.DataFrame:
        """The same of the windows that the report is about, and of those they are compared with."""
        return self.scope(self.all_units)

    @cached_property
    def units(self) -> pd.DataFrame:
        """The same; of all windows where history is asked for."""
        return self.all_units if self.history else self.near_units

    @cached_property
    def united(self) -> pd.DataFrame:
        """Volumes of organisations that were split or joined, put together to be compared."""
        units = self.units
        return units[(units["parts"] != units["organisation"]) & ~units["id"].isin(self.volumes["id"])]

    @cached_property
    def flows(self) -> pd.DataFrame:
        """The union's volumes that are counted over a time."""
        return figures.totals(self.all_volumes[~self.all_volumes["indicator"].isin(self.stocks)])

    # Who is compared with whom

    @cached_property
    def comparable(self) -> pd.DataFrame:
        """Volumes that organisations are compared by, with `order` and `n` of the members."""
        return figures.among(figures.unmixed(self.near), self.members)

    @cached_property
    def channels(self) -> pd.DataFrame:
        """Figures of the metric `channel_total`."""
        return channel_totals(self.comparable)

    @cached_property
    def common_totals(self) -> pd.DataFrame:
        """Figures of the metric `common_total`, of indicators that count items."""
        outlets = common_outlets(self.all_volumes, self.members, self.items)
        return common_totals(self.near, outlets, self.tables.outlets.index)

    @cached_property
    def steady_units(self) -> pd.DataFrame:
        """Units without the figures of a channel that is told by outlets too, or in a window beside."""
        units, told = self.units, self.channels[SERIES].drop_duplicates()
        moved = units[SERIES].merge(told, on=SERIES, how="left", indicator="_moved")["_moved"]
        return units[(moved == "left_only").to_numpy()]

    @cached_property
    def steady_ranks(self) -> pd.DataFrame:
        """Ranks without those by what is left of a channel of which somebody tells outlets apart."""
        key = [*WHAT, *WINDOW]
        left = self.ranks[key].merge(
            self.channels[key].drop_duplicates(), on=key, how="left", indicator="_left"
        )["_left"]
        return self.ranks[(left == "left_only").to_numpy()]

    @cached_property
    def reported(self) -> pd.DataFrame:
        """Figures of who has reported each series."""
        return reported(self.comparable, self.members, self.due)

    @cached_property
    def present(self) -> pd.DataFrame:
        """Figures of how many organisations are present at all."""
        least = self.settings["coverage"]["least"]
        return present(self.comparable, self.tables.observations, self.members, least)

    # What the program counts itself

    @cached_property
    def filed(self) -> pd.DataFrame:
        """Figures of the members that filed, and filed on time."""
        return filed(self.tables)

    @cached_property
    def months(self) -> pd.DataFrame:
        """Items a month, of years whose items are all in a register."""
        return month_counts(self.tables.items, self.all_volumes, self.tables.outlets, self.years)

    @cached_property
    def own_sites(self) -> pd.DataFrame:
        """The union's own sites, as outlets by code."""
        return self.tables.outlets.loc[own_sites(self.tables.outlets)]

    @cached_property
    def period_months(self) -> pd.DataFrame:
        """Items on the union's own sites in each month of the period and of the same a year earlier.

        Of each organisation too, where its own report is made.
        """
        items = self.tables.items
        about = self.all_volumes, self.own_sites, self.tables.period
        items = items[items["outlet"].isin(self.own_sites.index)]
        of_union = period_months(items, *about)
        if not self.history:
            return of_union
        return figures.stacked(of_union, period_months(items, *about, of_organisations=True))

    @cached_property
    def listed(self) -> pd.DataFrame:
        """Languages and formats of the period's items on the union's own sites."""
        return listed(self.tables.items, self.own_sites, self.tables.period, self.counted_codes)

    @cached_property
    def counted_codes(self) -> pd.Index[str]:
        """Codes of the organisations that the union's items of the period are made of."""
        codes = [code for half in self.tables.period.halves for code in self.tables.members(half.window)]
        return pd.Index([*dict.fromkeys(codes), *self.head_office])

    @cached_property
    def active_months(self) -> pd.DataFrame:
        """Months of the period with an item; not of who was a member for a part of it: fewer are due then."""
        tables, here = self.tables, self.counted_codes
        found = active_months(tables.items, tables.outlets, tables.period, here, tables.observations)
        halves = [self.tables.members(half.window) for half in tables.period.halves]
        partly = self.member_codes[~self.member_codes.isin(halves[0][halves[0].isin(halves[-1])])]
        return found[~found["organisation"].isin(partly)]

    @cached_property
    def calendar_months(self) -> pd.DataFrame:
        """Months of the period, of each organisation with an item."""
        whose = pd.Index(self.active_months["organisation"].unique())
        return calendar_months(self.tables.organisations, self.tables.period, whose)

    @cached_property
    def issues(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Issues of papers that came out, and those that were due."""
        return issues(self.tables.items, self.tables.outlets, self.tables.period)

    @cached_property
    def attended(self) -> pd.DataFrame:
        """Participants of the activities handed in for the period."""
        margin = self.settings["bounds"]["about"]
        return attendance(self.tables.current("activities"), self.tables.period, margin)

    @cached_property
    def counted(self) -> pd.DataFrame:
        """All figures of the metric `volume`, each once."""
        frames = (
            self.volumes, named(self.tables.observations, self.members), self.due, self.filed, self.months,
            plan(self.tables),
            self.period_months, self.active_months, self.calendar_months, *self.issues,
            _monthly_issues(self.tables), _yearly_activities(self.tables), self.attended,
        )  # fmt: skip
        return figures.stacked(*frames).drop_duplicates("id")

    # Metrics that others are computed from

    @cached_property
    def rates(self) -> pd.DataFrame:
        """Figures of the metric `rate`."""
        return rate(self.near, self.items, self.level, self.people)

    @cached_property
    def pooled_rates(self) -> pd.DataFrame:
        """Figures of the metric `pooled_rate`, of the windows that the report is about."""
        return pooled_rate(self._here(self.near), self.people, self.members, ["publications"])

    @cached_property
    def penetrations(self) -> pd.DataFrame:
        """Figures of the metric `penetration`."""
        return penetration(self.near, self.people)

    @cached_property
    def rates_reported(self) -> dict[str, pd.DataFrame]:
        """Figures of who has a rate, by the metric that they are rates of; in the period and its year."""
        frames = {"rate": self.rates, "penetration": self.penetrations, "training_reach": self.reaches}
        return {
            name: reported(self._here(frame), self.members, self.due, f"_{name}")
            for name, frame in frames.items()
        }

    def _here(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Leave the windows that the report is about."""
        return frame[self.scope.about(frame)]

    @cached_property
    def reaches(self) -> pd.DataFrame:
        """Figures of the metric `training_reach`."""
        return training_reach(self.near, self.people)

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """Figures of the metric `rank`, but for ranks by the index."""
        return rank(self.comparable, self.reported, self.members)

    @cached_property
    def index(self) -> Index:
        """The activity index of the period and of a year earlier, with all that it is made from."""
        rates = {"rate": self.rates, "penetration": self.penetrations, "training_reach": self.reaches}
        how, period = self.settings["activity_index"], self.tables.period
        own = [(p.start, p.end) for p in (period, period.year_earlier)]
        window = pd.DataFrame(own, columns=WINDOW).astype("datetime64[us]")
        papers = _subscribed(self.tables, self.members)
        return Index.of(self.near, rates, self.tables.outlets, papers, window, self.members, self.due, how)


def _members(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the member organisations of each window, and of the period and its year."""
    own = [tables.period.window, tables.period.whole_year.window]
    windows = pd.DataFrame([(w.start, w.end) for w in own], columns=WINDOW).astype("datetime64[us]")
    halves = frame.loc[figures.kind(frame) == "half", WINDOW]
    january = halves["start"].to_numpy().astype("datetime64[Y]")
    years = pd.DataFrame({"start": january, "end": (january + 1).astype("datetime64[D]") - 1})
    years = years.astype("datetime64[us]")
    windows = pd.concat([frame[WINDOW], years, windows]).drop_duplicates()
    codes = [list(tables.members(window)) for window in figures.windows(windows)]
    told = windows.assign(organisation=codes).explode("organisation").dropna(subset=["organisation"])
    return figures.membership(windows, told)


def _subscribed(tables: Tables, members: pd.DataFrame) -> list[str]:
    """Return the papers that the union subscribes to, in the order of outlets.csv.

    Of these its total was handed in, or the copies of at least half of the members in some window.
    """
    copies = tables.observations[tables.observations["indicator"] == "copies"]
    total = set(copies.loc[copies["organisation"] == TOTAL, "outlet"])
    own = figures.parts(copies, members)
    counts = own.groupby(["outlet", *WINDOW], dropna=False).agg(
        n=("n", "first"), reporting=("organisation", "nunique")
    )
    many = set(counts.index[counts["reporting"] * 2 >= counts["n"]].get_level_values("outlet"))
    return [str(code) for code in tables.outlets.index if code in total | many]


def _monthly_issues(tables: Tables) -> pd.DataFrame:
    """Return issues a month as outlets.csv states them."""
    papers = tables.outlets[
        tables.outlets["issues_per_month"].notna()
        & tables.outlets["publisher"].ne("")
        & in_force(tables.outlets, tables.period.end)
    ]
    return _figures(
        papers.reset_index(names="outlet").assign(indicator="issues"),
        Bounded.exact(papers["issues_per_month"]),
        start=papers["valid_from"].fillna(pd.Timestamp(tables.period.start)).to_numpy(),
        end=pd.NaT,
        organisation=papers["publisher"].to_numpy(),
    )


def _yearly_activities(tables: Tables) -> pd.DataFrame:
    """Return activities a year as the table of activities states them."""
    yearly = tables.current("activities").dropna(subset=["per_year"])
    yearly = yearly.groupby(["organisation", "kind", "batch"], as_index=False, sort=False).agg(
        per_year=("per_year", "sum"), origins=("origins", joined)
    )
    yearly = yearly.drop_duplicates(["organisation", "kind"], keep="last")  # the later batch stands
    year = tables.period.whole_year
    return _figures(
        yearly.rename(columns={"kind": "indicator"}),
        Bounded.exact(yearly["per_year"]),
        start=year.start,
        end=year.end,
    )


def _figures(frame: pd.DataFrame, bounds: Bounded, **columns: Any) -> pd.DataFrame:
    """Return counts as figures; where a column of place is missing, they name no place."""
    filled = frame.assign(**columns)
    for name in ("outlet", "channel"):
        if name not in filled:
            filled[name] = ""
    dated = filled.assign(
        start=pd.to_datetime(filled["start"]).astype("datetime64[us]"),
        end=pd.to_datetime(filled["end"]).astype("datetime64[us]"),
    )
    return figures.finish(dated, "volume", bounds)
