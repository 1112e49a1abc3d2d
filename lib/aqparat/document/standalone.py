"""A standalone page: one beside the reports, such as the front page, in their type and colours.

It has no script, holds all it needs, and its policy allows nothing else.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from aqparat.document.policy import policy
from aqparat.document.stylesheet import stylesheet
from aqparat.words.language import Language

_TEMPLATES = Path(__file__).parent / "templates" / "standalone"


def render(name: str, languages: list[Language], **values: Any) -> str:
    """Return a standalone page as HTML.

    Parameters
    ----------
    name : str
        Of its template: `front`, `comparison`.
    languages : list of Language
        Those it is in; the first is the page's own.
    **values
        What the template uses. Text is escaped unless it is Markup.
    """
    css = stylesheet() + "\n" + (_TEMPLATES / "standalone.css").read_text(encoding="utf-8")
    template = _environment().get_template(f"{name}.html.j2")
    return template.render(css=css, policy=policy(), languages=languages, **values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
