import numpy as np
import pytest
from aqparat.metrics import coverage, named, present, volume
from aqparat.metrics.coverage import mentions
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
    assert row["id"] == "coverage.publications.TOTAL.union-site.2017H1"
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
    assert only(covered(frame, members, least=2))["low"] == 0.25


def test_who_is_named_is_present_where_the_figures_do_not_tell(observed, members):
    frame = observed(
        "publications TOTAL bilimdi-el 2016 9 exact AKT\npublications AKT bilimdi-el 2016 2 at_most"
    )
    row = only(there(frame, members))
    assert (row["low"], row["high"], row["inputs"]) == (1, 4, ())


def test_a_count_names_rows_not_what_they_were_added_up_from(observed, members):
    lines = [f"publications {code} union-site {half} 1" for code in members for half in ("2017H1", "2017H2")]
    year = (
        there(observed("\n".join(lines)), members)
        .set_index("id")
        .loc["present.publications.TOTAL.union-site.2017"]
    )
    assert (year["value"], year["inputs"], year["origins"]) == (4, (), ["observations.csv#2-9"])


def test_each_of_those_named_has_a_row_with_the_total_that_names_it(observed):
    frame = observed(
        "publications TOTAL bilimdi-el 2016 14 exact ATY AKT\npublications AKT bilimdi-el 2016 3"
    )
    rows = mentions(frame)
    assert rows["organisation"].to_list() == ["ATY", "AKT"]
    assert set(rows["total"]) == {"volume.publications.TOTAL.bilimdi-el.2016"}


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


@pytest.mark.parametrize(("codes", "count"), [("ATY AKT", 2), ("CEN AKT ZAI", 1), ("AKT", 1)])
@pytest.mark.parametrize(("window", "code"), [("2016", "2016"), ("2016-", "2016-01-01_")])
def test_members_named_with_a_total(observed, members, codes, count, window, code):
    row = only(named(observed(f"publications TOTAL bilimdi-el {window} 14 exact {codes}"), members))
    assert (row["id"], row["value"]) == (f"volume.organisations_named.TOTAL.bilimdi-el.{code}", count)
    assert row["origins"] == ["observations.csv#2"]
