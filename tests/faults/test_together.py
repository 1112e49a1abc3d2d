"""Commands at the same time on the same place: each ends as it does alone, and what is there is whole.

Two or three commands are started a part of a second after each other, drawn by a seed. What they say and
what is there at the end must be that of the same commands one after another, in one order or another; and
whoever reads the report meanwhile finds the old one or the new one.
"""

import atexit
import http.client
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from functools import cache
from itertools import count, permutations
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest
from aqparat.choices import LANGUAGES
from aqparat.words.languages import language
from trial import ROOT, Place, tree, whole

ROW = "at the same time"
SEEDS = range(2)
NOBODY = 65534  # the user
MINUTES = 10 * 60  # until which all must have ended, on a busy machine
HTML = ("--format", "html")
LATER = ROOT / "tests" / "invented" / "2017H2"
FACT = "volume.publications.TOTAL.union-site.2017H1"

REPORT = ("report", "2017H1", "--language", "kk", *HTML)
RUSSIAN = ("report", "2017H1", "--language", "ru", *HTML)
SECOND = ("report", "2017H2", "--language", "kk", *HTML)
OWN = (*REPORT, "--organisation", "UST")
CHECK = ("check", "2017H1", "--language", "kk")
VERIFY = ("verify", "reports/2017H1", "--language", "kk")
PUBLISH = ("publish", "2017H1", "--language", "kk")
COMPARE = ("compare", "2017H1", "2017H2", "--language", "en")
TRACE = ("trace", FACT, "--language", "en")
FORM = ("form", "2017H2", "--organisation", "KUS,UST")
TOGETHER = {
    "the same report": (REPORT, REPORT),
    "the same report, made anyway": (REPORT, (*REPORT, "--force")),
    "two languages": (REPORT, RUSSIAN),
    "two periods": (REPORT, SECOND),
    "an organisation, another": (OWN, (*REPORT, "--organisation", "KUS,AKM")),
    "report, check": (REPORT, CHECK),
    "report, check in a language it has not": (REPORT, ("check", "2017H1", "--language", "en")),
    "report, verify": (REPORT, VERIFY),
    "report, form": (REPORT, FORM),
    "check, check": (CHECK, ("check", "2017H1", "--language", "ru")),
    "form, form": (FORM, FORM),
    "report, publish": (REPORT, PUBLISH),
    "report, compare": (REPORT, COMPARE),
    "report, trace": (REPORT, TRACE),
    "verify, publish": (VERIFY, PUBLISH),
    "report, report, check": (REPORT, RUSSIAN, CHECK),
    "report, report, report": (REPORT, RUSSIAN, SECOND),
    "report, verify, publish": (REPORT, VERIFY, PUBLISH),
    "report, form, trace": (SECOND, FORM, TRACE),
    "elsewhere from the same data": (REPORT, (*REPORT, "--out", "others"), (*SECOND, "--out", "others")),
}
SAMPLE = ("check, check", "none", 0)


class Reader(threading.Thread):
    """Reads a report, opened once, all the time, and holds what it finds against its manifest."""

    def __init__(self, folder):
        super().__init__(daemon=True)
        self.folder, self.seen, self.mixed, self.going = folder, set(), [], True

    def run(self):
        while self.going:
            try:
                opened = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
            except FileNotFoundError:
                assert not self.seen, "a report was there, and then none"
                time.sleep(0.01)
                continue
            try:
                self.read(Path(f"/proc/self/fd/{opened}"), opened)
            finally:
                os.close(opened)

    def read(self, folder, opened):
        try:
            is_there = whole(folder)
        except (OSError, AssertionError) as wrong:  # a folder that has been replaced is taken away
            if isinstance(wrong, FileNotFoundError) and not (folder / "manifest.json").exists():
                return  # no report yet: a check writes its pages, beside which a folder comes and goes
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(opened), self.folder.stat()):
                    self.mixed.append(wrong)
        else:
            if is_there:
                self.seen.add((folder / "manifest.json").read_bytes())


def project(path, begun):
    """Give a place with two half-years, and the report as it is to begin with."""
    place = Place(path)
    (place.data / "raw" / "2017H2").mkdir()
    for table in ("observations", "publications", "activities"):
        shutil.copy(LATER / f"{table}.csv", place.data / "raw" / "2017H2")
    place.reports.rmdir()
    shutil.copytree(beginning(begun), place.reports, symlinks=True)
    return place


@cache
def beginning(begun):
    """Make what is there before: nothing, a report of other data, so that old and new differ, or the new."""
    folder = scratch() / f"begun-{begun}"
    if begun == "none":
        folder.mkdir()
        return folder
    place = Place(scratch() / f"place-{begun}")
    table = place.data / "raw" / "2017H1" / "observations.csv"
    if begun == "old":
        changed, count = re.subn(
            r"(2017-06-30),306,exact", r"\1,307,exact", table.read_text(encoding="utf-8")
        )
        assert count
        table.write_text(changed, encoding="utf-8")
    assert place.run(*REPORT).status == 0
    place.reports.rename(folder)
    return folder


@cache
def scratch():
    kept = tempfile.TemporaryDirectory(prefix="aqparat-together-")
    atexit.register(kept.cleanup)
    return Path(kept.name)


numbers = count()


def replaced(path):
    """Give a place with no report in it, and beside it an old one and a new one that differ in a figure."""
    place = project(path, "none")
    for which in ("old", "new"):
        shutil.copytree(beginning(which), path / "kept" / which)
    return place


def outcome(place):
    """Return what there is in the end: reports, forms and raw data, file by file."""
    return {
        name: tree(place.path / name)
        for name in ("reports", "others", "forms", "data/raw")
        if (place.path / name).is_dir()
    }


def told(place, ended):
    """Return how a command ended and what it said, but not that it waited, where, and in which order."""
    lines = ended.said.replace(str(place.path), ".").splitlines()
    return ended.status, sorted(line for line in lines if line not in WAITED and not STEP.match(line))


STEP = re.compile("2017H[12]: ")
WAITED = {
    language(code).label("place.waiting", path=f"{out}/{period}")
    for code in LANGUAGES
    for out in ("reports", "others")
    for period in ("2017H1", "2017H2")
}


@cache
def after(begun, *commands):
    """Run commands one after another: a place as it is then, and what each of them said."""
    if not commands:
        return project(scratch() / f"place-{next(numbers)}", begun), []
    before, said = after(begun, *commands[:-1])
    place = before.copy(scratch() / f"place-{next(numbers)}")
    return place, [*said, told(place, place.run(*commands[-1]))]


def one_after_another(begun, commands):
    """Run commands in each order: what each said, what there is then."""
    found = []
    for order in sorted(set(permutations(range(len(commands))))):
        place, said = after(begun, *(commands[number] for number in order))
        found.append(([said[order.index(number)] for number in range(len(commands))], outcome(place)))
    return found


TRIALS = [
    pytest.param(name, begun, seed, marks=[] if (name, begun, seed) == SAMPLE else [pytest.mark.whole])
    for name in TOGETHER
    for begun in ("old", "none")
    for seed in SEEDS
]


@pytest.mark.parametrize(("name", "begun", "seed"), TRIALS)
def test_commands_together_do_what_they_do_one_after_another(tmp_path, tried, name, begun, seed):
    random, commands = Random(f"{name} {begun} {seed}"), TOGETHER[name]
    place = project(tmp_path / "place", begun)
    reader = Reader(place.reports / "2017H1")
    reader.start()
    started = []
    for command in commands if seed % 2 else commands[::-1]:
        started.append(place.start(*command))
        time.sleep(random.choice((0, random.uniform(0, 1), random.uniform(0, 5))))
    ended = [place.ended(child, MINUTES) for child in started]
    reader.going = False
    reader.join()
    orders = one_after_another(begun, commands)
    assert not place.orphans()
    assert not reader.mixed
    assert place.strays() == []
    said = [told(place, each) for each in (ended if seed % 2 else ended[::-1])]
    results = [result for _, result in orders]
    assert outcome(place) in results, differing(outcome(place), results)
    for number, one in enumerate(said):
        alone = [order[number] for order, _ in orders]
        assert one in alone, (commands[number], one, *alone)
    tried(ROW)


def differing(found, results):
    """Name the files that are other ones than after each order."""
    return [
        sorted(f"{part}/{name}" for part in {*found, *result}
               for name in {*found.get(part, {}), *result.get(part, {})}
               if found.get(part, {}).get(name) != result.get(part, {}).get(name))
        for result in results
    ]  # fmt: skip


REPLACING = """
import itertools, random, shutil, sys, time
from pathlib import Path
from aqparat.publish import place
real, *reports = map(Path, sys.argv[2:])
drawn = random.Random(sys.argv[1])
for report in itertools.cycle(reports):
    with place.held(real), place.staged(real) as new:
        shutil.copytree(report, new, dirs_exist_ok=True)
        place.put(new, real)
    time.sleep(drawn.uniform(0, 2))
"""
READERS = {
    "trace": TRACE,
    "compare": COMPARE,
    "compare folders": ("compare", "reports/2017H1", "kept/new/2017H1", "--language", "en"),
    "check": CHECK,
    "verify": VERIFY,
    "publish": PUBLISH,
    "report": (*REPORT, "--out", "others"),
    "report of another period": SECOND,
}


@pytest.mark.parametrize(
    ("name", "seed"),
    [
        pytest.param(name, seed, marks=[] if (name, seed) == ("trace", 0) else [pytest.mark.whole])
        for name in READERS
        for seed in SEEDS
    ],
)
def test_whoever_reads_while_reports_are_replaced_all_the_time_reads_one(tmp_path, tried, name, seed):
    place = replaced(tmp_path / "place")
    kept = [place.path / "kept" / which / "2017H1" for which in ("old", "new")]
    alone = []
    for report in kept:
        shutil.copytree(report, place.reports / "2017H1")
        alone.append(told(place, place.run(*READERS[name])))
        shutil.rmtree(place.reports)
        place.reports.mkdir()
        for made in ("others", "data/processed"):
            shutil.rmtree(place.path / made, ignore_errors=True)
    shutil.copytree(kept[0], place.reports / "2017H1")
    command = [sys.executable, "-c", REPLACING, str(seed), place.reports / "2017H1", *kept[::-1]]
    replacing = subprocess.Popen(command, env=place.environment)
    try:
        for _ in range(3):
            status, lines = told(place, place.run(*READERS[name]))
            found = status, [line.removesuffix(" (unchanged)") for line in lines]  # elsewhere, made before
            assert found in alone, (found, *alone)
            tried(ROW)
    finally:
        replacing.kill()
        replacing.wait()


@pytest.mark.whole
def test_a_preview_beside_a_report_shows_the_same(tmp_path, tried):
    place = project(tmp_path / "place", "old")
    preview = place.start("preview", "2017H1", "--language", "kk", "--no-browser")
    try:
        address = preview.stdout.readline().strip()
        news = asked(address, "news")
        assert place.run(*REPORT, seconds=MINUTES).status == 0
        state = next(told for line in news if (told := news_of(line)) and not told["making"])
        assert state["told"] == []
        assert asked(address, "report.html").read() == (place.reports / "2017H1/kk/report.html").read_bytes()
    finally:
        preview.send_signal(signal.SIGINT)
        ended = place.ended(preview, MINUTES)
    assert ended.status == 0
    assert place.whole() and place.strays() == [] and not place.orphans()
    tried(ROW)


def asked(address, path):
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=MINUTES)
    connection.request("GET", f"/{path}")
    return connection.getresponse()


def news_of(line):
    return json.loads(line.removeprefix(b"data: ")) if line.startswith(b"data: ") else None


@pytest.fixture
def common():
    """Give a folder that other users can enter, which those of pytest are not."""
    with tempfile.TemporaryDirectory(prefix="common-") as folder:
        path = Path(folder)
        for needed in (path, Path(sys.executable).resolve(), ROOT / "lib" / "aqparat"):
            if not all(above.stat().st_mode & stat.S_IXOTH for above in needed.parents):
                pytest.skip(f"another user cannot come to {needed}")
        path.chmod(0o755)
        yield path


@pytest.mark.whole
@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can be two users")
@pytest.mark.parametrize("seed", SEEDS)
def test_two_users_share_the_folder_of_temporary_files(common, tried, seed):
    """Each clears away what nobody holds, but nothing of the other's."""
    shared = common / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    left = [shared / f"aq-left-{user}" for user in (0, NOBODY)]
    places = {}
    for user, stray in zip((0, NOBODY), left, strict=True):
        stray.mkdir(mode=0o700)
        (stray / "held").touch(mode=0o600)
        places[user] = project(common / f"place-{user}", "none")
        for path in (stray, *stray.iterdir(), places[user].path, *places[user].path.rglob("*")):
            os.chown(path, user, user, follow_symlinks=False)
    random = Random(seed)
    started = []
    for user, place in places.items():
        started.append(place.start(*REPORT, user=user, TMPDIR=str(shared)))
        time.sleep(random.uniform(0, 3))
    for child, place in zip(started, places.values(), strict=True):
        assert place.ended(child, MINUTES).status == 0
        assert place.whole() and not place.orphans()
    assert list(shared.iterdir()) == []  # each has taken away what was left of its own
    assert outcome(places[0])["reports"] == outcome(places[NOBODY])["reports"]
    tried(ROW)
