"""A watch over the files that a report is made from, by what a change in each of them asks for."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import watchfiles

from aqparat import settings
from aqparat.data.reading.files import LEFT_BY_SYSTEMS

DATA, NOTEBOOK, TEXTS, PROGRAM = "data", "notebook", "texts", "program"  # what has changed
_STEP, _MOST = 10, 200  # milliseconds: quiet after a change, and how long to wait for that at the most
_LOOK = 0.5  # seconds after which Ctrl-C is seen on systems where waiting cannot be interrupted
_LIBRARY = Path(__file__).parents[2]
_READ_ANEW = (_LIBRARY / "texts", _LIBRARY / "document" / "templates")
_LOADED = (".py", ".toml", ".mplstyle", ".ttf", ".woff2")


@dataclass(frozen=True)
class Places:
    """Where the files are.

    Parameters
    ----------
    data, notebooks : Path
        The data folder and the folder of notebooks.
    """

    data: Path
    notebooks: Path

    @property
    def folders(self) -> list[Path]:
        """What is watched, with all below."""
        return [self.data, self.notebooks, _LIBRARY]

    def kind(self, path: Path) -> str | None:
        """Return what a change of a file asks for; None where a report does not depend on it."""
        if path.name.startswith(LEFT_BY_SYSTEMS) or path.name.endswith("~"):
            return None
        if path.is_relative_to(self.data / "raw") or path == self.data / settings.FILE:
            return DATA
        if path.parent == self.notebooks and path.suffix == ".ipynb":
            return NOTEBOOK
        if (
            path.is_relative_to(_LIBRARY)
            and path.suffix != ".py"
            and any(map(path.is_relative_to, _READ_ANEW))
        ):
            return TEXTS
        return PROGRAM if path.is_relative_to(_LIBRARY) and path.suffix in _LOADED else None


class Watch:
    """Watches from the moment it is entered; what has changed meanwhile is not lost.

    Parameters
    ----------
    places : Places
    """

    def __init__(self, places: Places) -> None:
        self._places = places
        self._found: queue.SimpleQueue[frozenset[str]] = queue.SimpleQueue()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    @property
    def has_news(self) -> bool:
        """Whether something has changed that `wait` has not given yet."""
        return not self._found.empty()

    def wait(self) -> frozenset[str]:
        """Wait until something has changed, and return what: one or more of the kinds."""
        while True:
            try:
                found = self._found.get(timeout=_LOOK)
            except queue.Empty:
                continue
            while self.has_news:
                found |= self._found.get()
            return found

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        try:
            self._tell(force_polling=None)
        except (OSError, RuntimeError):  # the system watches no more files
            self._tell(force_polling=True)

    def _tell(self, force_polling: bool | None) -> None:
        for changes in watchfiles.watch(
            *self._places.folders,
            watch_filter=lambda _, path: self._places.kind(Path(path)) is not None,
            debounce=_MOST,
            step=_STEP,
            stop_event=self._ended,
            rust_timeout=int(_LOOK * 1000),
            force_polling=force_polling,
            raise_interrupt=False,
        ):
            self._found.put(kinds((Path(path) for _, path in changes), self._places))


def kinds(paths: Iterable[Path], places: Places) -> frozenset[str]:
    """Return what the changes of some files ask for."""
    return frozenset(kind for path in paths if (kind := places.kind(path)))
