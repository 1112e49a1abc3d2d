"""The formulas of single facts: each from the published facts it names, in the order of the contract."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from aqparat.publish.evaluate import number as arithmetic
from aqparat.publish.evaluate.graph import (
    SERIES,
    TOTAL,
    VOLUMES,
    WHERE,
    WINDOW,
    Graph,
    Record,
    based,
    day,
    is_of,
    need,
    same,
    within,
)
from aqparat.publish.evaluate.number import Interval, Number


@dataclass(frozen=True)
class Result:
    """What a fact is by its formula; `interval` only where chance has a part in it."""

    number: Number
    interval: Interval | None = None


Formula = Callable[[Record, Sequence[Record], Graph], Result]
_COUNTED = {  # what is counted, out of what
    "organisations": ("organisations_filed", "organisations"),
    "organisations_on_time": ("organisations_on_time", "organisations_filed"),
    "publications": ("active_months", "calendar_months"),
    "issues": ("issues_out", "issues_due"),
}
_KINDS = {"common_growth": {"common_total"}, "common_ratio": {"common_total"}}  # what compares no volumes
_LIMITS = {"limit_95": "funnel.inner", "limit_998": "funnel.outer"}
_RATES = ("rate", "penetration", "training_reach")
_DIFFERING = ("tally", "component", "activity_index")


def reported(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Count those that have a figure."""
    n, figures = graph.standing(record)
    need(len(figures) > 0)
    kind = figures[0]["metric"]
    need(kind in (*VOLUMES, *_RATES, "component", "score"))
    suffix = "" if kind in VOLUMES else f"_{kind}"
    whose = {f["organisation"] for f in figures}
    need(*(is_of(f, kind) and f["indicator"] + suffix == record["indicator"] for f in figures))
    need(*(within(f, record) and same(f, record, *WHERE) for f in figures))
    need(TOTAL not in whose, len(whose) == len(figures) <= n, record["organisation"] == TOTAL)
    count = float(len(figures))
    return Result(Number(count, count, count))


def summed(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Add up organisations, outlets of a channel or halves of a year; open above where a part is missing."""
    metrics = VOLUMES if record["metric"] == "channel_total" else {"volume"}
    need(len(inputs) > 0, *(is_of(i, metrics, indicator=record["indicator"]) for i in inputs))
    if all(within(i, record) for i in inputs):
        need(len({tuple(i[k] for k in SERIES) for i in inputs}) == len(inputs))
        together = record["metric"] == "channel_total" and not record["channel"]
        need(together or all(i["channel"] == record["channel"] for i in inputs))
        if record["metric"] == "volume":
            need(*(i["outlet"] == record["outlet"] for i in inputs))
    else:
        ordered = sorted(inputs, key=lambda i: i["start"])
        need(*(same(i, record, *SERIES) and i["end"] is not None for i in inputs))
        need(*(day(a["end"]) + timedelta(1) == day(b["start"]) for a, b in pairwise(ordered)))
        need(ordered[0]["start"] == record["start"], ordered[-1]["end"] == record["end"])
    parts = all(i["organisation"] != TOTAL for i in inputs) and record["organisation"] == TOTAL
    return _sum(record, inputs, must=parts and graph.silent(record))


def common_total(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Add up the outlets of a channel that most organisations report; open where one is missing."""
    need(len(inputs) > 0, not record["outlet"], bool(record["channel"]))
    need(*(is_of(i, "volume") and within(i, record) and bool(i["outlet"]) for i in inputs))
    need(*(same(i, record, "indicator", "organisation", "channel") for i in inputs))
    need(len({i["outlet"] for i in inputs}) == len(inputs))
    return _sum(record, inputs)


def component(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Add up the rates that one component of the index is made of."""
    kinds = {(i["metric"], i["indicator"]) for i in inputs}
    need(len(kinds) == 1, *(is_of(i, _RATES, organisation=record["organisation"]) for i in inputs))
    need(len({i["id"] for i in inputs}) == len(inputs))
    return _sum(record, inputs)


def tally(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Add up what was counted in the places of one component of the index."""
    need(len({i["indicator"] for i in inputs}) == 1, len({i["id"] for i in inputs}) == len(inputs))
    need(*(is_of(i, VOLUMES, organisation=record["organisation"]) and within(i, record) for i in inputs))
    return _sum(record, inputs)


def growth(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Divide now by base, less one."""
    now, base = _compared(record, inputs, _KINDS.get(record["metric"], VOLUMES))
    need(base.high > 0)
    return Result(_less_one(now.over(base)))


def cagr(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give the growth of one year that, the same every year, makes the growth of all."""
    now, base = _compared(record, inputs)
    years = day(record["start"]).year - day(record["base_start"]).year
    need(years > 0, now.low >= 0, base.high > 0)
    ratio = now.over(base)
    point = None if ratio.point is None else ratio.point ** (1 / years)
    return Result(_less_one(Number(point, ratio.low ** (1 / years), ratio.high ** (1 / years))))


def share(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give a part of the union's total, with Wilson's interval where items are counted."""
    own, union = _two(inputs)
    need(is_of(own, VOLUMES), same(own, record, *SERIES, *WINDOW), same(own, union, "indicator", *WHERE))
    need(is_of(union, VOLUMES, organisation=TOTAL), within(union, record))
    x, n = Number.of(own), Number.of(union)
    need(x.low <= n.high, n.high > 0)
    level = graph.number("interval.level")
    interval = arithmetic.wilson(x, n, level) if graph.counts_items(record) else None
    return Result(arithmetic.part(x, n), interval)


def penetration(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give copies for each hundred members."""
    x, m = _by_members(record, inputs)
    return Result(x.over(m).times(100))


def rate(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give items for each thousand members, with Garwood's interval."""
    x, m = _by_members(record, inputs)
    low, high = arithmetic.garwood(x, m, graph.number("interval.level"))
    return Result(x.over(m).times(1000), (1000 * low, 1000 * high))


def pooled_rate(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give items for each thousand members of the organisations together."""
    half = len(inputs) // 2
    items, members = inputs[:half], inputs[half:]
    whose = [i["organisation"] for i in items]
    need(half > 0, len(inputs) == 2 * half, len(set(whose)) == half, TOTAL not in whose)
    need(record["organisation"] == TOTAL, [m["organisation"] for m in members] == whose)
    need(*(is_of(i, "volume") and within(i, record) and same(i, record, "indicator", *WHERE) for i in items))
    need(*(is_of(m, "volume", indicator="members") for m in members))
    x, m = (arithmetic.total(Number.of(i) for i in part) for part in (items, members))
    need(m.high > 0)
    return Result(x.over(m).times(1000))


def limits(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give the pooled rate, and between which rates chance alone leaves an organisation of that size."""
    pooled, members = _two(inputs)
    need(is_of(pooled, "pooled_rate", organisation=TOTAL), within(pooled, record))
    need(same(pooled, record, "indicator", *WHERE))
    need(is_of(members, "volume", indicator="members"), same(members, record, "organisation"))
    rate, size = Number.of(pooled), Number.of(members).low / 1000
    level = graph.number(_LIMITS[record["metric"]])
    low, high = 0.0, math.inf
    if size > 0:
        low = arithmetic.control(rate.low * size, (1 - level) / 2) / size
        high = arithmetic.control(rate.high * size, (1 + level) / 2) / size
    return Result(rate, (min(low, rate.low), max(high, rate.high)))


def within_limits(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Count those whose rate is surely within their limits, and those that are not surely outside."""
    pairs = list(zip(inputs[::2], inputs[1::2], strict=False))
    whose = [rate["organisation"] for rate, _ in pairs]
    need(len(pairs) > 0, len(inputs) % 2 == 0, len(set(whose)) == len(pairs), TOTAL not in whose)
    need(record["organisation"] == TOTAL)
    about = ("indicator", *WHERE, *WINDOW)
    need(*(same(f, record, *about) for f in inputs), *(same(*pair, "organisation") for pair in pairs))
    need(*(is_of(rate, "rate") and is_of(limit, "limit_95") for rate, limit in pairs))
    sure = may = 0
    for rate, limit in pairs:
        x = Number.of(rate)
        low, high = limit["interval_low"], limit["interval_high"]
        least, most = -math.inf if low is None else low, math.inf if high is None else high
        may += not (x.low > most or x.high < least)
        sure += least <= x.low and x.high <= most and limit["low"] == limit["high"]
    return Result(Number(float(sure) if sure == may else None, float(sure), float(may)))


def training_reach(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give participants in training for each member."""
    x, m = _by_members(record, inputs)
    return Result(x.over(m))


def rate_ratio(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give how much faster items come than in the base window, with the exact conditional interval."""
    now, base = _compared(record, inputs, _KINDS.get(record["metric"], VOLUMES))
    need(now.exact, base.exact, base.low > 0, now.low + base.low >= graph.number("rate_ratio.least"))
    faster = _days(inputs[1]) / _days(inputs[0])
    low, high = arithmetic.odds(now.low, now.low + base.low, graph.number("interval.level"))
    return Result(now.over(base).times(faster), (low * faster, high * faster))


def rank_change(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give the rank now, less the rank in the base window."""
    now, base = _compared(record, inputs, {"rank"})
    return Result(now.minus(base))


def difference(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give a number of the index, or one that it is made of, less the same of the base window."""
    now, base = _two(inputs)
    need(now["metric"] == base["metric"], is_of(now, _DIFFERING), is_of(base, _DIFFERING))
    need(same(now, record, *SERIES, *WINDOW), same(base, record, "indicator", *WHERE), based(base, record))
    return Result(Number.of(now).minus(Number.of(base)))


def contribution(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give what an organisation adds to the union's growth."""
    need(len(inputs) == 3)
    now, base = _compared(record, inputs[:2])
    union = inputs[2]
    need(is_of(union, VOLUMES, organisation=TOTAL), same(union, record, "indicator", *WHERE))
    need(based(union, record))
    whole = Number.of(union)
    need(whole.high > 0)
    return Result(now.minus(base).over(whole).within(-1))


def moved(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Count those that surely have more (or less) than in the base window, and those that may have."""
    pairs = list(zip(inputs[::2], inputs[1::2], strict=False))
    whose = [now["organisation"] for now, _ in pairs]
    need(len(pairs) > 0, len(inputs) % 2 == 0, len(set(whose)) == len(pairs), TOTAL not in whose)
    need(record["organisation"] == TOTAL)
    about = ("indicator", *WHERE)
    need(*(is_of(f, "volume") and same(f, record, *about) for f in inputs))
    need(*(same(*p, "organisation") and within(p[0], record) and based(p[1], record) for p in pairs))
    gaps = [Number.of(now).minus(Number.of(base)) for now, base in pairs]
    if record["metric"] == "fallen":
        gaps = [Number(None, -gap.high, -gap.low) for gap in gaps]
    low, high = float(sum(g.low > 0 for g in gaps)), float(sum(g.high > 0 for g in gaps))
    return Result(Number(low if low == high else None, low, high))


def coverage(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give how many of the organisations are there at all."""
    there, members = _two(inputs)
    need(is_of(there, "present"), same(there, record, *SERIES, *WINDOW), within(members, record))
    need(is_of(members, "volume", indicator="organisations", organisation=TOTAL))
    return Result(arithmetic.part(Number.of(there), Number.of(members)))


def counted(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give what there was of what was due (completeness and regularity)."""
    seen, due = _two(inputs)
    need(record["indicator"] in _COUNTED)
    kinds = _COUNTED[record["indicator"]]
    need(*(is_of(i, "volume", indicator=k) for i, k in zip((seen, due), kinds, strict=True)))
    need(*(within(i, record) and same(i, record, "organisation") for i in (seen, due)))
    need(same(seen, record, *WHERE), Number.of(due).high > 0)
    ratio = Number.of(seen).over(Number.of(due))
    point = None if ratio.point is None else min(ratio.point, 1.0)
    return Result(Number(point, min(ratio.low, 1.0), min(ratio.high, 1.0)))


def pace(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Project a half-year to its year, by the part that this half had of the past years."""
    half, *past = inputs or [record]
    need(is_of(half, VOLUMES), same(half, record, *SERIES, *WINDOW), len(past) % 2 == 0)
    pairs = list(zip(past[::2], past[1::2], strict=True))
    need(len(pairs) <= graph.number("pace.years"), len({i["id"] for i in inputs}) == len(inputs))
    need(*(_is_part(h, y, half) and h["start"][4:] == half["start"][4:] for h, y in pairs))
    need(*(h["start"] < half["start"] for h, _ in pairs))
    shares = [arithmetic.part(Number.of(h), Number.of(y)) for h, y in pairs]
    low, high = graph.number("pace.half_share_low"), graph.number("pace.half_share_high")
    usual = Number(graph.number("pace.half_share"), low, high)
    found = arithmetic.total(shares).times(1 / len(shares)) if shares else usual
    least, most = min((s.low for s in shares), default=low), max((s.high for s in shares), default=high)
    if len(shares) < 2 or least == most:  # too little is known of how far the share varies
        least, most = min(least, low), max(most, high)
    return Result(Number.of(half).over(Number(found.point, least, most)))


def seasonality(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give the part of a year: its mean, least and greatest over years; of a month, twelve times that."""
    pairs = list(zip(inputs[::2], inputs[1::2], strict=False))
    need(len(pairs) > 1, len(inputs) % 2 == 0, len({i["id"] for i in inputs}) == len(inputs))
    need(*(_is_part(p, y, record) and p["start"][4:] == pairs[0][0]["start"][4:] for p, y in pairs))
    need(min(p["start"] for p, _ in pairs) == record["start"])
    shares = [arithmetic.part(Number.of(p), Number.of(y)) for p, y in pairs]
    mean = arithmetic.total(shares).times(1 / len(shares))
    times = 12 if all(_is_month(p) for p, _ in pairs) else 1
    found = Number(mean.point, min(s.low for s in shares), max(s.high for s in shares))
    return Result(found.times(times))


def hhi(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Sum up the squares of the shares, and what it can be where some are silent."""
    total, told = _two(inputs)
    n, figures = graph.standing(told)
    need(is_of(total, VOLUMES, organisation=TOTAL), is_of(told, "reported"))
    need(same(total, record, *SERIES, *WINDOW), same(told, record, *SERIES, *WINDOW))
    whole, parts = Number.of(total), [Number.of(f) for f in figures]
    need(len(parts) > 0, whole.low > 0, math.isfinite(whole.high))
    rest = max(whole.high - math.fsum(p.low for p in parts), 0) if len(parts) < n else 0.0
    low = math.fsum((p.low / whole.high) ** 2 for p in parts)
    high = min(math.fsum((p.high / whole.low) ** 2 for p in parts) + (rest / whole.low) ** 2, 1.0)
    known = len(parts) == n and whole.exact and all(p.exact for p in parts)
    return Result(Number(low if known else None, low, high))


def gini(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give Gini's coefficient, from the differences between each two."""
    need(len(inputs) == 1)
    need(same(inputs[0], record, *SERIES, *WINDOW))
    n, figures = graph.standing(inputs[0])
    parts = [Number.of(f) for f in figures]
    whole = math.fsum(p.low for p in parts)
    need(len(parts) == n, all(p.exact for p in parts), whole > 0)
    apart = math.fsum(abs(a.low - b.low) for a in parts for b in parts)
    return _exactly(apart / (2 * n * whole))


def evenness(record: Record, inputs: Sequence[Record], graph: Graph) -> Result:
    """Give Pielou's evenness over the channels, every one of them known."""
    parts = [Number.of(i) for i in inputs]
    whole = math.fsum(p.low for p in parts)
    need(len(inputs) == len({i["channel"] for i in inputs}) > 1, all(i["channel"] for i in inputs))
    need(*(is_of(i, VOLUMES) and within(i, record) for i in inputs))
    need(*(same(i, record, "indicator", "organisation") for i in inputs))
    need(all(p.exact for p in parts), whole > 0)
    p = [n.low / whole for n in parts if n.low > 0]
    return _exactly(-math.fsum(q * math.log(q) for q in p) / math.log(len(parts)))


def _two(inputs: Sequence[Record]) -> tuple[Record, Record]:
    need(len(inputs) == 2)
    return inputs[0], inputs[1]


def _compared(
    record: Record, inputs: Sequence[Record], metrics: frozenset[str] | set[str] = VOLUMES
) -> tuple[Number, Number]:
    """Read a fact and the one it is compared with."""
    now, base = _two(inputs)
    need(is_of(now, metrics), is_of(base, metrics), same(now, record, *SERIES), same(base, record, *SERIES))
    need(within(now, record), based(base, record))
    return Number.of(now), Number.of(base)


def _by_members(record: Record, inputs: Sequence[Record]) -> tuple[Number, Number]:
    """Read what is counted, and the members it is held against."""
    own, members = _two(inputs)
    need(is_of(own, VOLUMES), same(own, record, *SERIES, *WINDOW))
    need(is_of(members, "volume", indicator="members"), same(members, record, "organisation"))
    m = Number.of(members)
    need(m.high > 0)
    return Number.of(own), m


def _sum(record: Record, inputs: Sequence[Record], must: bool = False) -> Result:
    """Add up; a sum may say of itself that a part is missing, and must where the file says so."""
    found = arithmetic.total(Number.of(i) for i in inputs)
    bare = record["value"] is None and record["high"] is None
    return Result(Number(None, found.low, math.inf) if must or bare else found)


def _less_one(number: Number) -> Number:
    return Number(None if number.point is None else number.point - 1, number.low - 1, number.high - 1)


def _exactly(value: float) -> Result:
    return Result(Number(value, value, value))


def _is_part(part: Record, year: Record, series: Record) -> bool:
    """Tell whether two facts are of a part of a year and of that whole year, of a series."""
    whole = part["start"][:4]
    return (
        is_of(part, VOLUMES) and is_of(year, VOLUMES)
        and same(part, series, *SERIES) and same(year, series, *SERIES)
        and part["end"] is not None and part["end"][:4] == whole
        and (year["start"], year["end"]) == (f"{whole}-01-01", f"{whole}-12-31")
    )  # fmt: skip


def _is_month(record: Record) -> bool:
    start, end = day(record["start"]), day(record["end"])
    return start.day == 1 and start.month == end.month


def _days(record: Record) -> int:
    need(record["end"] is not None)
    return (day(record["end"]) - day(record["start"])).days + 1


FORMULAS: dict[str, Formula] = {
    "volume": summed, "channel_total": summed, "component": component, "tally": tally, "reported": reported,
    "common_total": common_total, "common_growth": growth, "common_ratio": rate_ratio,
    "growth": growth, "cagr": cagr, "share": share, "penetration": penetration, "rate": rate,
    "pooled_rate": pooled_rate, "limit_95": limits, "limit_998": limits, "within_95": within_limits,
    "training_reach": training_reach, "rate_ratio": rate_ratio, "rank_change": rank_change,
    "contribution": contribution, "difference": difference, "risen": moved, "fallen": moved,
    "coverage": coverage, "completeness": counted, "regularity": counted,
    "hhi": hhi, "gini": gini, "evenness": evenness, "pace": pace, "seasonality": seasonality,
}  # fmt: skip


__all__ = ["FORMULAS", "Formula", "Result"]
