import pandas as pd
import pytest
from aqparat import memory


@pytest.fixture(autouse=True)
def forgetful(monkeypatch):
    monkeypatch.setattr(memory, "_kept", None)
    monkeypatch.setattr(memory, "_rounds", None)


def test_nothing_is_kept_unless_it_is_to_be():
    assert memory.recalled("a", list) is not memory.recalled("a", list)


def test_what_is_kept_is_made_once():
    memory.keep()
    made = memory.recalled("a", list)
    memory.keep()  # once more does no harm
    assert memory.recalled("a", list) is made
    assert memory.recalled("b", list) is not made


def test_a_round_takes_over_what_the_one_before_has_made():
    memory.keep(rounds=True)
    first = memory.Round("work")
    made = first.recalled("a", list)
    memory.keep(rounds=True)  # once more does no harm
    assert memory.Round("other").recalled("a", list) is not made
    second = memory.Round("work")
    assert second.recalled("a", list) is made and second.recalled("b", list) is not made
    memory.Round("work")  # which asks for nothing
    assert memory.Round("work").recalled("a", list) is not made


def test_rounds_forget_when_they_are_told_to():
    memory.keep(rounds=True)
    made = memory.Round("work").recalled("a", list)
    memory.forget_rounds()
    assert memory.Round("work").recalled("a", list) is not made


def test_rounds_keep_nothing_unless_they_are_to():
    memory.keep()
    made = memory.Round("work").recalled("a", list)
    assert memory.Round("work").recalled("a", list) is not made


def test_digests_tell_contents_apart():
    frame = pd.DataFrame({"a": ["x", None], "n": [1.0, 2.0]})
    same, other = frame.copy(), frame.assign(n=[1.0, 3.0])
    assert memory.digest(frame) == memory.digest(same) != memory.digest(other)
    assert memory.digest(lambda: None) is None


def test_what_nobody_waits_for_is_left_where_rounds_are_kept():
    done = []
    memory.afterwards(lambda: done.append("at once"))
    memory.keep(rounds=True)
    for each in ("a", "b"):
        memory.afterwards(lambda each=each: done.append(each))
    assert done == ["at once"]
    memory.catch_up()
    memory.catch_up()  # there is nothing left
    assert done == ["at once", "a", "b"]
