from datetime import date

import openpyxl
import pytest
from aqparat.choices import LANGUAGES
from aqparat.metrics import collect
from aqparat.sections.own import own
from aqparat.sections.report_data import ReportData
from aqparat.words.renderer import Renderer
from workbooks import fields, write

HALVES = (("01-01", "06-30"), ("07-01", "12-31"))


@pytest.fixture
def missing(folder):
    """Give what an organisation's report says is missing, under a house's settings."""

    def missing(organisation, settings=""):
        folder.write("../settings.toml", settings)
        tables = folder.load()
        return own(ReportData(tables, collect(tables)), organisation).missing

    return missing


def test_what_the_form_asks_for_is_missed(missing, tables):
    reported = {"copies", "publications", "videos"}  # of Kostanay
    assert missing("KUS") == [code for code in tables.asked if code not in reported]
    assert missing("ALA") == tables.asked == list(tables.settings["forms"]["standard"])


def test_a_house_asks_for_what_it_wants(missing):
    assert missing("KUS", '[forms]\nstandard = ["members", "copies"]\n') == ["members"]


def test_of_others_than_members_nothing_is_missed(missing):
    assert missing("CEN") == []


def test_a_rank_is_told_where_the_figures_leave_it_within_a_third(filed, tables):
    members = list(tables.members())[:19]  # of 21

    def placed(*codes):
        line = own(filed(*(f"{code} {n}" for n, code in enumerate(codes))), members[9]).site
        return (line.rank.low, line.rank.high, line.is_placed) if line.rank else None

    assert placed(*members) == (10, 12, True)
    assert placed(*members[:10]) == (1, 12, False)


def test_a_channel_told_differently_is_compared_as_a_whole(folder):
    heading = "indicator,organisation,outlet,channel,start,end,value,qualifier,source\n"
    before, now = "2017-01-01,2017-06-30", "2018-01-01,2018-06-30"
    folder.append("2017H1/observations.csv", f"publications,AST,,website,{before},20,exact,,,form")
    row = f"publications,AST,union-site,,{now},24,exact,form\n"
    folder.write("2018H1/observations.csv", heading + row)
    tables = folder.load("2018H1")
    section = own(ReportData(tables, collect(tables, history=True)), "AST")
    (line,) = [line for line in section.lines if line.volume.metric == "channel_total"]
    assert (line.volume.low, line.volume.high) == (24, None)
    assert line.growth and line.growth.low == pytest.approx(0.2)
    assert line.volume not in section.facts


def test_what_a_complete_register_does_not_name_is_said_together(folder):
    path = write(folder, "KUS") / "KUS.xlsx"
    book = openpyxl.load_workbook(path)
    fields(book)["filed"].value, fields(book)["complete"].value = date(2018, 1, 10), "да"
    book.save(path)
    folder.write("2017H2/KUS.xlsx", path.read_bytes())
    folder.write("2017H2/publications.csv", "date,organisation,outlet,title\n2017-09-01,KUS,union-site,a\n")
    tables = folder.load("2017H2")
    section = own(ReportData(tables, collect(tables, history=True)), "KUS")
    (group,) = section.unlisted
    assert group.window == tables.period.window
    assert {"serper", "bilimdi-el"} <= {f.outlet for f in group.facts}
    assert {"television", "radio"} <= {f.channel for f in group.facts}
    assert not [line for line in section.lines if line.volume.value == 0]
    for code in LANGUAGES:
        told = " ".join(str(p) for p in Renderer(tables, code).prose("own_figures", section))
        assert Renderer(tables, code).language.name(tables.outlets, "serper") in told


def test_every_change_of_items_that_is_told_has_its_chance(folder):
    """Of windows before the period's too: the own report tells all of them."""
    head = "indicator,organisation,outlet,start,end,value,qualifier,source\n"
    rows = [
        f"publications,KUS,union-site,{year}-01-01,{year}-06-30,{n},exact,form"
        for year, n in ((2018, 20), (2019, 23), (2021, 30))
    ]
    folder.write("2021H1/observations.csv", head + "\n".join(rows) + "\n")
    tables = folder.load("2021H1")
    facts = collect(tables, history=True)
    lines = own(ReportData(tables, facts), "KUS").lines
    grown = [x.growth for x in lines if x.growth and x.growth.indicator == "publications"]
    assert "2019H1" in {g.window.code for g in grown}
    assert [g.id for g in grown if g.id.replace("growth.", "rate_ratio.", 1) not in facts] == []


def test_a_rank_by_what_is_left_of_a_channel_is_not_compared(folder):
    """Kostanay tells an outlet apart: its rank by the rest is no rank by the channel."""
    members = list(folder.load().members())
    rows = [
        f"publications,{code},,newspaper,{year}-01-01,{year}-06-30,{n},exact,,,form"
        for year in (2016, 2017)
        for n, code in enumerate(members, 3)
    ]
    folder.append("2017H1/observations.csv", *rows)
    tables = folder.load()
    about = {"organisation": "KUS", "channel": "newspaper", "outlet": "", "window": tables.period.window}
    assert collect(tables).select("rank_change", **about)  # told alike in both years
    more = "publications,KUS,serper,,2017-01-01,2017-06-30,9,exact,,,form"
    folder.append("2017H1/observations.csv", more)
    left = collect(folder.load())
    assert left.select("rank", **about)
    assert not left.select("rank_change", **about)


@pytest.mark.parametrize(("language", "words"), [("en", "training"), ("ru", "обучении"), ("kk", "оқыту")])
def test_who_has_figures_is_not_without_data_on_training(filed, prose, language, words):
    data = filed("SEV 310", indicator="trained", outlet="")
    assert words not in prose(data, "own_work", own(data, "SEV"), language)


def test_the_reported_half_stands_first(filed):
    section = own(filed("KUS 31"), "KUS")
    assert (section.site.volume.window.code, section.site_is_current) == ("2017H2", True)
    before = own(filed("SEV 31"), "UST")  # of whom only earlier figures are known
    assert (before.site.volume.window.code, before.site_is_current) == ("2017H1", False)


def test_figures_stand_side_by_side_without_the_sums_of_what_is_shown(folder):
    head = "indicator,organisation,outlet,start,end,value,qualifier,source\n"
    days = [(f"{year}-{a}", f"{year}-{b}") for year in range(2018, 2021) for a, b in HALVES]
    rows = [
        f"publications,KUS,union-site,{start},{end},{n},exact,form" for n, (start, end) in enumerate(days)
    ]
    folder.write("2020H2/observations.csv", head + "\n".join(rows) + "\n")
    for period, shown in (
        ("2020H2", ["2018H2", "2019H1", "2019H2", "2020H1", "2020H2"]),
        ("2020", ["2018", "2019", "2020"]),
    ):
        tables = folder.load(period)
        section = own(ReportData(tables, collect(tables, history=True)), "KUS")
        assert [w.code for w in section.windows][-len(shown) :] == shown
        assert (
            next(s for s in section.series if s.last.volume.outlet == "union-site").latest.code == shown[-1]
        )
