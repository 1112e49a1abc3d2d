"""Top and bottom: who has most, who least, of those who reported."""

from __future__ import annotations

from collections import Counter

from aqparat.charts.bars import Bar, Panel, panels
from aqparat.explore.answer import Answer
from aqparat.explore.known import Known
from aqparat.explore.making import MOST, Drawn, about, answer, in_order, less, shown, titled
from aqparat.sections.ranking import ranking


def extremes(known: Known, channel: str = "") -> Answer:
    """Tell who has most and least, who reported none, who did not report.

    Parameters
    ----------
    known : Known
    channel : str
        A place of `known.places`; the union's site by default.
    """
    place = known.place(channel)
    every = {c: f for c, f in known.current(place).items() if c in known.members}
    windows = Counter(f.window for f in every.values())
    window = max(windows, key=lambda w: (w == known.period.window, windows[w]), default=known.period.window)
    now = {c: f for c, f in every.items() if f.window == window}
    ranked = ranking(known.data, now.values(), known.total(place))
    codes = in_order(known, now, known.members)
    share = {f.organisation: f for f in known.data.facts.select("share", window=window, **place.about)}
    ranks = ranked.ranks if ranked else {}
    rows = [
        [
            shown(known, ranks[c]) if c in ranks else "", known.name(c), shown(known, now.get(c)),
            shown(known, share[c]) if c in share else "",
        ]
        for c in codes
    ]  # fmt: skip
    named = known.mentioned(place)
    lowest = {f.id for f in known.data.extreme("lowest", **place.about)}
    bars = [c for c in codes if c in now]
    cut = MOST // 2 if len(bars) > MOST else None
    drawn = bars if cut is None else [*bars[:cut], *bars[-cut:]]

    def draw() -> Drawn:
        when = known.when(next(iter(now.values())))
        lines = [Bar(known.name(c), now[c], [known.name(c), when], []) for c in drawn]
        return panels([Panel(lines, parted=cut)], known.renderer)

    columns = [known.label(f"column.{name}") for name in ("rank", "organisation", "value", "share")]
    return answer(
        known, "extremes", titled(known, "extremes", *about(known, place)),
        [f for c in codes for f in (now.get(c), share.get(c), ranks.get(c)) if f],
        columns, rows, draw if drawn else None, less(known, len(bars), len(drawn)),
        ranked=ranked, missing=[c for c in known.members if c not in now and c not in named],
        named=[c for c in known.members if c in named and c not in now],
        lowest=bool(now) and {f.id for f in now.values()} <= lowest,
    )  # fmt: skip
