"""What can be wrong with data or a call, said so that a person can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass
from itertools import takewhile

FEW, NEAREST = 8, 5  # so many are all told; of more so many of the nearest
_ALIKE, _ASIDE = 0.5, 0.25  # likeness (0 to 1) of what is told, and how far below that of the nearest


class AqparatError(Exception):
    """Base of the errors a user can act on; they are shown without a traceback.

    Parameters
    ----------
    message : str
        In English, for programmers.
    key : str
        Of the same in the user's language: `errors.<key>` in the locale files.
    **values
        Fill the placeholders there.
    """

    def __init__(self, message: str, key: str = "", **values: object) -> None:
        super().__init__(message)
        self.key = key
        self.values = values
        self.told: list[str] = []  # the same in the user's language, where `words.errors` has put it

    def _render_traceback_(self) -> list[str]:
        """Say in a notebook what is wrong instead of where in the program that was seen."""
        return self.told or [str(self)]


class DataError(AqparatError):
    """The raw data are not in order; `problems` lists all that was found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = problems


class ParameterError(AqparatError, ValueError):
    """A notebook or the library was given a parameter it does not have, or one of the wrong type."""


class NotebookError(AqparatError):
    """A notebook failed while it ran; the message names the cell."""


class SeveralError(AqparatError):
    """Several things failed, each for itself; `errors` has them."""

    def __init__(self, errors: list[AqparatError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


class ClusterError(AqparatError):
    """There is no cluster where one was named, it is lost, or one of its workers is not as it must be."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one place, free of language: `words.problem` words it.

    Parameters
    ----------
    code : str
        Which message: a key of `problems` in the locale files.
    file : str
        Path of the file below the data folder.
    row : int or None
        Row as a person sees it: the heading is row 1.
    column : str or None
        Code of the column; of one that is not known its heading.
    found : str or None
        The text of the cell.
    expected : str
        What is allowed, where the message does not say it by itself. Days are those of ISO 8601: a day, or
        the first and the last with a slash between, of which one may be open.
    nearest : str or None
        The nearest right value.
    severity : {"error", "warning", "guess"}
        An error stops the report, a warning stands in it; a guess says what was understood from
        something not quite as it should be, and stands in the quality report.
    sheet : str
        Sheet of the workbook; empty for files without sheets.
    heading : str
        What the file itself calls the column, where that is not its code.
    names : tuple of tuple of str
        Of each code expected, or of each organisation that the message names, the names in the order of the
        languages.
    listed : tuple of (file, sheet)
        Where all that is allowed stands, where only the nearest of it is told.
    """

    code: str
    file: str
    _: KW_ONLY
    row: int | None = None
    column: str | None = None
    found: str | None = None
    expected: str = ""
    nearest: str | None = None
    severity: str = "error"
    sheet: str = ""
    heading: str = ""
    names: tuple[tuple[str, ...], ...] = ()
    listed: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        place = ", ".join(
            [self.file]
            + ([f"sheet {self.sheet}"] if self.sheet else [])
            + ([f"row {self.row}"] if self.row else [])
            + ([f"column {self.column}"] if self.column else [])
        )
        return f"{place}: {self.code} (found {self.found!r}, expected {self.expected})"


def unknown(what: str, found: str, known: Iterable[str]) -> ParameterError:
    """Return the error of a value that is none of those known, with the nearest of them.

    Parameters
    ----------
    what : {"parameter", "organisation", "section", "language"}
    found : str
    known : iterable of str
    """
    allowed = list(known)
    near = nearest(found, allowed)
    hint = f" Did you mean {near!r}?" if near else ""
    told = few(found, {name: [name] for name in allowed})
    left = [f"… ({len(allowed)})"] if len(told) < len(allowed) else []
    expected = ", ".join([*told, *left])
    message = f"Unknown {what} {found!r}: expected one of {expected}.{hint}"
    return ParameterError(message, f"unknown_{what}", found=found, expected=expected, nearest=near or "–")


def nearest(found: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed value most like the one found, or None if none is like it."""
    folded = found.casefold()

    def likest(candidate: str) -> tuple[float, int]:
        pairs = zip(folded, candidate.casefold(), strict=False)
        return likeness(found, candidate), sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    best = max(allowed, key=likest, default=None)
    return best if best is not None and likeness(found, best) >= 0.6 else None


def few(found: str, spellings: Mapping[str, Iterable[str]]) -> list[str]:
    """Return what there is: all where that is few, else those that are most like a text.

    Parameters
    ----------
    found : str
    spellings : mapping of str to iterable of str
        Of all that there is what stands for it: the code itself, its names.
    """
    if len(spellings) <= FEW:
        return list(spellings)
    like = {
        name: max((likeness(found, text) for text in texts), default=0) for name, texts in spellings.items()
    }
    least = max(_ALIKE, max(like.values()) - _ASIDE)
    alike = [name for name, likest in like.items() if likest >= least]
    return sorted(alike, key=lambda name: -like[name])[:NEAREST]


def likeness(found: str, candidate: str) -> float:
    """Return how like two texts are but for the case of letters, 0 to 1."""
    return difflib.SequenceMatcher(None, found.casefold(), candidate.casefold()).ratio()
