"""The program's facts of an invented half-year against a count by other means (`recount.py`)."""

import ast
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import recount
from aqparat.metrics import collect

METRICS = pytest.mark.parametrize("name", recount.FIGURES)
BOUNDS = ("value", "low", "high")
NONE_OF = ("gini", "evenness", "contribution")  # a member is silent, no channel is whole: nothing may be told


@pytest.fixture(scope="module")
def facts(folder_at, tmp_path_factory):
    folder = folder_at(tmp_path_factory.mktemp("recount"))
    for file in ("observations", "publications", "activities"):
        folder.write(f"2017H2/{file}.csv", (recount.INVENTED / f"{file}.csv").read_bytes())
    tables = folder.load("2017H2")
    forms = recount.read(recount.INVENTED / "filings.csv")  # stands for the forms themselves
    filings = pd.DataFrame(
        {
            "organisation": forms["organisation"],
            "state": "filled",
            "filed": pd.to_datetime(forms["filed"]).astype("datetime64[us]"),
            "batch": "2017H2",
            "origins": [[f"raw/2017H2/{code}.xlsx#form!5"] for code in forms["organisation"]],
        }
    )
    return collect(replace(tables, filings=filings))


def test_nothing_of_the_program_counts_again():
    tree = ast.parse(Path(recount.__file__).read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {alias.name for node in imports for alias in node.names}
    modules |= {str(node.module) for node in imports if isinstance(node, ast.ImportFrom)}
    assert not any(name.startswith("aqparat") for name in modules)


def same(told, expected):
    """Return whether two numbers are the same, or both unknown."""
    return told is expected if None in (told, expected) else told == pytest.approx(expected, rel=1e-9)


@METRICS
def test_value_and_bounds_are_those_counted_again(facts, name):
    found = recount.FIGURES[name]()
    assert found
    wrong = {}
    for fact_id, expected in found.items():
        told = tuple(getattr(facts[fact_id], k) for k in BOUNDS) if fact_id in facts else ()
        if len(told) != len(expected) or not all(map(same, told, expected)):
            wrong[fact_id] = told, expected
    assert wrong == {}


@pytest.mark.parametrize("name", recount.INTERVALS)
def test_what_chance_may_do_is_as_counted_again(facts, name):
    for fact_id, expected in recount.INTERVALS[name]().items():
        fact = facts[fact_id]
        assert (fact.interval_low, fact.interval_high) == pytest.approx(expected, rel=1e-9), fact_id


@pytest.mark.parametrize("metric", NONE_OF)
def test_what_cannot_be_known_is_not_told(facts, metric):
    window = recount.HALF
    assert [f.id for f in facts.select(metric) if f.window.code == window] == []


def test_the_figures_are_many_and_of_many_kinds():
    assert sum(len(count()) for count in recount.FIGURES.values()) > 500
