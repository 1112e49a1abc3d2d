"""The way from raw files to a published folder: check, prepare, run, render, move into place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aqparat.document
from aqparat.data import intake
from aqparat.data.prepare import Tables, load
from aqparat.document.html import ReportHTMLExporter
from aqparat.document.typst import TypstPDFExporter
from aqparat.metrics.facts import Facts, collect
from aqparat.period import Period
from aqparat.problem import AqparatError, NotebookError
from aqparat.publish import manifest, notebook

LANGUAGES = ("kk", "ru", "en")
FORMATS = ("html", "pdf")
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
    """

    period: Period
    languages: Sequence[str] = LANGUAGES
    formats: Sequence[str] = FORMATS
    data: Path = Path("data")
    out: Path = Path("reports")

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
        }


def notebooks_folder() -> Path:
    """Find the notebooks: in the folder the program runs in, else beside its source."""
    for root in (Path.cwd(), Path(aqparat.document.__file__).parents[3]):
        if (root / "notebooks" / "report.ipynb").is_file():
            return root / "notebooks"
    raise AqparatError("The folder notebooks/ was not found: run aqparat in the project's folder.")


def publish(order: Order, force: bool = False, progress: Callable[[str], None] = lambda _: None) -> bool:
    """Make a report and move it into place; on any failure the one before stays untouched.

    Parameters
    ----------
    order : Order
    force : bool
        Make it even if a report from the same files, code and packages is already there.
    progress : callable
        Told each step.

    Returns
    -------
    bool
        False if everything was already there.

    Raises
    ------
    AqparatError
        Data not in order, a parameter unknown, a notebook failed (it is kept below `.failed`).
    """
    progress("check")
    data = intake.find(order.data)
    source = notebooks_folder() / "report.ipynb"
    tables = load(order.period, data)
    origin = manifest.made_from(tables.files, [source], order.parameters)
    if not force and manifest.is_current(order.target, origin):
        return False
    facts = collect(tables)
    staging = order.out / f".staging-{order.period}"
    shutil.rmtree(staging, ignore_errors=True)
    try:
        for language in order.languages:
            progress(language)
            _render(order, source, data, language, staging / language, facts)
        _write_facts(staging, facts, tables)
        manifest.write(staging, origin)
        _replace(order.target, staging)
    except NotebookError as error:
        kept = order.out / ".failed" / str(order.period)
        _replace(kept, staging)
        raise NotebookError(f"{error}\n{kept.as_posix()}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return True


def _render(order: Order, source: Path, data: Path, language: str, folder: Path, facts: Facts) -> None:
    parameters = {"period": str(order.period), "language": language, "data": data.name}
    executed = notebook.run(source, folder / "report.ipynb", parameters, data.resolve().parent)
    _check_facts(executed, facts)
    for form in order.formats:
        output, _ = EXPORTERS[form]().from_notebook_node(executed)
        path = folder / f"report.{form}"
        if isinstance(output, bytes):
            path.write_bytes(output)
        else:
            path.write_text(output, encoding="utf-8", newline="\n")


def _check_facts(executed: Any, facts: Facts) -> None:
    """Hold what the notebook shows against the facts: one source for both."""
    known = {fact.id for fact in facts}
    shown = set(_shown(json.dumps(executed, ensure_ascii=False)))
    if shown - known:
        raise MissingFactError(f"Not in facts.json: {', '.join(sorted(shown - known))}")


def _shown(text: str) -> list[str]:
    return [part.split('\\"', 1)[0] for part in text.split('data-fact=\\"')[1:]]


def _write_facts(folder: Path, facts: Facts, tables: Tables) -> None:
    records = [fact.record(tables.files) for fact in sorted(facts, key=lambda f: f.id)]
    manifest.write_json(folder / "facts.json", records)


def _replace(target: Path, new: Path) -> None:
    """Put a folder in the place of another; the old one goes only when the new one stands."""
    target.parent.mkdir(parents=True, exist_ok=True)
    old = target.with_name(f".staging-old-{target.name}")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)


__all__ = ["FORMATS", "LANGUAGES", "Order", "publish"]
