"""Tables of the report: what a section holds, in rows and columns of inline text."""

from aqparat.words.tables.activity import index
from aqparat.words.tables.measures import plan, unheard
from aqparat.words.tables.media import media, media_totals
from aqparat.words.tables.newspapers import carried
from aqparat.words.tables.own import own_copies, own_figures, own_rates
from aqparat.words.tables.portraits import other_figures
from aqparat.words.tables.revisions import revised
from aqparat.words.tables.scoreboard import scoreboard
from aqparat.words.tables.site import site_lowest, site_members, site_ranking, site_rates
from aqparat.words.tables.subscription import copies, subscribers
from aqparat.words.tables.table import NONE, Table
from aqparat.words.tables.training import activities, training

TABLES = {
    made.__name__: made
    for made in (
        revised,
        site_lowest,
        site_ranking,
        site_members,
        site_rates,
        copies,
        subscribers,
        media_totals,
        media,
        carried,
        index,
        training,
        activities,
        plan,
        unheard,
        scoreboard,
        other_figures,
        own_figures,
        own_copies,
        own_rates,
    )
}

__all__ = ["NONE", "TABLES", "Table"]
