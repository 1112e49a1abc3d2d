"""What a report says, sentence by sentence, and what is left of a sentence without its names and numbers."""

import re
from collections.abc import Iterator
from functools import cache

from aqparat.blocks import Answer, Figure, Heading, Prose, TableBlock
from aqparat.words.inline import Inline

ENDS = re.compile(r"(?<=[.!?…])[ \n]+(?=[\W\d]*[^\W\d_])")  # of a sentence; not the space of «г. Алматы»
FORMS = ("name", "full", "genitive", "dative", "accusative", "locative", "ablative", "instrumental")
ONE = r"N(?:-[а-яәіңғүұқөһ]+)?(?: \([^()]*\))?"  # a name, and what stands in brackets behind it
SEVERAL = re.compile(rf"{ONE}(?:(?:, | and | и | және |; ){ONE})+")
LEAST = 3  # words: what is shorter is no sentence with a pattern, but a name at the head of one


def said(block) -> Iterator[tuple[str, Inline]]:
    """Give what a block says in sentences: the kind of a passage, or title, and the words, in their order."""
    match block:
        case Prose() | Answer():
            for passage in block.passages:
                yield from ((passage.kind, item) for item in passage.items)
        case Figure():
            yield "title", block.chart.title
        case TableBlock():
            yield "title", block.table.title


def sentences(words: str) -> list[str]:
    """Part words into sentences."""
    return [s.replace("\u00a0", " ") for s in ENDS.split(words.strip()) if s]


def skeleton(words: Inline, report) -> str:
    """Give what is left of words without their numbers (#), times (@) and names (N)."""
    mask = {True: "#", False: "@"}
    kept = "".join(
        mask[bool(p.fact)] if p.fact or p.day else "N" if p.lang or p.role else p.text for p in words.parts
    )
    kept = _names(report.renderer).sub("N", kept)
    return SEVERAL.sub("N", re.sub(r"«N»|“N”", "N", kept))


def has_pattern(bones: str) -> bool:
    """Return whether so much is left of a sentence that it is one."""
    return len(re.findall(r"[^\W\d_]{2,}", bones)) >= LEAST


def runs(patterns: list[str]) -> Iterator[tuple[str, int]]:
    """Give each pattern that follows itself, and how many times it stands in a row."""
    before, times = "", 0
    for pattern in [*patterns, ""]:
        if pattern == before:
            times += 1
            continue
        if before:
            yield before, times
        before, times = pattern, 1


@cache
def _names(renderer) -> re.Pattern[str]:
    """Match the names of organisations, in all cases, and of outlets."""
    tables, language = renderer.tables, renderer.language
    found = {str(language.outlet(tables, code)) for code in tables.outlets.index}
    for code in [*tables.organisations.index, "TOTAL"]:
        for form in FORMS:
            try:
                found.add(str(language.organisation(tables, code, form)))
            except (KeyError, ValueError):  # a case that the language does not have
                continue
    found |= {name[:1].upper() + name[1:] for name in found}
    longest = sorted(filter(None, found), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")


def in_sections(blocks) -> Iterator[tuple[str, list]]:
    """Give the blocks of each section, by its name."""
    section, own = "", []
    for block in blocks:
        if isinstance(block, Heading):
            yield section, own
            section, own = block.name, []
        else:
            own.append(block)
    yield section, own
