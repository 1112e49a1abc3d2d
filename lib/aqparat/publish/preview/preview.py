"""The preview: a report in a browser, made again in one language whenever what it is made from changes.

Nothing is written but to a folder of its own that goes with it, and to `data/processed/` as by every command.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aqparat import passing
from aqparat.data.reading.files import find
from aqparat.document.preview_page import preview_page
from aqparat.publish.manifest import notebooks_folder
from aqparat.publish.order import Order
from aqparat.publish.preview.board import Board
from aqparat.publish.preview.draft import Draft
from aqparat.publish.preview.server import Server
from aqparat.publish.preview.watch import PROGRAM, TEXTS, Places, Watch
from aqparat.publish.preview.workshop import Workshop, WorkshopEndedError
from aqparat.texts import texts

KIND = "preview-"  # in the name of the folder for what is needed for a time


def preview(
    order: Order,
    port: int = 0,
    opened: Callable[[str], Any] = lambda address: None,
    tell: Callable[[str], None] = lambda text: None,
) -> None:
    """Show a report, and make it again whenever something changes, until this is interrupted.

    Parameters
    ----------
    order : Order
        Of one language. The report is the one that `aqparat report` makes with `--only` of that language in
        HTML; an organisation's own where the order names one.
    port : int
        Where the page is to be found on this machine; 0 for a port that is free.
    opened : callable
        Told the address of the page when there is something to see there.
    tell : callable
        Told, in the language, what is made and what is wrong.

    Raises
    ------
    DataFolderError
        There is no data folder.
    PortError
        The port cannot be had.
    AqparatError
        There are no notebooks.
    """
    code = order.languages[0]
    data = find(order.data).resolve()
    places = Places(data, notebooks_folder(data).resolve())
    try:
        with passing.Folder(kind=KIND) as folder:
            _show(order, Path(folder), places, port, opened, tell)
    except KeyboardInterrupt:  # as it is meant to end
        tell(texts("labels", code)["preview"]["ended"])


def _show(
    order: Order,
    folder: Path,
    places: Places,
    port: int,
    opened: Callable[[str], Any],
    tell: Callable[[str], None],
) -> None:
    code, board = order.languages[0], Board()
    page = preview_page(str(order.period), code)
    with (
        Server(board, page, port) as server,
        Workshop(order, folder) as workshop,
        Watch(places) as watch,
        _served(server),
    ):
        opened(server.address)
        _follow(workshop, watch, board, code, tell)


@contextmanager
def _served(server: Server) -> Iterator[None]:
    """Answer browsers meanwhile."""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.board.close()
        server.shutdown()


def _follow(workshop: Workshop, watch: Watch, board: Board, code: str, tell: Callable[[str], None]) -> None:
    """Make drafts, one for each time that something has changed."""
    changed = frozenset[str]()
    while True:
        board.making()
        made = _made(workshop, watch, changed, code)
        if made.document or not watch.has_news:  # else a file was perhaps read while it was being written
            if made.document:
                board.made(made.document)
            else:
                board.failed(made.told, made.trace)
                for sentence in made.told:
                    tell(sentence)
        changed = watch.wait()


def _made(workshop: Workshop, watch: Watch, changed: frozenset[str], code: str) -> Draft:
    try:
        return workshop.draft(TEXTS in changed, PROGRAM in changed, lambda: watch.has_news)
    except WorkshopEndedError:
        return Draft(told=(texts("labels", code)["preview"]["killed"],))
