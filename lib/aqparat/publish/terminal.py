"""What the terminal shows: progress on standard error, and errors in the user's language."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from aqparat.data.intake import DataFolderError
from aqparat.legible import legible
from aqparat.problem import AqparatError, DataError, Problem
from aqparat.words.language import language


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
        say(told)
        sys.exit(1)
    except OSError as error:
        words = language(code)
        place = error.filename or ""
        say(words.label("problem.not_written", path=place, reason=error.strerror))
        sys.exit(1)


def say(text: str) -> None:
    """Print lines on standard error; nothing quoted in them can steer the terminal."""
    print("\n".join(map(legible, text.splitlines())), file=sys.stderr)


def show(problems: Sequence[Problem], code: str) -> None:
    """Print problems, errors last so that they are seen."""
    words = language(code)
    for problem in sorted(problems, key=lambda p: p.severity == "error"):
        say(words.problem(problem))
    errors = sum(p.severity == "error" for p in problems)
    if errors > 1:
        say(words.label("problem.summary", count=errors))
