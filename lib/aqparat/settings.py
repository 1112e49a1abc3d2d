"""The settings: numbers that are a choice. The program's own are in settings.toml; a house may set others."""

from __future__ import annotations

import operator
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

from aqparat.choices import LANGUAGES
from aqparat.problem import Problem, nearest

FILE = "settings.toml"  # the house's own choices, in its data folder

# What a number may be, in the words of a message.
_LIMITS = {
    "bounds.about": "≥ 0, < 1",
    "pace.years": "≥ 1",
    "pace.half_share": "> 0, < 1",
    "pace.half_share_low": "> 0, < 1",
    "pace.half_share_high": "> 0, < 1",
    "penetration.target": "> 0",
    "coverage.least": "≥ 1",
    "completeness.due_days": "≥ 0, ≤ 365",
    "checks.jump": "> 1",
    "checks.jump_least": "≥ 0",
    "checks.years_ahead": "≥ 0, ≤ 10",
    "funnel": "> 0, < 1",
    "views.full": "> 0, ≤ 1",
    "interval.level": "> 0, < 1",
    "findings.least_windows": "≥ 1",
    "notebook.cell_seconds": "≥ 1, ≤ 86400",
    "rate_ratio.least": "≥ 1",
    "activity_index.least_weight": "≥ 0, ≤ 1",
    "activity_index.draws": "≥ 1, ≤ 100000",
    "activity_index.seed": "≥ 0",
    "activity_index.weights": "> 0, ≤ 1000",
}
_SIGNS = {"≥": operator.ge, "≤": operator.le, ">": operator.gt, "<": operator.lt}
_ORDERED = ("pace.half_share_low", "pace.half_share", "pace.half_share_high")
_MOST = 10**9  # that any number may be: more is no choice, and nothing can be computed with it
_LONG = 80  # characters of a value that are shown
_INDICATORS = ("indicators.", "forms.")  # sections whose lists name indicators
_LANGUAGES = "report.languages"


class Settings(Mapping[str, Any]):
    """Settings by section; a section is a mapping too. Nothing in it can be changed.

    Parameters
    ----------
    values : mapping
        By section and name, or by dotted key as `flat` gives them.

    Examples
    --------
    >>> settings = Settings({"pace": {"years": 3}, "interval.level": 0.95})
    >>> settings["interval"]["level"], settings.flat()
    (0.95, {'pace.years': 3, 'interval.level': 0.95})
    >>> settings.merged({"pace.years": 2})["pace"]["years"]
    2
    """

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        nested: dict[str, Any] = {}
        for key, value in values.items():
            section, dot, rest = key.partition(".")
            if dot or isinstance(value, Mapping):
                nested.setdefault(section, {}).update({rest: value} if dot else value)
            else:
                nested[key] = tuple(value) if isinstance(value, (list, tuple)) else value
        self._values = {k: Settings(v) if isinstance(v, dict) else v for k, v in nested.items()}

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Settings({self.flat()!r})"

    def flat(self) -> dict[str, Any]:
        """Give every setting by its dotted key, in JSON's types."""
        found: dict[str, Any] = {}
        for key, value in self._values.items():
            if isinstance(value, Settings):
                found |= {f"{key}.{name}": part for name, part in value.flat().items()}
            else:
                found[key] = list(value) if isinstance(value, tuple) else value
        return found

    def at(self, key: str) -> Any:
        """Give the setting of a dotted key, such as `interval.level`."""
        section, dot, rest = key.partition(".")
        found = self._values[section]
        return found.at(rest) if dot else found

    def merged(self, others: Mapping[str, Any]) -> Settings:
        """Put other values in the place of some."""
        return Settings({**self.flat(), **Settings(others).flat()})


@cache
def defaults() -> Settings:
    """Give the program's own settings."""
    path = resources.files("aqparat").joinpath("settings.toml")
    return Settings(tomllib.loads(path.read_text(encoding="utf-8")))


def read(content: bytes, indicators: Collection[str] = ()) -> tuple[Settings, list[Problem]]:
    """Read a house's settings over the program's.

    Parameters
    ----------
    content : bytes
        Of the file.
    indicators : collection of str
        Codes that lists of indicators may name; where there are none, any.

    Returns
    -------
    tuple of Settings and list of Problem
        What is wrong is left out of the settings and told.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return defaults(), [Problem("settings_encoding", FILE, row=content.count(b"\n", 0, error.start) + 1)]
    try:
        told = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return defaults(), [_syntax(str(error), text)]
    rows = _rows(text)
    stated: dict[str, Any] = {}
    problems = []
    for key, value in _leaves(told):
        problem = _fault(key, value, indicators)
        if problem is None:
            number = isinstance(defaults().flat()[key], float)
            stated[key] = float(value) if number else value
        else:
            code, expected, found, near = problem
            problems.append(
                Problem(
                    code, FILE, row=rows.get(key), column=key, found=found, expected=expected, nearest=near
                )
            )
    settings = defaults().merged(stated)
    for key, code, expected in _disordered(settings, stated):
        problems.append(
            Problem(code, FILE, row=rows.get(key), column=key, found=_shown(stated[key]), expected=expected)
        )
    return settings, problems


def languages(data: Path) -> tuple[str, ...]:
    """Give the languages that a house makes its reports in, in the order of the program.

    Parameters
    ----------
    data : Path
        The data folder; where it, or what it sets, cannot be read, the program's own.
    """
    try:
        path = data / FILE
        chosen = read(path.read_bytes())[0] if path.is_file() else defaults()  # a pipe is waited for
    except OSError:
        chosen = defaults()
    return tuple(code for code in LANGUAGES if code in chosen.at(_LANGUAGES))


def _leaves(told: Mapping[str, Any], section: str = "") -> Iterator[tuple[str, Any]]:
    """Walk what a file sets, by dotted key; a table where a value should be is given as it is."""
    known = defaults().flat()
    for name, value in told.items():
        key = f"{section}.{name}" if section else name
        inside = "." not in name and any(k.startswith(f"{key}.") for k in known)
        if isinstance(value, dict) and inside:
            yield from _leaves(value, key)
        else:
            yield key, value


_Fault = tuple[str, str, str, str | None]  # code, what was expected, what was found, the nearest


def _fault(key: str, value: Any, indicators: Collection[str]) -> _Fault | None:
    """Say what is wrong with one setting."""
    known = defaults().flat()
    if key not in known:
        return _unknown(key, value, known)
    found, default = _shown(value), known[key]
    if isinstance(default, list):
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            return "setting_not_list", ", ".join(default), found, None
        if key == _LANGUAGES:
            wrong = next((code for code in value if code not in LANGUAGES), None)
            if wrong or not value:
                return "not_choice", ", ".join(LANGUAGES), wrong or found, None
        if indicators and key.startswith(_INDICATORS):
            for code in value:
                if code not in indicators and code not in default:
                    return "unknown_indicator", ", ".join(indicators), code, nearest(code, indicators)
        return None
    whole = isinstance(default, int)
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        return "setting_not_whole" if whole else "setting_not_number", _limit(key), found, None
    if not -_MOST <= value <= _MOST or not _within(value, _limit(key)):  # NaN is not within anything
        limit = _limit(key)
        return "range", limit if "≤" in limit or "<" in limit else f"{limit}, ≤ {_MOST}", found, None
    return None


def _unknown(key: str, value: Any, known: Mapping[str, Any]) -> _Fault:
    inside = [k for k in known if k.startswith(f"{key}.")]
    if inside:  # a section is set as if it were one of its settings
        return "setting_not_section", ", ".join(inside), _shown(value), None
    section, _, name = key.rpartition(".")
    siblings = [k for k in known if k.rpartition(".")[0] == section]
    namesakes = [k for k in known if k.rpartition(".")[2] == name]
    near = namesakes[0] if len(namesakes) == 1 else nearest(key, [*siblings, *known, *defaults()])
    return "unknown_setting", ", ".join(siblings or defaults()), key, near


def _limit(key: str) -> str:
    return _LIMITS.get(key) or _LIMITS[key.rpartition(".")[0]]


def _within(value: float, limit: str) -> bool:
    """Hold a number against a limit such as `> 0, < 1`."""
    parts = [part.split() for part in limit.split(", ")]
    return all(_SIGNS[sign](value, float(bound)) for sign, bound in parts)


def _disordered(settings: Settings, stated: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Find shares of a half that are not between their own bounds."""
    flat = settings.flat()
    for low, high in pairwise(_ORDERED):
        if flat[low] > flat[high]:
            if low in stated:
                yield low, "range", f"≤ {flat[high]:g} ({high})"
            else:
                yield high, "range", f"≥ {flat[low]:g} ({low})"


def _shown(value: Any) -> str:
    """Write a value as TOML has it; not more of it than can be read."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{_cut(value)}"'
    if isinstance(value, list):
        return _cut(f"[{', '.join(map(_shown, value))}]")
    return "{…}" if isinstance(value, dict) else _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"


def _syntax(reason: str, text: str) -> Problem:
    """Say in which line a file is not TOML."""
    lines = text.rstrip().splitlines() or [""]
    place = re.search(r"\(at line (\d+), column \d+\)$", reason)
    row = min(int(place[1]), len(lines)) if place else len(lines)
    return Problem("settings_syntax", FILE, row=row, found=_cut(lines[row - 1].strip()))


def _rows(text: str) -> dict[str, int]:
    """Tell in which line each setting, and each section, is set, as far as that can be seen."""
    rows: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if head := re.match(r"\s*\[{1,2}\s*([\w.-]+)\s*\]", line):
            section = head[1]
            rows.setdefault(section, number)
        elif name := re.match(r"\s*([\w.-]+)\s*=", line):
            rows.setdefault(f"{section}.{name[1]}" if section else name[1], number)
    return rows


__all__ = ["FILE", "Settings", "defaults", "languages", "read"]
