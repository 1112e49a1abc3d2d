"""Errors a person can act on, as sentences of their language; where that is not known, of every language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from aqparat.choices import LANGUAGES
from aqparat.data.quality.findings import amount, findings
from aqparat.data.reading.files import DataFolderError
from aqparat.problem import AqparatError, DataError, Problem, SeveralError
from aqparat.words.languages import language
from aqparat.words.visible import visible

_MOST = 100  # lines; who has more reads the quality page


def sentences(error: AqparatError, code: str, most: int = _MOST) -> list[str]:
    """Return an error in a language, a line a fault; of faults in data no more lines than are asked for."""
    if isinstance(error, DataError):
        return list(lines(error.problems, code, most))
    if isinstance(error, SeveralError):
        return list(dict.fromkeys(line for each in error.errors for line in sentences(each, code)))
    if isinstance(error, DataFolderError):
        return list(lines([Problem(error.code, error.path, expected=error.period)], code))
    if not error.key:
        return [visible(str(error))]
    return [visible(language(code).label(f"errors.{error.key}", **{"kept": "–", **error.values}))]


def lines(problems: Sequence[Problem], code: str, most: int = _MOST) -> Iterator[str]:
    """Word problems, errors last so that they are seen; like ones once, and no more than can be read.

    What was understood from a guess is left out: the quality page has it.
    """
    words = language(code)
    listed = findings(p for p in problems if p.severity != "guess")
    shown = listed[:most]  # errors first
    for finding in sorted(shown, key=lambda f: f.problem.severity == "error"):
        count = words.label("quality.count", count=words.number(finding.count))
        text = words.problem(finding.problem)
        if finding.problem.severity == "warning":
            text = f"{words.label('problem.warning')}: {text}"
        yield f"{text} ({count})" if finding.count > 1 else text
    if listed[most:]:
        left = words.number(sum(f.count for f in listed[most:]))
        yield words.label("quality.problems_left", count=left)
    errors = amount(p for p in problems if p.severity == "error")
    if errors > 1:
        yield words.label("problem.summary", count=errors)


@contextmanager
def worded(code: object) -> Iterator[None]:
    """Let an error say, where a notebook shows it, what is wrong, in a language or in every one."""
    try:
        yield
    except AqparatError as error:
        codes = (str(code),) if code in LANGUAGES else LANGUAGES
        error.told = [line for each in codes for line in sentences(error, each)]
        raise
