"""The facts of real and of invented data are what their inputs say: in each, and in an organisation's own."""

import json
from functools import cache

import aqparat
import jsonschema
import pytest
from aqparat import Period, synthetic
from aqparat.metrics.collection import collect
from aqparat.publish.evaluate import is_derived, mismatches
from aqparat.publish.lineage import leaves, tree
from aqparat.publish.published_report import checked_records
from aqparat.publish.schema import schema
from reported import ROOT

PERIODS = {  # the most in one: years to look back on, and an organisation that was split
    name: [Period(year, half) for year in years for half in (1, 2)]
    for name, years in {"full": (2017,), "sparse": (2017,), "falling": (2017, 2018)}.items()
}
NAMES = ("2017H1", *PERIODS)
SUMS = ("volume", "channel_total", "common_total", "component", "tally")


@pytest.fixture(scope="module")
def published(tmp_path_factory, tables):
    """Give the facts of a data folder as they are published, and its settings."""

    @cache
    def facts(name, history=False):
        known = tables
        if name != "2017H1":
            folder = tmp_path_factory.mktemp(name)
            synthetic.write(folder, name, PERIODS[name], reference=ROOT / "data" / "raw" / "reference")
            known = aqparat.load(str(PERIODS[name][-1]), data=folder)
        records = [fact.record() for fact in collect(known, history)]
        return json.loads(json.dumps(records)), known.settings.flat()

    return facts


@pytest.mark.parametrize("history", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_every_derived_fact_is_recomputed(published, name, history):
    records, settings = published(name, history)
    assert sum(map(is_derived, records)) > 20
    assert mismatches(records, settings) == []


@pytest.mark.parametrize("name", NAMES[:3])
def test_they_are_as_the_schema_has_them(published, name):
    records, _ = published(name)
    assert checked_records(records, ROOT) == records
    assert list(jsonschema.Draft202012Validator(schema()).iter_errors(records)) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_comes_from_raw_rows(published, name):
    records, _ = published(name)
    by_id = {record["id"]: record for record in records}
    assert all(leaf["sources"] for record in records for leaf in leaves(record, by_id).values())


@pytest.mark.parametrize("name", NAMES)
def test_no_input_is_named_for_nothing(published, name):
    """Whichever is not named, it is seen: of each metric the first fact, without each of its inputs."""
    records, settings = published(name)
    by_id = {record["id"]: record for record in records}
    first = {record["metric"]: record for record in reversed(records) if is_derived(record)}
    for record in first.values():
        behind = {found["id"]: found for _, found, _ in tree(record, by_id)}
        named = record["inputs"]
        for place in range(min(len(named), 3)):
            if record["metric"] in SUMS or (record["metric"] == "rank" and place == 2):
                continue  # none in a sum, or a total that leaves a rank as it is, make no difference
            lacking = record | {"inputs": named[:place] + named[place + 1 :]}
            assert record["id"] in [m.id for m in mismatches([*behind.values(), lacking], settings)], lacking


def test_what_is_told_of_a_channel_as_a_whole(folder):
    heading = "indicator,organisation,outlet,channel,start,end,value,qualifier,source\n"
    first, second = "2017-07-01,2017-12-31", "2018-07-01,2018-12-31"
    rows = [
        f"publications,KUS,,website,{first},20,exact,form",
        f"broadcasts,KUS,,,{first},10,exact,form",
        f"broadcasts,AKT,,,{first},10,exact,form",
    ]
    folder.write("2017H2/observations.csv", heading + "".join(f"{row}\n" for row in rows))
    rows = [
        f"publications,KUS,union-site,,{second},24,exact,form",
        f"broadcasts,KUS,,television,{second},8,exact,form",
        f"broadcasts,KUS,,radio,{second},4,exact,form",
        f"broadcasts,AKT,,television,{second},12,exact,form",
    ]
    folder.write("2018H2/observations.csv", heading + "".join(f"{row}\n" for row in rows))
    tables = folder.load("2018H2")
    records = json.loads(json.dumps([fact.record() for fact in collect(tables)]))
    told = {record["id"]: record for record in records}
    assert told["growth.publications.KUS.website.2018H2.2017H2"]["low"] == pytest.approx(0.2)
    assert told["growth.broadcasts.KUS.any.2018H2.2017H2"]["value"] == pytest.approx(0.2)
    assert told["growth.broadcasts.AKT.any.2018H2.2017H2"]["low"] == pytest.approx(0.2)
    assert mismatches(records, tables.settings.flat()) == []
