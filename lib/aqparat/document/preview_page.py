"""The page of the preview: a frame with the report as it is, and above it what is wrong.

The report stays byte for byte what it is; what the preview adds stands around it. Its script tells of news
(`publish/preview/`), puts each new report in the place of the last one and keeps the reader's place in it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from aqparat.document import fonts
from aqparat.document.policy import policy
from aqparat.texts import texts

_TEMPLATES = Path(__file__).parent / "templates" / "preview"


@dataclass(frozen=True)
class PreviewPage:
    """The page as it is served.

    Parameters
    ----------
    html : bytes
    policy : str
        The `Content-Security-Policy` that it is served with: it runs its own script, shows pages of its own
        server in a frame and asks that server for news, and nothing else.
    """

    html: bytes
    policy: str


def preview_page(period: str, language: str) -> PreviewPage:
    """Return the page of a period's preview in a language."""
    labels: dict[str, Any] = texts("labels", language)["preview"]
    css = fonts.css() + "\n" + _part("preview.css")
    script = _part("preview.js")
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    html = environment.get_template("page.html.j2").render(
        language=language,
        title=labels["title"].format(period=period),
        labels=labels,
        told=json.dumps({key: labels[key] for key in ("making", "ended")}, ensure_ascii=False),
        css=css,
        script=script,
    )
    framed = "connect-src 'self'; frame-src 'self'; frame-ancestors 'none'"
    return PreviewPage(html.encode("utf-8"), f"{policy(script)}; {framed}")


def _part(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")
