"""The cards of the first page in words: each a figure, what it counts, the period before, the change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aqparat.metrics.facts import Fact
from aqparat.words import inline
from aqparat.words.extent import extent
from aqparat.words.inline import Inline, capitalised, filled
from aqparat.words.renderer import Renderer

if TYPE_CHECKING:
    from aqparat.sections.cards import Card, Cards
    from aqparat.sections.comparison import Comparison

NOTHING = Inline()


@dataclass(frozen=True)
class Shown:
    """A card ready to be shown.

    Parameters
    ----------
    value, what, when : Inline
        The number, what it counts where, and of which period.
    before, change : Inline
        The number of the period before and the change on it; empty where they cannot be compared.
    """

    value: Inline
    what: Inline
    when: Inline
    before: Inline
    change: Inline

    @property
    def row(self) -> list[Inline]:
        """The card as a row of a table."""
        return [self.what, self.when, self.value, self.before, self.change]


@dataclass(frozen=True)
class ShownCards:
    """The cards ready to be shown; `columns` head them as a table."""

    title: Inline
    columns: list[str]
    cards: list[Shown]
    note: Inline


def worded(section: Cards, renderer: Renderer) -> ShownCards:
    """Put the key figures into words."""
    language = renderer.language
    note = language.label("card.at_least") if section.gaps else ""
    columns = [language.label(f"column.{c}") for c in ("what", "window", "value", "before", "growth")]
    cards = [_card(card, renderer) for card in section.cards]
    return ShownCards(inline.text(language.label("card.title")), columns, cards, inline.text(note))


def _card(card: Card, renderer: Renderer) -> Shown:
    language, fact, compared = renderer.language, card.fact, card.compared
    return Shown(
        value=language.count(fact),
        what=named(fact, renderer),
        when=language.window(fact.window, "short"),
        before=_before(compared, renderer) if compared else NOTHING,
        change=_change(compared, renderer) if compared else NOTHING,
    )


def named(fact: Fact, renderer: Renderer) -> Inline:
    """Return what a key figure counts: copies of a paper, items in newspapers."""
    language = renderer.language
    key = "card.items" if fact.indicator == "publications" else f"card.{fact.indicator}"
    if fact.outlet:
        name = renderer.tables.outlets.loc[fact.outlet]
        if key == "card.items" and name["channel"] == "website":
            return inline.text(language.label("card.site"))
        paper = language.outlet(renderer.tables, fact.outlet)
        return capitalised(filled(language.label(f"{key}_of"), outlet=paper))
    where = f"card.{fact.indicator}_{fact.channel}" if fact.channel else key
    return inline.text(language.label(f"{where}_common" if fact.metric == "common_total" else where))


def _before(compared: Comparison, renderer: Renderer) -> Inline:
    """Return the number before with its period: 218 a year ago, 13,737 in 2018."""
    language, then = renderer.language, compared.then
    period = then.window.period
    if period and period.is_half:
        return filled(language.label("card.ago"), number=language.count(then))
    when = language.window(then.window)
    return filled(language.label("card.in_year"), number=language.count(then), when=when)


def _change(compared: Comparison, renderer: Renderer) -> Inline:
    """Return the change, and that chance may explain it where it may."""
    language = renderer.language
    if extent(compared.growth).manner == "unknown":
        return NOTHING
    told = language.change(compared.growth)
    return filled(language.label("card.chance"), change=told) if compared.weight == "chance" else told
