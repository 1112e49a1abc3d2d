"""A file removed, added or changed changes just the facts that rest on it, by their rows or their inputs'."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from aqparat import synthetic
from aqparat.data.prepare import prepare
from aqparat.data.reading import intake
from aqparat.metrics import collect
from aqparat.period import Period

RAW = Path(__file__).parents[2] / "data" / "raw"
HALVES = [Period.parse(name) for name in ("2019H1", "2019H2", "2020H1", "2020H2")]
PERIOD = HALVES[-1]
ITEMS = "raw/2020H2/publications-KUS.csv"
FIGURES = "raw/2020H2/observations-KUS.csv"
TOTALS = "raw/2020H2/observations-TOTAL.csv"
NEW = "raw/2020H2/publications-new.csv"


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """Give reference tables of seven organisations: few, since every case computes all facts anew."""
    path = tmp_path_factory.mktemp("reference")
    for table in sorted((RAW / "reference").glob("*.csv")):
        rows = pd.read_csv(table, dtype=str, keep_default_na=False)
        if table.stem == "organisations":
            rows = rows[rows["code"].isin(["CEN", "AKM", "AKT", "ATY", "KAR", "KUS", "ZHA"])]
        elif table.stem == "outlets":
            rows = rows[rows["publisher"] != "ZAI"]
        rows.head(0 if table.stem == "aliases" else None).to_csv(path / table.name, index=False)
    return path


@pytest.fixture(scope="module")
def folder(request, reference, tmp_path_factory):
    """Write invented data, the tables of the last batch in one file an organisation."""
    folder = tmp_path_factory.mktemp(request.param)
    synthetic.write(folder, request.param, HALVES, reference=reference)
    batch = folder / "raw" / str(PERIOD)
    for table in ("publications", "observations", "activities"):
        path = batch / f"{table}.csv"
        if path.exists():
            for code, rows in pd.read_csv(path, dtype=str).groupby("organisation"):
                rows.to_csv(batch / f"{table}-{code}.csv", index=False)
            path.unlink()
    return folder


@pytest.fixture(scope="module")
def before(folder):
    return facts(folder)


def facts(folder):
    return collect(prepare(intake.read(folder, PERIOD), PERIOD))


def resting(facts, file):
    """Give the ids of the facts that a file's rows are behind, down all inputs."""
    known = {}

    def rests(fact_id):
        if fact_id not in known:
            fact = facts[fact_id]
            own = any(origin.startswith(f"{file}#") for origin in fact.origins)
            known[fact_id] = own or any(map(rests, fact.inputs))
        return known[fact_id]

    return {fact.id for fact in facts if rests(fact.id)}


def gives_way(fact_id, resting, file):
    """Tell whether a fact is not there since the file is: it hangs on a figure that the file makes.

    A half has no pace where the whole year is known. Months have a season where the register has all items
    of the year: with one file more or less it has not.
    """
    metric, about = fact_id.split(".", 1)
    if metric == "pace":
        return f"volume.{about.replace('H1', '')}" in resting
    return metric == "seasonality" and "publications" in file


def held(before, after, file):
    """Give the facts that changed, all of which must rest on the file before or after.

    Besides there may come or go what stands only as an input of these: the members last reported before.
    """
    old, new = ({f.id: f for f in facts} for facts in (before, after))
    changed = {i for i in old | new if old.get(i) != new.get(i)}  # in numbers, or in what it is made from
    rested = resting(before, file), resting(after, file)
    foreign = changed - rested[0] - rested[1]
    for facts, others, theirs in ((before, after, rested[1]), (after, before, rested[0])):
        inputs = {i for c in changed & {f.id for f in facts} for i in facts[c].inputs}
        foreign -= {i for i in foreign if i not in others and (i in inputs or gives_way(i, theirs, file))}
    assert foreign == set()
    assert changed
    return changed


@pytest.fixture
def copy(folder, tmp_path):
    shutil.copytree(folder / "raw", tmp_path / "raw")
    return tmp_path


@pytest.mark.parametrize("folder", ["full"], indirect=True)
@pytest.mark.parametrize("file", [ITEMS, FIGURES])
def test_a_file_removed(copy, before, file):
    (copy / file).unlink()
    assert len(held(before, facts(copy), file)) < len(before)


@pytest.mark.parametrize("folder", ["full"], indirect=True)
def test_a_file_added(copy, before):
    rows = [f"2020-0{m}-1{m - 6},KUS,union-site,New {m},kk,text,," for m in (7, 8, 8, 9)]
    heading = "date,organisation,outlet,title,language,format,url,speaker"
    (copy / NEW).write_text("\n".join([heading, *rows, ""]), encoding="utf-8", newline="\n")
    held(before, facts(copy), NEW)


@pytest.mark.parametrize("folder", ["full"], indirect=True)
def test_items_moved_to_another_month(copy, before):
    rows = pd.read_csv(copy / ITEMS, dtype=str)
    rows.assign(date="2020-12-15").to_csv(copy / ITEMS, index=False)
    held(before, facts(copy), ITEMS)


@pytest.mark.parametrize("folder", ["sparse"], indirect=True)
def test_a_total_changed(copy, before):
    rows = pd.read_csv(copy / TOTALS, dtype=str)
    rows.assign(value=(rows["value"].astype(int) * 2 + 1).astype(str)).to_csv(copy / TOTALS, index=False)
    held(before, facts(copy), TOTALS)


@pytest.mark.parametrize("folder", ["sparse"], indirect=True)
def test_a_total_removed(copy, before):
    (copy / TOTALS).unlink()
    held(before, facts(copy), TOTALS)
