"""Revisions: what a report said before its raw data were changed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from aqparat.problem import AqparatError
from aqparat.publish.lineage import Records, files
from aqparat.publish.published_report import PublishedReport, PublishedReportError, figure, normal

_FIGURE = ("value", "low", "high", "qualifier")
_ABOUT = (
    "id", "metric", "indicator", "organisation", "outlet", "channel",
    "start", "end", "base_start", "base_end", "unit",
)  # fmt: skip
Revision = dict[str, Any]  # what a fact is about, `before`, `now` (null: no longer known), `inputs`, `shown`


def carried(folder: Path, inputs: Mapping[str, str], records: Iterable[Mapping[str, Any]]) -> list[Revision]:
    """Give the revisions of a report that takes the place of one published before.

    A figure keeps the number it was first published with, however often it is revised; one that is
    what it was at first again is no longer a revision.

    Parameters
    ----------
    folder : Path
        Where the report was published before; it need not exist.
    inputs : mapping
        Raw files of the new report to SHA-256.
    records : iterable of mapping
        The objects of its facts.json.

    Returns
    -------
    list of dict
        By id: what the fact is about, `before` and `now` (value, low, high, qualifier; `now` is None
        where the fact is gone), `inputs` (raw files that changed, and that it comes from) and `shown`
        (whether a document showed the figure). A figure is revised only if a raw file that it comes from
        has changed: not if the program, a setting or another file has.

    Raises
    ------
    PublishedReportError
        If revisions.json of the folder is damaged: it cannot be made again from anything else.
    """
    if not folder.is_dir():
        return []
    now = {record["id"]: normal(record) for record in records}
    published = PublishedReport(folder)
    kept = {entry["id"]: entry for entry in published.revisions}
    for entry in _new(published, inputs, now):
        first = kept.get(entry["id"])
        if first is None:
            kept[entry["id"]] = entry
        else:
            first["inputs"] = sorted({*first["inputs"], *entry["inputs"]})
            first["shown"] = first["shown"] or entry["shown"]
    for entry in kept.values():
        entry["now"] = _figure(now.get(entry["id"]))
    return [kept[i] for i in sorted(kept) if kept[i]["before"] != kept[i]["now"]]


def told(revisions: Iterable[Revision], organisation: str | None = None) -> list[Revision]:
    """Keep the revisions a document tells of: figures handed in, and others that a document showed."""
    return [
        entry
        for entry in revisions
        if (entry["shown"] or entry["metric"] == "volume") and organisation in (None, entry["organisation"])
    ]


def _new(published: PublishedReport, inputs: Mapping[str, str], now: Records) -> Iterator[Revision]:
    """Find the figures that are other ones since raw files changed; code alone revises nothing."""
    try:
        before, then = {record["id"]: record for record in published.records}, published.files
    except AqparatError:  # not a whole report: it has published nothing
        return
    changed = {name for name in {*then, *inputs} if then.get(name) != inputs.get(name)}
    if not changed:
        return
    batches = {
        name for name in changed - {*then} if name.startswith("raw/") and "reference" not in name.split("/")
    }
    shown = _shown(published.folder)
    for fact_id, record in before.items():
        if figure(record) != figure(now.get(fact_id)):
            came = files(record, before) | (files(now[fact_id], now) if fact_id in now else batches)
            if came & changed:
                yield {
                    **{key: record[key] for key in _ABOUT},
                    "before": _figure(record),
                    "now": None,
                    "inputs": sorted(came & changed),
                    "shown": fact_id in shown,
                }


def _figure(record: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return {key: record[key] for key in _FIGURE} if record else None


def _shown(folder: Path) -> set[str]:
    """Give the ids of the facts that the documents of a published report show; of those that can be read."""
    found: set[str] = set()
    for page in folder.rglob("report.ipynb"):
        with contextlib.suppress(PublishedReportError):
            seen = PublishedReport(page.parent.parent).outline(page.parent.name)
            found.update(seen.facts() if seen else ())
    return found
