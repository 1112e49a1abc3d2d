"""The project's faces as a page holds them: inside itself, so that it looks the same everywhere."""

from __future__ import annotations

import base64
from importlib import resources

SANS = (
    ("Noto Sans", "Regular", 400, "normal"),
    ("Noto Sans", "Bold", 700, "normal"),
)
TEXT = (
    *SANS,
    ("Noto Serif", "Regular", 400, "normal"),
    ("Noto Serif", "Bold", 700, "normal"),
    ("Noto Serif", "Italic", 400, "italic"),
)


def css(faces: tuple[tuple[str, str, int, str], ...] = SANS) -> str:
    """Give the rules for some faces: `SANS` for a page without running text, `TEXT` for a report."""
    return "\n".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};font-display:block;'
        f'src:url(data:font/woff2;base64,{_content(family, face)}) format("woff2")}}'
        for family, face, weight, style in faces
    )


def _content(family: str, face: str) -> str:
    name = f"{family.replace(' ', '')}-{face}.woff2"
    content = resources.files("aqparat").joinpath("fonts", name).read_bytes()
    return base64.b64encode(content).decode("ascii")
