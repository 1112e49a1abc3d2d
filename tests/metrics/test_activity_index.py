from random import Random

import numpy as np
import pandas as pd
import pytest
from aqparat.metrics import (
    activity_index,
    components,
    index_rank,
    leave_one_out,
    penetration,
    rate,
    training_reach,
    volume,
)
from aqparat.metrics.activity_index import COMPONENTS
from aqparat.settings import defaults
from scipy.stats import percentileofscore, rankdata

NONE = pd.Index([])
EQUAL = dict.fromkeys(COMPONENTS, 0.2)


def rates(values, start="2017-01-01", end="2017-06-30"):
    """Components as figures from {organisation: {component: value}}."""
    rows = [
        {
            "indicator": name,
            "organisation": code,
            "outlet": "",
            "channel": "",
            "point": value,
            "origins": [code],
        }
        for code, own in values.items()
        for name, value in own.items()
    ]
    return pd.DataFrame(rows).assign(start=pd.Timestamp(start), end=pd.Timestamp(end))


def drawn(number=12, missing=0.15, seed=1):
    random = Random(seed)
    codes = [f"M{n:02}" for n in range(number)]
    return {
        code: {name: random.randint(0, 9) for name in COMPONENTS if random.random() >= missing}
        for code in codes
    }


def index_of(values, weights=EQUAL, **options):
    return activity_index(rates(values), pd.Index(list(values)), weights, **options).set_index("organisation")


def test_percentile_ranks_weighed_by_hand():
    found = index_of(
        {
            "AKM": {"site": 1, "newspapers": 5},
            "AKT": {"site": 2, "newspapers": 5},
            "ATY": {"site": 3, "newspapers": 0},
            "KUS": {"site": 4, "newspapers": 9},
        },
        weights={"site": 3, "newspapers": 1},
    )
    # site: 12.5, 37.5, 62.5, 87.5; newspapers: 50, 50, 12.5, 87.5
    assert found["value"].to_dict() == {"AKM": 21.875, "AKT": 40.625, "ATY": 50, "KUS": 87.5}
    assert found.loc["ATY", ["low", "high"]].to_list() == [12.5, 62.5]
    assert (found.loc["KUS", "qualifier"], found.loc["ATY", "qualifier"]) == ("exact", "about")
    assert found.loc["KUS", "origins"] == ["KUS", "AKM", "AKT", "ATY"]  # its own, then those it is among
    assert found["indicator"].eq("activity").all()


def test_sixty_percent_of_the_weight_must_be_observed():
    values = {code: dict.fromkeys(COMPONENTS, n) for n, code in enumerate(("AKM", "AKT", "ATY"))}
    for name, given in (("broadcasts", True), ("training", True), ("copies", False)):
        del values["AKM"][name]
        assert ("AKM" in index_of(values).index) == given
    assert "AKM" in index_of(values, least_weight=0.4).index


def test_one_organisation_alone_has_no_rank():
    assert index_of({"KUS": dict.fromkeys(COMPONENTS, 5)}).empty


def test_who_is_no_member_does_not_count():
    values = {"AKM": {"site": 1}, "KUS": {"site": 2}, "CEN": {"site": 9}}
    found = activity_index(rates(values), pd.Index(["AKM", "KUS"]), {"site": 1.0})
    assert found["value"].to_list() == [25, 75]


def test_it_is_the_mean_of_percentiles_of_score():
    values = drawn()
    found = index_of(values)
    assert len(found) > 8
    for code, row in found.iterrows():
        scores = [
            percentileofscore([own[name] for own in values.values() if name in own], x, kind="mean")
            for name, x in values[code].items()
        ]
        assert row["value"] == pytest.approx(np.mean(scores))
        without = [np.mean(scores[:k] + scores[k + 1 :]) for k in range(len(scores))]
        low, high = ([*without, row["value"]] for _ in range(2))
        assert (row["low"], row["high"]) == pytest.approx((min(low), max(high)))


def test_it_lies_between_nothing_and_a_hundred():
    for seed in range(20):
        found = index_of(drawn(seed=seed, missing=0.3))
        assert ((found["low"] >= 0) & (found["low"] <= found["value"])).all()
        assert ((found["value"] <= found["high"]) & (found["high"] <= 100)).all()


def test_leaving_one_out_is_an_index_of_the_others():
    values = drawn(missing=0)
    left = leave_one_out(rates(values), pd.Index(list(values)), EQUAL)
    assert len(left) == len(values) * len(COMPONENTS)
    for name in COMPONENTS:
        others = {k: w for k, w in EQUAL.items() if k != name}
        expected = index_of(values, others)["value"]
        found = left[left["without"] == name].set_index("organisation")["value"]
        pd.testing.assert_series_equal(found, expected, check_names=False)


def ranked(values, **options):
    found = index_rank(rates(values), pd.Index(list(values)), EQUAL, **options)
    return found.set_index("organisation")[["value", "low", "high"]].sort_index()


def test_ranks_have_a_band():
    values = drawn(missing=0)
    found = ranked(values)
    index = index_of(values)["value"].sort_index()
    assert found["value"].to_list() == rankdata(-index, method="min").tolist()
    assert ((found["low"] >= 1) & (found["low"] <= found["value"])).all()
    assert ((found["value"] <= found["high"]) & (found["high"] <= len(values))).all()
    assert (found["low"] < found["high"]).any()


def test_the_band_is_the_same_every_time_and_in_every_order():
    values = drawn()
    shuffled = dict(Random(2).sample(list(values.items()), len(values)))
    pd.testing.assert_frame_equal(ranked(values), ranked(values))
    pd.testing.assert_frame_equal(ranked(values), ranked(shuffled))


def test_who_leads_in_all_leads_with_any_weights():
    values = {code: dict.fromkeys(COMPONENTS, n) for n, code in enumerate(("AKM", "AKT", "ATY"))}
    assert ranked(values).to_numpy().tolist() == [[3, 3, 3], [2, 2, 2], [1, 1, 1]]


def test_the_band_by_one_of_two_components():
    values = {"AKM": {"site": 1, "copies": 2}, "KUS": {"site": 2, "copies": 1}}
    found = index_rank(rates(values), pd.Index(["AKM", "KUS"]), {"site": 0.95, "copies": 0.05})
    # KUS is second where its weight is under a half: rare, for the mean of the draws is 0.95
    assert found.set_index("organisation").loc["KUS", ["value", "low", "high"]].to_list() == [1, 1, 1]
    even = index_rank(rates(values), pd.Index(["AKM", "KUS"]), {"site": 0.5, "copies": 0.5})
    assert even[["low", "high"]].to_numpy().tolist() == [[1, 2], [1, 2]]


def test_windows_apart():
    both = pd.concat([rates(drawn(missing=0)), rates(drawn(missing=0, seed=9), "2018-01-01", "2018-06-30")])
    members = pd.Index(both["organisation"].unique())
    for metric in (activity_index, index_rank):
        apart = [metric(part, members, EQUAL) for _, part in both.groupby("start")]
        together = metric(both, members, EQUAL).sort_values(["start", "organisation"], ignore_index=True)
        pd.testing.assert_frame_equal(together, pd.concat(apart, ignore_index=True))


def rate_frames(frame):
    volumes = volume(frame, NONE, stocks=["copies", "members"])
    return {
        "rate": rate(volumes, defaults()["indicators"]["items"]),
        "penetration": penetration(volumes),
        "training_reach": training_reach(volumes),
    }


def test_components_from_rates(observed):
    frame = observed("""
        members      KUS .                    2016   1000
        publications KUS union-site           2017H1 3
        publications KUS bilimdi-el           2017H1 1
        publications KUS qazaqstan-kasipodagy 2017H1 4
        publications KUS television           2017H1 50
        broadcasts   KUS television           2017H1 2
        broadcasts   KUS radio                2017H1 6
        trained      KUS .                    2017H1 250
        copies       KUS bilimdi-el           2017   20
        copies       KUS qazaqstan-kasipodagy 2017   10
    """)
    found = components(rate_frames(frame))
    half = found[(found["start"] == "2017-01-01") & (found["end"] == "2017-06-30")]
    assert half.set_index("indicator")["value"].to_dict() == pytest.approx(
        {"broadcasts": 8, "copies": 3, "newspapers": 5, "site": 3, "training": 0.25}
    )
    assert found.groupby("indicator").size()["copies"] == 3  # the year and its halves


def test_a_bound_is_no_component(observed):
    frame = observed("members KUS . 2016 10\npublications KUS union-site 2017 60 more_than")
    assert components(rate_frames(frame)).empty


def test_without_members_there_is_no_index(observed):
    rows = components(rate_frames(observed("publications KUS union-site 2017H1 3")))
    for metric in (activity_index, index_rank, leave_one_out):
        assert metric(rows, pd.Index(["KUS"]), EQUAL).empty


def test_the_published_weights_are_of_components():
    weights = defaults()["activity_index"]["weights"]
    assert set(weights) == set(COMPONENTS)
    assert sum(weights.values()) == pytest.approx(1)
