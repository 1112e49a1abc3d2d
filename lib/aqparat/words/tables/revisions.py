"""The table of revised figures."""

from __future__ import annotations

from dataclasses import replace

from aqparat.metrics.facts import Fact
from aqparat.sections.revisions import Revision
from aqparat.words import inline
from aqparat.words.appendix import entries
from aqparat.words.inline import Inline
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import NONE, Rows, table


@table
def revised(section: list[Revision], renderer: Renderer) -> Rows:
    """Return revised figures: what, as first published, now."""
    language = renderer.language

    def title(fact: Fact) -> Inline:
        return entries([replace(fact, origins=())], renderer)[0].title

    # The number of old is no fact of this report any more: it stands as bare text.
    rows: list[list[Inline]] = [
        [
            title(revision.before),
            inline.cited(str(language.counted(revision.before))),
            language.counted(revision.now) if revision.now else NONE,
        ]
        for revision in section
    ]
    return [language.label(f"column.{c}") for c in ("what", "published", "revised")], rows
