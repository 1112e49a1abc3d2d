"""Facts: every number of a report, once, with an id that is the same in every language and run.

Together they are a graph: each derived fact names the facts it is computed from, down to raw rows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, product
from typing import Any

from aqparat.data.origin import Place, joined, place
from aqparat.data.precedence import Precedence
from aqparat.period import Window

MOST = 1e30  # a number of a report is far below; what is read and is not, nobody can write out


@dataclass(frozen=True)
class Fact:
    """One number: what it is about, what it is, and what it is made from.

    It is *counted* (it stands in raw rows, or is a count or sum of them) and has `origins`, or *derived* and
    has `inputs`.

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
        Bounds that reporting leaves open, inclusive; None where unbounded.
    qualifier : str
        How the number is to be worded (contract, section 2).
    unit : str
    origins : tuple of str
        Raw rows, as `aqparat.data.origin` writes them.
    inputs : tuple of str
        Ids of the facts it is computed from, in the order of its formula.
    interval_low, interval_high : float or None
        What chance may do; None where it has no part in the number, or no bound.
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
    origins: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    interval_low: float | None = None
    interval_high: float | None = None

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Fact:
        """Return the fact of an object of facts.json; its sources stay in the object.

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
        numbers += [record.get(k) for k in ("interval_low", "interval_high")]
        spot = ["" if record[k] is None else record[k] for k in ("outlet", "channel")]
        inputs = record.get("inputs", ())
        texts += [*spot, *inputs]
        if start is None or not all(isinstance(text, str) and text.isprintable() for text in texts):
            raise ValueError("not a fact")
        if not all(n is None or (isinstance(n, int | float) and abs(n) < MOST) for n in numbers):
            raise ValueError("not a number")
        return cls(
            id=texts[0],
            metric=texts[1],
            indicator=texts[2],
            organisation=texts[3],
            outlet=spot[0],
            channel=spot[1],
            window=Window(start, end),
            base=Window(base_start, base_end) if base_start else None,
            value=numbers[0],
            low=numbers[1],
            high=numbers[2],
            qualifier=texts[4],
            unit=texts[5],
            inputs=tuple(inputs),
            interval_low=numbers[3],
            interval_high=numbers[4],
        )

    @property
    def least(self) -> float:
        """Lower bound for comparing; -inf where unbounded."""
        return -math.inf if self.low is None else self.low

    @property
    def most(self) -> float:
        """Upper bound for comparing; inf where unbounded."""
        return math.inf if self.high is None else self.high

    @property
    def chance_least(self) -> float:
        """Lower bound for comparing where chance counts too: that of the interval, where there is one."""
        return self.least if self.interval_low is None else self.interval_low

    @property
    def chance_most(self) -> float:
        """Upper bound for comparing where chance counts too: that of the interval, where there is one."""
        return self.most if self.interval_high is None else self.interval_high

    def beside(self, metric: str) -> str:
        """Return the id that the fact of another metric has which is about the same."""
        return self.id.replace(f"{self.metric}.", f"{metric}.", 1)

    def record(self) -> dict[str, Any]:
        """Return the object that stands in facts.json (contract, section 4)."""
        chance = self.interval_low is not None or self.interval_high is not None
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
            **({"interval_low": _plain(self.interval_low)} if chance else {}),
            **({"interval_high": _plain(self.interval_high)} if chance else {}),
            "qualifier": self.qualifier,
            "unit": self.unit,
            **(
                {"inputs": list(self.inputs)}
                if self.inputs
                else {"sources": [_source(place(origin)) for origin in self.origins]}
            ),
        }


class Facts:
    """The facts of a report, looked up by what they are about.

    Parameters
    ----------
    facts : iterable of Fact
    precedence : Precedence, optional
        Which of those of one window comes first.

    Raises
    ------
    ValueError
        If two facts have one id.
    """

    def __init__(self, facts: Iterable[Fact], precedence: Precedence = Precedence()) -> None:  # noqa: B008
        self.precedence = precedence
        self._by_id: dict[str, Fact] = {}
        self._by_metric: dict[str, list[Fact]] = {}
        self._lists: dict[tuple[str, tuple[str, ...]], dict[tuple[Any, ...], list[Fact]]] = {}
        self._orders: dict[str, tuple[Any, ...]] = {}
        for fact in facts:
            if fact.id in self._by_id:
                raise ValueError(f"two facts have one id: {fact.id}")
            self._by_id[fact.id] = fact
            self._by_metric.setdefault(fact.metric, []).append(fact)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, fact_id: object) -> bool:
        return fact_id in self._by_id

    def __getitem__(self, fact_id: str) -> Fact:
        return self._by_id[fact_id]

    def select(self, metric: str, **about: Any) -> list[Fact]:
        """Return the facts of a metric whose attributes equal those named, in order (`in_order`).

        Parameters
        ----------
        metric : str
            Name of the metric.
        **about
            `indicator, organisation, outlet, channel, window, base`; a set means any of it.
        """
        known = self._listed(metric, tuple(about))
        wanted = [v if isinstance(v, set | frozenset) else (v,) for v in about.values()]
        if math.prod(map(len, wanted)) <= len(known):
            lists = [known[key] for key in product(*wanted) if key in known]
        else:
            lists = [
                own for key, own in known.items() if all(k in v for k, v in zip(key, wanted, strict=True))
            ]
        return list(lists[0]) if len(lists) == 1 else self.in_order(chain(*lists))

    def _listed(self, metric: str, names: tuple[str, ...]) -> dict[tuple[Any, ...], list[Fact]]:
        """Return the facts of a metric by some attributes, in the order of `select`."""
        if (metric, names) not in self._lists:
            lists: dict[tuple[Any, ...], list[Fact]] = {}
            if names:
                for fact in self._listed(metric, ()).get((), ()):
                    lists.setdefault(tuple([getattr(fact, name) for name in names]), []).append(fact)
            elif metric in self._by_metric:
                lists[()] = self.in_order(self._by_metric[metric])
            self._lists[metric, names] = lists
        return self._lists[metric, names]

    def in_order(self, facts: Iterable[Fact]) -> list[Fact]:
        """Put facts in the order of time, then of the reference tables (`Precedence`), not of codes."""
        return sorted(facts, key=self._order)

    def _order(self, fact: Fact) -> tuple[Any, ...]:
        if fact.id not in self._orders:
            self._orders[fact.id] = order_of(fact, self.precedence)
        return self._orders[fact.id]

    def one(self, metric: str, **about: Any) -> Fact | None:
        """Return the last of what `select` finds, or None."""
        found = self.select(metric, **about)
        return found[-1] if found else None

    def behind(self, ids: Iterable[str]) -> list[str]:
        """Return these ids and those of all facts they are computed from, each once.

        Parameters
        ----------
        ids : iterable of str
            One that is not here is passed over.

        Returns
        -------
        list of str
            Those asked for first, then the inputs, level by level.
        """
        found: dict[str, None] = {}
        level = [i for i in dict.fromkeys(ids) if i in self]
        while level:
            found.update(dict.fromkeys(level))
            inputs = (i for fact_id in level for i in self[fact_id].inputs)
            level = [i for i in dict.fromkeys(inputs) if i not in found and i in self]
        return list(found)

    def origins(self, fact: Fact) -> list[str]:
        """Return the raw rows that a fact rests on, its inputs' and theirs too."""
        return joined([fact.origins, *(self[i].origins for i in self.behind(fact.inputs))])


def order_of(fact: Fact, precedence: Precedence) -> tuple[Any, ...]:
    """Return what facts of one metric are put in order by: time, earliest first, then what they are about."""
    series = precedence.series(fact.indicator, fact.organisation, fact.outlet, fact.channel)
    base = fact.base.start if fact.base else date.min
    return fact.window.start, fact.window.end or date.max, *series, base, fact.id


def _source(where: Place) -> dict[str, Any]:
    sheet = {"sheet": where.sheet} if where.sheet else {}
    return {"file": where.file, **sheet, "rows": where.rows}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(number: float | None) -> float | int | None:
    return int(number) if number is not None and number == int(number) else number
