import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest
from aqparat.cli import main
from aqparat.period import Period
from aqparat.publish.handout import FILE, Handout, HandoutError, hand_out
from aqparat.publish.order import Order
from aqparat.publish.published_report import PublishedReport, PublishedReportError
from aqparat.publish.run import publish
from aqparat.publish.verify import verify
from aqparat.words.languages import language
from click.testing import CliRunner
from pypdf import PdfReader
from reported import published

PERIOD = Period.parse("2017H1")
ROW = "2017-01-01,2017-06-30,306,exact"
SITE = "volume.publications.TOTAL.union-site.2017H1"


def files(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


class Draft:
    """A report that has been made and not handed out, with the data it is made from."""

    def __init__(self, folder, home):
        self.folder, self.out = folder, home / "reports"
        shutil.copytree(published(), self.report)

    @property
    def report(self):
        return self.out / "2017H1"

    @property
    def manifest(self):
        return json.loads((self.report / "manifest.json").read_text(encoding="utf-8"))

    @property
    def facts(self):
        return hashlib.sha256((self.report / "facts.json").read_bytes()).hexdigest()

    @property
    def revisions(self):
        path = self.report / "revisions.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []

    def correct(self, value):
        text = self.folder.text("2017H1/observations.csv")
        start = text.index("2017-01-01,2017-06-30,") + len("2017-01-01,2017-06-30,")
        self.folder.write("2017H1/observations.csv", text[:start] + value + text[text.index(",", start) :])

    def make(self):
        return publish(Order(PERIOD, ("kk",), ("html",), self.folder.path, self.out))

    def hand_out(self):
        return hand_out(PERIOD, self.folder.path, self.out, "en")

    def call(self, command, *words):
        given = [command, *words, "--data", self.folder.path, "--out", self.out]
        done = CliRunner().invoke(main, [str(word) for word in given])
        assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
        return done


@pytest.fixture
def draft(folder, tmp_path):
    return Draft(folder, tmp_path)


def test_a_draft_that_is_corrected_has_no_revisions(draft):
    draft.correct("310")
    assert draft.make()
    assert draft.revisions == []
    assert "published" not in draft.manifest


def test_what_was_handed_out_is_marked_and_stays_as_it_is(draft):
    before = files(draft.report)
    done = draft.call("publish", "2017H1")
    assert (done.exit_code, done.stdout) == (0, f"{draft.report.as_posix()}\n")
    assert draft.manifest["published"] == draft.facts == draft.manifest["outputs"]["facts.json"]
    marked = files(draft.report)
    told = {name for name in before if Path(name).name.startswith("report.")} | {"manifest.json"}
    assert {k: v for k, v in marked.items() if k not in (FILE, *told)} == {
        k: v for k, v in before.items() if k not in told
    }
    assert draft.call("publish", "2017H1").stdout == f"{draft.report.as_posix()} (unchanged)\n"
    assert not draft.make()  # nor is it made again
    assert files(draft.report) == marked


def test_a_draft_says_so_in_one_line_that_goes_when_it_is_handed_out(draft):
    """The page and the PDF say it; nothing else of them changes."""
    line = language("kk").label("front.draft")
    told = f'<p class="draft">{line}</p>\n'

    def documents():
        page = (draft.report / "kk/report.html").read_text(encoding="utf-8")
        return page, [page.extract_text() for page in PdfReader(draft.report / "kk/report.pdf").pages]

    page, paper = documents()
    assert page.count(told) == 1
    assert paper[0].count(line) == 1
    draft.hand_out()
    assert documents()[0] == page.replace(told, "")
    bare = [re.sub(r"[\s·]", "", text.replace(line, "")) for text in paper]
    assert [re.sub(r"[\s·]", "", text) for text in documents()[1]] == bare
    assert verify(draft.report, draft.folder.path).same


def test_documents_of_another_program_are_not_set_again(draft, monkeypatch):
    before = files(draft.report)
    monkeypatch.setattr("aqparat.publish.manifest.packages", lambda: {"aqparat": "0.0.0"})
    with pytest.raises(HandoutError) as error:
        draft.hand_out()
    assert error.value.key == "program_touched"
    assert files(draft.report) == before


def test_a_report_made_again_keeps_the_mark_and_its_bytes(draft):
    draft.hand_out()
    marked = files(draft.report)
    assert publish(Order(PERIOD, ("kk",), ("html", "pdf"), draft.folder.path, draft.out), force=True)
    assert {k for k, v in files(draft.report).items() if v != marked[k]} == set()
    assert verify(draft.report, draft.folder.path).same


def test_corrections_after_handing_out_are_revisions_until_they_are_taken_back(draft):
    draft.hand_out()
    handed = draft.manifest["published"]
    for value in ("308", "310"):  # a draft of the correction, then the correction
        draft.correct(value)
        draft.make()
    entry = next(e for e in draft.revisions if e["id"] == SITE)
    assert (entry["before"]["value"], entry["now"]["value"], entry["shown"]) == (306, 310, True)
    assert draft.manifest["published"] == handed != draft.facts  # these numbers have not been handed out
    assert draft.hand_out()
    assert draft.manifest["published"] == draft.facts
    assert Handout.of(PublishedReport(draft.report)).revisions == draft.revisions
    draft.correct("306")
    draft.make()
    assert draft.revisions == []


def test_a_damaged_record_of_the_handout_is_not_written_over(draft):
    draft.hand_out()
    draft.correct("310")
    for damage in ("{", "{}", '{"facts": [], "rows": {}, "shown": [], "inputs": {}, "revisions": [{}]}'):
        (draft.report / FILE).write_text(damage, encoding="utf-8")
        with pytest.raises(PublishedReportError, match=FILE):
            draft.make()


def test_only_what_was_made_can_be_handed_out(draft):
    page = draft.report / "kk" / "report.html"
    content = page.read_bytes()
    page.write_bytes(content + b" ")
    done = draft.call("publish", "2017H1", "--language", "en")
    assert done.exit_code == 1 and "kk/report.html" in done.stderr and "the report again" in done.stderr
    page.write_bytes(content)
    draft.correct("310")
    done = draft.call("publish", "2017H1", "--language", "ru")
    assert done.exit_code == 1 and "raw/2017H1/observations.csv" in done.stderr and "Верните" in done.stderr
    done = draft.call("publish", "2016H2", "--language", "kk")
    assert done.exit_code == 1 and "2016H2 кезеңінің есебі жоқ" in done.stderr
    assert "published" not in draft.manifest
