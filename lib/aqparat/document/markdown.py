"""Markdown that an analyst wrote, in HTML and Typst; no element, script or address in it acts."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import mistune
from markupsafe import Markup

from aqparat.document.typesetting import drawn, raw, string, text

_ADDRESS = re.compile("https?://|mailto:", re.I)
_PLUGINS = ["table", "strikethrough"]
_PARSED: Callable[[str], Any] = mistune.create_markdown(renderer="ast", escape=False, plugins=_PLUGINS)


class Levels:
    """Levels of headings as they are to be: the first is the least allowed, none is skipped."""

    def __init__(self, least: int = 1) -> None:
        self._least, self._last = least, least - 1

    def settle(self, level: int) -> int:
        """Give the level that a heading of the Markdown has after those before it."""
        self._last = max(self._least, min(level + self._least - 1, self._last + 1))
        return self._last


class _Page(mistune.HTMLRenderer):
    """HTML without elements, pictures and addresses that the Markdown brings along; their text is left."""

    def __init__(self, levels: Levels) -> None:
        super().__init__()
        self._levels = levels

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        return super().heading(text, self._levels.settle(level), **attrs)

    def inline_html(self, html: str) -> str:
        return ""

    def block_html(self, html: str) -> str:
        return self.paragraph(mistune.escape(_tagless(html)))

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return super().link(text, url, title) if _ADDRESS.match(url) else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return mistune.escape(text)

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        tag = "th" if head else "td"
        scope, number = ' scope="col"' * head, ' class="number"' * (align == "right")
        return f"<{tag}{scope}{number}>{text}</{tag}>\n"


def page(markdown: str, levels: Levels | None = None) -> Markup:
    """Convert Markdown to HTML."""
    return Markup(mistune.create_markdown(renderer=_Page(levels or Levels()), plugins=_PLUGINS)(markdown))


def typst(markdown: str, levels: Levels | None = None) -> str:
    """Convert Markdown to Typst."""
    setter = _Setter(levels or Levels())
    return "\n\n".join(filter(None, map(setter.block, _PARSED(markdown))))


class _Setter:
    """Sets the tokens of Markdown."""

    def __init__(self, levels: Levels) -> None:
        self._levels = levels

    def block(self, token: dict[str, Any]) -> str:
        children = token.get("children", [])
        match token["type"]:
            case "paragraph" | "block_text":
                return self.inlines(children)
            case "heading":
                level = self._levels.settle(token["attrs"]["level"])
                return f"#heading(level: {level})[{self.inlines(children)}]"
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
        aligned = ", ".join(cell["attrs"]["align"] or "left" for cell in head["children"])
        columns = f"columns: {len(head['children'])}, align: ({aligned},)"
        return f"#table({columns}, table.header({header}), {cells})"

    def inlines(self, tokens: list[dict[str, Any]]) -> str:
        return "".join(map(self._inline, tokens))

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
