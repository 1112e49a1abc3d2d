"""Figures picked freely: an indicator, a metric of it, places, organisations, periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aqparat.charts.bars import Bar, Panel, panels
from aqparat.charts.dots import Row, dots
from aqparat.charts.marks import Named
from aqparat.data.schemas import TOTAL
from aqparat.explore.answer import Answer
from aqparat.explore.known import Known
from aqparat.explore.making import MOST, Drawn, answer, less, shown, size
from aqparat.explore.place import Place, placed, places
from aqparat.metrics.facts import Fact
from aqparat.period import Period, PeriodError
from aqparat.problem import unknown
from aqparat.sections.ranking import due
from aqparat.words.inline import capital

INDEX = "activity"  # the indicator of the activity index, which has a metric of its own
_OF_ANY = ("volume", "share", "growth", "rank")
_OF_ONE = {"copies": "penetration", "trained": "training_reach"}


def indicators(known: Known) -> list[tuple[str, str]]:
    """Return the indicators that can be picked, with their names."""
    index = known.data.facts.select("activity_index")
    return known.options("indicator") + (
        [(INDEX, known.label("metric_name.activity_index"))] if index else []
    )


def metrics(known: Known, indicator: str) -> list[tuple[str, str]]:
    """Return the metrics of an indicator that can be picked, with their names."""
    if indicator == INDEX:
        names = ["activity_index"]
    else:
        items = known.tables.settings["indicators"]["items"]
        own = "rate" if indicator in items else _OF_ONE.get(indicator)
        names = [_OF_ANY[0], *([own] if own else []), *_OF_ANY[1:]]
    return [(n, known.label(f"ask.{n}") if n == "volume" else known.label(f"metric_name.{n}")) for n in names]


def places_of(known: Known, indicator: str) -> list[Place]:
    """Return where an indicator is counted.

    Raises
    ------
    ParameterError
        If nothing was reported of it; with the nearest.
    """
    offered = [code for code, _ in indicators(known)]
    if indicator not in offered:
        raise unknown("indicator", indicator, offered)
    return [] if indicator == INDEX else places(known.tables, [indicator])


def windows(known: Known, indicator: str) -> list[tuple[str, str]]:
    """Return the windows of which there are figures of an indicator, the latest first, with their names."""
    if indicator == INDEX:
        return known.options("period")
    rows = known.history.frame("volume")
    found = known.history.windows(rows[rows["indicator"] == indicator])
    found.sort(key=lambda w: (w.end or w.start, w.start), reverse=True)
    return [(w.code, str(known.language.window(w, "short"))) for w in found if w.end or w.start.day == 1]


@dataclass(frozen=True)
class _Line:
    """A figure picked, with what tells it from the others."""

    fact: Fact
    name: str


def picked(
    known: Known,
    indicator: str = "publications",
    channels: Sequence[str] = (),
    organisations: Sequence[str] = (),
    periods: Sequence[str] = (),
    metric: str = "volume",
) -> Answer:
    """Show the figures picked, the greatest first; of a rank the first.

    Parameters
    ----------
    known : Known
    indicator : str
    channels : sequence of str
        Keys of places of the indicator; all by default.
    organisations : sequence of str
        Codes, TOTAL for the union; all organisations by default.
    periods : sequence of str
        Codes of windows (`2018H1`, `2018`); by default the period, else the latest that has figures.
    metric : str
        As `metrics` lists them.

    Raises
    ------
    ParameterError
        If something is not known; with the nearest.
    """
    facts = chosen(known, indicator, channels, organisations, periods, metric)
    lines = [_Line(f, name) for f, name in zip(facts, _names(known, facts), strict=True)]
    lines.sort(
        key=lambda x: (size(x.fact) if metric == "rank" else -size(x.fact), known.language.sort_key(x.name))
    )
    drawn = lines[: MOST // 2 if metric == "growth" else MOST]
    rows = [
        [
            known.name(x.fact.organisation),
            "".join(known.spots([Place.of(x.fact)])) if indicator != INDEX else "",
            known.when(x.fact), shown(known, x.fact), str(known.language.likely(x.fact)),
        ]
        for x in lines
    ]  # fmt: skip

    def draw() -> Drawn:
        if metric == "growth":
            return dots([_grown(known, x) for x in drawn], known.renderer)
        if metric == "volume":
            return panels([Panel([Bar(x.name, x.fact, [x.name], []) for x in drawn])], known.renderer)
        bands = [x.fact if x.fact.interval_high is not None else None for x in drawn]
        told = [Row(x.name, Named(x.fact, [x.name]), band=b) for x, b in zip(drawn, bands, strict=True)]
        return dots(told, known.renderer)

    keep = [True, indicator != INDEX, True, True, any(row[4] for row in rows)]
    heads = [known.label(f"ask.{n}") for n in ("organisation", "channel", "period", "value", "chance")]
    asked = dict(indicators(known)).get(indicator, indicator)
    named = dict(metrics(known, indicator))
    title = asked if metric in ("volume", "activity_index") else f"{asked}: {named[metric]}"
    seen = list(dict.fromkeys(known.when(f) for f in facts))
    title = f"{capital(title)} ({', '.join(seen)})" if 0 < len(seen) <= 3 else capital(title)
    return answer(
        known, "picked", title, [x.fact for x in lines],
        [h for h, k in zip(heads, keep, strict=True) if k],
        [[c for c, k in zip(row, keep, strict=True) if k] for row in rows],
        draw if drawn else None, less(known, len(lines), len(drawn)),
        lines=lines, organisations=list({f.organisation for f in facts} - {TOTAL}), metric=metric,
        first=_sure(lines, metric), last=_sure(lines[::-1], metric),
        lacking=_lacking(known, indicator, channels, organisations, facts),
    )  # fmt: skip


def chosen(
    known: Known,
    indicator: str,
    channels: Sequence[str] = (),
    organisations: Sequence[str] = (),
    periods: Sequence[str] = (),
    metric: str = "volume",
) -> list[Fact]:
    """Return the facts that are picked; as for `picked`."""
    every = places_of(known, indicator)
    offered = [name for name, _ in metrics(known, indicator)]
    if metric not in offered:
        raise unknown("metric", metric, offered)
    codes = [known.organisation(c) if c != TOTAL else c for c in organisations] or known.ever
    if indicator == INDEX:
        when = [Period.parse(p) for p in periods] or [known.period]
        found = [known.at(p).data.facts.select(metric, window=p.window) for p in when]
        return [f for facts in found for f in facts if f.organisation in codes]
    wanted = [placed(c, every) for c in channels] or every
    told = [code for code, _ in windows(known, indicator)]
    for code in periods:
        if code not in told:
            raise PeriodError(code) if not _is_period(code) else unknown("period", code, told)
    own = list(periods) or [str(known.period)]
    facts = [f for place in wanted for f in known.history.select(metric, place, codes, own)]
    if facts or periods or not told:
        return facts
    by_window = [(w, f) for w in told for p in wanted for f in known.history.select(metric, p, codes, [w])]
    return [f for w, f in by_window if w == by_window[0][0]] if by_window else []


def _is_period(code: str) -> bool:
    try:
        return bool(Period.parse(code))
    except PeriodError:
        return False


def _names(known: Known, facts: Sequence[Fact]) -> list[str]:
    """Return what tells figures apart: of organisation, place and window those that differ."""
    parts = [
        (known.name(f.organisation), known.spot(Place.of(f)) if f.indicator != INDEX else "", known.when(f))
        for f in facts
    ]
    differ = [len({part[n] for part in parts}) > 1 for n in range(3)]
    if not any(differ):
        differ = [True, False, False]
    return [" · ".join(text for text, told in zip(part, differ, strict=True) if told) for part in parts]


def _grown(known: Known, line: _Line) -> Row:
    """Return a row of what has grown: the figures of both windows, with the change behind them."""
    volumes = {f.id: f for f in known.history.by_ids(line.fact.inputs)}
    now, then = (volumes.get(i) for i in line.fact.inputs[:2])
    note = str(known.language.change(line.fact))
    return Row(
        line.name, Named(now, [line.name], f"· {note}"), Named(then, [line.name]) if then else None, note=note
    )


def _sure(lines: Sequence[_Line], metric: str) -> _Line | None:
    """Return the first, where it surely stands there."""
    if len(lines) < 2:
        return None
    first, others = lines[0].fact, [x.fact for x in lines[1:]]
    above = all(first.least > f.most for f in others)
    return lines[0] if above or all(first.most < f.least for f in others) else None


def _lacking(
    known: Known, indicator: str, channels: Sequence[str], organisations: Sequence[str], facts: Sequence[Fact]
) -> list[str]:
    """Return who of those picked, else of the members of the windows shown, has no figure among them."""
    told = {f.organisation for f in facts}
    here = [code for window in dict.fromkeys(f.window for f in facts) for code in due(known.data, window)]
    wanted = [c for c in organisations if c != TOTAL] or list(dict.fromkeys(here or known.members))
    return [c for c in wanted if c not in told]
