"""The way from raw files to a published folder: check, prepare, run, render, move into place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aqparat.blocks import MIME
from aqparat.choices import FORMATS, LANGUAGES
from aqparat.data.prepare import Tables, in_force
from aqparat.data.reading.files import batch_of, find
from aqparat.data.schemas import TOTAL
from aqparat.data.store import Store
from aqparat.document.html import ReportHTMLExporter
from aqparat.document.outline import outline
from aqparat.document.typst import TypstPDFExporter
from aqparat.metrics import store as fact_store
from aqparat.metrics.facts import Facts
from aqparat.period import Period
from aqparat.problem import AqparatError, NotebookError, unknown
from aqparat.publish import check, later, manifest, notebook, package, place, revisions, schema
from aqparat.publish.handout import FILE as HANDOUT
from aqparat.publish.handout import Handout
from aqparat.publish.manifest import notebooks_folder
from aqparat.publish.published_report import PublishedReport
from aqparat.publish.rows import RawFiles
from aqparat.words.languages import language

Progress = Callable[[str, int], None]  # told each step, and how many there are in all
EXPORTERS: dict[str, Callable[[], Any]] = {"html": ReportHTMLExporter, "pdf": TypstPDFExporter}


class MissingFactError(AqparatError):
    """A document shows a fact that facts.json does not have, or not so: a fault of the program."""


@dataclass(frozen=True)
class Order:
    """What is to be published.

    Parameters
    ----------
    period : Period
    languages, formats : sequence of str
    data, out : Path
        The data folder and the folder of reports.
    organisations : sequence of str
        Codes of the organisations whose own reports are added; `all` for every one in force.
    jobs : int
        How many notebooks run at once.
    only : bool
        Leaves out what is published besides; else that is made anew, too.
    """

    period: Period
    languages: Sequence[str] = LANGUAGES
    formats: Sequence[str] = FORMATS
    data: Path = Path("data")
    out: Path = Path("reports")
    organisations: Sequence[str] = ()
    jobs: int = 1
    only: bool = False

    @property
    def target(self) -> Path:
        """The folder that is published."""
        return self.out / str(self.period)

    @property
    def parameters(self) -> dict[str, Any]:
        """What the manifest says of the order."""
        return {
            "period": str(self.period),
            "languages": list(self.languages),
            "formats": list(self.formats),
            "organisations": list(self.organisations),
        }


@dataclass(frozen=True)
class Job:
    """One notebook to run and render, in one language."""

    source: Path
    folder: Path
    parameters: dict[str, Any]
    home: Path
    formats: Sequence[str]
    languages: Sequence[str]
    facts: Mapping[str, float | None]
    organisations: Sequence[str] = ()  # whose own reports are published beside it

    @property
    def name(self) -> str:
        """What progress calls it: `kk`, `KUS kk`."""
        return " ".join(filter(None, [self.parameters.get("organisation"), self.parameters["language"]]))


def publish(
    order: Order,
    force: bool = False,
    progress: Progress = lambda step, total: None,
    tell: Callable[[str], None] | None = None,
) -> bool:
    """Make a report and move it into place; on any failure the one before stays untouched.

    Parameters
    ----------
    order : Order
    force : bool
        Make it even if a report from the same files, code and packages is already there.
    progress : callable
        Told each step as it ends, and how many there are.
    tell : callable, optional
        Told, in the first language, what a person should know before: that another run is writing there,
        what is made besides what was asked for, or taken away, and what later batches hold.

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
    progress("check", 0)
    data = find(order.data).resolve()  # whatever links lead to it: the notebooks look for its name
    batch_of(data, order.period)
    store = Store.open(order.period, data)
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
        before = _published(real, tables)
        whole = order if order.only else _completed(order, before, tables)
        codes, origin = _codes(whole.organisations, tables), _origin(whole, store, data)
        if not force and manifest.is_current(real, origin):
            return False
        place.replaceable(real, order.target)
        for key, more in (("kept", _beyond(order, whole)), ("left", _beyond(whole, before))):
            if more:
                say(key, more=more)
        _make(whole, store, codes, real, data, origin, progress)
    return True


def _origin(order: Order, store: Store, data: Path) -> dict[str, Any]:
    notebooks = notebooks_folder()
    sources = [notebooks / "report.ipynb"] + [notebooks / "organisation.ipynb"] * bool(order.organisations)
    parameters = {**order.parameters, "data": data.name}
    return manifest.made_from(store.tables.files, sources, parameters, store.tables.settings.flat())


def _published(real: Path, tables: Tables) -> Order:
    """Return the order of the report that stands in a place; one for nothing where none does."""
    if not (real / "manifest.json").is_file():
        return Order(tables.period, (), ())
    given = PublishedReport(real).manifest["parameters"]
    return Order(tables.period, given["languages"], given["formats"], organisations=given["organisations"])


def _completed(order: Order, before: Order, tables: Tables) -> Order:
    """Add to an order what is published already and can still be made."""
    known = ("all", *tables.organisations.index)
    return replace(
        order,
        languages=tuple(c for c in LANGUAGES if c in (*order.languages, *before.languages)),
        formats=tuple(f for f in FORMATS if f in (*order.formats, *before.formats)),
        organisations=tuple(c for c in known if c in (*order.organisations, *before.organisations)),
    )


def _beyond(less: Order, more: Order) -> str:
    """Name the languages, formats and organisations that one order has beyond another."""
    parts = [
        [name for name in getattr(more, part) if name not in getattr(less, part)]
        for part in ("languages", "formats", "organisations")
    ]
    return "; ".join(", ".join(part) for part in parts if part)


def _make(
    order: Order,
    store: Store,
    codes: list[str],
    real: Path,
    data: Path,
    origin: dict[str, Any],
    progress: Progress,
) -> None:
    """Make a report beside its place and put it there."""
    notebooks = notebooks_folder()
    facts = fact_store.facts(store)
    records = [fact.record() for fact in facts]
    handout, revised = _revised(real, store, data, records)
    own = {code: _own(fact_store.facts(store, code), code) for code in codes}
    with place.staged(real) as staging:
        try:
            _run(_jobs(order, own, notebooks, data, staging, facts, revised), order.jobs, progress)
        except NotebookError as error:
            failed = place.kept(order.target, data)
            place.put(staging, failed)
            told = (order.out / place.FAILED / str(order.period)).as_posix()
            raise NotebookError(f"{error}\n{told}", error.key, **error.values, kept=told) from error
        manifest.write_json(staging / "facts.json", records)
        schema.write_schema(staging)
        for code, known in own.items():
            folder = staging / "organisations" / code
            manifest.write_json(folder / "facts.json", [fact.record() for fact in known])
            schema.write_schema(folder)
        if revised:
            manifest.write_json(staging / "revisions.json", revised)
        package.write(staging / "data", store.tables)
        check.write_pages(staging / check.FOLDER, store.quality, order.languages)
        place.carry_marked(real, staging)
        if handout:
            shutil.copy(real / HANDOUT, staging)
        manifest.write(staging, origin, handout)
        place.put(staging, real)


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
    """Resolve the organisations asked for; `all` is every one in force, the head office and districts too."""
    table = tables.organisations
    for code in wanted:
        if code not in (*table.index, "all"):
            raise unknown("organisation", code, table.index)
    every = list(table.index[in_force(table, tables.period.end)]) if "all" in wanted else []
    return list(dict.fromkeys([*every, *(code for code in wanted if code != "all")]))


def _jobs(
    order: Order,
    own: dict[str, Facts],
    notebooks: Path,
    data: Path,
    staging: Path,
    facts: Facts,
    revised: list[revisions.Revision],
) -> list[Job]:
    """List what is to be run: the report in each language, then each organisation's."""
    places: list[tuple[str, Path, dict[str, Any]]] = [("report.ipynb", staging, {})]
    places += [("organisation.ipynb", staging / "organisations" / c, {"organisation": c}) for c in own]
    for _, _, more in places:
        if told := revisions.told(revised, more.get("organisation")):
            more["revisions"] = told
    known = {code: {fact.id: fact.value for fact in told} for code, told in {**own, "": facts}.items()}
    return [
        Job(
            notebooks / name,
            folder / language,
            {"period": str(order.period), "language": language, "data": data.name, **more},
            data.resolve().parent,
            order.formats,
            order.languages,
            known[more.get("organisation", "")],
            () if more.get("organisation") else list(own),
        )
        for name, folder, more in places
        for language in order.languages
    ]


def _run(jobs: list[Job], workers: int, progress: Progress) -> None:
    """Run jobs, several at once where asked; the first that fails ends all."""
    if workers < 2 or len(jobs) < 2:
        for job in jobs:
            render(job)
            progress(job.name, len(jobs))
        return
    with ProcessPoolExecutor(workers) as pool:
        running = {pool.submit(render, job): job for job in jobs}
        try:
            for done in as_completed(running):
                done.result()
                progress(running[done].name, len(jobs))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def render(job: Job) -> None:
    """Run one notebook and write its documents.

    Raises
    ------
    ParameterError, NotebookError, MissingFactError
    """
    beside = {"languages": list(job.languages), "formats": list(job.formats)}  # to be linked to
    if job.organisations:
        beside["organisations"] = list(job.organisations)
    executed = notebook.run(job.source, job.folder / "report.ipynb", job.parameters, job.home, beside)
    _check_facts(executed, job.facts)
    for form in job.formats:
        output, _ = EXPORTERS[form]().from_notebook_node(executed)
        path = job.folder / f"report.{form}"
        if isinstance(output, bytes):
            path.write_bytes(output)
        else:
            path.write_text(output, encoding="utf-8", newline="\n")


def _own(facts: Facts, code: str) -> Facts:
    """Keep the facts of an organisation, the union's that its report stands beside, and their inputs."""
    wanted = [
        f.id for f in facts if f.organisation == code or (f.organisation == TOTAL and f.metric == "volume")
    ]
    return Facts(facts[i] for i in sorted(facts.behind(wanted)))


def _check_facts(executed: Any, known: Mapping[str, float | None]) -> None:
    """Hold what the notebook shows against the facts, ids and values: one source for both."""
    seen = outline(executed)
    if seen is None:
        return
    if others := set(seen.facts()) - {*known}:
        missing = ", ".join(sorted(others))
        raise MissingFactError(f"Not in facts.json: {missing}", "missing_fact", facts=missing)
    blocks = [o.data.get(MIME) for c in executed.cells for o in c.get("outputs", []) if "data" in o]
    wrong = {i for i, value in _values(blocks) if i in known and not _same(value, known[i])}
    if wrong:
        told = ", ".join(sorted(wrong))
        raise MissingFactError(f"Other values than in facts.json: {told}", "wrong_fact", facts=told)


def _values(shown: Any) -> Iterator[tuple[str, float | None]]:
    """Walk the facts in what a notebook shows, each time with the value that it is given with."""
    if isinstance(shown, Mapping):
        if (
            "text" in shown and "id" not in shown and isinstance(shown.get("fact"), str)
        ):  # a chart's mark has none
            yield shown["fact"], shown.get("value")
        shown = list(shown.values())
    if isinstance(shown, list):
        for inner in shown:
            yield from _values(inner)


def _same(shown: float | None, known: float | None) -> bool:
    return shown == (None if known is None else float(f"{known:.12g}"))


__all__ = ["Order", "notebooks_folder", "publish", "render"]
