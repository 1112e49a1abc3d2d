"""The face of the library in a notebook: a report, whose sections are shown one call at a time."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

from aqparat import charts
from aqparat.blocks import Answer, Appendix, CardsBlock, EmptyBlock, Figure, Heading, Prose, TableBlock
from aqparat.charts.spark import spark_of
from aqparat.data.quality.findings import amount
from aqparat.data.reading.files import batch_of, find
from aqparat.data.store import Store
from aqparat.memory import recalled
from aqparat.metrics import store as fact_store
from aqparat.metrics.facts import Facts
from aqparat.period import Period
from aqparat.problem import ParameterError, unknown
from aqparat.sections import CONTENTS, OWN, ReportData
from aqparat.sections.answers import ANSWERS
from aqparat.sections.extract import NAMES, Extract, extract
from aqparat.sections.views import VIEWS
from aqparat.words import appendix
from aqparat.words.cards import worded as worded_cards
from aqparat.words.errors import worded
from aqparat.words.inline import Inline, capital
from aqparat.words.jupyter import is_live
from aqparat.words.languages import language as language_of
from aqparat.words.renderer import Renderer
from aqparat.words.tables import TABLES

Value = TypeVar("Value")
Block = TypeVar("Block", Prose, Answer, CardsBlock, Figure, TableBlock)


class Report:
    """The report of a period in one language.

    Parameters
    ----------
    period : str or Period
        Such as `2017H1`.
    language : str
        `kk`, `ru` or `en`.
    data : str or Path
        The data folder.
    organisation : str, optional
        Code of the organisation whose own report it is, or `first` for the first member; the whole
        union's by default.
    revisions : sequence of mapping
        Figures as first published, where the raw data were corrected since (`revisions.json`).

    Raises
    ------
    DataError, DataFolderError, PeriodError
        As `aqparat.load`; also where nothing was handed in for the period itself. In a notebook they are
        sentences in the language of the report.
    ParameterError
        If there is no such organisation.

    Examples
    --------
    >>> report = Report("2017H1", language="kk")  # doctest: +SKIP
    >>> report.prose("site")  # doctest: +SKIP
    """

    def __init__(
        self,
        period: str | Period,
        language: str = "kk",
        data: str | Path = "data",
        organisation: str | None = None,
        revisions: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        with worded(language):
            for name, value in (("period", str(period)), ("language", language), ("data", str(data))):
                if not isinstance(value, str):
                    raise ParameterError(
                        f"Parameter {name!r} is {value!r}: expected text.",
                        "wrong_type",
                        name=name,
                        found=repr(value),
                        expected="str",
                    )
            check_parameters(
                "period", "language", "data", "revisions", *(["organisation"] if organisation else [])
            )
            batch_of(find(data), Period.parse(period))
            store = Store.open(period, data)
            known = store.tables.organisations.index
            if organisation == "first":
                organisation = next(iter(store.tables.members()), None)
            if organisation is not None and organisation not in known:
                raise unknown("organisation", organisation, known)
            self._words = language_of(language)
        self.data = recalled(
            ("report", store.folder, store.stamp, organisation, json.dumps(revisions, sort_keys=True)),
            lambda: ReportData(store.tables, fact_store.facts(store, organisation), revisions),
        )
        self.organisation = organisation
        self._is_whole = organisation is None  # its words may know of all data
        self._shown: dict[str, None] = {}  # ids of the facts in all blocks shown so far
        self._page = self._live_page()

    @cached_property
    def renderer(self) -> Renderer:
        """What puts it into words; for an organisation's own report it knows only the extract."""
        if self.organisation is None:
            return self._whole()
        extracted = self._extract
        return Renderer(extracted.tables, self._words, extracted.facts)

    @property
    def facts(self) -> Facts:
        """Every number of the report."""
        return self.data.facts

    @property
    def evidence(self) -> ReportData:
        """What sections take from, by the name it had before it was `data`: analysts' notebooks use it."""
        return self.data

    def title(self) -> Heading:
        """Return the title, the period and whose report it is."""
        language, tables, period = self.renderer.language, self.renderer.tables, self.data.period
        more: dict[str, Inline | str] = {
            "period": language.window(period.window, "name"),
            "union": language.union(tables.union),
            "language": language.code,
            "code": str(period),
            "synthetic": language.label("report.synthetic") if tables.synthetic else "",
        }
        if self.organisation is None:
            return Heading("title", 1, language.label("report.title"), more).shown_by(self._page)
        name = str(language.organisation(tables, self.organisation, "full"))
        title = language.label("report.own_title", organisation=capital(name))
        return Heading("title", 1, title, more).shown_by(self._page)

    def heading(self, name: str) -> Heading | EmptyBlock:
        """Return the heading of a section; nothing where it has nothing to say."""
        if self._is_left_out(name):
            return EmptyBlock()
        return Heading(name, 2, self.renderer.language.label(f"section.{name}"), {}).shown_by(self._page)

    def prose(self, name: str) -> Prose | EmptyBlock:
        """Return what a section has to say."""
        if self._is_left_out(name):
            return EmptyBlock()
        section = self.section(name)  # first of all: one of the whole union's report asks for all data
        more: dict[str, Any] = {"view": self._of_own if self._is_own(name) else self.section}
        if name == "notes":
            more |= {
                "highlights": self.data.highlights("note"),
                "warnings": amount(self.data.tables.warnings),
            }
            more |= {"shown": [self.facts[fact_id] for fact_id in self._shown]}
        if name == "method":  # it tells what the blocks before it have used; alone, what all may use
            used = [self.facts[fact_id] for fact_id in self._shown] or self.facts
            more |= {"used": {fact.metric for fact in used}}
        return self._remembered(Prose(name, self.renderer.prose(name, section, **more)))

    def answer(self, name: str) -> Answer:
        """Return an answer of the first page (`aqparat.sections.answers.ANSWERS`)."""
        if name not in ANSWERS:
            raise unknown("section", name, ANSWERS)
        section = self.section(f"answer_{name}")
        passages = self.renderer.prose(f"answers/{name}", section, view=self.section)
        return self._remembered(Answer(name, passages))

    def cards(self, name: str) -> CardsBlock | EmptyBlock:
        """Return a view as cards; nothing where the data do not support it."""
        section = self.section(name)
        if section is None:
            return EmptyBlock()
        sparks = [spark_of(card, self.renderer) for card in section.cards]
        return self._remembered(CardsBlock(name, worded_cards(section, self.renderer), sparks))

    def chart(self, name: str, of: str) -> Figure | EmptyBlock:
        """Return a chart of a section or a view; nothing where the data do not support it."""
        section = self.section(of)
        drawn = None if section is None else getattr(charts, name)(section, self.renderer)
        return self._remembered(Figure(drawn)) if drawn else EmptyBlock()

    def table(self, name: str, of: str) -> TableBlock | EmptyBlock:
        """Return a table of a section or a view; nothing where the data do not support it."""
        section = self.section(of)
        made = None if section is None else TABLES[name](section, self.renderer)
        return self._remembered(TableBlock(made)) if made else EmptyBlock()

    def appendix(self) -> Appendix:
        """Return what the numbers in all blocks shown so far are, how they are made, where they come from.

        The exporters put them in the order of the notebook and leave out what it does not show any more, so
        it does no harm to show a block twice or in another order.
        """
        known = self.renderer.facts
        entries = appendix.entries([known[fact_id] for fact_id in self._shown], self.renderer, known)
        files = appendix.files(entries, self.renderer.tables.files)
        return Appendix(entries, self.renderer.language.labels["appendix"], files)

    def _live_page(self) -> Callable[[Any], str | None] | None:
        """Return what shows blocks as in the page, where a person has opened the notebook."""
        if not is_live():
            return None
        from aqparat.markup.live import LivePage

        language, tables = self._words, self.data.tables
        marks = [str(language.window(self.data.period.window, "short"))]
        marks += [language.label("report.synthetic")] if tables.synthetic else []
        return LivePage(lambda: self.renderer, " · ".join(marks))

    def _remembered(self, block: Block) -> Block:
        """Remember the facts that a block shows."""
        self._shown.update(dict.fromkeys(block.facts))
        return block.shown_by(self._page)

    def _is_left_out(self, name: str) -> bool:
        """Return whether there is no revision to tell, or no data for a view."""
        return not self.section(name) if name == "revisions" or name in VIEWS else False

    def _is_own(self, name: str) -> bool:
        """Return whether it is a section of an organisation's own report."""
        return self.organisation is not None and name in NAMES

    def _of_own(self, name: str) -> Any:
        """Return what another section of an organisation's own report holds."""
        if name not in NAMES:
            raise unknown("section", name, NAMES)
        return self.section(name)

    def _whole(self) -> Renderer:
        return Renderer(self.data.tables, self._words, self.data.facts)

    @property
    def _extract(self) -> Extract:
        return self._gathered("", lambda: extract(self.data, str(self.organisation)))

    def section(self, name: str) -> Any:
        """Return what a section is made from."""
        if self._is_own(name):
            return self._extract.sections[name]
        if self.organisation is not None and not self._is_whole:
            self.renderer, self._is_whole = self._whole(), True
        return self._gathered(name, lambda: self._section(name))

    def _gathered(self, name: str, make: Callable[[], Value]) -> Value:
        """Return what has been gathered from the data under a name, by a report in whatever language."""
        gathered = self.data.gathered
        if name not in gathered:
            gathered[name] = make()
        return cast(Value, gathered[name])

    def _section(self, name: str) -> Any:
        if name in CONTENTS:
            return CONTENTS[name](self.data)
        if self.organisation is not None and name in OWN:
            return OWN[name](self.data, self.organisation)
        if name in VIEWS and not VIEWS[name].is_own:
            return VIEWS[name].of(self.data)
        raise unknown("section", name, CONTENTS)


def check_parameters(*known: str) -> None:
    """Refuse a parameter that papermill has injected and the notebook does not have.

    papermill itself only warns. Outside a notebook there is nothing to check.

    Raises
    ------
    ParameterError
        With the nearest name that the notebook has.
    """
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    cells = shell.user_ns.get("In", []) if shell else []
    for cell in cells:
        if cell.startswith("# Parameters"):  # the mark that papermill puts on what it injects
            names = [
                t.id
                for node in ast.parse(cell).body
                if isinstance(node, ast.Assign)
                for t in node.targets
                if isinstance(t, ast.Name)
            ]
            for name in names:
                if name not in known:
                    raise unknown("parameter", name, known)
