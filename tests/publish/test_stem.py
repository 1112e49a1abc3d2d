import gc
import os
import pickle
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from aqparat.publish.stem import CAN_FORK, Stem, StemEndedError

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="no fork here")

WATCH = 5  # seconds until all must have ended


@pytest.fixture
def stem():
    with Stem() as made:
        yield made


def ended(pid):
    """Return whether a process has ended, and is no zombie."""
    until = time.monotonic() + WATCH
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def told(path):
    until = time.monotonic() + WATCH
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.02)
    return path.read_text()


def write(path, function, *args):
    new = path.with_suffix(".new")
    new.write_text(str(function(*args)))
    new.replace(path)


def is_imported(name):
    return name in sys.modules


def fail():
    raise ZeroDivisionError


def opened():
    """List what a process has open, as numbers of devices and files."""
    found = set()
    for entry in Path("/dev/fd").iterdir():
        try:
            at = os.fstat(int(entry.name))
        except OSError:  # the list itself
            continue
        if int(entry.name) > 2:
            found.add((at.st_dev, at.st_ino))
    return found


def nap_with_another(path):
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    write(path, str, other.pid)
    time.sleep(60)


def start_another(path):
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    write(path, str, other.pid)


def test_it_imports_what_it_is_told_and_its_children_have_it(tmp_path):
    with Stem("xml.dom.pulldom") as stem:
        assert stem.run(is_imported, "xml.dom.pulldom")
        child = stem.fork(write, tmp_path / "told", is_imported, "xml.dom.pulldom")
        assert child.wait(WATCH) == 0
    assert told(tmp_path / "told") == "True"
    assert not is_imported("xml.dom.pulldom")


def test_what_it_cannot_import_is_told_to_who_asks():
    with Stem("no.such.module") as stem, pytest.raises(ModuleNotFoundError, match=r"No module named 'no'"):
        stem.run(os.getpid)


def test_it_runs_a_function_and_its_children_see_what_that_left(stem, tmp_path):
    here = Path.cwd()
    stem.run(os.chdir, tmp_path)
    child = stem.fork(write, tmp_path / "told", os.getcwd)
    assert child.wait(WATCH) == 0
    assert told(tmp_path / "told") == str(tmp_path)
    assert Path.cwd() == here


def test_an_error_comes_back(stem):
    with pytest.raises(ZeroDivisionError):
        stem.run(fail)
    with pytest.raises(RuntimeError, match="cannot be handed back"):
        stem.run(threading.Lock)
    assert stem.run(os.getpid) == stem.pid


@pytest.mark.parametrize(
    "target, args, status",
    [(int, (), 0), (sys.exit, (7,), 7), (sys.exit, ("said",), 1), (fail, (), 1), (os._exit, (3,), 3)],
)
def test_the_exit_status_comes_back(stem, target, args, status, capfd):
    child = stem.fork(target, *args)
    assert child.wait(WATCH) == status
    assert child.poll() == child.returncode == status


def test_a_child_runs_until_it_is_ended(stem):
    child = stem.fork(time.sleep, 60)
    assert child.poll() is None
    with pytest.raises(TimeoutError):
        child.wait(0.05)
    child.terminate()
    assert child.wait(WATCH) == -signal.SIGTERM
    child.kill()  # no harm is done to what may have its number now
    assert ended(child.pid)


def test_what_a_child_has_started_ends_with_it(stem, tmp_path):
    child = stem.fork(start_another, tmp_path / "told")
    assert child.wait(WATCH) == 0
    assert ended(int(told(tmp_path / "told")))


def test_a_child_that_nobody_holds_is_ended(stem):
    child = stem.fork(time.sleep, 60)
    pid = child.pid
    del child
    gc.collect()
    assert ended(pid)


def test_a_child_has_no_open_file_of_others(tmp_path):
    with (tmp_path / "lock").open("w") as lock, Stem() as another:
        one, two = another.fork(time.sleep, 60), another.fork(write, tmp_path / "told", opened)
        assert two.wait(WATCH) == 0
        kept = os.fstat(lock.fileno())
        nothing = Path(os.devnull).stat()
        assert (kept.st_dev, kept.st_ino) in opened()
        assert eval(told(tmp_path / "told")) & opened() <= {(nothing.st_dev, nothing.st_ino)}
        assert one.poll() is None


def test_a_stem_that_is_closed_leaves_nothing(tmp_path):
    with Stem():
        pass
    before = opened(), threading.active_count()
    with Stem() as stem:
        children = [stem.fork(nap_with_another, tmp_path / "told"), stem.fork(time.sleep, 60)]
        other = int(told(tmp_path / "told"))
    assert all(map(ended, [other, stem.pid, *(child.pid for child in children)]))
    assert [child.poll() for child in children] == [-signal.SIGKILL] * 2
    del children
    assert (opened(), threading.active_count()) == before
    assert not Path(stem.address.folder).exists()
    with pytest.raises(StemEndedError):
        stem.run(os.getpid)


def test_others_who_have_the_address_may_ask(stem):
    code = "import os, pickle, sys; print(pickle.load(sys.stdin.buffer).fork(os._exit, 5).wait(5))"
    asked = subprocess.run(
        [sys.executable, "-c", code], input=pickle.dumps(stem.address), capture_output=True
    )
    assert asked.stdout.strip() == b"5", asked.stderr


def test_many_may_ask_at_once(stem):
    statuses = []
    askers = [
        threading.Thread(target=lambda n=n: statuses.append(stem.fork(os._exit, n).wait(WATCH)))
        for n in range(30)
    ]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert sorted(statuses) == list(range(30))


RUN = """
    import os, sys, time
    from multiprocessing import get_context
    from aqparat.publish.stem import Stem
    stem = Stem()
    busy = [(sum, range(10**13)), (eval, "[0 for _ in iter(int, 1)]")]  # in C and in Python
    children = [stem.fork(time.sleep, 60), *(stem.fork(*work) for work in busy)]
    worker = os.fork()  # it has what the parent has
    if worker == 0:
        time.sleep(30)
    print(stem.address.folder, worker, stem.pid, *(child.pid for child in children), flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("whom", ["parent", "stem"])
def test_when_the_parent_or_the_stem_is_killed_all_end(whom):
    run = subprocess.Popen([sys.executable, "-c", textwrap.dedent(RUN)], stdout=subprocess.PIPE, text=True)
    folder, worker, *pids = run.stdout.readline().split()
    stem, *children = map(int, pids)
    try:
        time.sleep(0.2)  # they are busy
        os.kill(run.pid if whom == "parent" else stem, signal.SIGKILL)
        assert all(map(ended, children))
        if whom == "parent":
            assert ended(stem)
            assert not Path(folder).exists()
    finally:
        os.kill(int(worker), signal.SIGKILL)
        run.kill()
        run.wait()
        run.stdout.close()
        shutil.rmtree(folder, ignore_errors=True)  # where both were killed
