"""Charts of subscriptions: copies by year, the leader's share, everyone's copies per 100 members."""

from __future__ import annotations

from collections.abc import Iterable

from aqparat.charts.courses import Course, courses
from aqparat.charts.dots import Line, Row, dots
from aqparat.charts.lettering import shorten
from aqparat.charts.marks import Drawing, Named, headings
from aqparat.charts.parts import Segment, Whole, parts
from aqparat.charts.style import chart
from aqparat.metrics.facts import Fact
from aqparat.sections.subscription import Subscribers, Subscription
from aqparat.words.renderer import Renderer


@chart
def copies(section: Subscription, renderer: Renderer) -> Drawing | None:
    """Draw copies subscribed by year, a panel a newspaper, on one scale."""
    language = renderer.language
    years = {f.window.start.year for paper in section.papers for f in paper.years}
    if len(years) < 2:
        return None
    shown = []
    for paper in section.papers:
        name = language.name(renderer.tables.outlets, paper.outlet)
        numbers = {
            str(fact.window.start.year): Named(fact, [name, shorten(language.window(fact.window, "short"))])
            for fact in paper.years
        }
        shown.append(Course(name, numbers))
    figure, marks = courses(shown, [str(year) for year in range(min(years), max(years) + 1)], renderer)
    return Drawing(figure, marks, headings(renderer, "place", "window"))


@chart
def leader_share(section: Subscription, renderer: Renderer) -> Drawing | None:
    """Draw the leading organisation's part of each newspaper's copies, where the whole is known."""
    language, tables = renderer.language, renderer.tables
    led = [p for p in section.papers if p.leader and p.leader.share and p.leader.share.value is not None]
    if not led:
        return None
    wholes = []
    for paper in led:
        assert paper.leader is not None
        assert paper.leader.share is not None
        name = language.name(tables.outlets, paper.outlet)
        leader = shorten(language.organisation(tables, paper.leader.organisation))
        when = shorten(language.window(paper.leader.share.window, "short"))
        wholes.append(Whole(name, [Segment(leader, Named(paper.leader.share, [name, leader, when]))]))
    figure, marks = parts(wholes, renderer)
    return Drawing(figure, marks, headings(renderer, "place", "organisation", "window"), {"led": led})


@chart
def penetrations(section: Subscribers, renderer: Renderer) -> Drawing:
    """Draw everyone's copies per 100 members of the first two papers, and the target."""
    language, tables = renderer.language, renderer.tables
    papers, known = section.papers[:2], section.penetration[:2]
    named = [shorten(language.outlet(tables, p.outlet)) for p in papers]
    rows = []
    for code in section.organisations:
        name = shorten(language.organisation(tables, code))
        own = [Named(of.get(code), [name, paper]) for of, paper in zip(known, named, strict=True)]
        rows.append(Row(name, own[0], second=own[1] if len(own) > 1 else None))
    target = language.number(section.target, 0 if section.target == int(section.target) else 1)
    text = language.label("chart.target", number=target)
    names = (named[0], named[1]) if len(named) > 1 else None
    figure, marks = dots(rows, renderer, lines=[Line(section.target, text)], names=names)
    extremes = [_extremes(facts.values()) for facts in known]
    drawn = [f for facts in known for f in facts.values()]
    told = {"target": text, "shown": list(zip(papers, known, extremes, strict=True)), "drawn": drawn}
    return Drawing(figure, marks, headings(renderer, "organisation", "place"), told)


def _extremes(facts: Iterable[Fact]) -> tuple[Fact, Fact] | None:
    """Return the surely greatest and the surely lowest of some numbers; None where two may be it."""
    ranked = sorted(facts, key=lambda f: -f.least)
    if len(ranked) < 2 or ranked[0].least <= ranked[1].most or ranked[-1].most >= ranked[-2].least:
        return None
    return ranked[0], ranked[-1]
