"""Prose: one template a section, rendered strictly; also the titles and notes of charts and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import SimpleNamespace
from typing import Any, cast

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateRuntimeError, pass_context
from jinja2.nativetypes import NativeEnvironment
from jinja2.runtime import Context

from aqparat import texts
from aqparat.data.origin import joined
from aqparat.data.prepare import Tables
from aqparat.metrics.facts import Fact, Facts
from aqparat.texts import narrative
from aqparat.words.compiled import COMPILED
from aqparat.words.extent import SECRET, TESTS, straddles
from aqparat.words.inline import Inline, spoken, text
from aqparat.words.language import Language
from aqparat.words.languages import language
from aqparat.words.prose import Draft, Passage
from aqparat.words.quotes import nested_inline

_FRAMES = ("organisations", "outlets", "indicators")  # the tables that name things


class Renderer:
    """Tells what sections hold, in one language.

    Parameters
    ----------
    tables : Tables
        Prepared tables: names are looked up in them.
    language : Language or str
        The language, or its code.
    facts : Facts, optional
        All facts of the report: what a fact is computed from, down to the raw rows that are cited.
    """

    def __init__(self, tables: Tables, language_: Language | str, facts: Facts | None = None) -> None:
        self.tables, self.facts = tables, Facts([]) if facts is None else facts
        self.language = language(language_) if isinstance(language_, str) else language_

    @cached_property
    def environment(self) -> NativeEnvironment:
        """The Jinja2 environment: an unknown name is an error, data stay values, phrases are known."""
        environment = _Environment(
            loader=FileSystemLoader(narrative(self.language.code)),
            undefined=StrictUndefined,
            finalize=_value,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=COMPILED,
            optimized=False,  # nothing is computed beforehand from this language's filters
        )
        environment.filters.update(
            self.language.filters(self.tables),
            sources=self._sources,
            inputs=lambda fact: [self.facts[name] for name in fact.inputs if name in self.facts],
        )
        environment.tests.update(TESTS, within_chance=self._within_chance, each_year=self.each_year)
        environment.globals["lone"] = self._is_lone
        phrases = environment.get_template("macros.j2").module
        environment.globals.update({k: v for k, v in vars(phrases).items() if not k.startswith("_")})
        return environment

    @property
    def _is_lone(self) -> bool:
        """Whether the union has one member organisation in the period: there is nobody to compare it with."""
        members = getattr(self.tables, "members", None)  # what draws has names alone
        return members is not None and len(members()) == 1

    @cached_property
    def of_names(self) -> Renderer:
        """What words numbers and names alone, and knows nothing else of the data: what draws has this."""
        known = {name: getattr(self.tables, name) for name in (*_FRAMES, "period", "settings")}
        return Renderer(cast(Tables, SimpleNamespace(**known)), self.language, _NoFacts([]))

    @cached_property
    def told(self) -> tuple[Any, ...]:
        """All that words of names and numbers depend on, but for what they are of."""
        frames = (getattr(self.tables, name).reset_index().to_dict("list") for name in _FRAMES)
        return self.language.code, texts.stamp(), self.tables.period, self.tables.settings, *frames

    def prose(self, name: str, section: Any, **more: Any) -> list[Passage]:
        """Render the prose of a section.

        Parameters
        ----------
        name : str
            Name of the section, as in `sections.CONTENTS`.
        section : object
            What that section's function returned.
        **more
            Further names the template uses.
        """
        template = self.environment.get_template(f"{name}.md.j2")
        values = template.new_context({"section": section, "period": self.tables.period, **more})
        draft = Draft(template.root_render_func(values))
        return [passage.each(self._spoken) for passage in draft.passages]

    def blocks(self, name: str, context: Mapping[str, Any]) -> dict[str, Inline]:
        """Render the blocks (title, alt, note) that belong to a chart or a table.

        Parameters
        ----------
        name : str
            Such as `charts/site_periods`.
        context : mapping
            Names the template uses.

        Returns
        -------
        dict of str to Inline
            By the name of the block; line breaks become spaces.
        """
        template: Template = self.environment.get_template(f"{name}.j2")
        values = template.new_context({"period": self.tables.period, **context})
        drafts = {block: Draft(render(values)) for block, render in template.blocks.items()}
        return {block: self._spoken(draft.inline) for block, draft in drafts.items()}

    def _sources(self, told: Any) -> Inline:
        """Return where facts, or raw rows, come from."""
        origins = (self.facts.origins(one) if isinstance(one, Fact) else [one] for one in _flat(told))
        return self.language.sources(self.tables, joined(origins))

    def each_year(self, fact: Fact) -> bool:
        """Return whether a source says of a figure that it is one of every year."""
        marks = self.tables.settings["sources"]["yearly"]
        said = self.tables.sources(self.facts.origins(fact))
        return any(mark in source for source in said for mark in marks)

    def _within_chance(self, growth: Fact) -> bool:
        """Return whether chance alone may explain a change: by the rate ratio of the same two windows."""
        ratio_id = growth.beside("rate_ratio")
        return ratio_id in self.facts and straddles(self.facts[ratio_id])

    def _spoken(self, words: Inline) -> Inline:
        return nested_inline(spoken(words, self.language.code))


def _flat(told: Any) -> Iterator[Fact | str]:
    """Walk facts and raw rows in lists of lists, passing over what is not there."""
    if isinstance(told, Fact | str):
        yield told
    elif told:
        for part in told:
            yield from _flat(part)


class _NoFacts(Facts):
    """Facts that nobody may ask for."""

    def __contains__(self, fact_id: object) -> bool:
        raise LookupError(f"{fact_id} is asked for while a chart is drawn: its section has to hold it")

    def origins(self, fact: Fact) -> list[str]:
        """Refuse to tell what a fact rests on."""
        raise LookupError(f"{fact.id} is to be cited while a chart is drawn: the words around it do that")


class BareNumberError(TemplateRuntimeError):
    """A template takes a number out of a fact, or shows one that no filter has worded."""


class _Environment(NativeEnvironment):
    """An environment whose templates and macros yield drafts, and have no numbers but in words."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute; of a fact not its numbers, which would lose their bounds."""
        if isinstance(obj, Fact) and attribute in SECRET:
            raise BareNumberError(
                f"{attribute} of {obj.id}: a template words a fact by a filter (fact|value) and asks of it "
                "by a test (fact is certain), so that no bound is lost"
            )
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item, or an attribute where there is no such item."""
        return self.getattr(obj, argument) if isinstance(obj, Fact) else super().getitem(obj, argument)

    @staticmethod
    def concat(values: Iterable[Any]) -> Draft:  # type: ignore[override]  # Jinja's gives a str
        """Put together what was yielded."""
        return Draft(values)


@pass_context  # so that Jinja leaves constants to it, and it can tell them from the template's own text
def _value(_: Context, put: Any) -> Draft | Inline:
    """Let what a template puts in stand for itself.

    Raises
    ------
    BareNumberError
        If it is a number, or a fact that no filter has worded.
    """
    if isinstance(put, int | float | Fact):
        raise BareNumberError(f"{put!r} is put into a text as it is: a filter has to word it")
    return put if isinstance(put, Draft | Inline) else text(str(put))
