"""The sections of the report: for each, what the figures say, free of language.

`CONTENTS` is the table of contents: name → function of the report's data. Words, tables and charts of a
section are made from what its function returns. `findings` stand below the tables of `measures`. `OWN` is
that of an organisation's own report: name → function of the report's data and the organisation's code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aqparat.sections import answers, cards, places, scoreboard
from aqparat.sections.activity import activity
from aqparat.sections.measures import measures
from aqparat.sections.newspapers import carried
from aqparat.sections.notes import notes
from aqparat.sections.own import own
from aqparat.sections.own_months import own_months
from aqparat.sections.own_place import own_place
from aqparat.sections.own_print import own_print
from aqparat.sections.portraits import portraits
from aqparat.sections.press import press
from aqparat.sections.report_data import ReportData
from aqparat.sections.revisions import revisions
from aqparat.sections.site import site
from aqparat.sections.site_halves import site_halves
from aqparat.sections.site_items import site_items
from aqparat.sections.site_members import site_members
from aqparat.sections.site_months import site_months
from aqparat.sections.site_moves import site_moves
from aqparat.sections.site_rates import site_rates
from aqparat.sections.subscription import subscription
from aqparat.sections.training import training
from aqparat.sections.views import VIEWS

CONTENTS: dict[str, Callable[[ReportData], Any]] = {
    "revisions": revisions,
    "site": site,
    "subscription": subscription,
    "newspapers": carried,
    "press": press,
    "activity": activity,
    "own_print": own_print,
    "training": training,
    "organisations": portraits,
    "measures": measures,
    "findings": measures,
    "notes": notes,
    "method": lambda data: data.settings,
}

OWN: dict[str, Callable[[ReportData, str], Any]] = {
    "own_summary": own,
    "own_place": own_place,
    "own_figures": own,
    "own_months": own_months,
    "own_work": own,
    "own_measures": own,
    "own_missing": own,
}

assert answers and cards and places and scoreboard  # their views are in VIEWS


def gathered(data: ReportData, name: str) -> Any:
    """Return what a section or a view holds, by its name.

    Raises
    ------
    KeyError
        If there is neither.
    """
    return CONTENTS[name](data) if name in CONTENTS else VIEWS[name].of(data)


__all__ = [
    "CONTENTS",
    "OWN",
    "ReportData",
    "gathered",
    "site_halves",
    "site_items",
    "site_members",
    "site_months",
    "site_moves",
    "site_rates",
]
