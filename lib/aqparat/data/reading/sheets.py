"""Files to sheets of text: CSV in any encoding, Excel and OpenDocument workbooks, tables of HTML."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath

from aqparat.data.reading import archive, delimited, formats, markup, workbooks
from aqparat.data.reading.archive import TooLargeError
from aqparat.data.reading.delimited import Headings
from aqparat.data.reading.encoding import UndecodableError
from aqparat.data.reading.endings import CSV
from aqparat.data.reading.formats import Format
from aqparat.data.reading.sheet import HEAD, Sheet
from aqparat.problem import Problem

_KNOWN = 2  # headings in a row that tell a table from any other text
_PAGE = 16 << 20  # bytes that a page may have
Read = tuple[list[Sheet], list[Problem]]


def read(content: bytes, file: str, headings: Headings) -> Read:
    """Return the sheets of a file.

    Parameters
    ----------
    content : bytes
    file : str
        Path below the data folder. Its ending says what it was meant to be, its bytes what it is.
    headings : callable
        Counts the known headings among the cells of a row: they tell the delimiter of a CSV file.

    Returns
    -------
    tuple of list of Sheet and list of Problem
        No sheet where the file cannot be read at all, with a problem that says so; never raises for
        what is in it.
    """
    ending = PurePath(file).suffix.lower()
    if not content.strip(b"\r\n\t \0"):
        return [], [Problem("empty_file", file)]
    kind = formats.of(content)
    if ending in CSV and kind in (Format.TEXT, Format.XML, Format.UNKNOWN):
        return delimited.read(content, file, headings)
    if kind is Format.HTML:
        return _html(content, file)
    if kind in (Format.TEXT, Format.XML):
        return _text(content, file, headings, kind)
    if (size := archive.size(content)) > archive.MOST:
        return [], [too_large(file, size)]
    if formats.locked(content):
        return [], [Problem("password", file)]
    readers = [workbooks.read_excel, workbooks.read_other]
    return _workbook(content, file, readers if kind is Format.EXCEL else readers[1:])


def too_large(file: str, size: int, most: int = archive.MOST) -> Problem:
    """Return the problem of a file that would fill the memory."""
    return Problem("too_large", file, found=str(size >> 20), expected=str(most >> 20))


def _too_many(file: str, error: TooLargeError) -> Problem:
    """Return the problem of a table that would take too long to read, or fill the memory."""
    if error.columns:
        return Problem("too_many_columns", file, found=str(error.columns), expected=str(error.most))
    return Problem("too_many_cells", file, expected=str(error.most))


def _html(content: bytes, file: str) -> Read:
    """Return the one table of a page."""
    if len(content) > _PAGE:
        return [], [too_large(file, len(content), _PAGE)]
    try:
        sheet = markup.read(content, file)
    except UndecodableError:
        sheet = None
    except TooLargeError as error:
        return [], [_too_many(file, error)]
    if sheet is None:
        return [], [_not_workbook(file, Format.HTML, "error")]
    return [sheet], [_not_workbook(file, Format.HTML, "guess")]


def _text(content: bytes, file: str, headings: Headings, kind: Format) -> Read:
    """Return what a text under the name of a workbook holds, where it is a table."""
    found, problems = delimited.read(content, file, headings)
    rows = (row for sheet in found for row in sheet.cells.head(HEAD).fillna("").to_numpy(dtype=object))
    if kind is Format.TEXT and max((headings(list(row)) for row in rows), default=0) >= _KNOWN:
        return found, [_not_workbook(file, kind, "guess"), *problems]
    return [], [_not_workbook(file, kind, "error")]


def _not_workbook(file: str, kind: Format, severity: str) -> Problem:
    code = "other_format" if severity == "error" else "guessed_format"
    found = None if code == "other_format" and kind is Format.TEXT else kind.value
    return Problem(code, file, found=found, expected=".xlsx", severity=severity)


def _workbook(content: bytes, file: str, readers: Sequence[Callable[[bytes, str], Iterator[Sheet]]]) -> Read:
    """Return the sheets of a workbook by the first reader that finds any."""
    from python_calamine import PasswordError

    fault, large = "", None
    for number, reader in enumerate(readers):
        try:
            with warnings.catch_warnings():  # of what the reader leaves out, such as drop-down lists
                warnings.simplefilter("ignore")
                found = list(reader(content, file))
        except (KeyboardInterrupt, SystemExit):
            raise
        except PasswordError:
            return [], [Problem("password", file)]
        except TooLargeError as error:
            large = error
            if error.columns:  # another reader would find as many
                break
        except BaseException as error:  # whatever a broken workbook raises; a panic is no Exception
            fault = fault or type(error).__name__
            continue
        else:
            if not found:
                continue
            told = [Problem("second_reader", file, expected=".xlsx", severity="guess")] if number else []
            return found, told
    if large:
        return [], [_too_many(file, large)]
    return [], [Problem("unreadable_workbook", file, found=fault or None, expected=".xlsx")]
