import pytest
from aqparat.explore.known import Known
from aqparat.explore.mapped import mapped
from aqparat.explore.picked import places_of


@pytest.fixture(scope="module")
def known():
    return Known("2017H1", "en")


def test_what_has_no_place_is_not_told_twice(known):
    assert mapped(known, "trained", period="2017").title.lower().count("trained") == 1


def test_a_place_stands_beside_what_is_counted(known):
    (site, *_) = places_of(known, "publications")
    assert known.spots([site]) == [known.spot(site)]
