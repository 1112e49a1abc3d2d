"""How far the making of reports is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A step that has ended.

    Parameters
    ----------
    name : str
        Of the step, such as `2017H1: check` or `2017H1: KUS kk`.
    running : tuple of str
        Names of the tasks that run now.
    done, total : int
        How many tasks have ended, and how many there are so far.
    """

    name: str
    running: tuple[str, ...] = ()
    done: int = 0
    total: int = 0


Progress = Callable[[Step], None]
