from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from aqparat.metrics import channel_totals, figures, volume
from aqparat.metrics.basis import Basis
from aqparat.period import Period
from figured import of
from truth import holds, text, unions


def total(volumes, start="2017-01-01", indicator="publications"):
    found = volumes[
        (volumes["organisation"] == "TOTAL")
        & (volumes["start"] == start)
        & (volumes["indicator"] == indicator)
    ]
    return found.squeeze(axis=0) if len(found) == 1 else found


def test_what_is_reported_stands_as_it_is(observed, members):
    frame = observed("""
        publications KUS   union-site 2017-  29
        publications TOTAL union-site 2016   60 more_than
        publications PAR   union-site 2015   0
    """)
    volumes = volume(frame, members).sort_values("start", ascending=False)
    assert len(volumes) == 3
    assert volumes["value"].to_list() == [29, 60, 0]
    assert volumes["low"].to_list() == [29, 61, 0]
    assert volumes["high"].to_list() == [29, np.inf, 0]
    assert volumes["qualifier"].to_list() == ["exact", "more_than", "exact"]
    assert volumes["origins"].to_list() == [[f"observations.csv#{n}"] for n in (2, 3, 4)]
    assert volumes["inputs"].to_list() == [()] * 3  # it stands in raw rows
    assert {volumes[c].dtype.kind for c in ("interval_low", "interval_high")} == {"f"}
    assert {volumes[c].dtype.kind for c in figures.BASE} == {"M"}
    assert volumes["id"].to_list() == [
        "volume.publications.KUS.union-site.2017-01-01_",
        "volume.publications.TOTAL.union-site.2016",
        "volume.publications.PAR.union-site.2015",
    ]


def test_the_sum_of_all_is_exact(observed, members):
    frame = observed("""
        publications AKM union-site 2017H1 1
        publications AKT union-site 2017H1 2
        publications ATY union-site 2017H1 0
        publications KUS union-site 2017H1 4
        publications ZAI union-site 2017H1 8
        publications CEN union-site 2017H1 16
    """)
    union = total(volume(frame, members, head_office=["CEN"]))
    assert of(union) == (23, 23, 23)  # a district is no part
    assert union["qualifier"] == "exact"
    assert union["origins"] == ["observations.csv#2-5,7"]


def test_a_sum_names_its_parts_the_head_office_first(observed, members):
    frame = observed("""
        publications KUS union-site 2017H1 4
        publications AKM union-site 2017H1 1
        publications CEN union-site 2017H1 16
    """)
    union = total(volume(frame, members, head_office=["CEN"]))
    parts = [f"volume.publications.{code}.union-site.2017H1" for code in ("CEN", "AKM", "KUS")]
    assert union["inputs"] == tuple(parts)


def test_the_sum_of_some_is_a_lower_bound(observed, members):
    frame = observed("""
        publications AKM union-site 2017H1 1
        publications KUS union-site 2017H1 4
    """)
    union = total(volume(frame, members))
    assert (union["low"], union["high"], union["qualifier"]) == (5, np.inf, "at_least")
    assert np.isnan(union["value"])


ALL = [f"publications {code} union-site {{}} 5" for code in ("AKM", "AKT", "ATY", "KUS")]


def summed(observed, members, *lines, window="2017H1"):
    frame = observed("\n".join([*(line.format(window) for line in ALL), *lines]))
    return total(volume(frame, members, head_office=["CEN"]))


def test_the_sum_is_open_where_the_head_office_has_fallen_silent(observed, members):
    union = summed(observed, members, "publications CEN union-site 2016H2 3")
    assert (union["low"], union["high"], np.isnan(union["value"])) == (20, np.inf, True)
    assert "CEN" not in " ".join(union["inputs"])


@pytest.mark.parametrize(("window", "before"), [("2017H2", "2017"), ("2017-", "2016H2")])
def test_the_head_office_is_expected_from_the_last_day_it_reported_of_on(observed, members, window, before):
    frame = observed("\n".join([*(x.format(window) for x in ALL), f"publications CEN union-site {before} 3"]))
    found = volume(frame, members, head_office=["CEN"]).set_index("id")
    code = {"2017-": "2017-01-01_"}.get(window, window)
    assert of(found.loc[f"volume.publications.TOTAL.union-site.{code}"], "low", "high") == (20, np.inf)


@pytest.mark.parametrize(
    "line",
    [
        "publications CEN union-site 2017H2 3",
        "publications CEN bilimdi-el 2016H2 3",
        "publications CEN website 2016H2 3",
        "videos CEN union-site 2016H2 3",
        "copies CEN union-site 2016 3",
        "publications CEN . 2016H2 3",
    ],
    ids=["only later", "another outlet", "the channel", "another indicator", "copies", "no channel"],
)
def test_nobody_expects_the_head_office_where_it_has_never_reported(observed, members, line):
    assert of(summed(observed, members, line)) == (20, 20, 20)


@pytest.mark.parametrize(("stated", "expected"), [("7", (27, 27, 27)), ("0", (20, 20, 20))])
def test_what_the_head_office_reports_is_added(observed, members, stated, expected):
    union = summed(
        observed,
        members,
        "publications CEN union-site 2016H2 3",
        f"publications CEN union-site 2017H1 {stated}",
    )
    assert of(union) == expected
    assert union["inputs"][0] == "volume.publications.CEN.union-site.2017H1"


def test_the_head_office_is_expected_by_channel_where_no_outlet_is_named(observed, members):
    lines = [f"publications {code} television 2017H1 5" for code in members]
    for before, high in (("television", np.inf), ("radio", 20), ("union-site", 20)):
        frame = observed("\n".join([*lines, f"publications CEN {before} 2016 3"]))
        assert total(volume(frame, members, ["CEN"]))["high"] == high


def test_a_figure_without_an_end_was_reported_in_its_time(observed, members):
    union = summed(observed, members, "publications CEN union-site 2016- 3")
    assert (union["low"], union["high"]) == (20, np.inf)


@pytest.mark.parametrize("told", [("2016H1", "2017H2"), ("2017H2", "2016H1")])
def test_the_head_office_is_expected_from_the_first_time_it_reported(observed, members, told):
    union = summed(observed, members, *(f"publications CEN union-site {window} 3" for window in told))
    assert (union["low"], union["high"]) == (20, np.inf)


def test_a_year_of_the_members_waits_for_the_head_office_too(observed, members):
    union = summed(observed, members, "publications CEN union-site 2016H1 3", window="2017")
    assert (union["low"], union["high"]) == (20, np.inf)


def test_one_member_and_the_head_office_make_a_sum(observed, members):
    frame = observed("publications KUS union-site 2017H1 4\npublications CEN union-site 2017H1 2")
    union = total(volume(frame, members, ["CEN"]))
    assert (union["low"], union["high"]) == (6, np.inf)


def test_the_head_office_does_not_stand_for_a_member_that_is_silent(observed, members):
    lines = [f"publications {code} union-site 2017H1 5" for code in ("CEN", "AKM", "AKT", "ATY")]
    union = total(volume(observed("\n".join(lines)), members, ["CEN"]))
    assert (union["low"], union["high"]) == (20, np.inf)


def test_the_head_office_alone_is_not_the_union(observed, members):
    assert total(volume(observed("publications CEN union-site 2017H1 2"), members, ["CEN"])).empty


@pytest.mark.parametrize("window", ["2017H1", "2017"])
def test_what_one_organisation_alone_reported_is_a_lower_bound(observed, members, window):
    union = total(volume(observed(f"publications KUS union-site {window} 4"), members))
    assert (union["low"], union["high"], union["qualifier"]) == (4, np.inf, "at_least")


def test_one_organisation_makes_no_sum_of_a_count_without_an_end_or_of_its_own_paper(observed, members):
    assert total(volume(observed("publications KUS union-site 2017- 4"), members)).empty
    two = observed("publications KUS union-site 2017- 4\npublications AKM union-site 2017- 3")
    assert total(volume(two, members))["low"] == 7
    frame = observed("publications KUS bilimdi-el 2017H1 4")
    assert total(volume(frame, members, published=["bilimdi-el"])).empty


def test_a_reported_total_is_not_summed_again(observed, members):
    frame = observed("""
        publications TOTAL union-site 2017H1 306
        publications AKM   union-site 2017H1 1
        publications KUS   union-site 2017H1 4
    """)
    assert total(volume(frame, members))["value"] == 306


def test_windows_outlets_and_indicators_are_summed_apart(observed, members):
    frame = observed("""
        publications AKM union-site 2017H1 1
        publications KUS union-site 2017-  2
        publications KUS bilimdi-el 2017H1 4
        videos       KUS union-site 2017H1 8
    """)
    union = figures.totals(volume(frame, members))
    assert sorted(union["low"]) == [1, 4, 8]  # what has no stated end is of one alone: no sum


def test_counts_over_several_channels_are_not_summed(observed, members):
    frame = observed("""
        publications AKM . 2017H1 1
        publications KUS . 2017H1 4
        trained      AKM . 2017H1 10
        trained      KUS . 2017H1 40
    """)
    volumes = volume(frame, members)
    assert total(volumes).empty
    assert total(volumes, indicator="trained")["low"] == 50


def test_members_of_a_window_are_those_in_force_in_it(observed):
    frame = observed("""
        copies YUZ bilimdi-el 2018 1
        copies KUS bilimdi-el 2018 2
        copies TUR bilimdi-el 2019 3
        copies SHY bilimdi-el 2019 4
        copies KUS bilimdi-el 2019 5
        copies YUZ bilimdi-el 2019 99
    """)
    windows = frame[["start", "end"]].drop_duplicates()
    told = [(row.start, row.end, code) for row, codes in zip(
        windows.itertuples(), (["YUZ", "KUS"], ["TUR", "SHY", "KUS"]), strict=True
    ) for code in codes]  # fmt: skip
    volumes = volume(frame, pd.DataFrame(told, columns=["start", "end", "organisation"]))
    assert of(total(volumes, "2018-01-01", "copies")) == (3, 3, 3)
    assert of(total(volumes, "2019-01-01", "copies")) == (12, 12, 12)


def test_two_halves_make_a_year_of_what_is_counted_over_a_time(observed, members):
    frame = observed("""
        publications KUS union-site 2017H2 20 about
        publications KUS union-site 2017H1 10
        members      KUS .          2017H1 100
        members      KUS .          2017H2 110
        publications AKM union-site 2017H1 1
    """)
    volumes = volume(frame, members, stocks=["members"])
    years = volumes[volumes["end"] - volumes["start"] > pd.Timedelta(days=300)]
    year = years[years["organisation"] == "KUS"].squeeze(axis=0)
    assert (year["indicator"], year["organisation"], year["value"]) == ("publications", "KUS", 30)
    assert (year["low"], year["high"], year["qualifier"]) == (29, 31, "about")
    assert year["origins"] == ["observations.csv#2-3"]
    assert year["inputs"] == tuple(
        f"volume.publications.KUS.union-site.{half}" for half in ("2017H1", "2017H2")
    )


def test_a_reported_year_stands_before_the_sum_of_its_halves(observed, members):
    frame = observed("""
        publications KUS union-site 2017H1 10
        publications KUS union-site 2017H2 20
        publications KUS union-site 2017   31
    """)
    found = volume(frame, members)
    assert found[found["organisation"] == "KUS"]["value"].to_list() == [10, 20, 31]


def test_the_true_sum_lies_within_the_bounds(observed, members):
    drawn = unions(by_total=[None], head_office=0)
    volumes = volume(observed(text(drawn)), members)
    sums = volumes[volumes["organisation"] == "TOTAL"]
    assert len(sums) > 20
    for row in sums.itertuples():
        assert holds(row, drawn[row.start.year].total)


def test_outlets_and_the_rest_of_their_channel_add_up(observed, members):
    frame = observed("""
        publications KUS website    2017H1 5
        publications KUS union-site 2017H1 20
        publications KUS bilimdi-el 2017H1 7
        publications AKT union-site 2017H1 3
        publications ATY website    2017H1 2
        publications PAR .          2017H1 9
    """)
    found = channel_totals(volume(frame, members))
    own = found[found["organisation"] == "KUS"].squeeze(axis=0)
    assert own["id"] == "channel_total.publications.KUS.website.2017H1"
    assert (own["low"], own["high"], own["qualifier"]) == (25, np.inf, "at_least")  # others may be unreported
    assert own["inputs"] == tuple(
        f"volume.publications.KUS.{where}.2017H1" for where in ("website", "union-site")
    )
    assert set(found["organisation"]) == {"KUS", "TOTAL"}  # the union has both sorts of figures too


def test_a_channel_of_outlets_alone_or_as_a_whole_has_no_other_total(observed, members):
    frame = observed("""
        publications KUS union-site           2017H1 20
        publications KUS bilimdi-el           2017H1 7
        publications KUS qazaqstan-kasipodagy 2017H1 7
        publications KUS radio                2017H1 1
    """)
    assert channel_totals(volume(frame, members)).empty


def test_where_no_figure_has_a_channel_there_is_no_total_of_one(observed, members):
    assert channel_totals(volume(observed("members KUS . 2017H1 20"), members)).empty


def channels(frame, members):
    found = channel_totals(volume(frame, members))
    found = found[found["organisation"] != "TOTAL"]
    assert found["outlet"].eq("").all() and found["id"].str.startswith("channel_total.").all()
    return {(r.organisation, r.channel, r.start.year): of(r) for r in found.itertuples()}


def test_outlets_add_up_where_the_year_before_or_after_has_the_channel_as_a_whole(observed, members):
    frame = observed("""
        publications ATY union-site 2017H1 4
        publications ATY website    2018H1 5
        publications AKM union-site 2017H1 4
        publications AKM website    2019H1 5
        publications KUS website    2017H1 20
        publications KUS union-site 2018H1 24
        publications AKT website    2017H1 10
        publications AKT website    2018H1 12
    """)
    assert channels(frame, members) == {
        ("KUS", "website", 2018): pytest.approx((np.nan, 24, np.inf), nan_ok=True),
        ("ATY", "website", 2017): pytest.approx((np.nan, 4, np.inf), nan_ok=True),
    }


def test_television_and_radio_add_up_where_the_year_before_has_them_together(observed, members):
    frame = observed("""
        broadcasts   KUS .          2017H1 10
        broadcasts   KUS television 2018H1 8
        broadcasts   KUS radio      2018H1 4
        broadcasts   AKT .          2017H1 10
        broadcasts   AKT television 2018H1 12
        broadcasts   ATY television 2017H1 5
        broadcasts   ATY television 2018H1 6
        broadcasts   ATY radio      2018H1 2
        publications AKM .          2017H1 5
        publications AKM website    2018H1 3
        publications AKT website    2018H1 1
        publications AKT union-site 2018H1 1
    """)
    assert channels(frame, members) == {
        ("AKT", "website", 2018): pytest.approx((np.nan, 2, np.inf), nan_ok=True),
        ("KUS", "", 2018): (12, 12, 12),
        ("AKT", "", 2018): pytest.approx((np.nan, 12, np.inf), nan_ok=True),  # radio is not reported
    }


SPLIT = """
    publications YUZ union-site 2018H1 5
    publications KUS union-site 2018H1 2
    publications TUR union-site 2018H1 3
"""  # Turkistan came to be on 19 June 2018


def around_the_split(tables, observed, lines, code):
    tables = replace(tables, period=Period.parse(code), observations=observed(lines))
    return Basis(tables).all_volumes.set_index("id")


def test_what_a_part_counted_after_the_middle_is_in_the_unions_sum(tables, observed):
    found = around_the_split(tables, observed, SPLIT, "2018H1")
    union = found.loc["volume.publications.TOTAL.union-site.2018H1"]
    assert union["low"] == 10
    assert union["inputs"][-1] == "volume.publications.TUR.union-site.2018H1"
    assert found.loc["volume.publications.YUZ.union-site.2018H1", "value"] == 5


def test_a_member_of_the_half_has_the_sum_of_its_parts_where_it_has_none(tables, observed):
    lines = SPLIT.replace("YUZ", "SHY")
    found = around_the_split(tables, observed, lines, "2018H1")
    assert found.loc["volume.publications.YUZ.union-site.2018H1", "value"] == 8
    assert found.loc["volume.publications.TOTAL.union-site.2018H1", "low"] == 10  # none twice


def test_subscriptions_of_the_year_of_a_split_are_of_the_unit(tables, observed):
    of_parts = "copies TUR bilimdi-el 2018 60\ncopies SHY bilimdi-el 2018 40\ncopies KUS bilimdi-el 2018 1"
    of_unit = "copies YUZ bilimdi-el 2018 100\ncopies KUS bilimdi-el 2018 1"
    for lines, code in ((of_parts, "2018H1"), (of_parts, "2018H2"), (of_unit, "2018H1"), (of_unit, "2018H2")):
        found = around_the_split(tables, observed, lines, code)
        assert found.loc["volume.copies.YUZ.bilimdi-el.2018", "value"] == 100
        assert found.loc["volume.copies.TOTAL.bilimdi-el.2018", "low"] == 101


def test_two_counts_of_members_make_no_year_of_a_unit_either(tables, observed):
    lines = "members YUZ . 2018H1 100\nmembers TUR . 2018H2 60\nmembers SHY . 2018H2 50"
    found = around_the_split(tables, observed, lines, "2018")
    assert "volume.members.YUZ.any.2018" not in found.index


def test_the_year_of_a_split_is_whole_where_all_its_halves_are(tables, observed):
    lines = [
        f"publications {code} union-site {half} 1"
        for half in ("2018H1", "2018H2")
        for code in tables.members(Period.parse(half).window)
    ]
    found = around_the_split(tables, observed, "\n".join(lines), "2018")
    assert found.loc["volume.publications.YUZ.union-site.2018", "value"] == 3
    assert found.loc["volume.publications.TOTAL.union-site.2018", "value"] == 21 + 22
