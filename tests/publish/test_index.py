"""The file of the front page: free, ours, or somebody else's."""

import pytest
from aqparat.publish import index


def test_a_place_is_free_or_has_a_page_of_ours(tmp_path):
    assert index.ours(tmp_path) == tmp_path / "index.html"
    (tmp_path / "index.html").write_bytes(b"<html>" + index.MARK)
    assert index.ours(tmp_path) == tmp_path / "index.html"


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: path.write_bytes(b"<html><body>")])
def test_a_page_of_somebody_else_is_left(tmp_path, make):
    make(tmp_path / "index.html")
    with pytest.raises(index.FrontPageError):
        index.ours(tmp_path)
