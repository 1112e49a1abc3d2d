"""Blocks as a person sees them who runs a report's notebook in JupyterLab: as in the page, each number opens.

HTML beside what a block holds for the exporters, and only there: what is published is run without it and
stays small. Each output brings all it needs: its words, what its numbers are, down to the raw rows, and the
script by which they open. Where JupyterLab does not trust a notebook it takes the script out; the words stay.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from markupsafe import Markup

from aqparat.blocks import MIME, Block
from aqparat.markup import hypertext
from aqparat.markup.picture import picture, small
from aqparat.metrics.facts import Fact
from aqparat.words import appendix
from aqparat.words.appendix import Entry, Source
from aqparat.words.inline import Inline
from aqparat.words.renderer import Renderer


class LivePage:
    """What shows the blocks of one report.

    Parameters
    ----------
    renderer : callable
        Gives the report's renderer, once it is asked for.
    mark : str
        What is to be in sight at every section: the period, and that data are invented.
    """

    def __init__(self, renderer: Callable[[], Renderer], mark: str) -> None:
        self._renderer, self._mark = renderer, mark
        self._entries: dict[str, Any] = {}

    def __call__(self, block: Block) -> str | None:
        """Return a block as HTML; None where it is shown as it is everywhere."""
        bundle = block._repr_mimebundle_()
        told = bundle[MIME]
        shown = _SHOWN.get(told["kind"])
        if shown is None:
            return None
        words = shown(self, told, bundle)
        language = self._renderer().language
        page, packed = _packed(self._entries_of(told["facts"]))
        script = _script(language.labels["page"], page, packed) if told["facts"] else ""
        return f'<div class="aqparat" lang="{language.code}" data-page="{page}">{words}</div>{script}'

    def _entries_of(self, shown: Sequence[str]) -> dict[str, Any]:
        """Give what is told of facts, and of all that they come from."""
        renderer = self._renderer()
        self._entries |= _told((renderer.facts[f] for f in shown if f not in self._entries), renderer)
        reached = dict.fromkeys(shown)
        level = list(reached)
        while level:
            level = [i for f in level for i in self._entries[f]["i"] if i not in reached]
            reached.update(dict.fromkeys(level))
        return {fact: self._entries[fact] for fact in reached}

    def _heading(self, told: Mapping[str, Any], _: Mapping[str, Any]) -> str:
        more, level = told["more"], told["level"]
        title = f"<h{level}>{escape(told['text'], quote=False)}</h{level}>"
        if level > 1:
            return f'{title}<p class="mark">{escape(self._mark)}</p>'
        mark = f'<p class="synthetic">{escape(more["synthetic"])}</p>' if more.get("synthetic") else ""
        below = [hypertext.inline(more["period"]), Markup.escape(more.get("union", ""))]
        return f"{mark}{title}" + "".join(f'<p class="below">{words}</p>' for words in below if words)

    def _prose(self, told: Mapping[str, Any], _: Mapping[str, Any]) -> str:
        return hypertext.prose(told["passages"], _address)

    def _cards(self, told: Mapping[str, Any], _: Mapping[str, Any]) -> str:
        def part(card: Mapping[str, Any], name: str) -> str:
            return f'<span class="{name}">{_inline(card[name])}</span>' if card[name] else ""

        cards = (
            "<li>"
            + "".join(part(card, name) for name in ("value", "what", "when", "before"))
            + (small(dict(card)) if card["svg"] else "")
            + part(card, "change")
            + "</li>"
            for card in told["cards"]
        )
        return f'<ul class="cards">{"".join(cards)}</ul>{_note(told)}'

    def _figure(self, told: Mapping[str, Any], bundle: Mapping[str, Any]) -> str:
        svg = picture({**told, "svg": bundle["image/svg+xml"]})
        return f"<figure><figcaption>{_inline(told['title'])}</figcaption>{svg}{_note(told)}</figure>"

    def _table(self, told: Mapping[str, Any], _: Mapping[str, Any]) -> str:
        kinds = [' class="number"' if numeric else "" for numeric in told["numeric"]]
        columns = zip(kinds, told["columns"], strict=True)
        head = "".join(f'<th scope="col"{kind}>{escape(name)}</th>' for kind, name in columns)
        rows = ""
        for first, *others in told["rows"]:
            cells = zip(kinds[1:], others, strict=True)
            rest = "".join(f"<td{kind}>{_inline(cell)}</td>" for kind, cell in cells)
            rows += f'<tr><th scope="row"{kinds[0]}>{_inline(first)}</th>{rest}</tr>'
        caption = f"<caption>{_inline(told['title'])}</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{_note(told)}"


_SHOWN: dict[str, Callable[[LivePage, Mapping[str, Any], Mapping[str, Any]], str]] = {
    "heading": LivePage._heading,
    "prose": LivePage._prose,
    "answer": LivePage._prose,
    "cards": LivePage._cards,
    "figure": LivePage._figure,
    "table": LivePage._table,
}  # the appendix stays Markdown: its entries are what the numbers open


def _told(facts: Iterable[Fact], renderer: Renderer) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give what is told of facts and those they come from: title, value, rows of label and words, inputs."""
    listed = appendix.entries(facts, renderer, renderer.facts)
    labels = renderer.language.labels["appendix"]
    for entry in listed:
        inputs = [listed[place] for place in entry.inputs]
        rows = [(escape(labels[name]), words) for name, words in _rows(entry, inputs, renderer) if words]
        title, value = hypertext.inline(entry.title), hypertext.inline(entry.value)
        yield entry.id, {"t": title, "v": value, "r": rows, "i": [each.id for each in inputs]}


def _rows(entry: Entry, inputs: Sequence[Entry], renderer: Renderer) -> Iterator[tuple[str, str]]:
    """Give the parts of what is told of a number: name of the label, and HTML, perhaps empty."""
    yield "own", "<br>".join(_inline(words) for words in (entry.own, entry.own_bounds) if words)
    yield "inputs", _inputs(inputs)
    yield "bounds", "; ".join(hypertext.inline(words) for words in (entry.limits, entry.interval) if words)
    yield "period", hypertext.inline(entry.period)
    yield "sources", "<br>".join(_source(source, renderer) for source in entry.sources)
    yield "metric", escape(entry.metric)
    yield "formula", hypertext.formula(entry.formula)


def _inputs(inputs: Iterable[Entry]) -> str:
    """List what a number is computed from; of several of a series the next ones say only whose they are."""
    lines, before = "", Inline()
    for entry in inputs:
        told = entry.who if entry.who and entry.series == before else entry.title
        address, value = escape(_address(entry.id)), hypertext.inline(entry.value)
        lines += f'<li><a class="trace" href="{address}">{value}</a> {hypertext.inline(told)}</li>'
        before = entry.series
    return f"<ul>{lines}</ul>" if lines else ""


def _source(source: Source, renderer: Renderer) -> str:
    label = renderer.language.label
    sheet = f", {label('appendix.sheet', sheet=source.sheet)}" if source.sheet else ""
    rows = label("appendix.row" if source.rows.isdigit() else "appendix.rows", rows=source.rows)
    return escape(f"{source.file}{sheet}: {rows}")


def _address(fact: str) -> str:
    return f"#fact-{fact}"


def _inline(words: Inline | Sequence[Any]) -> str:
    return hypertext.inline(words, _address)


def _note(told: Mapping[str, Any]) -> str:
    return f'<p class="note">{_inline(told["note"])}</p>' if told["note"] else ""


def _packed(entries: Mapping[str, Any]) -> tuple[str, str]:
    """Return what numbers are, packed, since they say much alike; and a name for it."""
    told = {fact: {key: entry[key] for key in ("t", "v", "r")} for fact, entry in entries.items()}
    packed = gzip.compress(json.dumps(told, ensure_ascii=False).encode("utf-8"), mtime=0)
    return hashlib.sha256(packed).hexdigest()[:12], base64.b64encode(packed).decode("ascii")


def _script(labels: Mapping[str, str], page: str, packed: str) -> str:
    """Return the script of an output."""
    words = {name: labels[name] for name in ("close", "back")}
    given = json.dumps([words, _part("live.css"), [page, packed]], ensure_ascii=False).replace("<", "\\u003c")
    return f"<script>({_part('live.js').strip()})(...{given});</script>"


@cache
def _part(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
