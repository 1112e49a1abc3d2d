"""Charts of the union's site."""

from __future__ import annotations

from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from aqparat.charts.style import ACCENT, INK, MAIN, PALE, bare, canvas, chart, shorten, write
from aqparat.sections.site import Site
from aqparat.words.narrative import Narrator


@chart
def site_periods(section: Site, narrator: Narrator) -> tuple[Figure, dict[str, Any]] | None:
    """Draw items on the site by whole year, and apart from them the half with its pace."""
    language = narrator.language
    shown = section.years + ([section.now] if section.now and section.now not in section.years else [])
    if len(shown) < 2:
        return None
    labels = [shorten(language.window(f.window, "short")) for f in shown]
    halves = [bool(f.window.period and f.window.period.is_half) for f in shown]
    data = pd.DataFrame({"label": labels, "value": [f.low for f in shown], "half": halves})
    if section.pace:
        data.loc[len(data)] = [shorten(language.label("chart.projection")), section.pace.low, True]
    figure, axes = canvas(0.42 * len(data) + 0.35)
    sns.barplot(
        data, y="label", x="value", hue="half", palette={False: MAIN, True: PALE}, legend=False, ax=axes,
        width=0.66, saturation=1,
    )  # fmt: skip
    far = max(f.least for f in shown)
    for place, fact in enumerate(shown):
        axes.annotate(
            shorten(language.count(fact)),
            (fact.least, place),
            (4, 0),
            textcoords="offset points",
            va="center",
        )
    if section.pace and section.pace.low and section.pace.high:
        place = len(data) - 1
        axes.barh(
            place, section.pace.high - section.pace.low, left=section.pace.low, height=0.66,
            color="none", edgecolor=MAIN, linestyle=(0, (3, 2)), linewidth=1.2,
        )  # fmt: skip
        far = max(far, section.pace.high)
        axes.annotate(
            shorten(language.count(section.pace)), (section.pace.high, place), (4, 0),
            textcoords="offset points", va="center",
        )  # fmt: skip
    if section.pace or any(halves):
        axes.axhline(len(section.years) - 0.5, color=INK, linewidth=0.6, linestyle=(0, (1, 3)))
    axes.set_xlim(0, far * 1.18)
    bare(axes, keep="left")
    return figure, {}


@chart
def site_lowest(section: Site, narrator: Narrator) -> tuple[Figure, dict[str, Any]] | None:
    """Draw who sent least or nothing to the site, a panel a window, on one scale."""
    language = narrator.language
    groups: dict[Any, list[Any]] = {}
    for group in [*section.silent, *section.lowest]:
        seen = groups.setdefault(group.window, [])
        seen += [f for f in group.facts if f not in seen]
    if not groups:
        return None
    windows = sorted(groups, key=lambda w: (w.start, w.code))
    most = max(len(g) for g in groups.values())
    far = max(f.most for g in groups.values() for f in g)
    figure, panels = canvas(
        sum(0.3 * len(groups[w]) + 0.42 for w in windows), len(windows),
        height_ratios=[0.3 * len(groups[w]) + 0.42 for w in windows], sharex=True, squeeze=False,
    )  # fmt: skip
    for axes, window in zip(panels[:, 0], windows, strict=True):
        facts = sorted(groups[window], key=lambda f: f.least)
        data = pd.DataFrame(
            {
                "label": [shorten(language.organisation(narrator.tables, f.organisation)) for f in facts],
                "value": [f.least for f in facts],
            }
        )
        sns.barplot(data, y="label", x="value", color=ACCENT, ax=axes, width=0.5, saturation=1)
        for place, fact in enumerate(facts):
            write(axes, place, fact, language)
        axes.set_title(shorten(language.window(window, "short")), color=INK)
        axes.set_xlim(0, max(far, 1) * 1.15)
        bare(axes, keep="left")
    return figure, {
        "groups": [{"window": w, "facts": sorted(groups[w], key=lambda f: f.least)} for w in windows],
        "most": most,
    }
