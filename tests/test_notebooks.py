import ast
import io
import os
import re
import tokenize
from functools import partial
from multiprocessing import Process

import nbformat
import papermill
import pytest
from aqparat import charts
from aqparat.choices import LANGUAGES
from aqparat.publish import kernel
from aqparat.sections import CONTENTS
from aqparat.sections.views import VIEWS
from aqparat.texts import narrative
from aqparat.words.languages import language
from aqparat.words.tables import TABLES
from invented import folder
from reported import ROOT, data

NOTEBOOKS = {p.name: nbformat.read(p, as_version=4) for p in sorted((ROOT / "notebooks").glob("*.ipynb"))}
EACH = pytest.mark.parametrize("name", NOTEBOOKS)
LOGIC = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.IfExp,
    ast.Try, ast.With, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.BoolOp, ast.Compare,
)  # fmt: skip
PLACES = {*CONTENTS, *VIEWS}


def cells(name):
    return NOTEBOOKS[name].cells


def calls(name, method):
    """Give the names a notebook's calls of a method are made with: the first, and `of`."""
    for cell in cells(name):
        for node in ast.walk(ast.parse(cell.source)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == method
            ):
                yield node.args[0].value, {k.arg: k.value.value for k in node.keywords}.get("of")


def test_the_notebooks_of_the_contract_are_there():
    assert {"report.ipynb", "explore.ipynb"} <= set(NOTEBOOKS)


@EACH
def test_a_notebook_is_committed_bare(name):
    nbformat.validate(NOTEBOOKS[name])
    for cell in cells(name):
        assert not cell.get("outputs"), cell.id
        assert cell.get("execution_count") is None, cell.id
        assert set(cell.metadata) <= {"tags"}, cell.id
    assert "widgets" not in NOTEBOOKS[name].metadata
    assert len({cell.id for cell in cells(name)}) == len(cells(name))


@EACH
def test_a_notebook_is_thin(name):
    for cell in cells(name):
        assert cell.cell_type == "code", "prose is rendered, so that it is in every language"
        assert len(cell.source.splitlines()) <= 12, cell.id
        logic = [type(n).__name__ for n in ast.walk(ast.parse(cell.source)) if isinstance(n, LOGIC)]
        assert not logic, cell.id
        assert not re.search(r"[А-Яа-яӘәІіҢңҒғҮүҰұҚқӨөҺһ]", cell.source), cell.id


@EACH
def test_parameters_are_typed_and_commented(name):
    tagged = [cell for cell in cells(name) if "parameters" in cell.metadata.get("tags", [])]
    assert tagged == [cells(name)[0]]
    declared = [s for s in ast.parse(tagged[0].source).body if isinstance(s, ast.AnnAssign)]
    assert len(declared) == len(ast.parse(tagged[0].source).body)
    assert [s.target.id for s in declared][:3] == [
        "period",
        "language",
        "data",
    ] or name == "organisation.ipynb"
    tokens = tokenize.generate_tokens(io.StringIO(tagged[0].source).readline)
    commented = {t.start[0] for t in tokens if t.type == tokenize.COMMENT}
    assert {s.lineno for s in declared} <= commented


@EACH
def test_what_a_notebook_shows_is_there(name):
    labels = language("kk").labels["section"]
    assert {n for n, _ in calls(name, "prose")} <= set(CONTENTS) | set(labels)
    assert {n for n, _ in calls(name, "heading")} <= set(labels)
    for method, known in (("chart", charts.__all__), ("table", TABLES)):
        for shown, of in calls(name, method) if name == "report.ipynb" else []:
            assert shown in known
            assert of in PLACES


def test_the_report_shows_every_section_chart_and_table_once():
    told = [name for name in CONTENTS if (narrative("kk") / f"{name}.md.j2").is_file()]
    assert len(told) >= 12
    headed = [name for name in told if name not in ("press", "findings")]  # they go on with what is above
    assert [n for n, _ in calls("report.ipynb", "heading")] == ["summary", *headed, "appendix"]
    assert [n for n, _ in calls("report.ipynb", "prose")] == told
    assert len(list(calls("report.ipynb", "chart"))) >= 6
    for method in ("chart", "table"):
        shown = [n for n, _ in calls("report.ipynb", method)]
        assert len(shown) == len(set(shown))


def run(name, folder, **parameters):
    return papermill.execute_notebook(
        str(ROOT / "notebooks" / name), None, {"data": str(data()), **parameters}, engine_name=kernel.NAME,
        kernel_name="python3", progress_bar=False, cwd=str(folder),
    )  # fmt: skip


@pytest.mark.parametrize("code", LANGUAGES)
def test_exploring_runs_from_top_to_bottom(tmp_path, code):
    done = run("explore.ipynb", tmp_path, language=code)
    outputs = [o for cell in done.cells for o in cell.outputs]
    assert [o for o in outputs if o.output_type in ("error", "stream")] == []
    panels = [o.data for o in outputs if "application/vnd.jupyter.widget-view+json" in o.data]
    assert len(panels) == 4
    for still in (panel["text/html"] for panel in panels):  # without widgets the first answers stand there
        assert "<h2>" in still and "<svg" in still
        assert language(code).label("panel.run") in still


EXPLORED = {
    "published": ("2017H1", data),
    "synthetic": ("2018H1", partial(folder, "sparse", "2017H2", "2018H1")),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("code, name", [(code, name) for code in LANGUAGES for name in EXPLORED])
def test_exploring_always_ends(tmp_path, code, name):
    period, of = EXPLORED[name]
    busy = [Process(target=spin, daemon=True) for _ in range(os.cpu_count() or 1)]
    for each in busy:
        each.start()
    try:
        for _ in range(4):  # with those of the other cases more than twenty
            run("explore.ipynb", tmp_path, period=period, language=code, data=str(of()))
    finally:
        for each in busy:
            each.kill()


def spin():
    while True:
        pass


def test_papermill_with_an_unknown_parameter_is_an_error(tmp_path):
    with pytest.raises(papermill.PapermillExecutionError) as error:
        run("report.ipynb", tmp_path, langauge="kk")
    assert error.value.ename == "ParameterError"
    assert error.value.evalue == (
        "Unknown parameter 'langauge': expected one of period, language, data, revisions. "
        "Did you mean 'language'?"
    )


@pytest.mark.parametrize("wrong", [{"language": 5}, {"period": "2017H3"}])
def test_papermill_with_an_ill_typed_parameter_is_an_error_that_says_so(wrong, tmp_path):
    with pytest.raises(papermill.PapermillExecutionError) as error:
        run("report.ipynb", tmp_path, **wrong)
    assert error.value.ename in ("ParameterError", "PeriodError", "ValueError")
    assert str(next(iter(wrong.values()))) in error.value.evalue
