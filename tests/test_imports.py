"""What is imported: declared, without circles, without effects; each module by itself and in any order."""

import ast
import os
import random
import re
import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from importlib.metadata import entry_points, packages_distributions
from pathlib import Path

import aqparat
import matplotlib
import nbformat
import pytest
from aqparat.choices import LANGUAGES
from aqparat.words import languages

ROOT = Path(__file__).parents[1]
LIB = ROOT / "lib"
MODULES = {
    ".".join(path.relative_to(LIB).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((LIB / "aqparat").rglob("*.py"))
}
HEAVY = ("pandas", "numpy", "matplotlib", "nbformat", "papermill", "IPython")


def imported(path):
    """List what a file imports, at its top and inside: modules, and names that may be modules."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else node.module for name in names)


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_is_imported_is_what_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    entries = [*project["dependencies"], *project["optional-dependencies"]["cluster"]]
    declared = {canonical(re.match(r"[\w.-]+", entry)[0]) for entry in entries}
    tops = {name.split(".")[0] for path in MODULES.values() for name in imported(path)}
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        code = "\n".join(cell.source for cell in nbformat.read(notebook, 4).cells if cell.cell_type == "code")
        tops |= set(re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE))
    known = packages_distributions()
    used = {canonical(known[top][0]) for top in tops - set(sys.stdlib_module_names) - {"aqparat"}}
    assert sorted(used) == sorted(declared)
    where = {name: {inner.split(".")[0] for inner in imported(path)} for name, path in MODULES.items()}
    of_dask = {name for name, tops in where.items() if tops & {"dask", "distributed"}}
    assert of_dask == {"aqparat.publish.cluster", "aqparat.publish.dask_worker"}  # it is an extra


def test_no_module_imports_itself_by_way_of_others():
    graph = {name: {*imported(path)} & {*MODULES} - {name} for name, path in MODULES.items()}
    assert sum(map(len, graph.values())) > 500
    TopologicalSorter(graph).prepare()


def test_imports_go_against_the_arrows_of_the_architecture_only():
    """Hold modules against the way of a number, as the diagram of docs/architecture.md shows it."""
    diagram = (ROOT / "docs/architecture.md").read_text(encoding="utf-8").partition("```mermaid")[2]
    stages = re.findall(r"(\w+)(?:/|\.py)(?=[\s,<\"])", diagram.partition("```")[0])
    stages.remove("raw")
    assert stages[0] == "data" and stages[-1] == "publish" and len(stages) >= 9
    place = {f"aqparat.{stage}": number for number, stage in enumerate(stages)}
    seen = 0
    for name, path in MODULES.items():
        own = place.get(".".join(name.split(".")[:2]), -1)
        for other in imported(path) if own >= 0 else ():
            theirs = place.get(".".join(other.split(".")[:2]), -1)
            seen += theirs >= 0
            assert theirs <= own, f"{name} imports {other}"
    assert seen > 300


def run(*code, folder=None, **environment):
    """Run lines in a fresh interpreter and return what they print; a warning or a trace is a failure."""
    needed = {key: os.environ[key] for key in ("PATH", "PYTHONPATH", "SYSTEMROOT") if key in os.environ}
    done = subprocess.run(
        [sys.executable, "-W", "default", "-c", "\n".join(code)],
        cwd=folder, env={**needed, **environment},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_library_and_its_help_wait_for_nothing_heavy():
    said = f"print([name for name in {HEAVY} if name in sys.modules])"
    assert run("import sys, aqparat", said) == "[]\n"
    help_of = "try: main(['--help'], prog_name='aqparat')\nexcept SystemExit: pass"
    *shown, heavy = run("import sys", "from aqparat.cli import main", help_of, said).splitlines()
    assert shown[0].startswith("Usage: aqparat")
    assert heavy == "[]"


SIDES = {  # what each side waits for, by what it can do without
    "aqparat.data.reading.files": "jinja2 numpy pandas pyarrow",
    "aqparat.data.store": "babel charset_normalizer IPython jinja2 matplotlib openpyxl python_calamine scipy",
    "aqparat.report": "IPython ipywidgets nbconvert nbformat openpyxl papermill scipy seaborn",
    "aqparat.publish.run": "IPython matplotlib nbconvert nbformat openpyxl papermill scipy",
    "aqparat.publish.front": "IPython matplotlib nbconvert nbformat openpyxl papermill scipy",
    "aqparat.document.html, aqparat.document.typst": "matplotlib numpy openpyxl pandas papermill typst",
}


@pytest.mark.parametrize(("side", "without"), SIDES.items())
def test_each_side_imports_only_what_it_uses(side, without):
    found = f"print(sorted({{*sys.modules}} & {{*{without.split()}}}))"
    assert run("import sys", f"import {side}", found) == "[]\n"


def test_the_library_offers_what_it_lists():
    assert all(getattr(aqparat, name) is not None for name in aqparat.__all__)
    assert {*aqparat.__all__} <= {*dir(aqparat)}
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        _ = aqparat.lode


def test_the_languages_to_choose_are_those_there_are():
    assert tuple(languages._CLASSES) == LANGUAGES
    assert [languages.language(code).code for code in LANGUAGES] == [*LANGUAGES]


def test_nbformat_comes_without_its_slow_part():
    said = "print([name for name in ('rfc3987_syntax', 'lark', 'nbconvert') if name in sys.modules])"
    assert run("import sys, aqparat.document.html", said) == "['nbconvert']\n"


def test_what_imports_nbformat_has_seen_to_that_before():
    ours, others = "aqparat.notebook_format", ("nbformat", "nbclient", "nbconvert", "papermill")
    for name, path in MODULES.items():
        tops = [module for module in imported(path) if module.startswith((ours, *others))]
        if tops and name != ours:
            assert tops[0].startswith(ours), name


def test_papermill_finds_the_engine_and_jupyter_the_provisioner():
    said = "print(papermill.engines.papermill_engines.get_engine('aqparat').__name__)"
    assert run("import papermill", said) == "ForkedKernelEngine\n"
    assert run("import sys, aqparat.publish.kernel", "print('papermill' in sys.modules)") == "False\n"
    (launching,) = entry_points(group="jupyter_client.kernel_provisioners", name="aqparat-fork")
    assert launching.load().__name__ == "ForkProvisioner"


@pytest.fixture
def home(tmp_path):
    """Give the surroundings of a person who has nothing yet but matplotlib's cache."""
    for name in ("home", "tmp", "here"):
        (tmp_path / name).mkdir()
    places = {"HOME": "home", "USERPROFILE": "home", "TMPDIR": "tmp", "TEMP": "tmp"}
    others = {"MPLCONFIGDIR": matplotlib.get_cachedir(), "PYTHONDONTWRITEBYTECODE": "1"}
    return {**{key: str(tmp_path / name) for key, name in places.items()}, **others}


def written(folder):
    """List what is in somebody's surroundings now."""
    return [path for name in ("home", "tmp", "here") for path in (folder / name).rglob("*")]


OTHERS = ("babel.dates", "click", "IPython.display", "ipywidgets", "jinja2.sandbox", "jupyter_client.manager",
          "matplotlib.figure", "mistune", "nbconvert.exporters", "numpy", "openpyxl", "pandas",
          "pyarrow.csv", "rich.console", "scipy.stats", "seaborn")  # fmt: skip
SURROUNDINGS = (
    f"import sys; sys.modules['rfc3987_syntax'] = None; import {', '.join(OTHERS)}"  # it takes seconds
    + """
del sys.modules["rfc3987_syntax"]
import json, locale, logging, os, random, signal, sys, threading, warnings
def state():
    return {
        "folder": os.getcwd(), "environment": dict(os.environ), "path": list(sys.path),
        "locale": locale.setlocale(locale.LC_ALL), "threads": threading.active_count(),
        "signals": str([signal.getsignal(n) for n in signal.valid_signals()]),
        "hooks": str([sys.excepthook, sys.displayhook]), "log": str(logging.root.handlers),
        "chance": str([random.getstate(), numpy.random.get_state()]),
        "style": str(dict(matplotlib.rcParams)), "table": pandas.get_option("display.max_rows"),
        "absent": [name for name, module in sys.modules.items() if module is None],
    }
def effects(names):
    import importlib
    before = state()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for name in names:
            importlib.import_module(name)
    after = state()
    own = [str(w.message) for w in caught if "aqparat" in w.filename]
    return [name for name in before if before[name] != after[name]] + own
"""
)
EACH = """
for name in NAMES:  # each in a process that has imported nothing of the program, only what others wrote
    out, back = os.pipe()
    child = os.fork()
    if not child:
        try:
            found = effects([name])
        except BaseException as error:
            found = [repr(error)]
        os.write(back, json.dumps(found).encode())
        os._exit(0)
    os.close(back)
    os.waitpid(child, 0)
    if found := json.loads(os.read(out, 65536)):
        print(name, found)
    os.close(out)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_each_module_by_itself_and_without_effects(home, tmp_path):
    assert run(SURROUNDINGS, f"NAMES = {[*MODULES]}", EACH, folder=tmp_path / "here", **home) == ""
    assert written(tmp_path) == []


@pytest.mark.parametrize("seed", range(2))
def test_all_modules_in_any_order(home, tmp_path, seed):
    names = random.Random(seed).sample([*MODULES], len(MODULES))
    assert run(SURROUNDINGS, f"print(effects({names}))", folder=tmp_path / "here", **home) == "[]\n"
    assert written(tmp_path) == []
