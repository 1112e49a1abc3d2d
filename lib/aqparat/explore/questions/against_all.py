"""One organisation against all: by size where members are known, else by what it counted."""

from __future__ import annotations

from dataclasses import dataclass

from aqparat.charts.marks import Named
from aqparat.charts.strip import Row, strips
from aqparat.explore.answer import Answer
from aqparat.explore.known import Known
from aqparat.explore.making import MOST, Drawn, answer, less, shown, titled
from aqparat.explore.place import Place, places
from aqparat.metrics.facts import Fact

_COURSES = ("above", "below", "level", "unclear", "alone")
_RATES = ("rate", "penetration", "training_reach")


@dataclass(frozen=True)
class Compared:
    """A figure of an organisation with those of the other members, and the median of all."""

    place: Place
    own: Fact
    others: list[Fact]
    median: Fact | None
    rank: Fact | None

    @property
    def course(self) -> str:
        """Where it surely lies against the median."""
        if self.median is None:
            return "alone" if not self.others else "unclear"
        if self.own.least > self.median.most:
            return "above"
        if self.own.most < self.median.least:
            return "below"
        return "level" if self.own.low == self.own.high == self.median.low == self.median.high else "unclear"

    @property
    def part(self) -> float:
        """Part of the others that surely have less."""
        less_ = sum(f.most < self.own.least for f in self.others)
        return less_ / len(self.others) if self.others else 0.0


def against_all(known: Known, organisation: str = "") -> Answer:
    """Tell where an organisation stands among all by each figure it has for the period.

    Parameters
    ----------
    known : Known
    organisation : str
        Code; the first member by default.
    """
    code = known.organisation(organisation)
    found = sorted(_compared(known, code), key=lambda c: (-c.part, _COURSES.index(c.course)))
    names = [_named(known, c) for c in found]
    rows = [
        [
            name, shown(known, c.own), shown(known, c.median) if c.median else "",
            _range(known, c.others), shown(known, c.rank) if c.rank else "", known.label(f"ask.{c.course}"),
        ]
        for c, name in zip(found, names, strict=True)
    ]  # fmt: skip
    told = [(c, name) for c, name in zip(found, names, strict=True) if c.others][: MOST // 2]

    def draw() -> Drawn:
        own = known.name(code)
        lines = [
            Row(
                name[:1].upper() + name[1:], [*c.others, c.own], Named(c.own, [own, name]),
                Named(c.median, [known.label("chart.middle"), name]) if c.median else None,
            )
            for c, name in told
        ]  # fmt: skip
        signs = own, known.label("chart.member"), known.label("chart.middle")
        return strips(lines, known.renderer, names=signs)

    heads = ["figure", "own", "median", "others", "rank", "course"]
    courses = {name: [n for c, n in zip(found, names, strict=True) if c.course == name] for name in _COURSES}
    when = str(known.language.window(known.period.window, "name"))
    return answer(
        known, "against_all", titled(known, "against_all", known.name(code), when),
        [f for c in found for f in (c.own, c.median, c.rank, *c.others) if f],
        [known.label(f"ask.{name}") for name in heads], rows,
        draw if told else None, less(known, len(rows), len(told)),
        organisation=code, every=found, **courses,
    )  # fmt: skip


def _compared(known: Known, code: str) -> list[Compared]:
    facts, members = known.data.facts, {*known.members, code}
    found = []
    for place in places(known.tables, known.tables.reportable):
        volume = known.current(place).get(code)
        if volume is None:
            continue
        about = {"window": volume.window, **place.about}
        own = next((facts[i] for i in map(volume.beside, _RATES) if i in facts), volume)
        others = facts.select(own.metric, **about)
        median = "median" if own.metric == "volume" else f"median_{own.metric}"
        others = [f for f in others if f.organisation in members and f.organisation != code]
        rank = facts.one("rank", organisation=code, **about)
        found.append(Compared(place, own, others, facts.one(median, **about) if others else None, rank))
    return found


def _named(known: Known, compared: Compared) -> str:
    """Return what a figure is: what is counted where, and of how many members."""
    place = known.named(compared.place)
    per = known.label(f"ask.per_{compared.own.metric}") if compared.own.metric in _RATES else ""
    window = "" if compared.own.window == known.period.window else known.when(compared.own)
    return ", ".join(filter(None, [place, per, window]))


def _range(known: Known, others: list[Fact]) -> str:
    """Return the lowest and the highest of the others."""
    if not others:
        return ""
    ordered = sorted(others, key=lambda f: (f.least, f.most))
    ends = ordered[0], max(others, key=lambda f: (f.most, f.least))
    first, last = (str(shown(known, fact)) for fact in ends)
    return first if first == last else f"{first} … {last}"
