"""What the terminal shows: progress on standard error, and errors in the user's language."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from aqparat.data.intake import DataFolderError
from aqparat.problem import AqparatError, DataError, Problem
from aqparat.words.language import language

_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}  # categories: control, direction, unassigned


def visible(text: object) -> str:
    r"""Give a text from a file so that a terminal obeys nothing in it: such characters as `\u202e`."""
    return "".join(f"\\u{ord(c):04x}" if unicodedata.category(c) in _UNSEEN else c for c in str(text))


@contextmanager
def progress(title: str) -> Iterator[Callable[[str, int], None]]:
    """Show a bar on a terminal, elsewhere a line a step; told each step and how many there are."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda step, _: print(f"{title}: {step}", file=sys.stderr)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[step]}"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=None, step="")
        yield lambda step, total: bar.update(task, advance=1, total=total, step=step)


@contextmanager
def reported(code: str) -> Iterator[None]:
    """Turn errors a user can act on into plain words on standard error and status 1."""
    try:
        yield
    except DataError as error:
        show(error.problems, code)
        sys.exit(1)
    except DataFolderError as error:
        show([Problem(error.code, error.path, expected=error.period)], code)
        sys.exit(1)
    except AqparatError as error:
        values = {"kept": "–", **error.values}
        told = language(code).label(f"errors.{error.key}", **values) if error.key else str(error)
        print(visible(told), file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        words = language(code)
        place = error.filename or ""
        print(visible(words.label("problem.not_written", path=place, reason=error.strerror)), file=sys.stderr)
        sys.exit(1)


def show(problems: Sequence[Problem], code: str) -> None:
    """Print problems, errors last so that they are seen."""
    words = language(code)
    for problem in sorted(problems, key=lambda p: p.severity == "error"):
        print(visible(words.problem(problem)), file=sys.stderr)
    errors = sum(p.severity == "error" for p in problems)
    if errors > 1:
        print(words.label("problem.summary", count=errors), file=sys.stderr)
