import hashlib
import json
import shutil

import pytest
from aqparat.choices import LANGUAGES
from aqparat.cli import main
from aqparat.publish.lineage import leaves, places
from aqparat.publish.trace import entry, trace
from aqparat.runs import numbers
from aqparat.words.languages import language
from aqparat.words.renderer import Renderer
from click.testing import CliRunner
from handmade import FILE, fact, published_report
from reported import data, published, report
from worked import EXAMPLES

SITE = "volume.publications.TOTAL.union-site.2017H1"
GROWTH = "growth.copies.TOTAL.qazaqstan-kasipodagy.2017.2016"
NOW = fact("volume.copies.TOTAL.qazaqstan-kasipodagy.2017", 4746, rows="16") | {"unit": "copy"}
BASE = fact("volume.copies.TOTAL.qazaqstan-kasipodagy.2016", 3965, rows="15") | {"unit": "copy"}
FACTS = [
    fact(SITE, 306),
    NOW,
    BASE,
    fact(GROWTH, 0.196973518285, inputs=[NOW["id"], BASE["id"]]) | {"unit": "fraction"},
]


@pytest.fixture
def reports(tmp_path):
    """Give a folder of reports with one, whose raw file is that of the repository."""
    file = data() / "raw" / "2017H1" / "observations.csv"
    inputs = {FILE: hashlib.sha256(file.read_bytes()).hexdigest()}
    published_report(tmp_path / "reports" / "2017H1", FACTS, inputs=inputs)
    return tmp_path / "reports"


def call(*words, out, folder=None, language="en"):
    given = ["trace", *words, "--data", folder or data(), "--out", out, "--language", language]
    result = CliRunner().invoke(main, [str(w) for w in given])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result.exit_code, result.stdout.splitlines(), result.stderr


def test_a_fact_is_told_with_what_it_is_computed_from(reports):
    status, lines, _ = call(GROWTH, out=reports)
    assert status == 0
    assert lines[0] == GROWTH
    assert any("+19.7%" in line for line in lines)
    formula = next(place for place, line in enumerate(lines) if "x₁ / x₀ − 1" in line)
    assert lines[formula + 1].strip() == "+19.7% = 4,746 ÷ 3,965 − 1"
    start = lines.index("Newspaper copies subscribed, Qazaqstan Kasipodagy, 2017: 4,746 copies")
    assert lines[start + 1 : start + 3] == [
        "  volume.copies.TOTAL.qazaqstan-kasipodagy.2017",
        "  raw/2017H1/observations.csv – the same file as published",
    ]
    assert lines[start + 3].startswith("  SHA-256 ")
    assert lines[start + 4] == "    row 16"
    assert "      value: 4746" in lines[start:]
    again = lines.index("Newspaper copies subscribed, Qazaqstan Kasipodagy, 2016: 3,965 copies")
    assert again > start
    assert [line.strip() for line in lines[again:] if "row" in line] == ["row 15"]
    assert sum("SHA-256" in line for line in lines) == 1  # a file's hash stands once


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_tree_tells_each_fact_and_each_row_once(tmp_path, code):
    records = EXAMPLES["ranks"]()
    published_report(tmp_path / "2017H1", records)
    status, lines, _ = call("rank.publications.SEM.union-site.2017H1", out=tmp_path, language=code)
    assert status == 0
    by_id = {r["id"]: r for r in records}
    own, told, total = by_id["rank.publications.SEM.union-site.2017H1"]["inputs"]
    below = [line.strip() for line in lines[3:]]
    for fact_id in {own, told, total, *by_id[told]["inputs"]}:
        assert below.count(fact_id) == 1
    words = language(code)
    assert sum(line.endswith(words.label("trace.above")) for line in lines) == 1  # its own figure, in the set
    assert sum(words.label("problem.row", row=2) == line.strip() for line in lines) == 1
    assert words.label("trace.rows_above", rows="2") in below


def test_facts_of_an_organisations_report_are_found(reports):
    own = fact("volume.publications.KUS.union-site.2016", 7, rows="9")
    published_report(reports / "2017H1" / "organisations" / "KUS", [own])
    _, lines, _ = call(own["id"], out=reports)
    assert any(line.endswith("2017H1/organisations/KUS/facts.json") for line in lines)


def test_a_long_way_down_is_no_trouble(tmp_path):
    about = "volume.publications.TOTAL.union-site"
    chain = [fact(f"{about}.2017-01-01_", 1) | {"id": f"x{n}"} for n in range(1500)]
    for n in range(1, 1500):
        del chain[n]["sources"]
        chain[n]["inputs"] = [f"x{n - 1}"]
    published_report(tmp_path / "2017H1", chain)
    status, lines, _ = call("x1499", out=tmp_path)
    assert status == 0
    assert any(line.strip() == "x0" for line in lines)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_fact_can_be_told(facts_published, code):
    for record in facts_published:
        told = entry(record, Renderer(report(code).data.tables, code))
        assert told.title != record["id"]
        assert told.value and told.formula and told.period


def test_every_source_of_every_fact_is_there(facts_published):
    found = trace(SITE, data(), published().parent)
    for source in (s for record in facts_published for s in record.get("sources", ())):
        assert found.files.digest(source["file"]) == found.published[source["file"]]
        for row in numbers(source["rows"]).tolist():
            assert found.files.row(source["file"], source.get("sheet") or "", row)


def test_every_fact_can_be_followed_to_raw_rows(facts_published):
    records = {record["id"]: record for record in facts_published}
    for record in facts_published:
        assert places(leaves(record, records).values())


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


def test_codes_unknown_now_are_told_by_the_id(reports):
    strange = FACTS[0] | {"id": "strange.x", "metric": "strange", "outlet": "lost"}
    (reports / "2017H1" / "facts.json").write_text(json.dumps([strange]), encoding="utf-8")
    status, lines, _ = call("strange.x", out=reports)
    assert status == 0
    assert lines[1] == "strange.x"


def test_many_rows_are_cut_short(reports):
    many = FACTS[0] | {"id": "many", "sources": [{"file": FILE, "rows": "2-79"}]}
    (reports / "2017H1" / "facts.json").write_text(json.dumps([many]), encoding="utf-8")
    _, lines, _ = call("many", out=reports)
    assert lines[-1].strip() == "and further rows: 52–79"
