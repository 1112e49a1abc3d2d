"""The frame of figures: kinds of windows, groups, and no figures at all."""

import numpy as np
import pandas as pd
import pytest
from aqparat.bounds import Bounded
from aqparat.metrics import figures


def windows(*days):
    return pd.DataFrame(days, columns=["start", "end"]).astype("datetime64[us]")


@pytest.mark.parametrize(
    ("start", "end", "kind"),
    [
        ("2017-01-01", "2017-12-31", "year"),
        ("2017-01-01", "2017-06-30", "half"),
        ("2016-07-01", "2016-12-31", "half"),
        ("2017-01-01", None, "open"),
        ("2017-07-01", "2018-12-31", "other"),  # a half ends in its own year
        ("2016-01-01", "2017-12-31", "other"),
        ("2017-07-02", "2017-12-31", "other"),
    ],
)
def test_the_kind_of_a_window(start, end, kind):
    assert figures.kind(windows((start, end))).tolist() == [kind]


def test_groups_are_numbered_as_they_first_come_and_windows_without_an_end_are_alike():
    rows = windows(("2017-01-01", None), ("2016-01-01", None), ("2017-01-01", None)).assign(outlet="a")
    numbers, places = figures.grouped(rows, ["outlet", "start", "end"])
    assert (numbers.tolist(), places) == ([0, 1, 0], [[0, 2], [1]])


def test_members_are_found_whatever_unit_a_frame_counts_its_days_in():
    members = windows(("2017-01-01", "2017-06-30"), ("2017-01-01", "2017-06-30")).assign(
        organisation=["A", "B"]
    )
    rows = windows(("2017-01-01", "2017-06-30"), ("2016-01-01", "2016-06-30")).assign(organisation="B")
    found = figures.among(rows.astype({"start": "datetime64[ns]", "end": "datetime64[ns]"}), members)
    assert found["order"].tolist()[0] == 1 and np.isnan(found["order"][1])
    assert found["n"].tolist()[0] == 2 and np.isnan(found["n"][1])


def test_no_figures_have_the_columns_and_kinds_of_figures(observed):
    from aqparat.metrics.volume import volume

    some = volume(observed("publications KUS union-site 2017H1 3"), pd.Index(["KUS"]))
    nothing = figures.finish(some[:0], "volume", Bounded.exact([]))
    assert nothing.empty and list(nothing.columns) == figures.COLUMNS == list(some.columns)
    assert nothing[figures.WINDOW].dtypes.tolist() == some[figures.WINDOW].dtypes.tolist()
    nothing["id"] = []  # no one else has it then
    assert list(figures.none().columns) == figures.COLUMNS


WHOLE, HALF, OPEN = ("2017-01-01", "2017-12-31"), ("2017-01-01", "2017-06-30"), ("2017-02-23", None)


def rows(*told, **columns):
    """Give figures from `indicator organisation outlet channel` ("." is none) and days."""
    frame = windows(*(days for _, days in told))
    names = ("indicator", "organisation", "outlet", "channel")
    words = [what.replace(".", "").split(" ") for what, _ in told]
    return frame.assign(**dict(zip(names, zip(*words, strict=True), strict=True)), **columns)


SOME = (
    ("copies KUS bilimdi-el newspaper", WHOLE),
    ("publications AKT . website", HALF),
    ("members TOTAL . .", OPEN),
)


def test_the_id_tells_all_that_a_figure_is_about():
    ids = [
        "growth.copies.KUS.bilimdi-el.2017",
        "growth.publications.AKT.website.2017H1",
        "growth.members.TOTAL.any.2017-02-23_",
    ]
    frame = rows(*SOME)
    assert figures.ids(frame, "growth") == ids
    bases = windows(("2016-01-01", "2016-12-31"), (None, None), ("2016-01-01", None))
    compared = frame.assign(base_start=bases["start"], base_end=bases["end"])
    assert figures.ids(compared, "growth") == [f"{ids[0]}.2016", ids[1], f"{ids[2]}.2016-01-01_"]
    assert figures.ids(frame.assign(base_start=pd.NaT, base_end=pd.NaT), "growth") == ids


def test_windows_and_their_codes():
    frame = rows(*SOME)
    assert figures.codes(frame) == ["2017", "2017H1", "2017-02-23_"]
    assert [w.code for w in figures.windows(frame)] == ["2017", "2017H1", "2017-02-23_"]
    assert figures.codes(frame.assign(base_start=pd.NaT, base_end=pd.NaT), figures.BASE) == ["", "", ""]


def test_no_figures_with_further_columns():
    none = figures.none("parts", "low_base", "start_base")
    assert list(none.columns) == [*figures.COLUMNS, "parts", "low_base", "start_base"]
    assert (none["low_base"].dtype, none["start_base"].dtype) == (none["low"].dtype, none["start"].dtype)
    assert none["parts"].dtype == none["indicator"].dtype == "str"
    kinds = {"value": "float64", "base_end": "datetime64[us]", "origins": "object", "inputs": "object"}
    assert {c: str(none[c].dtype) for c in kinds} == kinds


def test_a_finished_frame_has_the_numbers_and_what_they_are_made_from():
    frame = rows(*SOME, origins=[["a.csv#2"]] * 3, inputs=[("x",)] * 3, parts=["p", "q", "r"])
    bounds = Bounded(np.array([np.nan, 3.0, np.nan]), np.array([2.0, 3.0, 0.0]), np.array([8.0, 3.0, 5.0]))
    found = figures.finish(frame, "volume", bounds, keep=["parts"])
    assert list(found) == [*figures.COLUMNS, "parts"]
    assert found["id"].tolist() == figures.ids(frame, "volume")
    assert found[["value", "low", "high"]].fillna(-1).to_numpy().tolist() == [
        [-1, 2, 8],
        [3, 3, 3],
        [-1, 0, 5],
    ]
    assert found["point"].equals(found["value"])
    assert found["qualifier"].tolist() == ["about", "exact", "at_most"]
    assert (found["inputs"].tolist(), found["origins"].tolist()) == ([("x",)] * 3, [["a.csv#2"]] * 3)
    assert found[[*figures.BASE, "interval_low", "interval_high"]].isna().all(axis=None)


def test_a_figure_computed_from_others_has_no_rows_of_its_own():
    frame = rows(*SOME, origins=[["a.csv#2"]] * 3, inputs=[("x",)] * 3)
    inputs, interval = (["a", "b"], ["c"], ["d"]), (np.array([1.0, 2, 3]), np.array([4.0, 5, 6]))
    found = figures.finish(frame, "rate", Bounded.exact([1, 2, 3]), inputs=inputs, interval=interval)
    assert found["inputs"].tolist() == [("a", "b"), ("c",), ("d",)]
    assert found["origins"].tolist() == [(), (), ()]
    assert found[["interval_low", "interval_high"]].to_numpy().tolist() == [[1, 4], [2, 5], [3, 6]]
    bare = figures.finish(rows(*SOME), "rate", Bounded.exact([1, 2, 3]))
    assert bare["inputs"].tolist() == bare["origins"].tolist() == [(), (), ()]


def test_of_what_nothing_is_known_there_is_no_figure():
    low, high = np.array([0.0, 0.0, 0.5]), np.array([np.inf, 2.0, 9.0])
    bounds = Bounded(np.full(3, np.nan), low, high)
    found = figures.finish(rows(*SOME), "volume", bounds)
    assert found["indicator"].tolist() == ["publications", "members"]
    assert found.index.tolist() == [0, 1]
    part = figures.finish(rows(*SOME), "share", bounds, ceiling=1.0)
    assert part[["indicator", "low", "high"]].to_numpy().tolist() == [["members", 0.5, 1]]
    assert part["qualifier"].tolist() == ["at_least"]
    change = figures.finish(rows(*SOME), "growth", bounds, floor=-1.0)
    assert change["qualifier"].tolist() == ["at_least", "about", "about"]
    none = figures.finish(rows(*SOME)[:0], "volume", Bounded.exact([]), keep=["parts"])
    assert list(none) == [*figures.COLUMNS, "parts"]


def test_ids_side_by_side():
    frame = pd.DataFrame({"id": ["a", "b"], "id_base": ["c", "d"], "whole": ["e", "f"]})
    assert figures.pair(frame) == [("a", "c"), ("b", "d")]
    assert figures.pair(frame, "id", "whole") == [("a", "e"), ("b", "f")]
    assert figures.pair(frame, "id") == [("a",), ("b",)]


def test_figures_are_added_up_with_their_parts_and_rows():
    told = rows(
        *((f"copies {code} . newspaper", WHOLE) for code in ("KUS", "AKT", "KUS")),
        id=["a", "b", "c"], point=[1.0, np.nan, 2.0], low=[1.0, 2.0, 2.0], high=[1.0, np.inf, 2.0],
        origins=[["x.csv#2"], ["x.csv#3"], ["x.csv#4", "y.csv#5"]],
    )  # fmt: skip
    found = figures.added(told, ["organisation"])
    assert found["organisation"].tolist() == ["KUS", "AKT"]
    assert found[["point", "low", "high"]].fillna(-1).to_numpy().tolist() == [[3, 3, 3], [-1, 2, np.inf]]
    assert (found["size"].tolist(), found["inputs"].tolist()) == ([2, 1], [("a", "c"), ("b",)])
    assert found["origins"].tolist() == [["x.csv#2,4", "y.csv#5"], ["x.csv#3"]]
    assert "origins" not in figures.added(told.drop(columns="origins"), ["organisation"])


def test_members_of_each_window_are_numbered():
    frame = rows(*SOME)
    found = figures.membership(frame, pd.Index(["B", "A"]))
    assert found[["organisation", "order", "n"]].to_numpy().tolist() == [["B", 0, 2], ["A", 1, 2]] * 3
    assert found["end"].isna().tolist() == [False] * 4 + [True] * 2
    told = windows(WHOLE, HALF, HALF, OPEN).assign(organisation=["A", "A", "B", "B"])
    found = figures.membership(frame, told)
    assert found[["organisation", "order", "n"]].to_numpy().tolist() == [
        ["A", 0, 1], ["A", 0, 2], ["B", 1, 2], ["B", 0, 1],
    ]  # fmt: skip
    assert figures.membership(frame, found) is found


def test_only_members_of_their_window_are_parts():
    frame = rows(
        ("copies A . .", WHOLE), ("copies A . .", OPEN), ("copies B . .", HALF), ("copies TOTAL . .", HALF)
    )
    told = windows(WHOLE, HALF, HALF).assign(organisation=["A", "A", "B"])
    found = figures.parts(frame, told)
    assert found[["organisation", "order", "n"]].to_numpy().tolist() == [["A", 0, 1], ["B", 1, 2]]
    assert found.index.tolist() == [0, 1]
    assert figures.parts(found, pd.Index(["A"])).equals(found)  # they are known already
    always = figures.parts(frame, pd.Index(["B", "A"]))
    assert always[["organisation", "order", "n"]].to_numpy().tolist() == [
        ["A", 1, 2],
        ["A", 1, 2],
        ["B", 0, 2],
    ]


def test_totals_are_the_unions():
    assert figures.totals(rows(*SOME))["indicator"].tolist() == ["members"]


def test_items_of_several_channels_at_once_are_mixed():
    frame = rows(("publications A . .", HALF), ("publications A . website", HALF), ("members A . .", HALF))
    assert figures.unmixed(frame)["channel"].tolist() == ["website", ""]
    assert figures.unmixed(frame)["indicator"].tolist() == ["publications", "members"]


def figured(*told, **columns):
    frame = rows(*told, **columns)
    return figures.finish(frame, "volume", Bounded.exact(range(1, len(told) + 1)), keep=list(columns))


FORMER = (("2016-01-01", "2016-12-31"), ("2016-01-01", "2016-06-30"))


def test_years_and_halves_meet_those_of_a_year_before():
    told = figured(
        *(("copies A . .", window) for window in (WHOLE, HALF, *FORMER)),
        ("copies B . .", HALF), ("copies A . website", ("2016-01-01", "2016-06-30")),
        ("copies A . .", ("2016-07-01", "2016-12-31")), ("copies A . .", ("2017-01-01", "2017-03-31")),
        ("copies A . .", ("2016-01-01", "2016-03-31")),
    )  # fmt: skip
    found = figures.year_pairs(told)
    assert figures.pair(found) == [
        ("volume.copies.A.any.2017", "volume.copies.A.any.2016"),
        ("volume.copies.A.any.2017H1", "volume.copies.A.any.2016H1"),
    ]
    assert found[["point", "point_base", "low_base", "high_base"]].to_numpy().tolist() == [
        [1, 3, 3, 3], [2, 4, 4, 4],
    ]  # fmt: skip
    assert figures.codes(found, figures.BASE) == ["2016", "2016H1"]
    assert list(figures.year_pairs(told[:2])) == [
        *figures.COLUMNS,
        *("id_base", "point_base", "low_base", "high_base"),
    ]
    assert figures.year_pairs(told[:2]).empty


def test_the_last_of_february_meets_the_last_of_february():
    told = figured(("copies A . .", ("2015-03-01", "2016-02-29")))
    assert figures.codes(figures.year_later(told)) == ["2016-03-01_2017-02-28"]


def test_units_are_compared_where_the_two_windows_have_other_parts():
    """The split A was a whole then and is B and C now; what has the same parts both times stands in these."""
    told = figured(
        ("copies A . .", WHOLE), ("copies B . .", WHOLE), ("copies D . .", WHOLE),
        ("copies A . .", FORMER[0]), ("copies B . .", FORMER[0]), ("copies D . .", FORMER[0]),
        parts=["B C", "B", "E F", "A", "B", "E F"],
    )  # fmt: skip
    found = figures.year_pairs(told)
    assert found["organisation"].tolist() == ["A", "B"]
    assert found.index.tolist() == [0, 1]
    assert "parts" not in found and "parts_base" not in found


def test_figures_below_each_other_are_those_that_there_are():
    told = figured(*SOME)
    found = figures.stacked(told[:1], figures.none("parts"), told[1:])
    pd.testing.assert_frame_equal(found, told)
    assert list(figures.stacked(figures.none("parts"), figures.none())) == [*figures.COLUMNS, "parts"]
