"""A tile map of one figure of every organisation, on one scale over all periods."""

from __future__ import annotations

import math
from dataclasses import replace

from aqparat.charts.map import Tile, classes, tiles
from aqparat.charts.marks import Named
from aqparat.explore.answer import Answer
from aqparat.explore.known import Known
from aqparat.explore.making import Drawn, answer, in_order, less, shown
from aqparat.explore.picked import INDEX, chosen, indicators, metrics, places_of, windows
from aqparat.explore.place import placed
from aqparat.metrics.facts import Fact
from aqparat.metrics.registry import METRICS
from aqparat.palette import TONES
from aqparat.words.inline import capital

MAPPED = tuple(name for name, metric in METRICS.items() if metric.is_mapped)


def mapped(
    known: Known, indicator: str = "publications", channel: str = "", period: str = "", metric: str = "volume"
) -> Answer:
    """Show a tile for each organisation where it lies, in one of five tones.

    Parameters
    ----------
    known : Known
    indicator : str
    channel : str
        Key of a place of the indicator; the first by default.
    period : str
        Code of a window; the latest by default.
    metric : str
        One of `MAPPED` that the indicator has.
    """
    every = places_of(known, indicator)
    places = [placed(channel, every).key if channel else every[0].key] if every else []
    when = period or windows(known, indicator)[0][0]
    facts = chosen(known, indicator, places, (), [when], metric)
    now = {f.organisation: f for f in facts}
    whole = metric == "volume" and known.tables.indicators.at[indicator, "decimals"] == 0
    step = _step(known, indicator, places, facts, metric, whole)
    table = known.tables.organisations
    window = facts[0].window if facts else known.period.window
    here = list(known.tables.members(window))
    codes = in_order(known, now, here)
    tiled = table.loc[[c for c in codes if c in table.index]].dropna(subset=["grid_row", "grid_column"])
    percent = bool(facts) and facts[0].unit == "fraction"

    def draw() -> Drawn:
        shown_ = []
        for code, row in tiled.iterrows():
            fact = now.get(str(code))
            number = Named(fact, [known.name(str(code))])
            level = _level(fact, step, whole) if fact else None
            at = int(row["grid_row"]), int(row["grid_column"])
            shown_.append(Tile(known.name(str(code)), *at, number, level))
        return tiles(
            shown_, known.renderer, classes=classes(step, known.language, whole=whole, percent=percent)
        )

    rows = [[known.name(c), shown(known, now.get(c))] for c in codes]
    named = dict(metrics(known, indicator))[metric]
    title = dict(indicators(known))[indicator]
    about = known.spots(p for p in every if p.key in places) if indicator != INDEX else []
    about += [named] if metric not in ("volume", "activity_index") else []
    about += [str(known.language.window(window, "name"))]
    unmapped = [c for c in codes if c in now and c not in tiled.index]
    return answer(
        known, "mapped", f"{capital(title)} ({', '.join(about)})", [now[c] for c in codes if c in now],
        [known.label("ask.organisation"), known.label("ask.value")], rows,
        draw if len(tiled) and now else None, less(known, len(now), len(now) - len(unmapped)),
        now=now, here=here, unknown=[c for c in here if c not in now],
    )  # fmt: skip


def _step(
    known: Known, indicator: str, places: list[str], facts: list[Fact], metric: str, whole: bool
) -> float:
    """Return how wide a class is: a round fifth of the greatest number of all periods."""
    if metric == "activity_index":
        return 20
    length = {len(f.window.code) for f in facts}  # halves beside halves, years beside years
    every = [code for code, _ in windows(known, indicator) if len(code) in length]
    told = [
        f
        for f in chosen(known, indicator, places, (), every, metric)
        if f.organisation not in known.data.head_office
    ]
    most = max((f.high if f.high is not None else f.least for f in told), default=1) or 1
    return _round((most + whole) / len(TONES), whole)  # whole numbers up to 4 are five: 0 is one of them


def _round(step: float, whole: bool) -> float:
    """Return the next of 1, 2, 2.5, 5 and their tens."""
    power = 10.0 ** math.floor(math.log10(step))
    for lead in (1, 2, 2.5, 5, 10):
        if lead * power >= step * (1 - 1e-9) and not (whole and lead == 2.5 and power < 10):
            return max(lead * power, 1) if whole else lead * power
    return 10 * power


def _level(fact: Fact, step: float, whole: bool) -> Fact:
    """Return the classes that are possible, as the map reads them.

    Of whole numbers an edge begins a class; of others it ends one, and 0 is in the first.
    """

    def place(number: float) -> int:
        found = math.floor(number / step) + 1 if whole else math.ceil(round(number / step, 9))
        return min(max(found, 1), len(TONES))

    last = place(math.floor(fact.most) if whole else fact.most) if fact.high is not None else len(TONES)
    first = min(place(math.ceil(fact.least) if whole else fact.least), last)
    return replace(fact, metric="activity_class", value=None, low=float(first), high=float(last))
