"""The table of the activity index."""

from __future__ import annotations

from aqparat.metrics.facts import Fact
from aqparat.sections.standing import Place, Standing
from aqparat.words.extent import alike, extent
from aqparat.words.inline import Inline
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import NONE, Rows, narrow, table
from aqparat.words.writing import Writing


@table
def index(section: Standing, renderer: Renderer) -> Rows:
    """Return the activity index with its parts and its rank, and what other weights do to both."""
    language = renderer.language
    rows = [
        [
            language.organisation(renderer.tables, place.organisation),
            *(_points(place.scores.get(name), renderer) for name in section.parts),
            narrow(language.shown(place.index)),
            _points(place.left_out, renderer),
            narrow(language.shown(place.rank)),
            _band(place, renderer),
        ]
        for place in language.ordered(renderer.tables, section.places, size=lambda place: alike(place.rank))
    ]
    columns = [language.label("column.organisation")]
    columns += [language.label(f"part.{name}") for name in section.parts]
    columns += [language.label(f"column.{name}") for name in ("index", "left_out", "rank", "band")]
    return columns, rows


def _points(fact: Fact | None, renderer: Renderer) -> Inline:
    """Return points of a hundred without decimals, which tell nothing here."""
    return narrow(renderer.language.told(fact, extent(fact), Writing())) if fact else NONE


def _band(place: Place, renderer: Renderer) -> Inline:
    return renderer.language.likely(place.rank) or NONE
