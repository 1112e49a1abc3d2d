"""Charts of newspapers: copies by year, the leader's share, items carried."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from aqparat.charts.bars import GAP, LINE, PAD, Bar, Panel, panels
from aqparat.charts.lettering import shorten, wrapped
from aqparat.charts.marks import Drawing, Mark, headings, numbers, worded
from aqparat.charts.style import MAIN, PALE, WIDTH, bare, canvas, chart
from aqparat.sections.newspapers import Coverage, Paper, Subscription
from aqparat.words.narrative import Narrator

_ROOF = 1.4  # of the highest point: space for the numbers above a line


@chart
def copies(section: Subscription, narrator: Narrator) -> Drawing | None:
    """Draw copies subscribed by year, a panel a newspaper, on one scale."""
    facts = [f for paper in section.papers for f in paper.years]
    years = sorted({f.window.start.year for f in facts})
    if len(years) < 2:
        return None
    figure, axes = canvas(1.25 * len(section.papers) + 0.3, len(section.papers), sharex=True, squeeze=False)
    marks = []
    for panel, paper in zip(axes[:, 0], section.papers, strict=True):
        marks += _line(panel, paper, narrator)
        far = max(max(f.least for f in facts), 1)
        panel.set(ylim=(0, far * _ROOF), xlim=(years[0] - 0.5, years[-1] + 0.5))
        panel.set_xticks(years, [str(y) for y in years])
    return Drawing(figure, marks, headings(narrator, "place", "window"))


def _line(axes: Axes, paper: Paper, narrator: Narrator) -> list[Mark]:
    """Draw one newspaper's line, a mark and a number at each year."""
    language = narrator.language
    name = language.name(narrator.tables.outlets, paper.outlet)
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
        text = worded(narrator, fact, name, when)
        marks.append(Mark(point, text, fact, [name, when, *numbers(fact)], reach))
        axes.annotate(row.text, (row.year, row.copies), (0, 8), textcoords="offset points", ha="center")
    axes.set_title(wrapped(name, WIDTH - 2 * GAP, language))
    bare(axes, keep="bottom")
    return marks


@chart
def leader_share(section: Subscription, narrator: Narrator) -> Drawing | None:
    """Draw the leading organisation's part of each newspaper's copies."""
    led = [p for p in section.papers if p.leader]
    if not led:
        return None
    height = 3 * LINE + 4 * PAD
    figure = Figure(figsize=(WIDTH, height * len(led)))
    axes = figure.add_axes((GAP / WIDTH, 0, 1 - 2 * GAP / WIDTH, 1))
    marks = []
    for place, paper in enumerate(led):
        marks += _parts(axes, paper, place * height, narrator)
    axes.set(xlim=(0, 1), ylim=(height * len(led), 0))
    bare(axes)
    axes.xaxis.set_ticks([])
    return Drawing(figure, marks, headings(narrator, "place", "organisation", "window"), {"led": led})


def _parts(axes: Axes, paper: Paper, top: float, narrator: Narrator) -> list[Mark]:
    """Draw one newspaper: its name, the leader's part and the rest, whose they are below them."""
    language, leader = narrator.language, paper.leader
    assert leader is not None
    name = language.name(narrator.tables.outlets, paper.outlet)
    organisation = shorten(language.organisation(narrator.tables, leader.organisation))
    others = language.label("chart.others")
    when = shorten(language.window(leader.share.window, "short"))
    part = leader.share.value if leader.share.value is not None else leader.share.least
    middle = top + LINE + 2 * PAD + LINE / 2
    (mine,) = axes.barh(middle, part, height=LINE + PAD, color=MAIN, edgecolor=MAIN, linewidth=0.8)
    (rest,) = axes.barh(
        middle, 1 - part, left=part, height=LINE + PAD, color=PALE, edgecolor=MAIN, linewidth=0.8
    )
    axes.text(0, top + PAD / 2, name, weight="bold", va="top")
    below = middle + LINE / 2 + 0.8 * PAD
    axes.text(0, below, f"{organisation} {shorten(language.percent(leader.share))}", va="top")
    axes.text(1, below, shorten(others), va="top", ha="right")
    text = worded(narrator, leader.share, name, organisation, when)
    row = [name, organisation, when, *numbers(leader.share)]
    return [Mark(mine, text, leader.share, row), Mark(rest, f"{name}: {others}")]


@chart
def carried(section: list[Coverage], narrator: Narrator) -> Drawing | None:
    """Draw what each newspaper carried; a count that is only a lower bound ends open."""
    language = narrator.language
    if not section:
        return None
    shown = []
    for coverage in section:
        name = language.name(narrator.tables.outlets, coverage.outlet)
        windows = [shorten(language.window(x.window, "short")) for x in coverage.carried]
        bars = [
            Bar(when, x.items, [name, when], [name, when])
            for when, x in zip(windows, coverage.carried, strict=True)
        ]
        shown.append(Panel(bars, name))
    figure, marks = panels(shown, narrator)
    bounded = [x.items for c in section for x in c.carried if x.items.high is None]
    return Drawing(figure, marks, headings(narrator, "place", "window"), {"bounded": bounded})
