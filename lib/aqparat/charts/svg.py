"""The SVG of a chart, made fit to stand inside a page with others and to follow the page's theme.

matplotlib's SVG has ids that repeat from chart to chart, a style sheet that reaches the whole page,
and style attributes that a Content-Security-Policy forbids. Here every id carries the chart's name,
styles become plain attributes (that Typst reads too), and whatever has a colour of the palette gets
a class for it: `fill-main`, `stroke-ink`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

_NAMESPACE = "http://www.w3.org/2000/svg"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_PAINT = re.compile(r"fill|stroke|class|opacity")
_LONG = re.compile(r"-?\d+\.\d{3,}")
_DIGITS = {"d": 2, "x": 2, "y": 2, "width": 2, "height": 2, "transform": 4}  # decimals that are seen


def embedded(svg: str, name: str, palette: Mapping[str, str]) -> str:
    """Make a chart's SVG fit for a page.

    Parameters
    ----------
    svg : str
        As matplotlib writes it, with groups `mark-…` and `reach-…`.
    name : str
        Name of the chart: put before every id.
    palette : mapping
        Hexadecimal colour to the name used in classes.

    Returns
    -------
    str
        An `svg` element without declaration, metadata, style sheet or comment.
    """
    root = ElementTree.fromstring(svg)
    for element in list(root.iter()):
        element.tag = element.tag.removeprefix(f"{{{_NAMESPACE}}}")
        for child in list(element):
            if child.tag.rpartition("}")[2] in ("metadata", "style"):
                element.remove(child)
        element.text = element.tail = None
        _plain(element)
        _classes(element, palette)
    _reaches(root)
    _ids(root, name)
    root.attrib = {"xmlns": _NAMESPACE, **root.attrib}
    root.attrib |= {"stroke-linejoin": "round", "stroke-linecap": "butt", "pointer-events": "none"}
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _plain(element: ElementTree.Element) -> None:
    """Turn style and namespaced attributes into plain ones; cut decimals that nobody sees."""
    old = element.attrib
    styles = [part.split(":", 1) for part in old.pop("style", "").split(";") if part.strip()]
    new = {key.rpartition("}")[2]: value for key, value in old.items()}
    new |= {key.strip(): value.strip() for key, value in styles}
    for key, digits in _DIGITS.items():
        if key in new:
            new[key] = _LONG.sub(functools.partial(_short, digits), new[key])
    element.attrib = new


def _short(digits: int, number: re.Match[str]) -> str:
    text = f"{float(number[0]):.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _classes(element: ElementTree.Element, palette: Mapping[str, str]) -> None:
    found = [f"{side}-{palette[c]}" for side in ("fill", "stroke") if (c := element.get(side, "")) in palette]
    if found:
        element.set("class", " ".join(found))


def _reaches(root: ElementTree.Element) -> None:
    """Put the invisible shape that answers to the pointer into the group of its mark."""
    marks = {e.get("id", ""): e for e in root.iter() if e.get("id", "").startswith("mark-")}
    for mark in marks.values():
        mark.set("pointer-events", "all")
    for parent in list(root.iter()):
        for child in list(parent):
            wanted = child.get("id", "")
            if wanted.startswith("reach-"):
                parent.remove(child)
                for shape in child.iter():
                    shape.attrib = {k: v for k, v in shape.attrib.items() if not _PAINT.match(k)}
                    shape.attrib |= {"fill": "none", "stroke": "none"}
                marks[wanted.replace("reach-", "mark-", 1)].extend(child)


def _ids(root: ElementTree.Element, name: str) -> None:
    """Keep the ids of marks and those referred to, the latter with the chart's name before them."""
    used = {target for e in root.iter() for _, target in _references(e)}
    for element in root.iter():
        for key, target in list(_references(element)):
            element.set(key, element.get(key, "").replace(f"#{target}", f"#{name}-{target}"))
        known = element.get("id", "")
        if known in used:
            element.set("id", f"{name}-{known}")
        elif not known.startswith("mark-"):
            element.attrib.pop("id", None)


def _references(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for key, value in element.attrib.items():
        match = _REFERENCE.search(value)
        if match:
            yield key, match[1]
        elif key == "href":
            yield key, value.removeprefix("#")
