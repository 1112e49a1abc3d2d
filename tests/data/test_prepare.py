import csv
import hashlib
import shutil

import numpy as np
import pandas as pd
import pytest
from aqparat.data.prepare import PREPARED
from aqparat.problem import DataError

OBSERVATIONS = "2017H1/observations.csv"
HEADING = "indicator,organisation,outlet,channel,start,end,value,qualifier,named,extreme,source"
SITE = "publications,{},union-site,,2017-01-01,2017-06-30,{},exact,,,x"


def figure(tables, organisation, outlet="union-site", start="2017-01-01", end="2017-06-30"):
    """Give the one observation of publications with this key."""
    o = tables.observations
    found = o[
        (o["indicator"] == "publications")
        & (o["organisation"] == organisation)
        & (o["outlet"] == outlet)
        & (o["start"] == start)
        & (o["end"] == end)
    ]
    assert len(found) == 1
    return found.iloc[0]


def test_types(tables):
    o = tables.observations
    assert o[["start", "end"]].dtypes.astype(str).to_list() == ["datetime64[us]"] * 2
    assert o[["value", "point", "low", "high"]].dtypes.eq(float).all()
    for column in ("indicator", "organisation", "outlet", "channel", "qualifier", "extreme"):
        assert o[column].map(type).eq(str).all(), column
    assert o["named"].map(type).eq(list).all()
    assert tables.organisations.index.name == tables.outlets.index.name == "code"
    assert tables.organisations.loc["YUZ", "successors"] == ["TUR", "SHY"]
    assert tables.outlets.loc["ustazdyq-engbek", "valid_from"] == pd.Timestamp("2017-02-23")


def test_bounds_stand_beside_the_stated_value(tables):
    o = tables.observations
    row = o[o["qualifier"] == "more_than"].iloc[0]
    assert (row["value"], row["low"], row["high"]) == (60, 61, np.inf)
    assert np.isnan(row["point"])


def test_the_channel_is_filled_from_the_outlet(tables):
    o = tables.observations.set_index(["outlet", "channel"]).index.unique()
    assert set(o) == {
        ("union-site", "website"),
        ("kostanay-aqu-site", "website"),
        ("qazaqstan-kasipodagy", "newspaper"),
        ("bilimdi-el", "newspaper"),
        ("", "television"),
        ("", ""),
    }


def test_aliases_become_codes(folder, tables):
    folder.change(OBSERVATIONS, "KUS,qazaqstan-kasipodagy", "KUS,Қазақстан кәсіподақтары")
    folder.change(OBSERVATIONS, "publications,ALM,", "publications,Алматы облыстық ұйымы,")
    folder.change(OBSERVATIONS, "ATY AKT KUS KAR,", "ATY Батыс-Қазақстан,")
    o = folder.load().observations
    changed = o["named"].map(lambda codes: codes == ["ATY", "ZAP"])
    assert changed.sum() == 1
    columns = ["organisation", "outlet", "channel", "value"]
    pd.testing.assert_frame_equal(o[columns], tables.observations[columns])


def test_organisations_named_with_a_total(tables):
    named = tables.observations["named"]
    assert named[named.map(len) > 0].to_list() == [
        ["ALM", "ATY", "AKT", "ZHA", "VOS", "PAV", "KAR", "KUS", "SEM", "MAN", "ZHZ", "TAL"],
        ["ATY", "AKT", "KUS", "KAR"],
        ["CEN", "AKT", "KAR", "KUS", "PAV", "ZHA"],
    ]


def test_members_in_force(tables, folder):
    assert len(tables.members()) == 21
    assert not {"CEN", "ZAI", "TUR", "SHY", "ABA"} & set(tables.members())
    later = set(folder.load("2018H2").members())
    assert {"TUR", "SHY"} <= later
    assert "YUZ" not in later


def test_a_later_batch_revises_an_earlier_one(folder):
    folder.write("2017H2/observations.csv", f"{HEADING}\n{SITE.format('TOTAL', 310)}\n")
    revised = figure(folder.load("2017H2"), "TOTAL")
    assert (revised["value"], revised["batch"]) == (310, "2017H2")
    assert revised["origins"] == ["raw/2017H2/observations.csv#2"]
    assert len(folder.load("2017H2").observations) == 31


def test_two_values_for_one_figure_in_a_batch_are_an_error(folder):
    by_alias = SITE.format("TOTAL", 307).replace("union-site", "салалық кәсіподақтың сайты")
    folder.append(OBSERVATIONS, by_alias)
    with pytest.raises(DataError) as error:
        folder.load()
    assert [(p.code, p.file, p.row, p.column, p.found) for p in error.value.problems] == [
        ("conflict", f"raw/{OBSERVATIONS}", 2, "value", "306"),
        ("conflict", f"raw/{OBSERVATIONS}", 33, "value", "307"),
    ]


def test_two_qualifiers_for_one_figure_are_an_error(folder):
    folder.append(OBSERVATIONS, SITE.format("TOTAL", 306).replace("exact", "at_least"))
    with pytest.raises(DataError, match="conflict"):
        folder.load()


def test_a_figure_repeated_word_for_word_stands_once(folder):
    folder.write("2017H1/observations-again.csv", folder.text(OBSERVATIONS))
    assert len(folder.load().observations) == 31


@pytest.fixture(scope="module")
def with_items(folder_at, tmp_path_factory):
    folder = folder_at(tmp_path_factory.mktemp("items"))
    rows = [
        "2017-01-01,KUS,union-site,first day of the half",
        "2017-06-30,KUS,union-site,last day of the half",
        "2016-12-31,KUS,union-site,c",
        "2016-07-01,KUS,union-site,d",
        "2016-06-30,KUS,union-site,e",
        "2017-03-01,KUS,bilimdi-el,f",
        "2017-03-01,KAR,union-site,g",
        "2017-03-01,ATY,union-site,one where four are reported",
    ]
    folder.write("2017H1/publications.csv", "\n".join(["date,organisation,outlet,title", *rows]))
    return folder.load()


def test_items_are_counted_into_half_years(with_items):
    file = "raw/2017H1/publications.csv"
    first = figure(with_items, "KUS")
    assert first[["value", "low", "high", "counted"]].to_list() == [2, 2, 2, 2]
    assert (first["qualifier"], first["channel"]) == ("exact", "website")
    assert first["origins"] == [f"{file}#2-3"]
    second = figure(with_items, "KUS", start="2016-07-01", end="2016-12-31")
    assert (second["value"], second["origins"]) == (2, [f"{file}#4-5"])
    assert figure(with_items, "KUS", start="2016-01-01", end="2016-06-30")["value"] == 1
    assert figure(with_items, "KUS", "bilimdi-el")["channel"] == "newspaper"
    assert figure(with_items, "KAR")["value"] == 1
    assert len(with_items.observations) == 31 + 5


def test_a_reported_total_stands_with_the_count_beside_it(with_items):
    reported = figure(with_items, "ATY")
    assert (reported["value"], reported["counted"]) == (4, 1)
    assert reported["origins"] == [f"raw/{OBSERVATIONS}#13"]
    assert np.isnan(figure(with_items, "SEV")["counted"])


def test_origins_point_to_the_right_rows(folder):
    folder.change(OBSERVATIONS, "\n", "\n,,,,,,,,,,\n")
    for row in folder.load().observations.itertuples():
        (origin,) = row.origins
        file, number = origin.split("#")
        with (folder.path / file).open(encoding="utf-8", newline="") as stream:
            cells = list(csv.reader(stream))[int(number) - 1]
        assert cells[1] == row.organisation
        assert float(cells[6]) == row.value


def frames(tables):
    return [getattr(tables, n) for n in (*PREPARED, "organisations", "outlets", "indicators")]


@pytest.fixture(scope="module")
def prepared(folder_at, tmp_path_factory):
    folder = folder_at(tmp_path_factory.mktemp("prepared"))
    folder.load()
    return folder


def test_kept_tables_are_restored_as_they_were(prepared, tables):
    stamp = prepared.path / "processed/2017H1/inputs.json"
    written = stamp.stat().st_mtime_ns
    kept = prepared.load()
    assert stamp.stat().st_mtime_ns == written
    for before, after in zip(frames(tables), frames(kept), strict=True):
        pd.testing.assert_frame_equal(after, before)
    for lists in (kept.observations["named"], kept.organisations["successors"]):
        assert lists.map(type).eq(list).all()
    assert kept.files == tables.files
    assert kept.period == tables.period


def test_a_changed_raw_file_is_read_again(folder_at, prepared, tmp_path):
    folder = folder_at(tmp_path)
    shutil.copytree(prepared.path / "processed", folder.path / "processed")
    folder.change(OBSERVATIONS, "306,exact", "307,exact")
    assert figure(folder.load(), "TOTAL")["value"] == 307


@pytest.mark.parametrize("lost", ["", "2017H1", "2017H1/inputs.json", "2017H1/observations.parquet"])
def test_processed_data_come_back_when_deleted(prepared, tables, lost):
    target = prepared.path / "processed" / lost
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    pd.testing.assert_frame_equal(prepared.load().observations, tables.observations)
    assert target.exists()


def test_raw_files_are_never_changed(folder):
    def digest():
        files = sorted(p for p in (folder.path / "raw").rglob("*") if p.is_file())
        return {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    before = digest()
    folder.load()
    folder.load()
    assert digest() == before


def test_current_rows_are_those_handed_in_for_the_period(folder):
    folder.write("2017H2/highlights.csv", folder.text("2017H1/highlights.csv"))
    later = folder.load("2017H2")
    assert set(later.current("highlights")["batch"]) == {"2017H2"}
    assert set(later.highlights["batch"]) == {"2017H1", "2017H2"}
