"""Where the front page of a folder of reports stands: in `index.html`, unless that is somebody else's."""

from __future__ import annotations

from pathlib import Path

from aqparat.problem import AqparatError

MARK = b'<body class="standalone">'  # which every page of the program's own has


class FrontPageError(AqparatError):
    """There is an `index.html` that is not a front page of reports."""


def ours(out: Path) -> Path:
    """Return the path of the front page of a folder of reports: free, or a front page.

    Raises
    ------
    FrontPageError
        If it is a page of somebody else's.
    """
    path = out / "index.html"
    if path.is_dir() or (path.is_file() and MARK not in path.read_bytes()):
        raise FrontPageError(f"{path} is not ours.", "not_front_page", path=path.as_posix())
    return path
