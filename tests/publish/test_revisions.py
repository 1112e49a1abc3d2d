import json
import shutil

import nbformat
import pytest
from aqparat.document.typst import TypstPDFExporter
from aqparat.period import Period
from aqparat.publish.manifest import write_json
from aqparat.publish.published_report import PublishedReportError
from aqparat.publish.revisions import carried, told
from aqparat.publish.run import Order, publish
from aqparat.publish.verify import verify
from bs4 import BeautifulSoup
from handmade import fact, old
from reported import published

SITE = "volume.publications.TOTAL.union-site.2017H1"


def figure(value):
    return {"value": value, "low": value, "high": value, "qualifier": "exact"}


def record(fact_id=SITE, value=306, file="raw/a"):
    return fact(fact_id, value, file=file)


@pytest.fixture
def before(tmp_path):
    """Keep a folder as published: `before(inputs, *records)`; the revisions in it stay."""

    def keep(inputs, *records, folder=tmp_path / "2017H1"):
        folder.mkdir(exist_ok=True)
        parameters = {"period": "2017H1", "languages": [], "formats": [], "organisations": []}
        parts = {"inputs": inputs, "code": {}, "packages": {}, "outputs": {}}
        write_json(folder / "manifest.json", {"parameters": parameters, **parts})
        write_json(folder / "facts.json", list(records))
        return folder

    return keep


def test_what_was_never_published_has_no_revisions(tmp_path):
    assert carried(tmp_path / "nowhere", {"raw/a": "1"}, [record()]) == []
    assert carried(tmp_path, {"raw/a": "1"}, [record()]) == []  # a folder, but not of a report


def test_code_alone_revises_nothing(before):
    assert carried(before({"raw/a": "1"}, record()), {"raw/a": "1"}, [record(value=307)]) == []


def test_a_changed_input_that_changes_no_figure_revises_nothing(before):
    assert carried(before({"raw/a": "1"}, record()), {"raw/a": "2"}, [record()]) == []


def test_the_old_figure_is_kept_with_what_changed(before):
    (entry,) = carried(
        before({"a": "1", "b": "1"}, record()), {"raw/a": "2", "raw/b": "1"}, [record(value=307)]
    )
    assert entry["id"] == SITE
    assert (entry["before"], entry["now"]) == (figure(306), figure(307))
    assert entry["inputs"] == ["raw/a"]
    assert entry["shown"] is False


def test_a_figure_that_is_gone_is_kept(before):
    (entry,) = carried(before({"raw/a": "1"}, record()), {}, [])
    assert (entry["before"], entry["now"]) == (figure(306), None)


def test_other_files_revise_nothing(before):
    """A setting, a reference table, another organisation's figures: the number is the program's doing."""
    then = {"raw/a": "1", "settings.toml": "1", "raw/reference/union.csv": "1"}
    for name in ("settings.toml", "raw/reference/union.csv", "raw/reference/new.csv", "raw/2017H1/other.csv"):
        assert carried(before(then, record()), then | {name: "2"}, [record(value=307)]) == []
    assert carried(before(then, record()), then | {"raw/reference/new.csv": "2"}, []) == []
    assert carried(
        before(then, record()), then | {"raw/2017H2/new.csv": "2"}, []
    )  # its place is taken by others


def test_what_is_computed_is_revised_with_what_it_is_computed_from(before):
    base = record("volume.publications.TOTAL.union-site.2016H1", 100, "raw/b")

    def facts(value):
        now = record(value=value)
        rise = fact(
            "growth.publications.TOTAL.union-site.2017H1.2016H1", value / 100 - 1, inputs=[SITE, base["id"]]
        )
        return [now, base, rise]

    folder = before({"raw/a": "1", "raw/b": "1"}, *facts(200))
    growth, site = carried(folder, {"raw/a": "2", "raw/b": "1"}, facts(300))
    assert (growth["metric"], site["id"]) == ("growth", SITE)
    assert growth["inputs"] == site["inputs"] == ["raw/a"]
    assert (growth["before"]["value"], growth["now"]["value"]) == (1, 2)


def test_figures_published_before_are_revised_too(before):
    folder = before({"raw/a": "1"}, old(record(), "1"))
    assert carried(folder, {"raw/a": "1"}, [record(value=307)]) == []
    (entry,) = carried(folder, {"raw/a": "2"}, [record(value=307)])
    assert (entry["before"], entry["now"]) == (figure(306), figure(307))


def test_a_new_figure_is_not_a_revision(before):
    assert carried(before({"raw/a": "1"}), {"raw/a": "2"}, [record()]) == []


def test_a_figure_revised_twice_keeps_its_first_and_its_last(before):
    folder = before({"raw/a": "1"}, record(value=306))
    write_json(folder / "revisions.json", carried(folder, {"raw/a": "2"}, [record(value=307)]))
    before({"raw/a": "2", "raw/b": "1"}, record(value=307))
    (entry,) = carried(folder, {"raw/a": "2", "raw/b": "2"}, [record(value=310, file="raw/b")])
    assert (entry["before"], entry["now"]) == (figure(306), figure(310))
    assert entry["inputs"] == ["raw/a", "raw/b"]


def test_a_revision_stays_when_nothing_changes_and_goes_when_it_is_taken_back(before):
    folder = before({"raw/a": "1"}, record())
    first = carried(folder, {"raw/a": "2"}, [record(value=307)])
    write_json(folder / "revisions.json", first)
    before({"raw/a": "2"}, record(value=307))
    assert carried(folder, {"raw/a": "2"}, [record(value=307)]) == first
    assert carried(folder, {"raw/a": "3"}, [record(value=306)]) == []


def test_damaged_revisions_are_not_written_over(before):
    folder = before({"raw/a": "1"}, record())
    (folder / "revisions.json").write_text("{", encoding="utf-8")
    with pytest.raises(PublishedReportError):
        carried(folder, {"raw/a": "2"}, [record()])


def test_a_document_tells_of_figures_and_of_what_was_shown():
    volume = {"metric": "volume", "organisation": "TOTAL", "shown": False}
    hidden, shown = volume | {"metric": "gini"}, volume | {"metric": "gini", "shown": True}
    own = volume | {"organisation": "KUS"}
    assert told([volume, hidden, shown, own]) == [volume, shown, own]
    assert told([volume, own], "KUS") == [own]


@pytest.fixture(scope="module")
def revised(folder_at, tmp_path_factory):
    """Publish once more after a row was corrected."""
    home = tmp_path_factory.mktemp("revised")
    folder = folder_at(home)
    shutil.copytree(published(), home / "reports" / "2017H1")
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
    assert [cell.get_text() for cell in row.select("td")] == ["306", "310"]
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
