"""What the open page is told: how the making of the report stands, and the last report that was made."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class State:
    """How the making of the report stands.

    Parameters
    ----------
    report : int
        How many reports have been made; 0 while there is none to show.
    making : bool
        Whether one is being made.
    told : tuple of str
        What is wrong, a sentence each, where the last one could not be made.
    trace : str
        Where in the notebook or the program that was seen; empty where `told` says it.
    """

    report: int = 0
    making: bool = True
    told: tuple[str, ...] = ()
    trace: str = ""


class Board:
    """The state as the process that makes reports puts it up, and pages wait for it to change."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._state, self._number, self._document = State(), 1, b""
        self._is_closed = False

    @property
    def state(self) -> State:
        """The state now."""
        return self._state

    @property
    def document(self) -> bytes:
        """The last report that was made, as a file of HTML."""
        return self._document

    def making(self) -> None:
        """Say that a report is being made."""
        self._put(replace(self._state, making=True))

    def made(self, document: bytes) -> None:
        """Put up a report; one that is the same as the last is no new one to the page."""
        count = self._state.report + (document != self._document)
        with self._changed:
            self._document = document
            self._put(State(count, making=False))

    def failed(self, told: tuple[str, ...], trace: str = "") -> None:
        """Say why no report could be made; the last one stays."""
        self._put(State(self._state.report, making=False, told=told, trace=trace))

    def close(self) -> None:
        """Let nobody wait any longer."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def after(self, number: int, seconds: float) -> tuple[int, State] | None:
        """Wait for another state than the one of a number.

        Parameters
        ----------
        number : int
            As it was given with a state before; 0 for whatever there is.
        seconds : float
            How long to wait.

        Returns
        -------
        tuple of int and State, or None
            None if nothing has changed meanwhile.

        Raises
        ------
        BoardClosedError
            If nothing will change any more.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or self._number != number, seconds)
            if self._is_closed:
                raise BoardClosedError
            return None if self._number == number else (self._number, self._state)

    def _put(self, state: State) -> None:
        with self._changed:
            self._state = state
            self._number += 1
            self._changed.notify_all()


class BoardClosedError(Exception):
    """The preview has ended."""
