import csv
import hashlib
import json
import re
from dataclasses import replace

import pytest
from aqparat import synthetic
from aqparat.data.store import load
from aqparat.metrics.collection import collect
from aqparat.period import Period
from aqparat.publish import package
from frictionless import validate
from reported import ROOT


@pytest.fixture(scope="session")
def made(tables, tmp_path_factory):
    folder = tmp_path_factory.mktemp("package") / "data"
    package.write(folder, tables)
    return folder


@pytest.fixture
def invented(tmp_path):
    synthetic.write(
        tmp_path / "data", "full", [Period.parse("2018H1")], reference=ROOT / "data" / "raw" / "reference"
    )
    return load("2018H1", tmp_path / "data")


def rows(folder, name="observations"):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def described(folder):
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def errors(folder):
    report = validate(folder / "datapackage.json")
    return [] if report.valid else report.flatten(["type", "fieldName", "message"]) or report.errors


def broken(folder, name, old, new):
    """Change a cell, and the hash and size with it: only what stands in the cell is wrong."""
    path = folder / f"{name}.csv"
    content = path.read_bytes()
    assert old.encode() in content
    path.write_bytes(content.replace(old.encode(), new.encode(), 1))
    told = described(folder)
    (resource,) = [r for r in told["resources"] if r["name"] == name]
    resource["bytes"] = path.stat().st_size
    resource["hash"] = "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")
    return {error[0] for error in errors(folder)}


def test_the_published_package_is_valid(made):
    assert errors(made) == []


def test_a_package_of_invented_data_is_valid_and_marked(invented, tmp_path):
    package.write(tmp_path / "package", invented)
    assert errors(tmp_path / "package") == []
    assert described(tmp_path / "package")["title"].startswith("[")
    assert len(rows(tmp_path / "package")) > 200


@pytest.mark.parametrize(
    "name, old, new, said",
    [
        ("observations", ",306,exact,", ",many,exact,", "type-error"),
        ("observations", ",306,exact,", ",-306,exact,", "constraint-error"),
        ("observations", ",306,exact,", ",306,exactly,", "constraint-error"),
        ("observations", "copies,KUS,", "copies,KUZ,", "foreign-key"),
        ("observations", "copies,KUS,", "papers,KUS,", "foreign-key"),
        ("observations", "2017-06-30,306", "2017-06-31,306", "type-error"),
        ("organisations", "\nAKM,", "\nAKT,", "primary-key"),
        ("organisations", "\nAKM,", "\nakm,", "constraint-error"),
        ("outlets", ",website,sector,", ",site,sector,", "constraint-error"),
    ],
)
def test_a_broken_cell_is_found(tables, tmp_path, name, old, new, said):
    package.write(tmp_path, tables)
    assert said in broken(tmp_path, name, old, new)


def test_a_changed_file_is_found_by_its_hash(tables, tmp_path):
    package.write(tmp_path, tables)
    path = tmp_path / "observations.csv"
    path.write_bytes(path.read_bytes().replace(b",306,exact,", b",307,exact,"))
    assert "hash-count" in {e[0] for e in errors(tmp_path)}


def test_values_are_those_of_the_facts(made, tables):
    stated = {}
    for row in rows(made):
        key = [row[k] for k in ("indicator", "organisation", "outlet", "channel", "start", "end")]
        stated[*key, row["qualifier"]] = (row["value"], row["low"], row["high"])
    volumes = [
        f for f in collect(tables) if f.metric == "volume" and len(f.origins) == 1 and f.value is not None
    ]
    met = 0
    for fact in volumes:
        window = (str(fact.window.start), str(fact.window.end or ""))
        found = stated.get(
            (fact.indicator, fact.organisation, fact.outlet, fact.channel, *window, fact.qualifier)
        )
        if found:
            assert tuple(float(n) if n else None for n in found) == (fact.value, fact.low, fact.high), fact.id
            met += 1
    assert met > 25


def test_rows_lead_to_their_sources(made, tables):
    for row in rows(made):
        for source in row["sources"].split("|"):
            assert re.fullmatch(r"raw/[^|]+#\d+", source)
            assert source.rpartition("#")[0] in tables.files


def test_the_organisations_named_with_a_total_are_kept(made, tables):
    told = {tuple(codes) for codes in tables.observations["named"] if len(codes)}
    assert told
    assert {tuple(r["named"].split()) for r in rows(made) if r["named"]} == told


def test_everything_has_a_title_in_three_languages(made):
    told = described(made)
    for part in (told, *told["resources"], *(f for r in told["resources"] for f in r["schema"]["fields"])):
        assert list(part["titles"]) == ["kk", "ru", "en"]
        assert all(part["titles"].values())
        assert part["title"] == part["titles"]["en"]
        assert part["description"]
    values = [f for f in told["resources"][0]["schema"]["fields"] if "unit" in f]
    assert [f["name"] for f in values] == ["value", "low", "high", "counted"]
    assert all(list(f["units"]) == ["kk", "ru", "en"] for f in values)


def test_units_are_named_in_three_languages(made):
    units = {
        r["code"]: (r["unit"], r["unit_kk"], r["unit_ru"], r["unit_en"]) for r in rows(made, "indicators")
    }
    assert units["copies"] == ("copy", "дана", "экземпляр", "copy")


def test_the_checks_of_the_raw_tables_are_in_it(made):
    fields = {f["name"]: f.get("constraints") for f in described(made)["resources"][0]["schema"]["fields"]}
    assert fields["value"] == {"required": True, "minimum": 0}
    assert "more_than" in fields["qualifier"]["enum"]
    assert fields["end"] is None


def test_it_is_named_and_licensed_as_it_is(made):
    told = described(made)
    assert told["name"] == "aqparat-2017h1"
    assert "licenses" not in told  # the data have none
    assert {p.name for p in made.iterdir()} == {
        "datapackage.json", *(f"{r['name']}.csv" for r in told["resources"])
    }  # fmt: skip


HOSTILE = ["=1+1", "+7 701", "-5", "@SUM(A1)", "\t=1", 'a,"b"\nв\r\nг', "'=1", "  ", "қаз\u202eақ"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_run_as_a_formula(tables, tmp_path, text):
    told = replace(tables, highlights=tables.highlights.assign(text_ru=text))
    package.write(tmp_path, told)
    kept = rows(tmp_path, "highlights")[0]["text_ru"]
    assert kept == ("'" if text[0] in "=+-@\t" else "") + text.replace("\r\n", "\n")
    assert b"\r" not in (tmp_path / "highlights.csv").read_bytes()
    assert errors(tmp_path) == []


def test_numbers_never_get_an_apostrophe(tables, tmp_path):
    measure = {
        "code": "m1",
        "organisation": "KUS",
        "target": -5.5,
        "status": "planned",
        "origins": ["raw/x#2"],
    }
    texts = {f"text_{c}": "т" for c in ("kk", "ru", "en")}
    frame = tables.measures.astype(object).reindex([0]).assign(indicator="copies", batch="2017H1", source="")
    frame = frame.assign(**texts, **{k: [v] for k, v in measure.items()})
    package.write(tmp_path, replace(tables, measures=frame))
    assert rows(tmp_path, "measures")[0]["target"] == "-5.5"
    assert errors(tmp_path) == []


def test_two_runs_give_the_same_bytes(made, tables, tmp_path):
    package.write(tmp_path, tables)
    for path in made.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()
