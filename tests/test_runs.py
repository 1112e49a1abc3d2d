from unittest import mock

import numpy as np
import pytest
from aqparat import runs as module
from aqparat.runs import joined, merged, numbers, ranges, ranges_of, read, runs, without, worded
from hypothesis import given
from hypothesis import strategies as st

ROWS = st.lists(st.integers(1, 60))
RUN = st.tuples(st.integers(1, 60), st.integers(0, 9)).map(lambda pair: (pair[0], sum(pair)))


@pytest.mark.parametrize(
    ("rows", "written", "said"),
    [
        ([], "", ""),
        ([7], "7", "7"),
        ([2, 3], "2-3", "2–3"),
        ([40, 2, 3, 4], "2-4,40", "2–4, 40"),
        ([5, 5, 5], "5", "5"),
        ([9, 10, 11, 2], "2,9-11", "2, 9–11"),  # by number, not by digits
        (range(2, 1_000_002), "2-1000001", "2–1000001"),
    ],
)
def test_rows_as_ranges(rows, written, said):
    for made in (runs(list(rows)), runs(np.array(list(rows), dtype="int64"))):
        assert (ranges(made), worded(made)) == (written, said)


@given(ROWS.filter(bool))
def test_ranges_are_read_back(rows):
    assert read(ranges(runs(rows))) == runs(rows)
    assert numbers(ranges(runs(rows))).tolist() == sorted(set(rows))


@given(st.lists(RUN))
def test_merged_runs_are_the_rows_of_all(parts):
    rows = [row for first, last in parts for row in range(first, last + 1)]
    assert merged(parts) == runs(rows)


@pytest.mark.parametrize("long", [0, 1 << 40])
@given(st.lists(st.sets(st.integers(1, 300), min_size=1), min_size=1, max_size=4))
def test_ranges_are_put_together_by_their_texts(long, sets):
    with mock.patch.object(module, "_LONG", long):
        together = joined(ranges(runs(sorted(rows))) for rows in sets)
    assert together == ranges(runs(sorted(set.union(*sets))))


@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(1, 60))))
def test_ranges_of_many_groups_at_once(rows):
    groups, held = (np.array([row[n] for row in rows], dtype=np.int64) for n in (0, 1))
    told = ranges_of(groups, held, 4)
    assert told == [ranges(runs(held[groups == group])) for group in range(4)]


@given(st.sets(st.integers(1, 60)), st.sets(st.integers(1, 60)))
def test_runs_without_some_rows(rows, gone):
    assert without(runs(sorted(rows)), gone) == runs(sorted(rows - gone))
