"""The Content-Security-Policy by which a page fetches nothing and runs only the script it contains."""

from __future__ import annotations

import base64
import hashlib


def policy(script: str = "", pictures: bool = True) -> str:
    """Return the policy of a page.

    Styles are allowed wherever they come from inside the page, so that readers can lay their own over it
    (WCAG 1.4.12, Text Spacing); they can fetch nothing, since pictures and fonts have to be in the page too.

    Parameters
    ----------
    script : str
        The one script that it may run; none where there is none.
    pictures : bool
        Whether it may show the pictures it contains.
    """
    parts = ["default-src 'none'", "style-src 'unsafe-inline'"]
    parts += [f"script-src {_digest(script)}"] if script else []
    parts += ["img-src data:"] if pictures else []
    return "; ".join([*parts, "font-src data:", "base-uri 'none'", "form-action 'none'"])


def _digest(content: str) -> str:
    """Return the source expression of an element's content."""
    digest = base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
