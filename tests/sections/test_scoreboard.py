"""The scoreboard: every organisation, what it does, where it stands, and what has changed in a year."""

import pytest
from aqparat.choices import LANGUAGES
from aqparat.metrics import collect
from aqparat.period import Period
from aqparat.sections.report_data import ReportData
from aqparat.sections.scoreboard import scoreboard
from aqparat.sections.training import lessons, reach
from aqparat.words.languages import language
from aqparat.words.renderer import Renderer
from aqparat.words.tables import TABLES

HEAD = "indicator,organisation,outlet,channel,start,end,value,qualifier,source"


@pytest.fixture
def halves(folder, tables):
    """Give two first halves that all have filed; between them South Kazakhstan was parted into two."""
    for year in (2018, 2019):
        when, rows = f"{year}-01-01,{year}-06-30", []
        for n, code in enumerate(tables.members(Period(year, 1).window)):
            more = n if year == 2019 else 0
            rows += [
                f"members,{code},,,{when},{1000 * (n + 1)},exact,form",
                f"publications,{code},union-site,,{when},{10 + more},exact,form",
                f"publications,{code},qazaqstan-kasipodagy,,{when},{n},exact,form",
                f"publications,{code},bilimdi-el,,{when},2,exact,form",
                f"broadcasts,{code},,television,{when},1,exact,form",
                f"broadcasts,{code},,radio,{when},{more},exact,form",
                f"trained,{code},,,{when},{5 * (n + 1) + more},exact,form",
            ]
        folder.write(f"{year}H1/observations.csv", "\n".join([HEAD, *rows, ""]))
    made = folder.load("2019H1")
    return ReportData(made, collect(made))


def told(data, name, section, code="en"):
    table = TABLES[name](section, Renderer(data.tables, code, data.facts))
    return table, {str(row[0]): [str(cell) for cell in row[1:]] for row in table.rows}


def test_every_organisation_has_a_row_with_its_changes(halves):
    table, rows = told(halves, "scoreboard", scoreboard(halves))
    assert list(table.columns) == [
        "Organisation", "Rank", "Index", "Site items", "Newspaper items", "TV and radio",
        "Trained per 1,000 members", "Members",
    ]  # fmt: skip
    assert len(rows) == len(halves.tables.members()) == 22
    # the third of organisations.csv: 2 more on site and radio than a year ago, 2 more of 3,000 trained
    assert rows["Aktobe"][2:] == ["12 +2", "4 0", "3 +2", "5.7 +0.7", "3,000"]


def test_who_was_another_organisation_a_year_ago_has_no_change(halves):
    section = scoreboard(halves)
    assert section.new == ["TUR", "SHY"]
    table, rows = told(halves, "scoreboard", section)
    assert all("+" not in cell and "−" not in cell for cell in rows["Turkistan"])
    assert "Shymkent and Turkistan" in str(table.note)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_name_leads_to_an_own_report_and_every_number_is_a_fact(halves, code):
    table, _ = told(halves, "scoreboard", scoreboard(halves), code)
    names = [row[0].parts[0].report for row in table.rows]
    assert names == language(code).ordered(halves.tables, halves.tables.members(), str)
    assert all(all(halves.facts[f] for f in cell.facts) for row in table.rows for cell in row)
    assert all(table.numeric[1:])


def test_few_figures_are_no_scoreboard(tables, facts):
    assert scoreboard(ReportData(tables, facts)) is None


def test_training_is_in_the_order_of_its_reach(halves):
    section = reach(halves)
    assert section.rows[0].organisation == halves.tables.members()[-1]
    assert [row.reach.value for row in section.rows] == sorted(
        (r.reach.value for r in section.rows), reverse=True
    )
    _, rows = told(halves, "training", section)
    assert rows["Akmola"] == ["5", "5.0"]  # 5 of 1,000
    assert lessons(halves) is not None  # nobody says what was held: that has a table of its own


def test_training_of_few_has_no_table_of_all(tables, facts):
    assert reach(ReportData(tables, facts)) is None


def test_a_year_tells_both_halves_only_where_they_differ(folder, tables):
    members = tables.members(Period(2019, 1).window)
    for half, when in ((1, "2019-01-01,2019-06-30"), (2, "2019-07-01,2019-12-31")):
        rows = [
            f"members,{code},,,{when},{1000 + (half if code == 'AKM' else 0)},exact,form" for code in members
        ]
        rows += [f"videos,{code},union-site,,{when},{half},exact,form" for code in members]
        folder.write(f"2019H{half}/observations.csv", "\n".join([HEAD, *rows, ""]))
    made = folder.load("2019")
    data = ReportData(made, collect(made))
    for code, told_apart in (
        ("en", "1,001 (1st half 2019), 1,002 (2nd half 2019)"),
        ("ru", "1 001 (1-е полугодие 2019), 1 002 (2-е полугодие 2019)"),
        ("kk", "1 001 (2019 ж. 1-жартыжылдық), 1 002 (2019 ж. 2-жартыжылдық)"),
    ):
        _, rows = told(data, "scoreboard", scoreboard(data), code)
        cells = [row[0].replace("\u00a0", " ") for row in rows.values()]
        assert sorted(cells, key=len)[-1] == told_apart, code
        assert set(cells) - {told_apart} == {"1 000" if code != "en" else "1,000"}
