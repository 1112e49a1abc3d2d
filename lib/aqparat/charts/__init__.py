"""Charts: what a section says, drawn; each with a title that states the finding and an alt text."""

from aqparat.charts.activity import index_map, index_ranks
from aqparat.charts.media import media
from aqparat.charts.newspapers import carried
from aqparat.charts.organisations import channels, mentions_map
from aqparat.charts.own import own_months, own_place
from aqparat.charts.site import (
    site_halves,
    site_lowest,
    site_members,
    site_months,
    site_periods,
    site_ranking,
    site_rates,
)
from aqparat.charts.style import Chart
from aqparat.charts.subscription import copies, leader_share, penetrations

__all__ = [
    "Chart",
    "carried",
    "channels",
    "copies",
    "index_map",
    "index_ranks",
    "leader_share",
    "media",
    "mentions_map",
    "own_months",
    "own_place",
    "penetrations",
    "site_halves",
    "site_lowest",
    "site_members",
    "site_months",
    "site_periods",
    "site_ranking",
    "site_rates",
]
