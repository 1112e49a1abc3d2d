import json
import shutil
from datetime import date

import pytest
from aqparat.cli import main
from aqparat.period import Period, Window
from aqparat.publish.compare import Change, _relative, compare
from aqparat.publish.manifest import write_json
from bs4 import BeautifulSoup
from click.testing import CliRunner
from reported import data, published

SITE = "volume.publications.TOTAL.union-site.2017H1"
OBSERVATIONS = "raw/2017H1/observations.csv"


def call(before, after, *words, out, language="en", folder=None):
    given = [
        "compare",
        before,
        after,
        "--data",
        folder or data(),
        "--out",
        out,
        "--language",
        language,
        *words,
    ]
    result = CliRunner().invoke(main, [str(w) for w in given])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result.exit_code, result.stdout.splitlines(), result.stderr


@pytest.fixture
def folders(tmp_path):
    """Give the report twice: in the second one fact is another, one new, one gone, and a sentence differs."""
    before, after = tmp_path / "before", tmp_path / "after"
    shutil.copytree(published(), before)
    shutil.copytree(published(), after)
    records = json.loads((after / "facts.json").read_text(encoding="utf-8"))
    by_id = {r["id"]: r for r in records}
    by_id[SITE] |= {"value": 310, "low": 310, "high": 310}
    for record in records:
        for source in record["sources"]:
            source["sha256"] = "0" * 64 if source["file"] == OBSERVATIONS else source["sha256"]
    by_id.pop("volume.publications.TOTAL.union-site.2015")
    new = by_id["volume.publications.TOTAL.union-site.2016"] | {
        "id": "volume.publications.TOTAL.union-site.2014", "start": "2014-01-01", "end": "2014-12-31",
    }  # fmt: skip
    write_json(after / "facts.json", [*by_id.values(), new])
    notebook = after / "kk" / "report.ipynb"
    text = notebook.read_text(encoding="utf-8")
    assert "жарияланды." in text
    notebook.write_text(text.replace("жарияланды.", "шықты.", 1), encoding="utf-8")
    return before, after


def test_a_folder_is_the_same_as_itself():
    found = compare(str(published()), str(published()), data(), published().parent)
    assert {change.kind for change in found.changes} == {"same"}
    assert found.prose == {"kk": []}


def test_facts_added_gone_and_changed_are_told(folders, tmp_path):
    found = compare(*map(str, folders), data(), tmp_path)
    (changed,) = found.kind("changed")
    assert changed.before["id"] == changed.after["id"] == SITE
    assert changed.direction == "more"
    assert list(changed.rows(found.own_rows)) == [(OBSERVATIONS, "", [], [], [2])]
    assert [c.after["id"] for c in found.kind("added")] == ["volume.publications.TOTAL.union-site.2014"]
    assert [c.before["id"] for c in found.kind("gone")] == ["volume.publications.TOTAL.union-site.2015"]


def test_prose_is_compared_sentence_by_sentence(folders, tmp_path):
    ((section,),) = compare(*map(str, folders), data(), tmp_path).prose.values()
    ((old, new),) = section.changes
    assert old.endswith("жарияланды.") and new == old.replace("жарияланды.", "шықты.")


def test_it_is_printed_with_values_and_rows(folders, tmp_path):
    status, lines, _ = call(*folders, out=tmp_path)
    assert status == 0
    assert (
        lines[1] == "Figures: 1 changed, 1 added, 1 gone, 95 the same."
        or "1 changed, 1 added, 1 gone" in lines[1]
    )
    at = lines.index("  Items published, union website, 1st half 2017")
    assert lines[at + 1].endswith(": 306") and lines[at + 2].endswith(": 310")
    assert lines[at + 4] == f"    Raw rows: {OBSERVATIONS}: in the changed file, row 2"


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_the_page_holds_the_same(folders, tmp_path, code):
    page = tmp_path / "deep" / "comparison.html"
    assert call(*folders, "--html", page, out=tmp_path, language=code)[0] == 0
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    assert soup.html["lang"] == code
    assert [cell.get_text() for cell in soup.select("table")[0].select("td")][:2] == ["306", "310"]
    assert soup.select_one("del")["lang"] == soup.select_one("ins")["lang"] == "kk"
    assert not soup.select("script, link, [style]")
    assert "default-src 'none'" in soup.select_one("meta[http-equiv]")["content"]
    before = page.read_bytes()
    call(*folders, "--html", page, out=tmp_path, language=code)
    assert page.read_bytes() == before


def test_rows_that_came_and_went_are_told():
    def record(*rows, sha="1"):
        figure = {"value": len(rows), "low": 1, "high": None, "qualifier": "exact"}
        return figure | {"sources": [{"file": "raw/a.csv", "row": row, "sha256": sha} for row in rows]}

    def rows(before, after, own=()):
        return list(Change(before, after).rows({("raw/a.csv", ""): set(own)}))

    assert rows(record(2, 3), record(3, 4, 5)) == [("raw/a.csv", "", [2], [4, 5], [])]
    assert rows(record(2, 3), record(2, 3, sha="2")) == [("raw/a.csv", "", [], [], [2, 3])]
    assert rows(record(2, 3), record(2, 3, sha="2"), own=[3]) == [("raw/a.csv", "", [], [], [3])]
    assert rows(record(2, 3), record(2, 3)) == []
    assert rows(None, record(2)) == [("raw/a.csv", "", [], [2], [])]


@pytest.mark.parametrize(
    "window, other",
    [
        ((date(2017, 1, 1), date(2017, 6, 30)), (date(2018, 1, 1), date(2018, 6, 30))),
        ((date(2016, 1, 1), date(2016, 12, 31)), (date(2017, 1, 1), date(2017, 12, 31))),
        ((date(2017, 1, 1), None), (date(2018, 1, 1), None)),
        ((date(2017, 2, 1), date(2017, 2, 28)), (date(2018, 2, 1), date(2018, 2, 28))),
        ((date(2016, 2, 1), date(2016, 2, 29)), (date(2017, 2, 1), date(2017, 2, 28))),
    ],
)
def test_windows_are_placed_by_their_period(window, other):
    before, after = Period.parse("2017H1"), Period.parse("2018H1")
    assert _relative(Window(*window), before) == _relative(Window(*other), after)
    assert _relative(Window(*window), before) != _relative(Window(*window), after)


def test_halves_of_one_year():
    first, second = Period.parse("2017H1"), Period.parse("2017H2")
    assert _relative(first.window, first) == _relative(second.window, second) == ("half", 0)
    assert _relative(Window(date(2016, 1, 1), date(2016, 12, 31)), first) == ("year", -1)
    assert _relative(first.window, second) == ("half", -1)


@pytest.fixture(scope="module")
def later(folder_at, tmp_path_factory):
    folder = folder_at(tmp_path_factory.mktemp("later"))
    heading = folder.text("2017H1/observations.csv").splitlines()[0]
    row = "publications,TOTAL,union-site,,2018-01-01,2018-06-30,250,exact,,,the site"
    folder.write("2018H1/observations.csv", f"{heading}\n{row}\n")
    return folder.path


def test_periods_are_compared_by_what_facts_mean(later, tmp_path):
    status, lines, _ = call("2017H1", "2018H1", out=tmp_path, folder=later)
    assert status == 0
    at = lines.index("  Items published, union website, 1st half 2017 → 1st half 2018")
    told = [line.strip() for line in lines[at + 1 : at + 4]]
    assert told == ["2017H1: 306", "2018H1: 250", "Direction: less"]
    assert any("not published" in line for line in lines)  # both were computed
    assert any("only where both are published" in line for line in lines)


def test_a_period_is_taken_as_published_where_it_is(later):
    found = compare("2017H1", "2018H1", later, published().parent)
    assert (found.before.edition is None, found.after.edition is None) == (False, True)


@pytest.mark.parametrize(
    "before, said",
    [
        ("nowhere", "there is no such folder"),
        ("2011", "nothing was handed in for 2011"),
        (".", "facts.json"),
    ],
)
def test_bad_input_is_said_in_plain_words(tmp_path, monkeypatch, before, said):
    monkeypatch.chdir(tmp_path)
    status, lines, errors = call(before, str(published()), out=tmp_path)
    assert (status, lines) == (1, [])
    assert said in errors


def test_names_cannot_command_the_terminal(folders, tmp_path):
    records = json.loads((folders[1] / "facts.json").read_text(encoding="utf-8"))
    records[0] |= {"id": "x\x1b[2J", "outlet": "\u202elost", "metric": "\x07"}
    write_json(folders[1] / "facts.json", records)
    _, lines, _ = call(*folders, out=tmp_path)
    assert not any(c in line for line in lines for c in "\x1b\x07\u202e")
