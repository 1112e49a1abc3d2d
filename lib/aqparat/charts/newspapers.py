"""The chart of items that newspapers carried."""

from __future__ import annotations

from aqparat.charts.bars import Bar, Panel, panels
from aqparat.charts.lettering import shorten
from aqparat.charts.marks import Drawing, headings
from aqparat.charts.style import chart
from aqparat.sections.newspapers import Coverage
from aqparat.words.renderer import Renderer


@chart
def carried(section: list[Coverage], renderer: Renderer) -> Drawing | None:
    """Draw what each newspaper carried; a count that is only a lower bound ends open."""
    language = renderer.language
    if not section:
        return None
    shown = []
    for coverage in section:
        name = language.name(renderer.tables.outlets, coverage.outlet)
        windows = [shorten(language.window(x.window, "short")) for x in coverage.carried]
        bars = [
            Bar(when, x.items, [name, when], [name, when])
            for when, x in zip(windows, coverage.carried, strict=True)
        ]
        shown.append(Panel(bars, name))
    figure, marks = panels(shown, renderer)
    bounded = [x.items for c in section for x in c.carried if x.items.high is None]
    return Drawing(figure, marks, headings(renderer, "place", "window"), {"bounded": bounded})
