"""docs/dependencies.md: each package with its licence and reason, as the locks and the packages say."""

import re
from pathlib import Path

import dependencies
import packages
import pytest

TEXT = dependencies.PAGE.read_text(encoding="utf-8")
DIRECT = {name for names in packages.direct().values() for name in names}
LOCKED = {pin.name for lock in packages.LOCKS for pin in packages.pins(lock)}
ASKING = re.compile("GPL|MPL|CDDL|EPL|EUPL|OSL|CC-BY-SA|unknown")  # who passes it on has to do something


def rows(width):
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")]
        for line in TEXT.splitlines()
        if line.startswith("|") and line.count(" | ") == width - 1 and "---" not in line
    ]


def test_the_page_is_as_the_locks_and_the_packages_say():
    assert dependencies.page(TEXT, measured=False) == TEXT, "run `make dependencies`"


def test_each_direct_dependency_has_a_row_with_reason_and_alternative():
    told = {row[0].strip("`"): row for row in rows(6) if row[0].startswith("`")}
    assert told.keys() == DIRECT
    for name, (_, licence, weight, brings, reason, instead) in told.items():
        assert licence == packages.licence(name) != packages.UNKNOWN, name
        assert re.fullmatch(r"\d+(\.\d)?", weight) and re.fullmatch(r"–|\d+: \d+(\.\d)?", brings), name
        assert reason and instead, name


def test_each_package_of_the_lock_for_running_has_a_row_with_its_version():
    (_, table) = TEXT.split("## All that is installed for running")
    told = re.findall(r"^\| ([a-z0-9][a-z0-9-]*) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|", table, re.M)
    versions = {name: version.split(", ") for name, version, _, _ in told}
    locked = {}
    for pin in packages.pins():
        locked.setdefault(pin.name, []).append(pin.version)
    assert versions.pop("package") == ["version"]
    assert versions == locked


def test_just_the_licences_that_ask_for_something_are_explained():
    (_, part) = TEXT.split("## Licences that ask for something")
    explained = {*re.findall(r"\*\*([a-z0-9-]+)\*\*", part.split("\n## ")[0])}
    asking = {name for name in LOCKED if ASKING.search(packages.licence(name))}
    assert explained == asking | {"libzmq", "gfortran", "pymupdf"} and len(asking) == 9


def test_what_is_read_by_hand_is_in_a_lock():
    assert {*packages.ELSEWHERE} <= LOCKED


@pytest.mark.parametrize(
    ("name", "expression"),
    [
        ("pillow", "MIT-CMU"),  # stated as an expression
        ("certifi", "MPL-2.0"),  # as a word
        ("isoduration", "ISC"),  # by a classifier, the word being UNKNOWN
        ("jinja2", "BSD-3-Clause"),  # "BSD License": three clauses by its text
        ("nest-asyncio2", "BSD-2-Clause"),  # two
        ("not-there", "unknown"),
    ],
)
def test_a_licence_is_read_wherever_it_stands(name, expression):
    assert packages.licence(name) == expression


def test_what_is_installed_here_has_the_licence_that_was_read_from_its_wheel(monkeypatch):
    told = dict(packages.ELSEWHERE)
    monkeypatch.setattr(packages, "ELSEWHERE", {})
    found = {name: packages.licence.__wrapped__(name) for name in told if packages.installed(name)}
    assert found == {name: told[name][0] for name in found}


def test_the_folder_of_the_script_is_this_one():
    assert Path(__file__).parents[1] == packages.ROOT
