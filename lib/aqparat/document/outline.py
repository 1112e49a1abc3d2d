"""The blocks of an executed report notebook in order, numbered, put under their headings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

from aqparat.words.language import Language, language

MIME = "application/vnd.aqparat+json"


@dataclass
class Section:
    """A section: its heading and the blocks below it."""

    name: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Outline:
    """A report as its exporters see it.

    Parameters
    ----------
    title : dict
        The block of the title: text, and `more` with period, union, language, code.
    sections : list of Section
    language : Language
        For the labels of contents, figures and tables.
    """

    title: dict[str, Any]
    sections: list[Section]
    language: Language

    @property
    def lang(self) -> str:
        """Language code of the document."""
        return self.language.code

    def label(self, key: str, **values: Any) -> str:
        """Give a label of the document in its language."""
        return self.language.label(f"report.{key}", **values)

    def figures(self) -> list[dict[str, Any]]:
        """Give the figures in order."""
        return [b for s in self.sections for b in s.blocks if b["kind"] == "figure"]

    def entries(self) -> list[dict[str, Any]]:
        """Give the entries of the appendix: what each fact shown is."""
        return [e for s in self.sections for b in s.blocks if b["kind"] == "appendix" for e in b["entries"]]


def outline(notebook: NotebookNode) -> Outline | None:
    """Read the blocks from a notebook's outputs.

    Parameters
    ----------
    notebook : NotebookNode
        An executed notebook.

    Returns
    -------
    Outline or None
        None if the notebook shows no title block: it is not one of this project's reports.
    """
    title: dict[str, Any] | None = None
    sections: list[Section] = []
    numbers = {"figure": 0, "table": 0}
    for block in _blocks(notebook):
        kind = block["kind"]
        if kind == "heading" and block["level"] == 1:
            title = block
        elif kind == "heading":
            sections.append(Section(block["name"], block["text"]))
        elif kind != "nothing":
            if kind in numbers:
                numbers[kind] += 1
                block["number"] = numbers[kind]
            if not sections:
                sections.append(Section("", ""))
            sections[-1].blocks.append(block)
    if title is None:
        return None
    return Outline(title, sections, language(title["more"]["language"]))


def _blocks(notebook: NotebookNode) -> list[dict[str, Any]]:
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if MIME in data:
                block = dict(data[MIME])
                if "image/svg+xml" in data:
                    svg = data["image/svg+xml"]
                    block["svg"] = svg if isinstance(svg, str) else "".join(svg)
                found.append(block)
    return found


class OutlinePreprocessor(Preprocessor):
    """Put the outline of a report into the resources that templates see."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Add `outline` (None for a notebook that is not a report)."""
        resources["outline"] = outline(nb)
        return nb, resources
