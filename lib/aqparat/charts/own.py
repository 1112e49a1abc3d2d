"""Charts of an organisation's own report."""

from __future__ import annotations

from aqparat.charts.lettering import shorten
from aqparat.charts.marks import Drawing, Named, headings
from aqparat.charts.months import Month, months
from aqparat.charts.strip import Row, strips
from aqparat.charts.style import chart
from aqparat.metrics.facts import Fact
from aqparat.sections.own_months import OwnMonths
from aqparat.sections.own_place import Standing
from aqparat.words.renderer import Renderer


@chart
def own_place(section: Standing, renderer: Renderer) -> Drawing:
    """Draw where the organisation stands among all, a strip a rate."""
    language = renderer.language
    name = shorten(language.organisation(renderer.tables, section.organisation))
    rows = []
    for rate in section.rates:
        label = shorten(language.label(f"rate_name.{rate.kind}"))
        every = [*rate.others, *([rate.own] if rate.own else [])]
        rows.append(Row(label, every, Named(rate.own, [name, label])))
    signs = (name, language.label("chart.member"), "")
    figure, marks = strips(rows, renderer, names=signs)
    return Drawing(figure, marks, headings(renderer, "organisation", "figure"))


@chart
def own_months(section: OwnMonths, renderer: Renderer) -> Drawing:
    """Draw the organisation's items on the site by month, against the same months a year before."""
    language = renderer.language

    def named(fact: Fact) -> Named:
        return Named(fact, [shorten(language.window(fact.window, "short"))])

    shown = []
    for fact in section.now:
        then = section.before(fact)
        label = shorten(language.window(fact.window, "brief"))
        shown.append(Month(label, named(fact), named(then) if then else None))
    figure, marks = months(shown, renderer)
    return Drawing(figure, marks, headings(renderer, "window"))
