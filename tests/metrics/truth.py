"""Counts that are known exactly, and what a source may say of them: the oracle of many tests.

Many unions are drawn at once, each in a year of its own, since one call of a metric takes them all.
"""

from dataclasses import dataclass
from random import Random

from aqparat.data.schemas import QUALIFIERS

MEMBERS = ("AKM", "AKT", "ATY", "KUS")
ANY = (*QUALIFIERS, None)  # None: not reported


@dataclass(frozen=True)
class Union:
    """The true counts of a union by organisation, and lines in which a source tells of them."""

    counts: dict[str, int]
    lines: tuple[str, ...]

    @property
    def members(self) -> list[int]:
        return [self.counts[code] for code in MEMBERS]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def unions(by_member=ANY, by_total=ANY, head_office=300, number=50):
    """Draw unions by year; each count is told in a way that is true of it, or not at all."""
    random = Random(2017)
    return {
        year: _union(random, year, by_member, by_total, head_office) for year in range(1950, 1950 + number)
    }


def text(drawn):
    """Give all the lines that tell of the unions."""
    return "\n".join(line for union in drawn.values() for line in union.lines)


def _union(random, year, by_member, by_total, head_office):
    most = random.choice([3, 300])
    counts = {code: random.randint(0, most) for code in MEMBERS}
    counts["CEN"] = random.randint(0, min(most, head_office))
    asked = [*((code, counts[code], by_member) for code in MEMBERS)]
    asked.append(("TOTAL", sum(counts.values()), by_total))
    told = [(code, say(random, count, random.choice(how))) for code, count, how in asked]
    return Union(counts, tuple(f"copies {c} bilimdi-el {year} {said}" for c, said in told if said))


def say(random, count, qualifier):
    """Say a count in a way that is true of it; nothing if that cannot be done."""
    gap = random.randint(0, 3)
    stated = {
        "more_than": count - 1 - gap,
        "at_least": count - gap,
        "at_most": count + gap,
        "less_than": count + 1 + gap,
        "about": random.uniform(count / 1.05, count / 0.95),
    }.get(qualifier, count)
    return "" if qualifier is None or stated < 0 else f"{stated} {qualifier}"


def holds(row, truth):
    """Tell whether the truth lies within the bounds of a figure."""
    return row.low - 1e-9 <= truth <= row.high + 1e-9
