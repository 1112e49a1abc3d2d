"""Two periods side by side: every organisation's figure in the one and in the other."""

from __future__ import annotations

from typing import Any

from aqparat.charts.dots import Row, dots
from aqparat.charts.marks import Named
from aqparat.explore.answer import Answer
from aqparat.explore.known import Known
from aqparat.explore.making import MOST, Drawn, absent, answer, less, size, then_shown
from aqparat.explore.pairs import Pair
from aqparat.explore.picked import INDEX, chosen, indicators, metrics, places_of, windows
from aqparat.explore.place import Place, placed
from aqparat.period import Period, PeriodError
from aqparat.words.inline import capital


def side_by_side(
    known: Known,
    first: str = "",
    second: str = "",
    indicator: str = "publications",
    channel: str = "",
    metric: str = "volume",
) -> Answer:
    """Show two periods side by side, the greatest of the second first.

    Counts of periods that are not of the same length are shown, and not called a rise or a fall.

    Parameters
    ----------
    known : Known
    first, second : str
        Codes of windows; by default the period, else the latest that has figures, and the same a
        year before, else the one before it, else another. Where no other has figures, that is told.
    indicator, channel, metric : str
        As for `mapped`; a growth has no two periods.
    """
    every = places_of(known, indicator)
    places = [placed(channel, every).key if channel else every[0].key] if every else []
    after, before = _defaults(known, indicator, first, second)
    then, now = (
        {f.organisation: f for f in (chosen(known, indicator, places, (), [code], metric) if code else [])}
        for code in (before, after)
    )
    place = next((p for p in every if p.key in places), Place(INDEX))
    codes = [c for c in known.ever if c in now or c in then]
    found = [Pair(c, place, now.get(c), then.get(c)) for c in codes]
    found.sort(key=lambda p: (p.now is None, -size(p.now) if p.now else 0, known.alphabet(p.organisation)))
    stocks = known.tables.settings["indicators"]["stocks"]
    windows = [next((f.window for f in own.values()), None) for own in (then, now)]
    kinds = {bool(w.period and w.period.is_half) for w in windows if w}
    is_even = indicator in stocks or (len(kinds) == 1 and all(w and w.period for w in windows))
    when = [Period.parse(before or known.period.year_earlier), Period.parse(after or known.period)]
    names = [known.when(period) for period in when]
    lone = not before  # nothing is set beside it
    turned = metric == "rank"
    courses: dict[str, Any] = {}
    courses |= {
        name: [p.organisation for p in found if p.is_whole and p.course == name]
        for name in ("rose", "fell", "same", "unclear")
    }
    rows = [
        [
            known.name(p.organisation),
            then_shown(known, p.then, p.organisation, when[0].window),
            then_shown(known, p.now, p.organisation, when[1].window),
            known.label(f"ask.{p.course}") if is_even and not turned else "",
        ]
        for p in found
    ]  # fmt: skip
    told = [p for p in found if p.now or p.then]
    drawn = told[: MOST // 2]

    def draw() -> Drawn:
        lines = []
        if lone:
            named = [(known.name(p.organisation), p.now) for p in drawn]
            return dots([Row(name, Named(fact, [name])) for name, fact in named], known.renderer)
        for pair in drawn:
            name = known.name(pair.organisation)
            now_, then_ = Named(pair.now, [name, names[1]]), Named(pair.then, [name, names[0]])
            moves = is_even and not turned  # else the colours would tell of a rise or a fall
            gone = absent(known, pair.organisation, when[1].window)
            row = Row(name, now_, then_, note=gone) if moves else Row(name, now_, second=then_, note=gone)
            lines.append(row)
        return dots(lines, known.renderer, names=(names[1], names[0]))

    about = [] if indicator == INDEX else known.spots([place])
    if metric not in ("volume", "activity_index"):
        about.append(dict(metrics(known, indicator))[metric])
    columns = [known.label("ask.organisation"), *names, known.label("ask.course")]
    kept = [0, 2] if lone else [0, 1, 2, 3] if is_even and not turned else [0, 1, 2]
    title = dict(indicators(known))[indicator]
    return answer(
        known, "side_by_side", f"{capital(title)} ({', '.join([*about, *names[lone:]])})",
        [f for p in found for f in (p.now, p.then) if f],
        [columns[n] for n in kept], [[row[n] for n in kept] for row in rows],
        draw if drawn else None, less(known, len(told), len(drawn)),
        both=[p for p in found if p.is_whole], is_even=is_even and not turned, turned=turned,
        lone=lone, is_any=bool(after), first=when[0], second=when[1], **courses,
    )  # fmt: skip


def _defaults(known: Known, indicator: str, first: str, second: str) -> tuple[str, str]:
    """Return the second window and the first, where one is not chosen that there are figures of."""
    told = [code for code, _ in windows(known, indicator) if _is_period(code)]
    after = second or (str(known.period) if str(known.period) in told else next(iter(told), ""))
    if first or not after:
        return after, first
    year = str(Period.parse(after).year_earlier)
    earlier = [code for code in told if Period.parse(code).end < Period.parse(after).end]
    later = [code for code in told if code != after]
    return after, year if year in told else next(iter([*earlier, *later]), "")


def _is_period(code: str) -> bool:
    try:
        return bool(Period.parse(code))
    except PeriodError:
        return False
