"""The browser of whoever runs the program, where there is one that opens a window."""

from __future__ import annotations

import threading
import webbrowser


def open_window(address: str) -> None:
    """Open an address in a window, unless there is no screen, or no browser but in the terminal."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return
    in_terminal = isinstance(browser, webbrowser.GenericBrowser)
    if not in_terminal or isinstance(browser, webbrowser.BackgroundBrowser):
        threading.Thread(target=browser.open, args=(address,), daemon=True).start()  # it may take seconds
