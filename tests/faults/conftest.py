import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from scenes import CASES, Scene, Warm, kept
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


@pytest.fixture(scope="session")
def scene(tmp_path_factory):
    """Give the scene of a case, made once in a session."""

    @cache
    def prepared(*prepare: Callable[[Place], None]) -> Place:
        path = tmp_path_factory.mktemp("before") / "place"
        if not prepare:
            return Place(path)
        place = prepared(*prepare[:-1]).copy(path)
        prepare[-1](place)
        return place

    @cache
    def made(name: str) -> Scene:
        case = CASES[name]
        before = prepared(*case.prepare)
        after = before.copy(tmp_path_factory.mktemp("after") / "place")
        began = time.monotonic()
        ended = after.run(*case.arguments)
        assert ended.status == case.status, ended.said
        seconds = time.monotonic() - began
        assert not after.strays()
        assert case.alone or kept(before) != kept(after)  # or nothing would be tried
        return Scene(before, after, seconds)

    return made


@pytest.fixture
def copied():
    """Give a place like another one, with a short path, for sockets; nothing that runs there may stay."""
    made = []
    with tempfile.TemporaryDirectory(prefix="f-") as folder:

        def copy(place: Place) -> Place:
            made.append(place.copy(Path(folder) / str(len(made))))
            return made[-1]

        yield copy
        for place in made:
            for process in place.running():
                process.kill()


@pytest.fixture(scope="session")
def warm():
    """Give a process that has imported the program."""
    process = Warm()
    yield process
    process.close()


def pytest_collection_modifyitems(config, items):
    """Leave out the whole of what a sample stands for, unless `make faults` asks for it."""
    if not getattr(config, "every_trial", False):
        whole = [item for item in items if item.get_closest_marker("whole")]
        items[:] = [item for item in items if item not in whole]
        config.hook.pytest_deselected(items=whole)
