import numpy as np
import pytest
from aqparat.metrics import coverage, named, present, volume
from figured import due, of, only
from truth import holds, text, unions


def there(frame, members, least=1):
    return present(volume(frame, members), frame, members, least)


def covered(frame, members, least=1):
    found = coverage(there(frame, members, least), due(frame, members))
    assert (found["organisation"] == "TOTAL").all()
    return found


def test_all_reported(observed, members):
    frame = observed("""
        publications AKM union-site 2017H1 0
        publications AKT union-site 2017H1 1
        publications ATY union-site 2017H1 2
        publications KUS union-site 2017H1 9
        publications CEN union-site 2017H1 9
        publications ZAI union-site 2017H1 9
    """)
    row = only(covered(frame, members))
    assert (row["value"], row["low"], row["high"], row["qualifier"]) == (0.75, 0.75, 0.75, "exact")
    assert only(covered(frame, members, least=2))["value"] == 0.5


def test_not_reported_widens(observed, members):
    frame = observed("""
        publications AKM union-site 2017H1 0
        publications KUS union-site 2017H1 9
    """)
    row = only(covered(frame, members))
    assert (row["low"], row["high"], row["qualifier"]) == (0.25, 0.75, "about")
    assert np.isnan(row["value"])


def test_the_count_is_a_fact_of_its_own(observed, members):
    frame = observed("""
        publications AKM union-site 2017H1 0
        publications KUS union-site 2017H1 9
    """)
    row = only(there(frame, members))
    assert (row["id"], row["low"], row["high"]) == ("present.publications.TOTAL.union-site.2017H1", 1, 3)
    assert sorted(row["origins"]) == ["observations.csv#2-3"]  # who has none was looked at too
    assert row["inputs"] == ()
    assert only(covered(frame, members))["inputs"] == (row["id"], "volume.organisations.TOTAL.any.2017H1")
    everybody = observed("\n".join(f"publications {m} union-site 2017H1 1" for m in members))
    assert of(only(there(everybody, members))) == (4, 4, 4)


def test_a_bound_may_say_enough_or_not(observed, members):
    frame = observed("""
        publications AKM union-site 2017H1 5 at_least
        publications AKT union-site 2017H1 5 at_most
        publications ATY union-site 2017H1 1 less_than
        publications KUS union-site 2017H1 0 more_than
    """)
    row = only(covered(frame, members))
    assert (row["low"], row["high"]) == (0.5, 0.75)


def test_who_is_named_with_a_total_is_present(observed, members):
    frame = observed("""
        publications TOTAL bilimdi-el 2016 14 exact ATY AKT CEN
        publications AKT   bilimdi-el 2016 3
    """)
    row = only(covered(frame, members))
    assert (row["low"], row["high"], row["qualifier"]) == (0.5, 1, "at_least")
    assert only(there(frame, members))["origins"] == ["observations.csv#2-3"]
    assert only(covered(frame, members, least=3))["low"] == 0.25  # named says one, not three


def test_no_figures_no_coverage(observed, members):
    assert covered(observed("publications TOTAL union-site 2017H1 306"), members).empty


@pytest.mark.parametrize("least", [1, 2, 100])
def test_true_coverage_lies_within_the_bounds(observed, members, least):
    drawn = unions()
    rows = list(covered(observed(text(drawn)), members, least).itertuples())
    assert len(rows) > 30
    for row in rows:
        assert 0 <= row.low <= row.high <= 1
        assert holds(row, np.mean([x >= least for x in drawn[row.start.year].members]))


@pytest.mark.parametrize(("codes", "count"), [("ATY AKT", 2), ("CEN AKT ZAI", 1)])
def test_members_named_with_a_total(observed, members, codes, count):
    row = only(named(observed(f"publications TOTAL bilimdi-el 2016 14 exact {codes}"), members))
    assert (row["indicator"], row["organisation"]) == ("organisations_named", "TOTAL")
    assert (row["outlet"], row["start"].year, row["value"]) == ("bilimdi-el", 2016, count)
    assert row["origins"] == ["observations.csv#2"]
