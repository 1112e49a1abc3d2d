"""Long use: what is done a thousand times leaves the processes that do it as they were.

Memory (each process's share of it, PSS), open files, threads, child processes and temporary files are looked
at as it goes on. In the last third there may be no more of them than in the second, when there are fewest:
kernels come and go, and what is lost is lost for good. Memory may differ by what is remembered within bounds
and by how an allocator rounds (`SLACK`), neither of which grows with how often something is done.
"""

import http.client
import json
import shutil
import signal
import threading
import time
from dataclasses import dataclass
from itertools import count
from random import Random
from statistics import mean
from urllib.parse import urlsplit

import nbformat
import psutil
import pytest
from aqparat.period import Period
from aqparat.publish.build import Build
from aqparat.publish.order import Order
from aqparat.publish.press import Parcel, Press
from aqparat.publish.run import task
from trial import ROOT, Place

ROW = "long use"
HOURS = 4 * 60 * 60
SLACK = 24  # MB of all processes together
LOOKS = 60  # at what is done
CLOSING = {"files": 2, "threads": 2}  # of a connection that is just being closed


@dataclass(frozen=True)
class Look:
    """What processes hold at a moment: MB of memory; open files, threads, processes and temporary files."""

    memory: float
    files: int
    threads: int
    processes: int
    temporary: int


def look(*processes, temporary=None):
    """Look at processes and all that they have started."""
    told = []
    for process in [each for root in processes for each in (root, *root.children(recursive=True))]:
        try:
            told.append((process.memory_full_info().pss / 1e6, process.num_fds(), process.num_threads(), 1))
        except psutil.Error:  # a kernel, or a draft, that has just ended
            continue
    left = len(list(temporary.rglob("*"))) if temporary else 0
    return Look(*map(sum, zip(*told, strict=True)), left)


def at_rest(process, temporary):
    """Look when a preview has made its page and has done what nobody waits for: with the fewest files."""
    looks = []
    for _ in range(10):
        time.sleep(0.1)
        looks.append(look(process, temporary=temporary))
    return min(looks, key=lambda found: (found.files, found.threads))


def held(looks, many, record_property, slack=SLACK):
    """Hold the last third against the second; tell the growth of memory that a thousand times would make."""
    third = len(looks) // 3
    second, last = looks[third : 2 * third], looks[-third:]
    grown = mean(look.memory for look in last) - mean(look.memory for look in second)
    record_property("level", f"{mean(look.memory for look in last):.0f} MB")
    record_property("growth", f"{grown / (many / 3) * 1000:+.1f} MB per 1,000 ({many} times)")
    for kind in ("files", "threads", "processes", "temporary"):  # the fewest: what comes and goes is no loss
        told = [getattr(look, kind) for look in looks]
        assert min(told[2 * third :]) <= min(told[third : 2 * third]) + CLOSING.get(kind, 0), (kind, told)
    assert grown < slack, [round(look.memory) for look in looks]


def often(few, many):
    """Give how often something is done: few times for a sample."""
    return pytest.mark.parametrize("many", [few, pytest.param(many, marks=pytest.mark.whole)])


@often(6, 1000)
def test_a_thousand_reports_by_one_process(place, tried, record_property, monkeypatch, many):
    """As a worker of a cluster makes them: an organisation's own, with a kernel each, set as a page."""
    monkeypatch.setenv("TMPDIR", str(place.temporary))
    monkeypatch.setenv("AQPARAT_TRIAL", str(place.path))
    order = Order(Period.parse("2017H1"), ("kk",), ("html",), place.data, place.reports, ("UST",))
    wanted = task(order, place.reports / "UST")
    parcel = Parcel(wanted, wanted.source.read_bytes(), Build.here(), "here")
    press = Press()
    try:
        process, looks, made = psutil.Process(press._process.pid), [], set()
        for number in range(many):
            made.add(press.render(parcel))
            if number % max(1, many // LOOKS) == 0:
                looks.append(look(process, temporary=place.temporary))
        assert len(made) == 1  # the last as the first
        held(looks, many, record_property)
        tried(ROW, many)
    finally:
        press.close()


@pytest.mark.whole
@pytest.mark.parametrize("many", [1000])
def test_a_batch_of_a_thousand_tasks(tmp_path, tried, record_property, many):
    """Fifteen periods, three languages, 22 organisations and the union, as one command; a short notebook.

    Each batch has one row, so that what there is to be read hardly grows.
    """
    periods = [f"{year}{half}" for year in range(2017, 2025) for half in ("H1", "H2")][:15]
    place = batch(tmp_path / "place", periods)
    organisations = "--organisation", "all", "--format", "html", "--jobs", "2"
    child = place.start("report", *periods, *organisations)
    process, looks, said = psutil.Process(child.pid), [], []
    every = count()
    for line in child.stdout:
        said.append(line)
        if line.startswith("20") and next(every) % (many // LOOKS) == 0:
            looks.append(look(process, temporary=place.temporary))
    ended = place.ended(child, HOURS)
    assert ended.status == 0, "".join(said)
    documents = list(place.reports.rglob("report.html"))
    assert len(documents) >= many, len(documents)
    assert all(place.whole(period) for period in periods)
    assert place.strays() == [] and not place.orphans()
    held(looks, len(documents), record_property, slack=100)  # 16 periods' tables may be remembered
    tried(ROW, len(documents))


def batch(path, periods):
    """Give a place with the same rows in every half-year, and notebooks that show a heading and a text."""
    place = Place(path)
    (path / "notebooks").unlink()
    (path / "notebooks").mkdir()
    for name in ("report", "organisation"):
        notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
        notebook.cells = notebook.cells[:6]
        nbformat.write(notebook, path / "notebooks" / f"{name}.ipynb")
    raw = place.data / "raw"
    head, *_ = (raw / "2017H1" / "observations.csv").read_text(encoding="utf-8").splitlines()
    shutil.rmtree(raw / "2017H1")
    for period in map(Period.parse, periods):
        (raw / str(period)).mkdir()
        row = f'videos,KUS,,,{period.start},{period.end},3,exact,,,"invented"'
        (raw / str(period) / "observations.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    return place


@often(3, 300)
def test_a_preview_whose_data_change_again_and_again(place, tried, record_property, many):
    child = place.start("preview", "2017H1", "--language", "en", "--no-browser")
    try:
        address = child.stdout.readline().strip()
        threading.Thread(target=child.stdout.read, daemon=True).start()
        news = asked(address, "news")
        process, looks = psutil.Process(child.pid), []
        table = place.data / "raw" / "2017H1" / "observations.csv"
        text = table.read_text(encoding="utf-8")
        report = made(news)
        for number in range(many):
            table.write_text(text.replace(",306,", f",{400 + number},", 1), encoding="utf-8")
            while (told := made(news))["report"] == report["report"]:
                assert told["told"] == []
            report = told
            page = asked(address, "report.html").read()
            assert f">{400 + number}<".encode() in page
            if number % max(1, many // LOOKS) == 0:
                looks.append(at_rest(process, place.temporary))
        held(looks, many, record_property)
        tried(ROW, many)
    finally:
        child.send_signal(signal.SIGINT)
        child.wait(60)
    assert child.returncode == 0 and place.strays() == []


def asked(address, path):
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=600)
    connection.request("GET", f"/{path}")
    return connection.getresponse()


def made(news):
    while True:
        line = next(line for line in news if line.startswith(b"data: "))
        if not (told := json.loads(line.removeprefix(b"data: ")))["making"]:
            return told


@often(40, 2000)
def test_pickers_that_are_changed_again_and_again(place, tried, record_property, many):
    from aqparat.explore import panel
    from aqparat.explore.known import Known

    known = Known("2017H1", "ru", place.data)
    panels = [getattr(panel, name)(known) for name in ("questions", "pickers", "tiles", "beside")]
    random, looks, process = Random(1), [], psutil.Process()
    for number in range(many):
        made = random.choice(panels)
        field = random.choice(made.fields)
        values = [value for value, _ in field["options"]]
        value = random.sample(values, min(2, len(values))) if field["kind"] == "many" else None
        made.choose(**{field["name"]: value if value is not None else random.choice(values or [""])})
        assert made.pages[0]["text"]
        if number % max(1, many // LOOKS) == 0:
            looks.append(look(process))
    held(looks, many, record_property)
    tried(ROW, many)
