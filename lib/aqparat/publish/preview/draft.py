"""A draft: the report as it was made last, or what is wrong with what it is made from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Draft:
    """The report, or what is wrong.

    Parameters
    ----------
    document : bytes
        The report as a file of HTML; empty where there is none.
    told : tuple of str
        What is wrong, a sentence each.
    trace : str
        Where in a notebook or the program that was seen; empty where the sentences say it.
    """

    document: bytes = b""
    told: tuple[str, ...] = ()
    trace: str = ""
