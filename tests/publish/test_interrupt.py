"""Processes that Ctrl-C does not come to while they import, and whoever starts them still hears it."""

import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="no signal can be blocked")

TOLD = """
import multiprocessing, os, signal
from multiprocessing.forkserver import ensure_running
from aqparat.publish import interrupt

def blocked():
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())

def interrupted(line):
    os.kill(os.getpid(), signal.SIGINT)
    line.send(blocked())
    interrupt.ignore()
    os.kill(os.getpid(), signal.SIGINT)
    line.send(blocked())

if __name__ == "__main__":
    context = multiprocessing.get_context("{way}")
    mine, other = context.Pipe()
    with interrupt.kept_off():
        if "{way}" == "forkserver":
            ensure_running()
        else:
            process = context.Process(target=interrupted, args=(other,))
            process.start()
    if "{way}" == "forkserver":  # whose processes are forked later
        process = context.Process(target=interrupted, args=(other,))
        process.start()
    other.close()
    print(blocked(), mine.recv(), mine.recv())
    process.join()
    print(process.exitcode)
"""


@pytest.mark.parametrize("way", ["spawn", "forkserver"])
def test_a_process_is_not_interrupted_before_it_ignores_it(tmp_path, way):
    """The first that is started, too: before it another starts, and the signal is let in then."""
    script = tmp_path / "told.py"
    script.write_text(TOLD.replace("{way}", way), encoding="utf-8")
    ended = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=120, check=True)
    assert ended.stdout.split() == ["False", "True", "False", "0"]
    assert ended.stderr == ""


def test_whoever_starts_it_hears_what_came_meanwhile():
    from aqparat.publish import interrupt

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt), interrupt.kept_off():
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
