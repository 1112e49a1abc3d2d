import re
from functools import cache
from pathlib import Path

import aqparat
import aqparat.metrics
import pandas as pd
import pytest
from aqparat import Period, synthetic
from aqparat.data.reading import files, intake
from aqparat.data.schemas import KEY, QUALIFIERS
from aqparat.problem import AqparatError
from aqparat.words.explanation import explained, lines
from aqparat.words.renderer import Renderer

RAW = Path(__file__).parents[1] / "data" / "raw"
REFERENCE = RAW / "reference"
PERIODS = {
    character: [Period.parse(code) for code in codes.split()]
    for character, codes in {
        "full": "2017H1",
        "sparse": "2017H1 2017H2",
        "falling": "2018H1 2018H2 2019H1",  # South Kazakhstan was split on 2018-06-19
    }.items()
}
STEADY = ["AKM", "AST", "AKT", "ALM"]  # the first of those never restructured


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Write a folder of a character, once."""

    @cache
    def write(character):
        folder = tmp_path_factory.mktemp(character)
        synthetic.write(folder, character, PERIODS[character], reference=REFERENCE)
        return folder

    return write


@pytest.fixture(scope="module")
def tables(made):
    return cache(lambda character: aqparat.load(PERIODS[character][-1], data=made(character)))


@pytest.fixture(scope="module")
def facts(tables):
    return cache(lambda character: aqparat.metrics.collect(tables(character)))


@cache
def known(character):
    return synthetic.truth(character, PERIODS[character], reference=REFERENCE)


def table(folder, name):
    paths = sorted((folder / "raw").glob(f"2*/{name}.csv"))
    return pd.concat([pd.read_csv(p, keep_default_na=False).assign(batch=p.parent.name) for p in paths])


def series(character, indicator, organisation, where):
    """Give the true counts of one series, in the order of time; `where` is an outlet or a channel."""
    rows = known(character)
    rows = rows[(rows["indicator"] == indicator) & (rows["organisation"] == organisation)]
    return list(rows[(rows["outlet"] == where) | (rows["channel"] == where)].sort_values("start")["value"])


def content(folder):
    return {p.relative_to(folder): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("character", synthetic.CHARACTERS)
def test_every_batch_is_read_without_any_problem(made, character):
    raw = intake.read(made(character), PERIODS[character][-1])
    assert raw.problems == []
    assert {Path(file).parts[1] for file in raw.files} > {str(p) for p in PERIODS[character]}


@pytest.mark.parametrize("character", ["full", "falling"])
def test_facts_equal_the_truth(tables, character):
    told = {
        (f.indicator, f.organisation, f.outlet, f.channel, f.window.start, f.window.end): f
        for f in aqparat.metrics.collect(tables(character), history=True).select("volume")
    }
    rows = known(character)
    assert len(rows) > 250
    for row in rows.itertuples():
        fact = told[*row[2:6], row.start.date(), row.end.date()]
        assert (fact.value, fact.low, fact.high) == (row.value,) * 3, fact


def test_all_organisations_report_in_a_full_folder(tables, facts):
    assert set(known("full")["organisation"]) == {"TOTAL", "CEN", *tables("full").members()}
    coverage = facts("full").one("coverage", indicator="copies", outlet="bilimdi-el")
    assert (coverage.value, coverage.low, coverage.high) == (1, 1, 1)


@pytest.mark.parametrize("indicator", ["copies", "members"])
@pytest.mark.parametrize("character", ["full", "falling"])
def test_totals_handed_in_are_the_sums_of_the_parts(made, character, indicator):
    rows = table(made(character), "observations")
    rows = rows[rows["indicator"] == indicator]
    whole = rows["organisation"] == "TOTAL"
    keys = ["outlet", "start", "end"]
    sums, totals = (rows[part].groupby(keys)["value"].sum() for part in (~whole, whole))
    assert len(totals) and sums.equals(totals)


def test_items_are_as_many_as_the_truth_says(made, tables):
    items = table(made("full"), "publications")
    assert items.groupby("batch").size().between(200, 900).all()
    assert list(items["title"]) == [f"Synthetic item {n}" for n in range(1, len(items) + 1)]
    assert items["date"].str[:7].nunique() == 6
    rows = known("full")[lambda d: (d["organisation"] != "TOTAL") & (d["outlet"] != "")]
    for indicator, listed in {"publications": items, "videos": items[items["format"] == "video"]}.items():
        true = rows[(rows["indicator"] == indicator) & (rows["value"] > 0)]
        counted = listed.groupby(["batch", "organisation", "outlet"]).size()
        assert counted.to_dict() == true.set_index(["batch", "organisation", "outlet"])["value"].to_dict()
    observed = tables("full").observations
    assert (observed["counted"].dropna() == observed["value"][observed["counted"].notna()]).all()


def test_participants_of_activities_are_those_trained(made):
    rows = table(made("full"), "activities")
    trained = known("full")[lambda d: (d["indicator"] == "trained") & (d["organisation"] != "TOTAL")]
    true = trained[trained["value"] > 0].set_index(["batch", "organisation"])["value"]
    assert rows.groupby(["batch", "organisation"])["participants"].sum().to_dict() == true.to_dict()


def test_measures_are_in_all_states_and_some_are_overdue(tables):
    rows = tables("full").current("measures")
    assert set(rows["status"]) == {"planned", "under_way", "done", "dropped"}
    late = rows["due"] < pd.Timestamp(PERIODS["full"][-1].end)
    assert (late & rows["status"].isin(["planned", "under_way"])).any() and not late.all()
    assert tables("full").measures["code"].is_unique


@pytest.mark.parametrize("character", synthetic.CHARACTERS)
def test_what_is_told_says_that_it_is_synthetic_and_has_no_digits(tables, character):
    words = {"text_kk": "синтетикалық", "text_ru": "Синтетическая", "text_en": "synthetic"}
    for rows in (tables(character).highlights, tables(character).measures):
        assert len(rows) and all(rows[column].str.contains(word).all() for column, word in words.items())
        assert not rows[list(words)].map(lambda text: bool(re.search(r"[0-9]", text))).any(axis=None)


def test_bounds_of_a_sparse_folder_contain_the_truth(tables):
    told, true = tables("sparse").observations, known("sparse")
    assert set(told["qualifier"]) == set(QUALIFIERS)
    keys = [k for k in KEY if k != "end"]  # a source that states no end counted to the half-year's end
    pairs = told.merge(true, on=[*keys, "batch"], suffixes=("", "_true"), how="left")
    assert len(pairs) == len(told)
    assert pairs["value_true"].between(pairs["low"], pairs["high"]).all()
    for row in told[told["named"].map(len) > 0].itertuples():
        named = true["organisation"].isin(row.named) & (true["start"] == row.start)
        assert (
            true[named & (true["outlet"] == row.outlet) & (true["indicator"] == row.indicator)]["value"] > 0
        ).all()


def test_most_is_missing_in_a_sparse_folder(tables, facts):
    told = tables("sparse").observations
    assert len(told) < 30 and "members" not in set(told["indicator"]) and tables("sparse").publications.empty
    assert told["end"].isna().any()
    assert set(told["organisation"][told["value"] == 0]) == {STEADY[0]}
    assert len(facts("sparse")) > len(told)


def test_a_sparse_folder_may_span_a_restructuring(tmp_path):
    periods = [Period(2017, 1), Period(2018, 1)]
    synthetic.write(tmp_path, "sparse", periods, reference=REFERENCE)
    assert len(aqparat.metrics.collect(aqparat.load("2018H1", data=tmp_path)))


def test_a_falling_folder_falls(facts):
    counts = known("falling")[lambda d: d["organisation"].eq("TOTAL") & d["indicator"].eq("publications")]
    sums = counts.groupby("start")["value"].sum()
    assert sums.is_monotonic_decreasing and sums.is_unique
    site = series("falling", "publications", "TOTAL", "union-site")
    assert site == sorted(set(site), reverse=True)
    growth = facts("falling").one(
        "growth", organisation="TOTAL", outlet="union-site", indicator="publications"
    )
    assert growth.value == pytest.approx(site[2] / site[0] - 1)
    assert any(series("falling", "broadcasts", "TOTAL", "television"))
    assert not any(series("falling", "broadcasts", "TOTAL", "radio"))
    assert all(f.value < 1 for f in facts("falling").select("penetration") if f.organisation != "TOTAL")


def test_one_organisation_falls_silent_and_one_loses_share_but_no_members():
    silent, sliding = STEADY[:2]
    rows = known("falling")[lambda d: d["organisation"].eq(silent)]
    work = rows[rows["indicator"].isin(["publications", "broadcasts", "videos", "trained"])]
    assert list(work.groupby("start")["value"].sum() > 0) == [True, False, False]
    whole = series("falling", "publications", "TOTAL", "union-site")
    shares = [
        x / n for x, n in zip(series("falling", "publications", sliding, "union-site"), whole, strict=True)
    ]
    assert shares[0] > shares[1] > shares[2] > 0
    members = known("falling")[lambda d: d["organisation"].eq(sliding) & d["indicator"].eq("members")]
    assert list(members["value"]) == [members["value"].iloc[0]] * 3


def test_a_split_organisation_gives_way_to_its_successors(made):
    rows = known("falling")
    for indicator in ("publications", "members"):
        by_start = rows[rows["indicator"] == indicator].groupby("start")["organisation"].agg(set)
        assert [s & {"YUZ", "TUR", "SHY"} for s in by_start] == [{"YUZ"}, {"TUR", "SHY"}, {"TUR", "SHY"}]
    members = rows[rows["indicator"] == "members"].set_index(["organisation", "batch"])["value"]
    assert members["YUZ", "2018H1"] == members["TUR", "2018H2"] + members["SHY", "2018H2"]
    items = table(made("falling"), "publications")
    assert (items["date"][items["organisation"] == "YUZ"] <= "2018-06-18").all()


def test_one_seed_gives_the_same_bytes_and_another_gives_others(tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        synthetic.write(
            tmp_path / name, "full", PERIODS["sparse"][:: -1 if name == "b" else 1], seed, reference=REFERENCE
        )
    first, again, other = (content(tmp_path / name) for name in "abc")
    assert first == again
    assert first.keys() == other.keys() and first != other


def test_real_data_are_never_written_over(folder):
    before = content(folder.path)
    with pytest.raises(AqparatError, match=r"SYNTHETIC\.md"):
        synthetic.write(folder.path, "full", PERIODS["full"], reference=REFERENCE)
    assert content(folder.path) == before


def test_a_synthetic_folder_is_replaced_as_a_whole(tmp_path):
    synthetic.write(tmp_path, "full", PERIODS["full"], reference=REFERENCE)
    synthetic.write(tmp_path, "sparse", PERIODS["sparse"][:1], reference=tmp_path / "raw" / "reference")
    synthetic.write(tmp_path / "new", "sparse", PERIODS["sparse"][:1], reference=REFERENCE)
    assert content(tmp_path / "raw") == content(tmp_path / "new" / "raw")


def test_the_folder_is_marked_in_three_languages(made, tables):
    text = (made("full") / "raw" / files.SYNTHETIC).read_text(encoding="utf-8")
    assert all(word in text for word in ("ойдан шығарылған", "вымышлено", "invented"))
    assert tables("full").synthetic


@pytest.mark.parametrize(
    ("character", "periods", "reference", "said"),
    [
        ("fall", ["2017H1"], REFERENCE, "falling"),
        ("full", ["2017"], REFERENCE, "half-year"),
        ("full", [], REFERENCE, "half-year"),
        ("full", ["2017H1"], RAW / "2017H1", r"organisations\.csv"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is_written(tmp_path, character, periods, reference, said):
    with pytest.raises(AqparatError, match=said):
        synthetic.write(tmp_path, character, [Period.parse(p) for p in periods], reference=reference)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("character", PERIODS)
def test_every_derived_number_is_worked_out(tables, facts, character):
    """The value by its formula, and each bound that differs from it: with the numbers of its inputs."""
    renderer, known_facts = Renderer(tables(character), "en"), facts(character)
    derived = [fact for fact in known_facts if fact.inputs]
    untold = []
    for fact in derived:
        why = explained(fact, known_facts, renderer)
        bounds = [bound for bound in (fact.low, fact.high) if bound is not None and bound != fact.value]
        if bool(why.own) != (fact.value is not None) or bool(why.bounds) != bool(bounds):
            untold.append((fact.id, fact.value, fact.low, fact.high, lines(why)))
    assert len(derived) > 10
    assert untold == []
