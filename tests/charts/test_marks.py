import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from aqparat.blocks import MIME, Figure
from aqparat.charts.marks import Drawing, Mark
from aqparat.choices import LANGUAGES
from aqparat.palette import LIGHT, rules
from matplotlib.artist import Artist
from matplotlib.figure import Figure as MatplotlibFigure
from reported import report
from test_charts import OF, drawn

EACH = pytest.mark.parametrize("name", OF)
EVERYWHERE = pytest.mark.parametrize("code", LANGUAGES)
SVG = "{http://www.w3.org/2000/svg}"


def parsed(name, code="kk"):
    return ElementTree.fromstring(drawn(name, code).svg())


def facts(chart):
    told = report().facts
    return [told[m["fact"]] for m in chart.marks if m["fact"]]


@EVERYWHERE
@EACH
def test_every_mark_is_a_group_of_the_svg_once_and_in_order(name, code):
    chart = drawn(name, code)
    here = [
        e.get("id") for e in parsed(name, code).iter(f"{SVG}g") if (e.get("id") or "").startswith("mark-")
    ]
    assert chart.marks
    assert sorted(here) == sorted(m["id"] for m in chart.marks)
    assert [m["id"] for m in chart.marks] == [f"mark-{name}-{n}" for n in range(1, len(chart.marks) + 1)]


@EACH
def test_marks_and_nothing_else_answer_to_the_pointer(name):
    root = parsed(name)
    assert root.get("pointer-events") == "none"
    answering = {e.get("id") for e in root.iter() if e.get("pointer-events") == "all"}
    assert answering == {m["id"] for m in drawn(name).marks}
    assert "reach-" not in drawn(name).svg()


@pytest.mark.parametrize("name", ["site_periods", "site_lowest", "carried", "channels", "copies"])
def test_a_small_mark_has_a_larger_shape_around_it(name):
    for group in parsed(name).iter(f"{SVG}g"):
        if (group.get("id") or "").startswith("mark-"):
            assert len(group.findall("./*")) > 1, group.get("id")


@EVERYWHERE
@EACH
def test_a_mark_says_the_value_of_a_fact_that_exists(name, code):
    chart, language = drawn(name, code), report(code).renderer.language
    told = {m["fact"]: m["text"] for m in chart.marks if m["fact"]}
    for fact in facts(chart):
        text = told[fact.id]
        shown = language.percent(fact) if fact.metric == "share" else language.count(fact)
        assert str(shown) in text
        for bound in (fact.low, fact.high):
            said = language.amount(bound or 0, fact)
            assert bound is None or said in text or fact.qualifier != "about", text
    assert (name == "mentions_map") == (not told)
    for mark in chart.marks:
        assert ": " in mark["text"]
        assert not re.search(r"<|&|None|  | [.,:;]|\s$", mark["text"]), mark["text"]


def test_words_of_marks():
    texts = [m["text"].replace("\u00a0", " ") for name in OF for m in drawn(name).marks]
    assert "«Қазақстан кәсіподағы», 2016: 60-тан астам материал" in texts
    assert "2017 ж. 1-жартыжылдық, жылдық қарқын (болжам): 510–765 материал" in texts
    assert "Ақмола: аталмаған" in texts
    russian = [m["text"].replace("\u00a0", " ") for name in OF for m in drawn(name, "ru").marks]
    assert "«Қазақстан кәсіподағы», 2016: более 60 материалов" in russian
    assert "«Қазақстан кәсіподағы», 2016: 3 965 экземпляров" in russian
    english = [m["text"] for name in OF for m in drawn(name, "en").marks]
    assert "Union website, 2017 to date: 29 items" in english


def test_bounds_stand_behind_a_value_that_does_not_say_them():
    language = report("en").renderer.language
    trained = report().facts.select("volume", organisation="AKT", indicator="trained")[0]
    assert str(language.within(trained)) == "(9,500–10,500)"
    bound = report().facts.select("volume", organisation="AKT", indicator="publications")[0]
    assert not language.within(bound)


@EVERYWHERE
@EACH
def test_the_data_are_the_facts_drawn(name, code):
    chart = drawn(name, code)
    columns, rows = chart.data["columns"], chart.data["rows"]
    assert rows
    assert all(len(row) == len(columns) == len({*columns}) for row in rows)
    if name == "mentions_map":
        assert {cell for row in rows for cell in row[2:]} == {0, 1}
        return
    wanted = [["" if n is None else n for n in (f.value, f.low, f.high)] for f in facts(chart)]
    assert [row[-3:] for row in rows] == wanted
    assert not any("<" in cell for row in rows for cell in row[:-3])


def test_the_data_of_the_map_are_its_lists():
    chart, section = drawn("mentions_map"), report().section("places")
    table = report().data.tables.organisations["name_kk"]
    for column, codes in zip((2, 3, 4), [*section.papers.values(), section.lowest], strict=True):
        named = {row[0] for row in chart.data["rows"] if row[column]}
        assert named == {table[c] for c in codes if c in section.members}


@EVERYWHERE
def test_ids_are_unique_over_a_page_and_references_lead_somewhere(code):
    page = "".join(drawn(name, code).svg() for name in OF)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    used = set(re.findall(r'(?:url\(#|href="#)([^")]+)', page))
    assert used
    assert used <= set(ids)


@EACH
def test_an_svg_obeys_the_policy_of_a_page(name):
    svg = drawn(name).svg()
    assert not re.search(r"<style|\bstyle=|<metadata|<script|<!--|<\?|<!DOCTYPE", svg)
    assert set(re.findall(r"https?://[^\"\s]+", svg)) == {"http://www.w3.org/2000/svg"}


@EACH
def test_every_colour_is_of_the_palette_and_has_a_class(name):
    names = {colour: key for key, colour in LIGHT.items()}
    for element in parsed(name).iter():
        classes = (element.get("class") or "").split()
        for side in ("fill", "stroke"):
            colour = element.get(side)
            if colour and not colour.startswith(("none", "url(")):
                assert f"{side}-{names[colour]}" in classes
    assert all(f".{c} {{" in rules() for c in re.findall(r'class="([\w-]+)"', drawn(name).svg()))


@EACH
def test_the_background_is_transparent(name):
    root = parsed(name)
    width, height = (float(n) for n in root.get("viewBox").split()[2:])
    for path in root.iter(f"{SVG}path"):
        box = re.findall(r"-?[\d.]+", path.get("d", ""))
        if path.get("fill") != "none" and {f"{width:g}", f"{height:g}"} <= set(box):
            pytest.fail("a filled shape as large as the drawing")


@EACH
def test_a_figure_hands_on_marks_and_data(name):
    chart = drawn(name)
    block = json.loads(json.dumps(Figure(chart)._repr_mimebundle_()))[MIME]
    assert block["marks"] == list(chart.marks)
    assert block["data"] == chart.data


def test_a_picture_in_which_every_number_is_the_same_is_flat():
    fact = report().facts.one("volume", indicator="organisations")
    other = replace(fact, id="other", value=3.0, low=3.0, high=3.0)
    one, same, apart = (Mark(Artist(), "m", f) for f in (fact, replace(fact, id="same"), other))
    blank = Mark(Artist(), "not reported")
    flat = {
        name: Drawing(MatplotlibFigure(), marks, ()).is_flat
        for name, marks in {
            "one": [one], "same": [one, same, blank], "apart": [one, same, apart], "none": [blank, blank],
        }.items()
    }  # fmt: skip
    assert flat == {"one": False, "same": True, "apart": False, "none": False}
