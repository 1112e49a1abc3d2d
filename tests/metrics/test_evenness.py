import math
from random import Random

import numpy as np
import pandas as pd
import pytest
from aqparat.data.schemas import CHANNELS
from aqparat.metrics import evenness, volume
from aqparat.metrics.figures import apart
from scipy.stats import entropy

NONE = pd.Index([])


def only(frame):
    assert len(frame) == 1
    return frame.iloc[0]


def even(frame, members=NONE):
    return evenness(volume(frame, members))


def test_by_hand(observed):
    row = only(
        even(
            observed("""
                publications KUS union-site           2017H1 50
                publications KUS bilimdi-el           2017H1 10
                publications KUS qazaqstan-kasipodagy 2017H1 15
                publications KUS television           2017H1 25
                publications KUS radio                2017H1 0
                publications KUS .                    2017H1 999
                copies       KUS bilimdi-el           2017H1 999
            """)
        )
    )
    expected = (0.5 * math.log(2) + 2 * 0.25 * math.log(4)) / math.log(7)
    assert row["value"] == row["high"] == pytest.approx(expected)
    assert (row["indicator"], row["outlet"], row["channel"]) == ("publications", "", "")
    assert set(row["origins"]) == {f"observations.csv#{n}" for n in range(2, 7)}


def test_it_is_entropy_by_the_greatest_there_can_be(observed):
    random = np.random.default_rng(2017)
    counts = {f"S{n}": random.integers(0, 10 ** random.integers(1, 6), len(CHANNELS)) for n in range(60)}
    lines = [
        f"publications {code} {channel} 2017 {x}"
        for code, own in counts.items()
        for channel, x in zip(CHANNELS, own, strict=True)
    ]
    found = even(observed("\n".join(lines))).set_index("organisation")["value"]
    assert len(found) == 60
    assert found.between(0, 1).all()
    for code, value in found.items():
        assert value == pytest.approx(entropy(counts[code]) / math.log(7), abs=1e-12)


def test_the_ends_of_the_scale(observed):
    alike = "\n".join(f"publications KUS {c} 2017 5" for c in CHANNELS)
    assert only(even(observed(alike)))["value"] == pytest.approx(1)
    alone = "publications KUS union-site 2017 5\npublications KUS bilimdi-el 2017 0"
    assert only(even(observed(alone)))["value"] == 0


def test_one_channel_tells_nothing_of_the_rest(observed):
    lines = "publications KUS bilimdi-el 2017 5\npublications KUS qazaqstan-kasipodagy 2017 5"
    assert even(observed(lines)).empty


@pytest.mark.parametrize("line", ["radio 2017 5 about", "radio 2017 5 more_than", "union-site 2017 0"])
def test_only_what_is_exact_and_something(observed, line):
    other = (
        "publications KUS television 2017 0" if line.endswith("0") else "publications KUS television 2017 3"
    )
    assert even(observed(f"{other}\npublications KUS {line}")).empty


def test_the_union_where_all_reported(observed, members):
    lines = [f"publications {m} {c} 2017 5" for m in members for c in ("radio", "television")]
    found = even(observed("\n".join(lines)), members).set_index("organisation")
    assert found.loc["TOTAL", "value"] == pytest.approx(math.log(2) / math.log(7))
    assert "TOTAL" not in set(even(observed("\n".join(lines[1:])), members)["organisation"])


def test_windows_apart_and_order_alike(observed):
    lines = [
        f"publications KUS {c} {w} {n}" for w in ("2016", "2017", "2017-") for n, c in enumerate(CHANNELS, 1)
    ]
    first = even(observed("\n".join(lines)))
    again = even(observed("\n".join(Random(1).sample(lines, len(lines)))))
    assert len(first) == 3
    np.testing.assert_allclose(np.sort(first["value"]), np.sort(again["value"]))


def test_items_of_channels_not_told_apart_leave_no_evenness(observed):
    mixed = volume(
        observed("""
        publications KUS union-site 2017H1 20
        publications KUS television 2017H1 10
        publications KUS . 2017H1 26
        publications ATY union-site 2017H1 20
        publications ATY television 2017H1 10
    """),
        pd.Index([]),
    )
    assert set(evenness(mixed)["organisation"]) == {"KUS", "ATY"}
    assert set(evenness(apart(mixed))["organisation"]) == {"ATY"}
