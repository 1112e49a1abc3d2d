"""The six answers of the first page: each rule, and that they stand on it whatever the data are."""

import re

import pytest
from aqparat.choices import LANGUAGES
from aqparat.metrics import collect
from aqparat.sections import answers
from aqparat.sections.answers import ANSWERS
from aqparat.sections.report_data import ReportData
from aqparat.words.renderer import Renderer
from invented import reported

HEAD = "code,organisation,text_kk,text_ru,text_en,indicator,target,due,status,note,source\n"
CASES = pytest.mark.parametrize("case", ["2017H1", "2018H2", "2018", "sparse", "falling"])


def told(data, name, code="en"):
    section = getattr(answers, f"answer_{name}")(data)
    passages = Renderer(data.tables, code, data.facts).prose(f"answers/{name}", section)
    return " ".join(str(item) for passage in passages for item in passage.items).replace("\u00a0", " ")


def about(folder, period="2017H2"):
    tables = folder.load(period)
    return ReportData(tables, collect(tables))


# Change


@pytest.mark.parametrize(
    ("before", "now", "verdict", "weight", "lead"),
    [
        (218, 241, "more", "chance", "More items than in the second half of 2016, but within chance."),
        (218, 400, "more", "sure", "More items than in the second half of 2016, beyond chance."),
        (400, 218, "fewer", "sure", "Fewer items than in the second half of 2016, beyond chance."),
        (218, 218, "same", "chance", "As many items as in the second half of 2016."),
        (1, 3, "more", "few", "More items than in the second half of 2016."),
    ],
)
def test_more_or_fewer_surely_or_within_chance(filed, before, now, verdict, weight, lead):
    filed(f"TOTAL {before}", of="2016H2")
    data = filed(f"TOTAL {now}")
    found = answers.answer_change(data).compared
    assert (found.verdict, found.weight) == (verdict, weight)
    assert told(data, "change").startswith(lead)


def test_a_bound_that_leaves_it_open_is_no_rise(filed):
    filed("TOTAL 200 more_than", of="2016H2")
    data = filed("TOTAL 300")
    assert told(data, "change").startswith("Whether there are more items")


def test_the_interval_is_that_of_the_change(filed):
    """218 and 241 are 1.1055 times as many, 0.9166 to 1.3339 by chance (Clopper and Pearson)."""
    filed("TOTAL 218", of="2017H1")
    filed("TOTAL 218", of="2016H2")
    assert "95% interval −8.3% … +33.4%" in told(filed("TOTAL 241"), "change")


def test_where_nothing_can_be_compared_the_pace_is_told(report_2017):
    said = told(report_2017, "change")
    assert said.startswith("The pace is above that of the year before; the half-years cannot be compared.")
    assert "for the period a year earlier there is no figure" in said
    assert "510–765 (a projection), against 499 in 2016" in said


def test_a_second_half_tells_the_year_it_completes():
    said = told(reported("2018H2", None, "en").data, "change")
    assert said.count("a year earlier") == 2 and "In 2018 as a whole there were" in said
    assert "as a whole" not in told(reported("2018", None, "en").data, "change")


# Leaders


def test_who_is_beyond_the_limits_leads_and_who_sent_nothing_is_silent(folder):
    """Five of equal size: 60 against 10 each; and one that says 0."""
    rows = ["AKM 60", "AKT 10", "ALM 10", "ALA 10", "ATY 0"]
    codes = [line.split()[0] for line in rows]
    observations = [
        *(
            f"publications,{c},union-site,,2017-07-01,2017-12-31,{n},exact,,,form"
            for c, n in map(str.split, rows)
        ),
        *(f"members,{c},,,2017-12-31,2017-12-31,20000,exact,,,form" for c in codes),
    ]
    data = _observed(folder, observations, settings="[views]\nfull = 0.2\n")
    found = answers.answer_leaders(data)
    assert (found.weighed, found.above, found.below) == (True, ["AKM"], [])
    assert [s.organisations for s in found.silent] == [["ATY"]]
    assert "KAR" in found.unknown and not {"ATY", "KUS"} & {*found.unknown}  # KUS: since the start of 2017
    said = told(data, "leaders")
    assert said.startswith("Akmola leads for its size.") and "Atyrau sent nothing." in said


def test_without_members_leaders_are_by_items(filed):
    data = filed("AKM 60", "AKT 50", "ALM 40", "ALA 30", "ATY 20", "KUS 10", "KAR 5")
    said = told(data, "leaders")
    assert not answers.answer_leaders(data).weighed
    assert said.startswith("The most items came from the Akmola regional organisation (60),")
    assert "size is not taken into account" in said


def test_silence_is_counted_back_through_the_halves(filed):
    for half in ("2016H2", "2017H1"):
        filed("AKM 0", of=half)
    data = filed("AKM 0", "AKT 0")
    found = {s.halves: s.organisations for s in answers.answer_leaders(data).silent}
    assert found == {3: ["AKM"], 1: ["AKT"]}
    assert "Akmola sent nothing, for the third half-year running." in told(data, "leaders")


def test_a_half_that_nobody_told_ends_a_silence(filed):
    filed("AKM 0", of="2016H2")
    assert [s.halves for s in answers.answer_leaders(filed("AKM 0")).silent] == [1]


def test_unknown_is_not_silent(report_2017):
    found = answers.answer_leaders(report_2017)
    assert (found.silent, found.absent, found.unclear) == ([], ["AKM", "AST"], ["ALA"])
    assert "is not known, which does not mean that they sent nothing" in told(report_2017, "leaders")


# Subscriptions


def test_a_target_is_missed_only_surely(folder):
    people = "members,{},,,2017-12-31,2017-12-31,{},exact,,,form"
    members = [people.format(code, 100_000) for code in ("AKM", "AKT")]
    found = answers.answer_subscriptions(_observed(folder, members))
    reached = {p.outlet: p.reach for p in found.papers}  # the members of the others are not known
    assert reached == {"qazaqstan-kasipodagy": "unclear", "bilimdi-el": "missed"}
    assert found.reach == "some" and [p.outlet for p in found.missed] == ["bilimdi-el"]


def test_no_target_without_members(report_2017):
    said = told(report_2017, "subscriptions")
    assert answers.answer_subscriptions(report_2017).course == "grew"
    assert said.startswith("Subscriptions grew; without the members the target cannot be judged.")
    assert "4,746 copies, 19.7% more than in 2016" in said


@pytest.mark.parametrize("case", ["2018H2", "falling"])
def test_the_target_is_told_with_how_many_reach_it(case):
    told_of = reported(case, None, "en")
    found = answers.answer_subscriptions(told_of.data)
    assert found.course == ("fell" if case == "falling" else "grew")
    for paper in found.papers:
        least = paper.penetration.least >= told_of.data.settings["penetration"]["target"]
        assert (paper.reach == "reached") is least and paper.on_target


# Measures


@pytest.fixture
def decided(folder):
    folder.write(
        "2017H1/measures.csv",
        HEAD
        + "M-1,KUS,а,а,a,,,2017-12-01,planned,,meeting\nM-2,AKT,а,а,a,,,2017-12-01,under_way,,meeting\n"
        + "M-4,ATY,а,а,a,,,2017-09-01,under_way,,meeting\n",
    )
    folder.write(
        "2017H2/measures.csv",
        HEAD + "M-1,KUS,а,а,a,,,,done,,form\nM-4,ATY,а,а,a,,,,under_way,,form\n",
    )
    return about(folder)


def test_what_has_become_of_the_measures(decided):
    said = told(decided, "measures")
    assert said.startswith("Of the 3 measures decided earlier, 1 is done.")
    assert "1 is under way and 1 is without any word" in said
    assert "Reported as overdue are measures of Atyrau." in said
    assert "Measures of Aktobe are past their day" in said


def test_where_none_was_decided_that_is_said(report_2017):
    assert told(report_2017, "measures").startswith("No measures are on record.")


# Completeness


def test_who_has_filed_and_what_is_unknown(report_2017):
    found = answers.answer_completeness(report_2017)
    assert found.nobody == ["members", "broadcasts"]
    assert found.most == ["copies", "publications", "trained"]
    assert told(report_2017, "completeness").startswith("Of 21 organisations 9 reported.")


def test_no_path_of_a_file_stands_on_the_first_page():
    for case in ("2017H1", "sparse", "falling"):
        assert not re.search(r"\.(csv|xlsx)|raw/", told(reported(case, None, "en").data, "completeness"))


# Decisions


def test_what_there_is_to_decide_where_little_is_known(report_2017):
    found = answers.answer_decisions(report_2017)
    assert [d.rule for d in found] == ["absent", "members", "none_decided"]
    assert (found[0].organisations, found[0].unclear) == (["AKM", "AST"], ["ALA"])


def test_overdue_measures_come_first_and_five_at_most(decided):
    found = answers.answer_decisions(decided)
    assert [(d.rule, d.organisations) for d in found[:2]] == [("overdue", ["ATY"]), ("past_due", ["AKT"])]
    assert len(found) <= 5


@pytest.mark.parametrize("case", ["2018H2", "sparse", "falling"])
def test_nothing_is_to_decide_that_no_answer_says(case):
    data = reported(case).data
    found = {d.rule: d for d in answers.answer_decisions(data)}
    outcome, silent = answers.answer_measures(data), answers.answer_leaders(data).silent
    assert (found["overdue"].organisations if "overdue" in found else []) == outcome.overdue
    assert ("silent" in found) is bool(silent)
    assert ("target" in found) is bool(answers.answer_subscriptions(data).missed) or len(found) == 5


# All


@CASES
@pytest.mark.parametrize("code", LANGUAGES)
def test_each_answer_is_a_block_with_a_bold_finding(case, code):
    shown = reported(case, None, code)
    for name in ANSWERS:
        block = shown.answer(name)._repr_mimebundle_()["application/vnd.aqparat+json"]
        assert (block["kind"], block["name"]) == ("answer", name)
        first = block["passages"][0]["items"][0]
        assert isinstance(first[0], dict) and first[0].get("strong"), first
        lead = "".join(
            p if isinstance(p, str) else p["text"] for p in first if isinstance(p, dict) and p.get("strong")
        )
        assert 1 <= len(lead.split()) <= 16, lead


@CASES
@pytest.mark.parametrize("code", LANGUAGES)
def test_no_sentence_of_the_first_page_is_said_again(case, code):
    shown = reported(case, None, code)
    first = {s for name in ANSWERS for p in shown.answer(name).passages for s in _sentences(p)}
    for name in ("site", "subscription", "activity", "measures", "notes"):
        again = {s for p in shown.prose(name).passages for s in _sentences(p)}
        assert not first & again, first & again


def _sentences(passage):
    words = " ".join(map(str, passage.items)).replace("\u00a0", " ")
    return [s.strip(" .") for s in re.split(r"(?<=\.)\s", words) if len(s.split()) > 4]


@pytest.fixture(scope="module")
def report_2017():
    return reported("2017H1").data


def _observed(folder, rows, settings=""):
    head = "indicator,organisation,outlet,channel,start,end,value,qualifier,named,extreme,source"
    folder.write("2017H2/observations.csv", "\n".join([head, *rows, ""]))
    if settings:
        (folder.path / "settings.toml").write_text(settings, encoding="utf-8")
    return about(folder)
