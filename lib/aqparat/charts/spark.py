"""A spark: a small line over all periods, the last of them with a dot; of a card of the first page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aqparat.metrics.facts import Fact
from aqparat.palette import LIGHT
from aqparat.sections.cards import Card
from aqparat.words.renderer import Renderer

WIDTH, HEIGHT, EDGE, DOT = 120.0, 28.0, 4.0, 3.0


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


def drawn(course: Sequence[Fact], earlier: Fact | None = None) -> str:
    """Return the line of some figures as SVG; empty where there is none to draw.

    Parameters
    ----------
    course : sequence of Fact
        Of periods of one length, earliest first. One that has no number parts the line.
    earlier : Fact, optional
        The one that the last is compared with: an open dot.

    Returns
    -------
    str
        Empty where fewer than three numbers are known, or all are the same. Its zero is not its foot: it
        shows the way, not the size.
    """
    known = [(place, fact.value) for place, fact in enumerate(course) if fact.value is not None]
    values = [value for _, value in known]
    if len(known) < 3 or min(values) == max(values) or course[-1].value is None:
        return ""
    least, span = min(values), max(values) - min(values)
    step = (WIDTH - 2 * EDGE) / (len(course) - 1)
    at = {
        place: (EDGE + place * step, HEIGHT - EDGE - (value - least) / span * (HEIGHT - 2 * EDGE))
        for place, value in known
    }
    main, paper = LIGHT["main"], LIGHT["paper"]
    lines = "".join(
        f'<polyline class="line" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in run)}" fill="none" '
        f'stroke="{main}" stroke-width="1.6" stroke-linejoin="round"/>'
        for run in _runs(at, len(course))
    )
    dots = ""
    if earlier in course[:-1] and (place := list(course).index(earlier)) in at:  # type: ignore[arg-type]
        dots += _dot(at[place], f'class="open" fill="{paper}" stroke="{main}" stroke-width="1.4"')
    dots += _dot(at[len(course) - 1], f'class="last" fill="{main}"')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" '
        f'width="{WIDTH:.0f}" height="{HEIGHT:.0f}">{lines}{dots}</svg>'
    )


def _runs(at: dict[int, tuple[float, float]], length: int) -> list[list[tuple[float, float]]]:
    """Return the points of each unbroken piece of the line."""
    runs: list[list[tuple[float, float]]] = [[]]
    for place in range(length):
        if place in at:
            runs[-1].append(at[place])
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]


def _dot(at: tuple[float, float], style: str) -> str:
    return f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{DOT:g}" {style}/>'
