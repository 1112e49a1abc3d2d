import shutil

import pytest


@pytest.fixture(scope="package")
def prepared(folder_at, tmp_path_factory):
    folder = folder_at(tmp_path_factory.mktemp("forms"))
    folder.load()
    return folder


@pytest.fixture
def folder(folder_at, prepared, tmp_path):
    """Give a folder of a test's own, prepared already."""
    folder = folder_at(tmp_path)
    shutil.copytree(prepared.path / "processed", folder.path / "processed")
    return folder
