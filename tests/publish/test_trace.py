import json
import shutil

import pytest
from aqparat.cli import main
from aqparat.publish.run import LANGUAGES
from aqparat.publish.trace import entry, trace
from aqparat.words.narrative import Narrator
from click.testing import CliRunner
from reported import data, published, report

SITE = "volume.publications.TOTAL.union-site.2017H1"


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    shutil.copytree(published(), folder / "2017H1")
    return folder


def call(*words, out, folder=None, language="en"):
    given = ["trace", *words, "--data", folder or data(), "--out", out, "--language", language]
    result = CliRunner().invoke(main, [str(w) for w in given])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result.exit_code, result.stdout.splitlines(), result.stderr


def test_a_fact_is_told_with_its_raw_rows(reports):
    status, lines, _ = call("growth.copies.TOTAL.qazaqstan-kasipodagy.2017.2016", out=reports)
    assert status == 0
    text = "\n".join(lines)
    assert "+19.7%" in text
    assert "x₁ / x₀ − 1" in text
    assert "raw/2017H1/observations.csv – the same file as published" in lines
    values = [line.strip() for line in lines if line.strip().startswith("value:")]
    assert values == ["value: 3965", "value: 4746"]
    assert [line.strip() for line in lines if line.startswith("  row")] == ["row 15", "row 16"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_fact_can_be_told(facts_published, code):
    for record in facts_published:
        told = entry(record, Narrator(report(code).evidence.tables, code))
        assert told.title != record["id"]
        assert told.value and told.formula and told.period


def test_every_source_of_every_fact_is_there(facts_published):
    found = trace(SITE, data(), published().parent)
    for source in (s for record in facts_published for s in record["sources"]):
        assert found.files.digest(source["file"]) == source["sha256"]
        assert found.files.row(source)


def test_a_file_changed_since_is_said_to_be(reports, folder):
    folder.change("2017H1/observations.csv", "306", "307")
    _, lines, _ = call(SITE, out=reports, folder=folder.path)
    assert any("changed since publication" in line for line in lines)
    assert "    value: 307" in lines
    (folder.path / "raw" / "2017H1" / "observations.csv").unlink()
    _, lines, _ = call(SITE, out=reports, folder=folder.path)
    assert lines[-1].strip() == "there is no such row in the file"
    assert any("no longer there" in line for line in lines)


def test_the_latest_report_that_has_it_is_shown(reports):
    shutil.copytree(reports / "2017H1", reports / "2018H1")
    _, lines, _ = call(SITE, out=reports)
    assert any("2018H1/facts.json (also in 2017H1)" in line for line in lines)
    _, lines, _ = call(SITE, "--period", "2017H1", out=reports)
    assert any(line.endswith("2017H1/facts.json") for line in lines)


def test_without_reports_it_is_computed(tmp_path):
    status, lines, _ = call(SITE, out=tmp_path / "nowhere")
    assert status == 0
    assert any("computed from the data" in line for line in lines)
    assert "    value: 306" in lines


def test_without_data_it_is_told_from_the_report(reports, tmp_path):
    status, lines, _ = call(SITE, out=reports, folder=tmp_path / "nowhere")
    assert status == 0
    assert "Items published, union website, 1st half 2017" in lines
    assert any("no longer there" in line for line in lines)


@pytest.mark.parametrize(
    "wrong", ["volume.publication.TOTAL.union-site.2017H1", "x", "", "\x1b[2J", "volume\u202e"]
)
def test_an_unknown_id_gets_the_nearest(reports, wrong):
    status, lines, said = call(wrong, out=reports)
    assert (status, lines) == (1, [])
    assert not any(c in said for c in "\x1b\u202e")
    assert ("publication" not in wrong) or SITE in said


def test_neither_reports_nor_data(tmp_path):
    status, _, said = call(SITE, out=tmp_path / "a", folder=tmp_path / "b")
    assert status == 1
    assert "--data" in said


def test_a_damaged_report_is_said_to_be(reports):
    (reports / "2017H1" / "facts.json").write_text("[{}]", encoding="utf-8")
    status, _, said = call(SITE, out=reports)
    assert status == 1
    assert "facts.json is damaged" in said


def test_raw_text_cannot_command_the_terminal(reports, folder):
    folder.change(
        "2017H1/observations.csv", '"source document, paragraph 5"', '"\x1b]0;mine\x07\u202egnp \x1b[31m"'
    )
    _, lines, _ = call(SITE, out=reports, folder=folder.path)
    text = "\n".join(lines)
    assert "[U+001B]]0;mine" in text
    assert not any(c in text for c in "\x1b\x07\u202e")


def test_codes_unknown_now_are_told_by_the_id(reports, facts_published):
    strange = facts_published[0] | {"id": "strange.x", "metric": "strange", "outlet": "lost"}
    (reports / "2017H1" / "facts.json").write_text(json.dumps([strange]), encoding="utf-8")
    status, lines, _ = call("strange.x", out=reports)
    assert status == 0
    assert lines[1] == "strange.x"


def test_many_rows_are_cut_short(reports, facts_published):
    source = facts_published[0]["sources"][0]
    many = facts_published[0] | {"id": "many", "sources": [source | {"row": n} for n in range(2, 80)]}
    (reports / "2017H1" / "facts.json").write_text(json.dumps([many]), encoding="utf-8")
    _, lines, _ = call("many", out=reports)
    assert lines[-1].strip() == "and further rows: 52–79"
