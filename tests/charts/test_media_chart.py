"""The chart of what every organisation has in each channel."""

from dataclasses import replace

import pytest
from aqparat import charts
from aqparat.choices import LANGUAGES
from invented import reported


def drawn(code="en", section=None):
    told = reported("2019H1", None, code)
    return charts.media(section or told.section("media"), told.renderer)


def test_every_figure_has_a_cell_and_the_union_a_line():
    section = reported("2019H1").section("media")
    shown = [mark["fact"] for mark in drawn().marks]
    for channel in section.channels:
        assert channel.total.id in shown
        assert {f.id for f in channel.figures} <= set(shown)
    assert len(shown) == (len(section.by_organisation) + 1) * len(section.channels)


def test_what_was_not_reported_is_a_cell_without_a_number():
    section = reported("2019H1").section("media")
    first, *others = section.channels
    without = replace(first.ranking, figures=first.ranking.figures[1:])
    lacking = replace(section, channels=[replace(first, ranking=without), *others])
    chart = drawn(section=lacking)
    assert sum(mark["fact"] is None for mark in chart.marks) == 1
    assert "Hatched" in str(chart.note)
    assert "Hatched" not in str(drawn().note)


def test_cells_that_are_all_alike_are_no_chart():
    section = reported("2019H1").section("media")
    channel = section.channels[0]
    same = [replace(f, value=2.0, low=2.0, high=2.0) for f in channel.figures]
    alike = replace(section, channels=[replace(channel, ranking=replace(channel.ranking, figures=same))])
    assert drawn(section=alike) is None


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_title_names_the_channel_that_fewest_use(code):
    told = reported("2019H1", None, code)
    fewest = told.section("media").fewest
    title = drawn(code).title
    assert fewest.present.id in title.facts
    assert str(told.renderer.language.outlet(told.data.tables, fewest.of.outlet)) in str(title)
    assert str(told.renderer.language.count(fewest.total)) in drawn(code).alt
