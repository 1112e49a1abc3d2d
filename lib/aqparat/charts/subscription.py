"""Charts of subscriptions: copies by year, the leader's share, everyone's copies per 100 members."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aqparat.charts.dots import Line, Row, dots
from aqparat.charts.lettering import LINE, breadth, shorten, tall, wrapped
from aqparat.charts.marks import Drawing, Mark, Named, headings, numbers, worded
from aqparat.charts.sheet import GAP, PAD
from aqparat.charts.style import MAIN, PALE, WIDTH, bare, canvas, chart
from aqparat.metrics.facts import Fact
from aqparat.sections.subscription import Paper, Subscribers, Subscription
from aqparat.words.renderer import Renderer

_ROOF = 1.4  # of the highest point: space for the numbers above a line


@chart
def copies(section: Subscription, renderer: Renderer) -> Drawing | None:
    """Draw copies subscribed by year, a panel a newspaper, on one scale."""
    language = renderer.language
    facts = [f for paper in section.papers for f in paper.years]
    years = sorted({f.window.start.year for f in facts})
    if len(years) < 2:
        return None
    names = [language.name(renderer.tables.outlets, p.outlet) for p in section.papers]
    titles = [wrapped(name, WIDTH - 4 * GAP, language, "bold") for name in names]
    height = sum(tall(title) + 1.1 for title in titles) + 0.3
    figure, axes = canvas(height, len(titles), sharex=True, squeeze=False)
    marks = []
    for panel, paper, title in zip(axes[:, 0], section.papers, titles, strict=True):
        marks += _line(panel, paper, renderer)
        panel.set_title(title, linespacing=1.0)
        far = max(max(f.least for f in facts), 1)
        panel.set(ylim=(0, far * _ROOF), xlim=(years[0] - 0.5, years[-1] + 0.5))
        panel.set_xticks(years, [str(y) for y in years])
    return Drawing(figure, marks, headings(renderer, "place", "window"))


def _line(axes: Axes, paper: Paper, renderer: Renderer) -> list[Mark]:
    """Draw one newspaper's line, a mark and a number at each year."""
    language = renderer.language
    name = language.name(renderer.tables.outlets, paper.outlet)
    data = pd.DataFrame(
        {"year": f.window.start.year, "copies": f.least, "text": shorten(language.count(f))}
        for f in paper.years
    )
    sns.lineplot(data, x="year", y="copies", color=MAIN, ax=axes)
    marks = []
    for row, fact in zip(data.itertuples(), paper.years, strict=True):
        when = shorten(language.window(fact.window, "short"))
        (point,) = axes.plot(row.year, row.copies, "o", color=MAIN, markersize=7)
        (reach,) = axes.plot(row.year, row.copies, "s", color="none", markersize=30)
        text = worded(renderer, fact, name, when)
        marks.append(Mark(point, text, fact, [name, when, *numbers(fact)], reach))
        axes.annotate(row.text, (row.year, row.copies), (0, 8), textcoords="offset points", ha="center")
    bare(axes, keep="bottom")
    return marks


@chart
def leader_share(section: Subscription, renderer: Renderer) -> Drawing | None:
    """Draw the leading organisation's part of each newspaper's copies, where the whole is known."""
    led = [p for p in section.papers if p.leader and p.leader.share and p.leader.share.value is not None]
    if not led:
        return None
    texts = [_texts(paper, renderer) for paper in led]
    tops = [sum(_height(*text) for text in texts[:i]) for i in range(len(led) + 1)]
    figure = Figure(figsize=(WIDTH, tops[-1]))
    axes = figure.add_axes((GAP / WIDTH, 0, 1 - 2 * GAP / WIDTH, 1))
    axes.set(xlim=(0, 1), ylim=(tops[-1], 0))
    bare(axes)
    axes.xaxis.set_ticks([])
    marks = []
    for paper, top, text in zip(led, tops, texts, strict=False):
        marks += _parts(axes, paper, top, text, renderer)
    return Drawing(figure, marks, headings(renderer, "place", "organisation", "window"), {"led": led})


def _texts(paper: Paper, renderer: Renderer) -> tuple[str, str, str]:
    """Return the newspaper's name, the leader with its share, and the others, in lines that fit."""
    language, leader = renderer.language, paper.leader
    assert leader is not None
    assert leader.share is not None
    name = language.name(renderer.tables.outlets, paper.outlet)
    others = shorten(language.label("chart.others"))
    mine = shorten(language.organisation(renderer.tables, leader.organisation))
    mine = f"{mine} {shorten(language.percent(leader.share))}"
    full = WIDTH - 2 * GAP
    return (
        wrapped(name, full, language, "bold"),
        wrapped(mine, full - breadth(others) - 4 * GAP, language),
        others,
    )


def _height(name: str, mine: str, others: str) -> float:
    return tall(name) + LINE + tall(mine) + 4 * PAD


def _parts(
    axes: Axes, paper: Paper, top: float, texts: tuple[str, str, str], renderer: Renderer
) -> list[Mark]:
    """Draw one newspaper: its name, the leader's part and the rest, whose they are below them."""
    language, leader = renderer.language, paper.leader
    assert leader is not None
    assert leader.share is not None
    name = language.name(renderer.tables.outlets, paper.outlet)
    organisation = shorten(language.organisation(renderer.tables, leader.organisation))
    when = shorten(language.window(leader.share.window, "short"))
    part = leader.share.value
    assert part is not None
    above, below, others = texts
    middle = top + tall(above) + 2 * PAD + LINE / 2
    shape: dict[str, Any] = {"height": LINE + PAD, "edgecolor": MAIN, "linewidth": 0.8}
    (mine,) = axes.barh(middle, part, color=MAIN, **shape)
    (rest,) = axes.barh(middle, 1 - part, left=part, color=PALE, **shape)
    axes.text(0, top + PAD / 2, above, weight="bold", va="top", linespacing=1.0)
    for x, text, side in ((0, below, "left"), (1, others, "right")):
        axes.text(x, middle + LINE / 2 + 0.8 * PAD, text, va="top", ha=side, linespacing=1.0)
    said = worded(renderer, leader.share, name, organisation, when)
    row = [name, organisation, when, *numbers(leader.share)]
    label = f"{name}: {language.label('chart.others')}"
    return [Mark(mine, said, leader.share, row), Mark(rest, label)]


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
