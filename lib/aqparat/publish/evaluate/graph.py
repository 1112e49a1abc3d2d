"""The facts of a report as a graph: each looked up by its id, its inputs by those it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

Record = Mapping[str, Any]  # an object of facts.json

TOTAL = "TOTAL"
VOLUMES = frozenset({"volume", "channel_total"})
WHERE = ("outlet", "channel")
SERIES = ("indicator", "organisation", *WHERE)
WINDOW = ("start", "end")
_ABOUT = ("organisation", *WINDOW)
_WEIGHTS = "activity_index.weights."


class UnfitError(Exception):
    """A fact cannot be computed from the inputs it names; `lacking` is what is not there, if that is it."""

    def __init__(self, lacking: str = "") -> None:
        super().__init__(lacking)
        self.lacking = lacking


class Graph:
    """The facts of a facts.json and the settings of its manifest.

    Parameters
    ----------
    records : iterable of mapping
        Objects of facts.json.
    settings : mapping
        By dotted key.
    """

    def __init__(self, records: Iterable[Record], settings: Mapping[str, Any]) -> None:
        self.records = {record["id"]: record for record in records}
        self.settings = settings
        self.kept: dict[Any, Any] = {}  # what several facts need, computed once
        self._scores: dict[tuple[Any, ...], set[str]] = {}
        for record in self.records.values():
            if record["metric"] == "score" or record["indicator"].endswith("_score"):
                about = (record["metric"], *(record[k] for k in _ABOUT))
                self._scores.setdefault(about, set()).add(record["id"])
        self._reported = {
            (*(record[k] for k in (*SERIES, *WINDOW)),): record
            for record in self.records.values()
            if record["metric"] == "reported"
        }

    def inputs(self, record: Record) -> list[Record]:
        """Give what a fact is computed from.

        Raises
        ------
        UnfitError
        """
        named = record.get("inputs") or []
        for fact_id in named:
            if fact_id not in self.records:
                raise UnfitError(fact_id)
        return [self.records[fact_id] for fact_id in named]

    def setting(self, name: str) -> Any:
        """Give a setting.

        Raises
        ------
        UnfitError
        """
        if name not in self.settings:
            raise UnfitError(name)
        return self.settings[name]

    def number(self, name: str) -> float:
        """Give a setting that is a number.

        Raises
        ------
        UnfitError
        """
        found = self.setting(name)
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise UnfitError(name)
        return float(found)

    def counts_items(self, record: Record) -> bool:
        """Tell whether a fact is of an indicator that counts items, so that chance has a part in it."""
        listed = self.setting("indicators.items")
        return isinstance(listed, list | tuple) and record["indicator"] in listed

    @property
    def weights(self) -> dict[str, float]:
        """The weights of the index, by component, in their order."""
        names = [name for name in self.settings if name.startswith(_WEIGHTS)]
        if not names:
            raise UnfitError(_WEIGHTS.rstrip("."))
        return {name.removeprefix(_WEIGHTS): self.number(name) for name in names}

    def scores(self, metric: str, like: Record) -> set[str]:
        """Give the ids of the scores of an organisation and window, or of what says how many have them."""
        return self._scores.get((metric, *(like[k] for k in _ABOUT)), set())

    def standing(self, reported: Record) -> tuple[int, list[Record]]:
        """Read a fact `reported`: N, and the figures of those that have one.

        Raises
        ------
        UnfitError
        """
        if reported["metric"] != "reported":
            raise UnfitError
        first, *figures = self.inputs(reported) or [{}]
        if not _is_membership(first, reported):
            raise UnfitError
        return int(first["value"]), figures

    def silent(self, record: Record) -> bool:
        """Tell whether fewer than N have a figure of what a fact is a sum of, as far as the file says."""
        told = self._reported.get(tuple(record[k] for k in (*SERIES, *WINDOW)))
        if told is None:
            return False
        n, figures = self.standing(told)
        return bool(figures) and figures[0]["metric"] == record["metric"] and len(figures) < n


def _is_membership(record: Record, reported: Record) -> bool:
    return (
        is_of(record, "volume", indicator="organisations", organisation=TOTAL, outlet=None, channel=None)
        and within(record, reported)
        and record["value"] is not None
        and record["low"] == record["high"] == record["value"]
    )


def is_of(record: Record, metric: str | Iterable[str], **about: Any) -> bool:
    """Tell whether a fact is of a metric (or one of several) and about what is named."""
    metrics = {metric} if isinstance(metric, str) else set(metric)
    return record.get("metric") in metrics and all(record.get(key) == value for key, value in about.items())


def same(one: Record, other: Record, *keys: str) -> bool:
    """Tell whether two facts are alike in some keys."""
    return all(one[key] == other[key] for key in keys)


def within(record: Record, other: Record) -> bool:
    """Tell whether two facts are of one window."""
    return same(record, other, *WINDOW)


def based(base: Record, record: Record) -> bool:
    """Tell whether a fact is of the window that another is compared with."""
    return bool(base["start"] == record["base_start"] and base["end"] == record["base_end"])


def need(*conditions: bool) -> None:
    """Hold that the inputs are those of the formula.

    Raises
    ------
    UnfitError
    """
    if not all(conditions):
        raise UnfitError


def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)


__all__ = [
    "SERIES", "TOTAL", "VOLUMES", "WHERE", "WINDOW", "Graph", "Record", "UnfitError",
    "based", "day", "is_of", "need", "same", "within",
]  # fmt: skip
