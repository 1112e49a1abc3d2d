"""The one inline form of text: Markdown with `<data>` around facts and `<time>` around dates.

Data from raw files become text in it, whatever characters they hold.
"""

from __future__ import annotations

import html
import re
from datetime import date

from markupsafe import Markup

from aqparat.metrics.facts import Fact
from aqparat.period import Window

_SPECIAL = re.compile(r"[\\`*_\[\]<>&!|~^$#={}\"@]")
_LEADING = re.compile(r"^(\d+)([.)])|^([-+:])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def escape(text: str) -> Markup:
    """Make any text harmless in Markdown and HTML: what it shows is what it says.

    Control and direction-changing characters become a space.
    """
    flat = _CONTROL.sub(" ", text)
    safe = _SPECIAL.sub(lambda m: f"&#{ord(m[0])};", flat)
    return Markup(_LEADING.sub(lambda m: f"{m[1] or ''}&#{ord(m[2] or m[3])};", safe))


def fact(shown: str, about: Fact) -> Markup:
    """Wrap the wording of a fact so that it can be traced (contract, section 4)."""
    value = "" if about.value is None else f"{about.value:.12g}"
    return Markup('<data class="fact" data-fact="{}" value="{}">{}</data>').format(
        about.id, value, escape(shown)
    )


def time(shown: str, window: Window | date) -> Markup:
    """Wrap the wording of a day or a window of time."""
    if isinstance(window, date):
        return Markup('<time datetime="{}">{}</time>').format(window.isoformat(), escape(shown))
    return Markup('<time datetime="{}" data-window="{}">{}</time>').format(
        str(window.start.year), window.code, escape(shown)
    )


def dated(text: str) -> Markup:
    """Escape a text from the data and wrap the years in it as times."""
    parts = _YEAR.split(text)
    return Markup("").join(
        time(p, Window(date(int(p), 1, 1), date(int(p), 12, 31))) if i % 2 else _inner(p)
        for i, p in enumerate(parts)
    )


def _inner(text: str) -> Markup:
    """Escape a part of a text, keeping its outer spaces."""
    return Markup(_SPECIAL.sub(lambda m: f"&#{ord(m[0])};", _CONTROL.sub(" ", text)))


def plain(inline: str) -> str:
    """Give the inline form as bare text: for alt texts and the terminal."""
    return html.unescape(re.sub(r"<[^>]+>", "", inline)).replace("**", "")
