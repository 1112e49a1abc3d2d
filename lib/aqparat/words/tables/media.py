"""The tables of newspapers, radio, television and social media."""

from __future__ import annotations

from aqparat.metrics.facts import Fact
from aqparat.sections.media import Channel, Media
from aqparat.words.inline import Inline, capitalised, text
from aqparat.words.renderer import Renderer
from aqparat.words.tables.table import NONE, NOTHING, Rows, change, folded, table


@table
def media_totals(section: Media, renderer: Renderer) -> Rows | None:
    """Return each channel's figure for the whole union, and its change on a year before."""
    language = renderer.language
    rows_of = section.totals
    if not rows_of:
        return None
    compared, years = section.compared, [c.year for c in rows_of if c.year]
    short = _short(section)
    columns = [language.label("column.channel")]
    columns += [language.label("column.reported")] if short else []
    columns += [language.label("column.users")]
    columns += [str(language.window(c.then.window, "short")) for c in compared[:1] if c.then]
    columns += [str(language.window(section.window, "short"))]
    columns += [language.label("column.growth"), language.label("column.beyond_chance")] if compared else []
    if years:
        when = str(language.window(years[0].window, "short"))
        columns += [when, f"{language.label('column.growth')}, {when}"]
    rows: list[list[Inline]] = []
    for channel in rows_of:
        row = [capitalised(language.channel(renderer.tables, channel.of))]
        row += [_count(channel.reported, renderer)] if short else []
        row += [_count(channel.present, renderer) if channel.ranking else NOTHING]
        row += [_count(channel.then, renderer)] if compared else []
        row += [_count(channel.total, renderer)]
        row += [change(renderer, channel.growth), _beyond(channel, renderer)] if compared else []
        row += [_count(channel.year, renderer), change(renderer, channel.year_growth)] if years else []
        rows.append(row)
    return columns, rows


@folded
def media(section: Media, renderer: Renderer) -> Rows:
    """Return the figures of every member organisation and of the head office, a column a channel."""
    language, tables = renderer.language, renderer.tables
    columns = [language.label("column.organisation")]
    columns += [str(capitalised(language.channel(tables, c.of))) for c in section.channels]
    places = range(len(section.channels))
    rows: list[list[Inline]] = [
        [language.organisation(tables, code), *(_count(own.get(n), renderer) for n in places)]
        for code, own in _members(section, renderer)
    ]
    totals = [_count(c.total, renderer) for c in section.channels]
    rows.append([text(language.label("column.total")), *totals])
    if any(c.growth for c in section.channels):
        rows.append(
            [
                text(language.label("column.growth")),
                *(change(renderer, c.growth if c.then else None) for c in section.channels),
            ]
        )
    return columns, rows


def _members(section: Media, renderer: Renderer) -> list[tuple[str, dict[int, Fact]]]:
    """Return whose figures are known, most first, then those of whom none is; the head office last."""
    rows = list(section.by_organisation.items())
    members = [row for row in rows if row[0] not in section.head_office]
    told, silent = [row for row in members if row[1]], [row for row in members if not row[1]]
    ordered = renderer.language.ordered(renderer.tables, silent, code=lambda row: row[0])
    return [*told, *ordered, *(row for row in rows if row[0] in section.head_office)]


def _short(section: Media) -> bool:
    """Whether some of the members have not told of some channel."""
    due = section.due
    return due is not None and any(c.reported and c.reported.least < due.least for c in section.totals)


def _count(fact: Fact | None, renderer: Renderer) -> Inline:
    return renderer.language.count(fact) if fact else NONE


def _beyond(channel: Channel, renderer: Renderer) -> Inline:
    """Return whether a channel has changed by more than chance alone may explain."""
    if channel.ratio is None:
        return NONE
    return text(renderer.language.label(f"answer.{'yes' if channel.surely else 'no'}"))
