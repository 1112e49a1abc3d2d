from random import Random

import numpy as np
from aqparat.metrics import rank, volume
from truth import holds, text, unions


def ranked(frame, members):
    return rank(volume(frame, members), members).set_index("organisation")


def test_competition_ranking_with_ties(observed, members):
    ranks = ranked(
        observed("""
            publications AKM union-site 2017H1 2
            publications AKT union-site 2017H1 9
            publications ATY union-site 2017H1 2
            publications KUS union-site 2017H1 1
            publications CEN union-site 2017H1 99
        """),
        members,
    )
    assert ranks["value"].to_dict() == {"AKM": 2, "AKT": 1, "ATY": 2, "KUS": 4}
    assert ranks["qualifier"].eq("exact").all()


def test_bounds_leave_a_range_of_ranks(observed, members):
    ranks = ranked(
        observed("""
            publications AKM union-site 2017H1 100 about
            publications AKT union-site 2017H1 97
            publications ATY union-site 2017H1 50
            publications KUS union-site 2017H1 60 at_most
        """),
        members,
    )
    assert ranks["low"].to_dict() == {"AKM": 1, "AKT": 1, "ATY": 3, "KUS": 3}
    assert ranks["high"].to_dict() == {"AKM": 2, "AKT": 2, "ATY": 4, "KUS": 4}
    assert ranks["value"].isna().all()


def test_who_did_not_report_may_be_ahead(observed, members):
    frame = observed("""
        publications AKM union-site 2017H1 9
        publications AKT union-site 2017H1 5
    """)
    ranks = ranked(frame, members)
    assert ranks[["low", "high"]].to_numpy().tolist() == [[1, 3], [2, 4]]


def test_the_rest_of_the_total_limits_who_may_be_ahead(observed, members):
    ranks = ranked(
        observed("""
            copies TOTAL bilimdi-el 2017 1525
            copies KUS   bilimdi-el 2017 571
        """),
        members,
    )
    row = ranks.loc["KUS"]
    assert (row["low"], row["high"]) == (1, 2)  # 954 copies are left: one more than 571, not two
    assert row["origins"] == ["observations.csv#3", "observations.csv#2"]
    assert np.isnan(row["value"])


def test_just_enough_is_left_to_be_ahead(observed, members):
    for total, worst in ((5 + 6 + 6, 3), (5 + 6 + 5, 2)):
        frame = observed(f"copies TOTAL bilimdi-el 2017 {total}\ncopies KUS bilimdi-el 2017 5")
        assert ranked(frame, members).loc["KUS", "high"] == worst


def test_a_rank_that_may_be_any_is_not_given(observed, members):
    assert ranked(observed("publications KUS union-site 2017H1 5"), members).empty


def test_true_ranks_lie_within_the_bounds(observed, members):
    drawn = unions(number=30)
    rows = list(rank(volume(observed(text(drawn)), members), members).itertuples())
    assert len(rows) > 50
    for row in rows:
        counts = drawn[row.start.year]
        own = counts.counts[row.organisation]
        assert 1 <= row.low <= row.high <= len(members)
        assert holds(row, 1 + sum(x > own for x in counts.members))


def test_the_order_of_rows_does_not_matter(observed, members):
    lines = text(unions(by_member=["exact", "about", None], number=20)).splitlines()
    first, again = (
        rank(volume(observed("\n".join(told)), members), members)
        .set_index(["start", "organisation"])[["low", "high", "qualifier"]]
        .sort_index()
        for told in (lines, Random(1).sample(lines, len(lines)))
    )
    assert first.equals(again)
