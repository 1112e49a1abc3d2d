"""A chart's SVG as a part of the page: described, coloured by the theme, each mark with its words."""

from __future__ import annotations

import base64
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


def data_uri(content: str | bytes, form: str = "svg") -> str:
    """Give an SVG, or a picture of another form (png, jpg), as an address that holds the picture itself."""
    kind = {"svg": "svg+xml", "jpg": "jpeg"}.get(form, form)
    data = content.encode("utf-8") if isinstance(content, str) else content
    return f"data:image/{kind};base64," + base64.b64encode(data).decode("ascii")
