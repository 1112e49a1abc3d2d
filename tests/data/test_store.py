import shutil
from pathlib import Path

import pytest
from aqparat.data import store


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


def test_a_file_counts_by_itself(code):
    assert store.digest_of(code / "items.py") != store.digest_of(code / "origin.py")
