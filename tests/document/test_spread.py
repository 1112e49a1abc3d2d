from aqparat.document.spread import MEASURE, late, spread, width
from aqparat.words.inline import text


def prose(*passages):
    told = [{"kind": kind, "items": [text(words).json()]} for kind, words in passages]
    return {"kind": "prose", "name": "site", "passages": told}


def figure(wide, high):
    return {"kind": "figure", "name": "dots", "svg": f'<svg viewBox="0 0 {wide} {high}"/>'}


HIGH, LOW = figure(480, 780), figure(480, 200)
TABLE = {"kind": "table", "name": "index", "rows": []}
SHORT, LONG = ("paragraph", "сөз " * 60), ("paragraph", "сөз " * 400)


def test_a_picture_is_as_wide_as_its_letters_ask_for():
    assert width(LOW["svg"]) == 10.9
    assert width(HIGH["svg"]) == 9.2  # 15 cm high
    assert width(figure(480, 600)["svg"]) == 10.9
    assert width(figure(480, 700)["svg"]) == 9.94
    assert width(figure(480, 1300)["svg"]) * 1300 / 480 <= 21.6 < 22  # never higher than a page
    assert width(LOW["svg"]) < MEASURE


def test_a_high_figure_has_the_prose_before_it_beside_it():
    [made] = spread([prose(SHORT), HIGH])
    assert made["kind"] == "figure"
    assert made["beside"] == prose(SHORT)["passages"]
    before, made = spread([prose(LONG, SHORT), HIGH])
    assert (before["passages"], made["beside"]) == (prose(LONG)["passages"], prose(SHORT)["passages"])


def test_a_low_one_and_prose_that_has_no_room_stand_one_below_the_other():
    assert [b["kind"] for b in spread([prose(SHORT), LOW])] == ["prose", "figure"]
    assert spread([prose(LONG), HIGH]) == [prose(LONG), HIGH]
    assert spread([prose(("paragraph", "сөз")), HIGH])[1] == HIGH


def test_a_heading_stays_with_what_it_heads():
    assert spread([prose(("heading", "Облыс"), SHORT), HIGH])[1] == HIGH


def test_a_table_between_follows_and_a_figure_passes_no_other():
    assert [b["kind"] for b in spread([prose(SHORT), TABLE, HIGH])] == ["figure", "table"]
    assert [b.get("beside") for b in spread([prose(SHORT), LOW, HIGH])] == [None] * 3


def at(name, page, y, starts=False):
    return {"name": name, "page": page, "y": y, "starts": starts}


def test_the_figure_that_left_a_page_empty_is_named():
    full, empty = at("site", 1, 24.0), at("site", 1, 9.0)
    begins, ends = at("dots", 2, 3.0, starts=True), at("dots", 2, 18.0)
    assert late([full, begins, ends]) is None
    assert late([empty, begins, ends]) == "dots"
    assert late([empty, at("dots", 1, 9.5, starts=True), ends]) is None  # it had room there


def test_what_ends_where_a_page_begins_has_ended_on_the_page_before():
    """A mark behind the last line of a block may be put on the next page."""
    ended, begins = at("activity", 2, 2.3), at("dots", 2, 2.3, starts=True)
    assert late([at("press", 1, 9.4), ended, begins]) == "dots"
    assert late([at("press", 1, 24.0), ended, begins]) is None


def test_a_page_with_nothing_but_a_figure_at_its_edge_is_no_full_page():
    edge, text, begins = at("dots", 2, 17.0), at("site", 1, 25.0), at("media", 3, 3.1, starts=True)
    assert late([edge, text, begins]) == "media"
    assert late([at("dots", 2, 17.0), text, at("site", 2, 24.0), begins]) is None
    assert late([text, at("long", 3, 9.0), at("media", 3, 9.5, starts=True)]) is None  # a table over page 2


def test_one_that_stays_apart_has_no_prose_beside_it():
    assert spread([prose(SHORT), HIGH], apart=["dots"]) == [prose(SHORT), HIGH]
    assert spread([prose(SHORT), TABLE, HIGH], apart=["dots"]) == [prose(SHORT), TABLE, HIGH]
