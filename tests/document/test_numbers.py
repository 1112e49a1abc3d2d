from aqparat.document.numbers import numbers
from aqparat.words.languages import language

EN = language("en")
PERIOD = {"text": "first half of 2017", "day": "2017", "window": "2017H1"}


def entry(fact, value):
    return {"id": fact, "series": ["Items, ", PERIOD], "value": [{"text": value, "fact": fact}, " items"]}


def figure(columns, rows, facts):
    marks = [{"fact": fact, "row": place} for place, fact in enumerate(facts)]
    data = {"columns": columns, "rows": rows}
    return {"name": "site", "number": 2, "data": data, "marks": [*marks, {"fact": None, "row": None}]}


def test_a_number_is_told_with_its_bounds_as_in_the_appendix():
    drawn = figure(["Organisation", "Value", "Low", "High"], [["Kostanay", 60, 61, ""]], ["a"])
    drawn["data"]["columns"][-3:] = [EN.label(f"chart_data.{key}") for key in ("value", "low", "high")]
    told = numbers(drawn, {"a": entry("a", "more than 60")}, EN)
    assert told["columns"] == ["Organisation", "Value"]
    assert told["numeric"] == [False, True]
    assert told["rows"] == [[["Kostanay"], [{"text": "more than 60", "fact": "a"}, " items"]]]
    assert (told["name"], told["number"]) == ("figure-site", 2)


def test_a_period_is_a_time_and_what_was_not_reported_is_said():
    heads = [EN.label(f"chart_data.{key}") for key in ("window", "value", "low", "high")]
    drawn = figure(heads, [["H1 2017", 3, 3, 3], ["H2 2017", "", "", ""]], ["a", None])
    first, second = numbers(drawn, {"a": entry("a", "3")}, EN)["rows"]
    assert first[0] == [{"text": "H1 2017", "day": "2017", "window": "2017H1"}]
    assert second[1] == [EN.label("chart.no_data")]


def test_columns_that_say_whether_something_is_so_have_signs():
    told = numbers(figure(["Organisation", "Named"], [["Kostanay", 1], ["Semey", 0]], [None, None]), {}, EN)
    assert told["rows"] == [[["Kostanay"], ["+"]], [["Semey"], [""]]]
    assert told["numeric"] == [False, False]


def test_a_chart_without_rows_has_no_table():
    assert numbers(figure(["Organisation"], [], []), {}, EN) is None
