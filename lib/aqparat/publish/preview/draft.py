"""A draft: one making of the report in one language, or what is wrong with what it is made from."""

from __future__ import annotations

import ast
import re
import shutil
import tempfile
import tomllib
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError
from papermill.exceptions import PapermillExecutionError

from aqparat import texts
from aqparat.choices import LANGUAGES
from aqparat.problem import AqparatError, DataError, NotebookError
from aqparat.publish import cells
from aqparat.publish.order import Order
from aqparat.publish.rendering import EXPORTERS, render
from aqparat.publish.run import task
from aqparat.words import errors
from aqparat.words.languages import language
from aqparat.words.renderer import Renderer
from aqparat.words.visible import visible

_LIBRARY = Path(__file__).parents[2]
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")  # of a traceback on a terminal


@dataclass(frozen=True)
class Draft:
    """The report, or what is wrong.

    Parameters
    ----------
    document : bytes
        The report as a file of HTML; empty where there is none.
    told : tuple of str
        What is wrong, a sentence each.
    trace : str
        Where in a notebook or the program that was seen.
    """

    document: bytes = b""
    told: tuple[str, ...] = ()
    trace: str = ""


def draft(order: Order, folder: Path) -> Draft:
    """Make the report of an order of one language and one format, HTML; of its organisation where it names one.

    Parameters
    ----------
    order : Order
    folder : Path
        For what is needed meanwhile; it is empty afterwards.
    """
    code = order.languages[0]
    with tempfile.TemporaryDirectory(dir=folder) as place:
        try:
            wanted = task(order, Path(place))
            render(wanted)
            return Draft((wanted.folder / "report.html").read_bytes())
        except AqparatError as error:
            return _wrong(code, error, lambda: _sentences(error, code), _trace_of(error))
        except Exception as error:
            return _wrong(code, error, lambda: [_fault(error)], "".join(traceback.format_exception(error)))
