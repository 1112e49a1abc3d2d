"""Verifying a published report: it is made and computed again and held against what was published."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from aqparat import disk, passing
from aqparat.choices import FORMATS, LANGUAGES
from aqparat.data.reading import intake
from aqparat.data.reading.files import DataFolderError, find
from aqparat.moment import at_one_moment
from aqparat.problem import AqparatError
from aqparat.publish import manifest
from aqparat.publish.evaluate import Mismatch, is_derived, mismatches
from aqparat.publish.handout import FILE as HANDOUT
from aqparat.publish.handout import Handout
from aqparat.publish.lineage import own_rows
from aqparat.publish.place import bring_back
from aqparat.publish.published_report import PublishedReport
from aqparat.publish.step import Progress
from aqparat.settings import FILE
from aqparat.words.language import Language
from aqparat.words.languages import language
from aqparat.words.visible import visible

_SHOWN = 10  # rows that are named one by one
_TOLD = 50  # numbers that are named one by one


class RenderingError(AqparatError):
    """The report cannot be rendered here: a package is missing, or the program fails."""


@dataclass(frozen=True)
class Cause:
    """One thing that is not as it was when the report was published.

    Parameters
    ----------
    kind : {"input", "package", "code", "output", "unknown"}
    state : {"changed", "gone", "new", "none"}
    name : str
        Raw file, package, code file or published file.
    then, now : str
        Versions of a package.
    rows : tuple of int
        Rows of a raw file whose own figures are other ones; empty where that cannot be told.
    """

    kind: str
    state: str
    name: str = ""
    then: str = ""
    now: str = ""
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What verifying found.

    Parameters
    ----------
    files : dict of str to str
        Every file of the published report, and every one rendered, to `same, differs, missing, extra`; with
        `error`, only those published, as `unknown`.
    causes : list of Cause
    error : AqparatError or None
        Why nothing could be rendered.
    recomputed : int or None
        How many derived facts were computed again from their inputs; None where the report names none
        (published before facts did) or its facts cannot be read.
    mismatches : list of Mismatch
        Those that are not what their inputs say.
    """

    files: dict[str, str]
    causes: list[Cause] = field(default_factory=list)
    error: AqparatError | None = None
    recomputed: int | None = None
    mismatches: list[Mismatch] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Whether every file is the same, byte for byte, and as the manifest has it."""
        return self.error is None and not self.causes and set(self.files.values()) == {"same"}

    @property
    def passed(self) -> bool:
        """Whether all is the same, and every derived number what its inputs say."""
        return self.same and not self.mismatches


def verify(
    folder: Path,
    data: Path,
    progress: Progress = lambda step: None,
    executor: Executor | None = None,
    jobs: int = 1,
) -> Verdict:
    """Render a published report again, in a folder of its own, and compare; compute its numbers again too.

    Parameters
    ----------
    folder : Path
        The published folder.
    data : Path
        The data folder; only its raw files are used, nothing is written there.
    progress, executor, jobs
        As for `publish`.

    Returns
    -------
    Verdict

    Raises
    ------
    PublishedReportError
        The folder is not a published report, or its manifest is missing or damaged.
    DataFolderError
        There is no data folder.
    """
    bring_back(folder.parent)
    standing = at_one_moment(lambda: _Standing.of(folder), folder)
    published = standing.report
    then = published.manifest
    home = find(data)
    with passing.Folder() as kept:
        copy = Path(kept) / then["parameters"].get("data", "data")
        shutil.copytree(home / "raw", copy / "raw")
        if (home / FILE).is_file():
            shutil.copy(home / FILE, copy)
        causes = [*_causes(then, _now(published, copy)), *_touched(standing)]
        try:
            rendered = _render(standing, copy, Path(kept) / "reports", progress, executor, jobs)
        except AqparatError as error:
            return Verdict(dict.fromkeys(standing.files, "unknown"), causes, error, *standing.recomputed)
        files = _compared(standing.files, _files(rendered))
        causes = [_with_rows(cause, published, PublishedReport(rendered)) for cause in causes]
    differing = [name for name, state in files.items() if state != "same"]
    if differing and not causes:
        lone = differing == ["manifest.json"]
        causes = [Cause("output", "changed", "manifest.json") if lone else Cause("unknown", "none")]
    return Verdict(files, causes, None, *standing.recomputed)


@dataclass(frozen=True)
class _Standing:
    """What stands in a published folder at one moment; a new report may take its place after that.

    Parameters
    ----------
    report : PublishedReport
        Its manifest, and its facts if they can be, have been read.
    files : mapping
        Every file with its SHA-256.
    beside : mapping
        What a report made in its place goes on from, by name.
    recomputed : tuple
        As `_recomputed` has it.
    damage : AqparatError or None
        Why no report can go on from that.
    """

    report: PublishedReport
    files: Mapping[str, str]
    beside: Mapping[str, bytes]
    recomputed: tuple[int | None, list[Mismatch]]
    damage: AqparatError | None

    @classmethod
    def of(cls, folder: Path) -> _Standing:
        """Read a published folder."""
        report, damage = PublishedReport(folder), None
        _ = report.manifest  # without which nothing can be said
        try:
            _ = report.revisions, Handout.of(report)
        except AqparatError as error:
            damage = error
        paths = [folder / name for name in ("manifest.json", "revisions.json", HANDOUT)]
        beside = {path.name: path.read_bytes() for path in paths if path.is_file()}
        return cls(report, _files(folder), beside, _recomputed(report), damage)


def _recomputed(published: PublishedReport) -> tuple[int | None, list[Mismatch]]:
    """Compute the derived facts of a published report again: how many there are, and what differs."""
    try:
        sets = [each.records for each in (published, *published.own)]
        settings = published.settings
    except AqparatError:  # a damaged file is told of as such
        return None, []
    derived = {record["id"] for records in sets for record in records if is_derived(record)}
    if not derived and not settings:
        return None, []
    found = [wrong for records in sets for wrong in mismatches(records, settings)]
    return len(derived), list(dict.fromkeys(found))


def _now(published: PublishedReport, data: Path) -> dict[str, Any]:
    """Say what a manifest written now would say of inputs, code and packages."""
    then = published.manifest
    notebooks = manifest.notebooks_folder(data)
    sources = [p for p in sorted(notebooks.glob("*.ipynb")) if f"notebooks/{p.name}" in then["code"]]
    now = manifest.made_from(_inputs(published, data), sources, {}, {})
    others = {name: manifest.version(name) for name in then["packages"]}
    now["packages"] |= {name: found for name, found in others.items() if found}
    return now


def _inputs(published: PublishedReport, data: Path) -> dict[str, str]:
    """Give the raw files that a report of the period reads now, with their hashes."""
    try:
        return intake.read(data, published.period).files
    except DataFolderError:  # not a batch is left: what there is of the files known
        names = [name for name in published.manifest["inputs"] if ".." not in PurePosixPath(name).parts]
        found = {name: data / name for name in names if not PurePosixPath(name).is_absolute()}
        return {name: manifest.digest(path) for name, path in found.items() if path.is_file()}


def _causes(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Cause]:
    """Hold what went in then against what would go in now."""
    for kind, part in (("input", "inputs"), ("package", "packages"), ("code", "code")):
        for name in sorted({*then[part], *now[part]}):
            old, new = then[part].get(name, ""), now[part].get(name, "")
            if old != new:
                state = "gone" if not new else "new" if not old else "changed"
                versions = (old, new) if kind == "package" else ("", "")
                yield Cause(kind, state, name, *versions)


def _touched(standing: _Standing) -> Iterator[Cause]:
    """Find the published files that are not as the manifest has them."""
    then = standing.report.manifest["outputs"]
    now = {name: digest for name, digest in standing.files.items() if name != "manifest.json"}
    for name in sorted({*then, *now}):
        if then.get(name) != now.get(name):
            state = "gone" if name not in now else "new" if name not in then else "changed"
            yield Cause("output", state, name)


def _render(
    standing: _Standing,
    data: Path,
    out: Path,
    progress: Progress,
    executor: Executor | None,
    jobs: int,
) -> Path:
    """Make the report anew with the parameters of the manifest and the revisions kept in the folder."""
    published = standing.report
    given = published.manifest["parameters"]
    try:
        from aqparat.publish.order import Order
        from aqparat.publish.run import publish

        for words, known in ((given["languages"], LANGUAGES), (given["formats"], FORMATS)):
            if not set(words) <= set(known):
                raise RenderingError(
                    f"{words}: expected {known}",
                    "published_report_damaged",
                    path=published.folder / "manifest.json",
                )
        order = Order(
            published.period, given["languages"], given["formats"], data, out, given["organisations"]
        )
        if standing.damage:
            raise standing.damage
        order.target.mkdir(parents=True)
        for name, content in standing.beside.items():
            disk.write(order.target / name, content)
        publish(order, force=True, progress=progress, executor=executor, jobs=jobs)
    except AqparatError:
        raise
    except Exception as error:  # whatever it is that this environment lacks, it is the answer
        reason = f"{type(error).__name__}: {error}"
        raise RenderingError(reason, "not_rendered", reason=reason) from error
    return order.target


def _files(folder: Path) -> dict[str, str]:
    """Return every file of a report with its SHA-256."""
    return {**manifest.outputs(folder), "manifest.json": manifest.digest(folder / "manifest.json")}


def _compared(published: Mapping[str, str], rendered: Mapping[str, str]) -> dict[str, str]:
    """Compare two folders file by file."""
    states = {}
    for name in sorted({*published, *rendered}):
        if name not in rendered:
            states[name] = "extra"
        elif name not in published:
            states[name] = "missing"
        else:
            states[name] = "same" if published[name] == rendered[name] else "differs"
    return states


def _with_rows(cause: Cause, published: PublishedReport, rendered: PublishedReport) -> Cause:
    """Name the rows of a changed raw file whose own figure is another one now."""
    if (cause.kind, cause.state) != ("input", "changed"):
        return cause
    try:
        before, after = ({r["id"]: r for r in e.records} for e in (published, rendered))
    except AqparatError:
        return cause
    rows = [r for (file, _), own in own_rows(before, after).items() if file == cause.name for r in own]
    return replace(cause, rows=tuple(sorted(set(rows))))


def told(verdict: Verdict, code: str) -> Iterator[str]:
    """Word a verdict in a language: a line a file, a line a cause.

    Raises
    ------
    AqparatError
        At the end, if nothing could be rendered: why.
    """
    words = language(code)
    for name, state in verdict.files.items():
        yield f"{words.label(f'verify.{state}')}  {visible(name)}"
    for cause in verdict.causes:
        yield _cause(cause, words)
    yield from _numbers(verdict, words)
    if verdict.error is not None:
        raise verdict.error
    yield words.label("verify.all_same" if verdict.same else "verify.not_same")


def _numbers(verdict: Verdict, words: Language) -> Iterator[str]:
    """Say of the derived numbers whether they are what their inputs say."""
    for wrong in verdict.mismatches[:_TOLD]:
        numbers = {
            key: "–" if number is None else f"{number:.12g}"
            for key, number in (("published", wrong.published), ("recomputed", wrong.recomputed))
        }
        kind = "mismatch" if wrong.field != "inputs" else "lacking" if wrong.lacking else "unfit"
        about = {"id": visible(wrong.id), "field": wrong.field, "lacking": visible(wrong.lacking)}
        yield words.label(f"verify.{kind}", **about, **numbers)
    if verdict.mismatches:
        count = len({wrong.id for wrong in verdict.mismatches})
        yield words.label("verify.not_recomputed", count=count)
    elif verdict.recomputed is not None:
        yield words.label("verify.recomputed", count=verdict.recomputed)


def _cause(cause: Cause, words: Language) -> str:
    values = {"name": visible(cause.name), "then": visible(cause.then), "now": visible(cause.now)}
    line = words.label(f"verify.{cause.kind}_{cause.state}", **values)
    if not cause.rows:
        return line
    rows = ", ".join(map(str, cause.rows[:_SHOWN])) + (" …" if len(cause.rows) > _SHOWN else "")
    return f"{line} {words.label('verify.rows', rows=rows)}"
