"""Facts: every number of a report, once, with an id that is the same in every language and run."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from aqparat.data.origin import Place, place
from aqparat.period import Window


@dataclass(frozen=True)
class Fact:
    """One number: what it is about, what it is, and the raw rows it comes from.

    Parameters
    ----------
    id : str
        Metric, indicator, organisation, outlet or channel, window, base window, joined by dots.
    metric, indicator, organisation : str
        Codes; the organisation is TOTAL for the union.
    outlet, channel : str
        Codes; empty where there is none.
    window, base : Window
        Dates counted; `base` only for comparisons.
    value : float or None
        The stated or computed number; None where only bounds are known.
    low, high : float or None
        Bounds, inclusive; None where unbounded.
    qualifier : str
        How the number is to be worded (contract, section 2).
    unit : str
    origins : tuple of str
        Raw rows, as `aqparat.data.origin` writes them; empty for a derived fact.
    inputs : tuple of str
        Ids of the facts it is computed from, in the order of its formula; empty for others.
    interval_low, interval_high : float or None
        What chance may do; None where the metric has no such interval.
    """

    id: str
    metric: str
    indicator: str
    organisation: str
    outlet: str
    channel: str
    window: Window
    base: Window | None
    value: float | None
    low: float | None
    high: float | None
    qualifier: str
    unit: str
    origins: tuple[str, ...]
    inputs: tuple[str, ...] = ()
    interval_low: float | None = None
    interval_high: float | None = None

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Fact:
        """Give the fact of an object of facts.json; its sources stay in the object.

        Raises
        ------
        KeyError, TypeError, ValueError
            If it is not such an object.
        """
        start, end, base_start, base_end = (
            date.fromisoformat(record[k]) if record[k] is not None else None
            for k in ("start", "end", "base_start", "base_end")
        )
        texts = [record[k] for k in ("id", "metric", "indicator", "organisation", "qualifier", "unit")]
        numbers = [record[k] for k in ("value", "low", "high")]
        if start is None or not all(isinstance(text, str) for text in texts):
            raise ValueError("not a fact")
        if not all(n is None or (isinstance(n, int | float) and math.isfinite(n)) for n in numbers):
            raise ValueError("not a number")
        return cls(
            id=texts[0],
            metric=texts[1],
            indicator=texts[2],
            organisation=texts[3],
            outlet=str(record["outlet"] or ""),
            channel=str(record["channel"] or ""),
            window=Window(start, end),
            base=Window(base_start, base_end) if base_start else None,
            value=numbers[0],
            low=numbers[1],
            high=numbers[2],
            qualifier=texts[4],
            unit=texts[5],
            origins=(),
        )

    @property
    def least(self) -> float:
        """Lower bound for comparing; -inf where unbounded."""
        return -math.inf if self.low is None else self.low

    @property
    def most(self) -> float:
        """Upper bound for comparing; inf where unbounded."""
        return math.inf if self.high is None else self.high

    def record(self, files: Mapping[str, str]) -> dict[str, Any]:
        """Give the object that stands in facts.json (contract, section 4)."""
        return {
            "id": self.id,
            "metric": self.metric,
            "indicator": self.indicator,
            "organisation": self.organisation,
            "outlet": self.outlet or None,
            "channel": self.channel or None,
            "start": _iso(self.window.start),
            "end": _iso(self.window.end),
            "base_start": _iso(self.base.start) if self.base else None,
            "base_end": _iso(self.base.end) if self.base else None,
            "value": _plain(self.value),
            "low": _plain(self.low),
            "high": _plain(self.high),
            "qualifier": self.qualifier,
            "unit": self.unit,
            "sources": [_source(place(origin), files) for origin in self.origins],
        }


class Facts:
    """The facts of a report, looked up by what they are about."""

    def __init__(self, facts: list[Fact]) -> None:
        self._by_id = {fact.id: fact for fact in facts}
        if len(self._by_id) != len(facts):
            raise ValueError("two facts have one id")

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, fact_id: object) -> bool:
        return fact_id in self._by_id

    def __getitem__(self, fact_id: str) -> Fact:
        return self._by_id[fact_id]

    def select(self, metric: str, **about: Any) -> list[Fact]:
        """Give the facts of a metric whose attributes equal those named, earliest window first.

        Parameters
        ----------
        metric : str
            Name of the metric.
        **about
            `indicator, organisation, outlet, channel, window, base`; a set means any of it.
        """
        wanted = {k: v if isinstance(v, set | frozenset) else {v} for k, v in about.items()}
        found = [f for f in self if f.metric == metric and all(getattr(f, k) in v for k, v in wanted.items())]
        return sorted(found, key=lambda f: (f.window.start, f.window.end or date.max, f.id))

    def one(self, metric: str, **about: Any) -> Fact | None:
        """Give the last of what `select` finds, or None."""
        found = self.select(metric, **about)
        return found[-1] if found else None


def _source(row: Place, files: Mapping[str, str]) -> dict[str, Any]:
    sheet = {"sheet": row.sheet} if row.sheet else {}
    return {"file": row.file, **sheet, "row": row.row, "sha256": files[row.file]}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(number: float | None) -> float | int | None:
    return int(number) if number is not None and number == int(number) else number
