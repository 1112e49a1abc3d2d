"""The tables in docs/performance.md: each between two marks, put in anew when its part has been measured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.measured import Claim, Measured
from bench.workplace import ROOT

PAGE = ROOT / "docs" / "performance.md"
CLAIMS = "claims"  # the table of what must hold, over all parts
_HEAD = ["part", "what must hold", "is", "limit", "", "measured"]


def put(part: str, measured: Measured, machine: str, page: Path = PAGE) -> None:
    """Put what a part has measured between its marks, and what must hold into their table; all else stays.

    Raises
    ------
    ValueError
        If the page has no place for it.
    """
    text = page.read_text(encoding="utf-8")
    lines = ["", *_table(measured.columns, measured.rows), ""]
    for note in (*measured.notes, machine):
        lines += [note, ""]
    text = _put(text, part, lines)
    kept = [row for row in _claims(text) if row[0] != part]
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    rows = sorted(
        [*kept, *(_row(part, claim, day) for claim in measured.claims)], key=lambda row: _at(text, row[0])
    )
    text = _put(text, CLAIMS, ["", *_table(_HEAD, rows), ""])
    page.write_text(text, encoding="utf-8", newline="\n")


def _put(text: str, name: str, lines: Sequence[str]) -> str:
    begin, end = f"<!-- bench {name} -->\n", f"<!-- /bench {name} -->\n"
    if begin not in text or end not in text:
        raise ValueError(f"the page has no marks for {name}")
    before, rest = text.split(begin)
    after = rest.split(end)[1]
    return "".join([before, begin, *(f"{line}\n" for line in lines), end, after])


def _claims(text: str) -> list[list[str]]:
    """Read the rows of what must hold, as the parts before have left them."""
    inner = text.split(f"<!-- bench {CLAIMS} -->\n")[1].split(f"<!-- /bench {CLAIMS} -->")[0]
    rows = [line.strip("| ").split(" | ") for line in inner.splitlines() if line.startswith("| ")]
    return rows[2:]


def _row(part: str, claim: Claim, day: str) -> list[str]:
    limit = f"{'≥' if claim.least else '≤'} {claim.limit:g}"
    return [part, claim.text, f"{claim.found:.3g}", limit, "holds" if claim.holds else "**falls short**", day]


def _at(text: str, part: str) -> int:
    """Return where a part stands on the page."""
    return text.find(f"<!-- bench {part} -->")


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    numbers = [all(re.fullmatch(r"[\d.,–%]+", row[place]) for row in rows) for place in range(len(columns))]
    rule = ["---:" if number else "---" for number in numbers]
    return [f"| {' | '.join(cells)} |" for cells in (columns, rule, *rows)]
