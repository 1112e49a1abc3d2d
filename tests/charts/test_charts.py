import re
from dataclasses import replace
from functools import cache

import pytest
from aqparat import charts
from aqparat.charts.lettering import shorten
from aqparat.charts.style import WIDTH
from aqparat.choices import LANGUAGES
from aqparat.palette import ACCENT, INK, MAIN, PALE
from aqparat.words.renderer import Renderer
from matplotlib import pyplot
from matplotlib.colors import to_hex
from matplotlib.patches import Circle
from matplotlib.text import Text
from reported import report

OF = {
    "site_periods": "site",
    "site_lowest": "site",
    "copies": "subscription",
    "leader_share": "subscription",
    "carried": "newspapers",
    "mentions_map": "places",
    "channels": "broadest",
}
EACH = pytest.mark.parametrize("name", OF)
EVERYWHERE = pytest.mark.parametrize("code", LANGUAGES)


def fresh(name, code="kk", section=None):
    told = report(code)
    return getattr(charts, name)(told.section(OF[name]) if section is None else section, told.renderer)


drawn = cache(fresh)


def times(code):
    """Give every way in which a chart names a time."""
    told = report(code)
    return {shorten(told.renderer.language.window(f.window, "short")) for f in told.facts}


def written(chart):
    return chart.figure.findobj(Text)


def texts(chart):
    """Give every text drawn inside a figure."""
    return [text for a in written(chart) if (text := a.get_text().replace("\u00a0", " ").strip())]


def bars(axes):
    """Give the bars drawn, without the shapes that only answer to the pointer."""
    reach = [p for p in axes.patches if (p.get_gid() or "").startswith("reach-")]
    return [p for p in axes.patches if p not in reach and p.get_width() > 0]


def test_every_chart_is_tested():
    # of half-years that organisations filed: tests/sections/
    elsewhere = {
        *("index_map", "index_ranks", "site_ranking", "penetrations", "media"),
        *("site_halves", "site_members", "site_rates", "site_months"),
        *("own_months", "own_place"),
    }
    assert {n for n in charts.__all__ if n != "Chart"} == set(OF) | elsewhere
    assert len(OF) >= 6


@EVERYWHERE
@EACH
def test_a_chart_has_words(name, code):
    chart = drawn(name, code)
    assert chart.name == name
    for words in map(str, (chart.title, chart.alt, chart.note)):
        assert words and "  " not in words and "None" not in words
        assert not re.search(r"\{[{%]|[ ,(:–]\.|,\s*,", words), words
        assert not re.search(r"[,;:](?=[^\W\d]|\d{4})", words), words
    assert "<" not in chart.alt
    assert str(chart.title) != chart.alt


@EACH
def test_a_title_states_a_finding(name):
    said = str(drawn(name).title)
    assert re.search(r"\d", said) or name == "mentions_map", said
    assert not said.endswith((".", ":", ","))


@EACH
def test_every_number_of_a_title_is_a_fact(name):
    assert not re.search(r"\d", drawn(name).title.masked(""))


@EACH
def test_the_note_cites_its_source(name):
    told = report()
    note = str(drawn(name).note)
    cites = told.data.settings["sources"][told.renderer.language.code][0].split(",")[0]
    assert cites in note


@EACH
def test_the_same_data_give_the_same_bytes(name):
    svg = fresh(name).svg()
    assert svg == fresh(name).svg()
    assert svg.startswith("<svg")
    assert "<dc:date>" not in svg
    assert not re.search(r'(href|src)="(?!#)', svg)


@EACH
def test_a_chart_shown_twice_does_not_move(name):
    chart = fresh(name)
    assert chart.svg() == chart.svg()


@EVERYWHERE
@EACH
def test_alt_text_names_every_number_drawn(name, code):
    chart = drawn(name, code)
    alt = chart.alt.replace("\u00a0", " ")
    for text in set(texts(chart)) - {t.replace("\u00a0", " ") for t in times(code)}:
        for number in re.findall(r"\d[\d ]*(?:,\d+)?", text):
            assert re.search(rf"(?<!\d){re.escape(number.strip())}(?!\d)", alt), f"{text} is not in: {alt}"


@EACH
def test_figures_are_not_kept_by_pyplot(name):
    drawn(name).svg()
    assert pyplot.get_fignums() == []


@EACH
def test_a_chart_is_as_wide_as_the_page(name):
    assert drawn(name).figure.get_figwidth() == WIDTH


def test_a_style_is_left_as_it_was():
    before = dict(pyplot.rcParams)
    drawn("copies").svg()
    assert dict(pyplot.rcParams) == before


def test_the_half_is_not_drawn_as_a_year():
    chart = drawn("site_periods")
    (axes,) = chart.figure.axes
    colours = {round(bar.get_width()): to_hex(bar.get_facecolor()) for bar in bars(axes)}
    assert colours[161] == colours[499] == MAIN
    assert colours[306] != MAIN
    (line,) = (x for x in axes.lines if list(x.get_xdata()) == [0, 1])
    places = {round(b.get_width()): b.get_y() + b.get_height() / 2 for b in bars(axes)}
    assert places[161] < places[499] < line.get_ydata()[0] < places[306]


@pytest.mark.parametrize(
    "code, word", [("kk", "жартыжылдық бөлек"), ("ru", "полугодие"), ("en", "the half-year")]
)
def test_only_where_a_half_is_drawn_the_note_speaks_of_one(code, word):
    section = report(code).section("site")
    of_year = replace(section, now=section.years[-1], pace=None)
    notes = [str(fresh("site_periods", code, s).note) for s in (section, of_year)]
    assert [word in note for note in notes] == [True, False]


def test_the_pace_is_drawn_as_a_range_and_called_a_projection():
    chart = drawn("site_periods")
    (axes,) = chart.figure.axes
    (outline,) = (b for b in bars(axes) if b.get_linestyle() not in ("-", "solid"))
    assert (outline.get_x(), outline.get_x() + outline.get_width()) == (510, 765)
    assert outline.get_facecolor()[3] == 0
    assert "510–765" in texts(chart)
    projection = report().renderer.language.label("chart.projection")
    assert projection.casefold() in [t.casefold() for t in texts(chart)]


def test_more_than_sixty_is_drawn_open_and_worded():
    chart = drawn("carried")
    drawn_bars = {round(b.get_width()): b for axes in chart.figure.axes for b in bars(axes)}
    assert sorted(drawn_bars) == [14, 21, 60, 156]
    assert drawn_bars[60].get_hatch()
    assert not any(drawn_bars[n].get_hatch() for n in (14, 21, 156))
    assert "60-тан астам" in texts(chart)
    assert "60" not in texts(chart)
    assert "60-тан астам" in chart.alt.replace("\u00a0", " ")


def test_more_than_ninety_is_drawn_open_too():
    told = report()
    portrait = told.section("broadest")
    bound = told.facts.select("volume", organisation="AKT", indicator="publications")[0]
    chart = fresh("channels", section=replace(portrait, facts=[bound, *portrait.facts]))
    (axes,) = chart.figure.axes
    assert "90-нан астам" in texts(chart)
    assert [round(b.get_width()) for b in bars(axes) if b.get_hatch()] in ([90], [91])


def test_copies_are_drawn_by_year():
    chart = drawn("copies")
    points = [(m["text"], p.center) for m, p in zip(chart.marks, circles(chart), strict=True)]
    (first, _), _, (third, high), (fourth, aside), (last, low) = points
    assert "3 331" in first.replace("\u00a0", " ")
    assert "4 746" in third.replace("\u00a0", " ")
    assert (aside[0], low[0]) == (points[1][1][0], high[0]), "the same year stands below the same year"
    feet = sorted(y for x in chart.figure.axes[0].lines if (y := x.get_ydata()[0]) == x.get_ydata()[1])
    assert (feet[0] - high[1]) / (feet[1] - low[1]) == pytest.approx(4746 / 1525)
    assert {"«Қазақстан кәсіподағы»", "«Білімді ел»"} <= set(texts(chart))
    assert "1 525" in last.replace("\u00a0", " ")
    assert "720" in fourth


def circles(chart):
    return [p for p in chart.figure.axes[0].patches if isinstance(p, Circle)]


def test_shares_fill_the_whole():
    (axes,) = drawn("leader_share").figure.axes
    wide = [b.get_width() for b in bars(axes) if b.get_width() > 0.2 and b.get_height() > 0.3]
    whole = wide[0] + wide[1]
    assert [round(part / whole, 3) for part in wide] == [0.113, 0.887, 0.374, 0.626]


def test_panels_of_the_lowest_share_a_scale():
    figure = drawn("site_lowest").figure
    assert len(figure.axes) == 3
    assert len({axes.get_xlim() for axes in figure.axes}) == 1
    assert [round(b.get_width()) for b in bars(figure.axes[2])] == [2, 3, 3, 4]


def test_the_map_has_a_tile_for_each_member():
    told, chart = report(), drawn("mentions_map")
    axes = chart.figure.axes[0]
    assert len(axes.patches) == len(told.section("places").members) == 21
    fills = [to_hex(p.get_facecolor()) for p in axes.patches]
    assert fills.count(MAIN) == 9
    assert sum(p.get_linestyle() not in ("-", "solid") for p in axes.patches) == 3
    places = [p.get_xy() for p in axes.patches]
    assert len(set(places)) == len(places)


def test_kostanay_is_drawn_by_channel():
    chart = drawn("channels")
    assert "Қостанай" in str(chart.title)
    (axes,) = chart.figure.axes
    assert sorted(round(b.get_width()) for b in bars(axes)) == [
        2,
        6,
        26,
        29,
    ]  # 26 items of the media together are no channel


def test_outlets_with_as_many_items_are_named_together():
    section = report("en").section("broadest")
    (own,) = [f for f in section.facts if f.value == 26]
    media = report("en").facts.one(
        "volume", organisation="KUS", indicator="publications", value=26, outlet=""
    )
    less = [f for f in section.facts if f.value == 2]
    title = str(fresh("channels", "en", replace(section, facts=[media, own, *less])).title)
    title = title.replace("\u00a0", " ")
    assert "and on the Kostanay AQU website" in title
    assert title.endswith("(26 items each)")


def test_colours_differ_in_grey_print():
    grey = [
        sum(w * int(c[i : i + 2], 16) for w, i in ((0.3, 1), (0.59, 3), (0.11, 5)))
        for c in (MAIN, ACCENT, PALE)
    ]
    assert all(abs(a - b) > 40 for i, a in enumerate(grey) for b in grey[:i])
    assert len({MAIN, ACCENT, PALE, INK}) == 4


@pytest.mark.parametrize(
    "name, empty",
    [
        ("site_periods", {"years": [], "now": None, "halves": []}),
        ("site_lowest", {"silent": [], "lowest": []}),
        ("copies", {"papers": []}),
        ("leader_share", {"papers": []}),
        ("mentions_map", {"members": []}),
        ("channels", {"facts": []}),
    ],
)
def test_nothing_to_draw_is_no_chart(name, empty):
    told = report()
    assert fresh(name, section=replace(told.section(OF[name]), **empty)) is None


def test_no_coverage_is_no_chart():
    assert fresh("carried", section=[]) is None


@pytest.mark.parametrize("hostile", ["$x^{2$", "$ел$", "<b>&amp;</b>", "^_{}%", "«ел»\\n"])
def test_a_hostile_name_is_drawn_as_it_is(hostile):
    told = report()
    outlets = told.data.tables.outlets.copy()
    outlets.loc["bilimdi-el", "name_kk"] = hostile
    renderer = Renderer(replace(told.data.tables, outlets=outlets), "kk")
    for name in ("copies", "leader_share", "carried"):
        chart = getattr(charts, name)(told.section(OF[name]), renderer)
        assert "$" not in hostile or not any(
            a.get_parse_math() for a in written(chart) if "$" in a.get_text()
        )
        assert chart.svg()
        assert hostile in texts(chart)
        assert hostile in chart.alt
