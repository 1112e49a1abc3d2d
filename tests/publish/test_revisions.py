import json
import shutil

import nbformat
import pytest
from aqparat.document.typst import TypstPDFExporter
from aqparat.period import Period
from aqparat.publish.handout import Handout, hand_out
from aqparat.publish.manifest import digest
from aqparat.publish.order import Order
from aqparat.publish.revisions import kept, since, told
from aqparat.publish.rows import RawFiles
from aqparat.publish.run import publish
from aqparat.publish.verify import verify
from bs4 import BeautifulSoup
from handmade import fact, old
from reported import published

SITE = "volume.publications.TOTAL.union-site.2017H1"
BASE = "volume.publications.TOTAL.union-site.2016H1"
RISE = "growth.publications.TOTAL.union-site.2017H1.2016H1"
FILE = "raw/2017H1/observations.csv"
HEADING = "indicator,organisation,value"


def figure(value):
    return {"value": value, "low": value, "high": value, "qualifier": "exact"}


class Numbers:
    """Raw files of a test's own, and the report that was handed out from them."""

    def __init__(self, data):
        self.data, self.handout = data, None

    def write(self, *rows, file=FILE, heading=HEADING):
        (self.data / file).parent.mkdir(parents=True, exist_ok=True)
        (self.data / file).write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")

    @property
    def inputs(self):
        files = [p for p in sorted(self.data.rglob("*.*")) if p.is_file()]
        return {p.relative_to(self.data).as_posix(): digest(p) for p in files}

    def hand_out(self, *records, shown=(), revisions=()):
        raw, rows = RawFiles(self.data), {}
        for file in self.inputs:
            for (sheet, row), cells in raw.digests(file).items():
                rows.setdefault((file, sheet), {})[row] = cells
        facts = {record["id"]: record for record in records}
        self.handout = Handout(self.inputs, frozenset(shown), list(revisions), rows, facts)

    def revised(self, *records):
        return since(self.handout, records, self.inputs, RawFiles(self.data))


@pytest.fixture
def numbers(tmp_path):
    numbers = Numbers(tmp_path)
    numbers.write("publications,TOTAL,306", "copies,KUS,538")
    numbers.hand_out(fact(SITE, 306, rows="2"))
    return numbers


def test_code_alone_revises_nothing(numbers):
    assert numbers.revised(fact(SITE, 307)) == []


def test_a_figure_is_revised_where_its_own_row_is(numbers):
    numbers.write("publications,TOTAL,307", "copies,KUS,538")
    (entry,) = numbers.revised(fact(SITE, 307))
    assert entry["id"] == SITE
    assert (entry["before"], entry["now"]) == (figure(306), figure(307))
    assert (entry["inputs"], entry["shown"]) == ([FILE], False)


def test_another_row_of_its_file_revises_nothing(numbers):
    """The number has changed with the code; that a row below it was corrected is not the reason."""
    numbers.write("publications,TOTAL,306", "copies,KUS,600")
    assert numbers.revised(fact(SITE, 307)) == []
    numbers.write("members,KUS,9000", "publications,TOTAL,306", "copies,KUS,600")  # and moved down
    assert numbers.revised(fact(SITE, 307, rows="3")) == []
    numbers.write("306,TOTAL,publications", heading="value,organisation,indicator")  # its columns
    assert numbers.revised(fact(SITE, 307, rows="2")) == []


def test_other_files_revise_nothing(numbers):
    """A setting, a reference table, another organisation's figures: the number is the program's doing."""
    for name in ("settings.toml", "raw/reference/union.csv", "raw/2017H1/other.csv", "raw/2017H2/new.csv"):
        numbers.write("anything", file=name, heading="name")
        assert numbers.revised(fact(SITE, 307)) == []
        assert numbers.revised() == []  # nor is the report about it any more


def test_a_corrected_row_that_changes_no_figure_revises_nothing(numbers):
    numbers.write("publications,TOTAL,306.0", "copies,KUS,538")
    assert numbers.revised(fact(SITE, 306)) == []


def test_a_figure_that_is_no_longer_told_is_revised_only_if_its_row_is_gone(numbers):
    numbers.write("publications,TOTAL,306", "copies,KUS,600")
    assert numbers.revised() == []  # its row is there: the report is about something else
    numbers.write("copies,KUS,600")
    (entry,) = numbers.revised()
    assert (entry["before"], entry["now"], entry["inputs"]) == (figure(306), None, [FILE])
    (numbers.data / FILE).unlink()
    assert [entry["now"] for entry in numbers.revised()] == [None]


def test_rows_that_move_to_another_file_as_they_were_revise_nothing(numbers):
    other = "raw/2017H1/observations-all.csv"
    (numbers.data / FILE).unlink()
    numbers.write("publications,TOTAL,306", "copies,KUS,538", file=other)
    assert numbers.revised(fact(SITE, 307, file=other)) == []
    assert numbers.revised() == []


def test_a_later_batch_that_corrects_a_figure_revises_it(numbers):
    later = "raw/2017H2/observations.csv"
    numbers.write("publications,TOTAL,310", file=later)
    (entry,) = numbers.revised(fact(SITE, 310, file=later))
    assert entry["inputs"] == [FILE, later]


def test_a_row_more_or_less_revises_a_count(numbers):
    numbers.hand_out(fact(SITE, 2, rows="2-3"))
    numbers.write("publications,TOTAL,306")
    assert [entry["now"]["value"] for entry in numbers.revised(fact(SITE, 1, rows="2"))] == [1]
    numbers.write("publications,TOTAL,306", "copies,KUS,538", "copies,KUS,538")
    assert [entry["now"]["value"] for entry in numbers.revised(fact(SITE, 3, rows="2-4"))] == [3]


def test_what_is_computed_is_revised_with_what_it_is_computed_from(numbers):
    def facts(value):
        now, base = fact(SITE, value, rows="2"), fact(BASE, 100, rows="3")
        return [now, base, fact(RISE, value / 100 - 1, inputs=[SITE, BASE])]

    numbers.hand_out(*facts(200), shown=[RISE])
    numbers.write("publications,TOTAL,300", "copies,KUS,538")
    growth, site = numbers.revised(*facts(300))
    assert (growth["metric"], site["id"]) == ("growth", SITE)
    assert growth["inputs"] == site["inputs"] == [FILE]
    assert (growth["before"]["value"], growth["now"]["value"]) == (1, 2)
    assert (growth["shown"], site["shown"]) == (True, False)


def test_figures_published_before_are_revised_too(numbers):
    numbers.hand_out(fact(SITE, 306, rows="2"))
    numbers.write("publications,TOTAL,307", "copies,KUS,538")
    (entry,) = numbers.revised(old(fact(SITE, 307)))
    assert (entry["before"], entry["now"]) == (figure(306), figure(307))


def test_a_new_figure_is_not_a_revision(numbers):
    numbers.write("publications,TOTAL,307", "copies,KUS,539")
    assert numbers.revised(fact(SITE, 306), fact(BASE, 539, rows="3")) == []


def test_a_figure_handed_out_twice_keeps_its_first_and_its_last(numbers):
    numbers.write("publications,TOTAL,307")
    first = numbers.revised(fact(SITE, 307))
    numbers.hand_out(fact(SITE, 307), revisions=first)
    assert numbers.revised(fact(SITE, 307)) == first
    numbers.write("publications,TOTAL,310")
    (entry,) = numbers.revised(fact(SITE, 310))
    assert (entry["before"], entry["now"]) == (figure(306), figure(310))
    numbers.write("publications,TOTAL,306")
    assert numbers.revised(fact(SITE, 306)) == []  # taken back


def test_drafts_between_do_not_count(numbers):
    """What is not handed out is made again and again; each time it is held against what was."""
    for value in (307, 308, 309):
        numbers.write(f"publications,TOTAL,{value}")
        (entry,) = numbers.revised(fact(SITE, value))
        assert (entry["before"], entry["now"]) == (figure(306), figure(value))


def test_revisions_of_before_handing_out_was_stated_are_kept(numbers):
    numbers.write("publications,TOTAL,307")
    entries = numbers.revised(fact(SITE, 307))
    assert kept(entries, [fact(SITE, 307)]) == entries
    assert [entry["now"] for entry in kept(entries, [fact(SITE, 308)])] == [figure(308)]
    assert kept(entries, [fact(SITE, 306)]) == []


def test_a_document_tells_of_figures_and_of_what_was_shown():
    volume = {"metric": "volume", "organisation": "TOTAL", "shown": False}
    hidden, shown = volume | {"metric": "gini"}, volume | {"metric": "gini", "shown": True}
    own = volume | {"organisation": "KUS"}
    assert told([volume, hidden, shown, own]) == [volume, shown, own]
    assert told([volume, own], "KUS") == [own]


@pytest.fixture(scope="module")
def revised(folder_at, tmp_path_factory):
    """Make a report that was handed out once more, after a row was corrected."""
    home = tmp_path_factory.mktemp("revised")
    folder = folder_at(home)
    shutil.copytree(published(), home / "reports" / "2017H1")
    assert hand_out(Period.parse("2017H1"), folder.path, home / "reports", "en")
    folder.change(
        "2017H1/observations.csv", "2017-01-01,2017-06-30,306,exact", "2017-01-01,2017-06-30,310,exact"
    )
    publish(Order(Period.parse("2017H1"), ("kk",), ("html",), folder.path, home / "reports"))
    return home / "reports" / "2017H1"


def test_a_report_published_anew_shows_the_old_figure(revised):
    entries = json.loads((revised / "revisions.json").read_text(encoding="utf-8"))
    entry = next(e for e in entries if e["id"] == SITE)
    assert (entry["before"], entry["now"]) == (figure(306), figure(310))
    assert entry["inputs"] == ["raw/2017H1/observations.csv"]
    assert entry["shown"] is True
    page = BeautifulSoup((revised / "kk" / "report.html").read_text(encoding="utf-8"), "html.parser")
    headings = [h["id"] for h in page.select("main h2")]
    assert headings.index("revisions") == headings.index("summary") + 1
    table = page.select_one(".revised table")
    row = next(r for r in table.select("tbody tr") if r.select(f'data[data-fact="{SITE}"]'))
    assert [cell.get_text().split()[0] for cell in row.select("td")] == ["306", "310"]
    assert row.select_one("data")["value"] == "310"


def test_a_revised_report_goes_into_pdf_too(revised):
    notebook = nbformat.read(revised / "kk" / "report.ipynb", as_version=4)
    assert TypstPDFExporter().from_notebook_node(notebook)[0].startswith(b"%PDF")


def test_a_revised_report_is_verified_with_its_revisions(revised):
    verdict = verify(revised, revised.parents[1] / "data")
    assert verdict.same
    assert verdict.files["revisions.json"] == "same"


def test_the_report_before_shows_none():
    page = (published() / "kk" / "report.html").read_text(encoding="utf-8")
    assert 'id="revisions"' not in page
    assert not (published() / "revisions.json").exists()


def test_the_notebook_holds_its_revisions_itself(revised):
    notebook = nbformat.read(revised / "kk" / "report.ipynb", as_version=4)
    injected = next(c for c in notebook.cells if "injected-parameters" in c.metadata.get("tags", []))
    given = {}
    exec(injected.source, given)
    assert SITE in [entry["id"] for entry in given["revisions"]]
