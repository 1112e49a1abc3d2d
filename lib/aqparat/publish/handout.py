"""The handout: a report was given to its readers; corrections of what it said then are revisions."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aqparat.data.reading.files import find
from aqparat.period import Period
from aqparat.problem import AqparatError
from aqparat.publish import manifest, place
from aqparat.publish.lineage import Place, Record, Records, places
from aqparat.publish.published_report import (
    PublishedReport,
    checked_records,
    damaged,
    is_revision,
    read_json,
    shown,
)
from aqparat.publish.rows import RawFiles
from aqparat.words.languages import language

FILE = "published.json"


class HandoutError(AqparatError):
    """A report cannot be said to have been handed out: there is none, or it is not what was made."""


@dataclass(frozen=True)
class Handout:
    """What a report said when it was handed out last.

    Parameters
    ----------
    inputs : mapping
        Raw files to SHA-256.
    shown : frozenset of str
        Ids of the facts that its documents showed.
    revisions : list of dict
        What it said had been revised by then, as in revisions.json.
    rows : mapping
        A digest of each raw row that a fact stood in (`RawFiles.digests`), by file and sheet, then row.
    facts : mapping
        The objects of its facts.json by id.
    """

    inputs: Mapping[str, str]
    shown: frozenset[str]
    revisions: list[dict[str, Any]]
    rows: Mapping[Place, Mapping[int, str]]
    facts: Records

    @classmethod
    def of(cls, published: PublishedReport) -> Handout | None:
        """Read what is kept in a folder; None if the report has never been handed out.

        Raises
        ------
        PublishedReportError
            If it is damaged: it cannot be made again from anything else.
        """
        if "published" not in published.manifest:
            return None
        path = published.folder / FILE
        found = read_json(path)
        try:
            records = checked_records(found["facts"], path)
            rows = {
                (file, sheet): {int(row): str(digest) for row, digest in told.items()}
                for file, sheets in found["rows"].items()
                for sheet, told in sheets.items()
            }
            if not all(is_revision(entry) for entry in found["revisions"]):
                raise damaged(path)
            ids = frozenset(map(str, found["shown"]))
            return cls(dict(found["inputs"]), ids, found["revisions"], rows, {r["id"]: r for r in records})
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise damaged(path) from error

    @classmethod
    def now(cls, published: PublishedReport, raw: RawFiles) -> Handout:
        """Gather what a report says and the raw rows it stands in."""
        counted: list[Record] = [record for record in published.records if "inputs" not in record]
        rows = {}
        for (file, sheet), numbers in places(counted).items():
            digests = raw.digests(file)
            rows[file, sheet] = {int(n): digests[sheet, n] for n in numbers if (sheet, n) in digests}
        facts = {record["id"]: record for record in published.records}
        ids = frozenset(shown(published.folder))
        return cls(published.files, ids, published.revisions, rows, facts)

    def json(self) -> dict[str, Any]:
        """Return what is written to published.json."""
        rows: dict[str, dict[str, dict[str, str]]] = {}
        for (file, sheet), digests in sorted(self.rows.items()):
            rows.setdefault(file, {})[sheet] = {str(row): digest for row, digest in sorted(digests.items())}
        return {
            "inputs": dict(self.inputs),
            "shown": sorted(self.shown),
            "revisions": self.revisions,
            "rows": rows,
            "facts": list(self.facts.values()),
        }


def hand_out(
    period: Period,
    data: Path,
    out: Path,
    code: str,
    tell: Callable[[str], None] = lambda text: None,
    executor: Executor | None = None,
) -> bool:
    """State that the report of a period is handed out as it stands; its documents no longer say "draft".

    Parameters
    ----------
    period : Period
    data, out : Path
        The data folder and the folder of reports.
    code : str
        Language of what is told.
    tell : callable
        Told that another run is writing there.
    executor : Executor, optional
        Where documents are set; by default in this process, one after another.

    Returns
    -------
    bool
        False if that had been stated of the same numbers before; then nothing is written.

    Raises
    ------
    HandoutError
        If there is no such report, or its files, the raw files it was made from or the program that sets its
        documents are other ones now.
    """
    target, home = out / str(period), find(data)
    real = place.place(target, period, home)
    shown_as = target.as_posix()
    missing = HandoutError(f"{target} holds no report.", "no_report", path=shown_as, period=str(period))
    if not real.parent.is_dir():
        raise missing
    with place.held(real, lambda: tell(language(code).label("place.waiting", path=shown_as))):
        if not (real / "manifest.json").is_file():  # not before: a run that was killed may have set it aside
            raise missing
        published = PublishedReport(real)
        kept = published.manifest
        made = kept["outputs"].get("facts.json", "")
        if kept.get("published") == made:
            return False
        if touched := _differing(kept["outputs"], manifest.outputs(real)):
            raise HandoutError(f"{touched} changed", "report_touched", path=shown_as, files=touched)
        now = {name: manifest.digest(home / name) for name in kept["inputs"] if (home / name).is_file()}
        if changed := _differing(kept["inputs"], now):
            raise HandoutError(f"{changed} changed", "data_touched", path=shown_as, files=changed)
        drafts = [path.parent.relative_to(real) for path in real.rglob("report.ipynb") if _is_draft(path)]
        if drafts and (
            kept["packages"] != manifest.packages() or _program(kept["code"]) != manifest.library()
        ):
            raise HandoutError("the program changed", "program_touched", path=shown_as, period=str(period))
        with place.staged(real) as new:
            shutil.copytree(real, new, dirs_exist_ok=True, symlinks=True)
            _set([new / folder for folder in sorted(drafts)], executor)
            manifest.write_json(new / FILE, Handout.now(published, RawFiles(home)).json())
            manifest.write(new, kept, made)
            place.put(new, real)
    return True


def _is_draft(notebook: Path) -> bool:
    """Return whether the documents of an executed notebook say that they are a draft."""
    found = read_json(notebook)
    about = found.get("metadata", {}).get("aqparat", {}) if isinstance(found, dict) else {}
    return bool(about.get("draft"))


def _program(code: Mapping[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in code.items() if name.startswith("lib/")}


def _set(folders: Sequence[Path], executor: Executor | None) -> None:
    """Set the documents of some folders once more."""
    if not folders:
        return
    from aqparat.publish import rendering  # here: it brings papermill, which few commands need

    if executor is None:
        for folder in folders:
            rendering.handed_out(folder)
        return
    try:
        for _ in executor.map(rendering.handed_out, folders):
            pass
    except BrokenExecutor as error:
        raise HandoutError("the process that set the documents was ended", "press_ended") from error


def tell(period: Period, stated: bool, code: str, say: Callable[[str], None]) -> None:
    """Say what stating a handout did, and what comes next."""
    for key in ("stated", "next") if stated else ("stated_before",):
        say(language(code).label(f"handout.{key}", period=str(period)))


def _differing(then: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Name what is not the same, at most some of it."""
    return place.named(sorted(name for name in {*then, *now} if then.get(name) != now.get(name)))


__all__ = ["FILE", "Handout", "HandoutError", "hand_out", "tell"]
