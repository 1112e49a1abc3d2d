"""Charts of subscriptions where nearly all organisations have filed theirs."""

import pytest
from aqparat import charts
from aqparat.choices import LANGUAGES
from invented import reported

EVERYWHERE = pytest.mark.parametrize("code", LANGUAGES)


def drawn(code="en", case="2019H1"):
    told = reported(case, None, code)
    return charts.penetrations(told.section("penetrations"), told.renderer)


def test_everyone_has_a_row_and_each_paper_a_mark():
    told = reported("2019H1")
    organisations = told.section("penetrations").organisations
    chart = drawn()
    assert len(organisations) == 22
    shown = [mark["fact"] for mark in chart.marks if mark["fact"]]
    assert len(shown) == len(set(shown)) == 2 * len(organisations)
    assert {told.facts[f].metric for f in shown} == {"penetration"}


def test_the_target_is_a_line_with_its_number():
    target = [mark for mark in drawn().marks if mark["fact"] is None]
    assert [mark["text"] for mark in target] == ["target 1"]


@EVERYWHERE
def test_the_title_says_how_many_reach_the_target(code):
    told = reported("2019H1", None, code)
    title = drawn(code).title
    for paper in told.section("subscription").papers:
        assert paper.on_target.id in title.facts


@EVERYWHERE
def test_the_alt_text_tells_every_number_drawn(code):
    told, alt = reported("2019H1", None, code), drawn(code).alt
    for facts in told.section("penetrations").penetration:
        for fact in facts.values():
            assert str(told.renderer.language.shown(fact)) in alt
