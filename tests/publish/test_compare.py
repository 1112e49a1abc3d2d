import json
import re
import shutil
from datetime import date

import pytest
from aqparat.cli import main
from aqparat.period import Period, Window
from aqparat.publish import comparison
from aqparat.publish.compare import _relative, compare
from aqparat.publish.manifest import write_json
from aqparat.words.languages import language
from bs4 import BeautifulSoup
from click.testing import CliRunner
from handmade import SHA, fact, published_report
from reported import data, published

SITE = "volume.publications.TOTAL.union-site.2017H1"
OBSERVATIONS = "raw/2017H1/observations.csv"
CODES = ("TOTAL", "KUS", "KAR", "ATY", "SEM")


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
    manifest = json.loads((after / "manifest.json").read_text(encoding="utf-8"))
    manifest["inputs"][OBSERVATIONS] = "0" * 64
    write_json(after / "manifest.json", manifest)
    by_id.pop("volume.publications.PAR.union-site.2016")
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
    assert [c.before["id"] for c in found.kind("gone")] == ["volume.publications.PAR.union-site.2016"]


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_what_there_is_none_of_is_left_out(folders, tmp_path, code):
    words = language(code)
    before, after = map(str, folders)
    found = compare(before, after, data(), tmp_path)
    told = [*comparison._head(found, words), *comparison._summary(found, words)]
    same = words.label("compare.counts.same", count=words.number(len(found.kind("same"))))
    assert told[1].endswith(f", {same}.")
    assert not re.search(r"\b0\b", "\n".join(told)), told
    again = list(comparison._head(compare(before, before, data(), tmp_path), words))
    count = words.number(len(found.kind("same")) + 2)
    assert again[1:] == [words.label("compare.none_changed", count=count)]


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_bounds_stand_once(folders, tmp_path, code):
    before, after = folders
    records = json.loads((after / "facts.json").read_text(encoding="utf-8"))
    for record in records:
        if record["id"] == SITE:
            record |= {"value": None, "low": 3, "high": 6, "qualifier": "between"}
    write_json(after / "facts.json", records)
    (change,) = compare(str(before), str(after), data(), tmp_path).kind("changed")
    line = comparison._line(change, compare(str(before), str(after), data(), tmp_path), language(code))
    assert line.after.startswith("3–6") and "(" not in line.after


def test_prose_is_compared_sentence_by_sentence(folders, tmp_path):
    ((section,),) = compare(*map(str, folders), data(), tmp_path).prose.values()
    ((old, new),) = section.changes
    assert old.endswith("жарияланды.") and new == old.replace("жарияланды.", "шықты.")


def test_a_total_that_became_a_bound_is_told_in_a_long_comparison(folders, tmp_path):
    before, after = folders
    records = json.loads((after / "facts.json").read_text(encoding="utf-8"))
    for record in records:
        if record["id"] == SITE:
            record |= {"value": None, "low": 200, "high": None, "qualifier": "at_least"}
    write_json(after / "facts.json", records)
    found = compare(str(before), str(after), data(), tmp_path)
    assert [change.after["id"] for change in found.unsure()] == [SITE]
    assert "at least 200" in "".join(comparison._summary(found, language("en")))


def test_it_is_printed_with_values_and_rows(folders, tmp_path):
    status, lines, _ = call(*folders, out=tmp_path)
    assert status == 0
    assert lines[1].startswith("Figures: 1 changed, 1 added, 1 removed, ")
    at = lines.index("  Items published, union website, 1st half 2017")
    assert lines[at + 1].endswith(": 306 items") and lines[at + 2].endswith(": 310 items")
    assert lines[at + 4] == f"    Raw rows: {OBSERVATIONS}: in the changed file, row 2"


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_the_page_holds_the_same(folders, tmp_path, code):
    page = tmp_path / "deep" / "comparison.html"
    assert call(*folders, "--html", page, out=tmp_path, language=code)[0] == 0
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    assert soup.html["lang"] == code
    items = {"kk": "материал", "ru": "материалов", "en": "items"}[code]
    cells = [cell.get_text() for cell in soup.select("table")[0].select("td")]
    assert cells[:2] == [f"306 {items}", f"310 {items}"]
    assert soup.select_one("del")["lang"] == soup.select_one("ins")["lang"] == "kk"
    assert not soup.select("script, link, [style]")
    assert "default-src 'none'" in soup.select_one("meta[http-equiv]")["content"]
    before = page.read_bytes()
    call(*folders, "--html", page, out=tmp_path, language=code)
    assert page.read_bytes() == before


def changed(tmp_path, before, after, sha="b" * 64):
    """Compare two folders of facts, the file they come from another one in the second."""
    published_report(tmp_path / "before", before)
    published_report(tmp_path / "after", after, inputs={OBSERVATIONS: sha})
    return compare(str(tmp_path / "before"), str(tmp_path / "after"), data(), tmp_path)


def told(found, fact_id):
    change = next(c for c in found.changes if (c.after or c.before)["id"] == fact_id)
    return list(change.rows(found.own_rows))


@pytest.mark.parametrize(
    "before, after, sha, rows",
    [
        ("2-3", "3-5", SHA, ([2], [4, 5], [])),
        ("2-3", "2-3", "b" * 64, ([], [], [2, 3])),
        ("2", "2", "b" * 64, ([], [], [2])),
        (None, "2", SHA, ([], [2], [])),
    ],
)
def test_rows_that_came_and_went_are_told(tmp_path, before, after, sha, rows):
    old = [fact(SITE, 306, rows=before)] if before else []
    found = changed(tmp_path, old, [fact(SITE, 310, rows=after)], sha)
    assert told(found, SITE) == [(OBSERVATIONS, "", *rows)]


def test_rows_of_the_same_file_are_no_change(tmp_path):
    found = changed(tmp_path, [fact(SITE, 306)], [fact(SITE, 310)], SHA)
    assert told(found, SITE) == []


def test_what_is_computed_names_the_raw_rows_that_changed_through_its_inputs(tmp_path):
    about = "publications.TOTAL.union-site"
    base = fact(f"volume.{about}.2016H1", 100, rows="40")
    parts = [fact(f"volume.publications.{code}.union-site.2017H1", n, rows=row)
             for code, n, row in (("KUS", 80, "7"), ("SEM", 70, "8"))]  # fmt: skip

    def facts(kus):
        own = [parts[0] | {"value": kus, "low": kus, "high": kus}, parts[1]]
        whole = fact(f"volume.{about}.2017H1", kus + 70, inputs=[p["id"] for p in own])
        rise = fact(f"growth.{about}.2017H1.2016H1", (kus - 30) / 100, inputs=[whole["id"], base["id"]])
        return [base, *own, whole, rise]

    found = changed(tmp_path, facts(80), facts(90))
    assert sorted(c.after["metric"] for c in found.kind("changed")) == ["growth", "volume", "volume"]
    for change in found.kind("changed"):
        assert told(found, change.after["id"]) == [(OBSERVATIONS, "", [], [], [7])]


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
    status, lines, _ = call("2017H1", "2018H1", "--all", out=tmp_path, folder=later)
    assert status == 0
    at = lines.index("  Items published, union website, 1st half 2017 → 1st half 2018")
    told = [line.strip() for line in lines[at + 1 : at + 4]]
    assert told == ["2017H1: 306 items", "2018H1: 250 items", "Direction: less"]
    assert any("not published" in line for line in lines)  # both were computed
    assert any("only where both are published" in line for line in lines)


def test_whose_a_figure_is_stands_behind_both_periods(later, tmp_path):
    row = "publications,ATY,union-site,,2018-01-01,2018-06-30,9,exact,,,the site"
    path = later / "raw/2018H1/observations.csv"
    path.write_text(f"{path.read_text(encoding='utf-8')}{row}\n", encoding="utf-8")
    _, lines, _ = call("2017H1", "2018H1", out=tmp_path, folder=later)
    assert (
        "  Items published, union website, 1st half 2017 → 1st half 2018, Atyrau: 4 items → 9 items" in lines
    )


def test_a_period_is_taken_as_published_where_it_is(later):
    found = compare("2017H1", "2018H1", later, published().parent)
    assert (found.before.published is None, found.after.published is None) == (False, True)


@pytest.mark.parametrize(
    "before, said",
    [
        ("nowhere", "there is no such folder"),
        ("2011", "nothing was submitted for 2011"),
        (".", "facts.json"),
    ],
)
def test_bad_input_is_said_in_plain_words(tmp_path, monkeypatch, before, said):
    monkeypatch.chdir(tmp_path)
    status, lines, errors = call(before, str(published()), out=tmp_path)
    assert (status, lines) == (1, [])
    assert said in errors


def test_targets_of_measures_are_told_apart(tmp_path):
    """Of one organisation and indicator; else one would hide the other."""
    first, second = (fact(f"target.copies.KUS.M-{n}.2017H1", n) | {"outlet": None} for n in (1, 2))
    found = changed(tmp_path, [first, second], [first | {"value": 3, "low": 3, "high": 3}, second])
    assert [c.after["id"] for c in found.kind("changed")] == [first["id"]]
    assert not found.kind("added") and not found.kind("gone")


def test_names_cannot_command_the_terminal(folders, tmp_path):
    records = json.loads((folders[1] / "facts.json").read_text(encoding="utf-8"))
    used = {i for record in records for i in record.get("inputs", ())}
    free = next(record for record in records if record["id"] not in used)
    free |= {"id": "x\x1b[2J", "outlet": "\u202elost", "metric": "\x07"}
    write_json(folders[1] / "facts.json", records)
    _, lines, _ = call(*folders, out=tmp_path)
    assert not any(c in line for line in lines for c in "\x1b\x07\u202e")


def test_a_long_comparison_is_summed_up(later, tmp_path):
    page = tmp_path / "all.html"
    status, lines, _ = call("2017H1", "2018H1", "--html", page, out=tmp_path, folder=later)
    assert status == 0 and len(lines) < 60
    found = compare("2017H1", "2018H1", later, tmp_path)
    counts = {kind: len(found.kind(kind)) for kind in ("changed", "added", "gone")}
    assert {kind: sum(each[kind] for each in found.by_metric().values()) for kind in counts} == counts
    assert any(line.startswith("  volume: ") and line.endswith(" removed") for line in lines)
    assert "  Items published, union website, 1st half 2017 → 1st half 2018: 306 items → 250 items" in lines
    assert "--all" in lines[-1] and "--html" in lines[-1]
    rows = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select("table tr td:first-of-type")
    assert len(rows) == sum(counts.values())  # the page has them all
    assert len(call("2017H1", "2018H1", "--all", out=tmp_path, folder=later)[1]) > sum(counts.values())


def test_what_changed_most_is_told_first(tmp_path):
    def facts(*numbers):
        return [
            fact(f"volume.copies.{code}.bilimdi-el.2017", n) for code, n in zip(CODES, numbers, strict=True)
        ]

    def codes_of(found, union):
        return [c.after["organisation"] for c in found.largest(union)]

    found = changed(tmp_path, facts(10_000, 900, 100, 4, 50), facts(10_100, 1600, 400, 0, 50))
    assert codes_of(found, union=False) == ["KAR", "KUS", "ATY"]  # by square roots: 10, 10, 2
    assert codes_of(found, union=True) == ["TOTAL"]


def test_numbers_that_may_be_the_same_or_count_nothing_are_not_told_as_changed_most(tmp_path):
    about = "copies.KUS.bilimdi-el.2017"
    before = [fact(f"volume.{about}", 60, 61, None, qualifier="more_than"), fact(f"share.{about}", 0.1)]
    found = changed(tmp_path, before, [fact(f"volume.{about}", 100), fact(f"share.{about}", 0.9)])
    assert len(found.kind("changed")) == 2
    assert found.largest(union=False) == []


@pytest.mark.parametrize("code, said", [("kk", "2018H2 кезеңі"), ("ru", "2018H2 нет"), ("en", "for 2018H2")])
def test_a_period_without_data_is_an_error(tmp_path, code, said):
    status, lines, errors = call("2017H1", "2018H2", out=tmp_path, language=code)
    assert (status, lines) == (1, [])
    assert said in errors
