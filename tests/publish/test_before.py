"""Folders published before facts named what they are computed from: they can still be read."""

import shutil

import pytest
from aqparat.cli import main
from aqparat.publish import front
from aqparat.publish.compare import compare
from bs4 import BeautifulSoup
from click.testing import CliRunner
from handmade import FILE, fact, published_report
from reported import data

SITE = fact("volume.publications.TOTAL.union-site.2017H1", 306, rows="2")
NOW = fact("volume.copies.TOTAL.qazaqstan-kasipodagy.2017", 4746, rows="16")
BASE = fact("volume.copies.TOTAL.qazaqstan-kasipodagy.2016", 3965, rows="15")
GINI = fact("gini.copies.TOTAL.qazaqstan-kasipodagy.2017", 0.5, rows="16-20")
RISE = "growth.copies.TOTAL.qazaqstan-kasipodagy.2017.2016"


@pytest.fixture
def before(tmp_path):
    """Give such a folder: each fact has a source for each row that anything behind it hangs on."""
    facts = [SITE, NOW, BASE, GINI, fact(RISE, 0.196973518285, rows="15-16")]
    return published_report(tmp_path / "reports" / "2017H1", facts, settings=None)


@pytest.fixture
def now(tmp_path):
    """Give the same as it is published now, a fact fewer."""
    rise = fact(RISE, 0.196973518285, inputs=[NOW["id"], BASE["id"]])
    return published_report(tmp_path / "now", [SITE, NOW, BASE, rise])


def test_compare_says_what_left_the_file_and_no_more(before, now):
    found = compare(str(before), str(now), data(), before.parent)
    assert [change.before["id"] for change in found.kind("gone")] == [GINI["id"]]
    assert found.kind("changed") == found.kind("added") == []
    assert [row for *_, row in found.kind("gone")[0].rows(found.own_rows)] == [[]]


def test_a_changed_number_names_the_rows_of_both(before, tmp_path):
    other = BASE | {"value": 3900, "low": 3900, "high": 3900}
    rise = fact(RISE, 0.21692307692, inputs=[NOW["id"], BASE["id"]])
    after = published_report(tmp_path / "now", [SITE, NOW, other, GINI, rise], inputs={FILE: "b" * 64})
    found = compare(str(before), str(after), data(), before.parent)
    growth, volume = sorted(found.kind("changed"), key=lambda c: c.after["id"])
    assert (growth.after["id"], volume.after["id"]) == (RISE, BASE["id"])
    for change in (growth, volume):
        assert list(change.rows(found.own_rows)) == [(FILE, "", [], [], [15])]


def test_trace_tells_the_rows(before):
    words = ["trace", RISE, "--data", str(data()), "--out", str(before.parent), "--language", "en"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.strip() for line in lines if line.startswith("  row")] == ["row 15", "row 16"]
    assert [line.strip() for line in lines if "value: " in line] == ["value: 3965", "value: 4746"]
    assert f"{FILE} – changed since publication: the rows below are as they are now" in lines


def test_the_front_page_shows_its_key_figures(before):
    front.write(before.parent)
    page = BeautifulSoup((before.parent / "index.html").read_text(encoding="utf-8"), "html.parser")
    shown = {d["data-fact"]: d["value"] for d in page.select("#kk .cards ol data, #kk .cards .value data")}
    assert shown == {SITE["id"]: "306", NOW["id"]: "4746"}


def test_prose_is_compared_too(before, now):
    shutil.copytree(before / "kk", now / "kk")
    assert compare(str(before), str(now), data(), before.parent).prose == {"kk": []}
