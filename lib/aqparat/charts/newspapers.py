"""Charts of newspapers: copies by year, the leader's share, items carried."""

from __future__ import annotations

from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from aqparat.charts.style import ACCENT, INK, MAIN, PALE, bare, canvas, chart, shorten, write
from aqparat.sections.newspapers import Coverage, Subscription
from aqparat.words.narrative import Narrator


@chart
def copies(section: Subscription, narrator: Narrator) -> tuple[Figure, dict[str, Any]] | None:
    """Draw copies subscribed by year, a line a newspaper."""
    language = narrator.language
    facts = [(paper.outlet, f) for paper in section.papers for f in paper.years]
    if len({f.window for _, f in facts}) < 2:
        return None
    data = pd.DataFrame(
        {
            "outlet": o,
            "year": f.window.start.year,
            "copies": f.least,
            "text": shorten(language.count(f)),
        }
        for o, f in facts
    )
    figure, axes = canvas(2.9)
    colours = dict(zip([p.outlet for p in section.papers], [MAIN, ACCENT, INK, PALE], strict=False))
    sns.lineplot(
        data, x="year", y="copies", hue="outlet", style="outlet", palette=colours, markers=True, dashes=False,
        legend=False, ax=axes, markersize=8,
    )  # fmt: skip
    for row in data.itertuples():
        axes.annotate(row.text, (row.year, row.copies), (0, 8), textcoords="offset points", ha="center")
    for paper in section.papers:
        last = paper.last
        axes.annotate(
            language.name(narrator.tables.outlets, paper.outlet),
            (last.window.start.year, last.least), (14, 0),
            textcoords="offset points", va="center", color=colours.get(paper.outlet, INK), weight="bold",
        )  # fmt: skip
    years = sorted(data["year"].unique())
    axes.set_xticks(years, [str(y) for y in years])
    span = max(years) - min(years)
    axes.set_xlim(min(years) - 0.15 * span, max(years) + 0.75 * span)
    axes.set_ylim(0, max(data["copies"].max(), 1) * 1.15)
    bare(axes, keep="bottom")
    axes.spines["bottom"].set_bounds(min(years), max(years))
    return figure, {}


@chart
def leader_share(section: Subscription, narrator: Narrator) -> tuple[Figure, dict[str, Any]] | None:
    """Draw the leading organisation's part of each newspaper's copies."""
    language = narrator.language
    led = [p for p in section.papers if p.leader]
    if not led:
        return None
    figure, axes = canvas(0.62 * len(led) + 0.2)
    for place, paper in enumerate(led):
        leader = paper.leader
        assert leader is not None
        part = leader.share.value or leader.share.least
        axes.barh(place, part, color=MAIN, height=0.52)
        axes.barh(place, 1 - part, left=part, color=PALE, height=0.52)
        name = shorten(language.organisation(narrator.tables, leader.organisation))
        text = f"{name} {shorten(language.percent(leader.share))}"
        if part > 0.3:
            axes.annotate(
                text,
                (part, place),
                (-5, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                color="white",
            )
        else:
            axes.annotate(text, (part, place), (5, 0), textcoords="offset points", va="center")
        axes.annotate(
            shorten(language.label("chart.others")),
            (1, place),
            (-5, 0),
            textcoords="offset points",
            ha="right",
            va="center",
        )
    axes.set_yticks(range(len(led)), [language.name(narrator.tables.outlets, p.outlet) for p in led])
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    bare(axes, keep="left")
    return figure, {"led": led}


@chart
def carried(section: list[Coverage], narrator: Narrator) -> tuple[Figure, dict[str, Any]] | None:
    """Draw what each newspaper carried; a count that is only a lower bound ends open."""
    language = narrator.language
    if not section:
        return None
    items = [x.items for c in section for x in c.carried]
    far = max(f.least for f in items)
    heights = [0.36 * len(c.carried) + 0.42 for c in section]
    figure, panels = canvas(sum(heights), len(section), height_ratios=heights, sharex=True, squeeze=False)
    for axes, coverage in zip(panels[:, 0], section, strict=True):
        facts = [x.items for x in coverage.carried]
        data = pd.DataFrame(
            {
                "window": [shorten(language.window(f.window, "short")) for f in facts],
                "value": [f.value if f.value is not None else f.least for f in facts],
            }
        )
        sns.barplot(data, y="window", x="value", color=MAIN, ax=axes, width=0.62, saturation=1)
        for place, fact in enumerate(facts):
            write(axes, place, fact, language, data["value"].iloc[place])
        axes.set_title(language.name(narrator.tables.outlets, coverage.outlet), color=INK)
        axes.set_xlim(0, far * 1.25)
        bare(axes, keep="left")
    return figure, {"bounded": [f for f in items if f.high is None]}
