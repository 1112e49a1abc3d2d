from dataclasses import replace

import pytest
from aqparat import charts
from aqparat.charts.lettering import LINE, breadth, wrapped
from aqparat.charts.sheet import PAD
from aqparat.charts.style import WIDTH, styled
from aqparat.choices import LANGUAGES
from aqparat.palette import DARK, LIGHT
from aqparat.words.renderer import Renderer
from family import complaints
from matplotlib.text import Text
from reported import report
from test_charts import OF, drawn

EACH = pytest.mark.parametrize("name", OF)
EVERYWHERE = pytest.mark.parametrize("code", LANGUAGES)
PHONE = 350  # pixels: what a page leaves for a chart on a phone 390 pixels wide
SMALLEST = 10


@EVERYWHERE
@EACH
def test_letters_are_large_enough_on_a_phone(name, code):
    chart = drawn(name, code)
    scale = PHONE / (72 * chart.figure.get_figwidth())
    for text in chart.figure.findobj(Text):
        if text.get_text().strip():
            assert text.get_fontsize() * scale >= SMALLEST, text.get_text()


@EVERYWHERE
@EACH
def test_no_letters_are_cut_or_lie_on_others(name, code):
    assert complaints(drawn(name, code).figure) == []


@pytest.mark.parametrize("name", ["site_lowest", "copies", "carried", "mentions_map", "channels"])
def test_long_names_fit(name):
    told = report()
    tables = told.data.tables
    outlets, organisations = tables.outlets.copy(), tables.organisations.copy()
    outlets["name_kk"] = "«Қазақстанның білім және ғылым қызметкерлерінің апталық газеті»"
    organisations["name_kk"] = "Солтүстікқазақстандық"
    renderer = Renderer(replace(tables, outlets=outlets, organisations=organisations), "kk")
    assert complaints(getattr(charts, name)(told.section(OF[name]), renderer).figure) == []


@pytest.mark.parametrize("text", ["Талдықорған", "Северо-Казахстанская", "ғ" * 60, "а б в", "-" * 30])
@pytest.mark.parametrize("width", [0.4, 0.6, 2])
def test_a_wrapped_text_fits_and_keeps_its_letters(text, width):
    with styled():
        lines = wrapped(text, width, report().renderer.language)
        assert breadth(lines) <= width
    assert lines.replace("\n", "").replace("-", "").replace(" ", "") == text.replace("-", "").replace(" ", "")


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a, b):
    """Give the contrast ratio of WCAG 2.2."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_have_contrast(theme):
    for letters_, ground in (("ink", "paper"), ("quiet", "paper"), ("ink", "pale"), ("paper", "main")):
        assert contrast(theme[letters_], theme[ground]) >= 4.5, (letters_, ground)
    for shape, ground in (("main", "paper"), ("accent", "paper"), ("main", "pale"), ("ink", "pale")):
        assert contrast(theme[shape], theme[ground]) >= 3, (shape, ground)
    assert theme.keys() == LIGHT.keys()


def test_a_chart_is_drawn_for_a_phone():
    assert WIDTH * 72 / 10 * SMALLEST <= PHONE


def test_a_bar_is_large_enough_for_a_finger():
    assert (LINE + PAD) * PHONE / WIDTH >= 24  # pixels: WCAG 2.2, target size (minimum)
