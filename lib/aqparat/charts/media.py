"""The chart of newspapers, radio, television and social media."""

from __future__ import annotations

from aqparat.charts.lettering import shorten
from aqparat.charts.marks import Drawing, Named, headings
from aqparat.charts.matrix import Line, matrix
from aqparat.charts.style import chart
from aqparat.sections.media import Media
from aqparat.words.renderer import Renderer


@chart
def media(section: Media, renderer: Renderer) -> Drawing | None:
    """Draw the figures of every organisation and of the head office in each channel, and the union's."""
    drawn = [fact for own in section.by_organisation.values() for fact in own.values()]
    if len({(f.low, f.high) for f in drawn}) < 2:
        return None
    language, tables = renderer.language, renderer.tables
    heads = [shorten(language.channel(tables, c.of)) for c in section.channels]
    lines = []
    for code, own in section.by_organisation.items():
        name = shorten(language.organisation(tables, code))
        lines.append(Line(name, [Named(own.get(n), [name, head]) for n, head in enumerate(heads)]))
    union = language.label("column.total")
    totals = [Named(c.total, [union, head]) for c, head in zip(section.channels, heads, strict=True)]
    known = any(c.total for c in section.channels)
    figure, marks = matrix(heads, lines, renderer, totals=Line(union, totals) if known else None)
    told = {"heads": heads, "facts": drawn, "dashes": len(drawn) < len(lines) * len(heads)}
    return Drawing(figure, marks, headings(renderer, "organisation", "place"), told)
