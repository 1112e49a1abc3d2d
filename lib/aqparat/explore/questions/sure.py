"""How sure the figures are, and from which rows they come."""

from __future__ import annotations

from aqparat.charts.bars import Bar, Panel, panels
from aqparat.data.schemas import TOTAL
from aqparat.explore.answer import Answer
from aqparat.explore.known import Known
from aqparat.explore.making import MOST, Drawn, answer, in_order, less, shown, size, titled
from aqparat.explore.place import places
from aqparat.metrics.facts import Fact
from aqparat.words.extent import Manner, extent
from aqparat.words.sources import located

_EXACT: tuple[Manner, ...] = ("exact",)
_OPEN: tuple[Manner, ...] = ("more_than", "at_least")


def sure(known: Known, channel: str = "") -> Answer:
    """Tell of each figure what its bounds are, who reported, and in which raw rows it stands.

    Parameters
    ----------
    known : Known
    channel : str
        A place of `known.places`, of which the union's figure and everyone's are told; by default the union's
        figures of the period.
    """
    if channel:
        place = known.place(channel)
        own = known.current(place)
        total = known.total(place)
        listed = [(known.name(c), own[c]) for c in in_order(known, own)]
        told = [(known.name(TOTAL), total), *listed] if total else listed
        drawn = listed[:MOST]
        asked = known.named(place)
    else:
        told = []
        for place in places(known.tables, known.tables.reportable):
            if total := known.total(place):
                told.append((known.named(place), total))
        told.sort(key=lambda pair: -size(pair[1]))
        listed = told
        drawn = [(n, r) for n, f in told if (r := _reported(known, f))][:MOST]
        drawn.sort(key=lambda pair: -size(pair[1]))
        asked = ""
    rows = [
        [
            name, shown(known, f), known.label(f"manner.{extent(f).manner}"),
            _end(known, f, f.low), _end(known, f, f.high), _count(known, f), _places(known, f),
        ]
        for name, f in told
    ]  # fmt: skip

    def draw() -> Drawn:
        when = known.when(known.period)
        return panels([Panel([Bar(n, f, [n, when], []) for n, f in drawn])], known.renderer)

    heads = ["figure", "value", "manner", "low", "high", "reporting", "rows"]
    when = str(known.language.window(known.period.window, "name"))
    facts = [f for _, f in told]
    manners = [extent(f).manner for f in facts]
    return answer(
        known, "sure", titled(known, "sure", asked, when),
        [*facts, *(f for _, f in drawn)], [known.label(f"ask.{n}") for n in heads], rows,
        draw if drawn else None, less(known, len(listed), len(drawn)),
        told=facts, exact=[f for f, m in zip(facts, manners, strict=True) if m in _EXACT],
        open=[f for f, m in zip(facts, manners, strict=True) if m in _OPEN],
        others=[f for f, m in zip(facts, manners, strict=True) if m not in (*_EXACT, *_OPEN)],
        of_union=not channel, drawn=drawn,
    )  # fmt: skip


def _reported(known: Known, fact: Fact) -> Fact | None:
    """Return how many member organisations have told of a figure's place."""
    about = {"indicator": fact.indicator, "outlet": fact.outlet, "channel": fact.channel}
    return known.data.facts.one("reported", window=fact.window, **about)


def _count(known: Known, fact: Fact) -> str:
    """Return who told: of a union's figure how many member organisations."""
    if fact.organisation != TOTAL:
        return ""
    if fact.id in known.data.stated:
        return known.label("ask.stated")
    count = _reported(known, fact)
    members = known.language.number(len(known.members))
    return known.label("of_all", part=str(shown(known, count)), whole=members) if count else ""


def _end(known: Known, fact: Fact, number: float | None) -> str:
    return "" if number is None else known.language.amount(number, fact)


def _places(known: Known, fact: Fact) -> str:
    """Return the raw rows of a figure."""
    found = located(known.origins([fact]))
    return "; ".join(f"{s.file}{' · ' + s.sheet if s.sheet else ''}: {s.rows}" for s in found)
