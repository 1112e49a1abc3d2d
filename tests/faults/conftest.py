import pytest
from trial import Place


@pytest.fixture
def place(tmp_path):
    """A project of its own with the published data; nothing that was started there may run on."""
    place = Place(tmp_path / "place")
    yield place
    orphans = place.orphans()
    for process in orphans:
        process.kill()
    assert not orphans, [process.cmdline() for process in orphans]


@pytest.fixture
def tried(record_property):
    """Count trials for a row of docs/reliability.md: `tried("row", 12)`; see record.py."""
    return lambda row, count=1: record_property("tried", (row, count))


def pytest_collection_modifyitems(config, items):
    """Leave out the whole of what a sample stands for, unless `make faults` asks for it."""
    if not getattr(config, "every_trial", False):
        whole = [item for item in items if item.get_closest_marker("whole")]
        items[:] = [item for item in items if item not in whole]
        config.hook.pytest_deselected(items=whole)
