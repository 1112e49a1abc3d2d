"""Files to sheets of text: CSV in any encoding, Excel and OpenDocument workbooks."""

from __future__ import annotations

import warnings
from pathlib import PurePath

from aqparat.data.reading import delimited, workbooks
from aqparat.data.reading.delimited import Headings
from aqparat.data.reading.sheet import Sheet
from aqparat.problem import Problem

CSV, EXCEL, OTHER = (".csv", ".tsv", ".txt"), (".xlsx", ".xlsm"), (".ods", ".xls")
ENDINGS = (*CSV, *EXCEL, *OTHER)


def read(content: bytes, file: str, headings: Headings) -> tuple[list[Sheet], list[Problem]]:
    """Return the sheets of a file.

    Parameters
    ----------
    content : bytes
    file : str
        Path below the data folder; its ending tells what it is.
    headings : callable
        Counts the known headings among the cells of a row: they tell the delimiter of a CSV file.

    Returns
    -------
    tuple of list of Sheet and list of Problem
        No sheet where the file cannot be read at all; never raises for what is in it.
    """
    ending = PurePath(file).suffix.lower()
    if not content.strip(b"\r\n\t \0"):
        return [], [Problem("empty_file", file)]
    if ending in CSV:
        return delimited.read(content, file, headings)
    read_workbook = workbooks.read_excel if ending in EXCEL else workbooks.read_other
    try:
        with warnings.catch_warnings():  # of what the reader leaves out, such as drop-down lists
            warnings.simplefilter("ignore")
            return list(read_workbook(content, file)), []
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # whatever a broken workbook makes a reader raise; a panic is no Exception
        return [], [Problem("unreadable_workbook", file, found=type(error).__name__, expected=".xlsx")]
