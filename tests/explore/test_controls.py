import re

import pytest
from aqparat.explore import controls
from aqparat.explore.controls import Controls, Field

OPTIONS = (("a", "First"), ("b", "Second"))


@pytest.mark.parametrize("value, kept", [("b", "b"), ("z", "a"), (None, "a"), (["b"], "a")])
def test_what_is_not_offered_gives_way_to_the_first(value, kept):
    assert Field("x", "X", OPTIONS).holding(value).value == kept


def test_what_is_not_offered_gives_way_to_what_was_chosen_before():
    assert Field("x", "X", OPTIONS, value="b").holding("z").value == "b"
    assert Field("x", "X", ()).holding("z").value == ""


def test_of_many_what_is_offered_is_kept():
    assert Field("x", "X", OPTIONS, "many").holding(["z", "b"]).value == ["b"]
    assert Field("x", "X", OPTIONS, "many").holding(None).value == []


def fields(chosen):
    question = Field("question", "Question", OPTIONS, "listed").holding(chosen.get("question"))
    if question.value == "a":
        return [question]
    return [question, Field("who", "Who", OPTIONS, "many").holding(chosen.get("who"))]


def page(chosen):
    told = " ".join(map(str, chosen.values()))
    return [{"title": told, "text": told, "html": f"<h3>{told}</h3>", "name": "x", "csv": "", "svg": ""}]


@pytest.fixture
def made():
    return Controls(fields, page, {"panel": "Panel", "run": "Run the cells.", "mark": "Invented & marked"})


def test_what_is_shown_follows_what_is_chosen(made):
    assert [page["title"] for page in made.pages] == ["a"]
    made.chosen = {"question": "b", "who": ["b", "gone"]}  # as the browser does
    assert [field["name"] for field in made.fields] == ["question", "who"]
    assert made.pages[0]["title"] == "b ['b']"
    made.choose(question="a")
    assert made.pages[0]["title"] == "a"


def test_the_browsers_choice_is_the_browsers_alone(made):
    made.choose(question="b")
    assert made.chosen == {}  # nor is it sent back: a late answer would undo a later choice
    assert made.fields[0]["value"] == "b"


def test_without_widgets_what_is_shown_stands_there(made):
    data, _ = made._repr_mimebundle_()
    assert data["text/html"] == "<p>Invented &amp; marked</p>\n<h3>a</h3>\n<p>Run the cells.</p>"
    assert data["text/plain"] == "Invented & marked\na"
    assert "application/vnd.jupyter.widget-view+json" in data


def test_every_control_keeps_its_keys():
    script = (controls._HERE / "controls.js").read_text(encoding="utf-8")
    focused = re.findall(r'made\("(?:select|input|button)", \{([^}]*)\}', script)
    assert len(focused) >= 4
    assert all("[INSIDE]" in settings for settings in focused)
    assert not re.search(r"https?://", script + Controls._css)


def test_every_choice_is_answered_though_the_answer_looks_the_same(made):
    for choice in ({"question": "a"}, {"question": "b"}, {"question": "b", "who": []}, {"question": "a"}):
        made.chosen = choice  # the first, and that without anybody, change nothing that is shown
        assert made.answered == choice
