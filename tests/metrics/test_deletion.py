"""Deleting rows only widens bounds: what is not reported is unknown, not another number (domain.md)."""

import math
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from aqparat import synthetic
from aqparat.data.prepare import prepare
from aqparat.data.reading import intake
from aqparat.data.reading.raw import Filing
from aqparat.metrics import collect
from aqparat.period import Period
from aqparat.publish.evaluate import mismatches
from widening import is_exempt, rests_on_other_members

DATA = Path(__file__).parents[2] / "data"
HALVES = [Period.parse(name) for name in ("2019H1", "2019H2", "2020H1")]
MEMBERS = ("AKM", "AKT", "ATY", "KUS")
NEAR = 1e-9


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """Give reference tables of four organisations and the head office: every case collects all facts anew."""
    path = tmp_path_factory.mktemp("reference")
    for table in sorted((DATA / "raw" / "reference").glob("*.csv")):
        rows = pd.read_csv(table, dtype=str, keep_default_na=False)
        if table.stem == "organisations":
            rows = rows[rows["code"].isin(["CEN", *MEMBERS])]
        elif table.stem == "outlets":
            rows = rows[rows["publisher"] != "ZAI"]
        rows.head(0 if table.stem == "aliases" else None).to_csv(path / table.name, index=False)
    return path


@pytest.fixture(scope="module")
def prepared(reference, tmp_path_factory):
    """Give the tables and facts of synthetic data of a character, or of the source document; kept.

    Of the character `complete` all is known, and every member's form says that its register is complete.
    """
    kept = {}

    def give(character):
        if character not in kept:
            folder, period = DATA, Period.parse("2017H1")
            if character != "2017H1":
                folder, period = tmp_path_factory.mktemp(character), HALVES[-1]
                known = "full" if character == "complete" else character
                synthetic.write(folder, known, HALVES, reference=reference)
            raw = intake.read(folder, period)
            if character == "complete":
                raw.filings += [
                    Filing(f"raw/{half}/{code}.xlsx", code, str(half), None, True, 1, "form", 5)
                    for half in HALVES
                    for code in MEMBERS
                ]
            tables = prepare(raw, period)
            kept[character] = tables, collect(tables)
        return kept[character]

    return give


def without_rows(tables, table, organisation):
    """Delete an organisation's rows of a table; of the register, what was counted from them too."""
    observed = tables.observations
    if table != "observations":
        counted = observed["source"].eq("publications") if table == "publications" else False
        observed = observed[~(observed["organisation"].eq(organisation) & counted)]
        name = "items" if table == "publications" else table
        rows = getattr(tables, name)
        tables = replace(tables, **{name: rows[rows["organisation"] != organisation]})
    else:
        observed = observed[observed["organisation"] != organisation]
    return replace(tables, observations=observed.reset_index(drop=True))


def without_one(tables, place):
    observed = tables.observations
    return replace(tables, observations=observed.drop(index=observed.index[place]).reset_index(drop=True))


def contains(new, old):
    low = new.least <= old.least or math.isclose(new.least, old.least, abs_tol=NEAR)
    return low and (new.most >= old.most or math.isclose(new.most, old.most, abs_tol=NEAR))


def moved(before, tables):
    """Give the facts that a deletion has moved outside their bounds, with both."""
    after = collect(tables)
    found = {}
    for old in before:
        if is_exempt(old) or old.id not in after:
            continue  # a fact may vanish
        new = after[old.id]
        if not contains(new, old) and not rests_on_other_members(old, before, after):
            found[old.id] = (old.least, old.most), (new.least, new.most)
    return found, after


CASES = [  # of falling data AKM is silent in the end, of sparse data it has none
    *(("full", table, "KUS") for table in ("observations", "publications", "activities")),
    *(("full", table, "AKM") for table in ("observations", "publications")),
    *(("falling", "observations", code) for code in ("AKM", "AKT")),
    ("falling", "publications", "ATY"),
    *(("complete", table, "KUS") for table in ("observations", "publications")),
    *(("sparse", "observations", code) for code in MEMBERS),
    *(("2017H1", "observations", code) for code in ("KUS", "AKT", "UST")),
]


@pytest.mark.parametrize(("character", "table", "organisation"), CASES)
def test_an_organisations_rows_of_a_table(prepared, character, table, organisation):
    tables, before = prepared(character)
    left = without_rows(tables, table, organisation)
    found, after = moved(before, left)
    assert found == {}
    if left.observations.shape != tables.observations.shape:
        assert len(after) < len(before)  # something was deleted indeed


def never_reported_before(observations):
    """Tell which rows are the head office's first of a series.

    Nobody expects of the head office what it has never reported: without its first row the union's sum is
    that of the members alone.
    """
    first = observations.sort_values("start").drop_duplicates(
        ["indicator", "organisation", "outlet", "channel"]
    )
    return observations["organisation"].eq("CEN") & observations.index.isin(first.index)


def chosen(observations, each):
    """Choose one observation of each series, of another organisation and window every time; or every n-th."""
    rows = observations[~never_reported_before(observations)].sort_values(
        ["indicator", "outlet", "channel", "start", "end", "organisation"]
    )
    if each:
        return list(rows.index[::each])
    groups = rows.groupby(["indicator", "outlet", "channel"], sort=True)
    return [group.index[(7 * n) % len(group)] for n, (_, group) in enumerate(groups)]


@pytest.mark.parametrize(("character", "each"), [("full", 0), ("sparse", 2), ("2017H1", 3), ("complete", 0)])
def test_one_observation(prepared, character, each):
    tables, before = prepared(character)
    places = chosen(tables.observations, each)
    assert len(places) > 8
    found = {place: moved(before, without_one(tables, place))[0] for place in places}
    told = {tuple(tables.observations.loc[place, ["indicator", "organisation", "outlet", "start"]]): facts
            for place, facts in found.items() if facts}  # fmt: skip
    assert told == {}


def test_a_complete_register_says_none_where_it_names_nothing(prepared):
    """Else the outlet is not known, and the union's sum is open."""
    (_, full), (_, complete) = prepared("full"), prepared("complete")
    silent = "volume.publications.KUS.serper.2020H1"
    assert silent not in full
    assert complete[silent].value == 0
    told = complete["present.publications.TOTAL.serper.2020H1"]
    assert (told.low, told.high) == (0, 0)  # of all the members


def test_the_head_office_of_which_there_is_more(prepared):
    """Without one of its later rows the sum is open: it is expected."""
    tables, before = prepared("full")
    o = tables.observations
    rows = o[o["organisation"].eq("CEN") & o["start"].eq("2020-01-01") & o["indicator"].eq("trained")]
    found, after = moved(before, without_one(tables, rows.index[0]))
    assert found == {}
    union = after["volume.trained.TOTAL.any.2020H1"]
    assert (union.value, union.high) == (None, None)
    assert 0 < union.low < before[union.id].low


def test_the_index_without_two_kinds_of_rows(prepared):
    """The example of the rule: KUS is not punished for what is not known of it."""
    tables, before = prepared("full")
    o = tables.observations
    lost = o["organisation"].eq("KUS") & (o["indicator"].isin(["broadcasts", "trained"]))
    assert lost.any()
    found, after = moved(before, replace(tables, observations=o[~lost].reset_index(drop=True)))
    assert found == {}
    old, new = (told["activity_index.activity.KUS.any.2020H1"] for told in (before, after))
    assert old.low == old.value == old.high
    assert new.low < old.value < new.high
    assert new.high - new.low == pytest.approx(40)  # the weight of the two
    rank = after["rank.activity.KUS.any.2020H1"]
    assert rank.low <= before[rank.id].low <= before[rank.id].high <= rank.high


@pytest.mark.parametrize("character", ["full", "sparse"])
def test_what_is_left_can_be_computed_from_its_inputs(prepared, character):
    tables, _ = prepared(character)
    left = without_rows(without_rows(tables, "observations", "KUS"), "observations", "AKT")
    records = [fact.record() for fact in collect(left)]
    assert mismatches(records, left.settings.flat()) == []
