"""An edition: a published folder read back, by those who check it, compare it or list it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

import aqparat.document  # noqa: F401  (before nbformat: see there)
from aqparat.data.prepare import Tables
from aqparat.data.schemas import LANGUAGES, TOTAL
from aqparat.metrics.facts import Fact
from aqparat.period import Period, PeriodError
from aqparat.problem import AqparatError
from aqparat.settings import defaults

_PARTS = ("inputs", "code", "packages", "outputs")  # of the manifest: each a name to a text
_LISTS = ("languages", "formats", "organisations")  # of its parameters


Records = Mapping[str, Mapping[str, Any]]  # objects of facts.json by id


class EditionError(AqparatError):
    """A folder is not a published report, or one of its files is missing or damaged."""


class Edition:
    """A published folder; each of its files is read and checked when it is first asked for.

    Parameters
    ----------
    folder : Path
        Such as `reports/2017H1`.

    Raises
    ------
    EditionError
        If there is no such folder; from every property, if its file is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not folder.is_dir():
            raise EditionError(f"{folder} is not a folder", "no_edition", path=folder)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the report was made from."""
        path = self.folder / "manifest.json"
        found = read_json(path)
        if not _is_manifest(found):
            raise _damaged(path)
        return dict(found)

    @property
    def period(self) -> Period:
        """The period of the report."""
        return Period.parse(self.manifest["parameters"]["period"])

    @cached_property
    def records(self) -> list[dict[str, Any]]:
        """The objects of facts.json."""
        path = self.folder / "facts.json"
        return checked_records(read_json(path), path)

    @cached_property
    def revisions(self) -> list[dict[str, Any]]:
        """What was revised since the first publication; empty for most reports."""
        path = self.folder / "revisions.json"
        if not path.exists():
            return []
        found = read_json(path)
        try:
            whole = all(_is_revision(entry) for entry in found)
        except (KeyError, TypeError, ValueError, AttributeError):
            whole = False
        if not isinstance(found, list) or not whole:
            raise _damaged(path)
        return found

    @cached_property
    def tables(self) -> Tables:
        """The names of the union, organisations, outlets and indicators, from the edition's data package."""
        known = {name: self._names(name) for name in ("organisations", "outlets", "indicators")}
        empty: dict[str, Any] = {f.name: pd.DataFrame() for f in fields(Tables)}
        told = {"period": self.period, "files": self.manifest["inputs"], "union": self._union()}
        return Tables(**{**empty, **known, **told, "settings": defaults()})

    def _union(self) -> dict[str, str]:
        path = self.folder / "data" / "datapackage.json"
        told = read_json(path).get("union", {}) if path.is_file() else {}
        return {code: str(told[code]) for code in LANGUAGES if code in told}

    def _names(self, name: str) -> pd.DataFrame:
        path = self.folder / "data" / f"{name}.csv"
        try:
            frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8").set_index("code")
        except FileNotFoundError as error:
            raise EditionError(f"{path} is missing", "edition_lacks", path=path) from error
        except (ValueError, KeyError) as error:
            raise _damaged(path) from error
        if not {f"name_{code}" for code in LANGUAGES} <= set(frame.columns):
            raise _damaged(path)
        return frame.drop(index=TOTAL, errors="ignore")

    def outline(self, language: str) -> Any:
        """Give the outline of the executed notebook in a language, None where there is none.

        Returns
        -------
        aqparat.document.outline.Outline or None
        """
        import nbformat

        from aqparat.document.outline import outline

        path = self.folder / language / "report.ipynb"
        if not path.is_file():
            return None
        try:
            return outline(nbformat.v4.reads(path.read_text(encoding="utf-8")))
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
            raise _damaged(path) from error


def editions(out: Path) -> Iterator[Edition]:
    """Walk the published folders in a folder of reports, newest period first; what is not one is left out."""
    found = []
    for folder in out.iterdir() if out.is_dir() else ():
        try:
            if (folder / "manifest.json").is_file():
                found.append((Period.parse(folder.name), folder))
        except PeriodError:
            continue
    for _, folder in sorted(found, reverse=True):
        yield Edition(folder)


def read_json(path: Path) -> Any:
    """Read a JSON file of an edition.

    Raises
    ------
    EditionError
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise EditionError(f"{path} is missing", "edition_lacks", path=path) from error
    except (ValueError, RecursionError) as error:
        raise _damaged(path) from error


def checked_records(found: Any, path: Path) -> list[dict[str, Any]]:
    """Hold the content of a facts.json against the contract.

    Raises
    ------
    EditionError
    """
    try:
        whole = isinstance(found, list) and all(Fact.read(record).id for record in found)
        places = [source for record in found for source in record["sources"]] if whole else []
        whole = whole and all(_is_source(source) for source in places)
    except (KeyError, TypeError, ValueError, AttributeError):
        whole = False
    if not whole:
        raise _damaged(path)
    return list(found)


def figure(record: Mapping[str, Any] | None) -> list[Any] | None:
    """Give what a fact says, without what it is about; None where there is none."""
    return [record[key] for key in ("value", "low", "high", "qualifier")] if record else None


def own_rows(before: Records, after: Records) -> dict[tuple[str, str], set[int]]:
    """Tell by file and sheet the raw rows that are other ones in two sets of facts.

    A row is known to be another one if the number that it alone states is.
    """

    def stated(record: Mapping[str, Any] | None) -> list[Any] | None:
        return [record["value"], record["qualifier"]] if record else None  # bounds may be the code's doing

    found: dict[tuple[str, str], set[int]] = {}
    for fact_id in {*before, *after}:
        records = (before.get(fact_id), after.get(fact_id))
        if stated(records[0]) != stated(records[1]):
            for record in filter(None, records):
                if record["metric"] == "volume" and len(record["sources"]) == 1:
                    (source,) = record["sources"]
                    place = (source["file"], source.get("sheet") or "")
                    found.setdefault(place, set()).add(source["row"])
    return found


def _is_source(source: dict[str, Any]) -> bool:
    texts = (source["file"], source["sha256"], source.get("sheet") or "")
    return all(isinstance(text, str) for text in texts) and type(source["row"]) is int


def _is_revision(entry: dict[str, Any]) -> bool:
    Fact.read({**entry, **entry["before"]})
    if entry["now"] is not None:
        Fact.read({**entry, **entry["now"]})
    return isinstance(entry["inputs"], list) and isinstance(entry["shown"], bool)


def _is_manifest(found: Any) -> bool:
    if not isinstance(found, dict) or not isinstance(found.get("parameters"), dict):
        return False
    for part in _PARTS:
        names = found.get(part)
        if not isinstance(names, dict) or not all(isinstance(v, str) for v in names.values()):
            return False
    parameters = found["parameters"]
    lists = [parameters.get(name) for name in _LISTS]
    texts = all(isinstance(one, list) and all(isinstance(w, str) for w in one) for one in lists)
    folder = parameters.get("data", "data")
    try:
        Period.parse(parameters["period"])
    except (KeyError, PeriodError):
        return False
    return texts and isinstance(folder, str) and folder not in ("", "..") and Path(folder).name == folder


def _damaged(path: Path) -> EditionError:
    return EditionError(f"{path} is damaged", "edition_damaged", path=path)
