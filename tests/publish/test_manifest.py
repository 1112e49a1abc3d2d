import getpass
import json
import re
import socket
from importlib import metadata

import pytest
from aqparat.publish import cells, manifest
from reported import LIBRARY, ROOT, data, published


def test_the_manifest_says_what_went_in(manifest_published):
    assert list(manifest_published) == ["parameters", "settings", "inputs", "code", "packages", "outputs"]
    given = {"period": "2017H1", "languages": ["kk"], "formats": ["html", "pdf"]}
    assert given.items() <= manifest_published["parameters"].items()
    raw = {p.relative_to(data()).as_posix(): manifest.digest(p) for p in (data() / "raw").rglob("*.csv")}
    assert manifest_published["inputs"] == raw


def test_the_hashes_of_the_outputs_are_right(manifest_published):
    found = {p.relative_to(published()).as_posix(): manifest.digest(p) for p in published().rglob("*.*")}
    found.pop("manifest.json")
    assert manifest_published["outputs"] == found


def test_the_code_is_all_that_the_report_depends_on(manifest_published):
    code = manifest_published["code"]
    for name, sha in code.items():
        digest = cells.digest if name.startswith("notebooks/") else manifest.digest
        assert digest(ROOT / name) == sha, name
    assert "notebooks/report.ipynb" in code
    beside = {"OFL.txt", "py.typed"}
    aside = {"__pycache__", "project"}  # the second: what a new project begins with
    files = {p for p in LIBRARY.rglob("*") if p.is_file() and not aside & {*p.parts} and p.name not in beside}
    assert sorted({p.relative_to(ROOT).as_posix() for p in files} - set(code)) == []


def test_the_packages_are_those_installed(manifest_published):
    packages = manifest_published["packages"]
    assert {"aqparat", "papermill", "typst", "matplotlib", "pandas"} <= set(packages)
    assert "pytest" not in packages
    assert all(metadata.version(name) == version for name, version in packages.items())


def test_the_version_of_what_is_not_installed_is_none():
    assert manifest.version("aqparat-of-nobody") is None


def test_the_manifest_tells_nothing_of_the_machine(manifest_published):
    text = json.dumps(manifest_published, ensure_ascii=False)
    for word in (str(ROOT), str(data()), socket.gethostname(), f"/{getpass.getuser()}/"):
        assert word not in text
    assert not re.search(r'"/|[A-Z]:\\|\d\d:\d\d|20\d\d-\d\d-\d\d', text)


@pytest.fixture
def made(tmp_path):
    (tmp_path / "kk").mkdir()
    (tmp_path / "kk" / "report.html").write_text("есеп", encoding="utf-8")
    origin = manifest.made_from(
        {"raw/b.csv": "2", "raw/a.csv": "1"},
        [ROOT / "notebooks" / "report.ipynb"],
        {"x": 1},
        {"pace.years": 3},
    )
    manifest.write(tmp_path, origin)
    return tmp_path, origin


def test_what_is_unchanged_is_current(made):
    assert manifest.is_current(*made)


def test_inputs_are_in_order(made):
    assert list(made[1]["inputs"]) == ["raw/a.csv", "raw/b.csv"]


@pytest.mark.parametrize("part", ["parameters", "settings", "inputs", "code", "packages"])
def test_what_is_made_from_something_else_is_not_current(made, part):
    folder, origin = made
    assert not manifest.is_current(folder, {**origin, part: {**origin[part], "new": "1"}})


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "kk" / "report.html").write_text("өзге", encoding="utf-8"),
        lambda folder: (folder / "kk" / "report.html").unlink(),
        lambda folder: (folder / "kk" / "more.html").touch(),
        lambda folder: (folder / "manifest.json").write_text("{", encoding="utf-8"),
        lambda folder: (folder / "manifest.json").write_text("[]", encoding="utf-8"),
        lambda folder: (folder / "manifest.json").write_bytes(b"\xff"),
        lambda folder: (folder / "manifest.json").unlink(),
    ],
)
def test_what_was_touched_is_not_current(made, change):
    folder, origin = made
    change(folder)
    assert not manifest.is_current(folder, origin)


def test_json_is_written_one_way(tmp_path):
    manifest.write_json(tmp_path / "x.json", {"б": "ә", "а": None})
    assert (tmp_path / "x.json").read_bytes() == '{\n "б": "ә",\n "а": null\n}\n'.encode()
    with pytest.raises(ValueError, match="JSON"):
        manifest.write_json(tmp_path / "x.json", float("nan"))
