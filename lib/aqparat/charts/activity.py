"""Charts of the activity index: everyone's rank with its band, and a map of the index in five classes."""

from __future__ import annotations

from aqparat.charts.dots import Row, dots
from aqparat.charts.lettering import shorten
from aqparat.charts.map import Tile, classes, tiles
from aqparat.charts.marks import Drawing, Named, headings, short
from aqparat.charts.style import chart
from aqparat.palette import TONES
from aqparat.sections.standing import Classes, Standing
from aqparat.words.extent import alike
from aqparat.words.renderer import Renderer


@chart
def index_ranks(section: Standing, renderer: Renderer) -> Drawing | None:
    """Draw everyone's rank by the activity index, with the ranks that other weights give."""
    if len({(p.rank.value, p.best, p.worst) for p in section.places}) < 2:
        return None
    language, rows = renderer.language, []
    ordered = language.ordered(renderer.tables, section.places, size=lambda place: alike(place.rank))
    for place in ordered:
        name = shorten(language.organisation(renderer.tables, place.organisation))
        index = str(language.shown(place.index))
        rank = Named(place.rank, [name], f"· {index}")
        rows.append(Row(name, rank, band=place.rank, note=short(place.index, renderer)))
    figure, marks = dots(rows, renderer)
    return Drawing(figure, marks, headings(renderer, "organisation"))


@chart
def index_map(section: Classes, renderer: Renderer) -> Drawing | None:
    """Draw a tile for each member organisation: its activity index, and in which of five classes that is."""
    language, table = renderer.language, renderer.tables.organisations
    placed = table.loc[list(section.index)].dropna(subset=["grid_row", "grid_column"])
    if placed.empty:
        return None
    shown = []
    for code in language.ordered(renderer.tables, map(str, placed.index), code=str):
        row = placed.loc[code]
        name = shorten(language.organisation(renderer.tables, code))
        number = Named(section.index[code], [name])
        at = int(row["grid_row"]), int(row["grid_column"])
        shown.append(Tile(name, *at, number, section.classes.get(code)))
    figure, marks = tiles(shown, renderer, classes=classes(100 / len(TONES), language))
    return Drawing(figure, marks, headings(renderer, "organisation"))
