"""The wheel: all that the program needs, its notebooks too, and the same bytes whenever it is built."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LEFT = ("__pycache__", "*.egg-info", "*.py[cod]", ".ipynb_checkpoints")
DAY = "1500000000"  # of SOURCE_DATE_EPOCH: the same whenever it is built


def build(source, target):
    """Build the wheel from a copy of the source, without a network; give where it is."""
    source.mkdir(exist_ok=True)
    for name in ("lib", "notebooks"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns(*LEFT))
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    (source / "build" / "lib" / "aqparat").mkdir(parents=True)
    (source / "build" / "lib" / "aqparat" / "gone.py").touch()  # of an earlier build
    tool = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-index"]
    options = ["--no-deps", "--no-build-isolation", "--wheel-dir", str(target), str(source)]
    subprocess.run([*tool, *options], check=True, env={**os.environ, "SOURCE_DATE_EPOCH": DAY})
    [wheel] = target.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build(tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel"))


def kept(folder):
    """Give the content of the files of a folder of the source by path, without what tools leave there."""
    left = {"__pycache__", "aqparat.egg-info"}
    files = [path for path in folder.rglob("*") if path.is_file() and not left & {*path.parts}]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_it_holds_the_package_whole_and_the_notebooks(wheel):
    expected = kept(ROOT / "lib")
    expected |= {f"aqparat/notebooks/{n}": c for n, c in kept(ROOT / "notebooks").items() if "/" not in n}
    with zipfile.ZipFile(wheel) as file:
        held = {name: file.read(name) for name in file.namelist() if ".dist-info/" not in name}
    assert sorted(held) == sorted(expected)
    assert held == expected
    assert {"aqparat/notebooks/report.ipynb", "aqparat/settings.toml"} <= held.keys()


@pytest.mark.exhaustive
def test_it_is_the_same_bytes_whenever_it_is_built(wheel, tmp_path):
    again = build(tmp_path / "elsewhere", tmp_path / "again")
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(wheel.read_bytes()).digest()
