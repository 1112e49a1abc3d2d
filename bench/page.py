"""The tables in docs/performance.md: each between two marks, put in anew when its part has been measured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from bench.measured import Measured
from bench.workplace import ROOT

PAGE = ROOT / "docs" / "performance.md"


def put(part: str, measured: Measured, machine: str, page: Path = PAGE) -> None:
    """Put what a part has measured between its marks; all else stays as it is.

    Raises
    ------
    ValueError
        If the page has no place for it.
    """
    text = page.read_text(encoding="utf-8")
    begin, end = f"<!-- bench {part} -->\n", f"<!-- /bench {part} -->\n"
    if begin not in text or end not in text:
        raise ValueError(f"{page.name} has no marks for {part}")
    before, rest = text.split(begin)
    after = rest.split(end)[1]
    page.write_text(
        f"{before}{begin}{written(measured, machine)}{end}{after}", encoding="utf-8", newline="\n"
    )


def written(measured: Measured, machine: str) -> str:
    """Return a part as Markdown."""
    lines = ["", *_table(measured.columns, measured.rows), ""]
    if measured.claims:
        claims = [
            [
                c.text,
                f"{c.found:.3g}",
                f"{'≥' if c.least else '≤'} {c.limit:g}",
                "holds" if c.holds else "**falls short**",
            ]
            for c in measured.claims
        ]
        lines += [*_table(["what must hold", "is", "limit", ""], claims), ""]
    for note in (*measured.notes, machine):
        lines += [note, ""]
    return "\n".join(lines) + "\n"


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    numbers = [all(re.match(r"[\d–.]+", row[place]) for row in rows) for place in range(len(columns))]
    rule = ["---:" if number else "---" for number in numbers]
    return [f"| {' | '.join(cells)} |" for cells in (columns, rule, *rows)]
