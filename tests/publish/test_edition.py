import json
import shutil

import pytest
from aqparat.publish.edition import Edition, EditionError, editions
from reported import published


@pytest.fixture
def copy(tmp_path):
    """Give a copy of the published folder, to be damaged."""
    return shutil.copytree(published(), tmp_path / "2017H1")


def test_a_published_folder_is_read_back(facts_published, manifest_published):
    edition = Edition(published())
    assert edition.manifest == manifest_published
    assert edition.records == facts_published
    assert str(edition.period) == "2017H1"
    assert edition.revisions == []
    assert edition.outline("kk").title["more"]["code"] == "2017H1"
    assert edition.outline("en") is None


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[1]", b"null", b"\xff", b"[" * 100_000, b"{}", b'{"parameters": {}}',
    ],
)  # fmt: skip
@pytest.mark.parametrize("file, part", [("manifest.json", "manifest"), ("facts.json", "records")])
def test_a_damaged_file_is_said_to_be(copy, file, part, content):
    (copy / file).write_bytes(content)
    with pytest.raises(EditionError) as error:
        getattr(Edition(copy), part)
    assert error.value.key == "edition_damaged"
    assert error.value.values["path"] == copy / file


@pytest.mark.parametrize(
    "change",
    [
        {"period": "2017H3"}, {"period": None}, {"languages": "kk"}, {"languages": [1]}, {"data": "../raw"},
        {"data": ""}, {"data": ".."}, {"organisations": None},
    ],
)  # fmt: skip
def test_wrong_parameters_are_damage(copy, change):
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["parameters"] |= change
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(EditionError):
        _ = Edition(copy).manifest


@pytest.mark.parametrize(
    "change",
    [{"value": "306"}, {"value": True, "unit": 5}, {"start": "soon"}, {"sources": [{"file": 1}]}, {"id": 7}],
)
def test_a_wrong_fact_is_damage(copy, facts_published, change):
    wrong = [facts_published[0] | change]
    (copy / "facts.json").write_text(json.dumps(wrong), encoding="utf-8")
    with pytest.raises(EditionError):
        _ = Edition(copy).records


@pytest.mark.parametrize("content", ["{}", "[1]", '[{"id": "x"}]', '"x"', "[[]]"])
def test_wrong_revisions_are_damage(copy, content):
    (copy / "revisions.json").write_text(content, encoding="utf-8")
    with pytest.raises(EditionError):
        _ = Edition(copy).revisions


@pytest.mark.parametrize("content", ["[]", "{}", '{"cells": 5}', '{"cells": [{"outputs": 3}]}'])
def test_a_wrong_notebook_is_damage_or_no_report(copy, content):
    (copy / "kk" / "report.ipynb").write_text(content, encoding="utf-8")
    try:
        assert Edition(copy).outline("kk") is None
    except EditionError as error:
        assert error.key == "edition_damaged"


def test_what_is_missing_is_named(copy):
    (copy / "facts.json").unlink()
    with pytest.raises(EditionError) as error:
        _ = Edition(copy).records
    assert error.value.key == "edition_lacks"
    with pytest.raises(EditionError) as error:
        Edition(copy / "nowhere")
    assert error.value.key == "no_edition"


def test_editions_are_newest_first_and_nothing_else(tmp_path):
    for name in ("2016", "2017H1", "2016H2", "2018H1", ".failed", "notes"):
        (tmp_path / name).mkdir()
        if name != "2018H1":
            (tmp_path / name / "manifest.json").touch()
    assert [edition.folder.name for edition in editions(tmp_path)] == ["2017H1", "2016H2", "2016"]
    assert list(editions(tmp_path / "nowhere")) == []
