"""What the program takes from the terminal it runs in, and what it does not."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ERRORS = 2  # the number of standard error, for every program
_LETTERS = "ӘәІіҢңҒғҮүҰұҚқӨөҺһЁё«»–−…№"  # of the three languages, those that code pages lack


def settle() -> None:
    """Let every text be printed, whatever the encoding of the streams.

    A file or pipe whose encoding lacks letters of the three languages (Windows) takes UTF-8, as all files of
    the program do. A terminal, and an encoding that was asked for (PYTHONIOENCODING), stay; what they lack
    is written by its code.
    """
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):  # None without a console; or a program's own
            continue
        asked = stream.isatty() or os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
        encoding = stream.encoding if asked or _has_letters(stream.encoding) else "utf-8"
        stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _has_letters(encoding: str) -> bool:
    try:
        _LETTERS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


@contextmanager
def silent() -> Iterator[None]:
    """Keep from the terminal what libraries in other languages write past Python into standard error."""
    try:
        kept = os.dup(_ERRORS)
    except OSError:  # there is none, as in a program without a console
        yield
        return
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, _ERRORS)
        os.close(nothing)
        yield
    finally:
        os.dup2(kept, _ERRORS)
        os.close(kept)


def leave_out_settings() -> None:
    """Keep out settings of the machine and the folder: matplotlib fails at those that are wrong.

    A command that is given in a cell of JupyterLab makes what it makes elsewhere, too.
    """
    os.environ.pop("JPY_SESSION_NAME", None)
    os.environ["MATPLOTLIBRC"] = str(Path(__file__).parent / "charts" / "aqparat.mplstyle")
    os.environ["MPLBACKEND"] = "agg"
