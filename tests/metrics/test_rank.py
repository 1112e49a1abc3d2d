from random import Random

import numpy as np
from aqparat.metrics import rank, volume
from figured import told_by
from truth import holds, text, unions


def placed(frame, members):
    volumes = volume(frame, members)
    return rank(volumes, told_by(volumes, members), members)


def ranked(frame, members):
    return placed(frame, members).set_index("organisation")


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
    assert row["inputs"] == (
        "volume.copies.KUS.bilimdi-el.2017",
        "reported.copies.TOTAL.bilimdi-el.2017",
        "volume.copies.TOTAL.bilimdi-el.2017",
    )
    assert np.isnan(row["value"])


def test_a_total_without_an_upper_bound_limits_nobody(observed, members):
    frame = observed("""
        copies TOTAL bilimdi-el 2017 8 more_than
        copies KUS   bilimdi-el 2017 5
        copies AKM   bilimdi-el 2017 3
    """)
    ranks = ranked(frame, members)
    assert ranks[["low", "high"]].to_numpy().tolist() == [[1, 3], [2, 4]]
    assert ranks.loc["KUS", "inputs"] == (
        "volume.copies.KUS.bilimdi-el.2017",
        "reported.copies.TOTAL.bilimdi-el.2017",
    )


def test_each_rank_is_among_the_members_of_its_window(observed):
    frame = observed("""
        copies YUZ bilimdi-el 2018 9
        copies KUS bilimdi-el 2018 5
        copies KUS bilimdi-el 2019 5
        copies TUR bilimdi-el 2019 6
        copies SHY bilimdi-el 2019 7
        copies YUZ bilimdi-el 2019 8
    """)
    y = frame["start"].dt.year
    told = frame[((y == 2018) | (frame["organisation"] != "YUZ"))][["start", "end", "organisation"]]
    ranks = placed(frame, told.reset_index(drop=True))
    found = {(r.organisation, r.start.year): r.value for r in ranks.itertuples()}
    assert found == {
        ("YUZ", 2018): 1, ("KUS", 2018): 2,
        ("SHY", 2019): 1, ("TUR", 2019): 2, ("KUS", 2019): 3,
    }  # fmt: skip


def test_just_enough_is_left_to_be_ahead(observed, members):
    for total, worst in ((5 + 6 + 6, 3), (5 + 6 + 5, 2)):
        frame = observed(f"copies TOTAL bilimdi-el 2017 {total}\ncopies KUS bilimdi-el 2017 5")
        assert ranked(frame, members).loc["KUS", "high"] == worst


def test_nobody_has_more_than_none_of_what_is_all_told(observed, members):
    frame = observed("""
        copies TOTAL bilimdi-el 2017 10
        copies KUS   bilimdi-el 2017 10
        copies AKM   bilimdi-el 2017 0
    """)
    assert ranked(frame, members)["value"].to_dict() == {"KUS": 1, "AKM": 2}  # the silent two have none, too


def test_a_rank_that_may_be_any_is_not_given(observed, members):
    assert ranked(observed("publications KUS union-site 2017H1 5"), members).empty
    two = ranked(
        observed("publications KUS union-site 2017H1 5\npublications AKM union-site 2017H1 3"), members
    )
    assert two["qualifier"].to_dict() == {"KUS": "at_most", "AKM": "at_least"}  # 1–3, 2–4 of four


def test_true_ranks_lie_within_the_bounds(observed, members):
    drawn = unions(number=30)
    rows = list(placed(observed(text(drawn)), members).itertuples())
    assert len(rows) > 50
    for row in rows:
        counts = drawn[row.start.year]
        own = counts.counts[row.organisation]
        assert 1 <= row.low <= row.high <= len(members)
        assert holds(row, 1 + sum(x > own for x in counts.members))


def test_the_order_of_rows_does_not_matter(observed, members):
    lines = text(unions(by_member=["exact", "about", None], number=20)).splitlines()
    first, again = (
        placed(observed("\n".join(told)), members)
        .set_index(["start", "organisation"])[["low", "high", "qualifier"]]
        .sort_index()
        for told in (lines, Random(1).sample(lines, len(lines)))
    )
    assert first.equals(again)
