"""Charts of the organisations: a tile map of who is named where, one organisation's channels."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from aqparat.charts.style import ACCENT, INK, MAIN, PALE, bare, canvas, chart, shorten, write
from aqparat.sections.organisations import Places, Portrait
from aqparat.sections.own import Own
from aqparat.words import markup
from aqparat.words.narrative import Narrator

_MARKS = ("o", "s", "D", "v")  # a shape for each place, so that colour is not needed


@chart
def mentions_map(section: Places, narrator: Narrator) -> tuple[Figure, dict[str, Any]] | None:
    """Draw a tile for each member organisation: active, named, or not mentioned, and where."""
    language, table = narrator.language, narrator.tables.organisations
    placed = table.loc[section.members].dropna(subset=["grid_row", "grid_column"])
    if placed.empty:
        return None
    lists = [*((language.name(narrator.tables.outlets, o), codes) for o, codes in section.papers.items())]
    lists.append((shorten(language.label("chart.lowest")), section.lowest))
    colours = ["white"] * (len(lists) - 1) + [ACCENT]
    rows, columns = int(placed["grid_row"].max()) + 1, int(placed["grid_column"].max()) + 1
    figure, axes = canvas(0.62 * rows + 1.25)
    for code, row in placed.iterrows():
        x, y = row["grid_column"], row["grid_row"]
        fill, ink = (MAIN, "white") if code in section.active else (PALE, INK)
        if code in section.unmentioned:
            fill, ink = "white", INK
        dashed = (0, (3, 2)) if code in section.unmentioned else "-"
        axes.add_patch(
            Rectangle(
                (x + 0.03, y + 0.04),
                0.94,
                0.92,
                facecolor=fill,
                edgecolor=INK,
                lw=0.7,
                linestyle=dashed,
            )
        )
        name = markup.plain(language.organisation(narrator.tables, str(code)))
        name = name.replace(" ", "\n").replace("-", "-\n") if len(name) > 10 else name
        axes.text(
            x + 0.5,
            y + 0.36,
            name,
            ha="center",
            va="center",
            fontsize=6.8,
            color=ink,
            linespacing=1.0,
        )
        here = [i for i, (_, codes) in enumerate(lists) if code in codes]
        for place, i in enumerate(here):
            axes.plot(
                x + 0.5 + 0.2 * (place - (len(here) - 1) / 2), y + 0.79, marker=_MARKS[i % 4], markersize=4.6,
                markerfacecolor=colours[i], markeredgecolor=INK, markeredgewidth=0.8,
            )  # fmt: skip
    fills = [
        Rectangle(
            (0, 0),
            1,
            1,
            facecolor=c,
            edgecolor=INK,
            lw=0.7,
            linestyle=s,
            label=shorten(language.label(f"chart.{k}")),
        )
        for c, s, k in (
            (MAIN, "-", "active"),
            (PALE, "-", "named"),
            ("white", (0, (3, 2)), "unmentioned"),
        )
    ]
    marks = [
        Line2D(
            [], [], marker=_MARKS[i % 4], linestyle="", markersize=5.5, markeredgecolor=INK,
            markeredgewidth=0.8, markerfacecolor=colours[i], label=label,
        )
        for i, (label, _) in enumerate(lists)
    ]  # fmt: skip
    figure.legend(
        handles=[*fills, *marks],
        loc="outside lower left",
        ncols=2,
        handlelength=1.2,
        columnspacing=1.6,
    )
    axes.set(xlim=(0, columns), ylim=(rows, 0), aspect="auto")
    axes.axis("off")
    return figure, {}


@chart
def channels(section: Portrait | Own | None, narrator: Narrator) -> tuple[Figure, dict[str, Any]] | None:
    """Draw one organisation's items by channel."""
    language = narrator.language
    year = narrator.tables.period.year
    facts = [
        f
        for f in (section.facts if section else [])
        if f.indicator in ("publications", "videos") and f.window.start.year == year
    ]
    latest = max((f.window for f in facts), key=lambda w: (w.start, w.end or date.max), default=None)
    facts = [f for f in facts if f.window == latest]
    if len(facts) < 2:
        return None
    facts.sort(key=lambda f: -f.least)

    def label(f: Any) -> str:
        place = (
            language.name(narrator.tables.outlets, f.outlet)
            if f.outlet
            else language.label(f"channel.{f.channel or 'unnamed'}")
        )
        return shorten(f"{place}: {language.label('chart.video')}" if f.indicator == "videos" else place)

    data = pd.DataFrame(
        {
            "label": [label(f) for f in facts],
            "value": [f.least for f in facts],
        }
    )
    figure, axes = canvas(0.4 * len(data) + 0.3)
    rows = [str(place) for place in data.index]  # labels may repeat
    sns.barplot(y=rows, x=data["value"], color=MAIN, ax=axes, width=0.62, saturation=1)
    axes.set_yticks(range(len(data)), data["label"])
    for place, fact in enumerate(facts):
        if fact.indicator == "videos":
            axes.patches[place].set_facecolor(ACCENT)
        write(axes, place, fact, language)
    axes.set_xlim(0, data["value"].max() * 1.2)
    bare(axes, keep="left")
    return figure, {"facts": facts}
