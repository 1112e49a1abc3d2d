"""What later batches say of a period: its report, which reads no batch after it, does not have that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aqparat.data.reading.files import Files, batches
from aqparat.period import Period
from aqparat.problem import AqparatError
from aqparat.publish import kept
from aqparat.publish.manifest import digest

if TYPE_CHECKING:
    from aqparat.data.prepare import Tables

_LAST = Period(2099)


def files(period: Period, data: Path) -> list[str]:
    """Return the raw files of later batches with figures or items of days up to the end of a period.

    Where these batches are not in order yet, their folders are named: what they hold is not known.

    Parameters
    ----------
    period : Period
    data : Path
        The data folder, as `find` gives it.
    """
    after = _after(period, data)
    stamp = _stamp(period, data, after)
    found = _kept(period, data, stamp)
    if found is None:
        found = _read(period, data, after)
        kept.write(data, _name(period), stamp, found)
    return found


def known(period: Period, data: Path) -> list[str] | None:
    """Return the same where it has been found out before, or no batch is later; else None."""
    return _kept(period, data, _stamp(period, data, _after(period, data)))


def _after(period: Period, data: Path) -> list[str]:
    before = batches(data, period)
    return [batch for batch in batches(data, _LAST) if batch not in before]


def _name(period: Period) -> str:
    return f"later-{period}"


def _stamp(period: Period, data: Path, after: list[str]) -> str:
    """Digest all files up to the last batch; nothing where no batch is later."""
    if not after:
        return ""
    every = Files(data, Period.parse(after[-1]))
    return kept.stamp(str(period), {every.name(path): digest(path) for path in every.paths()})


def _kept(period: Period, data: Path, stamp: str) -> list[str] | None:
    if not stamp:
        return []
    found = kept.read(data, _name(period), stamp)
    return [str(name) for name in found] if isinstance(found, list) else None


def _read(period: Period, data: Path, after: list[str]) -> list[str]:
    from aqparat.data.store import load

    try:
        return _named(load(after[-1], data), period, after)
    except AqparatError:
        return [f"raw/{batch}/" for batch in after]


def _named(tables: Tables, period: Period, after: list[str]) -> list[str]:
    from aqparat.data import origin

    frame = tables.observations
    told = frame[frame["batch"].isin(after) & (frame["end"] <= str(period.end))]
    return sorted({origin.place(name).file for names in told["origins"] for name in names})
