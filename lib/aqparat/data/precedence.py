"""What is told first of what is alike: the order of the reference tables, never that of codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from aqparat.choices import LANGUAGES
from aqparat.data import schemas
from aqparat.data.schemas import TOTAL

if TYPE_CHECKING:
    from aqparat.data.prepare import Tables


@dataclass(frozen=True)
class Precedence:
    """The places of organisations, outlets, channels and indicators among their like.

    A code is for machines: what readers see stands in the order of its values or of their alphabet, and where
    neither tells two things apart, as the reference tables have it, which the house has put in order.

    Parameters
    ----------
    organisations, outlets, indicators : sequence of str
        Codes in the order of the tables. What is in none of them comes last.
    """

    organisations: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()

    @classmethod
    def of(cls, tables: Tables) -> Precedence:
        """Take the order of reference tables."""
        codes = (tables.organisations.index, tables.outlets.index, tables.indicators.index)
        return cls(*(tuple(map(str, own)) for own in codes))

    def organisation(self, code: str) -> int:
        """Return the place of an organisation; the union is the first."""
        return self._organisations.get(code, len(self._organisations))

    def indicator(self, code: str) -> int:
        """Return the place of an indicator; of what the program counts after those of the table."""
        return self._indicators.get(code, len(self._indicators))

    def spot(self, outlet: str, channel: str) -> tuple[int, int]:
        """Return the place of an outlet; after them the channels as wholes, then what names neither."""
        return self._outlets.get(outlet, len(self._outlets)), _CHANNELS.get(channel, len(_CHANNELS))

    def series(self, indicator: str, organisation: str, outlet: str, channel: str) -> tuple[int, ...]:
        """Return the place of what is counted of whom and where."""
        return self.indicator(indicator), self.organisation(organisation), *self.spot(outlet, channel)

    @cached_property
    def _organisations(self) -> dict[str, int]:
        return _placed((TOTAL, *self.organisations))

    @cached_property
    def _outlets(self) -> dict[str, int]:
        return _placed(self.outlets)

    @cached_property
    def _indicators(self) -> dict[str, int]:
        return _placed((*self.indicators, *_COUNTED))


def _placed(codes: Iterable[str]) -> dict[str, int]:
    return {code: place for place, code in enumerate(codes)}


_CHANNELS = _placed(schemas.CHANNELS)
_COUNTED = (
    *schemas.ACTIVITY_KINDS,
    *(f"language_{code}" for code in LANGUAGES),
    *(f"format_{name}" for name in schemas.FORMATS),
)
