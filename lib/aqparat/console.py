"""What the program takes from the terminal it runs in, and what it does not."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

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


def leave_out_settings() -> None:
    """Keep out settings of the machine and the folder: matplotlib fails at those that are wrong.

    A command that is given in a cell of JupyterLab makes what it makes elsewhere, too.
    """
    os.environ.pop("JPY_SESSION_NAME", None)
    os.environ["MATPLOTLIBRC"] = str(Path(__file__).parent / "charts" / "aqparat.mplstyle")
    os.environ["MPLBACKEND"] = "agg"
