"""A published report: a published folder read back, by those who check it, compare it or list it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pandas as pd

from aqparat import runs
from aqparat.choices import LANGUAGES
from aqparat.data.prepare import Tables
from aqparat.data.schemas import TOTAL
from aqparat.metrics.facts import Fact
from aqparat.period import Period, PeriodError
from aqparat.problem import AqparatError
from aqparat.settings import defaults

_PARTS = ("inputs", "code", "packages", "outputs")  # of the manifest: each a name to a text
_SETTING = (bool, int, float, str, list)  # what one may be
_LISTS = ("languages", "formats", "organisations")  # of its parameters
_MOST_ROWS = 10_000_000  # that facts come from: ten times what a sheet can hold
_ROWS = re.compile(r"[1-9]\d*(?:-[1-9]\d*)?(?:,[1-9]\d*(?:-[1-9]\d*)?)*", re.ASCII)


class PublishedReportError(AqparatError):
    """A folder is not a published report, or one of its files is missing or damaged."""


class PublishedReport:
    """A published folder; each of its files is read and checked when it is first asked for.

    Parameters
    ----------
    folder : Path
        Such as `reports/2017H1`.

    Raises
    ------
    PublishedReportError
        If there is no such folder; from every property, if its file is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._outlines: dict[str, Any] = {}
        if not folder.is_dir():
            raise PublishedReportError(f"{folder} is not a folder", "no_published_report", path=folder)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the report was made from."""
        path = self.folder / "manifest.json"
        found = read_json(path)
        if not _is_manifest(found):
            raise damaged(path)
        return dict(found)

    @property
    def period(self) -> Period:
        """The period of the report."""
        return Period.parse(self.manifest["parameters"]["period"])

    @property
    def files(self) -> dict[str, str]:
        """The raw files it was made from, to SHA-256."""
        return dict(self.manifest["inputs"])

    @property
    def settings(self) -> dict[str, Any]:
        """The settings it was made with, by dotted key; none where it was published before they were told."""
        return dict(self.manifest.get("settings", {}))

    @cached_property
    def records(self) -> list[dict[str, Any]]:
        """The objects of facts.json, in the shape they are published in now (`checked_records`)."""
        path = self.folder / "facts.json"
        return checked_records(read_json(path), path)

    @cached_property
    def own(self) -> list[PublishedReport]:
        """The organisations' own reports in it, with their facts."""
        home = self.folder / "organisations"
        folders = sorted(home.iterdir()) if home.is_dir() else []
        return [PublishedReport(folder) for folder in folders if (folder / "facts.json").is_file()]

    @cached_property
    def revisions(self) -> list[dict[str, Any]]:
        """What was revised since the first publication; empty for most reports."""
        path = self.folder / "revisions.json"
        if not path.exists():
            return []
        found = read_json(path)
        try:
            whole = all(is_revision(entry) for entry in found)
        except (KeyError, TypeError, ValueError, AttributeError):
            whole = False
        if not isinstance(found, list) or not whole:
            raise damaged(path)
        return found

    @cached_property
    def tables(self) -> Tables:
        """The names of the union, organisations, outlets and indicators, from the data package."""
        known = {name: self._names(name) for name in ("organisations", "outlets", "indicators")}
        empty: dict[str, Any] = {f.name: pd.DataFrame() for f in fields(Tables)}
        told = {"period": self.period, "files": self.manifest["inputs"], "union": self._union()}
        return Tables(**{**empty, **known, **told, "settings": defaults().merged(self.settings)})

    def _union(self) -> dict[str, str]:
        path = self.folder / "data" / "datapackage.json"
        found = read_json(path) if path.exists() else {}
        told = found.get("union", {}) if isinstance(found, dict) else None
        if not isinstance(told, dict):
            raise damaged(path)
        return {code: str(told[code]) for code in LANGUAGES if code in told}

    def _names(self, name: str) -> pd.DataFrame:
        path = self.folder / "data" / f"{name}.csv"
        try:
            told = io.StringIO(text_of(path))
            frame = pd.read_csv(told, dtype=str, keep_default_na=False).set_index("code")
        except FileNotFoundError as error:
            raise PublishedReportError(f"{path} is missing", "published_report_lacks", path=path) from error
        except (ValueError, KeyError) as error:
            raise damaged(path) from error
        if not {f"name_{code}" for code in LANGUAGES} <= set(frame.columns):
            raise damaged(path)
        return frame.drop(index=TOTAL, errors="ignore")

    def outline(self, language: str) -> Any:
        """Return the outline of the executed notebook in a language, None where there is none.

        Returns
        -------
        aqparat.document.outline.Outline or None
        """
        if language not in self._outlines:
            self._outlines[language] = self._outline(language)
        return self._outlines[language]

    def _outline(self, language: str) -> Any:
        from aqparat.document.outline import outline
        from aqparat.notebook_format import nbformat
        from aqparat.publish import former

        path = self.folder / language / "report.ipynb"
        if not path.is_file():
            return None
        try:
            return outline(former.read(nbformat.v4.reads(text_of(path))))
        except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
            raise damaged(path) from error


def published_reports(out: Path) -> Iterator[PublishedReport]:
    """Walk the published folders in a folder of reports, newest period first; what is not one is left out."""
    found = []
    for folder in out.iterdir() if out.is_dir() else ():
        try:
            if (folder / "manifest.json").is_file():
                found.append((Period.parse(folder.name), folder))
        except PeriodError:
            continue
    for _, folder in sorted(found, reverse=True):
        yield PublishedReport(folder)


def text_of(path: Path) -> str:
    """Return the text of a file of a published report; a pipe or a device in its place is not opened.

    Raises
    ------
    PublishedReportError
        If it is no file, or no text.
    OSError
        If it is not there, or cannot be read.
    """
    if path.exists() and not path.is_file():
        raise damaged(path)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise damaged(path) from error


def read_json(path: Path) -> Any:
    """Read a JSON file of a published report.

    Raises
    ------
    PublishedReportError
    """
    try:
        return json.loads(text_of(path))
    except FileNotFoundError as error:
        raise PublishedReportError(f"{path} is missing", "published_report_lacks", path=path) from error
    except (ValueError, RecursionError) as error:
        raise damaged(path) from error


def checked_records(found: Any, path: Path) -> list[dict[str, Any]]:
    """Hold the content of a facts.json against the contract.

    Parameters
    ----------
    found : object
        What was read. Facts published before they named their inputs have a source for each row.
    path : Path
        Where from.

    Returns
    -------
    list of dict
        Each with `inputs` (ids, all of them here), or with `sources`: one for a file and sheet, `rows` as
        ranges.

    Raises
    ------
    PublishedReportError
    """
    try:
        records = [normal(record) for record in found] if isinstance(found, list) else None
        if records is None or not _is_whole(records):
            raise damaged(path)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise damaged(path) from error
    return records


def normal(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return an object of facts.json in the shape it is published in now, whenever it was published.

    Raises
    ------
    KeyError, TypeError, ValueError, AttributeError
        If it is no such object.
    """
    if "inputs" in record:
        if "sources" in record or not record["inputs"]:
            raise ValueError("neither computed nor counted")
        return dict(record)
    sources = record["sources"]
    if not isinstance(sources, list):
        raise ValueError("no sources")
    if not any("row" in source for source in sources):
        return dict(record)
    rows: dict[tuple[str, str], list[int]] = {}
    for source in sources:
        if type(source["row"]) is not int or source["row"] < 1 or not isinstance(source["sha256"], str):
            raise ValueError("not a row")
        rows.setdefault((source["file"], source.get("sheet") or ""), []).append(source["row"])
    return {
        **record,
        "sources": [_source(*place, runs.ranges(runs.runs(own))) for place, own in rows.items()],
    }


def shown(folder: Path) -> set[str]:
    """Give the ids of the facts that the documents of a published report show; of those that can be read."""
    found: set[str] = set()
    for page in folder.rglob("report.ipynb"):
        with suppress(PublishedReportError):
            seen = PublishedReport(page.parent.parent).outline(page.parent.name)
            found.update(seen.facts() if seen else ())
    return found


def figure(record: Mapping[str, Any] | None) -> list[Any] | None:
    """Return what a fact says, without what it is about; None where there is none."""
    return [record[key] for key in ("value", "low", "high", "qualifier")] if record else None


def _source(file: str, sheet: str, rows: str) -> dict[str, str]:
    return {"file": file, **({"sheet": sheet} if sheet else {}), "rows": rows}


def _is_whole(records: list[dict[str, Any]]) -> bool:
    """Return whether facts are facts, each there once, and computed from others that are there."""
    ids = {Fact.read(record).id for record in records}
    inputs = {record["id"]: record.get("inputs", []) for record in records}
    if len(ids) != len(records) or not all(isinstance(named, list) for named in inputs.values()):
        return False
    sources = [source for record in records for source in record.get("sources", ())]
    TopologicalSorter(inputs).prepare()  # a ValueError if a fact comes from itself
    known = all(name in ids for named in inputs.values() for name in named)
    return known and all(_is_source(source) for source in sources) and _rows_in(sources) <= _MOST_ROWS


def _rows_in(sources: list[dict[str, Any]]) -> int:
    """Return how many raw rows some sources name, each once."""
    texts: dict[tuple[str, str], set[str]] = {}
    for source in sources:
        texts.setdefault((source["file"], source.get("sheet") or ""), set()).add(source["rows"])
    parts = (runs.merged(run for text in named for run in runs.read(text)) for named in texts.values())
    return sum(last - first + 1 for own in parts for first, last in own)


def _is_text(found: object) -> bool:
    """Return whether a value is a text that a file may be called; no system knows the others."""
    if not isinstance(found, str) or "\0" in found:
        return False
    with suppress(UnicodeEncodeError):
        found.encode("utf-8")
        return True
    return False


def _is_source(source: dict[str, Any]) -> bool:
    texts = (source["file"], source.get("sheet") or "", source["rows"])
    if not all(_is_text(text) for text in texts) or not _ROWS.fullmatch(source["rows"]):
        return False
    return all(first <= last <= _MOST_ROWS for first, last in runs.read(source["rows"]))


def is_revision(entry: dict[str, Any]) -> bool:
    """Return whether an object is one of revisions.json; errors as of `Fact.read` if it is not."""
    Fact.read({**entry, **entry["before"]})
    if entry["now"] is not None:
        Fact.read({**entry, **entry["now"]})
    return isinstance(entry["inputs"], list) and isinstance(entry["shown"], bool)


def _is_manifest(found: Any) -> bool:
    if not isinstance(found, dict) or not isinstance(found.get("parameters"), dict):
        return False
    for part in _PARTS:
        names = found.get(part)
        if not isinstance(names, dict) or not all(_is_text(v) for pair in names.items() for v in pair):
            return False
    if not _are_settings(found.get("settings", {})):  # published before: none
        return False
    if not isinstance(found.get("published", ""), str):
        return False
    parameters = found["parameters"]
    lists = [parameters.get(name) for name in _LISTS]
    texts = all(isinstance(one, list) and all(_is_text(w) for w in one) for one in lists)
    folder = parameters.get("data", "data")
    try:
        Period.parse(parameters["period"])
    except (KeyError, PeriodError):
        return False
    return texts and _is_text(folder) and folder not in ("", "..") and Path(folder).name == folder


def _are_settings(found: Any) -> bool:
    if not isinstance(found, dict) or not all(isinstance(value, _SETTING) for value in found.values()):
        return False
    try:
        defaults().merged(found)
    except (AttributeError, TypeError):  # a section where a value should be, or the other way round
        return False
    return True


def damaged(path: Path) -> PublishedReportError:
    """Return the error of a damaged file."""
    return PublishedReportError(f"{path} is damaged", "published_report_damaged", path=path)
