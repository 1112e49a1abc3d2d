"""The same figures in another form are the same facts and the same page.

Theory: a fact is a function of the set of rows handed in, not of the order, the files or the marks they are
written with. So a relation that changes only these changes no number; of a page only where a number is from.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from aqparat.metrics import collect
from source import Source, page, prepared, shuffled, told
from sources import SETS, facts, source
from variants import VARIANTS, as_csv, as_ods, as_xlsx

Files = dict[str, bytes]


def in_order(of: Source, rng: np.random.Generator) -> Files:
    """Rows and columns in another order."""
    new = shuffled(of, rng)
    return {f"{b}/{name}": content for b in of.batches for name, content in as_csv(new.batch(b)).items()}


def in_parts(of: Source, rng: np.random.Generator) -> Files:
    """Each table in several files, cut anywhere, under names of their own."""
    files = {}
    for b in of.batches:
        for table, frame in of.batch(b).items():
            cuts = [0, *sorted(rng.integers(0, len(frame) + 1, 2)), len(frame)]
            for n, (first, last) in enumerate(pairwise(cuts)):
                name = ("{}-{} отчёт.csv", "{}_{}.csv", "{}-{}-Қостанай (2).csv")[n].format(table, n)
                files[f"{b}/{name}"] = as_csv({table: frame[first:last]})[f"{table}.csv"]
    return files


def in_one_workbook(of: Source, rng: np.random.Generator) -> Files:
    """All tables of a batch as sheets of one workbook of any name, sheets in another order."""
    files = {}
    for b in of.batches:
        tables = list(of.batch(b).items())
        rng.shuffle(tables)
        kind, write = ((".xlsx", as_xlsx), (".ods", as_ods))[int(rng.integers(2))]
        (content,) = write(dict(tables)).values()
        files[f"{b}/{'Отчёт ' * int(rng.integers(1, 3))}{int(rng.integers(99))}{kind}"] = content
    return files


def repeated(of: Source, rng: np.random.Generator) -> Files:
    """A figure handed in twice word for word counts once."""
    files = {f"{b}/{name}": content for b in of.batches for name, content in as_csv(of.batch(b)).items()}
    for b in of.batches:
        rows = of.batch(b).get("observations")
        if rows is not None:
            files[f"{b}/observations-again.csv"] = as_csv({"observations": rows.sample(5, random_state=rng)})[
                "observations.csv"
            ]
    return files


def converted(name: str) -> Callable[[Source, np.random.Generator], Files]:
    """Another kind of file, encoding, language or way to write a cell."""

    def write(of: Source, rng: np.random.Generator) -> Files:
        reference = _Reference(of)
        way = VARIANTS[name][0]
        return {
            f"{b}/{file}": content
            for b in of.batches
            for file, content in way(of.batch(b), reference).items()
        }

    return write


class _Reference:
    """Reference tables by code, as prepared tables have them."""

    def __init__(self, of: Source) -> None:
        for name in ("organisations", "outlets", "indicators"):
            setattr(self, name, of.table(name).set_index("code"))


FORMS = {"shuffle": in_order, "split": in_parts, "rename": in_one_workbook, "repeat": repeated} | {
    f"convert: {name}": converted(name) for name in VARIANTS
}
SAMPLED = ("shuffle", "split")
ROWS = ("shuffle", "split", "rename", "repeat")  # of docs/reliability.md; of all others "convert"


def held(name, form, seed, tmp_path, tried):
    of = source(name)
    folder = of.files(tmp_path, FORMS[form](of, np.random.default_rng(seed)))
    got, known = told(collect(prepared(folder, of.period))), told(facts(name))
    assert {i: got.get(i) for i in known if got.get(i) != known[i]} == {}
    assert got.keys() == known.keys()
    tried(f"relation: {form if form in ROWS else 'convert'}")
    return folder


@pytest.mark.parametrize("form", SAMPLED)
def test_a_form_changes_no_fact(form, tmp_path, tried):
    held("world", form, 1, tmp_path, tried)


@pytest.mark.whole
@pytest.mark.parametrize(
    ("name", "form"),
    [(n, f) for n in SETS for f in FORMS if f in ROWS or n == "filed"],
)
def test_no_form_changes_a_fact(name, form, tmp_path, tried):
    held(name, form, 2, tmp_path, tried)


def same_page(name, form, seed, language, tmp_path, tried):
    of = source(name)
    before = page(of.write(tmp_path / "before"), of.period, language)
    folder = of.files(tmp_path / "after", FORMS[form](of, np.random.default_rng(seed)))
    after = page(folder, of.period, language)
    assert len(before) > 5000
    assert after.splitlines() == before.splitlines()
    tried("relation: same page")


@pytest.mark.whole
@pytest.mark.parametrize("form", ["shuffle", "split", "rename", "convert: xlsx"])
@pytest.mark.parametrize("name", ["filed"])
def test_no_form_changes_a_page(name, form, tmp_path, tried):
    same_page(name, form, 3, "kk", tmp_path, tried)
