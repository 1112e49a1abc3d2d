"""What the site shows of full and of itemised data, held against the raw rows of an invented half-year."""

import csv
import math
import re
from collections import Counter

import pytest
from aqparat import charts
from aqparat.choices import LANGUAGES
from aqparat.metrics import collect
from aqparat.sections import gathered
from aqparat.sections.report_data import ReportData
from aqparat.sections.site import site
from aqparat.words.renderer import Renderer
from aqparat.words.tables import TABLES
from invented import FULL, folder, reported
from test_site import LINES

SPLIT = {"TUR": "YUZ", "SHY": "YUZ"}  # since the middle of 2018


def view(case, name):
    return gathered(reported(case).data, name)


def items(*periods):
    """Give the rows of the register on the union's site."""
    for period in periods:
        path = folder("full", *FULL) / "raw" / period / "publications.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from (row for row in csv.DictReader(file) if row["outlet"] == "union-site")


def sent(*periods):
    """Count items by organisation, those that were split together as before."""
    return Counter(SPLIT.get(row["organisation"], row["organisation"]) for row in items(*periods))


@pytest.mark.parametrize(
    "case, now, then",
    [
        ("2019H1", ["2019H1"], ["2018H1"]),
        ("2018H2", ["2018H2"], ["2017H2"]),
        ("2018", ["2018H1", "2018H2"], ["2017H1", "2017H2"]),
    ],
)
def test_everyone_stands_beside_the_same_time_a_year_ago(case, now, then):
    section = view(case, "site_members")
    after, before = sent(*now), sent(*then)
    told = {row.organisation: (row.now.value, row.then.value) for row in section.rows}
    assert told == {code: (after[code], before[code]) for code in told}
    assert set(after) | set(before) <= {*told, "CEN"}
    assert len(told) == 21  # Turkistan and Shymkent as one
    assert [f.value for f in section.figures] == sorted((n for n, _ in told.values()), reverse=True)
    assert section.risen.value == sum(n > b for n, b in told.values())
    assert section.fallen.value == sum(n < b for n, b in told.values())


def test_an_organisation_that_was_split_stands_in_one_row():
    (row,) = view("2019H1", "site_members").together
    assert (row.organisation, set(row.parts)) == ("YUZ", {"TUR", "SHY"})


def test_contributions_in_the_table_add_up_to_the_growth():
    report = reported("2019H1", None, "en")
    rows = TABLES["site_members"](view("2019H1", "site_members"), report.renderer).rows
    facts = [report.facts[row[3].facts[0]] for row in rows]
    *parts, growth = facts
    assert growth.metric == "growth"
    assert math.fsum(f.value for f in parts) == pytest.approx(growth.value)
    assert re.fullmatch(r"[+−]?\d+\.\d", str(rows[0][3]))


def test_who_moved_the_total_is_told_with_the_head_office():
    section = view("2019H1", "site_moves")
    now, then = sent("2019H1"), sent("2018H1")
    best = max(now, key=lambda code: now[code] - then[code])
    assert section.is_whole
    assert section.up[0].fact.organisation == best
    assert section.up[0].fact.value == pytest.approx((now[best] - then[best]) / sum(then.values()))


def test_without_a_year_earlier_everyone_stands_alone(filed):
    section = gathered(filed(*LINES), "site_members")
    assert section.base is None and section.risen is None
    assert [row.organisation for row in section.rows][-2:] == section.missing == ["ZHZ", "UST"]
    assert [f.organisation for f in section.silent] == ["PAR"]
    assert [f.organisation for f in section.most] == ["KUS", "AKM", "SEM"]


def test_all_equal_is_no_picture(filed):
    assert gathered(filed(*(f"{line.split()[0]} 3" for line in LINES)), "site_members") is None


def test_a_few_organisations_are_ranked_as_before(filed):
    data = filed(*LINES[:9])
    assert gathered(data, "site_members") is None
    assert gathered(data, "site_ranking") is site(data)
    assert gathered(filed(*LINES), "site_ranking") is None


def test_rates_outside_the_limits_are_named_and_those_within_counted():
    section = view("2019H1", "site_rates")
    for row in section.rows:
        low, high = row.inner.interval_low, row.inner.interval_high
        place = "above" if row.rate.value > high else "below" if row.rate.value < low else "within"
        assert row.standing == place
        assert row.is_far == (
            row.rate.value > row.outer.interval_high or row.rate.value < row.outer.interval_low
        )
    assert section.within.value == len(section.rows) - len(section.outside)
    assert section.top[0].value == max(row.rate.value for row in section.rows)
    for fact in section.seem_low:
        assert fact.value < max(f.value for f in [*section.below, *section.far_below])


@pytest.mark.parametrize("case, periods, months", [("2019H1", ["2019H1"], 6), ("2018", FULL[2:4], 12)])
def test_months_are_those_of_the_register(case, periods, months):
    section = view(case, "site_months")
    counted = Counter(row["date"][:7] for row in items(*periods))
    assert {f"{r.now.window.start:%Y-%m}": r.now.value for r in section.rows} == counted
    assert len(section.rows) == months
    assert section.is_compared
    gaps = {r.now.window: r.now.value - r.then.value for r in section.rows}
    assert {m.now.window for m in section.led} == {w for w, gap in gaps.items() if gap == max(gaps.values())}
    assert {m.now.window for m in section.lagged} == {w for w, g in gaps.items() if g == min(gaps.values())}


def test_without_a_register_there_are_no_months(tables, facts):
    data = ReportData(tables, facts)
    assert gathered(data, "site_months") is gathered(data, "site_items") is None


def test_languages_and_formats_are_those_of_the_register():
    section = view("2019H1", "site_items")
    for trait in ("language", "format"):
        told = getattr(section, trait)
        counted = Counter(row[trait] for row in items("2019H1") if row[trait])
        assert {f.indicator.split("_")[1]: f.value for f in told.kinds} == counted
        assert told.stated.value == sum(counted.values())
    assert section.language.is_all


def test_halves_and_years_over_all_periods():
    section = view("2019H1", "site_halves")
    halves = [sum(sent(period).values()) for period in FULL]
    assert [f.value for f in section.halves] == halves
    assert [f.value for f in section.years] == [sum(halves[:2]), sum(halves[2:4])]
    assert section.pace is not None
    assert view("2018", "site_halves").pace is None  # the year is known


@pytest.mark.parametrize(
    "numbers, period, finding",
    [
        ((5, 6, 7, 8), "2017", "both_more"),
        ((7, 8, 5, 6), "2017H2", "both_fewer"),
        ((5, 8, 7, 6), "2017", "apart"),
        ((5, 6, 9), "2017H1", "most"),
        ((5, 6, 4), "2017H1", "fewest"),
        ((5, 9, 7), "2017H1", "between"),
    ],
)
def test_the_title_of_the_series_says_what_the_halves_do(folder, numbers, period, finding):
    columns = "indicator,organisation,outlet,channel,start,end,value,qualifier,named,extreme,source"
    spans = [("2016", "01-01", "06-30", "H1"), ("2016", "07-01", "12-31", "H2"),
             ("2017", "01-01", "06-30", "H1"), ("2017", "07-01", "12-31", "H2")]  # fmt: skip
    for number, (year, start, end, half) in zip(numbers, spans, strict=False):
        row = f"publications,TOTAL,union-site,,{year}-{start},{year}-{end},{number},exact,,,counter"
        folder.write(f"{year}{half}/observations.csv", f"{columns}\n{row}\n")
    tables = folder.load(period)
    assert gathered(ReportData(tables, collect(tables)), "site_halves").finding == finding


def test_one_half_stands_beside_the_years(tables, facts):
    data = ReportData(tables, facts)
    assert gathered(data, "site_halves") is None
    assert gathered(data, "site_years") is site(data)


def test_a_second_half_is_told_with_the_first_and_the_year(filed, prose):
    data = filed(*LINES, "CEN 39")
    said = prose(data, "site", site(data))
    assert "With the 306 of the first half, 2017 has" in said
    assert "The two halves of a year are not compared as growth" in said
    assert "At this pace" not in said


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", ["site_halves", "site_members", "site_rates", "site_months"])
@pytest.mark.parametrize("case", ["2019H1", "2018"])
def test_each_picture_has_a_title_with_a_verb_and_a_mark_a_number(case, name, code):
    report = reported(case, None, code)
    chart = getattr(charts, name)(gathered(report.data, name), report.renderer)
    words = [str(chart.title), chart.alt, str(chart.note)]
    assert all(words) and not any("None" in w or "  " in w or "{" in w for w in words)
    assert str(chart.title)[0] == str(chart.title)[0].upper()
    assert len({mark["text"] for mark in chart.marks}) == len(chart.marks)
    assert "publications.csv" not in words[2]


def test_the_year_is_ranked_by_its_own_figures():
    ranked = site(reported("2018").data).ranking
    assert str(ranked.window) == "2018"
    assert not ranked.missing


def test_the_ranking_renders_where_it_stands(filed):
    data = filed(*LINES[:9])
    told = gathered(data, "site_ranking")
    assert TABLES["site_ranking"](told, Renderer(data.tables, "en", data.facts)).rows
