"""The table of the activity index."""

from __future__ import annotations

from aqparat.metrics.facts import Fact
from aqparat.sections.activity import Activity
from aqparat.words.inline import Inline
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import NONE, Rows, table


@table
def index(section: Activity, renderer: Renderer) -> Rows:
    """Return the activity index and its rank, with what reporting leaves open and what other weights do."""
    language = renderer.language

    def told(fact: Fact | None) -> Inline:
        return language.shown(fact) if fact else NONE

    rows = [
        [
            language.organisation(renderer.tables, fact.organisation),
            told(fact),
            told(section.left_out.get(fact.organisation)),
            told(section.ranks.get(fact.organisation)),
            _band(renderer, section.ranks.get(fact.organisation)),
        ]
        for fact in section.index
    ]
    columns = ("organisation", "index", "left_out", "rank", "band")
    return [language.label(f"column.{c}") for c in columns], rows


def _band(renderer: Renderer, fact: Fact | None) -> Inline:
    return renderer.language.likely(fact) or NONE if fact else NONE
