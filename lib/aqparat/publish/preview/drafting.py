"""Making a draft: the report in one language, or in that language what is wrong with what it is made from."""

from __future__ import annotations

import re
import tempfile
import tomllib
import traceback
from collections.abc import Iterator
from pathlib import Path

from jinja2 import TemplateSyntaxError

from aqparat import texts
from aqparat.data.prepare import prepare
from aqparat.data.quality.report import quality
from aqparat.data.reading.files import find
from aqparat.data.reading.intake import read
from aqparat.metrics.collection import collect
from aqparat.problem import AqparatError, DataError, NotebookError
from aqparat.publish import kernel
from aqparat.publish.order import Order
from aqparat.publish.preview.draft import Draft
from aqparat.publish.preview.showing import Showing
from aqparat.publish.rendering import render
from aqparat.publish.run import task
from aqparat.words import errors
from aqparat.words.renderer import Renderer
from aqparat.words.visible import visible

_LIBRARY = Path(__file__).parents[2]
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")  # of a traceback on a terminal


def draft(order: Order, folder: Path, engine: str = kernel.NAME) -> Draft | None:
    """Make the report of an order of one language, in HTML; its organisation's own where it names one.

    Parameters
    ----------
    order : Order
    folder : Path
        For what is needed meanwhile; it is empty afterwards.
    engine : str
        Of papermill, to run the notebook.

    Returns
    -------
    Draft or None
        None where another engine than that with kernels has failed: one with them is to be asked.
    """
    code = order.languages[0]
    with tempfile.TemporaryDirectory(dir=folder) as place:
        try:
            wanted = task(order, Path(place))
            render(wanted, engine)
            return Draft((wanted.folder / "report.html").read_bytes())
        except Exception as error:
            is_sure = isinstance(error, AqparatError) and error.key != "cell_failed"
            return wrong(error, code) if is_sure or engine == kernel.NAME else None


def showing(order: Order, folder: Path) -> Showing:
    """Read the data of an order, compute its facts and make its report, to be shown by this process.

    Raises
    ------
    AqparatError
        What is wrong for sure.
    """
    with tempfile.TemporaryDirectory(dir=folder) as place:
        return Showing(task(order, Path(place)), order.data)


def ready(order: Order) -> Iterator[None]:
    """Do, step by step, what a draft does when data have changed: the first may have found it kept."""
    raw = read(find(order.data), order.period)
    yield
    quality(raw, order.period)
    collect(prepare(raw, order.period))
    yield


def wrong(error: Exception, code: str) -> Draft:
    """Say in a language what is wrong: faults of files of ours that can be named, then the error itself."""
    told: list[str] = []
    for found in (lambda: _broken(code), lambda: _sentences(error, code)):
        try:
            told += found()
        except Exception as another:  # the words for it are what is broken
            told = told or [_place(another)]
    return Draft(told=tuple(dict.fromkeys(map(visible, told))), trace=_trace(error))


def _sentences(error: Exception, code: str) -> list[str]:
    """Return an error in the language of the report."""
    if isinstance(error, DataError):
        wrong = DataError([p for p in error.problems if p.severity == "error"])
        return errors.sentences(wrong, code, most=len(wrong.problems))
    if not isinstance(error, AqparatError):
        return [_place(error)]
    labels = texts.texts("labels", code)["preview"]
    if error.key in labels:  # in other words than where a report is published
        return [labels[error.key].format(**error.values)]
    return errors.sentences(error, code)


def _place(error: Exception) -> str:
    """Say where in the files of the program an error comes from, and what it says."""
    told = f"{type(error).__name__}: {error}".rstrip(": ")
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return f"{_named(Path(error.filename))}:{error.lineno}: {type(error).__name__}: {error.message}"
    steps = traceback.extract_tb(error.__traceback__)
    ours = [step for step in steps if Path(step.filename).is_relative_to(_LIBRARY)]
    return f"{_named(Path(ours[-1].filename))}:{ours[-1].lineno}: {told}" if ours else told


def _broken(code: str) -> Iterator[str]:
    """Name the files of texts that cannot be read, with the line."""
    for path in sorted((_LIBRARY / "texts").glob("*/*.toml")):
        try:
            tomllib.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            yield f"{_named(path)}: {error}"
    try:
        environment = Renderer(None, code).environment  # type: ignore[arg-type]  # it renders nothing
        for name in environment.list_templates():
            try:
                environment.get_template(name)
            except TemplateSyntaxError as error:
                yield _place(error)
    except TemplateSyntaxError as error:  # in the phrases that all templates know
        yield _place(error)


def _trace(error: Exception) -> str:
    """Return where in the notebook or the program an error was seen; nothing where the sentence says it."""
    steps = getattr(error.__cause__, "traceback", None)  # papermill's error has what the kernel said
    if isinstance(error, NotebookError) and steps:
        return _COLOURS.sub("", "\n".join(steps))
    return "" if isinstance(error, AqparatError) else "".join(traceback.format_exception(error))


def _named(path: Path) -> str:
    """Name a file as whoever edits it finds it."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
