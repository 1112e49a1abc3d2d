"""Prose: one template a section, rendered strictly; also the titles and notes of charts and tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from aqparat.data.prepare import Tables
from aqparat.words import markup
from aqparat.words.language import Language, language

_BREAKS = re.compile(r"[ \t\n]+")  # not the no-break space of a number
_DASH = re.compile(r"(?<=\S) –")
TEMPLATES = Path(__file__).parent / "narrative"


class Narrator:
    """Tells what sections hold, in one language.

    Parameters
    ----------
    tables : Tables
        Prepared tables: names are looked up in them.
    language : Language or str
        The language, or its code.
    """

    def __init__(self, tables: Tables, language_: Language | str) -> None:
        self.tables = tables
        self.language = language(language_) if isinstance(language_, str) else language_

    @cached_property
    def environment(self) -> Environment:
        """The Jinja2 environment: an unknown name is an error, data are escaped, phrases are known."""
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES / self.language.code),
            undefined=StrictUndefined,
            finalize=lambda x: x if isinstance(x, Markup) else markup.escape(str(x)),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters.update(self.language.filters(self.tables))
        phrases = environment.get_template("macros.j2").module
        environment.globals.update({k: v for k, v in vars(phrases).items() if not k.startswith("_")})
        return environment

    def prose(self, name: str, section: Any, **more: Any) -> str:
        """Render the prose of a section as Markdown.

        Parameters
        ----------
        name : str
            Name of the section, as in `sections.CONTENTS`.
        section : object
            What that section's function returned.
        **more
            Further names the template uses.
        """
        template = self.environment.get_template(f"{name}.md.j2")
        text = template.render(section=section, period=self.tables.period, **more)
        text = re.sub(r"(?<=\S)[ \t]{2,}", " ", re.sub(r"[ \t]+\n", "\n", text))
        text = _DASH.sub("\u00a0–", text)  # a line never begins with a dash
        return re.sub(r"\n{3,}", "\n\n", text).strip()

    def blocks(self, name: str, context: Mapping[str, Any]) -> dict[str, str]:
        """Render the blocks (title, alt, note) that belong to a chart or a table.

        Parameters
        ----------
        name : str
            Such as `charts/site_periods`.
        context : mapping
            Names the template uses.

        Returns
        -------
        dict of str to str
            Block name to inline text; line breaks become spaces.
        """
        template: Template = self.environment.get_template(f"{name}.j2")
        values = template.new_context({"period": self.tables.period, **context})
        return {
            block: _BREAKS.sub(" ", "".join(render(values))).strip()
            for block, render in template.blocks.items()
        }
