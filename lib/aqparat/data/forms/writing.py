"""The forms of a period, written into a folder; none that somebody has filled in is written over."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from aqparat import passing
from aqparat.data.forms.archive import saved_by_hand
from aqparat.data.forms.contents import Words, form
from aqparat.data.forms.workbook import workbook
from aqparat.data.membership import in_force
from aqparat.data.prepare import Tables
from aqparat.data.reading import files
from aqparat.data.store import load
from aqparat.disk import outside_raw, put
from aqparat.period import Period
from aqparat.problem import AqparatError, unknown
from aqparat.settings import FILE

BLANK = "blank"  # the name of the form that belongs to no organisation


class FormFilledError(AqparatError):
    """A form to be written is there already and somebody has saved it since: it is not written over."""


def write(period: Period, wanted: Iterable[str], data: Path, out: Path, words: Words) -> list[Path]:
    """Write the forms of a period into `out/<period>/`.

    Parameters
    ----------
    period : Period
    wanted : iterable of str
        Codes of organisations; none, or `all`, is everyone who is asked (`Tables.reporting`), and a blank
        form.
    data, out : Path
    words : Words

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    ParameterError
        If a code is not that of an organisation in force.
    DataError, DataFolderError
        If the data before the period are not in order, or there is no data folder.
    RawDataError
        If they were to be written into the raw data.
    FormFilledError
        If a form that is there has been saved by somebody; nothing is written then.
    """
    tables = before(period, data)
    codes = list(dict.fromkeys(wanted))
    table = tables.organisations
    existing = list(table.index[in_force(table, period.middle)])
    for code in codes:
        if code not in (*existing, "all"):
            raise unknown("organisation", code, existing)
    everybody = not codes or "all" in codes
    names = [*dict.fromkeys([*codes, *tables.reporting(period.window)]), ""] if everybody else codes
    target = out / str(period)
    outside_raw(target, files.find(data))
    workbooks = {
        target / f"{code or BLANK}.xlsx": workbook(form(tables, period, code, words))
        for code in names
        if code != "all"
    }
    filled = [path for path in workbooks if path.exists() and saved_by_hand(path.read_bytes())]
    if filled:
        raise FormFilledError(f"{filled[0]} has been filled in.", "form.filled", path=filled[0].as_posix())
    target.mkdir(parents=True, exist_ok=True)
    for path, content in workbooks.items():
        put(path, content)
    return list(workbooks)


def before(period: Period, data: str | Path) -> Tables:
    """Return the prepared tables of all batches before a period; only reference tables if there are none."""
    try:
        return load(period.previous, data)
    except files.DataFolderError as error:
        if error.code != "no_batch":
            raise
    with passing.Folder() as folder:  # a batch with nothing in it, without touching raw/
        raw = Path(folder) / "raw"
        home = files.find(data)
        shutil.copytree(home / "raw" / "reference", raw / "reference")
        if (home / FILE).is_file():
            shutil.copy(home / FILE, folder)
        (raw / str(period.previous)).mkdir()
        return load(period.previous, folder)
