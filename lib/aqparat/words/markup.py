"""The one inline form of text: Markdown with `<data>` around facts and `<time>` around dates.

Data from raw files become text in it, whatever characters they hold.
"""

from __future__ import annotations

import html
import re
from datetime import date

from markupsafe import Markup

from aqparat.legible import legible
from aqparat.metrics.facts import Fact
from aqparat.period import Window

_SPECIAL = re.compile(r"[\\`*_\[\]<>&!|~^$#={}\"@]")
_LEADING = re.compile(r"^( ?)([0-9]*)([.)]|[-+:])")
_SPACES = re.compile(r"[ \u00a0]{2,}")
_TURNED = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_YEAR = re.compile(r"(?<![\d+])((?:19|20)\d\d)(?!\d)")  # not the code of a character, U+2066
_FACT = re.compile(r'<data class="fact" data-fact="([^"]*)"')
_KAZAKH, _RUSSIAN = re.compile(r"[әғқңөұүһі]", re.I), re.compile(r"[вёфцчщъьэ]", re.I)


def escape(text: str) -> Markup:
    """Make any text harmless in Markdown and HTML: what it shows is what it says.

    A text with letters that run from the right is set apart, so that it cannot turn the numbers beside it.
    """
    flat = _SPACES.sub(" ", legible(text))  # four at the beginning would be code
    safe = _SPECIAL.sub(lambda m: f"&#{ord(m[0])};", flat)
    safe = _LEADING.sub(lambda m: f"{m[1]}{m[2]}&#{ord(m[3])};", safe)
    return Markup(f"<bdi>{safe}</bdi>" if _TURNED.search(safe) else safe)


def fact(shown: str, about: Fact) -> Markup:
    """Wrap the wording of a fact so that it can be traced (contract, section 4)."""
    value = "" if about.value is None else f"{about.value:.12g}"
    return Markup('<data class="fact" data-fact="{}" value="{}">{}</data>').format(
        about.id, value, escape(shown)
    )


def facts(inline: str) -> list[str]:
    """Give the ids of the facts in an inline text, in their order."""
    return [html.unescape(found) for found in _FACT.findall(inline)]


def time(shown: str, window: Window | date) -> Markup:
    """Wrap the wording of a day or a window of time."""
    if isinstance(window, date):
        return Markup('<time datetime="{}">{}</time>').format(window.isoformat(), escape(shown))
    return Markup('<time datetime="{}" data-window="{}">{}</time>').format(
        str(window.start.year), window.code, escape(shown)
    )


def dated(text: str) -> Markup:
    """Escape a text from the data and wrap the years in it as times."""

    def year(match: re.Match[str]) -> str:
        y = int(match[1])
        return time(match[1], Window(date(y, 1, 1), date(y, 12, 31)))

    return Markup(_YEAR.sub(year, escape(text.strip())))


def origin(name: str) -> str:
    """Tell by its letters whether a name is Kazakh (kk) or Russian (ru); empty where they tell nothing.

    Each of the two has letters that the other has in borrowed words only.
    """
    if _KAZAKH.search(name):
        return "kk"
    return "ru" if _RUSSIAN.search(name) else ""


def plain(inline: str) -> str:
    """Give the inline form as bare text: for alt texts and the terminal."""
    return html.unescape(re.sub(r"<[^>]+>", "", inline).replace("**", ""))
