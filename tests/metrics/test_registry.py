import re
from pathlib import Path

import pandas as pd
import pytest
from aqparat import metrics
from aqparat.data.measures import carried
from aqparat.metrics import figures, limits, rate_ratio
from aqparat.metrics.registry import METRICS, OF_INDICATOR, OF_INPUTS, metric
from aqparat.metrics.within import within
from figured import only

LIB = Path(metrics.__file__).parents[1]
ALONE = LIB / "publish" / "evaluate"  # keeps its own formulas on purpose
MAY_LIST = (LIB / "metrics" / "registry.py", LIB / "words" / "workings.py")  # a working is optional


def test_each_metric_stands_once():
    assert list(METRICS) == [m.name for m in METRICS.values()]
    places = [m.place for m in METRICS.values() if m.place < metric("nothing").place]
    assert len(places) == len(set(places))


def test_facts_are_as_the_registry_says(facts):
    for fact in facts:
        known = METRICS[fact.metric]
        assert known.unit in (OF_INDICATOR, OF_INPUTS, fact.unit), fact
        assert fact.inputs or not known.is_derived, fact
        assert bool(fact.base) == known.is_compared, fact
        assert known.interval or fact.interval_low is None, fact


UNION = """
    members      KUS . 2015 2000
    members      AKT . 2015 1000
    members      ATY . 2015 3000
    publications KUS union-site 2016H1 10
    publications AKT union-site 2016H1 20
    publications ATY union-site 2016H1 5
    publications CEN union-site 2016H1 4
    publications KUS union-site 2017H1 20
    publications AKT union-site 2017H1 10
    publications ATY union-site 2017H1 8
    publications CEN union-site 2017H1 6
    publications KUS bilimdi-el 2016H1 9
    publications KUS bilimdi-el 2017H1 3
    copies       KUS bilimdi-el 2017   30
    copies       AKT bilimdi-el 2017   8
    copies       ATY bilimdi-el 2017   60
    copies       KUS bilimdi-el 2016   40
    copies       AKT bilimdi-el 2016   9
    copies       TOTAL bilimdi-el 2017 98
    trained      KUS . 2017H1 500
    trained      AKT . 2017H1 100
"""
CHOSEN = {"interval.level": 0.9, "rate_ratio.least": 30, "penetration.target": 2, "pace.years": 2,
          "funnel.inner": 0.5, "funnel.outer": 0.9}  # fmt: skip


@pytest.fixture
def union(basis, tables):
    return basis(UNION, settings=tables.settings.merged(CHOSEN))


def made(name, basis):
    return METRICS[name].compute(basis)


def test_contributions_are_of_members_and_of_the_head_office(union):
    site = made("contribution", union).query("outlet == 'union-site'")
    assert set(site["organisation"]) == {"KUS", "AKT", "ATY", "CEN"}


def test_who_rose_and_fell_is_counted_of_members_on_the_unions_site(union):
    assert {name: only(made(name, union))["value"] for name in ("risen", "fallen")} == {
        "risen": 2,
        "fallen": 1,
    }


@pytest.mark.parametrize(("name", "level"), [("limit_95", 0.5), ("limit_998", 0.9)])
def test_limits_have_the_levels_that_are_set(union, name, level):
    expected = limits(union.pooled_rates, union.people, union.members, ["union-site"], level, name)
    assert set(expected["outlet"]) == {"union-site"}
    pd.testing.assert_frame_equal(made(name, union), expected)
    assert union.settings.at(METRICS[name].level) == level


def test_within_the_limits_are_rates(union):
    expected = within(union.rates, made("limit_95", union), "within_95")
    pd.testing.assert_frame_equal(made("within_95", union), expected)
    assert only(expected)["id"] == "within_95.publications.TOTAL.union-site.2017H1"


def test_who_has_reported_is_told_of_figures_of_rates_and_of_the_index(union):
    now = {i.split(".")[1] for i in made("reported", union)["id"] if i.endswith("2017H1")}
    assert {
        "publications", "publications_rate", "trained_training_reach", "site_component", "site_score",
    } <= now  # fmt: skip
    assert "copies_penetration" in {i.split(".")[1] for i in made("reported", union)["id"]}


def test_medians_are_of_rates_too(basis, tables):
    """Of 11 of 21 the median has an upper bound."""
    lines = [
        f"{what} {code} {where} {window} {n}"
        for code in tables.members()[:11]
        for what, where, window, n in (
            ("members", ".", "2015", 1000), ("publications", "union-site", "2017H1", 4),
            ("copies", "bilimdi-el", "2017", 20), ("trained", ".", "2017H1", 250),
        )
    ]  # fmt: skip
    b = basis("\n".join(lines))
    for name, most, of_what, where in (
        ("rate", 4, "publications", "union-site.2017H1"),
        ("penetration", 2, "copies", "bilimdi-el.2017"),
        ("training_reach", 0.25, "trained", "any.2017H1"),
    ):
        row = only(made(f"median_{name}", b))
        assert (row["id"], row["high"]) == (f"median_{name}.{of_what}.TOTAL.{where}", most)
        assert row["inputs"] == (f"reported.{of_what}_{name}.TOTAL.{where}",)


def test_the_target_of_copies_is_as_set(union):
    row = made("on_target", union).set_index("id").loc["on_target.copies.TOTAL.bilimdi-el.2017"]
    assert row["low"] == 1  # ATY has 2 to 100 members
    assert row["inputs"] == ("reported.copies_penetration.TOTAL.bilimdi-el.2017",)


def test_ratios_have_the_level_and_the_least_number_that_are_set(union):
    found = made("rate_ratio", union)
    pd.testing.assert_frame_equal(
        found, rate_ratio(union.steady_units, union.member_codes, ["publications"], 0.9, 30)
    )
    assert set(found["organisation"]) == {"KUS", "AKT"}  # ATY has 13 items, the union none counted exactly


def test_what_most_report_together_is_compared(basis, tables):
    papers = ("bilimdi-el", "qazaqstan-kasipodagy")
    lines = [
        f"publications {code} {paper} {window} {n}"
        for code in (*tables.members(), "CEN")
        for paper in papers
        for window, n in (("2016H1", 4), ("2017H1", 6))
    ]
    b = basis("\n".join(lines), settings=tables.settings.merged(CHOSEN))
    growth, ratio = only(made("common_growth", b)), only(made("common_ratio", b))
    assert growth["id"] == "common_growth.publications.TOTAL.newspaper.2017H1.2016H1"
    assert growth["value"] == 0.5
    totals = figures.totals(b.common_totals)
    assert ratio.equals(only(rate_ratio(totals, b.member_codes, b.items, 0.9, 30, "common_ratio")))
    few = basis("\n".join(lines), settings=tables.settings.merged({"rate_ratio.least": 1000}))
    assert made("common_ratio", few).empty


SEASONS = "\n".join(
    f"publications TOTAL union-site {window} {n}"
    for window, n in (("2014H1", 1), ("2014", 10), ("2015H1", 4), ("2015", 10), ("2016H1", 2), ("2016", 2))
)


def test_seasons_are_of_halves_and_of_months_in_the_register(basis, tables):
    settings = tables.settings.merged(CHOSEN)
    row = only(made("seasonality", basis(SEASONS, settings=settings)))
    assert (row["low"], row["high"]) == (0.4, 1)  # of the two last years
    years = (2013, 2014, 2015, 2016)
    rows = "\n".join(f"{year}-{month}-05 KUS union-site" for year in years for month in ("01", "06"))
    told = "\n".join(f"publications TOTAL union-site {year}{half} 2" for year in years for half in ("H1", ""))
    found = made("seasonality", basis(told, rows, settings=settings.merged({"pace.years": 4})))
    assert len(found) == 1 + 12
    january = only(found[found["end"].dt.month.eq(1)])
    assert january["value"] == 12 / 2
    assert len(january["inputs"]) == 2 * 4


def test_regularity_is_of_months_and_of_issues(basis):
    b = basis(titles="2017-03-05 ATY ustazdyq-engbek\n2017-01-05 KUS union-site")
    found = made("regularity", b).set_index("id")
    assert found.loc["regularity.publications.KUS.union-site.2017H1", "value"] == 1 / 6
    assert found.loc["regularity.issues.ATY.ustazdyq-engbek.2017H1", "low"] == 1 / 8


def test_targets_are_those_of_the_measures_shown(basis):
    columns = ["code", "organisation", "batch", "indicator", "target", "due", "status", "origins"]
    rows = [
        ("M-1", "KUS", "2017H1", "copies", 900.0, pd.NaT, "planned", ["m.csv#2"]),
        ("M-2", "KUS", "2016H2", "copies", 800.0, pd.NaT, "done", ["m.csv#3"]),  # ended before
    ]
    found = made("target", basis(measures=carried(pd.DataFrame(rows, columns=columns))))
    assert only(found)["id"] == "target.copies.KUS.M-1.2017H1"


def test_differences_are_of_what_was_counted_and_else_of_rates(union):
    found = made("difference", union)
    by_input = {i.partition(".")[0] + "." + i.split(".")[1] for ids in found["inputs"] for i in ids}
    assert by_input == {"tally.site", "tally.newspapers", "component.copies"}
    row = found.set_index("id").loc["difference.site.KUS.any.2017H1.2016H1"]
    assert row["value"] == 10


def test_what_is_counted_can_have_a_noun_after_it():
    told = [
        name for name in ("volume", "reported", "listed", "share", "rate", "rank") if metric(name).is_counted
    ]
    assert told == ["volume", "reported", "listed"]


def test_of_a_metric_of_another_version_nothing_is_computed(union):
    gone = metric("gone")
    assert (gone.name, gone.unit) == ("gone", OF_INDICATOR)
    assert list(gone.compute(union)) == list(union.counted)
    assert gone.compute(union).empty


def test_a_metric_of_another_version_is_plain():
    assert metric("of_the_future").place >= max(m.place for m in METRICS.values())
    assert not metric("of_the_future").signed


@pytest.mark.parametrize(
    "path", [p for p in sorted(LIB.rglob("*.py")) if not p.is_relative_to(ALONE) and p not in MAY_LIST],
    ids=lambda p: p.relative_to(LIB).as_posix(),
)  # fmt: skip
def test_no_other_module_lists_metrics(path):
    """A list of them would have to be added to for each new one; `__all__` is the public face."""
    text = path.read_text(encoding="utf-8").partition("__all__")[0]
    for listed in re.findall(r"[({\[][^()\[\]{}]*[)}\]]", text):
        assert len(set(re.findall(r'"(\w+)"', listed)) & set(METRICS)) <= 4, listed
