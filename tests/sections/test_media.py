"""Newspapers, radio, television, social media: all compared where nearly all have filed."""

import pytest
from aqparat.blocks import EmptyBlock
from aqparat.metrics import collect
from aqparat.sections.media import media
from aqparat.sections.newspapers import carried_papers
from aqparat.sections.press import press
from aqparat.sections.report_data import ReportData
from aqparat.words.tables import TABLES
from invented import reported

HALF = "2017-07-01,2017-12-31"
FILED = ["AKM", "AKT", "ALM", "ALA", "AST", "ATY", "ZAP", "ZHA", "KAR", "KUS", "KZY", "MAN", "PAV", "SEV"]
HEAD = "indicator,organisation,outlet,channel,start,end,value,qualifier,source"


def row(code, value, *, indicator="publications", outlet="", channel="", half=HALF):
    return f"{indicator},{code},{outlet},{channel},{half},{value},exact,form"


@pytest.fixture
def half(folder):
    """Give a half-year of these rows: `half(row(…), …)`."""

    def half(*rows):
        folder.write("2017H2/observations.csv", "\n".join([HEAD, *rows, ""]))
        tables = folder.load("2017H2")
        return ReportData(tables, collect(tables))

    return half


def paper(codes=FILED):
    return [row(code, place, outlet="bilimdi-el") for place, code in enumerate(codes)]


def test_a_channel_that_many_told_of_is_a_column_whatever_its_order(half):
    radio = [row(code, 2, indicator="broadcasts", channel="radio") for code in FILED[:7]]
    few = [row(code, 9, outlet="egemen-qazaqstan") for code in FILED[:2]]
    found = media(half(*few, *radio, *paper()))
    assert [(c.of.indicator, c.of.outlet or c.of.channel) for c in found.channels] == [
        ("publications", "bilimdi-el"),
        ("broadcasts", "radio"),
    ]
    assert [c.of.outlet for c in found.others] == ["egemen-qazaqstan"]


def test_nought_and_not_reported_differ(half):
    found = media(half(*paper(), row("PAR", 0, outlet="bilimdi-el"), row("CEN", 5, outlet="bilimdi-el")))
    own = found.by_organisation
    assert own["PAR"][0].value == 0
    assert own["UST"] == {}
    assert found.silent == ["AKM", "PAR"]  # the first of those who filed has 0 too
    assert found.head_office == ["CEN"]
    assert "CEN" not in found.organisations


def test_those_who_are_seen_most_come_first_and_those_unknown_last(half):
    order = media(half(*paper())).organisations
    assert order[: len(FILED)] == FILED[::-1]


def test_where_few_have_filed_nothing_is_compared(half, tables, facts):
    assert media(half(*paper(FILED[:12]))) is None
    assert media(ReportData(tables, facts)) is None
    assert carried_papers(ReportData(tables, facts))


def test_the_unions_own_site_has_a_section_of_its_own(half):
    assert media(half(*(row(code, 3, outlet="union-site") for code in FILED))) is None


def test_what_all_say_is_not_used_is_named_and_not_drawn(half, prose):
    data = half(*paper(), *(row(code, 0, channel="print") for code in FILED))
    found = media(data)
    assert [c.of.channel for c in found.unused] == ["print"]
    assert len(found.channels) == 1
    said = prose(data, "newspapers", [])
    assert "All that were asked report that nothing appeared in printed matter." in said


def test_what_nobody_was_asked_about_is_not_named(half, prose):
    said = prose(half(*paper()), "newspapers", [])
    assert "printed matter" not in said
    assert "No organisation reported" not in said


def test_what_the_matrix_shows_is_not_told_again(half):
    radio = [row(code, 2, indicator="broadcasts", channel="radio") for code in FILED]
    data = half(*radio, row("KUS", 4, channel="social"))
    found = press(data)
    assert "radio" not in [r.channel for r in found.broadcasts]
    assert ("KUS", "social") in [(f.organisation, f.channel) for r in found.items for f in r.figures]


def test_a_change_within_chance_is_no_change(half, folder, prose):
    """Of 150 items after 50 chance is no explanation; of 12 after 10 it is."""
    papers = {"bilimdi-el": (50, 150), "egemen-qazaqstan": (10, 12)}
    before = [row("TOTAL", n, outlet=o, half="2016-07-01,2016-12-31") for o, (n, _) in papers.items()]
    folder.write("2016H2/observations.csv", "\n".join([HEAD, *before, ""]))
    own = [row(code, place % 2, outlet=o) for o in papers for place, code in enumerate(FILED)]
    data = half(*own, *(row("TOTAL", n, outlet=o) for o, (_, n) in papers.items()))
    found = media(data)
    assert [c.of.outlet for c in found.compared] == list(papers)
    assert [c.of.outlet for c in found.moved] == ["bilimdi-el"]
    said = prose(data, "newspapers", [])
    assert "the number of items in Bilimdi El rose by 200.0%" in said
    assert "chance may explain the other changes" in said


def test_surely_changed_is_told_and_nothing_else():
    found = reported("2018H2").section("media")
    moved = {c.of.id for c in found.moved}
    for channel in found.compared:
        low, high = channel.ratio.interval_low, channel.ratio.interval_high
        assert (channel.of.id in moved) == (low > 1 or high < 1)
    text = str(reported("2018H2", None, "en").prose("newspapers")._repr_mimebundle_()["text/plain"])
    for channel in found.moved:
        assert str(reported("2018H2", None, "en").renderer.language.percent(channel.growth)) in text


def test_a_second_half_stands_beside_the_year_that_it_completes():
    told = reported("2018H2", None, "en")
    table = TABLES["media_totals"](told.section("media"), told.renderer)
    assert table.columns[-2:] == ["2018", "Change, 2018"]
    assert (
        "2018"
        not in TABLES["media_totals"](
            reported("2019H1").section("media"), reported("2019H1", None, "en").renderer
        ).columns
    )


def test_the_totals_end_the_table_of_all():
    told = reported("2019H1", None, "en")
    section = told.section("media")
    table = TABLES["media"](section, told.renderer)
    assert table.folded
    assert [str(row[0]) for row in table.rows[-3:]] == ["Central Council", "Union", "Change"]
    language = told.renderer.language
    assert [str(cell) for cell in table.rows[-2][1:]] == [
        str(language.count(c.total)) for c in section.channels
    ]


def test_a_magazine_is_told_as_one():
    for code, words in (("ru", "в журнале «Профсоюзная жизнь»"), ("kk", "«Профсоюзная жизнь» журналында")):
        fact = next(
            c.of for c in reported("2019H1").section("media").channels if c.of.outlet == "profsoyuznaya-zhizn"
        )
        told = reported("2019H1", None, code)
        assert str(told.renderer.language.at(told.data.tables, fact)) == words
        said = str(told.prose("newspapers")._repr_mimebundle_()["text/plain"])
        assert "газете «Профсоюзная жизнь»" not in said
        assert "«Профсоюзная жизнь» газет" not in said


def test_the_sparse_forms_give_way(folder):
    assert isinstance(reported("2019H1").chart("carried", of="carried_papers"), EmptyBlock)
    assert not isinstance(reported("2017H1").chart("carried", of="carried_papers"), EmptyBlock)
    assert isinstance(reported("2017H1").chart("media", of="media"), EmptyBlock)
