"""The way from raw files to a published folder: check, prepare, run, render, move into place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from aqparat.data.prepare import Tables
from aqparat.data.reading.files import Files, batch_of, find
from aqparat.data.schemas import TOTAL
from aqparat.data.store import Store
from aqparat.metrics import store as fact_store
from aqparat.metrics.facts import Facts
from aqparat.period import Period
from aqparat.problem import AqparatError, NotebookError, SeveralError, unknown
from aqparat.publish import check, later, manifest, package, place, revisions, schema
from aqparat.publish.batch import Batch, Failure, Here, failures
from aqparat.publish.current import origin
from aqparat.publish.handout import FILE as HANDOUT
from aqparat.publish.handout import Handout
from aqparat.publish.manifest import notebooks_folder
from aqparat.publish.order import Order, beyond, completed, published
from aqparat.publish.published_report import PublishedReport
from aqparat.publish.reuse import Reuse
from aqparat.publish.rows import RawFiles
from aqparat.publish.step import Progress, Step
from aqparat.publish.task import Task
from aqparat.words.languages import language

Tell = Callable[[str], None]
Making = Generator[Iterator[Task] | None, list[tuple[Task, Future[None]]], bool]
_AHEAD = 2  # tasks that wait for each that runs; the next report is begun where there are fewer


class RawChangedError(AqparatError):
    """A raw file has changed while a report was made of it."""


def publish(
    order: Order,
    force: bool = False,
    progress: Progress = lambda step: None,
    tell: Tell | None = None,
    executor: Executor | None = None,
    jobs: int = 1,
) -> bool:
    """Make a report and move it into place; on any failure the one before stays untouched.

    Parameters
    ----------
    order : Order
    force, progress, tell, executor, jobs
        As for `publish_all`.

    Returns
    -------
    bool
        False if everything was already there.

    Raises
    ------
    AqparatError
        Data not in order, a parameter unknown, a notebook failed (it is kept below `.failed`), the place is
        not one for a report.
    """
    ((_, made),) = publish_all([order], force, progress, tell, executor, jobs)
    if isinstance(made, AqparatError):
        raise made
    return made


def publish_all(
    orders: Sequence[Order],
    force: bool = False,
    progress: Progress = lambda step: None,
    tell: Tell | None = None,
    executor: Executor | None = None,
    jobs: int = 1,
) -> Iterator[tuple[Order, bool | AqparatError]]:
    """Make reports, each moved into place as soon as it is whole; one that fails does not stop the rest.

    Parameters
    ----------
    orders : sequence of Order
        They are made in the order of their places, so that two runs never wait for each other.
    force : bool
        Make a report even if one from the same files, code and packages is already there.
    progress : callable
        Told each step as it ends.
    tell : callable, optional
        Told, in the first language, what a person should know before: that another run is writing there,
        what is made besides what was asked for, or taken away, and what later batches hold.
    executor : Executor, optional
        Where notebooks run; by default in this process, one after another.
    jobs : int
        How many notebooks the executor runs at once.

    Yields
    ------
    tuple of Order and bool or AqparatError
        False if everything was already there, an error if the report could not be made.
    """
    batch = Batch(executor or Here(), progress, jobs)
    open_: list[tuple[Order, Making, list[tuple[Task, Future[None]]]]] = []
    left = sorted(orders, key=lambda order: order.target.as_posix())
    try:
        while left or open_:
            while left and batch.waiting < _AHEAD * jobs:
                order = left.pop(0)
                making = _making(order, force, progress, tell, batch)
                try:
                    open_.append((order, making, _begun(making, batch)))
                except StopIteration as ended:
                    yield order, ended.value
                except AqparatError as error:
                    yield order, error
            for entry in [e for e in open_ if batch.ended(future for _, future in e[2])]:
                open_.remove(entry)
                yield entry[0], _ended(*entry[1:])
            if batch.waiting:
                batch.wait()
    finally:
        if open_:
            batch.stop()
        for _, making, _ in open_:
            making.close()


def _begun(making: Making, batch: Batch) -> list[tuple[Task, Future[None]]]:
    """Hand the tasks of a report to a batch, and do meanwhile what else there is to do for it."""
    tasks = next(making)
    handed: list[Task] = []

    def noted() -> Iterator[Task]:
        for task in tasks or ():
            handed.append(task)
            yield task

    try:
        futures = batch.add(noted())
        next(making)
    except BaseException as error:
        batch.stop()  # or it would go on writing where the report is made
        making.throw(error)
        raise
    return list(zip(handed, futures, strict=True))


def _ended(making: Making, tasks: list[tuple[Task, Future[None]]]) -> bool | AqparatError:
    """Let a report whose tasks have ended be moved into place."""
    try:
        making.send(tasks)
    except StopIteration as ended:
        return bool(ended.value)
    except AqparatError as error:
        return error
    raise AssertionError("a report is made in three parts")


def _making(order: Order, force: bool, progress: Progress, tell: Tell | None, batch: Batch) -> Making:
    """Make a report, in three parts: up to its tasks; what needs them not; what needs them ended.

    Yields
    ------
    iterator of Task, then None
        After the second `yield` it is sent the tasks, ended.

    Returns
    -------
    bool
        False if everything was already there.
    """
    progress(Step(f"{order.period}: check"))
    data = find(order.data).resolve()  # whatever links lead to it: the notebooks look for its name
    batch_of(data, order.period)
    store = Store.open(order.period, data)
    batch.foresee(replace(order, data=data))
    tables = store.tables
    _codes(order.organisations, tables)  # before anything is waited for
    words = language(order.languages[0])
    real = place.place(order.target, order.period, data)
    shown = {"path": order.target.as_posix()}

    def say(key: str, **values: object) -> None:
        if tell:
            tell(words.label(f"place.{key}", **shown, **values))

    with place.held(real, lambda: say("waiting")):
        if tell and (files := later.files(order.period, data)):
            say("later", period=str(order.period), files=place.named(files))
        before = published(real, order.period)
        whole = order if order.only else completed(order, before, tables.organisations.index)
        codes = _codes(whole.organisations, tables)
        made_from = origin(whole, data, tables.files, tables.settings)
        if not force and manifest.is_current(real, made_from):
            return False
        place.replaceable(real, order.target)
        for key, more in (("kept", beyond(order, whole)), ("left", beyond(whole, before))):
            if more:
                say(key, more=more)
        yield from _made(whole, store, codes, real, data, made_from, force)
    return True


def _made(
    order: Order,
    store: Store,
    codes: list[str],
    real: Path,
    data: Path,
    made_from: dict[str, Any],
    force: bool,
) -> Generator[Iterator[Task] | None, list[tuple[Task, Future[None]]], None]:
    """Make a report beside its place and put it there."""
    facts = fact_store.facts(store)
    records = [fact.record() for fact in facts]
    handout, revised = _revised(real, store, data, records)
    with place.staged(real) as staging:
        own: dict[str, Facts] = {}
        reuse = Reuse(order.period, real, data, made_from, force)
        yield _tasks(order, store, codes, data, staging, facts, revised, own, reuse, handout is None)
        manifest.write_json(staging / "facts.json", records)
        schema.write_schema(staging)
        for code, known in own.items():
            folder = staging / "organisations" / code
            folder.mkdir(parents=True, exist_ok=True)  # its notebooks may not have begun
            manifest.write_json(folder / "facts.json", [fact.record() for fact in known])
            schema.write_schema(folder)
        if revised:
            manifest.write_json(staging / "revisions.json", revised)
        package.write(staging / "data", store.tables)
        check.write_pages(staging / check.FOLDER, store.quality, order.languages)
        from aqparat.publish import front  # here: the notebooks run already

        front.ready()
        failed = failures((yield None))
        if changed := _changed(store.tables, data, order.period):
            told = {"path": order.target.as_posix(), "files": changed}
            raise RawChangedError(f"{changed} changed meanwhile", "raw_changed", **told)
        if failed:
            raise _kept(failed, order, staging, data)
        place.carry_marked(real, staging)
        if handout:
            shutil.copy(real / HANDOUT, staging)
        manifest.write(staging, made_from, handout)
        reuse.keep(staging)
        place.put(staging, real)


def _changed(tables: Tables, data: Path, period: Period) -> str:
    """Name the raw files that have changed since a report was begun: notebooks read them, too."""
    try:
        now = Files(data, period).digests()
    except OSError as error:  # it vanishes just now
        return str(error.filename)
    then = tables.files
    return place.named(sorted(name for name in {*then, *now} if then.get(name) != now.get(name)))


def _kept(failed: list[Failure], order: Order, staging: Path, data: Path) -> AqparatError:
    """Keep what was run, and return what failed as one error."""
    run = [failure for failure in failed if isinstance(failure.error, NotebookError)]
    if run:
        place.put(staging, place.kept(order.target, data))
    home = order.out / place.FAILED / str(order.period)
    errors: list[AqparatError] = []
    for failure in failed:
        error = failure.error
        if failure in run:
            told = (home / failure.task.folder.relative_to(staging) / "report.ipynb").as_posix()
            error = NotebookError(f"{error}\n{told}", error.key, **error.values, kept=told)
        errors.append(error)
    return errors[0] if len(errors) == 1 else SeveralError(errors)


def _revised(
    real: Path, store: Store, data: Path, records: list[dict[str, Any]]
) -> tuple[str | None, list[revisions.Revision]]:
    """Return the mark that a report has been handed out, and what is revised since."""
    if not (real / "manifest.json").is_file():
        return None, []
    published = PublishedReport(real)
    handout = Handout.of(published)
    if handout is None:
        return None, revisions.kept(published.revisions, records)
    revised = revisions.since(handout, records, store.tables.files, RawFiles(data))
    return published.manifest["published"], revised


def _codes(wanted: Sequence[str], tables: Tables) -> list[str]:
    """Resolve the organisations asked for; `all` is everyone who is asked for a form."""
    table = tables.organisations
    for code in wanted:
        if code not in (*table.index, "all"):
            raise unknown("organisation", code, table.index)
    every = tables.reporting() if "all" in wanted else []
    return list(dict.fromkeys([*every, *(code for code in wanted if code != "all")]))


def _tasks(
    order: Order,
    store: Store,
    codes: list[str],
    data: Path,
    staging: Path,
    facts: Facts,
    revised: list[revisions.Revision],
    own: dict[str, Facts],
    reuse: Reuse | None = None,
    draft: bool = False,
) -> Iterator[Task]:
    """Give what is to be run: the report in each language, then each organisation's; `own` takes facts.

    What is there already, made from the same, is taken over instead.
    """
    notebooks = notebooks_folder(data)
    for code in ("", *codes):
        more: dict[str, Any] = {"organisation": code} if code else {}
        if told := revisions.told(revised, code or None):
            more["revisions"] = told
        known = facts
        if code:
            known = fact_store.facts(store, code, facts)
            own[code] = _own(known, code)
        digest = cache(partial(_extract, store, known, code, told))
        for name in order.languages:
            task = Task(
                notebooks / ("organisation.ipynb" if code else "report.ipynb"),
                (staging / "organisations" / code if code else staging) / name,
                {"period": str(order.period), "language": name, "data": data.name, **more},
                data.resolve().parent,
                order.formats,
                order.languages,
                {fact.id: fact.value for fact in (own[code] if code else facts)},
                store.tables.settings["notebook"]["cell_seconds"],
                () if code else codes,
                draft,
            )
            if reuse is None or not reuse.takes(task, staging, digest if code else None):
                yield task


def _extract(store: Store, facts: Facts, code: str, revised: list[revisions.Revision]) -> str:
    """Digest what an organisation's own report is made from."""
    from aqparat.sections.extract import extract  # here: only own reports are made from one
    from aqparat.sections.report_data import ReportData

    return extract(ReportData(store.tables, facts, revised), code).digest()


def task(order: Order, folder: Path) -> Task:
    """Return the last task of an order, to be done by itself: its organisation's where it names one.

    Raises
    ------
    AqparatError
        As `publish`, but for what is said of the place, which is not looked at.
    """
    data = find(order.data).resolve()
    batch_of(data, order.period)
    store = Store.open(order.period, data)
    codes, facts = _codes(order.organisations, store.tables), fact_store.facts(store)
    handout, revised = _revised(order.target.resolve(), store, data, [fact.record() for fact in facts])
    *_, last = _tasks(order, store, codes, data, folder, facts, revised, {}, draft=handout is None)
    return last


def _own(facts: Facts, code: str) -> Facts:
    """Keep the facts of an organisation, the union's that its report stands beside, and their inputs."""
    wanted = [
        f.id for f in facts if f.organisation == code or (f.organisation == TOTAL and f.metric == "volume")
    ]
    return Facts((facts[i] for i in sorted(facts.behind(wanted))), facts.precedence)


__all__ = ["Order", "publish", "publish_all", "task"]
