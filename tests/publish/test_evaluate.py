import ast
import copy
from pathlib import Path

import pytest
from aqparat.publish import evaluate
from aqparat.publish.evaluate import Mismatch, is_derived, mismatches
from aqparat.publish.evaluate.formulas import FORMULAS
from aqparat.publish.evaluate.standing import STANDING
from handmade import SETTINGS, fact, members, reported
from worked import EXAMPLES, derived, figure


@pytest.fixture(params=EXAMPLES)
def example(request):
    return copy.deepcopy(EXAMPLES[request.param]())


def found(records, settings=SETTINGS):
    return mismatches(records, settings)


def test_what_is_right_is_found_right(example):
    assert found(example) == []


FIELDS = ("value", "low", "high", "interval_low", "interval_high")
SUMS = ("volume", "channel_total", "common_total", "component", "tally")
UNORDERED = (*SUMS, "evenness")


def computed(records):
    return [r for r in records if is_derived(r)]


def test_every_metric_has_an_example():
    told = {r["metric"] for make in EXAMPLES.values() for r in computed(make())}
    assert told == set(FORMULAS) | set(STANDING)


@pytest.mark.parametrize("field", FIELDS)
def test_a_changed_number_is_found(example, field):
    for record in computed(example):
        before = record.get(field)
        if before is None and field.startswith("interval"):
            continue
        record[field] = 0.5 if before is None else before + 1.5
        assert (record["id"], field) in [(m.id, m.field) for m in found(example)], record
        record[field] = before
    assert found(example) == []


def test_a_number_that_is_not_told_is_found(example):
    for record in computed(example):
        open_above = record["metric"] in SUMS and record["value"] is None  # it may say so
        for field in [f for f in FIELDS if record.get(f) is not None and not (open_above and f == "high")]:
            before, record[field] = record[field], None
            assert record["id"] in [m.id for m in found(example)], (record, field)
            record[field] = before


def test_an_input_that_is_not_in_the_file_is_named(example):
    for record in computed(example):
        for name in record["inputs"]:
            left = [r for r in example if r["id"] != name]
            assert Mismatch(record["id"], "inputs", lacking=name) in found(left)


def test_an_input_that_is_not_named_is_found(example):
    for record in computed(example):
        whole = record["inputs"]
        least = 2 if record["metric"] == "rank" else 0  # a total may make no difference to a rank
        for place in range(len(whole) - 1 if least and len(whole) > 2 else len(whole)):
            record["inputs"] = whole[:place] + whole[place + 1 :]
            assert record["id"] in [m.id for m in found(example)], (record, place)
        record["inputs"] = whole


def test_another_order_of_inputs_is_found(example):
    for record in computed(example):
        if len(record["inputs"]) > 1 and record["metric"] not in UNORDERED:
            record["inputs"].reverse()
            assert Mismatch(record["id"], "inputs") in found(example), record
            record["inputs"].reverse()


def test_an_input_of_another_thing_is_found(example):
    for record in computed(example):
        for place, name in enumerate(record["inputs"]):
            record["inputs"][place] = record["id"]  # itself
            assert record["id"] in [m.id for m in found(example)]
            record["inputs"][place] = name


@pytest.mark.parametrize(
    "name, setting",
    [
        ("share of items", "interval.level"),
        ("share of items", "indicators.items"),
        ("rate", "interval.level"),
        ("funnel", "funnel.inner"),
        ("funnel", "funnel.outer"),
        ("targets", "penetration.target"),
        ("rate ratio", "rate_ratio.least"),
        ("pace", "pace.half_share"),
        ("pace of one year", "pace.half_share_low"),
        ("pace", "pace.years"),
        ("index", "activity_index.seed"),
        ("index", "activity_index.draws"),
        ("index", "activity_index.least_weight"),
    ],
)
@pytest.mark.parametrize("value", [None, "much", True])
def test_a_setting_that_is_missing_or_no_number_is_named(name, setting, value):
    settings = {k: v for k, v in SETTINGS.items() if k != setting} | ({setting: value} if value else {})
    if value is None or setting != "indicators.items":
        assert setting in [m.lacking for m in mismatches(EXAMPLES[name](), settings)]


def test_other_settings_give_other_numbers():
    def differ(name, **changed):
        return {m.field for m in mismatches(EXAMPLES[name](), SETTINGS | changed)} - {"inputs"}

    assert differ("share of items", **{"interval.level": 0.9}) == {"interval_low", "interval_high"}
    assert differ("share of items", **{"indicators.items": []}) == {"interval_low", "interval_high"}
    assert differ("pace of one year", **{"pace.half_share_low": 0.3}) == {"high"}
    assert "value" in differ("index", **{"activity_index.least_weight": 0.75})
    assert "low" in differ("index", **{"activity_index.weights.site": 0.6})


def test_equal_to_nine_digits():
    def told(change):
        records = EXAMPLES["growth"]()
        records[-1]["value"] *= 1 + change
        return found(records)

    assert told(1e-10) == []
    assert [m.field for m in told(1e-7)] == ["value"]
    million = [figure("KUS", 1e6), figure("SEM", 2e6)]
    whole = derived("volume.publications.TOTAL.union-site.2017H1", 3e6 + 1e-4, of=million)
    assert found([*million, whole]) == []


def test_a_band_of_ranks_may_differ_by_one():
    records = EXAMPLES["index"]()
    rank = records[-1]
    for field, change, wrong in (
        ("interval_low", -1, False),
        ("interval_high", 1, False),
        ("high", -1, True),
    ):
        before, rank[field] = rank[field], rank[field] + change
        assert bool(found(records)) is wrong
        rank[field] = before


def test_a_sum_with_a_part_missing_is_open():
    n, kus, sem = members(3), figure("KUS", 4), figure("SEM", 5)
    about = "publications.TOTAL.union-site"
    closed = derived(f"volume.{about}.2017H1", 9, of=(kus, sem))
    bare = closed | {"value": None, "high": None, "qualifier": "at_least"}
    for whole in (closed, bare):  # whether the head office is missing, the file does not say
        assert found([kus, sem, whole]) == []
        assert found([members(2), reported(about, kus, sem), kus, sem, whole]) == []
    told = [n, reported(about, kus, sem), kus, sem]
    assert found([*told, bare]) == []
    assert [(m.field, m.recomputed) for m in found([*told, closed])] == [
        ("value", None),
        ("high", None),
    ]
    assert [m.field for m in found([kus, sem, closed | {"high": None}])] == ["high"]


def test_a_sum_over_windows_that_are_no_whole_is_none():
    first, second = figure("KUS", 5, window="2016H1"), figure("KUS", 6, window="2016H2")
    other = figure("KUS", 6, window="2017H2")
    for of in ((first,), (first, other), (first, first)):
        year = derived("volume.publications.KUS.union-site.2016", sum(f["value"] for f in of), of=of)
        assert found([first, second, other, year]) == [Mismatch(year["id"], "inputs")]


def test_what_is_computed_must_name_what_from():
    lone = fact("growth.publications.TOTAL.union-site.2017.2016", 0.5)
    odd = fact("fame.publications.TOTAL.union-site.2017", 1, inputs=[lone["id"]])
    assert found([lone, odd]) == [
        Mismatch(lone["id"], "inputs"),
        Mismatch(odd["id"], "inputs"),
    ]


@pytest.mark.parametrize("number", [0, -1, 1e300, -1e300, 0.5])
def test_no_number_leads_to_a_traceback(example, number):
    for record in example:
        if "sources" in record:
            kept = {k: record[k] for k in ("value", "low", "high")}
            record |= dict.fromkeys(kept, number)
            found(example)
            record |= kept


def test_the_evaluator_shares_no_code_with_the_metrics():
    taken = set()
    for file in Path(evaluate.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                taken.add(node.module)
            elif isinstance(node, ast.Import):
                taken |= {name.name for name in node.names}
    own = {name for name in taken if name.startswith("aqparat")}
    assert own and all(name.startswith("aqparat.publish.evaluate") for name in own)
