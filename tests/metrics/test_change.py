from random import Random

import numpy as np
import pandas as pd
import pytest
from aqparat.metrics import common_units, contribution, difference, growth, rank, rank_change, volume
from aqparat.metrics.change import moved
from figured import NONE, only, told_by
from truth import ANY, holds, say, text, unions

HEAD = ["CEN"]


def ranked(volumes, members):
    return rank(volumes, told_by(volumes, members), members)


def reranked(frame, members, organisations=None):
    return rank_change(ranked(volume(frame, members), members), organisations)


def two_years(number=40, by_member=ANY, by_total=ANY):
    """Draw unions of two years each, told of in the years 2n and 2n + 1."""
    random = Random(3)
    drawn, lines = {}, []
    for year in range(1950, 1950 + 2 * number, 2):
        for y in (year, year + 1):
            counts = {code: random.randint(0, 60) for code in ("AKM", "AKT", "ATY", "KUS", "CEN")}
            drawn[y] = {**counts, "TOTAL": sum(counts.values())}
            for code, count in drawn[y].items():
                said = say(random, count, random.choice(by_total if code == "TOTAL" else by_member))
                lines += [f"copies {code} bilimdi-el {y} {said}"] if said else []
    return drawn, "\n".join(lines)


def test_a_better_rank_is_negative(observed, members):
    frame = observed("""
        publications AKM union-site 2016H1 9
        publications AKT union-site 2016H1 8
        publications ATY union-site 2016H1 7
        publications KUS union-site 2016H1 6
        publications AKM union-site 2017H1 5
        publications AKT union-site 2017H1 8
        publications ATY union-site 2017H1 4
        publications KUS union-site 2017H1 9
    """)
    changes = reranked(frame, members).set_index("organisation")
    assert changes["value"].to_dict() == {"AKM": 2, "AKT": 0, "ATY": 1, "KUS": -3}
    assert changes["qualifier"].eq("exact").all()
    assert changes["base_end"].eq(pd.Timestamp("2016-06-30")).all()
    assert changes.loc["KUS", "id"] == "rank_change.publications.KUS.union-site.2017H1.2016H1"
    assert changes.loc["KUS", "inputs"] == tuple(
        f"rank.publications.KUS.union-site.{window}" for window in ("2017H1", "2016H1")
    )


def test_ranges_of_ranks_leave_a_range(observed, members):
    frame = observed("""
        copies AKM bilimdi-el 2016 9
        copies KUS bilimdi-el 2016 6
        copies AKM bilimdi-el 2017 5
        copies AKT bilimdi-el 2017 8
        copies ATY bilimdi-el 2017 4
        copies KUS bilimdi-el 2017 9
    """)
    row = reranked(frame, members).set_index("organisation").loc["KUS"]
    assert (row["low"], row["high"], row["qualifier"]) == (1 - 4, 1 - 2, "about")
    assert np.isnan(row["value"])


@pytest.mark.parametrize(
    "windows", [("2016", "2017H1"), ("2016H2", "2017H1"), ("2015", "2017"), ("2016", "2017-")]
)
def test_ranks_of_other_windows_are_not_compared(observed, members, tables, windows):
    frame = observed("\n".join(f"copies {m} bilimdi-el {w} 5" for m in members for w in windows))
    assert reranked(frame, members).empty
    assert reranked(frame, members, tables.organisations).empty


def test_true_changes_of_rank_lie_within_the_bounds(observed, members):
    drawn, lines = two_years()
    rows = list(reranked(observed(lines), members).itertuples())
    assert len(rows) > 50
    for row in rows:
        now, base = (
            1 + sum(drawn[y][m] > drawn[y][row.organisation] for m in members)
            for y in (row.start.year, row.start.year - 1)
        )
        assert holds(row, now - base)
        assert -3 <= row.low <= row.high <= 3


def test_a_new_name_keeps_its_rank(observed, tables):
    before, after = pd.Index(["SEM", "KUS"]), pd.Index(["ABA", "KUS"])
    frame = observed("""
        copies SEM bilimdi-el 2022H1 1
        copies KUS bilimdi-el 2022H1 2
        copies ABA bilimdi-el 2023H1 3
        copies KUS bilimdi-el 2023H1 2
    """)
    volumes = volume(frame, NONE)
    early = volumes["start"].dt.year == 2022
    ranks = pd.concat([ranked(volumes[early], before), ranked(volumes[~early], after)], ignore_index=True)
    changes = rank_change(ranks, tables.organisations).set_index("organisation")["value"]
    assert changes.to_dict() == {"ABA": -1, "KUS": 1}
    told = rank_change(ranks, tables.organisations).set_index("organisation")["inputs"]
    assert told["ABA"] == ("rank.copies.ABA.bilimdi-el.2023H1", "rank.copies.SEM.bilimdi-el.2022H1")
    assert rank_change(ranks)["organisation"].to_list() == ["KUS"]


def test_ranks_among_other_organisations_are_not_compared(observed, tables):
    frame = observed("""
        copies YUZ bilimdi-el 2018H1 5
        copies KUS bilimdi-el 2018H1 2
        copies TUR bilimdi-el 2019H1 1
        copies SHY bilimdi-el 2019H1 4
        copies KUS bilimdi-el 2019H1 2
        copies TUR bilimdi-el 2020H1 3
        copies SHY bilimdi-el 2020H1 4
        copies KUS bilimdi-el 2020H1 2
    """)
    ranks = ranked(volume(frame, NONE), pd.Index(["YUZ", "TUR", "SHY", "KUS"]))
    changes = rank_change(ranks, tables.organisations)
    assert set(changes["start"].dt.year) == {2020}
    assert set(changes["organisation"]) == {"TUR", "SHY", "KUS"}


def test_a_difference_is_of_one_organisation_and_one_half(observed, tables):
    frame = observed("""
        publications AKM union-site 2016H1 9
        publications AKM union-site 2017H1 5
        publications KUS union-site 2016H1 6 about
        publications KUS union-site 2017H1 20
        publications UST union-site 2016H2 1
        publications UST union-site 2017H1 7
    """)
    found = difference(volume(frame, NONE), tables.organisations).set_index("organisation")
    assert set(found.index) == {"AKM", "KUS"}
    assert found.loc["AKM", "id"] == "difference.publications.AKM.union-site.2017H1.2016H1"
    assert tuple(found.loc["AKM", ["value", "low", "high"]]) == (-4, -4, -4)
    assert tuple(found.loc["KUS", ["value", "low", "high"]]) == (14, 20 - 6.3, 20 - 5.7)
    assert found.loc["AKM", "inputs"] == tuple(
        f"volume.publications.AKM.union-site.{window}" for window in ("2017H1", "2016H1")
    )


def test_a_new_name_is_no_other_organisation(observed, tables):
    frame = observed("""
        copies SEM bilimdi-el 2022H1 1
        copies ABA bilimdi-el 2023H1 3
        copies YUZ bilimdi-el 2018H1 5
        copies TUR bilimdi-el 2019H1 1
    """)
    found = only(difference(volume(frame, NONE), tables.organisations))
    assert (found["organisation"], found["value"]) == ("ABA", 2)


def test_what_had_the_old_name_both_times_keeps_it(observed, tables):
    frame = observed("copies SEM bilimdi-el 2020H1 1\ncopies SEM bilimdi-el 2021H1 3")
    found = only(difference(volume(frame, NONE), tables.organisations))
    assert (found["organisation"], found["value"]) == ("SEM", 2)


def test_contributions_by_hand(observed, members):
    frame = observed("""
        copies TOTAL bilimdi-el 2016 200
        copies TOTAL bilimdi-el 2017 250
        copies AKM   bilimdi-el 2016 50
        copies AKM   bilimdi-el 2017 90
        copies KUS   bilimdi-el 2016 150
        copies KUS   bilimdi-el 2017 160
        copies ZAI   bilimdi-el 2016 10
        copies ZAI   bilimdi-el 2017 20
    """)
    found = contribution(volume(frame, members), members).set_index("organisation")
    assert found["value"].to_dict() == pytest.approx({"AKM": 0.2, "KUS": 0.05})
    assert found.loc["AKM", "inputs"] == tuple(
        f"volume.copies.{where}"
        for where in ("AKM.bilimdi-el.2017", "AKM.bilimdi-el.2016", "TOTAL.bilimdi-el.2016")
    )
    assert found.loc["AKM", "id"] == "contribution.copies.AKM.bilimdi-el.2017.2016"


def test_a_loss_is_a_negative_contribution(observed, members):
    frame = observed("""
        copies TOTAL bilimdi-el 2016 100
        copies KUS   bilimdi-el 2016 40
        copies KUS   bilimdi-el 2017 10
    """)
    row = only(contribution(volume(frame, members), members))
    assert (row["value"], row["qualifier"]) == (-0.3, "exact")


def test_a_loss_of_all_there_was(observed, members):
    frame = observed("""
        copies TOTAL bilimdi-el 2016 40
        copies KUS   bilimdi-el 2016 40
        copies KUS   bilimdi-el 2017 0
    """)
    row = only(contribution(volume(frame, members), members))
    assert (row["value"], row["low"], row["high"], row["qualifier"]) == (-1, -1, -1, "exact")


@pytest.mark.parametrize(("now", "value"), [(90, -0.1), (0, -1)])
def test_of_about_so_many(observed, members, now, value):
    frame = observed(f"""
        copies TOTAL bilimdi-el 2016 100 about
        copies KUS   bilimdi-el 2016 100
        copies KUS   bilimdi-el 2017 {now}
    """)
    row = only(contribution(volume(frame, members), members))
    assert (row["value"], row["qualifier"]) == (value, "about")


def test_nobody_can_lose_more_than_there_was(observed, members):
    frame = observed("""
        copies TOTAL bilimdi-el 2016 100 about
        copies KUS   bilimdi-el 2016 103
        copies KUS   bilimdi-el 2017 0
    """)
    row = only(contribution(volume(frame, members), members))
    assert (row["low"], row["high"], np.isnan(row["value"])) == (-1, -103 / 105, True)  # not -1.03


def test_a_base_of_at_least_so_many(observed, members):
    frame = observed("""
        copies TOTAL bilimdi-el 2016 100 at_least
        copies KUS   bilimdi-el 2016 40
        copies KUS   bilimdi-el 2017 60
    """)
    row = only(contribution(volume(frame, members), members))
    assert (row["low"], row["high"], np.isnan(row["value"])) == (0, 0.2, True)


@pytest.mark.parametrize("total", ["0", "30"])
def test_no_contribution_to_nothing_or_to_less_than_itself(observed, members, total):
    frame = observed(f"""
        copies TOTAL bilimdi-el 2016 {total}
        copies KUS   bilimdi-el 2016 40
        copies KUS   bilimdi-el 2017 60
    """)
    assert contribution(volume(frame, members), members).empty


def test_contributions_sum_to_the_growth(observed, members):
    _, lines = two_years(by_member=["exact"], by_total=[None])
    volumes = volume(observed(lines), members, HEAD)
    sums = contribution(volumes, members.append(pd.Index(HEAD))).groupby("start")["value"].sum()
    total = growth(volumes)
    expected = total[total["organisation"] == "TOTAL"].set_index("start")["value"]
    assert len(expected) > 70
    pd.testing.assert_series_equal(sums.sort_index(), expected.sort_index(), check_names=False)


def test_they_do_so_where_organisations_were_split_or_renamed(observed, tables):
    frame = observed("""
        publications TOTAL union-site 2018H1 40
        publications YUZ   union-site 2018H1 30
        publications KUS   union-site 2018H1 10
        publications TOTAL union-site 2019H1 70
        publications TUR   union-site 2019H1 25
        publications SHY   union-site 2019H1 35
        publications KUS   union-site 2019H1 10
    """)
    united = common_units(volume(frame, NONE), tables.organisations)
    found = contribution(united, tables.organisations.index).set_index("organisation")["value"]
    assert found.to_dict() == {"YUZ": 0.75, "KUS": 0}
    assert found.sum() == only(growth(united).query("organisation == 'TOTAL'"))["value"]


def test_true_contributions_lie_within_the_bounds(observed, members):
    drawn, lines = two_years()
    rows = list(contribution(volume(observed(lines), members, HEAD), members).itertuples())
    assert len(rows) > 50
    for row in rows:
        now, base = drawn[row.start.year], drawn[row.start.year - 1]
        assert row.low >= -1
        assert holds(row, (now[row.organisation] - base[row.organisation]) / base["TOTAL"])


def test_the_order_of_rows_does_not_matter(observed, members):
    lines = text(unions(number=30)).splitlines()
    first, again = (
        contribution(volume(observed("\n".join(told)), members), members)
        .set_index(["start", "organisation"])[["low", "high"]]
        .sort_index()
        for told in (lines, Random(1).sample(lines, len(lines)))
    )
    assert len(first) > 20
    pd.testing.assert_frame_equal(first, again)


def numbers_moved(frame, organisations=None, name="risen"):
    volumes = volume(frame, pd.Index(["AKM", "AKT", "ATY", "KUS"]))
    return moved(common_units(volumes, organisations) if organisations is not None else volumes, ORDER, name)


ORDER = pd.Index(["ATY", "AKM", "AKT", "KUS", "PAV", "YUZ", "TUR", "SHY"])  # not of the alphabet
MOVES = """
    publications AKM union-site 2018H1 9
    publications AKT union-site 2018H1 8
    publications ATY union-site 2018H1 7
    publications KUS union-site 2018H1 6
    publications AKM union-site 2019H1 10
    publications AKT union-site 2019H1 3
    publications ATY union-site 2019H1 7
    publications PAV union-site 2018H1 5
    publications PAV union-site 2019H1 4
    publications CEN union-site 2018H1 1
    publications CEN union-site 2019H1 5
"""


def test_those_who_rose_and_fell_are_counted_where_both_figures_are_known(observed):
    rose, fell = (only(numbers_moved(observed(MOVES), name=name)) for name in ("risen", "fallen"))
    assert fell["id"] == "fallen.publications.TOTAL.union-site.2019H1.2018H1"
    assert (rose["value"], fell["value"]) == (1, 2)  # the head office is no member organisation
    assert rose["id"] == "risen.publications.TOTAL.union-site.2019H1.2018H1"
    assert rose["inputs"] == tuple(
        f"volume.publications.{code}.union-site.{window}"
        for code in ("ATY", "AKM", "AKT", "PAV")
        for window in ("2019H1", "2018H1")
    )


def test_who_may_have_risen_widens_the_count(observed):
    frame = observed(MOVES.replace("2019H1 7", "2019H1 7 about"))
    rose = only(numbers_moved(frame))
    assert (rose["low"], rose["high"]) == (1, 2)
    assert np.isnan(rose["value"])


def test_a_split_organisation_counts_once(observed):
    organisations = pd.DataFrame(
        {"successors": [["TUR", "SHY"], [], []], "kind": "oblast"}, index=["YUZ", "TUR", "SHY"]
    )
    frame = observed("""
        publications YUZ union-site 2018H1 8
        publications TUR union-site 2019H1 5
        publications SHY union-site 2019H1 4
    """)
    rose = only(numbers_moved(frame, organisations))
    assert rose["value"] == 1
    assert rose["inputs"][0] == "volume.publications.YUZ.union-site.2019H1"
