"""Disks that are full, folders that cannot be written to, files that change meanwhile, names and links."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from scenes import CASES, HTML, held, kept, made_up_for, noted
from test_crash import telling
from trial import Place, tree

FULL = "disk full or read-only"
REFUSED = "refused at each write"
CHANGED = "raw file changes meanwhile"
NAMED = "names and links"
WRITES = r"^(open|os\.mkdir|os\.rename|os\.link) "
CODES = "ENOSPC", "EIO", "EROFS", "EACCES", "EDQUOT"
PARTS = 4


def _told(said: str) -> None:
    """Hold that something was said that names a file or folder."""
    assert any("/" in line and ":" not in line[:6] for line in said.splitlines()), said


@contextmanager
def mounted(folder: Path, kilobytes: int, *options: str):
    """Have a folder on a small disk of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    size = ",".join([f"size={kilobytes}k", *options])
    try:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], capture_output=True)
    except FileNotFoundError:
        pytest.skip("there is no mount")
    if done.returncode:
        pytest.skip(f"no disk can be mounted: {done.stderr.decode()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def _with_old(place: Place, folder: Path) -> None:
    """Put the reports of a place into a folder."""
    shutil.copytree(place.reports, folder, dirs_exist_ok=True)


@pytest.mark.parametrize("room", [4, 40, 160, 320, 640, 1200])
@pytest.mark.whole
def test_the_disk_of_reports_is_full(room, scene, copied, tried):
    """There is room for the old report and some more."""
    there = scene("report")
    place = copied(there.before)
    disk = place.path / "disk"
    used = sum(path.stat().st_size // 4096 * 4 + 8 for path in place.reports.rglob("*"))
    with mounted(disk, used + room):
        _with_old(place, disk / "reports")
        old, new = tree(disk / "reports" / "2017H1"), tree(there.after.reports / "2017H1")
        ended = place.run("report", "2017H1", *HTML, "--out", "disk/reports")
        found = tree(disk / "reports" / "2017H1")
        with noted(f"{room} kB of room, {used} used", ended.said):
            assert ended.status in (0, 1)
            assert found == (old if ended.status and found != new else new)
            if ended.status:
                _told(ended.said)
        assert [path.name for path in (disk / "reports").glob(".*")] == []
    assert not place.orphans()
    tried(FULL)


@pytest.mark.parametrize(
    ("where", "room"),
    [*(("tmp", room) for room in (4, 16, 64, 400)), *(("data/processed", room) for room in (4, 64, 200))],
)
@pytest.mark.whole
def test_the_disk_of_what_is_needed_for_a_time_is_full(where, room, scene, copied, tried):
    """What was prepared is only there to be quicker."""
    there = scene("report")
    place = copied(there.before)
    shutil.rmtree(place.path / where)
    with mounted(place.path / where, room):
        ended = place.run("report", "2017H1", *HTML)
        with noted(f"{where} {room} kB", ended.said):
            assert ended.status == 0 or where == "tmp"
            if ended.status:
                _told(ended.said)
            held(place, there, "report")
            assert not place.strays()
    made_up_for(place, there, "report", place.run("report", "2017H1", *HTML))
    tried(FULL)


@pytest.mark.parametrize(
    "name",
    ["publish", *(pytest.param(n, marks=pytest.mark.whole) for n in ("report", "check", "form of some"))],
)
@pytest.mark.parametrize(
    ("where", "done"), [("(reports|forms)", False), ("data/(processed|raw)", True), ("tmp", None)]
)
def test_a_folder_is_read_only(name, where, done, scene, copied, warm, tried):
    there = scene(name)
    place = copied(there.before)
    like = rf"(^| ){where}(/|$)"
    ended = warm.run(place, name, there.after.reports, refuse="EROFS", like=like)
    with noted(f"{name}, {where}", ended.said):
        if done is not None:
            assert (ended.status == CASES[name].status and "(Read-only" not in ended.said) == done
        if "(Read-only" in ended.said:
            assert ended.status == 1
            _told(ended.said)
            assert kept(place) == kept(there.before)
        else:
            assert kept(place) == kept(there.after)
        made_up_for(place, there, name, warm.run(place, name, there.after.reports))
    tried(FULL)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("name", ["report", "check", "form of some", "publish"])
@pytest.mark.whole
def test_a_write_is_refused(name, part, scene, copied, warm, tried):
    """The n-th is, or all from the n-th on; the system has one reason or another."""
    there = scene(name)
    first = copied(there.before)
    log = first.path.with_suffix(".steps")
    warm.run(first, name, there.after.reports, log=str(log))
    steps = [
        step
        for step in log.read_text(encoding="utf-8").splitlines()
        if step.startswith(("open", "os.mkdir", "os.rename", "os.link"))
    ]
    for number in telling(steps)[part::PARTS]:
        code, only = CODES[number % len(CODES)], bool(number % 2)
        place = copied(there.before)
        ended = warm.run(place, name, there.after.reports, refuse=code, like=WRITES, since=number, only=only)
        with noted(f"{name}: {code} at {number}, {steps[number - 1]}, only {only}", ended.said):
            assert ended.status in (0, 1)
            held(place, there, name)
            if ended.status != CASES[name].status:
                _told(ended.said)
            elif not ended.status:
                assert kept(place) == kept(there.after)
            made_up_for(place, there, name, warm.run(place, name, there.after.reports))
        shutil.rmtree(place.path)
        tried(REFUSED)


def _grows(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("publications,KUS,kus-site,,2017-01-01,2017-06-30,9,exact,,,later\n")


def _shrinks(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:200])


def _other(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b",307,", b",308,"))


@pytest.mark.parametrize(
    "change",
    [
        _other,
        *(pytest.param(way, marks=pytest.mark.whole) for way in (_grows, _shrinks, Path.unlink)),
    ],
    ids=["changes", "grows", "shrinks", "vanishes"],
)
@pytest.mark.parametrize("moment", ["begun", pytest.param("reading", marks=pytest.mark.whole)])
def test_a_raw_file_changes_while_a_report_is_made_of_it(change, moment, scene, copied, tried):
    there = scene("report")
    place = copied(there.before)
    raw = place.data / "raw" / "2017H1" / "observations.csv"
    child = place.start("report", "2017H1", *HTML)
    until = time.monotonic() + 120
    waited = ".staging-2017H1-*" if moment == "begun" else "*"
    where = place.reports if moment == "begun" else place.temporary
    while not [*where.glob(waited)] and child.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    change(raw)
    ended = place.ended(child)
    with noted(moment, ended.said):
        if moment == "begun":
            assert ended.status == 1
            assert "observations.csv" in ended.said
        if ended.status:
            assert tree(place.reports) == tree(there.before.reports)
        else:  # it was read after that
            assert place.whole()
            assert place.run("report", "2017H1", *HTML).said == "reports/2017H1 (unchanged)\n"
        assert not place.orphans()
        assert not place.strays()
    tried(CHANGED)


NAMES = {
    "spaces": " a  b ",
    "quotes": 'O\'Brien "x" `y` $HOME',
    "newline": "a\nb",
    "letters": "Қостанай әіңғүұқөһ",
    "long": "ұ" * 60 + "x" * 130,  # 250 bytes
    "bytes": os.fsdecode(b"\xca\xee\xf1\xf2"),
    "markup": "<b>{x}%s&amp;",
    "option": "-rf",
}


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("what", ["project", "out", "file"])
@pytest.mark.whole
def test_names(kind, what, scene, copied, tmp_path, tried):
    """The project's folder, that of reports, or a raw file: the report is the same, or it is said why not."""
    there = scene("report, nothing there")
    name, place = NAMES[kind], copied(there.before)
    out = "reports"
    if what == "project":
        moved = place.path.parent / name
        place.path.rename(moved)
        place = place.at(moved)
    elif what == "out":
        out = f"./{name}"
    else:
        raw = place.data / "raw" / "2017H1"
        (raw / "observations.csv").rename(raw / f"{name[:180]}.csv")
    ended = place.run("report", "2017H1", *HTML, "--out", out)
    made = place.path / out / "2017H1"
    with noted(f"{what}, {kind}", ended.said):
        if what == "file":
            checked = place.run("check", "2017H1", "--language", "en", "--out", out)
            assert checked.status == ended.status
            if ended.status:
                _told(ended.said)
        elif (what, kind) == ("project", "bytes"):  # what is made holds the names of folders, as text
            assert ended.status == 1
            _told(ended.said)
        else:
            assert ended.status == 0
            assert tree(made) == tree(there.after.reports / "2017H1")
            assert place.run("verify", f"{out}/2017H1").status == 0
        assert not place.strays()
        assert not place.orphans()
    tried(NAMED)


@pytest.mark.parametrize("what", ["raw file", "batch", "processed", "out", "report", "own reports"])
@pytest.mark.whole
def test_links_out_of_the_project(what, scene, copied, tmp_path, tried):
    """What is linked to is read, or written where it is a folder for that; nothing else there is touched."""
    there = scene("report")
    place = copied(there.before)
    path = {
        "raw file": place.data / "raw" / "2017H1" / "observations.csv",
        "batch": place.data / "raw" / "2017H1",
        "processed": place.data / "processed",
        "out": place.reports,
        "report": place.reports / "2017H1",
        "own reports": place.reports / "2017H1" / "organisations",
    }[what]
    other = tmp_path / "other"
    other.mkdir()
    (other / "theirs").write_text("theirs", encoding="utf-8")
    if path.exists():
        path.rename(other / path.name)
    else:
        (other / path.name).mkdir()
    path.symlink_to(other / path.name)
    ended = place.run("report", "2017H1", *HTML)
    with noted(what, ended.said):
        assert (other / "theirs").read_text(encoding="utf-8") == "theirs"
        assert {p.name for p in other.iterdir() if not p.name.startswith(".")} == {"theirs", path.name}
        if ended.status:
            _told(ended.said)
        else:
            assert tree(place.reports / "2017H1") == tree(there.after.reports / "2017H1")
        assert not place.strays()
    tried(NAMED)


@pytest.mark.whole
def test_names_that_differ_by_case_alone(scene, copied, tried):
    """Both files are read, and each has a marked copy of its own."""
    place = copied(scene("check").before)
    raw = place.data / "raw" / "2017H1"
    shutil.copyfile(raw / "handed-in-1.xlsx", raw / "KUS.xlsx")
    shutil.copyfile(raw / "handed-in-2.xlsx", raw / "kus.xlsx")
    ended = place.run("check", "2017H1", "--language", "en")
    marked = {path.name for path in (place.reports / "2017H1" / "quality" / "marked").iterdir()}
    with noted("case", ended.said):
        assert ended.status == 1
        assert "KUS.xlsx" in ended.said
        assert "kus.xlsx" in ended.said
        assert len({name.casefold() for name in marked}) == len(marked)
    tried(NAMED)
