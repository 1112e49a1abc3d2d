"""Each question against the facts: its numbers, its rows, its picture, its words."""

import re
from xml.etree import ElementTree

import pytest
from aqparat.choices import LANGUAGES
from aqparat.explore.known import Known
from aqparat.explore.making import MOST
from aqparat.explore.questions import QUESTIONS, ask
from aqparat.problem import ParameterError
from asked import CASES, known

KEYS = [question.key for question in QUESTIONS]
SAMPLE = [("published", "en"), ("filed", "ru"), ("full", "kk")]
EACH = [
    pytest.param(key, case, code, marks=() if (case, code) in SAMPLE else pytest.mark.exhaustive)
    for key in KEYS for case in CASES for code in LANGUAGES
]  # fmt: skip


def marks(svg):
    """Give the words of each mark of a picture."""
    titles = [e for e in ElementTree.fromstring(svg).iter() if e.get("id", "").startswith("mark-")]
    return [e[0].text for e in titles]


@pytest.mark.parametrize(("key", "case", "code"), EACH)
def test_an_answer_tells_the_facts_in_every_language(key, case, code):
    asked = known(case, code)
    answer = ask(asked, key)
    assert answer.title.startswith(asked.label(f"question.{key}"))
    assert answer.sentence.endswith("."), answer.sentence
    assert not re.search(r"  |\(\)|\bNone\b|[{}]| ,| \.", answer.sentence), answer.sentence
    for row in answer.measured.itertuples():
        if row.fact in asked.data.facts:
            fact = asked.data.facts[row.fact]
            told = [None if number != number else number for number in (row.value, row.low, row.high)]
            assert told == [fact.value, fact.low, fact.high], row.fact
    if len(answer.measured):
        assert len(answer.rows)
    assert all(isinstance(cell, str) for row in answer.table.to_numpy() for cell in row)
    if answer.chart:
        words = marks(answer.chart)
        assert words
        assert all(words)
        lines = len({text.split(",")[0] for text in words}) if key == "channels" else len(words)
        assert lines <= MOST
    else:
        assert answer.left_out == ""


def test_every_place_can_be_asked_about():
    asked = known("full")
    keys = [key for key, _ in asked.options("channel")]
    named = {"television", "radio", "social", "union-site", "bilimdi-el", "profsoyuznaya-zhizn"}
    assert named <= {key.split(".")[1] for key in keys}
    for key in keys[::3]:
        told = ask(asked, "extremes", channel=key)
        facts = [asked.data.facts[i] for i in told.measured["fact"] if i.startswith("volume.")]
        assert {f"{f.indicator}.{f.outlet or f.channel}" for f in facts} == {key}
    assert ask(asked, "moved", channel="radio").title == "Who rose, who fell? (radio, the first half of 2019)"


def test_another_period_is_what_its_own_report_has():
    asked = known("full")
    then = asked.at("2018H1")
    answer = ask(asked, "extremes", period="2018H1")
    assert "the first half of 2018" in answer.title
    assert {i for i in answer.measured["fact"] if i.startswith("volume.")} <= {f.id for f in then.data.facts}
    assert asked.at("2018H1") is then


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ({"question": "slient"}, "Did you mean 'silent'?"),
        ({"question": "silent", "channel": "televison"}, "Unknown channel 'televison'"),
        ({"question": "did", "organisation": "KUZ"}, "Did you mean 'KUS'?"),
        ({"question": "channels", "organisation": "KUS"}, "Unknown parameter 'organisation'"),
    ],
)
def test_what_is_not_known_is_an_error_that_says_so(call, said):
    with pytest.raises(ParameterError, match=re.escape(said)):
        ask(known("published"), **call)


# What the published figures say


def test_a_source_s_lowest_are_not_called_the_highest():
    sentence = ask(known("published"), "extremes").sentence
    assert sentence.startswith(
        "Known are only the figures of those whom a source names as lowest: the Atyrau"
    )
    assert "most" not in sentence


def test_more_than_sixty_is_drawn_and_written_as_such(folder):
    folder.append(
        "2017H1/observations.csv",
        "publications,KUS,,radio,2017-01-01,2017-06-30,60,more_than,,,the form",
        "publications,ATY,,radio,2017-01-01,2017-06-30,12,exact,,,the form",
    )
    asked = Known("2017H1", "en", folder.path)
    answer = ask(asked, "extremes", channel="radio")
    few = "Above zero are the figures of the Kostanay regional organisation (more than 60) and the Atyrau"
    assert answer.sentence.startswith(few)  # of two, the last of all has not the most
    assert list(answer.table["Value"][:2]) == ["more than 60", "12"]
    assert marks(answer.chart)[0] == "Kostanay, 1st half 2017: more than 60 items"
    assert "hatch" in answer.chart or "pattern" in answer.chart
    first = answer.measured.iloc[0]
    assert (first["organisation"], first["low"] > 60, first["high"] != first["high"]) == ("KUS", True, True)
    assert "60" in " ".join(answer.rows.iloc[:, 2])


def test_an_organisation_stands_to_the_median_of_all_members():
    asked = known("full")
    found = {
        c for member in asked.members for c in ask(asked, "against_all", organisation=member).table["Course"]
    }
    assert {"above the median", "below the median", "level with the median"} <= found
    assert "unchanged" not in found
    assert "the median of the member organisations" in ask(asked, "against_all").sentence


def test_how_many_reported_is_said_of_organisations_in_every_language():
    paper = "publications.qazaqstan-kasipodagy"
    answers = {code: ask(known("filed", code), "sure", channel=paper) for code in LANGUAGES}
    told = {code: answer.table.iloc[0, 5] for code, answer in answers.items()}
    part, _, whole = told["en"].partition(" of ")
    assert told == {"en": f"{part} of {whole}", "ru": f"{part} из {whole}", "kk": f"{part} (барлығы {whole})"}


def test_what_was_not_reported_is_not_zero(folder):
    folder.append(
        "2017H1/observations.csv",
        "publications,KUS,,social,2017-01-01,2017-06-30,0,exact,,,the form",
        "publications,ATY,,social,2017-01-01,2017-06-30,3,exact,,,the form",
    )
    asked = Known("2017H1", "en", folder.path)
    silent = ask(asked, "silent", channel="social")
    assert "1 reported that there was nothing (Kostanay), and 19 reported no figure" in silent.sentence
    states = silent.table.set_index("Organisation")["State"]
    assert states["Kostanay"] == "none"
    assert states["Aktobe"] == "not reported"
    cells = ask(asked, "channels").table.set_index("Organisation")["Social media"]
    assert (cells["Kostanay"], cells["Atyrau"], cells["Aktobe"]) == ("0", "3", "not reported")
    counts = ask(asked, "unused").table.set_index("Outlet or channel").loc["Social media"]
    assert list(counts) == ["1", "1", "19"]


def test_copies_without_members_are_told_without_a_rate():
    answer = ask(known("published"), "copies")
    assert "How many members the subscribing organisations have is not known" in answer.sentence
    assert "the Kostanay regional organisation (538)" in answer.sentence
    assert "4,746 copies" in answer.sentence


def test_who_reaches_the_target_is_who_surely_does():
    asked = known("filed")
    answer = ask(asked, "copies")
    rates = asked.data.facts.select("penetration", **asked.paper().about)
    rates = [f for f in rates if f.organisation in asked.members]
    reached = [f for f in rates if f.least >= 1]
    assert f"{len(reached) or 'none'} reach the target of 1 copy per 100 members" in answer.sentence
    assert len(marks(answer.chart)) == len(rates) + 1  # the target


def test_a_rise_is_told_where_the_bounds_do_not_overlap():
    asked = known("full")
    answer = ask(asked, "moved")
    facts = asked.data.facts
    place = asked.place().about
    now = {f.organisation: f for f in facts.select("volume", window=asked.period.window, **place)}
    then = {
        f.organisation: f for f in facts.select("volume", window=asked.period.year_earlier.window, **place)
    }
    rose = [c for c in asked.members if c in now and c in then and now[c].least > then[c].most]
    fell = [c for c in asked.members if c in now and c in then and now[c].most < then[c].least]
    assert f": {len(rose)} rose, {len(fell)} fell" in answer.sentence
    assert list(answer.table["Course"]).count("rose") == len(rose)
    assert list(answer.table["Course"]).count("fell") == len(fell)


def test_raw_rows_are_quoted_as_they_stand():
    asked = known("published")
    rows = ask(asked, "did", organisation="KUS").rows
    assert list(rows.columns) == ["File", "Row", "What stands there"]
    lines = (asked.home / "raw/2017H1/observations.csv").read_text(encoding="utf-8").splitlines()
    own = rows[rows["File"] == "raw/2017H1/observations.csv"]
    assert len(own) > 3
    for row in own.itertuples():
        cells = lines[int(row.Row) - 1].split(",")
        assert f"indicator: {cells[0]}" in row[3]
        assert f"value: {cells[6]}" in row[3]


def test_what_an_organisation_did_has_activities_and_measures():
    asked = known("full")
    code = next(c for c in asked.tables.measures["organisation"] if c in asked.members)
    kinds = list(ask(asked, "did", organisation=code).table["Kind"])
    assert {"figure", "measure"} <= set(kinds)
    published = ask(known("published"), "did", organisation="KUS").table
    assert "activity" in set(published["Kind"])


def test_the_union_s_trend_is_the_facts_of_every_half_and_year():
    asked = known("full")
    answer = ask(asked, "trend")
    halves = [f for f in asked.data.facts.select("volume", organisation="TOTAL", **asked.place().about)
              if f.window.period]  # fmt: skip
    assert [f.id for f in halves] == [i for i in answer.measured["fact"] if i.startswith("volume.")]
    assert len(marks(answer.chart)) == len(halves)


def test_how_sure_tells_every_figure_s_bounds_and_rows():
    asked = known("filed")
    table = ask(asked, "sure").table
    known_by = table["How it is known"]
    assert {"exact", "at least"} <= set(known_by)
    assert all(table["Raw rows"].str.contains("raw/"))
    one = ask(asked, "sure", channel="union-site").table
    assert one.iloc[0, 0] == "The union"
    assert list(one["Raw rows"]).count("") == 0
