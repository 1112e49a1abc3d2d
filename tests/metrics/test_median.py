from random import Random
from statistics import median as middle

import numpy as np
import pytest
from aqparat.metrics import median, penetration, reported, volume
from figured import due, of, only, told_by
from truth import holds, text, unions


def medians(frame, members):
    volumes = volume(frame, members)
    return median(volumes, told_by(volumes, members), members)


def test_of_an_even_number_the_mean_of_the_two_in_the_middle(observed, members):
    row = only(
        medians(
            observed("""
                publications AKM union-site 2017H1 0
                publications AKT union-site 2017H1 4
                publications ATY union-site 2017H1 5
                publications KUS union-site 2017H1 90
                publications CEN union-site 2017H1 99
            """),
            members,
        )
    )
    assert of(row) == (4.5, 4.5, 4.5)
    assert (row["id"], row["qualifier"]) == ("median.publications.TOTAL.union-site.2017H1", "exact")
    assert row["inputs"] == ("reported.publications.TOTAL.union-site.2017H1",)


def test_of_a_window_without_an_end(observed, members):
    lines = [
        f"publications {code} union-site 2017- {x}" for code, x in zip(members, (1, 2, 3, 4), strict=True)
    ]
    row = only(medians(observed("\n".join(lines)), members))
    assert (row["id"], row["value"]) == ("median.publications.TOTAL.union-site.2017-01-01_", 2.5)


def test_none_where_no_member_has_a_figure(observed, members):
    assert medians(observed("publications CEN union-site 2017H1 5"), members).empty


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ((2, 4, 6), (4, 3, 5)),  # with one more at the least 0 2 4 6, at the greatest 2 4 6 ∞
        ((0, 0, 9), (0, 0, 4.5)),
        ((5, 5, 5), (5, 5, 5)),  # whatever the fourth is
    ],
)
def test_the_silent_one_may_have_any(observed, members, known, expected):
    lines = [f"publications {c} union-site 2017H1 {x}" for c, x in zip(members, known, strict=False)]
    row = only(medians(observed("\n".join(lines)), members))
    assert of(row) == expected


def test_a_lower_bound_where_half_of_them_are_silent_and_none_where_more_are(observed, members):
    row = only(medians(observed("""
        publications AKM union-site 2017H1 2
        publications AKT union-site 2017H1 7
    """), members))  # fmt: skip
    assert (row["low"], row["high"], row["qualifier"]) == (1, np.inf, "at_least")
    assert np.isnan(row["value"])
    assert medians(observed("publications KUS union-site 2017H1 5"), members).empty


def test_bounds_of_figures_are_bounds_of_the_median(observed, members):
    frame = observed("""
        publications AKM union-site 2017H1 10 at_most
        publications AKT union-site 2017H1 4
        publications ATY union-site 2017H1 6
        publications KUS union-site 2017H1 8 at_least
    """)
    row = only(medians(frame, members))
    assert np.isnan(row["value"])
    assert (row["low"], row["high"]) == (5, 8)  # of 0 4 6 8, and of 4 6 10 ∞


def test_of_rates(observed, members):
    frame = observed("""
        copies  AKM bilimdi-el 2017 30
        copies  AKT bilimdi-el 2017 20
        copies  ATY bilimdi-el 2017 10
        copies  KUS bilimdi-el 2017 60
        members AKM .          2017 3000
        members AKT .          2017 1000
        members ATY .          2017 2000
        members KUS .          2017 2000
    """)
    volumes = volume(frame, members, stocks=["copies", "members"])
    rates = penetration(volumes)
    told = reported(rates, members, due(frame, members), "_penetration")
    row = only(median(rates, told, members, "median_penetration", "_penetration"))
    assert of(row) == (1.5, 1.5, 1.5)  # of 1, 2, 0.5, 3: not that of the copies by that of the members
    assert row["id"] == "median_penetration.copies.TOTAL.bilimdi-el.2017"
    assert row["inputs"] == ("reported.copies_penetration.TOTAL.bilimdi-el.2017",)
    assert only(told)["inputs"][1:] == tuple(f"penetration.copies.{c}.bilimdi-el.2017" for c in members)


def test_true_medians_lie_within_the_bounds(observed, members):
    drawn = unions(number=40)
    rows = list(medians(observed(text(drawn)), members).itertuples())
    assert len(rows) > 20
    for row in rows:
        assert holds(row, middle(drawn[row.start.year].members))


def test_the_order_of_rows_does_not_matter(observed, members):
    lines = text(unions(number=20)).splitlines()
    first, again = (
        medians(observed("\n".join(told)), members).set_index("id")[["low", "high"]].sort_index()
        for told in (lines, Random(1).sample(lines, len(lines)))
    )
    assert first.equals(again)
