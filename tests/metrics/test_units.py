import numpy as np
import pandas as pd
import pytest
from aqparat.data.membership import units
from aqparat.metrics import common_units, growth, volume
from aqparat.period import Window

NONE = pd.Index([])


def reference(**successors):
    return pd.DataFrame({"successors": [s.split() for s in successors.values()]}, index=list(successors))


def pairs(organisations):
    found = units(organisations)
    return {(r.organisation, r.unit, r.size) for r in found.itertuples()}


def united(frame, organisations, stocks=("copies",)):
    return common_units(volume(frame, NONE, stocks=stocks), organisations, stocks)


def grown(frame, organisations):
    found = growth(united(frame, organisations))
    return {(r.organisation, Window(r.start.date(), r.end.date()).code): r for r in found.itertuples()}


def test_splits_mergers_and_new_names():
    found = pairs(reference(AAA="BBB CCC", DDD="FFF", EEE="FFF", GGG="HHH", III=""))
    assert found == {
        ("BBB", "AAA", 2), ("CCC", "AAA", 2),
        ("DDD", "FFF", 2), ("EEE", "FFF", 2),
        ("GGG", "HHH", 1),
    }  # fmt: skip


def test_one_thing_after_the_other():
    assert pairs(reference(AAA="BBB CCC", BBB="DDD")) == {
        ("BBB", "AAA", 2), ("CCC", "AAA", 2), ("BBB", "DDD", 1),
    }  # fmt: skip


def test_several_into_several_have_no_code():
    assert pairs(reference(AAA="CCC DDD", BBB="DDD")) == set()


def test_two_that_were_one(observed, tables):
    found = grown(
        observed("""
            copies YUZ bilimdi-el 2018 100
            copies TUR bilimdi-el 2019 80
            copies SHY bilimdi-el 2019 70
            copies TUR bilimdi-el 2020 88
            copies SHY bilimdi-el 2020 70
        """),
        tables.organisations,
    )
    assert set(found) == {("YUZ", "2019"), ("TUR", "2020"), ("SHY", "2020")}
    row = found["YUZ", "2019"]
    assert (row.value, row.qualifier) == (0.5, "exact")
    assert row.inputs == ("volume.copies.YUZ.bilimdi-el.2019", "volume.copies.YUZ.bilimdi-el.2018")


@pytest.mark.parametrize(("window", "code"), [("2019", "2019"), ("2019-", "2019-01-01_")])
def test_a_unit_is_a_volume_with_its_parts(observed, tables, window, code):
    frame = observed(f"""
        copies SHY bilimdi-el {window} 70
        copies TUR bilimdi-el {window} 80
    """)
    found = united(frame, tables.organisations).set_index("id")
    row = found.loc[f"volume.copies.YUZ.bilimdi-el.{code}"]
    assert (row["value"], row["parts"], row["origins"]) == (150, "SHY TUR", ["observations.csv#2-3"])
    assert row["inputs"] == tuple(f"volume.copies.{one}.bilimdi-el.{code}" for one in ("TUR", "SHY"))


def test_a_year_of_its_own_halves_stands(observed, tables):
    found = united(observed("videos YUZ . 2017H1 20\nvideos YUZ . 2017H2 10"), tables.organisations)
    assert found["value"].to_list() == [20, 10, 30]


def test_the_halves_of_a_year_stand_in_their_order(observed):
    frame = observed("""
        publications CCC union-site 2017H2 60
        publications BBB union-site 2017H1 30
        publications AAA union-site 2017H1 10
    """)
    found = united(frame, reference(AAA="CCC", BBB="CCC")).set_index("id")
    assert found.loc["volume.publications.CCC.union-site.2017", "inputs"] == tuple(
        f"volume.publications.CCC.union-site.{w}" for w in ("2017H1", "2017H2")
    )
    assert found.loc["volume.publications.CCC.union-site.2017H1", "inputs"] == tuple(
        f"volume.publications.{code}.union-site.2017H1" for code in ("AAA", "BBB")
    )


def test_a_year_of_a_unit_has_its_halves(observed, tables):
    frame = observed("""
        publications YUZ union-site 2018H1 20
        publications TUR union-site 2018H2 25
        publications SHY union-site 2018H2 35
    """)
    row = united(frame, tables.organisations).set_index("id").loc["volume.publications.YUZ.union-site.2018"]
    assert row["value"] == 80
    assert row["inputs"] == tuple(f"volume.publications.YUZ.union-site.{w}" for w in ("2018H1", "2018H2"))


def test_one_of_the_two_is_a_lower_bound(observed, tables):
    row = grown(
        observed("copies YUZ bilimdi-el 2018 100\ncopies TUR bilimdi-el 2019 150"), tables.organisations
    )["YUZ", "2019"]
    assert (row.low, row.high, row.qualifier) == (0.5, np.inf, "at_least")
    assert np.isnan(row.value)


def test_a_new_name(observed, tables):
    found = grown(
        observed("""
            copies SEM bilimdi-el 2021 10
            copies SEM bilimdi-el 2022 20
            copies ABA bilimdi-el 2023 50
            copies ABA bilimdi-el 2024 75
        """),
        tables.organisations,
    )
    assert {key: row.value for key, row in found.items()} == {
        ("SEM", "2022"): 1, ("ABA", "2023"): 1.5, ("ABA", "2024"): 0.5,
    }  # fmt: skip


def test_a_merger(observed):
    found = grown(
        observed("""
            copies AAA bilimdi-el 2016 10
            copies BBB bilimdi-el 2016 30 about
            copies CCC bilimdi-el 2017 60
        """),
        reference(AAA="CCC", BBB="CCC"),
    )
    row = found["CCC", "2017"]
    assert (row.value, row.low, row.high) == pytest.approx((0.5, 60 / 41.5 - 1, 60 / 38.5 - 1))


def test_the_year_of_the_change_is_the_sum_of_its_halves(observed, tables):
    found = grown(
        observed("""
            publications YUZ union-site 2017H1 10
            publications YUZ union-site 2017H2 30
            publications YUZ union-site 2018H1 20
            publications TUR union-site 2018H2 25
            publications SHY union-site 2018H2 35
            publications TUR union-site 2019H1 10
            publications TUR union-site 2019H2 10
            publications SHY union-site 2019H1 10
            publications SHY union-site 2019H2 10
        """),
        tables.organisations,
    )
    assert {key: row.value for key, row in found.items()} == {
        ("YUZ", "2018H1"): 1, ("YUZ", "2018H2"): 1, ("YUZ", "2018"): 1,
        ("YUZ", "2019H1"): 0, ("YUZ", "2019"): -0.5,
        ("TUR", "2019H2"): 10 / 25 - 1, ("SHY", "2019H2"): 10 / 35 - 1,
    }  # fmt: skip


def test_a_stock_does_not_add_up(observed, tables):
    frame = observed("""
        copies YUZ bilimdi-el 2018H1 20
        copies TUR bilimdi-el 2018H2 25
        copies SHY bilimdi-el 2018H2 35
    """)
    found = united(frame, tables.organisations)
    assert found[found["start"].dt.month.eq(1) & found["end"].dt.month.eq(12)].empty


def test_its_own_figure_stands(observed, tables):
    frame = observed("""
        copies YUZ bilimdi-el 2018 100
        copies TUR bilimdi-el 2018 60
        copies SHY bilimdi-el 2018 50
    """)
    found = united(frame, tables.organisations)
    assert found[found["organisation"] == "YUZ"]["value"].to_list() == [100]


def test_without_restructuring_nothing_is_added(observed, tables):
    frame = observed("copies KUS bilimdi-el 2018 100\ncopies TOTAL bilimdi-el 2018 160")
    found = united(frame, tables.organisations)
    assert found["parts"].to_list() == ["KUS", "TOTAL"]
    assert growth(found).empty
