"""The documents: what they name is there, and what they compute is right."""

import json
import re
from pathlib import Path

import pytest
from aqparat.cli import main
from aqparat.metrics.registry import METRICS

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "data" / "README.md"])
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
CODE = re.compile(r"```.*?```", re.DOTALL)
SUM = re.compile(r"(?<![\w.])([−\d.(][−+×÷^\d.() ]*?) = (−?\d+(?:\.\d+)?)")


def prose(page):
    return CODE.sub("", page.read_text(encoding="utf-8"))


def examples():
    text = (ROOT / "docs/methodology.md").read_text(encoding="utf-8")
    (part,) = re.findall(r"^## An example of each\n(.*?)^## ", text, re.MULTILINE | re.DOTALL)
    return part


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_somewhere(page):
    missing = [link for link in LINK.findall(prose(page)) if not (page.parent / link).exists()]
    assert missing == []


def test_a_module_that_is_named_is_there():
    readme, architecture = (prose(ROOT / page) for page in ("README.md", "docs/architecture.md"))
    named = re.findall(r"`(lib/[\w./]*)`", readme) + re.findall(r"`(\w+/[\w./]*\.\w+)`", architecture)
    places = (ROOT, ROOT / "lib/aqparat")
    assert len(named) > 30
    assert [name for name in named if not any((place / name).exists() for place in places)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_command_that_is_named_exists_with_its_options(page):
    if page.name == "CHANGELOG.md" or page.name == "decisions.md":
        return  # they tell of the past
    text = page.read_text(encoding="utf-8")
    for command, rest in re.findall(r"\baqparat ([a-z]+)((?: [^\s`|]+)*)", text):
        if command not in main.commands:
            assert f"`aqparat {command}" not in text, command
            continue
        known = {option for parameter in main.commands[command].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known | {"--help"}, (command, rest)


def test_an_example_of_a_metric_is_computed_rightly():
    sums = SUM.findall(examples())
    assert len(sums) > 25
    for written, result in sums:
        python = written.replace("÷", "/").replace("×", "*").replace("−", "-").replace("^", "**")
        digits = len(result.partition(".")[2])
        assert round(eval(python), digits) == float(result.replace("−", "-")), written


def test_an_example_says_what_the_report_says():
    published = json.loads((ROOT / "reports/2017H1/facts.json").read_text(encoding="utf-8"))
    facts = {fact["id"]: fact for fact in published}
    rows = re.findall(r"^\| [\w, ]+ \| (.+) \| `([a-z_]+\.[^`]+)` \|$", examples(), re.MULTILINE)
    assert len(rows) > 10
    for told, identity in rows:
        fact = facts[identity]
        numbers = {float(n) for n in re.findall(r"(?<![\w.])\d+(?:\.\d+)?", told)}
        for bound in (fact["value"], fact["low"], fact["high"]):
            if bound is not None and bound != -1:
                assert any(abs(n - bound) < 0.0006 for n in numbers), (identity, bound)


def test_every_metric_has_an_example():
    told = {
        n for cell in re.findall(r"^\| ([a-z_, 0-9]+) \|", examples(), re.MULTILINE) for n in cell.split(", ")
    }
    assert [name for name in METRICS if name not in told] == []


def rows_of_trials():
    """Return the rows of the table of docs/reliability.md: name, promise, test file, figure, day."""
    table = re.findall(r"^\| (.+) \|$", prose(ROOT / "docs/reliability.md"), re.MULTILINE)[2:]
    return [[cell.strip() for cell in row.split("|")] for row in table]


def test_each_trial_counts_into_a_row_and_each_row_names_its_tests():
    tests = [path.read_text(encoding="utf-8") for path in ROOT.glob("tests/faults/test_*.py")]
    called = re.compile(r"\btried\(\s*(\w+\b(?!\")|\"[^\"]+\")")  # with a name, or a constant of the module
    counted = {
        row.strip('"') if '"' in row else re.findall(rf'^{row} = "([^"]+)"$', text, re.MULTILINE)[0]
        for text in tests
        for row in called.findall(text)
    }
    rows = rows_of_trials()
    names = [row[0] for row in rows]
    assert len(names) == len({*names})
    assert counted - {*names} == set(), "trials without a row"
    for name, promise, where, figure, day in rows:
        files = re.findall(r"`(tests/[\w/.]+)`", where)
        assert promise and files, name
        assert [file for file in files if not (ROOT / file).exists()] == [], name
        assert bool(figure) == bool(day), name


def test_what_is_said_of_security_is_held_by_tests_that_are_there():
    rows = [line for line in prose(ROOT / "SECURITY.md").splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 8
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", row)
        assert named, row
        for file, test in named:
            assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), (file, test)
