"""A report from nothing: this program, the other ways, and the floor of what must be imported."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bench.measured import Case, Claim, Measured, against, alternate
from bench.ways import Way, blocks, facts, floor, ways
from bench.workplace import Workplace

PREPARED = "data/processed"


def measure(place: Workplace, tell: Callable[[str], None]) -> Measured:
    """Run each way with nothing prepared and with the data prepared."""
    compared = ways(place)
    cases = [Case("floor: the imports", [floor(place)])]
    for way in compared:
        cases += [_case(way, place, "cold", PREPARED), _case(way, place, "data prepared")]
    every = place.report("2017H1")
    cases.append(Case("aqparat report, three languages, HTML and PDF, cold", [every],
                      partial(place.without, "out", PREPARED)))  # fmt: skip
    alternate(cases, place, tell)
    base, cold, _, naive, again, *_, whole = cases
    thrice = naive.seconds + 2 * again.seconds  # the second and third run find the data prepared
    claims = [
        Claim("cold, one language, HTML ÷ floor", cold.seconds / base.seconds, 1.7),
        Claim("cold, one language, HTML ÷ naive", cold.seconds / naive.seconds, 0.45),
        Claim(
            "cold, three languages, HTML and PDF ÷ three naive runs (HTML only)", whole.seconds / thrice, 0.35
        ),
    ]
    notes = [same(compared, place)]
    return against(cases, {"floor": base.seconds, "naive": naive.seconds}, claims, notes)


def _case(way: Way, place: Workplace, state: str, *gone: str) -> Case:
    return Case(f"{way.name}, {state}", way.commands, partial(place.without, *way.made, *gone))


def same(compared: list[Way], place: Workplace) -> str:
    """Return a sentence that all ways show the same.

    Raises
    ------
    ValueError
        If one does not.
    """
    first, *others = ([*blocks(place.folder / way.executed)] for way in compared)
    for way, other in zip(compared[1:], others, strict=True):
        if other != first:
            raise ValueError(f"{way.name} shows something else than {compared[0].name}")
    return f"All ways show the same {len(first)} blocks, with the same values of {facts(first)} facts."
