"""A report read while others take its place."""

import shutil

import pytest
from aqparat.moment import at_one_moment
from aqparat.problem import AqparatError
from aqparat.publish import place


@pytest.fixture
def out(tmp_path):
    """Give a folder of reports with one, and two more to take its place."""
    for name in ("2017H1", "kept/1", "kept/2"):
        (tmp_path / name / "kk").mkdir(parents=True)
        (tmp_path / name / "text").write_text(name[-1], encoding="utf-8")
        (tmp_path / name / "kk" / "text").write_text(name[-1], encoding="utf-8")
    return tmp_path


def both(folder, between=lambda: None):
    """Read two files of a report, with something done between."""
    first = (folder / "text").read_text(encoding="utf-8")
    between()
    return first, (folder / "kk" / "text").read_text(encoding="utf-8")


@pytest.mark.parametrize("exchanged", [True, False])
@pytest.mark.parametrize("of", ["", "2017H1"])
def test_what_is_read_is_of_one_report(out, monkeypatch, exchanged, of):
    if not exchanged:
        monkeypatch.setattr(place, "_exchanged", lambda *_: False)
    real, waiting = out / "2017H1", [out / "kept" / "2"]

    def replace():
        if waiting:
            with place.held(real), place.staged(real) as new:
                shutil.copytree(waiting.pop(), new, dirs_exist_ok=True)
                place.put(new, real)

    assert at_one_moment(lambda: both(real, replace), out / of) == ("2", "2")
    assert not waiting


def test_what_went_missing_since_is_read_again_and_what_is_missing_is_told(out):
    real, tries = out / "2017H1", []

    def read():
        tries.append(1)
        if len(tries) == 1:
            real.rename(out / ".staging-old-2017H1")
            (out / "kept" / "1").rename(real)
            raise FileNotFoundError("a file of the one before")
        return both(real)

    assert at_one_moment(read, out) == ("1", "1")

    def missing():
        raise AqparatError("damaged", "published_report_damaged")

    with pytest.raises(AqparatError, match="damaged"):
        at_one_moment(missing, out)
    assert at_one_moment(lambda: 3, out / "nowhere") == 3
