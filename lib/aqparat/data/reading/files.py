"""The files that a report is made from; the bytes of each are read once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aqparat import settings
from aqparat.data.reading.endings import ENDINGS
from aqparat.period import Period, PeriodError
from aqparat.problem import AqparatError

SYNTHETIC = "SYNTHETIC.md"  # the file in raw/ that names a folder's data as invented
LEFT_BY_SYSTEMS = (".", "~$", "Thumbs.db", "desktop.ini")

_LONG = 4 << 20  # bytes from which a file is not kept in memory
_THREADS = 2  # that read long files

_FOLDERS = {
    "no_data": "The data folder {path} was not found: name one with raw/reference inside.",
    "folder_undecodable": "The name of {path}, or of a folder above it, is not in UTF-8: rename it.",
    "no_batch": "Nothing was handed in for {period}: put the files into a folder {period} in {path}.",
}


class DataFolderError(AqparatError):
    """There is no data folder, or no batch for the period in it."""

    def __init__(self, code: str, path: str, period: str = "") -> None:
        super().__init__(_FOLDERS[code].format(path=path, period=period))
        self.code, self.path, self.period = code, path, period


class Files:
    """The raw files of a data folder up to a period, and the house's settings.

    Parameters
    ----------
    data : Path
        The data folder, as `find` gives it.
    period : Period
        The period of the report.

    Raises
    ------
    DataFolderError
        If no batch up to the period exists.
    """

    def __init__(self, data: Path, period: Period) -> None:
        self.data, self.period = data, period
        self.batches = batches(data, period)
        if not self.batches:
            raise DataFolderError("no_batch", str(data / "raw"), str(period))
        self._contents: dict[Path, bytes] = {}
        self._digests: dict[Path, str] = {}

    @property
    def synthetic(self) -> Path:
        """The file that marks the data as invented; it need not exist."""
        return self.data / "raw" / SYNTHETIC

    @property
    def settings(self) -> Path:
        """The file of the house's own settings; it need not exist."""
        return self.data / settings.FILE

    def folder(self, name: str) -> list[Path]:
        """Return what lies in a folder of raw data, in order of names."""
        return sorted((self.data / "raw" / name).iterdir(), key=lambda path: path.name)

    def strangers(self) -> list[Path]:
        """Return the folders of raw data that are named after no period, and tables that lie in none."""
        return [
            path
            for path in self.folder(".")
            if not path.name.startswith(LEFT_BY_SYSTEMS)
            and (is_data(path) if path.is_file() else path.name != "reference" and not _is_period(path.name))
        ]

    def content(self, path: Path) -> bytes:
        """Return the bytes of a file, read when they are first asked for."""
        if path not in self._contents:
            self._contents[path] = path.read_bytes()
        return self._contents[path]

    def digest(self, path: Path) -> str:
        """Return the SHA-256 of a file; of a long one without keeping its bytes."""
        if path not in self._digests:
            if path in self._contents or path.stat().st_size < _LONG:
                self._digests[path] = hashlib.sha256(self.content(path)).hexdigest()
            else:
                with path.open("rb") as file:
                    self._digests[path] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._digests[path]

    def name(self, path: Path) -> str:
        """Return the path of a file below the data folder, with slashes; what is no letter in it as `?`."""
        name = path.relative_to(self.data).as_posix()
        return name if is_named(path) else name.encode("utf-8", "replace").decode("utf-8")

    def digests(self) -> dict[str, str]:
        """Return every file that is read, by name, with its SHA-256; those of long ones side by side."""
        paths = list(self.paths())
        with ThreadPoolExecutor(_THREADS) as pool:
            list(pool.map(self.digest, (path for path in paths if path.stat().st_size >= _LONG)))
        return {self.name(path): self.digest(path) for path in paths}

    def paths(self) -> Iterator[Path]:
        """Walk every file that is read."""
        for name in ("reference", *self.batches):
            yield from (
                path for path in self.folder(name) if path.is_file() and is_data(path) and is_named(path)
            )
        yield from (path for path in (self.synthetic, self.settings) if path.is_file())


def find(data: str | Path) -> Path:
    """Return the data folder: as named, or in a folder above (a notebook runs in `notebooks/`).

    Raises
    ------
    DataFolderError
        If no such folder with a `raw` folder inside exists, or if its path is no text, which what is made of
        it would have to hold.
    """
    path = Path(data)
    candidates = [path] if path.is_absolute() else [up / path for up in (Path.cwd(), *Path.cwd().parents)]
    for candidate in candidates:
        if (candidate / "raw" / "reference").is_dir():
            if not _is_text(str(candidate.resolve())):
                shown = str(candidate).encode("utf-8", "replace").decode()
                raise DataFolderError("folder_undecodable", shown)
            return candidate
    raise DataFolderError("no_data", str(data))


def batches(data: Path, period: Period) -> list[str]:
    """Return the batches handed in up to and including a period, oldest first."""
    folders = [path.name for path in (data / "raw").iterdir() if path.is_dir()]
    periods = [Period.parse(name) for name in folders if _is_period(name)]
    return [str(batch) for batch in sorted(periods) if batch.end <= period.end]


def _is_period(name: str) -> bool:
    try:
        return bool(Period.parse(name))
    except PeriodError:
        return False


def batch_of(data: Path, period: Period) -> None:
    """Hold that something was handed in for a period itself, not only for those before.

    Raises
    ------
    DataFolderError
        If no batch of the period exists.
    """
    if not any(Period.parse(batch).end in period for batch in batches(data, period)):
        raise DataFolderError("no_batch", str(data / "raw"), str(period))


def is_data(path: Path) -> bool:
    """Return whether a file is one that can be read: by its ending, and not left by a system."""
    return not path.name.startswith(LEFT_BY_SYSTEMS) and path.suffix.lower() in ENDINGS


def is_named(path: Path) -> bool:
    """Return whether the name of a file is text; old archives may have names in an encoding of their own."""
    return _is_text(path.name)


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
