"""Who is silent: who says that there was nothing, and who has said nothing."""

from __future__ import annotations

from collections.abc import Mapping

from aqparat.charts.marks import Named
from aqparat.charts.matrix import Line, matrix
from aqparat.explore.answer import Answer
from aqparat.explore.known import Known
from aqparat.explore.making import MOST, Drawn, about, absent, answer, less, shown, titled
from aqparat.metrics.facts import Fact
from aqparat.period import Period

HALVES = 5  # so many stand side by side at most


def silent(known: Known, channel: str = "") -> Answer:
    """Tell who reported none, for how many half-years running, and who reported no figure at all.

    Parameters
    ----------
    known : Known
    channel : str
        A place of `known.places`; the union's site by default.
    """
    place = known.place(channel)
    now = known.current(place)
    none = [code for code in known.members if code in now and now[code].high == 0]
    named = known.mentioned(place)
    unknown = [code for code in known.members if code not in now and code not in named]
    before: dict[str, dict[str, Fact]] = {code: {} for code in (*none, *unknown)}
    for fact in known.history.select("volume", place, list(before)):
        if fact.window.end is not None and fact.window.end <= known.period.end:
            before[fact.organisation][fact.window.code] = fact
    running = {code: _running(known.period, before[code]) for code in none}
    none.sort(key=lambda code: -running[code])
    last = {code: _last(before[code]) for code in before}
    rows = []
    for code in (*none, *unknown):
        state = known.label("ask.none" if code in none else "chart.no_data")
        count = running.get(code) or ""
        told = last[code]
        rows.append(
            [known.name(code), state, count, f"{shown(known, told)} ({known.when(told)})" if told else ""]
        )
    halves = _halves(known.period, before)
    columns = min(len(halves), max(1, MOST // max(len(rows), 1)))
    halves = halves[-columns:]
    drawn = [*none, *unknown][: MOST // max(columns, 1)]
    cells = {
        code: [before[code].get(str(h)) or (now.get(code) if h == known.period else None) for h in halves]
        for code in drawn
    }

    def draw() -> Drawn:
        heads = [known.when(half) for half in halves]
        lines = [
            Line(
                known.name(code),
                [
                    Named(f, [known.name(code), head], f"({gone})" if gone else "")
                    for f, head, half in zip(cells[code], heads, halves, strict=True)
                    for gone in [absent(known, code, half.window)]
                ],
            )
            for code in drawn
        ]
        return matrix(heads, lines, known.renderer)

    told_of = [
        f for code in (*none, *unknown) for f in [now.get(code), *cells.get(code, []), last[code]] if f
    ]
    others = [code for code in known.members if code in now and now[code].high != 0]
    return answer(
        known, "silent", titled(known, "silent", *about(known, place)), told_of,
        [known.label(f"ask.{name}") for name in ("organisation", "state", "running", "last")], rows,
        draw if drawn else None, less(known, len(rows), len(drawn)),
        nothing=none, unknown=unknown, members=known.members, others=others,
        longest=[code for code in none if running[code] > 1 and running[code] == running[none[0]]],
        halves=running[none[0]] if none else 0,
    )  # fmt: skip


def _running(period: Period, before: Mapping[str, Fact]) -> int:
    """Count the half-years up to the period of which each figure says that there was none."""
    half = period if period.is_half else Period(period.year, 2)
    count = 0
    while (fact := before.get(str(half))) is not None and fact.high == 0:
        count, half = count + 1, half.previous
    return count


def _last(before: Mapping[str, Fact]) -> Fact | None:
    """Return the latest figure that is not surely none."""
    some = [fact for fact in before.values() if fact.high != 0]
    return max(some, key=lambda fact: (fact.window.end or fact.window.start, fact.window.start), default=None)


def _halves(period: Period, before: Mapping[str, Mapping[str, Fact]]) -> list[Period]:
    """Return the period and the half-years before it of which anybody listed has a figure."""
    known = {code for own in before.values() for code in own}
    half, found = period, [period]
    while len(found) < HALVES:
        half = half.previous
        if str(half) not in known:
            break
        found.append(half)
    return found[::-1]
