import json
import tomllib

import aqparat
import jsonschema
import pytest
from aqparat.publish.evaluate import COUNTED
from aqparat.publish.evaluate.formulas import FORMULAS
from aqparat.publish.evaluate.standing import STANDING
from aqparat.publish.manifest import made_from
from aqparat.publish.schema import NAME, schema, write_schema
from handmade import fact, old
from reported import ROOT
from worked import EXAMPLES

SITE = fact("volume.publications.TOTAL.union-site.2017H1", 306)
GROWTH = fact("growth.copies.TOTAL.qk.2017.2016", 0.2, inputs=["a", "b"])
SHARE = fact("share.publications.KUS.union-site.2017H1", 0.5, inputs=["a", "b"], interval=(0.2, 0.8))


def wrong(*records):
    checker = jsonschema.Draft202012Validator(schema())
    return [error.message for error in checker.iter_errors(json.loads(json.dumps(records)))]


def without(record, *keys):
    return {k: v for k, v in record.items() if k not in keys}


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_right_is_right(name):
    assert wrong(*EXAMPLES[name]()) == []


def test_sources_are_ranges_of_rows_in_files_and_sheets():
    for rows in ("2", "2-35", "2-35,40", "2,4,6-7"):
        source = {"file": "raw/2017H1/KUS.xlsx", "sheet": "observations", "rows": rows}
        assert wrong(SITE | {"sources": [source, {"file": "raw/a.csv", "rows": rows}]}) == []
    for rows in ("", "0", "2-", "2–35", "2, 40", 2, None, "2,,3"):
        assert wrong(SITE | {"sources": [{"file": "raw/a.csv", "rows": rows}]})


@pytest.mark.parametrize(
    "record",
    [
        [],
        {},
        old(SITE),
        without(SITE, "sources"),
        SITE | {"sources": []},
        SITE | {"inputs": ["a"]},
        SITE | {"value": "306"},
        SITE | {"value": True},
        SITE | {"outlet": ""},
        SITE | {"outlet": 5},
        SITE | {"start": None},
        SITE | {"start": "1 January"},
        SITE | {"base_start": "2016-01-01"},
        SITE | {"qualifier": "perhaps"},
        SITE | {"unit": ""},
        SITE | {"id": "306"},
        SITE | {"more": 1},
        SITE | {"interval_low": 1, "interval_high": 2},
        SITE | {"metric": "fame"},
        SITE | {"sources": [{"rows": "2"}]},
        SITE | {"sources": [{"file": "", "rows": "2"}]},
        without(GROWTH, "inputs") | {"sources": SITE["sources"]},
        GROWTH | {"inputs": []},
        GROWTH | {"inputs": [1]},
        GROWTH | {"base_start": None},
        without(SHARE, "interval_high"),
        *(without(SITE, key) for key in SITE),
    ],
)
def test_what_is_wrong_is_wrong(record):
    assert wrong(SITE, GROWTH, SHARE) == []
    assert wrong(record)


def test_it_knows_the_metrics_that_the_evaluator_knows():
    computed, compared = (schema()["$defs"][name]["enum"] for name in ("computed", "compared"))
    assert {*computed, *COUNTED} == {*FORMULAS, *STANDING, "present", "target", "listed"}
    assert not {*computed} & {*COUNTED}
    based = {f["metric"] for make in EXAMPLES.values() for f in make() if f["base_start"]}
    assert based == {*compared}


def test_it_is_published_shipped_and_part_of_the_code(tmp_path):
    write_schema(tmp_path)
    assert json.loads((tmp_path / NAME).read_text(encoding="utf-8")) == schema()
    assert f"lib/aqparat/publish/{NAME}" in made_from({}, [], {}, {})["code"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "**/*.json" in project["tool"]["setuptools"]["package-data"]["aqparat"]
    assert (ROOT / "lib" / "aqparat").samefile(aqparat.__path__[0])
