"""A standalone page: one beside the reports, such as the front page, in their type and colours.

It holds all it needs, also its script if it has one, and its policy allows nothing else.
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


def render(name: str, languages: list[Language], script: str = "", **values: Any) -> str:
    """Return a standalone page as HTML.

    Parameters
    ----------
    name : str
        Of its template: `front`, `comparison`.
    languages : list of Language
        Those it is in; the first is the page's own.
    script : str
        File of its script, beside the template.
    **values
        What the template uses. Text is escaped unless it is Markup.
    """
    css = stylesheet() + "\n" + _part("standalone.css")
    code = _part(script) if script else ""
    template = _environment().get_template(f"{name}.html.j2")
    about = {"css": css, "script": code, "policy": policy(code), "languages": languages}
    return template.render(**about, **values)


def _part(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def compiled(name: str) -> None:
    """Compile a template, as setting its first page would do."""
    _environment().get_template(f"{name}.html.j2")


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
