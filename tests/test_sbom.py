"""The bill of materials: what is installed for running, as the lock says, in valid CycloneDX."""

import hashlib
import json
import re
from datetime import UTC, datetime

import packages
import pytest
import sbom
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

DAY = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.fixture(scope="module")
def text():
    return sbom.bill(DAY)


@pytest.fixture(scope="module")
def bill(text):
    return json.loads(text)


def test_it_is_cyclonedx_by_the_schema(text, bill):
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    check = JsonStrictValidator(SchemaVersion.V1_6).validate_str
    assert check(text) is None
    assert check(text.replace('"type": "library"', '"type": "thing"', 1)) is not None


def test_it_names_what_the_lock_names_for_this_system_with_all_hashes(bill):
    told = {c["purl"]: {h["content"] for h in c["hashes"]} for c in bill["components"]}
    locked = {f"pkg:pypi/{p.name}@{p.version}": {*p.hashes} for p in packages.pins() if p.is_here}
    assert told == locked and len(told) > 100
    assert not [c["purl"] for c in bill["components"] if re.search("pytest|hypothesis|cyclonedx", c["purl"])]


def test_each_has_a_licence(bill):
    licences = {c["name"]: c["licenses"] for c in bill["components"]}
    assert licences["num2words"] == [{"license": {"id": "LGPL-2.1-or-later"}}]
    assert licences["tqdm"] == [{"expression": "MPL-2.0 AND MIT"}]
    assert all(licences.values()) and '"name": "unknown"' not in json.dumps(licences)


def test_from_the_program_every_package_is_reached(bill):
    edges = {d["ref"]: d.get("dependsOn", []) for d in bill["dependencies"]}
    reached, left = set(), ["aqparat"]
    while left:
        name = left.pop()
        if name not in reached:
            reached.add(name)
            left += edges[name]
    assert reached == {"aqparat", *(c["bom-ref"] for c in bill["components"])}
    assert "nbconvert" in {ref.split("@")[0] for ref in edges["aqparat"]}
    (jinja,) = (needed for ref, needed in edges.items() if ref.startswith("jinja2@"))
    assert [ref.split("@")[0] for ref in jinja] == ["markupsafe"]


def test_fonts_and_scripts_that_the_program_carries_stand_in_it_with_licence_and_hash(bill):
    ours = bill["metadata"]["component"]
    assert (ours["name"], ours["version"]) == ("aqparat", packages.PROJECT["version"])
    told = {c["name"]: c for c in ours["components"]}
    lib = packages.ROOT / "lib"
    carried = [
        p for p in lib.rglob("*") if p.suffix in (".ttf", ".woff2", ".js", ".otf", ".mjs", ".wasm", ".so")
    ]
    assert {*told} == {path.relative_to(lib).as_posix() for path in carried}
    for name, component in told.items():
        (digest,) = component["hashes"]
        assert digest["content"] == hashlib.sha256((lib / name).read_bytes()).hexdigest()
        (licence,) = component["licenses"]
        assert licence["license"]["id"] == ("MIT" if name.endswith(".js") else "OFL-1.1")
    face = told["aqparat/fonts/NotoSerif-Bold.woff2"]
    assert (face["version"], face["properties"][0]["value"]) == ("2.004", "Noto Serif Bold, subset")


def test_it_is_the_same_every_time_and_leads_nowhere(text):
    assert sbom.bill(DAY) == text
    assert "2026-11-26" in text and str(packages.ROOT) not in text
    assert re.findall(r"\w+://[^\"]+", text) == [
        "http://cyclonedx.org/schema/bom-1.6.schema.json"
    ]  # its name


def test_what_is_installed_otherwise_is_said(monkeypatch):
    pins = [packages.Pin("jinja2", "0.1", "", ("0" * 64,)), packages.Pin("not-there", "1", "", ("0" * 64,))]
    monkeypatch.setattr(sbom, "pins", lambda: pins)
    with pytest.raises(ValueError, match=r"Not installed as requirements\.txt says: jinja2, not-there"):
        sbom.bill(DAY)
