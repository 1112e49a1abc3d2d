import itertools
import shutil
from pathlib import Path

import pytest
from aqparat.data import store
from reported import LIBRARY


@pytest.fixture
def code(tmp_path):
    """Copy the program's data code to where it may be changed."""
    shutil.copytree(Path(store.__file__).parent, tmp_path / "data", ignore=shutil.ignore_patterns("*.pyc"))
    return tmp_path / "data"


@pytest.mark.parametrize("file", ["items.py", "codebook.py", "reading/intake.py", "forms/style.py"])
def test_code_and_texts_of_every_folder_count(code, file):
    before = store.digest_of(code)
    assert store.digest_of(code) == before
    with (code / file).open("a") as changed:
        changed.write("\n")
    assert store.digest_of(code) != before


def test_of_the_texts_only_what_files_are_understood_by_counts(code, monkeypatch):
    shutil.copytree(LIBRARY / "texts", code.parent / "texts")
    monkeypatch.setattr(store, "__file__", str(code / "store.py"))
    stamp = store._code.__wrapped__  # of another process each time
    stamps = [stamp()]
    for file in ("kk/labels.toml", "ru/narrative/site.md.j2", "kk/titles.toml", "ru/forms.toml"):
        with (code.parent / "texts" / file).open("a") as changed:
            changed.write("\n")
        stamps.append(stamp())
    assert [a == b for a, b in itertools.pairwise(stamps)] == [True, True, False, False]


def test_a_file_counts_by_itself(code):
    assert store.digest_of(code / "items.py") != store.digest_of(code / "origin.py")
