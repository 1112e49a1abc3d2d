"""What has been read, checked and prepared for a period, kept until a raw file, setting or code changes."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from aqparat import passing
from aqparat.data.prepare import PREPARED, REFERENCE, Tables, prepare
from aqparat.data.quality.report import Quality, quality, restored
from aqparat.data.reading.files import Files, find
from aqparat.data.texts import GROUP, Texts, Writer
from aqparat.disk import outside_raw
from aqparat.memory import afterwards, recalled
from aqparat.moment import at_one_moment
from aqparat.period import Period
from aqparat.problem import Problem
from aqparat.settings import Settings
from aqparat.texts import remembered

_STORED = (*PREPARED, *REFERENCE, "aliases", "filings")
_OPTIONS: dict[str, dict[str, Any]] = {  # of rows that are so many that it takes time to write them
    "items": {
        "compression": "lz4",
        "use_dictionary": ["date", "organisation", "outlet", "language", "format", "batch", "place"],
        "column_encoding": {"row": "DELTA_BINARY_PACKED"},
        "write_statistics": False,
    }
}
_TEXTS = "texts"
_LISTS = {"origins", "named", "successors"}  # columns of lists


@dataclass(frozen=True)
class Store:
    """The data of a period: the prepared tables and what the checks found, from one reading of the files.

    Parameters
    ----------
    tables : Tables
    quality : Quality
    folder : Path
        Where it is kept (`data/processed/<period>`); more may be kept beside it under the same stamp.
    stamp : str
        Digest of all that the tables depend on: raw files, settings, code.
    """

    tables: Tables
    quality: Quality
    folder: Path
    stamp: str

    @classmethod
    def open(cls, period: str | Period, data: str | Path = "data") -> Store:
        """Return the data of a period, read anew where what is kept is not up to date.

        Raises
        ------
        PeriodError, DataFolderError
            If the period or the folder is not one.
        DataError
            If the raw data are not in order; it lists every problem.
        """
        period = Period.parse(period)
        home = find(data)
        folder, files = home / "processed" / str(period), Files(home, period)
        stamp = {**files.digests(), "code": _code()}
        digest = hashlib.sha256(json.dumps(stamp).encode()).hexdigest()
        return recalled(("store", folder, digest), lambda: cls._read(files, period, folder, stamp, digest))

    @classmethod
    def _read(cls, files: Files, period: Period, folder: Path, stamp: dict[str, str], digest: str) -> Store:
        """Read what is kept; where that is not up to date, the raw files."""
        passing.clear_below(folder.parent)
        with suppress(OSError, ValueError):  # a file lost or cut short: prepare anew
            if found := at_one_moment(lambda: _kept(folder, period, stamp), folder):
                return cls(*found, folder, digest)
        from aqparat.data.reading.intake import read  # here: what is kept need not be read

        outside_raw(folder, files.data)
        raw = read(files, period, Writer(folder.parent))
        tables, checked = prepare(raw, period), quality(raw, period)

        def save() -> None:
            with suppress(OSError):  # it is only kept to be quicker the next time
                _save(tables, checked, folder, stamp)

        afterwards(save)
        return cls(tables, checked, folder, digest)


def load(period: str | Period, data: str | Path = "data") -> Tables:
    """Return the prepared tables of a period, from `data/processed/` where they are up to date.

    Parameters
    ----------
    period : str or Period
        Such as `2017H1`.
    data : str or Path
        The data folder, looked for here and in the folders above.

    Raises
    ------
    PeriodError, DataFolderError, DataError
        As `Store.open`.
    """
    return Store.open(period, data).tables


def digest_of(*places: Path) -> str:
    """Return one SHA-256 of code and texts of the program: of files, and of all below folders."""
    files = [
        path
        for place in places
        for path in ([place] if place.is_file() else sorted(place.rglob("*")))
        if path.suffix in (".py", ".toml")
    ]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


@remembered  # the program that runs; it is started anew when it has changed
def _code() -> str:
    here = Path(__file__).parent
    understood = (
        path for name in ("titles", "forms") for path in (here.parent / "texts").glob(f"*/{name}.toml")
    )
    beside = (path for path in sorted(here.parent.iterdir()) if path.is_file())
    return digest_of(here, *sorted(understood), *beside)


def _save(tables: Tables, checked: Quality, folder: Path, stamp: dict[str, str]) -> None:
    """Write beside and move into place, so that nobody reads half of it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with passing.Folder(folder.parent) as place:
        new = Path(place) / "new"
        new.mkdir()
        for name in _STORED:
            getattr(tables, name).to_parquet(
                new / f"{name}.parquet", row_group_size=GROUP, **_OPTIONS.get(name, {})
            )
        house = {"union": tables.union, "settings": tables.settings.flat()}
        for name, content in (
            ("warnings", [asdict(p) for p in tables.warnings]),
            ("house", house),
            ("quality", checked.record()),
            ("inputs", stamp),
        ):
            (new / f"{name}.json").write_text(json.dumps(content, indent=1), encoding="utf-8")
        (new / _TEXTS).mkdir()
        tables.texts.save(new / _TEXTS)
        if folder.exists():
            folder.rename(Path(place) / "old")
        new.rename(folder)


def _kept(folder: Path, period: Period, stamp: dict[str, str]) -> tuple[Tables, Quality] | None:
    """Read what is kept, if it was made from the same."""
    if json.loads((folder / "inputs.json").read_text(encoding="utf-8")) == stamp:
        return _restored(folder, period, stamp)
    return None


def _restored(folder: Path, period: Period, stamp: dict[str, str]) -> tuple[Tables, Quality]:
    frames = {name: pd.read_parquet(folder / f"{name}.parquet") for name in _STORED}
    for frame in frames.values():
        for column in _LISTS & set(frame.columns):
            frame[column] = frame[column].map(list)
    items = frames["items"]
    if items.empty:  # Parquet does not keep the kind of a column that has nothing in it
        named = items.columns.difference(["date", "row"])
        frames["items"] = items.astype(dict.fromkeys(named, str)).astype(dict.fromkeys(named, "category"))
    house = _json(folder, "house")
    tables = Tables(
        period=period,
        **frames,
        texts=Texts.read(folder / _TEXTS),
        files={file: digest for file, digest in stamp.items() if file != "code"},
        warnings=[Problem(**problem) for problem in _json(folder, "warnings")],
        union=house["union"],
        settings=Settings(house["settings"]),
    )
    return tables, restored(_json(folder, "quality"))


def _json(folder: Path, name: str) -> Any:
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
