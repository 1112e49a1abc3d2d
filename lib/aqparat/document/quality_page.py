"""The quality page: what the checks found in the raw data, for the person who mends it."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from aqparat.data import titles
from aqparat.data.quality.filing import Batch, Filed
from aqparat.data.quality.findings import Finding
from aqparat.data.quality.report import Quality
from aqparat.data.reading.raw import Account
from aqparat.data.schemas import TABLES
from aqparat.document import fonts
from aqparat.document.policy import policy
from aqparat.markup import hypertext
from aqparat.words.inline import capital, capitalised, filled
from aqparat.words.language import Language
from aqparat.words.languages import language
from aqparat.words.visible import visible

_TEMPLATES = Path(__file__).parent / "templates" / "quality"
_RUNS = 8  # of rows written out; the rest is counted
_LONG = 120  # characters of a cell, and of each list in a message, that are shown
ROWS = ("rows", "used", "wrong", "unfilled", "aside")  # as `Account.told` has them
_RARE = ("wrong", "unfilled")  # told only where there are any
_COLUMNS = {name for schema in TABLES.values() for name in schema.columns}


def page(quality: Quality, code: str) -> str:
    """Render the page in one language.

    Parameters
    ----------
    quality : Quality
        As `aqparat.data.quality.report.quality` gathers it.
    code : str
        `kk`, `ru` or `en`.

    Returns
    -------
    str
        One file of HTML that fetches and runs nothing: its policy allows styles and its own fonts only.
        Text of raw files is escaped, and shown as `visible` writes it.
    """
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda x: x if isinstance(x, Markup) else visible(str(x)),
    )
    style = fonts.css() + "\n" + (_TEMPLATES / "quality.css").read_text(encoding="utf-8")
    return environment.get_template("page.html.j2").render(
        quality=quality,
        say=_Wording(language(code), quality),
        style=Markup(style),
        policy=Markup(policy(pictures=False)),
    )


class _Wording:
    """What the template asks for, in one language."""

    def __init__(self, words: Language, quality: Quality) -> None:
        self._words, self._quality = words, quality
        self.lang = words.code

    def label(self, key: str, **values: Any) -> str:
        """Return a label of the page."""
        return self._words.label(f"quality.{key}", **values)

    @property
    def union(self) -> str:
        """Whose data these are; empty where they do not say."""
        return self._words.union(self._quality.union)

    @property
    def skip(self) -> str:
        """The link past the head of the page."""
        return self._words.label("report.skip")

    @property
    def synthetic(self) -> str:
        """The mark of invented data; empty for others."""
        return self._words.label("report.synthetic") if self._quality.synthetic else ""

    @property
    def period(self) -> Markup:
        """The period, in words."""
        return hypertext.inline(capitalised(self._words.window(self._quality.period.window, "name")))

    @property
    def lead(self) -> str:
        """What it comes to."""
        counts = self._quality.counts
        if counts["error"]:
            return self._words.label("quality.lead_error")
        return self._words.label("quality.lead_warning" if counts["warning"] else "quality.lead_clean")

    @property
    def how(self) -> str:
        """What to do next."""
        return self._words.label("quality.how", command=f"aqparat check {self._quality.period}")

    @property
    def summary(self) -> list[tuple[str, str]]:
        """What was read and found, by name and number."""
        rows = self._quality.rows
        numbers: list[tuple[str, int]] = [("files", len(self._quality.files))]
        numbers += [(name, rows[place]) for place, name in self.counted] if rows else []
        for name, severity in (("errors", "error"), ("warnings", "warning"), ("guesses", "guess")):
            numbers.append((name, self._quality.told[severity]))
        return [
            (self._words.label(f"quality.column.{name}"), self.number(number)) for name, number in numbers
        ]

    @property
    def counted(self) -> list[tuple[int, str]]:
        """What is counted of the rows, by its place in `Account.told`; what is rare where there is any."""
        rows = self._quality.rows or ()
        named = enumerate(zip(ROWS, rows, strict=False))
        return [(place, name) for place, (name, count) in named if count or name not in _RARE]

    @property
    def accounts(self) -> list[Account]:
        """What became of the rows of each sheet and file that has any."""
        return [account for account in self._quality.accounts if any(account.told)]

    @property
    def empty(self) -> list[tuple[tuple[str, ...], list[str]]]:
        """The sheets that have not one row, with the files that they are of; of files without sheets none."""
        found: dict[str, list[str]] = {}
        for account in self._quality.accounts:
            if not any(account.told):
                found.setdefault(account.file, []).extend([account.sheet] if account.sheet else [])
        alike: dict[tuple[str, ...], list[str]] = {}
        for file, sheets in found.items():
            alike.setdefault(tuple(sheets), []).append(file)
        return list(alike.items())

    @property
    def accounts_note(self) -> str:
        """What became of the rows that are not used."""
        told = dict(zip(ROWS, self._quality.rows or (), strict=False))
        keys = [f"accounts_{name}" for name in ("wrong", "unfilled", "aside") if told.get(name)]
        return " ".join(self.label(key) for key in ("accounts_note", *keys))

    @property
    def earlier(self) -> str:
        """How much was found in the files of earlier periods; empty where nothing was."""
        counts = {s: self._quality.told_earlier[s] for s in ("error", "warning")}
        if not any(counts.values()):
            return ""
        numbers = {f"{severity}s": self.number(count) for severity, count in counts.items()}
        return self._words.label("quality.earlier_note", **numbers)

    def number(self, number: int) -> str:
        """Write a whole number."""
        return self._words.number(number)

    def rows(self, finding: Finding) -> str:
        """Write the rows of a finding: 2, 5–9 (1 200 rows)."""
        runs = [str(a) if a == b else f"{a}–{b}" for a, b in finding.rows[:_RUNS]]
        listed, count = ", ".join(runs), self.number(finding.count)
        if len(finding.rows) > _RUNS:
            listed = self._words.label("quality.cut", listed=listed)
        if finding.count == 1:
            return listed
        if not listed:
            return self._words.label("quality.count", count=count)
        return self._words.label("quality.rows", rows=listed, count=count)

    def column(self, finding: Finding) -> str:
        """Return what the file calls a column."""
        return finding.problem.heading or finding.problem.column or ""

    def title(self, finding: Finding) -> str:
        """Return what a column is called in this language, where it is ours and the file does not say so."""
        name = finding.problem.column
        title = titles.column(name, self.lang) if name and name in _COLUMNS else ""
        return "" if title in self.column(finding).split(" / ") else title

    def found(self, finding: Finding) -> list[str]:
        """List what was found, each cut short."""
        return [_short(found) for found in finding.found]

    def message(self, finding: Finding) -> str:
        """Word what is wrong, without its place."""
        fault = self._words.fault(finding.problem, _short, lambda text: _short(text, 3 * _LONG))
        return capital(fault)

    def severity(self, finding: Finding) -> str:
        """Name the severity of a finding."""
        return self._words.label(f"quality.severity.{finding.problem.severity}")

    def table(self, name: str) -> str:
        """Name a table."""
        return titles.table(name, self.lang) if name in TABLES else name

    def organisation(self, code: str) -> str:
        """Name an organisation; by its code where it has no name."""
        return self._quality.names.get(code, {}).get(self.lang) or code

    def day(self, day: Any) -> Markup:
        """Write a day."""
        return hypertext.inline(self._words.day(day))

    def filed(self, batch: Batch) -> list[Filed]:
        """Return who has filed and who has not, each state in the order of the alphabet."""

        def name(filed: Filed) -> Any:
            return self._words.sort_key(str(self.organisation(filed.organisation)))

        states = groupby(batch.filed, key=lambda filed: filed.state)
        return [filed for _, alike in states for filed in sorted(alike, key=name)]

    def filing(self, batch: Batch) -> Markup:
        """Say the deadline of a batch and how many kept it."""
        filed, late = batch.count("late", "undated", "on_time"), batch.count("late")
        counts = {"filed": filed, "all": batch.count(), "late": late}
        numbers = {name: self.number(count) for name, count in counts.items()}
        pattern = self._words.label("quality.filing_note")
        return hypertext.inline(filled(pattern, day=self._words.day(batch.due), **numbers))


def _short(text: str, most: int = _LONG) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
