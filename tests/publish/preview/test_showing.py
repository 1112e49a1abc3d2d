"""A notebook that only shows blocks, and what makes it another."""

import nbformat
import pytest
from aqparat.period import Period
from aqparat.problem import AqparatError
from aqparat.publish.order import Order
from aqparat.publish.preview import drafting
from aqparat.publish.preview.showing import call_of
from reported import ROOT, data

PERIOD = Period.parse("2017H1")
MADE = (
    "from aqparat.report import Report\n\n"
    "report = Report(period, language=language, data=data, revisions=revisions)"
)


@pytest.fixture
def shown(tmp_path, monkeypatch):
    """Return what a notebook shows whose cells have been changed."""
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path)

    def shown(change=lambda cells: None):
        notebook = nbformat.read(ROOT / "notebooks" / "report.ipynb", as_version=4)
        change(notebook.cells)
        nbformat.write(notebook, tmp_path / "notebooks" / "report.ipynb")
        order = Order(PERIOD, ("en",), ("html",), data(), tmp_path / "reports", only=True)
        return drafting.showing(order, tmp_path)

    return shown


def sourced(place, source):
    """Give a cell another source."""
    return lambda cells: cells[place].update(source=source)


def parameters(old, new):
    """Change the cell of parameters."""
    return lambda cells: cells[0].update(source=cells[0].source.replace(old, new))


def test_each_cell_shows_what_it_asks_of_the_report(shown):
    stale = nbformat.v4.new_output("stream", text="of another day")
    showing = shown(lambda cells: cells[1].update(outputs=[stale], execution_count=7))
    assert showing.is_whole
    number = len(list(showing.cells()))
    begin, given, made, *cells = showing._notebook.cells
    assert given.source == '# Parameters\nperiod = "2017H1"\nlanguage = "en"\ndata = "data"\n'
    assert [cell.outputs for cell in (begin, given, made)] == [[], [], []]
    assert number == len(cells) > 40 and all("text/plain" in cell.outputs[0].data for cell in cells)
    nbformat.validate(showing._notebook)


def test_text_between_the_cells_stands_in_the_document(shown):
    showing = shown(lambda cells: cells.insert(5, nbformat.v4.new_markdown_cell("Said by **the analyst**.")))
    assert showing.is_whole and list(showing.cells())
    assert "Said by <strong>the analyst</strong>." in showing.document().decode()


@pytest.mark.parametrize(
    "change",
    [
        sourced(2, "report.title()\nimport os"),
        sourced(2, "print(report.title())"),
        sourced(2, "report.title();  # not shown"),
        lambda cells: cells[5].metadata.update(tags=["skip-execution"]),
        sourced(1, MADE + "\nimport os"),
        sourced(1, MADE.replace("Report(", "print(")),
        sourced(1, MADE.replace("data=data", "data='elsewhere'")),
        sourced(1, MADE.replace("language=language", "language=data")),
        sourced(1, MADE.replace(", revisions=revisions", "")),
        sourced(1, MADE.replace("aqparat.report", "mine")),
        sourced(1, "report = 1 +"),
        parameters("# The", "import os\n# The"),
        parameters("= []", "= list()"),
        parameters("revisions: list", "revisions: List"),
        lambda cells: cells[0].metadata.update(tags=["parameters", "skip-execution"]),
        lambda cells: cells[1].metadata.update(tags=["skip-execution"]),
        lambda cells: (
            cells[0].update(source=cells[0].source.split("revisions")[0] + "print('said')")
            or cells[1].update(source=MADE.replace(", revisions=revisions", ""))
        ),
        lambda cells: cells[0].update(source=cells[0].source + "\nunit: str = 'items'"),
        lambda cells: cells.insert(1, nbformat.v4.new_code_cell("import os")),
        lambda cells: cells.append(nbformat.v4.new_code_cell("%time")),
    ],
)
def test_a_notebook_that_does_anything_else_is_not_shown_whole(shown, change):
    showing = shown(change)
    assert not showing.is_whole
    assert list(showing.cells())  # but what is asked of the report is


def test_a_parameter_of_another_kind_is_told_as_when_it_is_run(shown):
    with pytest.raises(AqparatError, match="expected int"):
        shown(parameters("period: str", "period: int"))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('report.prose("site")', ("prose", ["site"], {})),
        ('report.chart("copies", of="copies_by_year")', ("chart", ["copies"], {"of": "copies_by_year"})),
        ("report.title()", ("title", [], {})),
        ('report.prose("site"); import os', None),  # whatever else it does would stay in the process
        ("report.prose(name)", None),
        ("report.title();", None),
        ('report.chart("copies", of="a", of="b")', None),
        ("report.prose(*names)", None),
        ('other.prose("site")', None),
        ("report.prose(", None),
    ],
)
def test_only_what_is_asked_of_the_report_is_a_call(source, found):
    call = call_of(source)
    assert (call and (call.method, call.args, call.named)) == found
