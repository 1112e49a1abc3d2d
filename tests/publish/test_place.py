import json
import multiprocessing
import os
import shutil
import sys
import threading
from pathlib import Path

import pytest
from aqparat.cli import main
from aqparat.period import Period
from aqparat.publish import front, place
from aqparat.publish.order import Order
from aqparat.publish.run import publish
from aqparat.publish.verify import verify
from aqparat.words.languages import language
from click.testing import CliRunner
from filelock import FileLock
from reported import data, published

PERIOD = Period.parse("2017H1")
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="a child is killed, which needs fork")


def files(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def call(*words):
    done = CliRunner().invoke(main, [str(w) for w in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return done


@pytest.fixture
def report(tmp_path):
    """Give a folder that holds a report in one file, with its manifest."""
    return written(tmp_path / "reports" / "2017H1", "old")


def written(folder, text, period="2017H1"):
    folder.mkdir(parents=True)
    (folder / "report.html").write_text(text, encoding="utf-8")
    parameters = {"period": period, "languages": [], "formats": [], "organisations": []}
    parts = {"inputs": {}, "code": {}, "packages": {}, "outputs": {"report.html": ""}}
    (folder / "manifest.json").write_text(json.dumps({"parameters": parameters, **parts}), encoding="utf-8")
    return folder


# Where a report may stand


@pytest.mark.parametrize("command", ["report", "check"])
def test_a_folder_that_is_no_report_is_left_as_it_is(tmp_path, command):
    mine = tmp_path / "forms" / "2017H1" / "KUS.xlsx"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"filled in")
    for code, said in (("kk", "бұл есеп емес"), ("ru", "это не отчёт"), ("en", "it is not a report")):
        done = call(command, "2017H1", "--language", code, "--data", data(), "--out", tmp_path / "forms")
        assert done.exit_code == 1
        assert said in done.stderr and "KUS.xlsx" in done.stderr
    assert files(tmp_path) == {"forms/2017H1/KUS.xlsx": b"filled in"}


def test_a_report_takes_the_place_of_one_and_of_what_a_check_wrote(report, tmp_path):
    assert place.place(report, PERIOD, data()) == report.resolve()
    assert place.place(tmp_path / "free", PERIOD, data()) == (tmp_path / "free").resolve()
    checked = tmp_path / "checked" / "quality"
    (checked / "marked").mkdir(parents=True)
    for name in ("kk.html", "en.html", "marked/KUS.xlsx", ".DS_Store"):
        (checked / name).touch()
    assert place.place(checked.parent, PERIOD, data())
    (checked / "letter.docx").touch()
    with pytest.raises(place.PlaceError, match="letter"):
        place.place(checked.parent, PERIOD, data())


@pytest.mark.parametrize("damage", ["{", "{}", '{"parameters": 1}'])
def test_a_folder_whose_manifest_says_nothing_is_no_report(report, damage):
    (report / "manifest.json").write_text(damage, encoding="utf-8")
    with pytest.raises(place.PlaceError, match="manifest"):
        place.place(report, PERIOD, data())


def test_a_report_of_another_period_and_a_file_are_left(tmp_path):
    with pytest.raises(place.PlaceError, match="2016H2"):
        place.place(written(tmp_path / "2017H1", "", "2016H2"), PERIOD, data())
    (tmp_path / "file").touch()
    with pytest.raises(place.PlaceError, match="file"):
        place.place(tmp_path / "file", PERIOD, data())


def test_files_put_beside_a_report_are_not_lost(tmp_path):
    shutil.copytree(published(), tmp_path / "2017H1")
    (tmp_path / "2017H1" / "letter.docx").write_bytes(b"mine")
    (tmp_path / "2017H1" / "kk" / "notes").symlink_to(tmp_path)
    before = files(tmp_path)
    done = call("report", "2017H1", "--language", "en", "--data", data(), "--out", tmp_path, "--force")
    assert done.exit_code == 1
    assert "kk/notes, letter.docx" in done.stderr
    assert {k: v for k, v in files(tmp_path).items() if k != "index.html"} == before


def test_marked_copies_stay_when_a_report_is_made(tmp_path):
    marked = tmp_path / "2017H1" / "quality" / "marked" / "KUS.xlsx"
    marked.parent.mkdir(parents=True)
    marked.write_bytes(b"being mended")
    assert publish(Order(PERIOD, ("kk",), ("html",), data(), tmp_path))
    assert marked.read_bytes() == b"being mended"
    assert verify(tmp_path / "2017H1", data()).same  # they are no part of the report


def test_a_page_of_somebody_else_is_not_written_over(tmp_path):
    (tmp_path / "index.html").write_text("<title>Our home</title>", encoding="utf-8")
    done = call("report", "2017H1", "--language", "ru", "--data", data(), "--out", tmp_path)
    assert done.exit_code == 1 and "не главная страница" in done.stderr
    assert files(tmp_path) == {"index.html": b"<title>Our home</title>"}


# Putting it there


@pytest.mark.parametrize("exchanged", [True, False])
def test_the_new_stands_in_the_place_of_the_old(report, monkeypatch, exchanged):
    if not exchanged:
        monkeypatch.setattr(place, "_exchanged", lambda *_: False)
    with place.held(report), place.staged(report) as new:
        (new / "report.html").write_text("new", encoding="utf-8")
        place.put(new, report)
    assert files(report) == {"report.html": b"new"}
    assert [p.name for p in report.parent.iterdir()] == ["2017H1"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two folders at once")
def test_linux_exchanges_at_once(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert place._exchanged(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one" / "other").exists() and (tmp_path / "other" / "one").exists()
    assert not place._exchanged(tmp_path / "one", tmp_path / "nowhere")


@pytest.mark.parametrize("failing", [1, 2])
def test_a_rename_that_fails_brings_the_old_one_back(report, monkeypatch, failing):
    """On Windows a PDF that is open in a viewer makes one fail."""
    before = files(report)
    renames = iter(range(1, 9))
    rename = Path.rename

    def failed(path, target):
        if next(renames) == failing:
            raise PermissionError(13, "The process cannot access the file")
        return rename(path, target)

    monkeypatch.setattr(place, "_exchanged", lambda *_: False)
    monkeypatch.setattr(Path, "rename", failed)
    with place.held(report), place.staged(report) as new, pytest.raises(place.PlaceError) as error:
        place.put(new, report)
    assert files(report) == before
    for code, said in (("kk", "ашық тұр"), ("ru", "открыт в другой программе"), ("en", "open in another")):
        told = language(code).label(f"errors.{error.value.key}", **error.value.values)
        assert said in told and "cannot access" in told
    assert [p.name for p in report.parent.iterdir()] == ["2017H1"]


def killed_at(step, report):
    """Put a new report in place, exchanged or not, and end the process at a step: a rename or a removal."""
    steps = iter(range(9))

    def watched(call):
        def counted(*words, **more):
            if next(steps) == step:
                os._exit(9)
            return call(*words, **more)

        return counted

    Path.rename = watched(Path.rename)
    shutil.rmtree = watched(shutil.rmtree)
    with place.held(report), place.staged(report) as new:
        (new / "report.html").write_text("new", encoding="utf-8")
        shutil.copy(report / "manifest.json", new)
        place.put(new, report)


@needs_fork
@pytest.mark.parametrize("exchanged", [True, False])
@pytest.mark.parametrize("step", range(5))
def test_a_run_killed_at_any_step_leaves_a_whole_report(report, monkeypatch, step, exchanged):
    if not exchanged:
        monkeypatch.setattr(place, "_exchanged", lambda *_: False)
    child = multiprocessing.get_context("fork").Process(target=killed_at, args=(step, report))
    child.start()
    child.join()
    with place.held(report):  # the next run
        assert sorted(files(report)) == ["manifest.json", "report.html"]
        assert (report / "report.html").read_text(encoding="utf-8") in ("old", "new")
    assert [p.name for p in report.parent.iterdir()] == ["2017H1"]


def test_what_was_set_aside_by_a_killed_run_comes_back_with_its_revisions(report):
    (report / "revisions.json").write_text("[]", encoding="utf-8")
    before = files(report)
    report.rename(report.with_name(".staging-old-2017H1"))
    with place.held(report):
        assert files(report) == before


@pytest.mark.parametrize("words", [
    ("verify", "reports/2017H1", "--data", "none"),  # which it is refused for, when it has found the report
    ("trace", "volume.copies.TOTAL.any.2017", "--data", "none", "--out", "reports"),
    ("compare", "2017H1", "2017H1", "--data", "none", "--out", "reports"),
    ("compare", "reports/2017H1", "reports/2017H1", "--data", "none"),
])  # fmt: skip
def test_what_was_set_aside_comes_back_for_who_only_reads(report, words, monkeypatch):
    monkeypatch.chdir(report.parent.parent)
    before = files(report)
    aside = report.rename(report.with_name(".staging-old-2017H1"))
    call(*words)
    assert files(report) == before and not aside.exists()
    assert [p.name for p in report.parent.iterdir()] == ["2017H1"]


def test_who_only_reads_takes_nothing_from_a_run(report):
    aside = report.rename(report.with_name(".staging-old-2017H1"))
    with FileLock(report.with_name(".staging-2017H1.lock")):
        place.bring_back(report.parent)
        assert aside.is_dir() and not report.exists()
    written(report, "new")  # as that run has put it there
    place.bring_back(report.parent)
    assert (report / "report.html").read_text(encoding="utf-8") == "new"


def test_a_check_after_a_kill_hides_no_report(report):
    before = files(report)
    report.rename(report.with_name(".staging-old-2017H1"))
    (report / "quality").mkdir(parents=True)
    (report / "quality" / "kk.html").touch()
    with place.held(report):
        assert files(report) == before


# One run at a time


def test_a_second_run_waits_and_says_so(report):
    said, order = [], []
    go = threading.Event()

    def second():
        def told():
            said.append("waiting")
            go.set()

        with place.held(report, told):
            order.append("second")

    with place.held(report):
        other = threading.Thread(target=second)
        other.start()
        assert go.wait(30)
        order.append("first")
    other.join()
    assert (said, order) == (["waiting"], ["first", "second"])
    assert [p.name for p in report.parent.iterdir()] == ["2017H1"]


@pytest.mark.parametrize(
    "command, code, said",
    [
        ("report", "en", "Another run is writing to"),
        ("check", "ru", "записывает другой запуск"),
        ("report", "kk", "жазып жатыр"),
    ],
)
def test_a_command_says_in_its_language_that_it_waits(tmp_path, monkeypatch, command, code, said):
    lock = FileLock(tmp_path / ".staging-2017H1.lock", thread_local=False)
    lock.acquire()
    monkeypatch.setattr(FileLock, "acquire", released(lock, FileLock.acquire))
    more = ["--format", "html"] if command == "report" else []
    done = call(command, "2017H1", "--language", code, *more, "--data", data(), "--out", tmp_path)
    assert done.exit_code == 0
    assert said in done.stderr


def released(lock, acquire):
    """Let a lock go when somebody waits for it."""

    def acquired(self, *words, **more):
        if more.get("blocking") is not False:
            lock.release()
        return acquire(self, *words, **more)

    return acquired


def test_an_index_is_written_by_one_run_at_a_time(tmp_path, monkeypatch):
    shutil.copytree(published(), tmp_path / "2017H1")
    seen = []
    monkeypatch.setattr(front, "_write", lambda out: seen.append(locked(out)))
    front.write(tmp_path)
    assert seen == [True]


def locked(out):
    return (out / ".staging-index.html.lock").exists()


def test_what_a_killed_run_of_another_period_has_left_goes_too(tmp_path):
    left, at_work, no_report = (
        tmp_path / f".staging-{name}" for name in ("2017H2-0a1b2c3d", "2018-0a1b2c3d", "mine")
    )
    for folder in (left, at_work, no_report):
        folder.mkdir()
    with FileLock(tmp_path / ".staging-2018.lock"), place.held(tmp_path / "2017H1"):
        assert (left.exists(), at_work.exists(), no_report.exists()) == (False, True, True)
