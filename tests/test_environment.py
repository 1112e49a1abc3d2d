"""The environment: pinned with hashes, the same for conda, no download address anywhere."""

import re
import runpy
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
LOCKS = tuple(f"requirements{kind}.txt" for kind in ("", "-dev", "-bench"))  # to run, to develop, to compare
SCRIPT = runpy.run_path(str(ROOT / "docs" / "environment.py"))
ENTRY = re.compile(r"^([a-z0-9._-]+==.+?) \\$", flags=re.M)


def name_of(entry):
    """Return the name of a requirement as locks write it."""
    return re.match(r"[\w.-]+", entry)[0].lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_hashed(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text.split("make lock\n")[1])
    assert len(entries) > 100
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==\S+", entry), entry[:60]
        assert "--hash=sha256:" in entry, entry[:60]


@pytest.mark.parametrize("lock", LOCKS[1:])
def test_the_other_locks_add_to_the_running_one(lock):
    running, more = ({*ENTRY.findall((ROOT / name).read_text(encoding="utf-8"))} for name in (LOCKS[0], lock))
    assert SCRIPT["pinned"](LOCKS[0]).items() < SCRIPT["pinned"](lock).items()
    # At the same versions, for the same systems, or for all where what is added needs it on all.
    assert {entry for entry in running if not {entry, entry.split(" ; ")[0]} & more} == set()


def test_what_runs_brings_no_tool_of_tests_of_a_cluster_or_of_the_bench():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    running, developing, comparing = (SCRIPT["pinned"](lock) for lock in LOCKS)
    direct = {kind: {*map(name_of, entries)} for kind, entries in project["optional-dependencies"].items()}
    direct["run"] = {*map(name_of, project["dependencies"])}
    assert direct["run"] | direct["build"] <= {*running}
    assert direct["dev"] > {"pytest", "hypothesis", "mypy", "ruff", "aqparat"}
    assert "aqparat[cluster]" in project["optional-dependencies"]["dev"]
    assert (direct["dev"] - {"aqparat"}) | direct["cluster"] <= {*developing}
    needed = {"beautifulsoup4", "pyyaml", "psutil"}  # nbconvert, papermill and ipykernel need these
    assert direct["dev"] & {*running} == needed
    assert direct["cluster"] == {"dask", "distributed"} and not direct["cluster"] & {*running, *comparing}
    assert direct["bench"] <= {*comparing} and not direct["bench"] & {*running, *developing}


def test_a_report_needs_no_developing_lock():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    needs = dict(re.findall(r"^([^\s:#]+):(?!=) *([^#\n]*)", makefile, flags=re.M))
    assert {needs[name].strip() for name in ("report", "explore", "codebook")} == {"$(READY)"}
    assert {needs[name].strip() for name in ("test", "lint")} == {"$(DEVELOP)"}
    assert needs["$(READY)"].split() == ["requirements.txt", "pyproject.toml"]


def test_no_address_of_a_registry_is_recorded():
    for name in (*LOCKS, "environment.yml", "pyproject.toml", "Makefile", ".ci/run"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text), name


def test_conda_users_get_the_same_versions():
    assert (ROOT / "environment.yml").read_text(encoding="utf-8") == SCRIPT["environment"]()
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pip = next(d["pip"] for d in listed if isinstance(d, dict))
    versions = SCRIPT["pinned"]()
    for line in [*(d for d in listed if isinstance(d, str) and d not in ("pip", "python=3.12")), *pip[:-1]]:
        name, version = re.split(r"==?", line)
        assert versions[name] == version
    names = {re.split("=", d)[0] for d in listed if isinstance(d, str)}
    assert {"jupyterlab", "pandas", "seaborn", "papermill", "nbconvert"} <= names
