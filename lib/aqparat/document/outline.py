"""The blocks of an executed report notebook in order, numbered, put under their headings.

What an analyst added to the notebook stands among them at its place. A table that folds away has the number
of the figure whose numbers it holds; on paper it is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aqparat.blocks import MIME
from aqparat.document import own
from aqparat.document.entries import arranged
from aqparat.document.numbers import numbers
from aqparat.problem import AqparatError
from aqparat.words.inline import Inline
from aqparat.words.language import Language
from aqparat.words.languages import language

if TYPE_CHECKING:
    from nbformat import NotebookNode


class UnfinishedError(AqparatError):
    """A notebook failed, was not run to its end, or its appendix lacks numbers shown since."""


_PUBLISHED = ("languages", "formats", "organisations")


@dataclass
class Section:
    """A section: its heading and the blocks below it."""

    name: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class AppendixPart:
    """The entries of the appendix that belong together, under what they are named after."""

    text: str
    entries: list[dict[str, Any]]


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
    setup : str
        The code that stands before the first block.
    published : dict of str to list of str
        `languages` and `formats` that the report is published in, and the `organisations` whose own reports
        are published beside it; empty where that is not known.
    draft : bool
        Whether it says that it has not been handed out.
    """

    title: dict[str, Any]
    sections: list[Section]
    language: Language
    setup: str = ""
    published: dict[str, list[str]] = field(default_factory=lambda: {key: [] for key in _PUBLISHED})
    draft: bool = False

    @property
    def lang(self) -> str:
        """Language code of the document."""
        return self.language.code

    def label(self, key: str, **values: Any) -> str:
        """Give a label of the document in its language."""
        return self.language.label(f"report.{key}", **values)

    def page(self, key: str) -> str:
        """Give a label of what the page offers to do."""
        return self.language.label(f"page.{key}")

    @property
    def union(self) -> str:
        """Whose report it is; empty where the data do not say."""
        return str(self.title["more"].get("union", ""))

    @property
    def languages(self) -> list[tuple[str, str]]:
        """The languages it is published in: code, and name in the language itself."""
        return [(code, language(code).label("page.name")) for code in self.published["languages"]]

    def file(self, block: dict[str, Any]) -> str:
        """Name the file that a block's data are taken as."""
        return f"{self.title['more']['code']}-{block['kind']}-{block['name']}-{self.lang}.csv"

    def code(self, block: dict[str, Any]) -> str:
        """Give the code that made a block, with what it needs before it."""
        return f"{self.setup}\n\n{block['source']}".strip()

    def on_paper(self) -> Outline:
        """Give the report as it is printed: without tables that fold away, and what only they show."""
        sections = [
            replace(s, blocks=[{**b} for b in s.blocks if not b.get("folded")]) for s in self.sections
        ]
        printed = replace(self, sections=sections)
        printed._number_entries()
        return printed

    def figures(self) -> list[dict[str, Any]]:
        """Give the figures in order."""
        return [b for s in self.sections for b in s.blocks if b["kind"] == "figure"]

    def cards(self) -> list[dict[str, Any]]:
        """Give the cards that have a spark, in order; each has its `place` among them."""
        blocks = (b for s in self.sections for b in s.blocks if b["kind"] == "cards")
        return [card for block in blocks for card in block["cards"] if card["svg"]]

    def numbers(self, figure: dict[str, Any]) -> dict[str, Any] | None:
        """Give the numbers of a figure as a table; None where one that folds away beside it has them."""
        if figure["number"] in self._folded:
            return None
        return numbers(figure, self._told, self.language)

    @cached_property
    def _folded(self) -> set[int]:
        return {b["number"] for s in self.sections for b in s.blocks if b.get("folded")}

    def entry(self, fact: str) -> str:
        """Give the address of what is told of a fact; empty where nothing is."""
        return f"#fact-{fact}" if fact in self._told else ""

    @cached_property
    def _told(self) -> dict[str, dict[str, Any]]:
        return {entry["id"]: entry for entry in self.entries()}

    def report(self, organisation: str) -> str:
        """Give the address of an organisation's own report; empty where none is published beside this one."""
        there = organisation in self.published["organisations"] and "html" in self.published["formats"]
        return f"../organisations/{organisation}/{self.lang}/report.html" if there else ""

    def facts(self) -> list[str]:
        """Give the ids of the facts shown, each once, in their order."""
        blocks = (block for section in self.sections for block in section.blocks)
        return list(dict.fromkeys(fact for block in blocks for fact in block.get("facts", [])))

    def printed(self) -> set[str]:
        """Give the ids of the facts whose numbers stand in a sentence or a table, not in a picture alone."""
        blocks = [block for section in self.sections for block in section.blocks]
        worded = {fact for b in blocks if b["kind"] != "figure" for fact in b.get("facts", [])}
        captions = (
            Inline.read(b[part]).facts for b in blocks if b["kind"] == "figure" for part in ("title", "note")
        )
        return worded | {fact for facts in captions for fact in facts}

    def entries(self) -> list[dict[str, Any]]:
        """Give the entries of the appendix: what each fact shown is."""
        return [e for s in self.sections for b in s.blocks if b["kind"] == "appendix" for e in b["entries"]]

    def parts(self) -> list[AppendixPart]:
        """Give the entries of the appendix by the section that first shows them; last those not shown."""
        first: dict[str, str] = {}
        for section in self.sections:
            for fact in (fact for block in section.blocks for fact in block.get("facts", [])):
                first.setdefault(fact, section.text)
        found: dict[str, AppendixPart] = {}
        for entry in self.entries():
            text = first.get(entry["id"], self.language.label("appendix.behind"))
            found.setdefault(text, AppendixPart(text, [])).entries.append(entry)
        return list(found.values())

    def _number_entries(self) -> None:
        """Put the entries of the appendix in the order in which their facts are shown."""
        for section in self.sections:
            for block in section.blocks:
                if block["kind"] == "appendix":
                    block["entries"] = arranged(block["told"], self.facts())


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
    numbers = {"figure": 0, "table": 0, "picture": 0, "grid": 0}
    for block in _blocks(notebook):
        kind = block["kind"]
        if kind == "heading" and block["level"] == 1:
            title = block
        elif kind == "heading":
            sections.append(Section(block["name"], block["text"]))
        elif kind != "nothing":
            if not sections:
                sections.append(Section("", ""))
            if block.get("folded"):
                _fold(block, sections[-1])
            if kind in numbers and not block.get("folded"):
                numbers[kind] += 1
                block["number"] = numbers[kind]
            if kind == "appendix":
                block["told"] = block["entries"]
            sections[-1].blocks.append(block)
    if title is None:
        return None
    about = notebook.metadata.get("aqparat", {})
    published, words = (
        {key: list(about.get(key, [])) for key in _PUBLISHED},
        language(title["more"]["language"]),
    )
    found = Outline(title, sections, words, _setup(notebook), published, bool(about.get("draft")))
    for place, card in enumerate(found.cards(), 1):
        card["place"] = place
    found._number_entries()
    return found


def _fold(table: dict[str, Any], section: Section) -> None:
    """Give a table that folds away the number of the figure it belongs to; without one it stays open."""
    before = next((b for b in reversed(section.blocks) if b["kind"] in ("figure", "table")), None)
    if before is None or (before["kind"] == "table" and not before["folded"]):
        table["folded"] = False
    else:
        table["number"] = before["number"]


def _setup(notebook: NotebookNode) -> str:
    """Give the code before the first block: the parameters the report was run with, and its imports."""
    cells = []
    for cell in notebook.cells:
        if any(MIME in output.get("data", {}) for output in cell.get("outputs", [])):
            break
        cells.append(cell)
    tags = [cell.metadata.get("tags", []) for cell in cells]
    injected = any("injected-parameters" in t for t in tags)
    kept = [c for c, t in zip(cells, tags, strict=True) if not (injected and "parameters" in t)]
    return "\n\n".join(cell.source.strip() for cell in kept)


def _blocks(notebook: NotebookNode) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found += own.written(cell)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if MIME in data:
                block = {**data[MIME], "source": cell.source}
                if "image/svg+xml" in data:
                    svg = data["image/svg+xml"]
                    block["svg"] = svg if isinstance(svg, str) else "".join(svg)
                found.append(block)
            else:
                found += own.shown(output)
    return found


def finished(notebook: NotebookNode, seen: Outline | None) -> None:
    """Refuse a notebook that is not whole.

    Parameters
    ----------
    notebook : NotebookNode
    seen : Outline or None
        Its outline.

    Raises
    ------
    UnfinishedError
        If a cell failed, some cells were run and others not, or the appendix was made before numbers that
        are shown now.
    """
    own_cells = [c for c in notebook.cells if "injected-parameters" not in c.metadata.get("tags", [])]
    code = [(n, c) for n, c in enumerate(own_cells, 1) if c.cell_type == "code" and c.source.strip()]
    for number, cell in code:
        for output in cell.outputs:
            if output.output_type == "error":
                reason = f"{output.ename}: {output.evalue}"
                message = f"Cell {number} of the notebook failed: {reason}"
                raise UnfinishedError(message, "notebook_failed", cell=number, reason=reason)
    if any(cell.get("execution_count") for _, cell in code):
        for number, cell in code:
            if not cell.get("execution_count"):
                message = f"Cell {number} of the notebook was not run"
                raise UnfinishedError(message, "notebook_unfinished", cell=number)
    if seen and any(b["kind"] == "appendix" for s in seen.sections for b in s.blocks):
        missing = sorted(set(seen.facts()) - {entry["id"] for entry in seen.entries()})
        if missing:
            message = f"The appendix lacks numbers shown: {', '.join(missing)}. Run its cell again."
            raise UnfinishedError(message, "notebook_appendix", facts=", ".join(missing))
