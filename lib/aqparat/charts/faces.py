"""The faces of charts: those the program and matplotlib bring, never one of the machine.

matplotlib looks a face up by the name of its family among all that the system has, and a face of the same
name may have other letters. So the shipped ones are listed under names that nothing else has.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from importlib import resources
from pathlib import Path

from matplotlib import font_manager
from matplotlib.font_manager import FontEntry
from matplotlib.ft2font import FT2Font

from aqparat.legible import fallback

FAMILY, FALLBACK = "aqparat sans", "aqparat fallback"  # in aqparat.mplstyle too


def listed() -> None:
    """Let matplotlib find the shipped faces; what it had listed before stays."""
    known = font_manager.fontManager.ttflist
    ours = _entries()
    if known[: len(ours)] != ours:  # it drops them where it looks through the system's faces anew
        known[:0] = ours


@functools.cache
def _entries() -> list[FontEntry]:
    own = Path(str(resources.files("aqparat"))) / "fonts"
    return [
        replace(font_manager.ttfFontProperty(FT2Font(str(folder / f"{name}.ttf"))), name=family)
        for family, folder, names in (
            (FAMILY, own, ("NotoSans-Regular", "NotoSans-Bold")),
            (FALLBACK, fallback(), ("DejaVuSans", "DejaVuSans-Bold")),
        )
        for name in names
    ]
