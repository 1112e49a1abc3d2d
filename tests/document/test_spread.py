from aqparat.document.spread import MEASURE, late, spread, width
from aqparat.words.inline import text


def prose(*passages):
    told = [{"kind": kind, "items": [text(words).json()]} for kind, words in passages]
    return {"kind": "prose", "name": "site", "passages": told}


def figure(wide, high):
    return {"kind": "figure", "name": "dots", "svg": f'<svg viewBox="0 0 {wide} {high}"/>'}


HIGH, LOW = figure(480, 780), figure(480, 200)
STAYS = {**HIGH, "may_part": False}
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
    assert spread([prose(LONG), HIGH]) == [prose(LONG), STAYS]
    assert spread([prose(("paragraph", "сөз")), HIGH])[1] == STAYS


def test_a_heading_stays_with_what_it_heads():
    assert spread([prose(("heading", "Облыс"), SHORT), HIGH])[1] == STAYS


def test_a_table_between_follows_and_a_figure_passes_no_other():
    assert [b["kind"] for b in spread([prose(SHORT), TABLE, HIGH])] == ["figure", "table"]
    assert [b.get("beside") for b in spread([prose(SHORT), LOW, HIGH])] == [None] * 3


def test_the_figure_that_left_a_page_empty_is_named():
    def at(name, page, y, starts=False):
        return {"name": name, "page": page, "y": y, "starts": starts}

    full, empty = at("site", 1, 24.0), at("site", 1, 9.0)
    begins, ends = at("dots", 2, 3.0, starts=True), at("dots", 2, 18.0)
    assert late([full, begins, ends]) is None
    assert late([empty, begins, ends]) == "dots"
    assert late([empty, at("dots", 1, 9.5, starts=True), ends]) is None  # it had room there


def test_one_that_stays_apart_has_no_prose_beside_it_and_lets_tables_pass():
    assert spread([prose(SHORT), HIGH], apart=["dots"]) == [prose(SHORT), HIGH]
    assert spread([prose(SHORT), HIGH, TABLE, LOW], apart=["dots"])[:3] == [prose(SHORT), TABLE, HIGH]
    assert spread([HIGH, prose(SHORT), TABLE], apart=["dots"]) == [HIGH, prose(SHORT), TABLE]


def test_a_figure_says_whether_it_can_be_put_otherwise():
    assert [b["may_part"] for b in spread([prose(SHORT), HIGH])] == [True]
    assert [b.get("may_part") for b in spread([LOW, TABLE, HIGH])] == [True, None, False]
