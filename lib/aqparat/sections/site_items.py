"""What the register says of the items on the union's site: their languages and formats."""

from __future__ import annotations

from dataclasses import dataclass

from aqparat.metrics.facts import Fact
from aqparat.sections.report_data import TOTAL, ReportData
from aqparat.sections.site import site
from aqparat.sections.views import view


@dataclass(frozen=True)
class Trait:
    """How many items state a language (or format), and how many are of each, the most frequent first."""

    stated: Fact
    kinds: list[Fact]
    is_all: bool


@dataclass(frozen=True)
class Items:
    """Languages and formats of the items of a period; a trait that no item states is None."""

    total: Fact | None
    language: Trait | None
    format: Trait | None


@view("site", "itemised")
def site_items(data: ReportData) -> Items | None:
    """Return the items by language and by format, and of how many these are stated.

    When: the register of the period states the language or the format of an item.
    """
    union_site = site(data)
    found = data.facts.select(
        "listed", organisation=TOTAL, outlet=union_site.outlet, window=data.period.window
    )
    language, format_ = (_trait(found, name, union_site.now) for name in ("language", "format"))
    return Items(union_site.now, language, format_) if language or format_ else None


def _trait(found: list[Fact], name: str, total: Fact | None) -> Trait | None:
    own = [f for f in found if f.indicator.startswith(f"{name}_")]
    stated = next((f for f in own if f.indicator == f"{name}_stated"), None)
    if stated is None:
        return None
    kinds = sorted((f for f in own if f is not stated), key=lambda f: -f.least)
    is_all = total is not None and total.low == total.high == stated.low
    return Trait(stated, kinds, is_all)
