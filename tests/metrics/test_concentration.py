import numpy as np
import pytest
from aqparat.metrics import gini, hhi, share, volume
from aqparat.metrics.concentration import wilson
from figured import of, only, told_by
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from truth import ANY, holds, text, unions

ALL_EXACT = """
    copies AKM bilimdi-el 2017 0
    copies AKT bilimdi-el 2017 10
    copies ATY bilimdi-el 2017 30
    copies KUS bilimdi-el 2017 60
"""


def concentrated(metric, frame, members, head=()):
    volumes = volume(frame, members, head)
    return metric(volumes, told_by(volumes, members), members)


def by_organisation(shares):
    return shares.set_index("organisation")


def test_shares_of_the_total(observed, members):
    shares = by_organisation(share(volume(observed(ALL_EXACT), members)))
    assert shares["value"].to_dict() == {"AKM": 0, "AKT": 0.1, "ATY": 0.3, "KUS": 0.6}
    assert shares["qualifier"].eq("exact").all()
    assert shares.loc["KUS", "inputs"] == (
        "volume.copies.KUS.bilimdi-el.2017",
        "volume.copies.TOTAL.bilimdi-el.2017",
    )


def test_a_share_of_a_reported_total(observed, members):
    row = only(
        share(
            volume(
                observed("""
                    copies TOTAL qazaqstan-kasipodagy 2017 4746
                    copies KUS   qazaqstan-kasipodagy 2017 538
                    copies KUS   qazaqstan-kasipodagy 2016 500
                """),
                members,
            )
        )
    )
    assert row["value"] == 538 / 4746
    assert row["id"] == "share.copies.KUS.qazaqstan-kasipodagy.2017"


def test_a_share_of_more_than_sixty_is_a_limit(observed, members):
    frame = observed("""
        copies TOTAL bilimdi-el 2017 60 more_than
        copies KUS   bilimdi-el 2017 20
    """)
    row = only(share(volume(frame, members)))
    assert (row["low"], row["high"], row["qualifier"]) == (0, 20 / 61, "at_most")


def test_no_share_of_nothing(observed, members):
    frame = observed("copies TOTAL bilimdi-el 2017 0\ncopies KUS bilimdi-el 2017 0")
    assert share(volume(frame, members)).empty


@pytest.mark.parametrize("items", [[], ["copies"]])
def test_a_part_above_its_total_makes_no_impossible_share(observed, members, items):
    frame = observed("copies TOTAL bilimdi-el 2017 100\ncopies KUS bilimdi-el 2017 150")
    for row in share(volume(frame, members), items).itertuples():
        assert 0 <= row.low <= row.high <= 1
        assert np.isnan(row.value) or row.low <= row.value <= row.high


def test_a_share_of_a_rounded_total_has_a_value(observed, members):
    for part, low, high in ((20, 20 / 105, 20 / 95), (100, 100 / 105, 1)):
        frame = observed(f"copies TOTAL bilimdi-el 2017 100 about\ncopies KUS bilimdi-el 2017 {part}")
        assert of(only(share(volume(frame, members)))) == pytest.approx((part / 100, low, high))


def test_a_part_that_may_be_all_of_a_rounded_total_has_no_single_share(observed, members):
    frame = observed("publications TOTAL union-site 2017 100 about\npublications KUS union-site 2017 103")
    row = only(share(volume(frame, members), items=["publications"]))
    assert (row["low"], row["high"]) == (103 / 105, 1)
    assert np.isnan(row["value"])  # not 1.03
    assert row["interval_high"] == 1


@pytest.mark.parametrize(("x", "n"), [(29, 306), (0, 161), (7, 7), (1, 2)])
def test_shares_of_items_carry_the_wilson_interval(observed, members, x, n):
    frame = observed(f"""
        publications TOTAL union-site 2017 {n}
        publications KUS   union-site 2017 {x}
    """)
    row = only(share(volume(frame, members), items=["publications"]))
    expected = binomtest(x, n).proportion_ci(method="wilson")
    assert row["value"] == row["low"] == row["high"] == x / n  # reporting leaves nothing open
    assert row["qualifier"] == "exact"
    interval = row["interval_low"], row["interval_high"]
    assert interval == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_chance_stands_apart_from_what_is_not_reported(observed, members):
    frame = observed("publications TOTAL union-site 2017 60 more_than\npublications KUS union-site 2017 20")
    row = only(share(volume(frame, members), items=["publications"]))
    assert (row["low"], row["high"]) == (0, 20 / 61)
    most = binomtest(20, 61).proportion_ci(method="wilson").high
    assert (row["interval_low"], row["interval_high"]) == (0, pytest.approx(most))


def test_a_part_without_an_end_leaves_chance_open(observed, members):
    frame = observed("publications TOTAL union-site 2017 60\npublications KUS union-site 2017 20 at_least")
    row = only(share(volume(frame, members), items=["publications"]))
    assert (row["low"], row["high"], row["interval_high"]) == (20 / 60, 1, 1)
    assert row["interval_low"] == pytest.approx(binomtest(20, 60).proportion_ci(method="wilson").low)


def test_what_is_not_counted_item_by_item_has_no_interval(observed, members):
    shares = share(volume(observed(ALL_EXACT), members), items=["publications"])
    assert shares[["interval_low", "interval_high"]].isna().all(axis=None)


def test_none_is_none_and_all_is_all_by_chance_too():
    n = np.arange(1.0, 1000)
    assert set(wilson(np.zeros_like(n), n, 0.95)[0]) == {0}  # exactly, not 1e-17
    assert set(wilson(n, n, 0.95)[1]) == {1}


def test_of_nothing_or_of_no_limit_chance_leaves_everything_open():
    low, high = wilson(np.array([0, 5, np.inf]), np.array([0, np.inf, np.inf]), 0.95)
    assert (low.tolist(), high.tolist()) == ([0, 0, 0], [1, 1, 1])


@given(st.integers(1, 10**6), st.floats(0, 1), st.floats(0.5, 0.999))
def test_wilson_agrees_with_scipy(n, part, level):
    x = round(n * part)
    expected = binomtest(x, n).proportion_ci(level, method="wilson")
    low, high = wilson(np.array(float(x)), np.array(float(n)), level)
    assert (low, high) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_shares_sum_to_one(observed, members):
    drawn = unions(by_member=["exact"], by_total=[None], head_office=0)
    shares = share(volume(observed(text(drawn)), members))
    assert shares["value"].between(0, 1).all()
    np.testing.assert_allclose(shares.groupby("start")["value"].sum(), 1)


@pytest.mark.parametrize("items", [[], ["copies"]])
def test_true_shares_lie_within_the_bounds(observed, members, items):
    drawn = unions()
    shares = share(volume(observed(text(drawn)), members), items)
    assert len(shares) > 50
    for row in shares.itertuples():
        union = drawn[row.start.year]
        if union.total:
            assert holds(row, union.counts[row.organisation] / union.total)


def test_hhi_by_hand(observed, members):
    row = only(concentrated(hhi, observed(ALL_EXACT), members))
    assert (row["id"], row["qualifier"]) == ("hhi.copies.TOTAL.bilimdi-el.2017", "exact")
    assert row["value"] == pytest.approx(0.1**2 + 0.3**2 + 0.6**2)
    assert row["inputs"] == (
        "volume.copies.TOTAL.bilimdi-el.2017",
        "reported.copies.TOTAL.bilimdi-el.2017",
    )


def test_hhi_from_partial_data_is_a_range(observed, members):
    frame = observed("""
        copies TOTAL bilimdi-el 2017 100
        copies AKM   bilimdi-el 2017 0
        copies KUS   bilimdi-el 2017 60
    """)
    row = only(concentrated(hhi, frame, members))
    assert np.isnan(row["value"])
    assert row["high"] == pytest.approx(0.6**2 + 0.4**2)
    assert row["low"] == 0.6**2  # the 40 others may be the head office's


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("TOTAL 1 KUS 1", 1),
        ("TOTAL 100 KUS 60 AKM 40", 0.6**2 + 0.4**2),  # nothing is left for the two silent ones
    ],
)
def test_hhi_of_all_that_there_is(observed, members, said, expected):
    words = said.split()
    told = "\n".join(f"copies {o} bilimdi-el 2017 {n}" for o, n in zip(words[::2], words[1::2], strict=True))
    assert of(only(concentrated(hhi, observed(told), members))) == pytest.approx((expected,) * 3)


def test_no_hhi_of_a_total_alone(observed, members):
    assert concentrated(hhi, observed("copies TOTAL bilimdi-el 2017 100"), members).empty


def test_hhi_of_rounded_counts_is_a_range(observed, members):
    told = "\n".join(
        f"copies {m} bilimdi-el 2017 {n} about" for m, n in zip(members, (10, 20, 30, 40), strict=True)
    )
    row = only(concentrated(hhi, observed(f"{told}\ncopies TOTAL bilimdi-el 2017 100"), members))
    assert of(row) == pytest.approx((np.nan, 0.3 * 0.95**2, 0.3 * 1.05**2), nan_ok=True)


def test_hhi_is_never_above_one(observed, members):
    frame = observed("""
        copies TOTAL bilimdi-el 2017 100 about
        copies AKM   bilimdi-el 2017 0
        copies AKT   bilimdi-el 2017 0
        copies ATY   bilimdi-el 2017 0
        copies KUS   bilimdi-el 2017 103
    """)
    row = only(concentrated(hhi, frame, members))
    assert (row["low"], row["high"]) == (pytest.approx((103 / 105) ** 2), 1)
    assert np.isnan(row["value"])


@pytest.mark.parametrize("head_office", ["copies CEN bilimdi-el 2017 90", ""])
def test_hhi_knows_that_the_rest_may_be_the_head_office(observed, members, head_office):
    frame = observed(
        f"""
        copies TOTAL bilimdi-el 2017 100
        copies AKM   bilimdi-el 2017 10
        copies AKT   bilimdi-el 2017 0
        copies ATY   bilimdi-el 2017 0
        {head_office}
        """
    )
    row = only(concentrated(hhi, frame, members, ["CEN"]))
    assert holds(row, 0.1**2)  # nothing was left for KUS


@pytest.mark.parametrize(
    "told",
    [["exact", None], ["exact", "about"], ANY],
    ids=["some not reported", "some rounded", "any"],
)
def test_true_hhi_lies_within_the_bounds(observed, members, told):
    drawn = unions(by_member=told, by_total=told, head_office=0)
    for row in concentrated(hhi, observed(text(drawn)), members).itertuples():
        union = drawn[row.start.year]
        assert 0 <= row.low <= row.high <= 1
        assert holds(row, sum((x / union.total) ** 2 for x in union.members))


def test_no_hhi_without_a_limit_of_the_total(observed, members):
    frame = observed("copies TOTAL bilimdi-el 2017 60 more_than\ncopies KUS bilimdi-el 2017 20")
    assert concentrated(hhi, frame, members).empty
    frame = observed("copies TOTAL bilimdi-el 2017 60 at_most\ncopies KUS bilimdi-el 2017 20")
    assert concentrated(hhi, frame, members).empty  # it may be zero


def test_gini_by_hand(observed, members):
    row = only(concentrated(gini, observed(ALL_EXACT), members))
    # (-3 * 0 - 1 * 10 + 1 * 30 + 3 * 60) / (4 * 100)
    assert (row["id"], row["value"]) == ("gini.copies.TOTAL.bilimdi-el.2017", 0.5)
    assert row["inputs"] == ("reported.copies.TOTAL.bilimdi-el.2017",)


def test_gini_of_none_at_most_is_that_of_none(observed, members):
    said = ALL_EXACT.replace(" 0\n", " 0 at_most\n", 1)
    assert said != ALL_EXACT
    exact, bounded = (only(concentrated(gini, observed(text), members)) for text in (ALL_EXACT, said))
    assert bounded.value == exact.value


def test_gini_is_half_the_relative_mean_difference(observed, members):
    drawn = unions(by_member=["exact"], by_total=[None])
    lines = sorted(text(drawn).splitlines(), reverse=True)
    ginis = concentrated(gini, observed("\n".join(lines)), members)
    assert len(ginis) > 40
    for row in ginis.itertuples():
        x = np.array(drawn[row.start.year].members)
        assert row.value == pytest.approx(np.abs(x[:, None] - x).mean() / (2 * x.mean()))


@pytest.mark.parametrize(
    "lines",
    [
        ALL_EXACT.replace("copies AKM bilimdi-el 2017 0", ""),
        ALL_EXACT.replace("60", "60 at_least"),
        "\n".join(f"copies {code} bilimdi-el 2017 0" for code in ("AKM", "AKT", "ATY", "KUS")),
    ],
    ids=["one not reported", "one a bound", "nothing at all"],
)
def test_no_gini_where_it_is_not_known(observed, members, lines):
    assert concentrated(gini, observed(lines), members).empty


def test_no_gini_of_rounded_counts(observed, members):
    assert concentrated(gini, observed(ALL_EXACT.replace("60", "60 about")), members).empty
