"""The recipes of CONTRIBUTING.md, each carried out to the letter on a copy of the project."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
TEXTS = "lib/aqparat/texts/"
RECIPES = ("Add an indicator", "Add an outlet", "Add a chart", "Add a metric")
FENCE = re.compile(r"^( *)```\w+\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
DOES = re.compile(r"(?i)\b(?:(write|append to) `([^`]+/[^`]+)`|in `([^`]+/[^`]+)`|(above|below) `([^`]+)`)")

SHOW = """
import json, sys
from pathlib import Path
from aqparat.metrics import store
from aqparat.data.store import Store
from aqparat.publish.evaluate import mismatches
from aqparat.publish.schema import schema

notebook, settings, wanted = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3]
names, blocks = {}, []
for cell in json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]:
    code = "".join(cell["source"])
    if "parameters" in cell["metadata"].get("tags", []):
        names |= settings
    elif code.startswith("report."):
        if f'"{wanted}"' in code:
            blocks.append(eval(code, names)._repr_mimebundle_()["application/vnd.aqparat+json"])
    else:
        exec(code, names)
report = names["report"]
records = [fact.record() for fact in report.facts]
wrong = [m.id for m in mismatches(records, report.data.settings.flat())]
lists = schema()["$defs"]
metrics = [*lists["metric"]["anyOf"][0]["enum"], *lists["computed"]["enum"]]
print(json.dumps({"blocks": blocks, "wrong": wrong, "metrics": metrics, "facts": [r["id"] for r in records]}))
"""


@dataclass
class Step:
    """What a recipe does to a file: `write`, `append to`, or put something `above` or `below` a line."""

    file: str
    does: str
    anchor: str
    content: str


def steps(recipe: str) -> list[Step]:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (part,) = re.findall(rf"^### {recipe}\n(.*?)(?=^###? |\Z)", text, re.MULTILINE | re.DOTALL)
    found, file, end = [], "", 0
    for block in FENCE.finditer(part):
        does, anchor = "", ""
        for said in DOES.finditer(part, end, block.start()):
            does = (said[1] or said[4] or does).lower()
            file, anchor = said[2] or said[3] or file, said[5] or anchor
        assert does, block[0]
        lines = block[2].splitlines(keepends=True)
        found.append(Step(file, does, anchor, "".join(line.removeprefix(block[1]) for line in lines)))
        end = block.end()
    return found


def carry_out(step: Step, root: Path) -> None:
    path = root / step.file
    if step.does == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        assert not path.exists(), path
        path.write_text(step.content, encoding="utf-8")
        return
    if path.suffix == ".ipynb":
        notebook = nbformat.read(path, 4)
        place = [cell.source for cell in notebook.cells].index(step.anchor)
        notebook.cells.insert(place + 1, nbformat.v4.new_code_cell(step.content.strip(), id="recipe"))
        nbformat.write(notebook, path)
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    place = len(lines)
    if step.does != "append to":
        place = next(n for n, line in enumerate(lines) if step.anchor in line) + (step.does == "below")
    path.write_text("".join([*lines[:place], step.content, *lines[place:]]), encoding="utf-8")


@pytest.fixture
def project(tmp_path):
    for folder in ("lib", "notebooks", "data/raw"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def show(project: Path, wanted: str, notebook: str = "report", language: str = "en", **parameters):
    """Run the cells of a copied notebook that name a section or chart, without a kernel."""
    settings = {
        "period": "2017H1", "language": language, "data": str(project / "data"), "revisions": [],
        **parameters,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", SHOW, f"notebooks/{notebook}.ipynb", json.dumps(settings), wanted],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project / "lib"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def words(block) -> str:
    """Give all words of a block."""
    if isinstance(block, str):
        return block
    if isinstance(block, dict):
        return "" if "id" in block and "series" in block else " ".join(map(words, block.values()))
    return " ".join(map(words, block)) if isinstance(block, list) else ""


def block(shown, kind, name):
    (found,) = [b for b in shown["blocks"] if (b["kind"], b.get("name")) == (kind, name)]
    return words(found)


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_touches_three_files_besides_texts(recipe):
    files = {step.file for step in steps(recipe)}
    assert len([file for file in files if not file.startswith(TEXTS)]) <= 3
    assert len({file for file in files if file.startswith(TEXTS)}) in (0, 3)  # a language each


@pytest.mark.exhaustive
def test_an_indicator(project):
    for step in steps("Add an indicator"):
        carry_out(step, project)
    shown = show(project, "own_figures", "organisation", period="2017H2", organisation="KUS")
    assert "Podcasts" in block(shown, "table", "own_figures")
    assert "volume.podcasts.KUS.any.2017H2" in shown["facts"]
    assert shown["wrong"] == []


@pytest.mark.exhaustive
def test_an_outlet(project):
    for step in steps("Add an outlet"):
        carry_out(step, project)
    shown = show(project, "subscription", period="2017H2")
    for said in (block(shown, "prose", "subscription"), block(shown, "table", "copies")):
        assert "Shapagat" in said and "1,200" in said
    assert "+33.3%" in block(shown, "table", "copies")


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("language", "title"), [("en", "trained most"), ("ru", "обученных"), ("kk", "оқытқан")]
)
def test_a_chart(project, language, title):
    for step in steps("Add a chart"):
        carry_out(step, project)
    assert title in block(show(project, "trained", language=language), "figure", "trained")


@pytest.mark.exhaustive
def test_a_metric(project):
    done = steps("Add a metric")
    for step in done:
        carry_out(step, project)
    shown = show(project, "own_figures", "organisation", organisation="KUS")
    rates = block(shown, "table", "own_rates")
    assert "Videos for each item" in rates
    assert "0.21" in rates
    assert [i for i in shown["facts"] if i.startswith("video_ratio.")]
    assert "video_ratio" in shown["metrics"]
    assert shown["wrong"] == []


@pytest.mark.exhaustive
def test_a_metric_that_the_evaluator_does_not_know_is_found(project):
    for step in steps("Add a metric"):
        if "evaluate" not in step.file:
            carry_out(step, project)
    shown = show(project, "own_figures", "organisation", organisation="KUS")
    assert {i.split(".")[0] for i in shown["wrong"]} == {"video_ratio"}
