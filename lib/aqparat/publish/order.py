"""What is to be published: a period, its languages, formats and organisations, and what is there already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aqparat.choices import FORMATS, LANGUAGES
from aqparat.period import Period


@dataclass(frozen=True)
class Order:
    """What is to be published.

    Parameters
    ----------
    period : Period
    languages, formats : sequence of str
    data, out : Path
        The data folder and the folder of reports.
    organisations : sequence of str
        Codes of the organisations whose own reports are added; `all` for every one in force.
    only : bool
        Leaves out what is published besides; else that is made anew, too.
    """

    period: Period
    languages: Sequence[str] = LANGUAGES
    formats: Sequence[str] = FORMATS
    data: Path = Path("data")
    out: Path = Path("reports")
    organisations: Sequence[str] = ()
    only: bool = False

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
            "organisations": list(self.organisations),
        }


def published(real: Path, period: Period) -> Order:
    """Return the order of the report that stands in a place; one for nothing where none does."""
    if not (real / "manifest.json").is_file():
        return Order(period, (), ())
    from aqparat.publish.published_report import PublishedReport

    given = PublishedReport(real).manifest["parameters"]
    return Order(period, given["languages"], given["formats"], organisations=given["organisations"])


def completed(order: Order, before: Order, organisations: Iterable[str]) -> Order:
    """Add to an order what is published already and can still be made.

    Parameters
    ----------
    order, before : Order
    organisations : iterable of str
        Codes of those known now, in the order in which they are named.
    """
    known = ("all", *organisations)
    return replace(
        order,
        languages=tuple(c for c in LANGUAGES if c in (*order.languages, *before.languages)),
        formats=tuple(f for f in FORMATS if f in (*order.formats, *before.formats)),
        organisations=tuple(c for c in known if c in (*order.organisations, *before.organisations)),
    )


def beyond(less: Order, more: Order) -> str:
    """Name the languages, formats and organisations that one order has beyond another."""
    parts = [
        [name for name in getattr(more, part) if name not in getattr(less, part)]
        for part in ("languages", "formats", "organisations")
    ]
    return "; ".join(", ".join(part) for part in parts if part)
