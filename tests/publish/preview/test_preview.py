"""The preview as it is started: a process of its own, whose page is followed."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aqparat.publish.preview import browser
from aqparat.publish.stem import CAN_FORK
from reported import ROOT

COMMAND = [sys.executable, "-m", "aqparat", "preview", "2017H1", "--no-browser", "--language", "en"]
NOT_A_NUMBER = 'videos,KUS,,,2017-01-01,2017-06-30,many,exact,,,"s"\n'


class Started:
    """A preview that runs, and what its page hears."""

    def __init__(self, home, passing):
        self.process = subprocess.Popen(
            COMMAND,
            cwd=home, env={**os.environ, "TMPDIR": str(passing), "TEMP": str(passing)},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        self.address = self.process.stdout.readline().strip()
        self.news = self.asked("news")

    def asked(self, path):
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=120)
        connection.request("GET", f"/{path}")
        return connection.getresponse()

    def made(self):
        """Wait until what is being made is made."""
        while True:
            line = next(line for line in self.news if line.startswith(b"data: "))
            told = json.loads(line.removeprefix(b"data: "))
            if not told["making"]:
                return told

    def ended(self, number):
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=60)
        return self.process.returncode, said


@pytest.fixture
def home(tmp_path):
    for name in ("data/raw", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def passing():
    """Give a folder for what is needed for a time; paths of sockets in it have to be short.

    Its name is none that another run would clear.
    """
    with tempfile.TemporaryDirectory(prefix="seen-") as folder:
        yield Path(folder)


@pytest.fixture
def started(home, passing):
    running = Started(home, passing)
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.communicate()


def until(happened):
    for _ in range(600):
        if happened():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come")


def contents(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_report_is_made_again_when_its_data_change_and_nothing_is_left_at_the_end(started, home, passing):
    raw, observations = home / "data" / "raw", home / "data" / "raw" / "2017H1" / "observations.csv"
    before = contents(raw)
    assert started.made() == {"report": 1, "making": False, "told": [], "trace": ""}
    first = started.asked("report.html").read()
    good = observations.read_text(encoding="utf-8")
    observations.write_text(good + NOT_A_NUMBER, encoding="utf-8")
    told = started.made()
    assert told["report"] == 1 and started.asked("report.html").read() == first
    (line,) = told["told"]
    assert line.startswith("raw/2017H1/observations.csv, row ") and "many" in line
    observations.write_text(good.replace("2017-06-30,306,exact", "2017-06-30,307,exact", 1), encoding="utf-8")
    assert started.made() == {"report": 2, "making": False, "told": [], "trace": ""}
    second = started.asked("report.html").read()
    assert second != first and b">307<" in second
    observations.write_text(good, encoding="utf-8")
    assert started.made()["report"] == 3
    assert started.asked("report.html").read() == first
    assert started.ended(signal.SIGINT) == (0, line + "\nThe preview has ended.\n")
    assert contents(raw) == before
    assert not list(passing.iterdir())
    assert sorted(path.name for path in home.iterdir()) == ["data", "notebooks"]


def hanging(home):
    """Have the notebook start a program, tell its number and hang; give what the notebook was before."""
    notebook = home / "notebooks" / "report.ipynb"
    good = notebook.read_text(encoding="utf-8")
    cell = (
        "import subprocess, time\nfrom pathlib import Path\nother = subprocess.Popen(['sleep', '600'])\n"
        "Path('.begun').write_text(str(other.pid))\nPath('.begun').rename('begun')\ntime.sleep(600)"
    )
    changed = json.loads(good)
    changed["cells"][2]["source"] = cell
    notebook.write_text(json.dumps(changed), encoding="utf-8")
    return good


def ended(home):
    """Wait until the program that the notebook has started is there no more."""
    number = int((home / "begun").read_text())
    state = ["ps", "-o", "stat=", str(number)]
    until(lambda: subprocess.run(state, capture_output=True).stdout.strip()[:1] in (b"", b"Z"))


@pytest.mark.skipif(not CAN_FORK, reason="a kernel that is not forked lives on for some seconds")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_whatever_ends_it_nothing_is_left(home, passing, number):
    hanging(home)
    started = Started(home, passing)
    until((home / "begun").exists)
    status, _ = started.ended(number)  # which waits until all that have its standard error are gone
    assert status == (0 if number == signal.SIGTERM else -number)
    ended(home)
    until(lambda: not list(passing.iterdir()))


@pytest.mark.skipif(not CAN_FORK, reason="elsewhere a change waits for the limit of the cell")
def test_a_change_breaks_off_a_cell_that_hangs(started, home):
    assert started.made()["report"] == 1
    good = hanging(home)
    until((home / "begun").exists)
    (home / "notebooks" / "report.ipynb").write_text(good, encoding="utf-8")
    assert started.made() == {"report": 1, "making": False, "told": [], "trace": ""}  # the same as before
    ended(home)


def test_a_folder_that_is_not_there_is_told(home):
    done = subprocess.run(
        [*COMMAND, "--data", "nowhere"],
        cwd=home, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert "nowhere" in done.stderr and "Traceback" not in done.stderr


def test_a_browser_is_opened_where_it_has_a_window(monkeypatch):
    opened = []

    def found(kind):
        chosen = kind("browser")
        chosen.open = opened.append
        monkeypatch.setattr(browser.webbrowser, "get", lambda: chosen)
        browser.open_window("http://127.0.0.1:1/")

    found(browser.webbrowser.GenericBrowser)  # lynx, in the terminal
    assert not opened
    found(browser.webbrowser.BackgroundBrowser)
    found(browser.webbrowser.Mozilla)
    for thread in browser.threading.enumerate():
        if thread.daemon and thread is not browser.threading.current_thread():
            thread.join(1)
    assert opened == ["http://127.0.0.1:1/"] * 2


def test_nothing_is_opened_where_there_is_no_browser(monkeypatch):
    def none():
        raise browser.webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(browser.webbrowser, "get", none)
    browser.open_window("http://127.0.0.1:1/")
