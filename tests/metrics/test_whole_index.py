from dataclasses import fields

import pandas as pd
import pytest
from aqparat.metrics import figures, penetration, rate, training_reach, volume
from aqparat.metrics.activity_index import activity_index, index_rank, leave_one_out
from aqparat.metrics.index import Index
from figured import due

HALF = pd.DataFrame(
    {"start": [pd.Timestamp("2017-01-01")], "end": [pd.Timestamp("2017-06-30")]}, dtype="datetime64[us]"
)
MEMBERS = pd.Index(["AKM", "AKT", "ATY", "KUS", "PAR", "UST"])
ITEMS, COPIES = (1, 2, 3, 4, 5, 6), (30, 20, 60, 10, 40)  # of UST no copies are known
SETTINGS = {"weights": {"site": 3, "copies": 2}, "least_weight": 0.7, "draws": 3, "seed": 7}
REPORTED = "\n".join(
    [
        *(f"members {code} . 2016 1000" for code in (*MEMBERS, "CEN")),
        *(f"publications {code} union-site 2017H1 {n}" for code, n in zip(MEMBERS, ITEMS, strict=True)),
        *(f"copies {code} bilimdi-el 2017 {n}" for code, n in zip(MEMBERS, COPIES, strict=False)),
        "publications AKM bilimdi-el 2017H1 1",
        "publications CEN union-site 2017H1 9",
    ]
)


@pytest.fixture
def index(tables, observed):
    def give(lines):
        volumes = volume(observed(lines), MEMBERS, ["CEN"], ["copies", "members"])
        rates = {
            "rate": rate(volumes, ["publications"]),
            "penetration": penetration(volumes),
            "training_reach": training_reach(volumes),
        }
        members = figures.membership(HALF, MEMBERS)
        papers, n = ["bilimdi-el"], due(HALF, MEMBERS)
        return Index.of(volumes, rates, tables.outlets, papers, HALF, members, n, SETTINGS)

    return give


def values(frame, name):
    return frame[frame["indicator"] == name].set_index("organisation")["value"].to_dict()


def test_it_is_made_of_the_components_that_have_a_weight(index):
    found = index(REPORTED)
    assert set(found.components["indicator"]) == {"site", "copies"}
    assert values(found.components, "site") == dict(zip(MEMBERS, ITEMS, strict=True))  # not the head office
    assert set(found.tallies["indicator"]) == {"site"}  # copies are no rate of items
    assert values(found.tallies, "site") == dict(zip(MEMBERS, ITEMS, strict=True))


def test_it_counts_who_has_each_component_and_each_score(index):
    found = index(REPORTED)
    for frame, what in ((found.components_reported, "component"), (found.scores_reported, "score")):
        assert dict(zip(frame["id"], frame["value"], strict=True)) == {
            f"reported.copies_{what}.TOTAL.any.2017H1": 5,
            f"reported.site_{what}.TOTAL.any.2017H1": 6,
        }


def test_scores_are_of_components_and_all_else_of_scores(index):
    found = index(REPORTED)
    assert values(found.scores, "site")["AKM"] == 100 * 0.5 / 6
    how = found.scores, SETTINGS["weights"], 0.7
    assert list(found.indices["organisation"]) == list(MEMBERS[:5])  # UST has only 60 % of the weight
    pd.testing.assert_frame_equal(found.indices, activity_index(*how))
    pd.testing.assert_frame_equal(found.left_out, leave_one_out(*how))
    told = found.indices, found.scores, found.scores_reported, MEMBERS, *how[1:]
    pd.testing.assert_frame_equal(found.ranks, index_rank(*told, 3, 7))
    assert not found.ranks.equals(index_rank(*told, 3, 8))


def test_of_no_component_nothing_is_made_but_what_was_counted_is_told(index):
    found = index("publications KUS union-site 2017H1 4")  # of nobody the members are known
    assert values(found.tallies, "site") == {"KUS": 4}
    for field in fields(Index):
        frame = getattr(found, field.name)
        assert list(frame[figures.COLUMNS]) == figures.COLUMNS
        assert frame.empty == (field.name != "tallies")
