"""Organisations and channels: who has how much where; what was not reported is no zero."""

from __future__ import annotations

from aqparat.charts.marks import Named
from aqparat.charts.matrix import Line, matrix
from aqparat.explore.answer import Answer
from aqparat.explore.known import Known
from aqparat.explore.making import MOST, Drawn, answer, shown, size, titled
from aqparat.metrics.facts import Fact

COLUMNS = 8  # channels that fit beside each other


def channels(known: Known) -> Answer:
    """Tell what every organisation has in each channel: the greatest part in all of them first."""
    table = {place: known.current(place) for place in known.places}
    table = {place: own for place, own in table.items() if own or known.mentioned(place)}
    codes = [c for c in known.organisations if c in known.members or any(c in own for own in table.values())]
    part = dict.fromkeys(codes, 0.0)
    for own in table.values():
        most = max(map(size, own.values()), default=0) or 1
        for code, fact in own.items():
            part[code] += size(fact) / most
    told = {code for own in table.values() for code in own}
    listed = {code for place in table for code in known.mentioned(place)}
    codes.sort(key=lambda c: (c not in told, -part[c], c not in listed, known.alphabet(c)))
    wide = sorted(table, key=lambda place: -len(table[place]))[:COLUMNS]
    columns = [place for place in table if place in wide]  # in the order of the lists
    lines = codes[:MOST]
    named = {place: known.mentioned(place) for place in table}
    rows = [
        [
            known.name(c),
            *(
                known.label("ask.named") if c in named[p] and c not in own else shown(known, own.get(c))
                for p, own in table.items()
            ),
        ]
        for c in codes
    ]

    def draw() -> Drawn:
        heads = [known.named(place) for place in columns]
        drawn = []
        for code in lines:
            name = known.name(code)
            cells = [
                Named(
                    table[p].get(code), [name, head],
                    f"({known.label('ask.named')})" if code in named[p] and code not in table[p] else "",
                )
                for p, head in zip(columns, heads, strict=True)
            ]  # fmt: skip
            drawn.append(Line(name, cells))
        return matrix(heads, drawn, known.renderer)

    left = []
    if len(lines) < len(codes):
        left.append(_less(known, "left_out", len(codes), len(lines)))
    if len(columns) < len(table):
        left.append(_less(known, "left_channels", len(table), len(columns)))
    facts: list[Fact] = [own[c] for c in codes for own in table.values() if c in own]
    facts += [total for place in table if named[place] and (total := known.total(place))]
    when = str(known.language.window(known.period.window, "name"))
    headings = [known.label("column.organisation"), *map(known.named, table)]
    members = [c for c in known.members if c in told]
    seen = {f.organisation for f in facts if f.high != 0}.union(*named.values())
    return answer(
        known, "channels", titled(known, "channels", when), facts, headings, rows,
        draw if columns else None, " ".join(left),
        told=members,
        only_named=[c for c in known.members if c in listed and c not in told],
        untold=[c for c in known.members if c not in told and c not in listed],
        channels=list(table),
        nothing=[c for c in members if c not in seen],
    )  # fmt: skip


def _less(known: Known, key: str, every: int, drawn: int) -> str:
    number = known.language.number
    return known.label(f"ask.{key}", left=number(every - drawn), all=number(every))
