"""The way from raw files to a published folder: check, prepare, run, render, move into place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aqparat.document  # noqa: F401  (before nbformat: see there)
from aqparat.data import intake
from aqparat.data.prepare import Tables, in_force, load
from aqparat.data.quality import quality
from aqparat.data.schemas import TOTAL
from aqparat.document.html import ReportHTMLExporter
from aqparat.document.typst import TypstPDFExporter
from aqparat.metrics.collection import collect
from aqparat.metrics.facts import Facts
from aqparat.period import Period
from aqparat.problem import AqparatError, NotebookError, unknown
from aqparat.publish import check, manifest, notebook, package, revisions
from aqparat.publish.manifest import notebooks_folder

LANGUAGES = ("kk", "ru", "en")
FORMATS = ("html", "pdf")
Progress = Callable[[str, int], None]  # told each step, and how many there are in all
EXPORTERS: dict[str, Callable[[], Any]] = {"html": ReportHTMLExporter, "pdf": TypstPDFExporter}


class MissingFactError(AqparatError):
    """A document shows a fact that facts.json does not have: a fault of the program."""


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
    """

    period: Period
    languages: Sequence[str] = LANGUAGES
    formats: Sequence[str] = FORMATS
    data: Path = Path("data")
    out: Path = Path("reports")
    organisations: Sequence[str] = ()
    jobs: int = 1

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
    facts: frozenset[str]

    @property
    def name(self) -> str:
        """What progress calls it: `kk`, `KUS kk`."""
        return " ".join(filter(None, [self.parameters.get("organisation"), self.parameters["language"]]))


def publish(order: Order, force: bool = False, progress: Progress = lambda step, total: None) -> bool:
    """Make a report and move it into place; on any failure the one before stays untouched.

    Parameters
    ----------
    order : Order
    force : bool
        Make it even if a report from the same files, code and packages is already there.
    progress : callable
        Told each step as it ends, and how many there are.

    Returns
    -------
    bool
        False if everything was already there.

    Raises
    ------
    AqparatError
        Data not in order, a parameter unknown, a notebook failed (it is kept below `.failed`).
    """
    progress("check", 0)
    data = intake.find(order.data)
    if not any(Period.parse(batch).end in order.period for batch in intake.batches(data, order.period)):
        raise intake.DataFolderError("no_batch", str(data / "raw"), str(order.period))
    tables = load(order.period, data)
    codes = _codes(order.organisations, tables)
    notebooks = notebooks_folder()
    sources = [notebooks / "report.ipynb"] + [notebooks / "organisation.ipynb"] * bool(codes)
    parameters = {**order.parameters, "data": data.name}
    origin = manifest.made_from(tables.files, sources, parameters, tables.settings.flat())
    if not force and manifest.is_current(order.target, origin):
        return False
    facts = collect(tables)
    revised = revisions.carried(order.target, tables.files, _records(facts, tables))
    found = quality(intake.read(data, order.period), order.period)
    staging = order.out / f".staging-{order.period}"
    shutil.rmtree(staging, ignore_errors=True)
    try:
        _run(_jobs(order, codes, notebooks, data, staging, facts, revised), order.jobs, progress)
        manifest.write_json(staging / "facts.json", _records(facts, tables))
        for code in codes:
            own = _records(_own(facts, code), tables)
            manifest.write_json(staging / "organisations" / code / "facts.json", own)
        if revised:
            manifest.write_json(staging / "revisions.json", revised)
        package.write(staging / "data", tables)
        check.write_pages(staging / check.FOLDER, found, order.languages)
        manifest.write(staging, origin)
        _replace(order.target, staging)
    except NotebookError as error:
        kept = order.out / ".failed" / str(order.period)
        _replace(kept, staging)
        place = kept.as_posix()
        raise NotebookError(f"{error}\n{place}", error.key, **error.values, kept=place) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return True


def _codes(wanted: Sequence[str], tables: Tables) -> list[str]:
    """Resolve the organisations asked for; `all` is every one in force, the head office and districts too."""
    table = tables.organisations
    if "all" in wanted:
        return list(table.index[in_force(table, tables.period.end)])
    for code in wanted:
        if code not in table.index:
            raise unknown("organisation", code, table.index)
    return list(dict.fromkeys(wanted))


def _jobs(
    order: Order,
    codes: list[str],
    notebooks: Path,
    data: Path,
    staging: Path,
    facts: Facts,
    revised: list[revisions.Revision],
) -> list[Job]:
    """List what is to be run: the report in each language, then each organisation's."""
    places: list[tuple[str, Path, dict[str, Any]]] = [("report.ipynb", staging, {})]
    places += [("organisation.ipynb", staging / "organisations" / c, {"organisation": c}) for c in codes]
    for _, _, more in places:
        if told := revisions.told(revised, more.get("organisation")):
            more["revisions"] = told
    known = frozenset(fact.id for fact in facts)
    return [
        Job(
            notebooks / name,
            folder / language,
            {"period": str(order.period), "language": language, "data": data.name, **more},
            data.resolve().parent,
            order.formats,
            order.languages,
            known,
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
    """Keep the facts of an organisation, and the union's totals its report stands beside."""
    return Facts([f for f in facts if f.organisation in (code, TOTAL)])


def _check_facts(executed: Any, known: frozenset[str]) -> None:
    """Hold what the notebook shows against the facts: one source for both."""
    shown = set(_shown(json.dumps(executed, ensure_ascii=False)))
    if shown - known:
        missing = ", ".join(sorted(shown - known))
        raise MissingFactError(f"Not in facts.json: {missing}", "missing_fact", facts=missing)


def _shown(text: str) -> list[str]:
    return [part.split('\\"', 1)[0] for part in text.split('data-fact=\\"')[1:]]


def _records(facts: Facts, tables: Tables) -> list[dict[str, Any]]:
    """Give the objects of facts.json."""
    return [fact.record(tables.files) for fact in sorted(facts, key=lambda f: f.id)]


def _replace(target: Path, new: Path) -> None:
    """Put a folder in the place of another; the old one goes only when the new one stands."""
    target.parent.mkdir(parents=True, exist_ok=True)
    old = target.with_name(f".staging-old-{target.name}")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)


__all__ = ["FORMATS", "LANGUAGES", "Order", "notebooks_folder", "publish", "render"]
