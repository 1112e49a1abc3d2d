"""The table of revised figures."""

from __future__ import annotations

from aqparat.sections.revisions import Revision
from aqparat.words import appendix, inline
from aqparat.words.inline import Inline
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import NONE, Rows, table


@table
def revised(section: list[Revision], renderer: Renderer) -> Rows:
    """Return revised figures: what, as first published, now."""
    language = renderer.language
    # The number of old is no fact of this report any more: it stands as bare text.
    rows: list[list[Inline]] = [
        [
            appendix.title(revision.before, renderer),
            inline.cited(str(language.counted(revision.before))),
            language.counted(revision.now) if revision.now else NONE,
        ]
        for revision in section
    ]
    return [language.label(f"column.{c}") for c in ("what", "published", "revised")], rows
