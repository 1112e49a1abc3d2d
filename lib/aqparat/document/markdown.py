"""Markdown and the inline form of text to Typst, with nothing in them that could be Typst markup."""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from typing import Any

import mistune

from aqparat.legible import drawable, legible

_LONG = re.compile(r"[^\s\u200b]{32,}")  # the longest word of the languages has fewer letters
_PIECES = re.compile(r"\S{1,12}[\u0300-\u036f]*")
_ISOLATES = "\u2068\u2069"  # what HTML says by <bdi>
_SHORT = 24  # letters: a period, "2017 ж. 1-жартыжылдық"
_ADDRESS = re.compile("https?://|mailto:", re.I)
_LANGUAGE = re.compile(r'\blang="([a-z]{2})"')
_FACT_END = "];"
_ENDING = re.compile(r"-\w+")
_FACT = re.compile(r'\bdata-fact="([^"]*)"')


def widths(block: dict[str, Any]) -> str:
    """Give the columns of a table: as wide as numbers and dates are, other text by how much there is."""
    lengths = [max(len(_tagless(row[i])) for row in block["rows"]) for i in range(len(block["columns"]))]
    parts = [
        "auto" if numeric or (place and length <= _SHORT) else f"{min(max(length, 8), 40)}fr"
        for place, (numeric, length) in enumerate(zip(block["numeric"], lengths, strict=True))
    ]
    return ", ".join(parts) + ","


def string(value: str) -> str:
    """Quote a text as a Typst string."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "") + '"'


def text(value: str) -> str:
    """Set a text as it is: no character of it is Typst markup, and each can be drawn."""
    return f"#{string(drawn(legible(value)))};" if value else ""


def drawn(value: str) -> str:
    """Give a text as the faces can draw it, with places to break a word longer than any line."""
    return _LONG.sub(lambda m: "\N{ZERO WIDTH SPACE}".join(_PIECES.findall(m[0])), drawable(value))


def raw(value: str, lang: str = "none") -> str:
    """Set code, without the characters that no font has."""
    value = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", value)
    quoted = "none" if lang == "none" else string(lang)
    return f"#raw({string(drawn(value))}, block: true, lang: {quoted})"


_MARKDOWN = mistune.create_markdown(renderer="ast", escape=False, plugins=["table", "strikethrough"])


def _parsed(markdown: str) -> list[dict[str, Any]]:
    tokens: Any = _MARKDOWN(markdown)
    return list(tokens)


class Levels:
    """Levels of headings as PDF/UA wants them: the first is 1, none is skipped."""

    def __init__(self) -> None:
        self._last = 0

    def settle(self, level: int) -> int:
        """Give the level a heading may have after those before it."""
        self._last = max(1, min(level, self._last + 1))
        return self._last


def prose(markdown: str, shift: int = 0, levels: Levels | None = None, traced: Collection[str] = ()) -> str:
    """Convert Markdown to Typst; of inline HTML such as `<time>` its text is left.

    Parameters
    ----------
    markdown : str
    shift : int
        Added to the levels of headings.
    levels : Levels, optional
        Settles the levels over several texts of one document.
    traced : collection of str
        Facts that the document has a label for: `<data>` about one becomes a link to it.
    """
    tokens = _parsed(markdown)
    for token in tokens:
        if token["type"] == "heading":
            level = token["attrs"]["level"] + shift
            token["attrs"]["level"] = levels.settle(level) if levels else level
    setter = _Setter(traced)
    return "\n\n".join(filter(None, (setter.block(token) for token in tokens)))


def inline(markdown: str, traced: Collection[str] = ()) -> str:
    """Convert inline Markdown (a title, a cell) to Typst content without a paragraph."""
    setter = _Setter(traced)
    children = [t.get("children", []) for t in _parsed(markdown) if t["type"] == "paragraph"]
    return " ".join(map(setter.inlines, children))


class _Setter:
    """Sets the tokens of Markdown; knows which facts have an entry to lead to."""

    def __init__(self, traced: Collection[str]) -> None:
        self._traced = traced

    def block(self, token: dict[str, Any]) -> str:
        children = token.get("children", [])
        match token["type"]:
            case "paragraph" | "block_text":
                return self.inlines(children)
            case "heading":
                return f"#heading(level: {token['attrs']['level']})[{self.inlines(children)}]"
            case "list":
                kind = "enum" if token["attrs"].get("ordered") else "list"
                items = ", ".join(f"[{self._item(item)}]" for item in children)
                start = token["attrs"].get("start", 1)
                return f"#{kind}({f'start: {start}, ' if start != 1 else ''}{items})"
            case "block_quote":
                return f"#quote(block: true)[{self._item(token)}]"
            case "block_code":
                return raw(token["raw"].rstrip("\n"), (token.get("attrs") or {}).get("info") or "none")
            case "thematic_break":
                return "#line(length: 100%)"
            case "table":
                return self._table(children)
            case "block_html":
                return text(_tagless(token["raw"]))
        return ""

    def _item(self, token: dict[str, Any]) -> str:
        return "\n\n".join(filter(None, (self.block(child) for child in token["children"])))

    def _table(self, children: list[dict[str, Any]]) -> str:
        head, *bodies = children
        rows = [row["children"] for body in bodies for row in body["children"]]
        header = ", ".join(f"[{self.inlines(cell['children'])}]" for cell in head["children"])
        cells = ", ".join(f"[{self.inlines(cell['children'])}]" for row in rows for cell in row)
        return f"#table(columns: {len(head['children'])}, table.header({header}), {cells})"

    def inlines(self, tokens: list[dict[str, Any]]) -> str:
        """Set inline tokens; an HTML element that means something to Typst is opened and closed."""
        parts: list[str] = []
        ends: list[str] = []
        begun = 0  # where the last fact begins
        for token in tokens:
            if token["type"] != "inline_html":
                ending = _ENDING.match(token.get("raw", "")) if parts and parts[-1] == _FACT_END else None
                if ending:  # a number and its ending stay on one line: 19,7%-ға
                    parts[begun:] = ["#box[", *parts[begun:], text(ending[0]), "];"]
                    token = {**token, "raw": token["raw"][ending.end() :]}
                parts.append(self._inline(token))
            elif token["raw"].startswith("</"):
                parts.append(ends.pop() if ends else "")
            elif not token["raw"].endswith("/>"):
                begun = len(parts)
                start, end = self._element(token["raw"])
                parts.append(start)
                ends.append(end)
        return "".join(parts + ends[::-1])

    def _element(self, tag: str) -> tuple[str, str]:
        """Give what stands for the start and the end of an inline HTML element."""
        fact, language = _FACT.search(tag), _LANGUAGE.search(tag)
        if fact and html.unescape(fact[1]) in self._traced:
            return f"#traced({string(html.unescape(fact[1]))})[", _FACT_END
        if language:
            return f"#std.text(lang: {string(language[1])})[", "];"
        if tag == "<bdi>":
            return f"#{string(_ISOLATES[0])};", f"#{string(_ISOLATES[1])};"
        return "", ""

    def _inline(self, token: dict[str, Any]) -> str:
        children = token.get("children", [])
        match token["type"]:
            case "text":
                return text(html.unescape(token["raw"]))
            case "strong":
                return f"#strong[{self.inlines(children)}];"
            case "emphasis":
                return f"#emph[{self.inlines(children)}];"
            case "strikethrough":
                return f"#strike[{self.inlines(children)}];"
            case "codespan":
                return f"#raw({string(drawn(html.unescape(token['raw'])))});"
            case "link":
                url = token["attrs"]["url"]
                start = f"#link({string(url)})[" if _ADDRESS.match(url) else "#["
                return f"{start}{self.inlines(children)}];"
            case "softbreak":
                return "\n"
            case "linebreak":
                return " \\\n"
            case "image":
                return self.inlines(children)
        return ""


def _tagless(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup)).strip()
