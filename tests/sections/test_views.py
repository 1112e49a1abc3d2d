"""Views: the data choose what a section shows, and docs/report.md says so."""

from datetime import date
from pathlib import Path

import pytest
from aqparat.period import Window
from aqparat.sections.report_data import ReportData
from aqparat.sections.views import VIEWS, View, is_full, listing

ROOT = Path(__file__).parents[2]
FIRST_HALF = Window(date(2017, 1, 1), date(2017, 6, 30))


def test_committed_list_is_current():
    assert (ROOT / "docs" / "report.md").read_text(encoding="utf-8") == listing(), "run make views"


@pytest.mark.parametrize("view", VIEWS.values(), ids=list(VIEWS))
def test_every_view_says_what_it_shows_and_when(view):
    assert view.what
    assert view.when or view.data != "any"


def test_a_docstring_is_taken_apart():
    def of(data):
        """Return the organisations by size.

        When: two years are known,
        and both are whole.

        Returns
        -------
        None
        """

    view = View("sizes", "site", "full", of)
    assert (view.what, view.when) == ("the organisations by size", "two years are known, and both are whole")


def test_figures_are_full_from_three_members_in_five(tables, facts):
    data = ReportData(tables, facts)
    members = list(tables.members())
    least = -(-len(members) * 6 // 10)
    assert is_full(data, members[:least], FIRST_HALF)
    assert not is_full(data, members[: least - 1], FIRST_HALF)
    assert not is_full(data, [*members[: least - 1], "CEN", "ZAI"], FIRST_HALF)
