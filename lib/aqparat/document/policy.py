"""The Content-Security-Policy by which a page is only what it contains."""

from __future__ import annotations

import base64
import hashlib


def policy(css: str, script: str = "", pictures: bool = True) -> str:
    """Return the policy of a page.

    Parameters
    ----------
    css, script : str
        The one style sheet and the one script that it may run; no script where there is none.
    pictures : bool
        Whether it may show the pictures it contains.
    """
    parts = ["default-src 'none'", f"style-src {_digest(css)}"]
    parts += [f"script-src {_digest(script)}"] if script else []
    parts += ["img-src data:"] if pictures else []
    return "; ".join([*parts, "font-src data:", "base-uri 'none'", "form-action 'none'"])


def _digest(content: str) -> str:
    """Return the source expression of an element's content."""
    digest = base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
