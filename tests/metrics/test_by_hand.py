"""A union of four organisations worked out by hand: limits, medians, percentage points and classes.

Each is a fact with inputs, so that a reader can work it out again, as is done here, and by scipy.
"""

from pathlib import Path

import pandas as pd
import pytest
from aqparat.data.prepare import prepare
from aqparat.data.reading import intake
from aqparat.metrics import collect
from aqparat.period import Period
from aqparat.publish.evaluate import mismatches
from aqparat.sections.funnel import Standing, standing
from scipy.stats import poisson

REFERENCE = Path(__file__).parents[2] / "data" / "raw" / "reference"
CODES = ("AKM", "AKT", "ATY", "KUS")
SITE = "union-site"

#                       AKM    AKT    ATY   KUS  head office
NOW = {
    "members":      (20_000, 10_000, 10_000, 6_000),
    SITE:               (30,      2,     12,     2, 14),
    "bilimdi-el":        (4,      0,      3,     0, 0),
    "television":        (2,      1,      0,     0),
    "radio":             (0,      0,      1,     0),
    "trained":         (200,     50,    200,    90),
    "copies":          (200,     50,    150,  None),  # what KUS does not report is unknown
}  # fmt: skip
BEFORE = {SITE: (20, 10, 5, 5, 10)}


def lines(year, told):
    """Give the rows of a half-year's observations.csv."""
    yield "indicator,organisation,outlet,channel,start,end,value,qualifier,named,extreme,source"
    kinds = {SITE: "publications", "bilimdi-el": "publications", "television": "broadcasts",
             "radio": "broadcasts"}  # fmt: skip
    for what, counts in told.items():
        indicator = kinds.get(what, what)
        outlet = what if indicator == "publications" else "bilimdi-el" if what == "copies" else ""
        channel = what if indicator == "broadcasts" else ""
        end = f"{year}-12-31" if what == "copies" else f"{year}-06-30"
        for code, count in zip((*CODES, "CEN"), counts, strict=False):
            if count is not None:
                yield f"{indicator},{code},{outlet},{channel},{year}-01-01,{end},{count},exact,,,form"


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    raw = tmp_path_factory.mktemp("by-hand") / "raw"
    (raw / "reference").mkdir(parents=True)
    for table in REFERENCE.glob("*.csv"):
        rows = pd.read_csv(table, dtype=str, keep_default_na=False)
        if table.stem == "organisations":
            rows = rows[rows["code"].isin(["CEN", *CODES])]
        elif table.stem == "outlets":
            rows = rows[rows["publisher"] != "ZAI"]
        rows.head(0 if table.stem == "aliases" else None).to_csv(raw / "reference" / table.name, index=False)
    for year, told in ((2018, BEFORE), (2019, NOW)):
        (raw / f"{year}H1").mkdir()
        (raw / f"{year}H1" / "observations.csv").write_text("\n".join(lines(year, told)), encoding="utf-8")
    period = Period.parse("2019H1")
    return prepare(intake.read(raw.parent, period), period)


@pytest.fixture(scope="module")
def facts(tables):
    return collect(tables)


def test_an_id_says_what_a_fact_is_about(facts):
    for fact in facts:
        place = fact.outlet or fact.channel or "any"
        told = [fact.metric, fact.indicator, fact.organisation, place, fact.window.code]
        told += [fact.base.code] if fact.base else []
        assert fact.id == ".".join(told)


def numbers(fact):
    return fact.value, fact.low, fact.high


def test_every_one_can_be_worked_out_from_its_inputs(tables, facts):
    assert mismatches([fact.record() for fact in facts], tables.settings.flat()) == []
    for name in ("pooled_rate", "limit_95", "limit_998", "median", "median_rate", "median_penetration",
                 "contribution", "activity_class", "on_target"):  # fmt: skip
        told = facts.select(name)
        assert told and all(fact.inputs and set(fact.inputs) <= {f.id for f in facts} for fact in told), name


def test_the_rate_of_the_organisations_together(facts):
    """30 + 2 + 12 + 2 = 46 items of 46 000 members; the head office, which has none, stays out."""
    assert numbers(facts["pooled_rate.publications.TOTAL.union-site.2019H1"]) == (1, 1, 1)


# 20, 10, 10 and 6 items are expected: the interpolated limits r − α, and where the items lie to them
OUTER, INNER = "limit_998", "limit_95"
FUNNEL = [
    # P(R ≤ 29) = 0.978182, P(R ≤ 28) = 0.965667: 29 − 0.2542; P(R ≤ 12) = 0.039012, P(R ≤ 11) = 0.021387
    ("AKM", INNER, 11.2050, 28.7458, Standing.ABOVE),
    # P(R ≤ 8) = 0.002087, P(R ≤ 7) = 0.000779; P(R ≤ 35) = 0.999200, P(R ≤ 34) = 0.998504
    ("AKM", OUTER, 7.1692, 34.7135, Standing.WITHIN),
    # P(R ≤ 4) = 0.029253, P(R ≤ 3) = 0.010336; P(R ≤ 17) = 0.985722, P(R ≤ 16) = 0.972958
    ("AKT", INNER, 3.7752, 16.1600, Standing.BELOW),
    # P(R ≤ 2) = 0.002769, P(R ≤ 1) = 0.000499; P(R ≤ 21) = 0.999300, P(R ≤ 20) = 0.998412
    ("AKT", OUTER, 1.2206, 20.6621, Standing.WITHIN),
    ("ATY", INNER, 3.7752, 16.1600, Standing.WITHIN),
    # P(R ≤ 2) = 0.061969, P(R ≤ 1) = 0.017351; P(R ≤ 11) = 0.979908, P(R ≤ 10) = 0.957379
    ("KUS", INNER, 1.1714, 10.7821, Standing.WITHIN),
    # P(R ≤ 0) = 0.002479 is more than 0.001: none would be nothing strange
    ("KUS", OUTER, 0.0000, 14.4492, Standing.WITHIN),
]


@pytest.mark.parametrize(("code", "metric", "low", "high", "place"), FUNNEL)
def test_limits_of_the_funnel(facts, code, metric, low, high, place):
    thousands = NOW["members"][CODES.index(code)] / 1000
    limit = facts[f"{metric}.publications.{code}.union-site.2019H1"]
    assert numbers(limit) == (1, 1, 1)
    assert limit.interval_low * thousands == pytest.approx(low, abs=1e-4)
    assert limit.interval_high * thousands == pytest.approx(high, abs=1e-4)
    assert standing(facts[f"rate.publications.{code}.union-site.2019H1"], limit) == place


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("metric", "level"), [(INNER, 0.95), (OUTER, 0.998)])
def test_limits_by_scipy(facts, code, metric, level):
    limit = facts[f"{metric}.publications.{code}.union-site.2019H1"]
    thousands = NOW["members"][CODES.index(code)] / 1000
    expected = []
    for part in ((1 - level) / 2, (1 + level) / 2):
        r = poisson.ppf(part, thousands)
        alpha = (poisson.cdf(r, thousands) - part) / poisson.pmf(r, thousands)
        expected.append(max(r - alpha, 0) / thousands)
    assert (limit.interval_low, limit.interval_high) == pytest.approx(tuple(expected), rel=1e-9)


def test_medians(facts):
    def median(about):
        return numbers(facts[about])

    assert median("median.publications.TOTAL.union-site.2019H1") == (7, 7, 7)  # of 2 2 12 30
    assert median("median.publications.TOTAL.union-site.2018H1") == (7.5, 7.5, 7.5)  # of 5 5 10 20
    rate = (2 / 6 + 12 / 10) / 2  # of 0.2, 0.33, 1.2, 1.5
    assert median("median_rate.publications.TOTAL.union-site.2019H1") == pytest.approx((rate,) * 3)
    # 0.5, 1 and 1.5 for 100 members; KUS may have none, or more than all
    assert median("median_penetration.copies.TOTAL.bilimdi-el.2019") == (1, 0.75, 1.25)
    reach = (0.01 + 0.015) / 2  # of 0.005, 0.01, 0.015, 0.02
    assert median("median_training_reach.trained.TOTAL.any.2019H1") == pytest.approx((reach,) * 3)


def test_who_reaches_the_target_of_copies(facts):
    """AKM has just 1 for 100 members, ATY more, AKT less; KUS may."""
    assert numbers(facts["on_target.copies.TOTAL.bilimdi-el.2019"]) == (None, 2, 3)


def test_percentage_points_of_the_growth(facts):
    """From 50 to 60: the organisations and the head office make up the 20 %."""
    points = {"AKM": 0.2, "AKT": -0.16, "ATY": 0.14, "KUS": -0.06, "CEN": 0.08}
    told = facts.select("contribution", indicator="publications", outlet=SITE)
    assert {fact.organisation: fact.value for fact in told} == pytest.approx(points)
    growth = facts["growth.publications.TOTAL.union-site.2019H1.2018H1"]
    assert sum(fact.value for fact in told) == pytest.approx(growth.value) == pytest.approx(0.2)


# Scores: those with less and half of those with as much, itself among them, of 100
INDICES = {
    # site, items in the paper, copies, programmes, training; of copies what KUS may make of them
    "AKM": (
        (87.5 + 62.5 + 50 + 62.5 + 37.5) / 5,
        (3, 3, 4),
    ),  # 60 is the upper edge of the third; 57.5 to 62.5
    "AKT": ((12.5 + 25 + 50 / 3 + 62.5 + 12.5) / 5, (2, 2, 2)),  # 25 to 30
    "ATY": ((62.5 + 87.5 + 250 / 3 + 62.5 + 87.5) / 5, (4, 4, 4)),  # 72.5 to 77.5
    "KUS": ((37.5 + 25 + 12.5 + 62.5) / 4, (2, 2, 3)),  # 34.4 of four; 27.5 to 47.5 of five
}


@pytest.mark.parametrize("code", CODES)
def test_classes_of_the_index(facts, code):
    index, classes = INDICES[code]
    assert facts[f"activity_index.activity.{code}.any.2019H1"].value == pytest.approx(index)
    assert numbers(facts[f"activity_class.activity.{code}.any.2019H1"]) == classes
