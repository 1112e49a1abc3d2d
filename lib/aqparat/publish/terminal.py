"""What the terminal shows: progress and errors on standard error, what a check found on standard output."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aqparat.data.quality.findings import SEVERITIES, weight
from aqparat.data.quality.report import is_earlier
from aqparat.period import Period
from aqparat.problem import AqparatError, Problem
from aqparat.publish.step import Step
from aqparat.words import errors
from aqparat.words.languages import language
from aqparat.words.visible import visible

if TYPE_CHECKING:
    from aqparat.publish.check import Checked  # with what it imports, which few commands need
    from aqparat.words.language import Language


@contextmanager
def progress() -> Iterator[Callable[[Step], None]]:
    """Show a bar on a terminal, with what runs and how many are left; elsewhere a line a step."""
    if not sys.stderr.isatty():
        yield lambda step: print(step.name, file=sys.stderr)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (BarColumn(), TextColumn("{task.fields[count]}"), TextColumn("{task.fields[names]}"))
    with Progress(*columns, console=console, transient=True) as bar:
        shown = bar.add_task("", total=None, count="", names="")

        def show(step: Step) -> None:
            count = f"{step.done}/{step.total}" if step.total else ""
            names = " · ".join(step.running or (step.name,))
            bar.update(shown, completed=step.done, total=step.total or None, count=count, names=names)

        yield show


@contextmanager
def reported(*codes: str) -> Iterator[None]:
    """Turn errors a user can act on into sentences on standard error, in some languages, and status 1.

    What is ended by Ctrl-C or SIGTERM says so, with status 130.
    """
    status = 1
    try:
        with _ended_as_by_ctrl_c():
            yield
    except KeyboardInterrupt:
        eval("0")  # else CPython dies of the signal where it came in an exec of text, as in an import
        told, status = [language(code).label("problem.interrupted") for code in codes], 130
    except AqparatError as error:
        told = [line for code in codes for line in errors.sentences(error, code)]
    except BrokenPipeError:  # whoever read what was printed has read enough
        raise
    except OSError as error:
        told = [visible(_refused(error, language(code))) for code in codes]
    else:
        return
    print("\n".join(told), file=sys.stderr)
    sys.exit(status)


def _refused(error: OSError, words: Language) -> str:
    """Say what the system refused, and of which file, where it tells that."""
    if error.filename is None:
        return words.label("problem.refused", reason=error.strerror or str(error))
    return words.label("problem.not_written", path=error.filename, reason=error.strerror)


@contextmanager
def _ended_as_by_ctrl_c() -> Iterator[None]:
    """Let SIGTERM, by which a system or a scheduler ends a program, end it as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def say(text: str) -> None:
    """Tell on standard error what a person should know meanwhile."""
    print(visible(text), file=sys.stderr)


def show(problems: Sequence[Problem], period: Period, code: str) -> None:
    """Print problems; of the files of earlier periods only errors, and how many warnings there are."""
    before = [p for p in problems if p.severity == "warning" and is_earlier(p.file, period)]
    if before:
        words = language(code)
        say(words.label("quality.earlier_left", count=words.number(sum(map(weight, before)))))
    for line in errors.lines([p for p in problems if p not in before], code):
        print(line, file=sys.stderr)


def summarise(checked: Checked, code: str) -> None:
    """Print, on standard output, how many rows and problems each file has, and what was written."""
    words = language(code)
    heads = [words.label(f"quality.column.{n}") for n in ("file", "rows", "errors", "warnings", "guesses")]
    lines, styles = [heads], []
    for file in checked.quality.files:
        rows = "–" if file.rows is None else words.number(file.rows)
        lines.append([visible(file.file), rows, *(words.number(file.counts[s]) for s in SEVERITIES)])
        styles.append("red" if file.counts["error"] else "yellow" if file.counts["warning"] else None)
    if sys.stdout.isatty():
        _print_table(lines, styles)
    else:
        print("\n".join(_columns(lines)))
    told = ("page", checked.pages), ("marked", checked.annotated), ("changed", checked.changed)
    for key, paths in told:
        for path in paths:
            print(words.label(f"quality.{key}", path=visible(path.as_posix())))


def _print_table(lines: list[list[str]], styles: list[str | None]) -> None:
    """Print a heading and rows of cells as a table, the rows in their styles."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD)
    for place, head in enumerate(lines[0]):
        table.add_column(head, justify="right" if place else "left")
    for cells, style in zip(lines[1:], styles, strict=True):
        table.add_row(*map(escape, cells), style=style)
    Console().print(table)


def _columns(lines: list[list[str]]) -> Iterator[str]:
    """Set lines of cells below each other, with two spaces between columns."""
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    for first, *others in lines:
        numbers = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        yield "  ".join([first.ljust(widths[0]), *numbers])
