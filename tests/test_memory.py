import pytest
from aqparat import memory


@pytest.fixture(autouse=True)
def forgetful(monkeypatch):
    monkeypatch.setattr(memory, "_kept", None)


def test_nothing_is_kept_unless_it_is_to_be():
    assert memory.recalled("a", list) is not memory.recalled("a", list)


def test_what_is_kept_is_made_once():
    memory.keep()
    made = memory.recalled("a", list)
    memory.keep()  # once more does no harm
    assert memory.recalled("a", list) is made
    assert memory.recalled("b", list) is not made
