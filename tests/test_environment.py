"""The environment: pinned with hashes, the same for conda, no download address anywhere."""

import re
import runpy
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
SCRIPT = runpy.run_path(str(ROOT / "docs" / "environment.py"))


def test_every_requirement_is_pinned_and_hashed():
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text.split("make lock\n")[1])
    assert len(entries) > 100
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==\S+", entry), entry[:60]
        assert "--hash=sha256:" in entry, entry[:60]


def test_no_address_of_a_registry_is_recorded():
    for name in ("requirements.txt", "environment.yml", "pyproject.toml", "Makefile", ".ci/run"):
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
