import json

import pytest
from aqparat.words.inline import fact, text
from aqparat.words.prose import Draft, Passage
from aqparat.words.renderer import Renderer
from hypothesis import given
from hypothesis import strategies as st
from reported import report


@pytest.fixture
def number(facts):
    return fact("306", facts["volume.publications.TOTAL.union-site.2017H1"])


def told(*pieces):
    return Draft(pieces).passages


def test_markdown_of_the_template_is_read(number):
    own = "### Сайт\n\n**", " материал** жарияланды\nжыл бойы.\n\n- бір\n\n- екі ", "\n"
    passages = told(own[0], number, own[1], number, own[2])
    assert [(p.kind, p.level, [str(i) for i in p.items]) for p in passages] == [
        ("heading", 3, ["Сайт"]),
        ("paragraph", 0, ["306 материал жарияланды жыл бойы."]),
        ("list", 0, ["бір", "екі 306"]),
    ]
    assert [(p.text, p.strong) for p in passages[1].items[0].parts] == [
        ("306", True),
        (" материал", True),
        (" жарияланды жыл бойы.", False),
    ]
    assert passages[2].items[1].facts == number.facts


@given(st.text(max_size=40))
def test_what_is_put_in_is_never_markup(value):
    put = text(value)
    [passage] = told("а ", put, " б")
    assert "".join(str(passage.items[0]).split()) == "".join(f"а{put}б".split())
    assert len(told("- ", text("а"), put, "\n- б")[0].items) == 2


@pytest.mark.parametrize(
    "value", ["# а", "- а", "1. а", "> а", "**а**", "<b>а</b>", "а\n\n- б", "    а", "| а |"]
)
def test_hostile_data_at_the_beginning_of_a_line_are_text(value):
    [passage] = told(text(value), "\n")
    assert passage.kind == "paragraph"
    assert str(passage.items[0]).split() == value.split()


@pytest.mark.parametrize("own", ["> а", "`а`", "[а](б)", "<b>а</b>", "| а |\n|---|", "1. а\n\n   б", "---"])
def test_other_markdown_is_an_error(own):
    if own.startswith("|"):
        assert told(own)[0].kind == "paragraph"  # tables are made elsewhere
        return
    with pytest.raises(ValueError, match="a narrative holds no"):
        told(own)


def test_spaces_are_tidied_and_a_line_does_not_begin_with_a_dash(number):
    [passage] = told("бір ", text(""), " екі", text(", "), "  \n  үш ", number, " – төрт")
    assert str(passage.items[0]) == "бір екі, үш 306\u00a0– төрт"
    assert str(told("а", text(" – б"))[0].items[0]) == "а\u00a0– б"


def test_a_draft_is_put_into_another(number):
    items = Draft((number, " материал"))
    outer = Draft(("бар: ", Draft((items, text(".")))))
    assert str(outer.inline) == "бар: 306 материал."
    assert str(Draft(("\n  ", items, "\n жоқ ")).inline) == "306 материал жоқ"


def test_a_draft_begins_with_a_capital():
    for draft in (Draft(("", text("а"), "б")), Draft((Draft(("аб",)),)), Draft((Draft(()), text(""), "аб"))):
        assert str(draft.capitalised().inline) == "Аб"
    assert Draft().capitalised() == Draft()


def test_passages_travel_as_json(number):
    passages = told("### а\n\nб ", number, "\n\n- в")
    assert [Passage.read(p) for p in json.loads(json.dumps([p.json() for p in passages]))] == passages


@pytest.fixture(scope="module")
def environment():
    return Renderer(report().data.tables, "kk").environment


def rendered(environment, template, **names):
    values = environment.from_string(template)
    return Draft(values.root_render_func(values.new_context(names))).passages


def test_macros_loops_and_conditions_yield_what_they_are(environment, number):
    template = (
        "{% macro twice(x) %}{{ x }} және **{{ x }}**{% endmacro %}"
        "{% for n in ns %}{{ twice(n)|cap }}{{ ', ' if not loop.last else '.' }}{% endfor %}"
        "{% set kept %}{{ ns[0] }}!{% endset %} {{ kept }} {{ '*' if ns }}"
    )
    [passage] = rendered(environment, template, ns=[number, text("*а*")])
    assert str(passage.items[0]) == "306 және 306, *а* және *а*. 306! *"
    assert [p.strong for p in passage.items[0].parts if p.fact] == [False, True, False]
