"""Pictures kept while what they show stays the same."""

import re
from dataclasses import replace

import aqparat.texts
import pytest
from aqparat import charts
from aqparat.charts import kept, style
from aqparat.words.renderer import Renderer
from reported import LIBRARY, report


@pytest.fixture
def drawn(monkeypatch):
    """Keep pictures; give the names of the charts whose figures have been drawn."""
    names = []
    monkeypatch.setattr(kept, "_kept", {})
    monkeypatch.setattr(style, "embedded", lambda svg, name, colours: names.append(name) or svg)
    return names


def copies(section=None, **changed):
    told = report("en")
    tables = replace(told.renderer.tables, **changed)
    renderer = Renderer(tables, told.renderer.language, told.facts)
    return charts.copies(section or told.section("subscription"), renderer)


def test_what_shows_the_same_is_drawn_once_and_is_what_it_was(drawn, monkeypatch):
    first, second = copies(), copies()
    assert drawn == ["copies"] and second.svg() == first.svg()
    monkeypatch.setattr(kept, "_kept", None)
    alone = copies()
    assert (alone.svg(), alone.marks, alone.data) == (second.svg(), second.marks, second.data)
    assert (str(alone.title), alone.alt, str(alone.note)) == (str(second.title), second.alt, str(second.note))


def test_another_number_name_or_text_is_drawn_anew(drawn, monkeypatch):
    section, outlets = report("en").section("subscription"), report("en").renderer.tables.outlets
    copies()
    paper = section.papers[0]
    other = replace(paper, years=[replace(paper.years[0], value=1.0), *paper.years[1:]])
    copies(replace(section, papers=[other, *section.papers[1:]]))
    copies(outlets=outlets.assign(name_en="Другая"))
    monkeypatch.setattr(aqparat.texts, "stamp", lambda: "others")
    copies()
    assert len(drawn) == 4


def test_a_picture_that_cannot_be_told_apart_is_not_kept(monkeypatch):
    monkeypatch.setattr(kept, "_kept", {})
    made = [kept.recalled(lambda: None, object) for _ in range(2)]
    assert made[0] is not made[1]


def test_the_oldest_pictures_go(monkeypatch):
    monkeypatch.setattr(kept, "_kept", {})
    first = kept.recalled(0, object)
    for number in range(kept._MOST):
        assert kept.recalled(number, object) is kept.recalled(number, object)
    kept.recalled(-1, object)
    assert kept.recalled(0, object) is not first and len(kept._kept) == kept._MOST


def test_what_draws_knows_names_and_the_facts_of_its_section_alone():
    told = report("en")
    names = told.renderer.of_names
    fact = next(iter(told.facts))
    assert told.facts and not names.facts
    for ask in (
        lambda: names.tables.observations,
        lambda: names.environment.filters["sources"](fact),
        lambda: names.environment.filters["inputs"](replace(fact, inputs=("x",))),
        lambda: names.environment.tests["within_chance"](fact),
    ):
        with pytest.raises((AttributeError, LookupError)):
            ask()


def test_the_stamp_of_texts_is_of_all_that_a_picture_may_show():
    """Templates that it leaves out are the prose of sections, which nothing else takes from."""
    others = [p for p in (LIBRARY / "texts").rglob("*.j2") if not p.name.endswith(".md.j2")]
    assert len(others) > 50
    for path in others:
        named = re.findall(r"{%-? *(?:include|import|from|extends) +(\S+)", path.read_text(encoding="utf-8"))
        assert not [name for name in named if ".md.j2" in name or name[0] not in "'\""], path
