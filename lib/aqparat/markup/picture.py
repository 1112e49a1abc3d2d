"""A chart's SVG as a part of the page: described, coloured by the theme, each mark with its words."""

from __future__ import annotations

import base64
import io
from typing import Any
from xml.etree import ElementTree

_NAMESPACE = "http://www.w3.org/2000/svg"


def picture(block: dict[str, Any]) -> str:
    """Give the SVG of a figure, to stand in the page itself.

    Without scripts it is an image whose marks show their words where the browser shows titles; the
    page's script makes the marks reachable by keyboard and tap.
    """
    ElementTree.register_namespace("", _NAMESPACE)
    svg = ElementTree.fromstring(block["svg"])
    svg.attrib = {"role": "img", "aria-label": block["alt"], "viewBox": svg.attrib["viewBox"], **svg.attrib}
    groups = {element.get("id"): element for element in svg.iter()}
    for mark in block["marks"]:
        group = groups[mark["id"]]
        group.set("class", f"{group.get('class', '')} mark".strip())
        if mark["fact"]:
            group.set("data-of", mark["fact"])
        title = ElementTree.Element(f"{{{_NAMESPACE}}}title")
        title.text = mark["text"]
        group.insert(0, title)
    return ElementTree.tostring(svg, encoding="unicode").strip()


def small(card: dict[str, Any]) -> str:
    """Give the spark of a card, to stand in the page itself: an image with its words."""
    ElementTree.register_namespace("", _NAMESPACE)
    svg = ElementTree.fromstring(card["svg"])
    svg.attrib = {"role": "img", "aria-label": card["alt"], **svg.attrib}
    return ElementTree.tostring(svg, encoding="unicode").strip()


def aspect(svg: str) -> float:
    """Return how high a chart's SVG is by its width."""
    _, _, width, height = map(float, ElementTree.fromstring(svg).attrib["viewBox"].split())
    return round(height / width, 4)


def size(content: bytes, form: str) -> tuple[int, int]:
    """Measure a picture in pixels: svg (which has no pixels: 0, 0), png, jpeg.

    Raises
    ------
    ValueError
        If it is damaged, or far too large.
    """
    from PIL import Image

    try:
        if form == "svg":
            ElementTree.fromstring(content)
            return 0, 0
        with Image.open(io.BytesIO(content), formats=[form]) as opened:
            opened.load()
            return opened.size
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError("not a picture") from error


def wrapped(content: bytes, form: str) -> str:
    """Give a picture as SVG, which is text: Typst's binding takes no other files."""
    if form == "svg":
        return content.decode("utf-8")
    width, height = size(content, form)
    return (
        f'<svg xmlns="{_NAMESPACE}" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="{data_uri(content, form)}"/></svg>'
    )


def data_uri(content: str | bytes, form: str = "svg") -> str:
    """Give an SVG, or a picture of another form (png, jpeg), as an address that holds the picture itself."""
    kind = "svg+xml" if form == "svg" else form
    data = content.encode("utf-8") if isinstance(content, str) else content
    return f"data:image/{kind};base64," + base64.b64encode(data).decode("ascii")
