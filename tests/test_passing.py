"""Folders that are needed for a time are removed by the next process where nobody was left to do so."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from aqparat import passing
from aqparat.publish.stem import CAN_FORK, Stem

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="there are no such locks")


@pytest.fixture
def made(tmp_path):
    def made(name="aq-1"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "k").write_text("x")
        return tmp_path / name

    return made


def test_a_folder_is_removed_when_nobody_holds_it(made, tmp_path):
    folder = made()
    lock = passing.hold(str(folder))
    copy = os.dup(lock)
    passing.clear(str(tmp_path))
    os.close(lock)
    passing.clear(str(tmp_path))  # what was forked from whoever held it holds it, too
    assert (folder / "k").exists()
    os.close(copy)
    passing.clear(str(tmp_path))
    assert not folder.exists()


def test_what_is_not_ours_is_left_alone(made, tmp_path, monkeypatch):
    never_held, other, foreign, linked = made("aq-1"), made("xx-1"), made("aq-3"), made("aq-4")
    os.close(passing.hold(str(other)))
    os.close(passing.hold(str(linked)))
    target = tmp_path / "elsewhere"
    linked.rename(target)
    linked.symlink_to(target)
    passing.clear(str(tmp_path))
    os.close(passing.hold(str(foreign)))
    monkeypatch.setattr(os, "getuid", lambda: -1)
    passing.clear(str(tmp_path))
    assert all((folder / "k").exists() for folder in (never_held, other, foreign, target))
    passing.clear(str(tmp_path / "nowhere"))


def test_what_a_run_and_its_stem_leave_when_both_are_killed_the_next_clears(monkeypatch):
    code = (
        "from aqparat.publish.stem import Stem\nimport time\nprint(Stem().pid, flush=True)\ntime.sleep(600)"
    )
    with tempfile.TemporaryDirectory(prefix="t") as place:  # short, for sockets
        run = subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, "TMPDIR": place},
            stdout=subprocess.PIPE,
            text=True,
        )
        stem = int(run.stdout.readline())
        os.kill(stem, signal.SIGSTOP)  # or it would see that the run has ended
        run.kill()
        os.kill(stem, signal.SIGKILL)
        run.communicate()
        (left,) = Path(place).iterdir()
        monkeypatch.setattr(tempfile, "tempdir", place)
        with Stem() as alive:
            for _ in range(100):
                alive.run(len, "")
                if not left.exists():
                    break
                time.sleep(0.05)
            assert [*Path(place).iterdir()] == [Path(alive.address.folder)]


def test_what_another_has_left_beside_it_is_removed_first(tmp_path):
    with passing.Folder(tmp_path) as first:
        assert Path(first).name.startswith(".")
        code = "import os, sys; from aqparat import passing; left = passing.Folder(sys.argv[1]); os._exit(0)"
        subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)
        assert len([*tmp_path.iterdir()]) == 2
        with passing.Folder(tmp_path) as second:
            assert {*tmp_path.iterdir()} == {Path(first), Path(second)}
    assert not [*tmp_path.iterdir()]
