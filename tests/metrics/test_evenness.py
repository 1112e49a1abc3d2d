import math
from random import Random

import numpy as np
import pandas as pd
import pytest
from aqparat.data.schemas import CHANNELS
from aqparat.metrics import evenness, volume
from figured import only
from scipy.stats import entropy

NONE = pd.Index([])


def even(frame, members=NONE):
    return evenness(volume(frame, members))


WHOLE = """
    publications KUS website    2017H1 50
    publications KUS newspaper  2017H1 10
    publications KUS magazine   2017H1 15
    publications KUS television 2017H1 25
    publications KUS radio      2017H1 0
    publications KUS print      2017H1 0
    publications KUS social     2017H1 0
"""


def test_by_hand(observed):
    row = only(even(observed(WHOLE + "copies KUS bilimdi-el 2017H1 999")))
    expected = (
        0.5 * math.log(2) - 0.1 * math.log(0.1) - 0.15 * math.log(0.15) + 0.25 * math.log(4)
    ) / math.log(7)
    assert row["value"] == row["low"] == row["high"] == pytest.approx(expected)
    assert (row["indicator"], row["outlet"], row["channel"]) == ("publications", "", "")
    assert row["id"] == "evenness.publications.KUS.any.2017H1"
    assert row["inputs"] == tuple(f"volume.publications.KUS.{c}.2017H1" for c in CHANNELS)


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
    for number in (1, 5):
        alone = "\n".join(f"publications KUS {c} 2017 {number * (c == 'website')}" for c in CHANNELS)
        assert only(even(observed(alone)))["value"] == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("publications KUS social     2017H1 0", ""),
        ("publications KUS radio      2017H1 0", "publications KUS radio 2017H2 0"),
        ("newspaper  2017H1 10", "newspaper 2017H1 10 about"),
        ("newspaper  2017H1 10", "newspaper 2017H1 10 at_least"),
        ("KUS newspaper ", "KUS bilimdi-el"),
        ("    publications KUS radio", "publications KUS union-site 2017H1 3\npublications KUS radio"),
        ("    publications KUS radio", "publications KUS . 2017H1 3\npublications KUS radio"),
        ("publications KUS radio  ", "publications KUS . "),
    ],
    ids=[
        "one silent",
        "another window",
        "about",
        "a bound",
        "outlet only",
        "outlet too",
        "mixed",
        "mixed only",
    ],
)
def test_only_where_every_channel_is_known_as_a_whole(observed, old, new):
    assert old in WHOLE
    assert len(even(observed(WHOLE))) == 1
    assert even(observed(WHOLE.replace(old, new))).empty


def test_none_of_nothing(observed):
    assert even(observed("\n".join(f"publications KUS {c} 2017 0" for c in CHANNELS))).empty


def test_the_union_where_all_reported(observed, members):
    lines = [f"publications {m} {c} 2017 {n}" for m in members for n, c in enumerate(CHANNELS)]
    found = even(observed("\n".join(lines)), members).set_index("organisation")
    assert found.loc["TOTAL", "value"] == pytest.approx(entropy(range(7)) / math.log(7))
    assert "TOTAL" not in set(even(observed("\n".join(lines[1:])), members)["organisation"])


def test_windows_apart_and_order_alike(observed):
    lines = [
        f"publications KUS {c} {w} {n}" for w in ("2016", "2017", "2017-") for n, c in enumerate(CHANNELS, 1)
    ]
    first = even(observed("\n".join(lines)))
    again = even(observed("\n".join(Random(1).sample(lines, len(lines)))))
    assert first["value"].to_list() == pytest.approx([entropy(range(1, 8)) / math.log(7)] * 3)
    np.testing.assert_allclose(np.sort(first["value"]), np.sort(again["value"]))
