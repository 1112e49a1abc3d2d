"""The site's section ranks by figures where they are filed; what a source says holds for its own window."""

import pytest
from aqparat import charts
from aqparat.choices import LANGUAGES
from aqparat.metrics import collect
from aqparat.period import Period
from aqparat.sections.findings import findings
from aqparat.sections.measures import measures
from aqparat.sections.own import own
from aqparat.sections.places import places
from aqparat.sections.report_data import ReportData
from aqparat.sections.site import site
from aqparat.words.renderer import Renderer
from aqparat.words.tables import TABLES

COLUMNS = "indicator,organisation,outlet,channel,start,end,value,qualifier,named,extreme,source"
SENT = {
    "KUS": 33, "AKM": 30, "SEM": 26, "AST": 25, "ZHA": 20, "ALM": 16, "PAV": 15, "YUZ": 14, "MAN": 13,
    "AKT": 12, "ATY": 12, "SEV": 11, "TAL": 11, "ALA": 9, "ZAP": 7, "KAR": 6, "VOS": 6, "KZY": 5, "PAR": 0,
}  # fmt: skip
LINES = [f"{code} {number}" for code, number in SENT.items()]


def codes(facts):
    return [f.organisation for f in facts]


def test_two_silent_organisations_do_not_silence_the_others(filed):
    ranked = site(filed(*LINES)).ranking
    assert codes(ranked.most) == ["KUS", "AKM", "SEM"]
    assert set(codes(ranked.least)) == {"KZY", "KAR", "VOS"}
    assert codes(ranked.none) == ["PAR"]
    assert ranked.missing == ["ZHZ", "UST"]


def test_named_lowest_counts_in_its_own_window_only(filed):
    section = site(filed(*LINES))
    told = {str(g.window.code): sorted(g.organisations) for g in section.lowest}
    assert told == {"2016": ["ALM", "PAR", "UST"], "2017H1": ["ATY", "SEM", "SEV", "UST"]}
    fewest = {str(g.window.code): sorted(g.organisations) for g in section.fewest}
    assert fewest["2017H2"] == ["KAR", "KZY", "PAR", "VOS"]


@pytest.mark.parametrize("period", ["2017H2", "2017"])
def test_a_year_of_those_named_lowest_in_its_first_half_is_no_lowest(filed, period):
    section = site(filed(*LINES, period=period))
    assert Period(2017, None).window not in {g.window for g in [*section.lowest, *section.fewest]}
    assert section.ranking.window == Period(2017, 2).window  # most of them have filed that one


def test_a_source_that_names_only_the_lowest_ranks_nobody(tables, facts):
    section = site(ReportData(tables, facts))
    assert section.ranking is None
    assert section.others_unknown


def test_where_others_have_reported_too_it_is_not_said_that_they_have_not(filed):
    section = site(filed("KUS 29", "PAV 20", of="2016", period="2017H1"))
    assert "2016" in {g.window.code for g in section.lowest}
    assert not section.others_unknown


def test_a_mark_of_a_window_that_others_have_filed_gives_way_to_the_figures(folder):
    folder.append(
        "2017H1/observations.csv",
        *(f"publications,{code},union-site,,2017-01-01,2017-06-30,{n},exact,,,form" for code, n in
          (("KUS", 1), ("PAV", 9), ("VOS", 8), ("KZY", 7))),
    )  # fmt: skip
    tables = folder.load("2017H1")
    section = site(ReportData(tables, collect(tables)))
    assert codes(section.ranking.figures)[-1] == "KUS"  # fewer than the 2 that the source calls the lowest
    assert "2017H1" not in {g.window.code for g in section.lowest}


def test_the_table_has_everyone_and_a_dash_for_the_silent_only(filed):
    data = filed(*LINES)
    renderer = Renderer(data.tables, "en", data.facts)
    rows = [list(map(str, row)) for row in TABLES["site_ranking"](site(data), renderer).rows]
    assert [row[1] for row in rows] == [*map(str, SENT.values()), "–", "–"]
    assert {row[0] for row in rows if row[1] == "–"} == {"Zhezkazgan", "Ustaz"}
    assert TABLES["site_lowest"](site(data), renderer) is None


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_chart_has_everyone_who_reported(filed, code):
    data = filed(*LINES)
    chart = charts.site_ranking(site(data), Renderer(data.tables, code, data.facts))
    assert [row[2] for row in chart.data["rows"]] == list(SENT.values())
    assert charts.site_lowest(site(data), Renderer(data.tables, code, data.facts)) is None


def test_one_language_after_the_other_names_the_silent(filed, prose):
    data = filed(*LINES)
    section = site(data)
    assert (
        "of the 21 member organisations, 19 reported their items on the site; there are no data from Ustaz"
        in prose(data, "site", section)
    )
    assert "нет сведений Жезказганской территориальной организации и профсоюза «Ұстаз»" in prose(
        data, "site", section, "ru"
    )
    assert "Жезқазған аумақтық ұйымының және «Ұстаз» кәсіподағының дерегі жоқ" in prose(
        data, "site", section, "kk"
    )


def test_a_total_that_lacks_figures_says_whose(filed, prose):
    data = filed(*LINES)
    said = prose(data, "site", site(data))
    assert "271 items appeared on the site (without the figures of Ustaz and" in said


@pytest.mark.parametrize(
    "line, told",
    [
        (None, "there are no data for the same half of the previous year"),
        ("KUS 29", "do not show whether the number of items rose or fell compared with"),
        ("TOTAL 0", "in the first half of 2016 there were 0 items, so a percentage cannot be given"),
    ],
)
def test_what_is_known_of_the_half_a_year_earlier(filed, facts, tables, prose, line, told):
    data = filed(line, of="2016H1", period="2017H1") if line else ReportData(tables, facts)
    assert told in prose(data, "site", site(data))


@pytest.mark.parametrize(
    "code, words",
    [
        ("en", "the figures for the same half of the previous year are counted differently"),
        ("ru", "данные за то же полугодие прошлого года учтены иначе"),
        ("kk", "өткен жылдың осы жартысының деректері басқаша есептелген"),
    ],
)
@pytest.mark.parametrize("place", ["old-site,", ",website"])
def test_what_was_counted_elsewhere_a_year_earlier_is_not_missing(folder, prose, place, code, words):
    folder.append(
        "reference/outlets.csv", "old-site,Ескі сайт,Старый сайт,Old site,website,sector,,,,2016-12-31"
    )
    row = f"publications,TOTAL,{place},2016-01-01,2016-06-30,150,exact,,,counter"
    folder.write("2016H1/observations.csv", f"{COLUMNS}\n{row}\n")
    tables = folder.load("2017H1")
    data = ReportData(tables, collect(tables))
    assert words in prose(data, "site", site(data), code)


def test_the_map_shows_who_sent_least_in_the_period(filed):
    assert sorted(places(filed(*LINES)).lowest) == ["KAR", "KZY", "PAR", "VOS"]


def test_the_map_of_a_source_keeps_what_the_source_names(tables, facts):
    assert sorted(places(ReportData(tables, facts)).lowest) == ["ALM", "ATY", "PAR", "SEM", "SEV", "UST"]


def test_an_organisations_own_report_and_the_findings_follow_the_figures(filed):
    data = filed(*LINES)
    assert [f.window.code for f in own(data, "VOS").lowest] == ["2017H2"]
    assert [f.window.code for f in own(data, "SEM").lowest] == ["2017H1"]
    again = next(f for f in findings(data) if f.rule == "least_again")
    assert again.organisations == ["PAR"]  # UST, of whom the period has no figure, was so in earlier periods


def test_among_the_least_again_each_organisation_has_its_own_figures(filed, prose):
    data = filed(*LINES)
    said = prose(data, "findings", measures(data))
    assert "the Parasat union (7 in 2016 and 0 in the second half of 2017) is among those" in said


def test_a_years_report_says_of_which_half_it_ranks(filed, prose):
    data = filed(*LINES, period="2017")
    assert "For the second half of 2017, of the 21 member organisations, 19 reported" in prose(
        data, "site", site(data)
    )


def test_what_one_alone_sent_to_a_site_that_it_keeps_itself_is_in_the_unions_total(folder, prose):
    """So of the half a year earlier no figures of some are known without a total."""
    path = folder.path / "raw/reference/outlets.csv"
    text = path.read_text(encoding="utf-8")
    assert ",website,sector,CEN," in text
    path.write_text(text.replace(",website,sector,CEN,", ",website,sector,KUS,"), encoding="utf-8")
    for year in (2016, 2017):
        row = f"publications,KUS,union-site,,{year}-01-01,{year}-06-30,29,exact,,,form KUS"
        folder.write(f"{year}H1/observations.csv", f"{COLUMNS}\n{row}\n")
    tables = folder.load("2017H1")
    section = site(data := ReportData(tables, collect(tables)))
    assert (section.now.low, section.then.low, section.earlier) == (29, 29, "bound")
    assert "at least 29 items appeared on the site" in prose(data, "site", section)
