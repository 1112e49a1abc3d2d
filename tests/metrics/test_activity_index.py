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
    scores,
    tally,
    training_reach,
    volume,
)
from aqparat.metrics.activity_index import Component, chosen
from aqparat.settings import defaults
from figured import NONE, of, only, told_by
from scipy.stats import percentileofscore, rankdata

HALF = pd.DataFrame({"start": [pd.Timestamp("2017-01-01")], "end": [pd.Timestamp("2017-06-30")]}).astype(
    "datetime64[us]"
)
NAMES = ("site", "newspapers", "copies", "broadcasts", "training")
EQUAL = dict.fromkeys(NAMES, 0.2)


def rates(values, half=HALF):
    """Components as figures from {organisation: {component: value or (low, high)}}."""
    rows = [
        {
            "id": f"component.{name}.{code}.any.{half['start'].iloc[0].year}H1",
            "indicator": name,
            "organisation": code,
            "outlet": "",
            "channel": "",
            "point": np.nan if isinstance(value, tuple) else value,
            "low": value[0] if isinstance(value, tuple) else value,
            "high": value[1] if isinstance(value, tuple) else value,
        }
        for code, own in values.items()
        for name, value in own.items()
    ]
    return pd.DataFrame(rows).assign(start=half["start"].iloc[0], end=half["end"].iloc[0])


def drawn(number=12, missing=0.15, seed=1):
    random = Random(seed)
    codes = [f"M{n:02}" for n in range(number)]
    return {
        code: {name: random.randint(0, 9) for name in NAMES if random.random() >= missing} for code in codes
    }


class Ranked:
    """The index of some components, with all that it is made from."""

    def __init__(self, components, members, weights=EQUAL, least=0.6, draws=1000, seed=0):
        told = told_by(components, members, "_component")
        self.scores = scores(components, told, members)
        self.reported = told_by(self.scores, members, "_score")
        self.index = activity_index(self.scores, weights, least)
        self.without = leave_one_out(self.scores, weights, least)
        told = self.index, self.scores, self.reported
        self.ranks = index_rank(*told, members, weights, least, draws, seed)


def of_values(values, weights=EQUAL, silent=0, **options):
    members = pd.Index([*values, *(f"S{n}" for n in range(silent))])
    return Ranked(rates(values), members, weights, **options)


def index_of(values, weights=EQUAL, **options):
    return of_values(values, weights, **options).index.set_index("organisation")


FOUR = {
    "AKM": {"site": 1, "newspapers": 5},
    "AKT": {"site": 2, "newspapers": 5},
    "ATY": {"site": 3, "newspapers": 0},
    "KUS": {"site": 4, "newspapers": 9},
}


def test_percentile_ranks_weighed_by_hand():
    told = of_values(FOUR, weights={"site": 3, "newspapers": 1})
    site = told.scores[told.scores["indicator"] == "site"].set_index("organisation")
    assert site["value"].to_dict() == {"AKM": 12.5, "AKT": 37.5, "ATY": 62.5, "KUS": 87.5}
    # newspapers: 50, 50, 12.5, 87.5
    found = told.index.set_index("organisation")
    assert found["value"].to_dict() == {"AKM": 21.875, "AKT": 40.625, "ATY": 50, "KUS": 87.5}
    assert of(found.loc["ATY"]) == (50, 50, 50)  # all are known
    assert found["qualifier"].eq("exact").all()
    assert found["indicator"].eq("activity").all()
    assert found.loc["KUS", "inputs"] == ("score.site.KUS.any.2017H1", "score.newspapers.KUS.any.2017H1")
    assert site.loc["KUS", "inputs"] == (
        "component.site.KUS.any.2017H1",
        "reported.site_component.TOTAL.any.2017H1",
    )


def test_the_inputs_stand_in_the_order_of_the_weights():
    row = of_values(FOUR, weights={"newspapers": 1, "site": 3}).index.iloc[0]
    assert row["inputs"] == ("score.newspapers.AKM.any.2017H1", "score.site.AKM.any.2017H1")


def test_who_did_not_report_can_stand_anywhere():
    values = {"AKM": {"site": 1}, "AKT": {"site": 2}, "ATY": {"site": 2}}
    told = of_values(values, weights={"site": 1}, silent=1).scores.set_index("organisation")
    # of four: AKM is above none of those known, perhaps above the one silent
    assert of(told.loc["AKM"]) == (100 * 0.5 / 3, 100 * 0.5 / 4, 100 * 1.5 / 4)
    assert of(told.loc["AKT"]) == (100 * 2 / 3, 100 * 2 / 4, 100 * 3 / 4)


def test_what_is_known_by_bounds_has_a_range_of_places():
    values = {"AKM": {"site": 1}, "AKT": {"site": (2, np.inf)}, "ATY": {"site": 3}, "KUS": {"site": 3}}
    told = of_values(values, weights={"site": 1}).scores.set_index("organisation")
    assert of(told.loc["AKT"], "low", "high") == (37.5, 87.5)  # above AKM only, or above all
    assert np.isnan(told.loc["AKT", "value"])
    assert of(told.loc["ATY"]) == (100 * 2 / 3, 50, 75)  # the value is among those known exactly
    assert of(told.loc["AKM"]) == (
        12.5,
        12.5,
        12.5,
    )  # the last of all the four, whatever AKT has: not of three


def test_a_part_that_is_not_observed_lies_between_nothing_and_a_hundred():
    values = {**FOUR, "KUS": {"site": 4}}
    weights = {"site": 3, "newspapers": 1}
    found = index_of(values, weights)
    assert of(found.loc["KUS"]) == (87.5, 0.75 * 87.5, 0.75 * 87.5 + 25)
    assert found.loc["KUS", "qualifier"] == "about"
    assert found.loc["KUS", "inputs"] == ("score.site.KUS.any.2017H1",)
    # newspapers of the three others: KUS may have had more or less
    assert of(found.loc["AKM"], "low", "high") == (
        0.75 * 12.5 + 0.25 * 100 * 2 / 4,
        0.75 * 12.5 + 0.25 * 100 * 3 / 4,
    )


def test_a_part_known_by_bounds_only_lifts_the_index_into_its_bounds():
    """Of papers AKM surely has more than two others: neither its index nor its rank is of the site alone."""
    papers = {"AKM": (10, np.inf), "AKT": 0, "ATY": 0, "KUS": (9, 12)}
    sites = {"AKM": 1, "AKT": 1, "ATY": 3, "KUS": 4}
    values = {code: {"site": sites[code], "newspapers": papers[code]} for code in papers}
    told = of_values(values, {"site": 2, "newspapers": 1})
    index, ranks = (frame.set_index("organisation") for frame in (told.index, told.ranks))
    assert of(index.loc["AKM"]) == pytest.approx(
        ((2 * 25 + 62.5) / 3, (2 * 25 + 62.5) / 3, (2 * 25 + 87.5) / 3)
    )
    assert index.loc["AKT", "value"] == pytest.approx((2 * 25 + 25) / 3)
    assert ranks["value"].to_dict() == index["value"].rank(ascending=False, method="min").to_dict()


def test_deleting_figures_only_widens_the_range_of_the_index():
    values = drawn(missing=0)
    before = index_of(values)
    for code in list(values)[:4]:
        for lost in (("site",), ("site", "copies"), ("training", "newspapers")):
            less = {
                k: {n: x for n, x in own.items() if k != code or n not in lost} for k, own in values.items()
            }
            after = index_of(less)
            assert (after["low"] <= before["low"] + 1e-9).all()
            assert (after["high"] >= before["high"] - 1e-9).all()
            assert after.loc[code, "high"] - after.loc[code, "low"] >= 20 * len(lost) - 1e-9


def test_sixty_percent_of_the_weight_must_be_observed():
    values = {code: dict.fromkeys(NAMES, n) for n, code in enumerate(("AKM", "AKT", "ATY"))}
    for name, given in (("broadcasts", True), ("training", True), ("copies", False)):
        del values["AKM"][name]
        assert ("AKM" in index_of(values).index) == given
    assert "AKM" in index_of(values, least=0.4).index


def test_a_bound_is_not_observed():
    values = {code: dict.fromkeys(NAMES, n) for n, code in enumerate(("AKM", "AKT", "ATY"))}
    values["AKM"].update(dict.fromkeys(("site", "copies", "training"), (0, np.inf)))
    assert "AKM" not in index_of(values).index
    del values["AKM"]["site"]
    values["AKM"]["copies"] = 0
    row = index_of(values).loc["AKM"]  # three of five have a value: 60 %
    third = 100 * 0.5 / 3
    assert of(row, "value", "low") == pytest.approx((third, 0.6 * third + 0.2 * third))
    # the site may be anything, training may be the most of all
    assert row["high"] == pytest.approx(0.6 * third + 20 + 0.2 * 100 * 2.5 / 3)


def test_one_organisation_alone_has_no_rank():
    told = of_values({"KUS": dict.fromkeys(NAMES, 5)}, silent=3)
    assert told.scores.empty
    assert told.index.empty
    assert told.ranks.empty


def site_scores(silent=0, **values):
    told = of_values({code: {"site": x} for code, x in values.items()}, silent=silent).scores
    return {row.organisation: of(row) for row in told.itertuples()}


def test_a_rank_among_those_known_exactly_lies_within_what_is_sure_of_all():
    """Two exact numbers are enough for ranks among them, one is none."""
    assert site_scores(AKM=1, AKT=2, silent=1)["AKM"] == (25, 100 * 0.5 / 3, 100 * 1.5 / 3)
    below = site_scores(AKM=5, AKT=6, ATY=(0, 1), KUS=(0, 1), silent=1)
    assert below["AKM"] == (50, 50, 70)  # 25 among the two, but two more are surely below
    above = site_scores(AKM=5, AKT=4, ATY=(9, np.inf), KUS=(9, np.inf), silent=1)
    assert above["AKM"] == (50, 30, 50)
    alone = site_scores(AKM=5, AKT=(2, np.inf))["AKM"]
    assert alone == pytest.approx((np.nan, 25, 75), nan_ok=True)


def test_a_component_of_one_alone_leaves_the_scores_of_the_others():
    told = of_values({"AKM": {"newspapers": 5, "site": 1}, "AKT": {"site": 2}}).scores
    assert told["indicator"].to_list() == ["site", "site"]


def test_who_is_no_member_does_not_count():
    values = {"AKM": {"site": 1}, "KUS": {"site": 2}, "CEN": {"site": 9}}
    found = Ranked(rates(values), pd.Index(["AKM", "KUS"]), {"site": 1.0}).index
    assert found["value"].to_list() == [25, 75]


def test_it_is_the_mean_of_percentiles_of_score():
    values = drawn()
    told = of_values(values)
    found, without = (f.set_index("organisation") for f in (told.index, told.without))
    assert len(found) > 8
    assert found.index.equals(without.index)
    for code, row in found.iterrows():
        observed = [
            percentileofscore([own[name] for own in values.values() if name in own], x, kind="mean")
            for name, x in values[code].items()
        ]
        assert row["value"] == pytest.approx(np.mean(observed))
        left = [np.mean(observed[:k] + observed[k + 1 :]) for k in range(len(observed))]
        if len(observed) < len(NAMES):
            left.append(np.mean(observed))  # without the one that is not there
        low, high = without.loc[code, ["low", "high"]]
        assert (low, high) == pytest.approx((min(left), max(left)))
        assert np.isnan(without.loc[code, "value"])
        assert without.loc[code, "inputs"] == row["inputs"]


def test_it_lies_between_nothing_and_a_hundred():
    for seed in range(20):
        found = index_of(drawn(seed=seed, missing=0.3), silent=seed % 3)
        assert ((found["low"] >= 0) & (found["low"] <= found["value"])).all()
        assert ((found["value"] <= found["high"]) & (found["high"] <= 100)).all()


def ranked(values, **options):
    columns = ["value", "low", "high", "interval_low", "interval_high"]
    return of_values(values, **options).ranks.set_index("organisation")[columns].sort_index()


def test_ranks_have_a_band():
    values = drawn(missing=0)
    found = ranked(values)
    index = index_of(values)["value"].sort_index()
    assert found["value"].to_list() == rankdata(-index, method="min").tolist()
    assert (found["low"].eq(found["value"]) & found["high"].eq(found["value"])).all()  # all is known
    assert ((found["interval_low"] >= 1) & (found["interval_low"] <= found["value"])).all()
    assert ((found["value"] <= found["interval_high"]) & (found["interval_high"] <= len(values))).all()
    assert (found["interval_low"] < found["interval_high"]).any()


def test_a_rank_is_open_for_those_without_an_index():
    values = {code: dict.fromkeys(NAMES, n) for n, code in enumerate(("AKM", "AKT", "ATY"))}
    found = ranked(values, silent=2)
    # of five: the two silent may be ahead of everybody, and make the indices ranges
    assert found["value"].to_list() == [3, 2, 1]
    assert found["high"].to_list() == [5, 5, 4]  # AKM can at most come up to ATY, not past it
    assert found["low"].to_list() == [1, 1, 1]
    assert found["interval_high"].to_list() == [3, 2, 1]  # other weights change nothing


def test_a_rank_says_what_it_stands_on():
    told = of_values(FOUR, weights={"newspapers": 1, "site": 3}).ranks.set_index("organisation")
    assert told.loc["KUS", "id"] == "rank.activity.KUS.any.2017H1"
    assert told.loc["KUS", "inputs"] == (
        "activity_index.activity.KUS.any.2017H1",
        "reported.newspapers_score.TOTAL.any.2017H1",
        "reported.site_score.TOTAL.any.2017H1",
    )


def test_the_band_is_the_same_every_time_and_in_every_order():
    values = drawn()
    shuffled = dict(Random(2).sample(list(values.items()), len(values)))
    pd.testing.assert_frame_equal(ranked(values), ranked(values))
    pd.testing.assert_frame_equal(ranked(values), ranked(shuffled))


def test_who_leads_in_all_leads_with_any_weights():
    values = {code: dict.fromkeys(NAMES, n) for n, code in enumerate(("AKM", "AKT", "ATY"))}
    assert ranked(values).to_numpy().tolist() == [[n] * 5 for n in (3, 2, 1)]


def test_the_band_by_one_of_two_components():
    values = {"AKM": {"site": 1, "copies": 2}, "KUS": {"site": 2, "copies": 1}}
    found = ranked(values, weights={"site": 0.95, "copies": 0.05})
    # KUS is second where its weight is under a half: rare, for the mean of the draws is 0.95
    assert found.loc["KUS"].to_list() == [1, 1, 1, 1, 1]
    even = ranked(values, weights={"site": 0.5, "copies": 0.5})
    assert even[["interval_low", "interval_high"]].to_numpy().tolist() == [[1, 2], [1, 2]]
    assert even["value"].to_list() == [1, 1]


def test_windows_apart():
    later = HALF + pd.DateOffset(years=1)
    both = pd.concat([rates(drawn(missing=0)), rates(drawn(missing=0, seed=9), later)])
    members = pd.Index(both["organisation"].unique())
    for name in ("index", "ranks", "without"):
        apart = [getattr(Ranked(part, members), name) for _, part in both.groupby("start")]
        together = getattr(Ranked(both, members), name)
        together = together.sort_values(["start", "organisation"], ignore_index=True)
        pd.testing.assert_frame_equal(together, pd.concat(apart, ignore_index=True))


WANTED = [
    Component("site", "rate", "publications", ("union-site",)),
    Component("newspapers", "rate", "publications", ("qazaqstan-kasipodagy", "bilimdi-el")),
    Component("copies", "penetration", "copies", ("qazaqstan-kasipodagy", "bilimdi-el")),
    Component("broadcasts", "rate", "broadcasts", (), ("television", "radio"), together=True),
    Component("training", "training_reach", "trained"),
]


def parts(frame, wanted=WANTED):
    volumes = volume(frame, NONE, stocks=["copies", "members"])
    frames = {
        "rate": rate(volumes, defaults()["indicators"]["items"]),
        "penetration": penetration(volumes),
        "training_reach": training_reach(volumes),
    }
    return components(frames, wanted, HALF).set_index("indicator")


REPORTED = """
    members      KUS .                    2016   1000
    publications KUS union-site           2017H1 3
    publications KUS bilimdi-el           2017H1 1
    publications KUS qazaqstan-kasipodagy 2017H1 4
    publications KUS television           2017H1 50
    publications KUS website              2017H1 70
    broadcasts   KUS television           2017H1 2
    broadcasts   KUS radio                2017H1 6
    trained      KUS .                    2017H1 250
    copies       KUS bilimdi-el           2017   20
    copies       KUS qazaqstan-kasipodagy 2017   10
"""


def test_components_from_rates(observed):
    found = parts(observed(REPORTED))
    assert found["value"].to_dict() == pytest.approx(
        {"broadcasts": 8, "copies": 3, "newspapers": 5, "site": 3, "training": 0.25}
    )
    assert found.loc["copies", ["start", "end"]].to_list() == HALF.iloc[0].to_list()  # those of the year
    assert found.loc["newspapers", "inputs"] == tuple(
        f"rate.publications.KUS.{paper}.2017H1" for paper in ("qazaqstan-kasipodagy", "bilimdi-el")
    )
    assert found.loc["copies", "inputs"][0] == "penetration.copies.KUS.qazaqstan-kasipodagy.2017"
    assert found.loc["broadcasts", "id"] == "component.broadcasts.KUS.any.2017H1"
    assert found[["outlet", "channel"]].eq("").all(axis=None)


@pytest.mark.parametrize(
    ("lost", "name", "known"),
    [
        ("publications KUS bilimdi-el           2017H1 1", "newspapers", 4),
        ("broadcasts   KUS television           2017H1 2", "broadcasts", 6),
        ("copies       KUS bilimdi-el           2017   20", "copies", 1),
    ],
)
def test_a_series_that_is_not_reported_leaves_a_lower_bound(observed, lost, name, known):
    row = parts(observed(REPORTED.replace(lost, ""))).loc[name]
    assert (row["low"], row["high"], np.isnan(row["value"])) == (pytest.approx(known), np.inf, True)


def test_what_was_counted_for_a_component(observed):
    lines = REPORTED.replace("broadcasts   KUS radio                2017H1 6", "")
    volumes = volume(observed(lines), NONE, stocks=["copies", "members"])
    found = tally(volumes, WANTED, HALF).set_index("indicator")
    assert found["value"].drop("broadcasts").to_dict() == {"newspapers": 5, "site": 3}
    assert of(found.loc["broadcasts"], "low", "high") == (2, np.inf)  # nobody has told of the radio
    assert found.loc["newspapers", "id"] == "tally.newspapers.KUS.any.2017H1"
    assert found.loc["newspapers", "inputs"] == tuple(
        f"volume.publications.KUS.{paper}.2017H1" for paper in ("qazaqstan-kasipodagy", "bilimdi-el")
    )


def test_television_and_radio_counted_together_are_the_whole(observed):
    apart = "".join(line for line in REPORTED.splitlines(keepends=True) if "broadcasts" in line)
    together = "    broadcasts   KUS .                    2017H1 9\n"
    row = parts(observed(REPORTED.replace(apart, together))).loc["broadcasts"]
    assert (row["value"], row["inputs"]) == (pytest.approx(9), ("rate.broadcasts.KUS.any.2017H1",))
    row = parts(observed(REPORTED + together)).loc["broadcasts"]  # told apart, they are not counted twice
    assert (row["value"], len(row["inputs"])) == (pytest.approx(8), 2)
    one = REPORTED.replace("broadcasts   KUS radio                2017H1 6", "")
    row = parts(observed(one + together)).loc["broadcasts"]
    assert (row["value"], row["inputs"]) == (pytest.approx(9), ("rate.broadcasts.KUS.any.2017H1",))


def test_a_bound_stays_one(observed):
    found = parts(observed("members KUS . 2016 1000\npublications KUS union-site 2017H1 60 more_than"))
    row = only(found)
    assert (row["low"], row["high"], np.isnan(row["value"])) == (61, np.inf, True)


def test_other_windows_are_not_of_the_period(observed):
    found = parts(observed("members KUS . 2016 1000\npublications KUS union-site 2016H1 60"))
    assert found.empty


def test_without_members_there_is_no_index(observed):
    assert parts(observed("publications KUS union-site 2017H1 3")).empty


def test_a_component_that_nothing_is_chosen_for_is_left_out(observed):
    wanted = [Component("site", "rate", "publications"), WANTED[3]]
    everywhere = "    publications KUS . 2017H1 99\n"  # is of no place
    assert list(parts(observed(REPORTED + everywhere), wanted).index) == ["broadcasts"]


def test_the_published_weights_are_of_components(tables):
    weights = defaults()["activity_index"]["weights"]
    told = chosen(tables.outlets, ["bilimdi-el"])
    assert set(weights) == {c.name for c in told}
    assert sum(weights.values()) == pytest.approx(1)
    assert chosen(tables.outlets, WANTED[1].outlets) == WANTED
