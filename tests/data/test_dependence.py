"""A file removed, added or changed changes just the facts that name it among their sources."""

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
    return {f.id: f for f in collect(prepare(intake.read(folder, PERIOD), PERIOD))}


def number(fact):
    return fact and (fact.value, fact.low, fact.high, fact.qualifier)


def names(fact, file):
    return fact is not None and any(origin.startswith(f"{file}#") for origin in fact.origins)


def gives_way(fact, facts, file):
    """Tell whether a half's pace is not there since the file has the figure of the whole year."""
    year = f"volume.{fact.id.split('.', 1)[1].replace('H1', '')}"
    return fact.metric == "pace" and names(facts.get(year), file)


def held(before, after, file):
    """Give the facts that changed, all of which must name the file before or after."""
    changed = [i for i in {**before, **after} if number(before.get(i)) != number(after.get(i))]
    foreign = [i for i in changed if not names(before.get(i), file) and not names(after.get(i), file)]
    gone = [i for i in foreign if i not in after and gives_way(before[i], after, file)]
    come = [i for i in foreign if i not in before and gives_way(after[i], before, file)]
    assert set(foreign) <= {*gone, *come}
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
