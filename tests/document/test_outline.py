import copy

import nbformat
import pytest
from aqparat.blocks import MIME
from aqparat.choices import LANGUAGES
from aqparat.document.html import ReportHTMLExporter
from aqparat.document.outline import UnfinishedError, outline
from aqparat.document.typst import TypstExporter
from aqparat.words.languages import language
from reported import executed

EXPORTERS = pytest.mark.parametrize("exporter", [ReportHTMLExporter, TypstExporter])


def run():
    """Give a report that was run from top to bottom."""
    notebook = copy.deepcopy(executed())
    for number, cell in enumerate(notebook.cells, 1):
        cell.execution_count = number
    return notebook


def refused(exporter, notebook):
    with pytest.raises(UnfinishedError) as error:
        exporter().from_notebook_node(notebook)
    for code in LANGUAGES:
        assert language(code).label(f"errors.{error.value.key}", **error.value.values)
    return error.value


@EXPORTERS
def test_a_notebook_run_to_its_end_is_exported(exporter):
    assert exporter().from_notebook_node(run())[0]


@EXPORTERS
def test_a_notebook_that_failed_is_refused(exporter):
    notebook = run()
    error = nbformat.v4.new_output("error", ename="ValueError", evalue="жоқ", traceback=[])
    notebook.cells[6].outputs = [error]
    found = refused(exporter, notebook)
    assert (found.key, found.values) == ("notebook_failed", {"cell": 7, "reason": "ValueError: жоқ"})
    bare = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x", outputs=[error])])
    assert refused(exporter, bare).values["cell"] == 1  # no report yet


@EXPORTERS
def test_a_notebook_not_run_to_its_end_is_refused(exporter):
    notebook = run()
    injected = nbformat.v4.new_code_cell("period = '2017H1'", execution_count=1)
    injected.metadata["tags"] = ["injected-parameters"]
    notebook.cells.insert(1, injected)
    notebook.cells[9].execution_count = None
    found = refused(exporter, notebook)
    assert (found.key, found.values) == ("notebook_unfinished", {"cell": 9})  # as the analyst counts them


@EXPORTERS
def test_an_empty_cell_need_not_be_run(exporter):
    notebook = run()
    notebook.cells.append(nbformat.v4.new_code_cell(""))
    assert exporter().from_notebook_node(notebook)[0]


@EXPORTERS
def test_an_appendix_that_lacks_numbers_is_refused(exporter):
    notebook = run()
    appendix = notebook.cells[-1].outputs[0].data[MIME]
    first, appendix["entries"][0]["id"] = appendix["entries"][0]["id"], "other"
    found = refused(exporter, notebook)
    assert (found.key, found.values) == ("notebook_appendix", {"facts": first})
    appendix["entries"] = []  # its cell was run before all others
    assert refused(exporter, notebook).key == "notebook_appendix"


@EXPORTERS
def test_a_report_may_be_without_an_appendix(exporter):
    notebook = run()
    notebook.cells.pop()
    text = exporter().from_notebook_node(notebook)[0]
    assert 'href="#fact-' not in text
    assert '#traced("' not in text


def folding(*kinds):
    """Make a report whose first section shows figures, tables, and tables that fold away."""
    blocks = [
        {
            "kind": "heading",
            "level": 1,
            "text": "x",
            "more": {"language": "en", "code": "2017H1"},
            "facts": [],
        },
        {"kind": "heading", "level": 2, "name": "site", "text": "Site", "facts": []},
    ]
    for number, kind in enumerate(kinds):
        made = {"kind": kind.removeprefix("folded "), "name": str(number), "facts": [f"{kind} {number}"]}
        made |= {"title": [], "note": []} if kind == "figure" else {"folded": kind.startswith("folded")}
        blocks.append(made)
    told = [{"id": fact, "series": [], "inputs": []} for b in blocks for fact in b["facts"]]
    blocks.append({"kind": "appendix", "name": "facts", "entries": told, "facts": []})
    cells = [
        nbformat.v4.new_code_cell("x", outputs=[nbformat.v4.new_output("display_data", {MIME: block})])
        for block in blocks
    ]
    return outline(nbformat.v4.new_notebook(cells=cells))


def numbers(found):
    return [(b["kind"], b["number"], b.get("folded", False)) for b in found.sections[0].blocks[:-1]]


def test_a_table_that_folds_away_has_the_number_of_its_figure():
    found = folding("table", "figure", "folded table", "figure", "folded table", "table")
    assert numbers(found) == [
        ("table", 1, False),
        ("figure", 1, False),
        ("table", 1, True),
        ("figure", 2, False),
        ("table", 2, True),
        ("table", 2, False),
    ]


def test_a_table_without_a_figure_before_it_stays_open():
    assert numbers(folding("folded table")) == [("table", 1, False)]
    assert numbers(folding("figure", "table", "folded table"))[-1] == ("table", 2, False)


def test_on_paper_a_folded_table_is_left_out_with_what_it_alone_shows():
    found = folding("figure", "folded table", "table")
    printed = found.on_paper()
    assert numbers(printed) == [("figure", 1, False), ("table", 1, False)]
    assert [e["id"] for e in found.entries()] == ["figure 0", "folded table 1", "table 2"]
    assert [(e["id"], e["number"]) for e in printed.entries()] == [("figure 0", 1), ("table 2", 2)]
    assert printed.printed() == {"table 2"}


def test_the_appendix_is_parted_by_the_sections_that_first_show_its_numbers():
    seen = outline(run())
    parts = seen.parts()
    assert [entry for part in parts for entry in part.entries] == seen.entries()
    texts = [section.text for section in seen.sections]
    named = [part.text for part in parts[:-1]]
    assert named == [text for text in texts if text in named]
    assert parts[-1].text == seen.language.label("appendix.behind")
    assert not any(entry["is_shown"] for entry in parts[-1].entries)
    assert all(entry["is_shown"] for part in parts[:-1] for entry in part.entries)
