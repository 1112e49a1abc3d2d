"""Ctrl-C from the first line of the program to its last: a status, perhaps a sentence, never a traceback."""

import subprocess
import sys

import pytest

INTERRUPTED = """
import atexit, signal, sys

class Looked:
    def find_spec(self, name, *_):
        if name == moment:
            sys.meta_path.remove(self)
            signal.raise_signal(signal.SIGINT)

moment = sys.argv.pop(1)
sys.meta_path.insert(0, Looked())
if moment == "the end":
    atexit.register(signal.raise_signal, signal.SIGINT)
from aqparat.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("moment", "status", "said"),
    [
        ("click", 130, ""),
        ("aqparat.publish.terminal", 130, ""),
        ("aqparat.publish.verify", 130, "The run was stopped. What had been published"),
        ("the end", 1, "no-such-folder"),
    ],
)
def test_ctrl_c_at_each_moment(tmp_path, moment, status, said):
    words = ["verify", "no-such-folder", "--language", "en"]
    command = [sys.executable, "-c", INTERRUPTED, moment, *words]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert "Traceback" not in ended.stderr
    assert (ended.returncode, ended.stdout) == (status, "")
    assert ended.stderr.startswith(said)
    assert said or not ended.stderr
