"""Counts of the measures decided before, and of what has become of them."""

import pytest
from aqparat.metrics import collect
from aqparat.metrics.plan import PLAN, plan

HEAD = "code,organisation,text_kk,text_ru,text_en,indicator,target,due,status,note,source\n"
BEFORE = HEAD + (
    "M-1,KUS,а,а,a,,,2017-12-01,planned,,meeting\n"
    "M-2,AKT,а,а,a,,,2017-12-01,under_way,,meeting\n"
    "M-3,PAV,а,а,a,,,2017-05-01,done,,meeting\n"
    "M-4,ATY,а,а,a,,,2017-09-01,under_way,,meeting\n"
    "M-6,KAR,а,а,a,,,2019-09-01,planned,,meeting\n"
    "M-7,PAR,а,а,a,,,2019-10-01,planned,,meeting\n"
)
NOW = HEAD + (
    "M-1,KUS,а,а,a,,,,done,,form\n"
    "M-4,ATY,а,а,a,,,,under_way,,form\n"
    "M-5,CEN,а,а,a,,,2017-12-31,planned,,form\n"
)


@pytest.fixture(scope="session")  # made once for all mutants, too
def tables(folder_at, tmp_path_factory):
    folder = folder_at(tmp_path_factory.mktemp("plan"))
    folder.write("2017H1/measures.csv", BEFORE)
    folder.write("2017H2/measures.csv", NOW)
    return folder.load("2017H2")


def test_what_has_become_of_the_measures_decided_before(tables):
    """M-3 was done before; of M-2, M-6 and M-7 nothing was said; M-5 was decided since, and is due."""
    counts = dict(zip(plan(tables)["indicator"], plan(tables)["value"], strict=True))
    assert counts == {
        "measures_before": 5, "measures_done": 1, "measures_under_way": 1, "measures_planned": 0,
        "measures_dropped": 0, "measures_unreported": 3, "measures_since": 1, "measures_overdue": 2,
        "measures_past_due": 1,
    }  # fmt: skip


def test_each_count_names_the_rows_that_it_counts(tables):
    rows = plan(tables).set_index("indicator")["origins"]
    assert rows["measures_done"] == ["raw/2017H2/measures.csv#2"]
    assert rows["measures_planned"] == rows["measures_dropped"]  # of none, those searched


def test_they_are_facts_in_measures(tables):
    facts = collect(tables)
    told = [facts[f"volume.{name}.TOTAL.any.2017H2"] for name in PLAN]
    assert {f.unit for f in told} == {"measure"}


def test_without_measures_nothing_is_counted(folder_at, tmp_path_factory):
    assert plan(folder_at(tmp_path_factory.mktemp("none")).load("2017H1")).empty
