"""The styles of a page: those of a report, with its fonts and colours, which other pages share."""

from __future__ import annotations

from pathlib import Path

from aqparat import palette
from aqparat.document import fonts

_REPORT = Path(__file__).parent / "templates" / "report"


def stylesheet() -> str:
    """Give the styles of a report with its fonts, also for other pages that are to look the same."""
    return "\n".join([fonts.css(fonts.TEXT), _colours(), palette.rules(), part("report.css")])


def part(name: str) -> str:
    """Read a file that is put into a report as it is."""
    return (_REPORT / name).read_text(encoding="utf-8")


def _colours() -> str:
    """Give the colours of the charts to the page: light ones, and dark ones where the theme is dark."""
    light = "".join(f"--{name}:{colour};" for name, colour in palette.LIGHT.items())
    both = "".join(f"--{n}:light-dark({c},{palette.DARK[n]});" for n, c in palette.LIGHT.items())
    charts = "".join(f"--chart-{name}:var(--{name});" for name in palette.LIGHT)
    return (
        f":root{{color-scheme:light dark;{light}{charts}--shown:{palette.SHOWN}}}\n"
        f"@supports (color:light-dark(#000,#fff)){{:root{{{both}}}}}"
    )
