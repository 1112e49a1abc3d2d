"""What a word of the command line may be; what is wrong with it is said in three languages."""

from __future__ import annotations

import re
from typing import Any

import click

from aqparat.period import Period, PeriodError

PERIOD_HELP = (  # the language is not known yet where the command line is read
    "кезең емес, 2017H1, 2017H2 не 2016 түрінде жазыңыз / не период, пишите 2017H1, 2017H2 или 2016 / "
    "not a period, write 2017H1, 2017H2 or 2016"
)
ADDRESS_HELP = (
    "мекенжай емес, tcp://HOST:PORT түрінде жазыңыз / не адрес, пишите tcp://HOST:PORT / "
    "not an address, write tcp://HOST:PORT"
)
NAME_HELP = (
    "атау емес, кәсіподақтың атауын бір жолға жазыңыз / "
    "не название, напишите название профсоюза одной строкой / "
    "not a name, write the name of the union on one line"
)
LIST_HELP = "мынадан таңдаңыз / выберите из / expected one or more of"


class PeriodType(click.ParamType[Any]):
    """A period on the command line."""

    name = "period"

    def convert(self, value: Any, param: Any, ctx: Any) -> Period:
        """Read a period, or end with status 2."""
        try:
            return Period.parse(value)
        except PeriodError:
            self.fail(f"{value}: {PERIOD_HELP}", param, ctx)


class AddressType(click.ParamType[Any]):
    """The address of a Dask scheduler."""

    name = "address"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """Read an address, or end with status 2."""
        found = re.fullmatch(r"(?:tcp|tls)://[^\s:/]+:([0-9]{1,5})", value)
        if not found or not 0 < int(found[1]) < 65536:
            self.fail(f"{value!r}: {ADDRESS_HELP}", param, ctx)
        return str(value)


class NameType(click.ParamType[Any]):
    """The name of a union."""

    name = "name"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """Read a name, or end with status 2."""
        from aqparat.project.names import name

        if (told := name(value)) is None:
            self.fail(f"{value!r}: {NAME_HELP}", param, ctx)
        return told


class ListType(click.ParamType[Any]):
    """Several words of a fixed set, separated by commas."""

    def __init__(self, name: str, allowed: tuple[str, ...]) -> None:
        self.name, self.allowed = name, allowed

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, ...]:
        """Read the words, or end with status 2."""
        if isinstance(value, tuple):
            return value
        words = tuple(dict.fromkeys(w.strip() for w in value.split(",") if w.strip()))
        unknown = [w for w in words if w not in self.allowed]
        if unknown or not words:
            self.fail(f"{value!r}: {LIST_HELP} {', '.join(self.allowed)}", param, ctx)
        return words
