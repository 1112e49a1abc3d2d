"""The cards of the first page."""

import pytest
from aqparat.choices import LANGUAGES
from aqparat.sections.cards import MOST, key_figures
from aqparat.words.cards import worded
from invented import reported

CASES = pytest.mark.parametrize("case", ["2017H1", "2018H2", "2018", "sparse", "falling"])


@CASES
def test_the_site_comes_first_and_there_are_eight_at_most(case):
    cards = key_figures(reported(case).data).cards
    assert cards[0].fact.indicator == "publications" and cards[0].fact.outlet == "union-site"
    assert len({c.fact.id for c in cards}) == len(cards) <= MOST


@CASES
def test_what_stands_before_is_a_year_earlier_and_as_long(case):
    for card in key_figures(reported(case).data).cards:
        if card.compared:
            assert card.compared.then.window.period == card.fact.window.period.year_earlier
        kinds = {f.window.period.is_half for f in card.course}
        assert len(kinds) <= 1
        assert not card.course or card.course[-1] is card.fact


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_change_within_chance_says_so(code):
    told = reported("2018H2", None, code)
    section = key_figures(told.data)
    shown = worded(section, told.renderer)
    chance = told.renderer.language.label("card.chance").replace("{change}", "")
    for card, words in zip(section.cards, shown.cards, strict=True):
        assert (chance in str(words.change)) is bool(card.compared and card.compared.weight == "chance")


def test_a_bound_is_worded_on_a_card():
    told = reported("sparse", None, "en")
    values = [str(card.value) for card in worded(key_figures(told.data), told.renderer).cards]
    assert any(value.startswith(("at least", "more than", "at most")) for value in values)
