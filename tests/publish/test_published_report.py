import json
import os
from pathlib import Path

import pytest
from aqparat.publish.published_report import PublishedReport, PublishedReportError, published_reports
from handmade import FILE, SETTINGS, SHA, fact, members, published_report
from reported import published

SITE = fact("volume.publications.TOTAL.union-site.2017H1", 306, rows="2-4,9")
YEAR = fact("volume.publications.TOTAL.union-site.2016", 499, rows="3")
PACE = fact("pace.publications.TOTAL.union-site.2017H1", 612, 510, 765, inputs=[SITE["id"]])


@pytest.fixture
def copy(tmp_path):
    """Give a published folder, to be damaged."""
    return published_report(tmp_path / "2017H1", [SITE], settings=None)


def test_a_published_folder_is_read_back(facts_published, manifest_published):
    found = PublishedReport(published())
    assert found.manifest == manifest_published
    assert found.files == manifest_published["inputs"]
    assert found.records == facts_published
    assert str(found.period) == "2017H1"
    assert found.revisions == []
    assert found.outline("kk").title["more"]["code"] == "2017H1"
    assert found.outline("en") is None


def test_facts_of_now_are_read(tmp_path):
    found = PublishedReport(published_report(tmp_path / "2017H1", [SITE, PACE]))
    assert found.records == [SITE, PACE]
    assert (found.settings, found.files) == (SETTINGS, {FILE: SHA})


def test_facts_of_before_are_read_as_those_of_now(tmp_path):
    found = PublishedReport(published_report(tmp_path / "2017H1", [SITE, YEAR], settings=None))
    written = json.loads((tmp_path / "2017H1" / "facts.json").read_text(encoding="utf-8"))
    assert [s["row"] for s in written[0]["sources"]] == [2, 3, 4, 9]
    assert found.records == [SITE, YEAR]
    assert found.settings == {}


def test_rows_of_before_are_put_together_by_file_and_sheet(tmp_path):
    places = [("raw/a.xlsx", "x", 3), ("raw/a.xlsx", "y", 2), ("raw/a.xlsx", "x", 2), ("raw/b.csv", "", 7)]
    sources = [
        {"file": file, **({"sheet": sheet} if sheet else {}), "row": row, "sha256": SHA}
        for file, sheet, row in places
    ]
    folder = published_report(tmp_path / "2017H1", [])
    (folder / "facts.json").write_text(json.dumps([SITE | {"sources": sources}]), encoding="utf-8")
    (found,) = PublishedReport(folder).records
    assert found["sources"] == [
        {"file": "raw/a.xlsx", "sheet": "x", "rows": "2-3"},
        {"file": "raw/a.xlsx", "sheet": "y", "rows": "2"},
        {"file": "raw/b.csv", "rows": "7"},
    ]


def test_its_tables_have_the_settings_it_was_made_with(tmp_path):
    found = PublishedReport(published_report(tmp_path / "2017H1", [SITE], settings={"pace.years": 2}))
    assert found.tables.settings["pace"]["years"] == 2
    assert found.tables.settings["interval"]["level"] == 0.95


@pytest.mark.parametrize("content", ["[]", '{"union": 5}', "{"])
def test_a_wrong_data_package_is_damage(copy, content):
    (copy / "data" / "datapackage.json").write_text(content, encoding="utf-8")
    with pytest.raises(PublishedReportError):
        _ = PublishedReport(copy).tables


def test_the_organisations_reports_have_facts_of_their_own(tmp_path):
    folder = published_report(tmp_path / "2017H1", [SITE])
    published_report(folder / "organisations" / "KUS", [YEAR])
    assert [own.records for own in PublishedReport(folder).own] == [[YEAR]]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[1]", b"null", b"\xff", b"[" * 100_000, b"{}", b'{"parameters": {}}',
    ],
)  # fmt: skip
@pytest.mark.parametrize("file, part", [("manifest.json", "manifest"), ("facts.json", "records")])
def test_a_damaged_file_is_said_to_be(copy, file, part, content):
    (copy / file).write_bytes(content)
    with pytest.raises(PublishedReportError) as error:
        getattr(PublishedReport(copy), part)
    assert error.value.key == "published_report_damaged"
    assert error.value.values["path"] == copy / file


@pytest.mark.parametrize(
    "change",
    [
        {"period": "2017H3"}, {"period": None}, {"languages": "kk"}, {"languages": [1]}, {"data": "../raw"},
        {"data": ""}, {"data": ".."}, {"data": "da\0ta"}, {"organisations": None},
        {"organisations": ["A\0B"]},
    ],
)  # fmt: skip
def test_wrong_parameters_are_damage(copy, change):
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["parameters"] |= change
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(PublishedReportError):
        _ = PublishedReport(copy).manifest


@pytest.mark.parametrize(
    "value", [None, [], "x", {"a": None}, {"a": {}}, {"a": 1, "a.b": 2}, {"pace.years.x": 1}]
)
def test_wrong_settings_are_damage(tmp_path, value):
    folder = published_report(tmp_path / "2017H1", [SITE])
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(manifest | {"settings": value}), encoding="utf-8")
    with pytest.raises(PublishedReportError):
        _ = PublishedReport(folder).manifest


@pytest.mark.parametrize(
    "change",
    [
        {"value": "306"},
        {"value": 1e308},
        {"low": int("9" * 400)},
        {"interval_high": float("nan")},
        {"id": "volume.\0"},
        {"unit": "\x1b[31m"},
        {"value": True, "unit": 5},
        {"start": "soon"},
        {"id": 7},
        {"id": YEAR["id"]},  # twice
        {"sources": [{"file": 1}]},
        {"sources": [{"file": FILE, "rows": ""}]},
        {"sources": [{"file": FILE, "rows": "x"}]},
        {"sources": [{"file": FILE, "rows": 2}]},
        {"sources": [{"file": FILE, "rows": "3-2"}]},
        {"sources": [{"file": FILE, "rows": "1-99999999999"}]},
        {"sources": [{"file": FILE, "rows": "9" * 5000}]},
        {"sources": [{"file": FILE, "row": 0, "sha256": SHA}]},
        {"sources": [{"file": FILE, "row": "2", "sha256": SHA}]},
        {"sources": [{"file": FILE, "row": 2, "sha256": 5}]},
        {"sources": [{"file": FILE, "row": 2}]},
        {"sources": [{"file": FILE, "row": 2, "sha256": SHA}, {"file": FILE, "rows": "3"}]},
        {"sources": {}},
        {"sources": "x"},
        {"sources": None},
        {"inputs": [YEAR["id"]]},  # and sources
        {"interval_low": "0"},
    ],
)
def test_a_wrong_fact_is_damage(tmp_path, change):
    folder = published_report(tmp_path / "2017H1", [])
    (folder / "facts.json").write_text(json.dumps([SITE | change, YEAR]), encoding="utf-8")
    with pytest.raises(PublishedReportError):
        _ = PublishedReport(folder).records


@pytest.mark.parametrize("inputs", [[], ["x"], [7], [[]], "x", "", {}, None, 5, [PACE["id"]], [{}]])
def test_wrong_inputs_are_damage(tmp_path, inputs):
    folder = published_report(tmp_path / "2017H1", [SITE, PACE | {"inputs": inputs}])
    with pytest.raises(PublishedReportError):
        _ = PublishedReport(folder).records


def test_facts_that_come_from_each_other_are_damage(tmp_path):
    other = PACE | {"id": "pace.publications.TOTAL.union-site.2016H1"}
    circle = [PACE | {"inputs": [other["id"]]}, other | {"inputs": [SITE["id"], PACE["id"]]}]
    folder = published_report(tmp_path / "2017H1", [SITE, *circle])
    with pytest.raises(PublishedReportError):
        _ = PublishedReport(folder).records


@pytest.mark.parametrize("content", ["{}", "[1]", '[{"id": "x"}]', '"x"', "[[]]"])
def test_wrong_revisions_are_damage(copy, content):
    (copy / "revisions.json").write_text(content, encoding="utf-8")
    with pytest.raises(PublishedReportError):
        _ = PublishedReport(copy).revisions


@pytest.mark.parametrize("content", ["[]", "{}", '{"cells": 5}', '{"cells": [{"outputs": 3}]}'])
def test_a_wrong_notebook_is_damage_or_no_report(copy, content):
    (copy / "kk" / "report.ipynb").write_text(content, encoding="utf-8")
    try:
        assert PublishedReport(copy).outline("kk") is None
    except PublishedReportError as error:
        assert error.key == "published_report_damaged"


def test_what_is_missing_is_named(copy):
    (copy / "facts.json").unlink()
    with pytest.raises(PublishedReportError) as error:
        _ = PublishedReport(copy).records
    assert error.value.key == "published_report_lacks"
    with pytest.raises(PublishedReportError) as error:
        PublishedReport(copy / "nowhere")
    assert error.value.key == "no_published_report"


def test_editions_are_newest_first_and_nothing_else(tmp_path):
    for name in ("2016", "2017H1", "2016H2", "2018H1", ".failed", "notes"):
        (tmp_path / name).mkdir()
        if name != "2018H1":
            (tmp_path / name / "manifest.json").touch()
    assert [published_report.folder.name for published_report in published_reports(tmp_path)] == [
        "2017H1",
        "2016H2",
        "2016",
    ]
    assert list(published_reports(tmp_path / "nowhere")) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes among files")
@pytest.mark.parametrize("name", ["facts.json", "manifest.json", "data/outlets.csv", "data/datapackage.json"])
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero"), Path.mkdir])
def test_what_is_no_file_is_not_opened(tmp_path, name, make):
    folder = published_report(tmp_path / "2017H1", [members(4)])
    (folder / name).unlink(missing_ok=True)
    make(folder / name)
    report = PublishedReport(folder)
    with pytest.raises(PublishedReportError):
        _ = report.manifest, report.records, report.tables


def test_rows_that_no_table_has_are_damage(tmp_path):
    many = [fact(f"volume.copies.KUS.any.{year}", 1, rows="1-9999999") for year in (2016, 2017)]
    for record, file in zip(many, ("raw/a.csv", "raw/b.csv"), strict=True):
        record["sources"][0]["file"] = file
    report = PublishedReport(published_report(tmp_path / "2017H1", many))
    with pytest.raises(PublishedReportError):
        _ = report.records
