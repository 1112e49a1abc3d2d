"""What later batches say of a period: its report, which reads no batch after it, does not have that."""

from __future__ import annotations

from pathlib import Path

from aqparat.data import origin
from aqparat.data.prepare import Tables
from aqparat.data.reading.files import batches
from aqparat.data.store import load
from aqparat.period import Period
from aqparat.problem import AqparatError

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
    known = batches(data, period)
    after = [batch for batch in batches(data, _LAST) if batch not in known]
    if not after:
        return []
    try:
        return _files(load(after[-1], data), period, after)
    except AqparatError:
        return [f"raw/{batch}/" for batch in after]


def _files(tables: Tables, period: Period, after: list[str]) -> list[str]:
    frame = tables.observations
    told = frame[frame["batch"].isin(after) & (frame["end"] <= str(period.end))]
    return sorted({origin.place(name).file for names in told["origins"] for name in names})
