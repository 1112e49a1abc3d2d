"""The spark of a card of the first page, and what it shows in words."""

from __future__ import annotations

from dataclasses import dataclass

from aqparat.sections.cards import Card
from aqparat.spark import drawn
from aqparat.words.renderer import Renderer


@dataclass(frozen=True)
class Spark:
    """A spark as SVG and what it shows in words; both empty where there is none."""

    svg: str = ""
    alt: str = ""


def spark_of(card: Card, renderer: Renderer) -> Spark:
    """Return the spark of a card."""
    language = renderer.language
    svg = drawn(card.course, card.compared.then if card.compared else None)
    told = [f"{language.window(f.window, 'short')}: {language.count(f)}" for f in card.course]
    return Spark(svg, "; ".join(told)) if svg else Spark()
