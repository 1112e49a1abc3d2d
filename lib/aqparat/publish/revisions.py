"""Revisions: what a report said when it was handed out, before its raw data were corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from aqparat.publish.handout import Handout
from aqparat.publish.lineage import Records, leaves, places
from aqparat.publish.published_report import figure, normal
from aqparat.publish.rows import RawFiles

_FIGURE = ("value", "low", "high", "qualifier")
_ABOUT = (
    "id", "metric", "indicator", "organisation", "outlet", "channel",
    "start", "end", "base_start", "base_end", "unit",
)  # fmt: skip
Revision = dict[str, Any]  # what a fact is about, `before`, `now` (null: no longer known), `inputs`, `shown`


def since(
    handout: Handout, records: Iterable[Mapping[str, Any]], inputs: Mapping[str, str], raw: RawFiles
) -> list[Revision]:
    """Give the revisions of a report since it was handed out.

    A figure keeps the number it was first handed out with, however often it is revised; one that is
    what it was at first again is no longer a revision.

    Parameters
    ----------
    handout : Handout
        What the report said then.
    records : iterable of mapping
        The objects of the facts.json that takes its place.
    inputs : mapping
        The raw files that these come from, to SHA-256.
    raw : RawFiles

    Returns
    -------
    list of dict
        By id: what the fact is about, `before` and `now` (value, low, high, qualifier; `now` is None
        where the fact is gone), `inputs` (raw files whose rows it stood or stands in and that are other
        ones) and `shown` (whether a document showed the figure). A figure is revised only if a raw row
        that it comes from, through whatever it is computed from, is another one, was added or taken away:
        not if the program, a setting, what the report is about or another row of the same file has changed.
    """
    now = {record["id"]: normal(record) for record in records}
    entries = {entry["id"]: dict(entry) for entry in handout.revisions}
    rows = _Rows(handout, inputs, raw)
    for fact_id, record in handout.facts.items():
        if figure(record) == figure(now.get(fact_id)):
            continue
        came = rows.differing(record, now.get(fact_id), now)
        if came:
            entry = entries.setdefault(fact_id, _entry(record, fact_id in handout.shown))
            entry["inputs"] = sorted({*entry["inputs"], *came})
            entry["shown"] = entry["shown"] or fact_id in handout.shown
    return _current(entries, now)


def kept(entries: Iterable[Revision], records: Iterable[Mapping[str, Any]]) -> list[Revision]:
    """Keep the revisions of a report published before handing out was stated, with the numbers of now."""
    now = {record["id"]: normal(record) for record in records}
    return _current({entry["id"]: dict(entry) for entry in entries}, now)


def _current(entries: dict[str, Revision], now: Records) -> list[Revision]:
    for entry in entries.values():
        entry["now"] = _figure(now.get(entry["id"]))
    return [entries[i] for i in sorted(entries) if entries[i]["before"] != entries[i]["now"]]


def _entry(record: Mapping[str, Any], shown: bool) -> Revision:
    about = {key: record[key] for key in _ABOUT}
    return {**about, "before": _figure(record), "now": None, "inputs": [], "shown": shown}


def told(revisions: Iterable[Revision], organisation: str | None = None) -> list[Revision]:
    """Keep the revisions a document tells of: figures handed in, and others that a document showed."""
    return [
        entry
        for entry in revisions
        if (entry["shown"] or entry["metric"] == "volume") and organisation in (None, entry["organisation"])
    ]


@dataclass(frozen=True)
class _Rows:
    """The raw rows of facts then and now: told by their cells where the file has changed, else by number."""

    handout: Handout
    inputs: Mapping[str, str]
    raw: RawFiles

    def differing(self, before: Mapping[str, Any], after: Mapping[str, Any] | None, now: Records) -> set[str]:
        """Return the files in which the rows that a fact comes from are other ones."""
        then = self._then(before)
        if after is None:  # rows that are still there are not why it is gone
            return {file for file, row in then if self._changed(file) and row not in self._there}
        come = self._now(after, now)
        gone, come = then - come, come - then
        moved = {row for _, row in gone} & {row for _, row in come}  # to another file, as they were
        return {file for file, row in (*gone, *come) if row not in moved}

    @cached_property
    def _there(self) -> set[str]:
        """All rows of the files that have changed or come."""
        changed = [file for file in self.inputs if self._changed(file)]
        return {digest for file in changed for digest in self.raw.digests(file).values()}

    def _then(self, record: Mapping[str, Any]) -> Counter[tuple[str, Any]]:
        told = self.handout.rows
        return Counter(
            (file, told.get((file, sheet), {}).get(row, "") if self._changed(file) else (sheet, row))
            for (file, sheet), rows in places(leaves(record, self.handout.facts).values()).items()
            for row in rows.tolist()
        )

    def _now(self, record: Mapping[str, Any], records: Records) -> Counter[tuple[str, Any]]:
        return Counter(
            (file, self.raw.digests(file).get((sheet, row), "") if self._changed(file) else (sheet, row))
            for (file, sheet), rows in places(leaves(record, records).values()).items()
            for row in rows.tolist()
        )

    def _changed(self, file: str) -> bool:
        return self.handout.inputs.get(file) != self.inputs.get(file)


def _figure(record: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return {key: record[key] for key in _FIGURE} if record else None
