"""Annotated copies: a workbook with a comment on every wrong cell, to be sent back to its author."""

from __future__ import annotations

import io
import shutil
import warnings
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from copy import copy
from hashlib import sha256
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter

from aqparat.data import titles
from aqparat.data.forms.archive import packed
from aqparat.data.reading import archive
from aqparat.data.reading.headings import column_of
from aqparat.data.reading.submitted import ANSWER
from aqparat.data.reading.workbooks import cells as stored
from aqparat.data.schemas import TABLES
from aqparat.disk import outside_raw, put
from aqparat.problem import Problem
from aqparat.publish.manifest import digest
from aqparat.words.inline import capital
from aqparat.words.language import Language

AUTHOR = "aqparat"
# What stands below this line in a comment is the program's; it is replaced when the copy is checked again.
_BELOW = "\n— aqparat —\n"
FOLDER = "marked"
_WRITTEN = ".written"  # names and SHA-256 of the copies, as they were written
FILLS = {"error": "FFF4B6B0", "warning": "FFFCE5A6"}
COMMENTS = 2000  # in one workbook: each is a shape of its own, and more make it slow to open
_HEAD = 20  # rows that may stand above a heading
_WIDTH, _LINE, _LETTERS = 320, 20, 42  # of a comment: pixels across, pixels a line, letters a line


def write(folder: Path, data: Path, problems: Iterable[Problem], language: Language) -> list[Path]:
    """Write an annotated copy of every workbook with errors or warnings; copies of before are taken away.

    A file there that is not as the program wrote it stays as it is: somebody has mended a copy in its place.

    Parameters
    ----------
    folder : Path
        The folder of the copies.
    data : Path
        The data folder, which the files of problems are below.
    problems : iterable of Problem
    language : Language
        Of the comments.

    Returns
    -------
    list of Path
        The copies. A workbook that openpyxl cannot open has none, nor one whose copy somebody has changed.
    """
    outside_raw(folder, data)
    changed = _take_away(folder)
    wrong: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.file.casefold().endswith(".xlsx") and problem.severity in FILLS:
            wrong[problem.file].append(problem)
    copies = {
        folder / name: content
        for file, name in _names(sorted(wrong)).items()
        if folder / name not in changed
        and (data / file).is_file()
        and (content := _copy(data / file, wrong[file], language)) is not None
    }
    if copies or changed:
        folder.mkdir(parents=True, exist_ok=True)
        listed = (f"{sha256(content).hexdigest()}  {path.name}\n" for path, content in copies.items())
        put(folder / _WRITTEN, "".join(listed))  # first: a copy that is in no list is taken for somebody's
    for path, content in copies.items():
        put(path, content)
    return list(copies)


def changed_copies(folder: Path) -> list[Path]:
    """Return the files among annotated copies that are not as the program wrote them."""
    if not folder.is_dir():
        return []
    kept = folder / _WRITTEN
    made = kept.read_text(encoding="utf-8").splitlines() if kept.is_file() else []
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path != kept]
    return [path for path in files if f"{digest(path)}  {path.name}" not in made]


def _take_away(folder: Path) -> list[Path]:
    """Take away the copies of before, but those that somebody has changed."""
    changed = changed_copies(folder)
    if folder.is_dir():
        for path in folder.iterdir():
            if path.is_file() and path not in changed and path.name != _WRITTEN:
                path.unlink()
    if not changed:  # only now the list: without it they would be taken for somebody's
        shutil.rmtree(folder, ignore_errors=True)
    return changed


def _copy(path: Path, problems: list[Problem], language: Language) -> bytes | None:
    """Return the annotated copy of a workbook; None where it is too large, or openpyxl cannot take it."""
    if path.stat().st_size > archive.MOST:
        return None
    content = path.read_bytes()
    if archive.size(content) > archive.MOST:
        return None
    try:
        if archive.reach(content).cells > archive.CELLS:
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions of Excel that openpyxl leaves out
            book = openpyxl.load_workbook(io.BytesIO(content), rich_text=True)
            annotate(book, problems, language)
            return packed(book, book.properties.modified, zipfile.ZIP_DEFLATED)
    except Exception:  # a broken file makes openpyxl stumble in any way; the page has its problems
        return None


def _names(files: list[str]) -> dict[str, str]:
    """Return each file the name of its copy: its own, with its folder before it where two have the same.

    Names that differ by case alone are the same: the copies may be taken to a system where they are.
    """
    paths = {file: PurePosixPath(file) for file in files}
    own = Counter(path.name.casefold() for path in paths.values())
    given, taken = dict[str, str](), set(own)
    for file, path in paths.items():
        name = path.name
        if own[name.casefold()] > 1:
            ways = chain([""], map("-{}".format, count(2)))
            name = next(
                each
                for way in ways
                if (each := f"{path.parent.name}-{path.stem}{way}{path.suffix}").casefold() not in taken
            )
        taken.add(name.casefold())
        given[file] = name
    return given


def annotate(book: Any, problems: Iterable[Problem], language: Language) -> None:
    """Colour the wrong cells of a workbook and say in a comment what is wrong with each.

    A problem in the first sheet of a form marks the answer. One without a column marks the first cell of
    its row, one without a row the first cell of the sheet, one without a sheet the first sheet; for a
    cell whose row or column is hidden the next one stands that can be seen. What stands in a cell, its
    format, its validation and its own comment are kept.
    """
    cells: dict[tuple[str, int, int], list[Problem]] = defaultdict(list)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    for sheet in sheets.values():
        _cleared(sheet)
    first = next((s for s in book.worksheets if s.sheet_state == "visible"), book.worksheets[0])
    columns = {name: headings(sheet) for name, sheet in sheets.items()}
    for problem in problems:
        sheet = sheets.get(problem.sheet, first)
        if titles.is_front(sheet.title) and problem.row:
            column = ANSWER + 1  # counted from 1
        else:
            column = columns[sheet.title].get(titles.folded(problem.column or ""), 1) if problem.row else 1
        place = _shown(sheet, problem.row or 1, column)
        cells[sheet.title, *_anchor(sheet, *place)].append(problem)
    fills = {severity: PatternFill("solid", fgColor=colour) for severity, colour in FILLS.items()}
    for number, ((name, row, column), here) in enumerate(cells.items()):
        cell = _cell(sheets[name], row, column)
        worst = "error" if any(p.severity == "error" for p in here) else "warning"
        cell.fill = fills[worst]
        if number < COMMENTS:
            cell.comment = _comment(cell.comment, here, language)
    if len(cells) > COMMENTS:
        left = language.number(len(cells) - COMMENTS)
        first["A1"].comment = _told(first["A1"].comment, language.label("quality.comments_left", count=left))


def headings(sheet: Any) -> dict[str, int]:
    """Find the columns of a sheet by their headings.

    The heading is the row, of the first `_HEAD`, that names most columns of one table, by code or by
    title. Where no row names any, the first row stands for it.

    Returns
    -------
    dict of str to int
        Heading as it stands, and the code it means, both folded, to the number of the column.
    """
    best: dict[str, int] = {}
    known = -1
    for cells in sheet.iter_rows(1, min(_HEAD, sheet.max_row)):
        texts = {titles.folded(str(c.value)): c.column for c in reversed(cells) if c.value is not None}
        for table in TABLES:
            named = {at: column_of(table, text)[0] for text, at in texts.items()}
            meant = {titles.folded(column): at for at, column in named.items() if column}
            if len(meant) > known:
                best, known = {**texts, **meant}, len(meant)
    return best


def _cleared(sheet: Any) -> None:
    """Take away the comments and colours of a copy that was annotated before, mended and sent again."""
    for cell in [c for c in stored(sheet) if c.comment and _BELOW in c.comment.text]:
        kept = cell.comment.text.partition(_BELOW)[0].rstrip()
        cell.comment = Comment(kept, cell.comment.author) if kept else None
        cell.fill = PatternFill()


def _cell(sheet: Any, row: int, column: int) -> Any:
    """Return a cell; one that the file does not have looks and is locked as its row or its column says."""
    cell = sheet.cell(row, column)
    if cell.value is None and not cell.has_style:
        lines = [sheet.row_dimensions[row]] if row in sheet.row_dimensions else []
        for letter, about in sheet.column_dimensions.items():
            first = about.min or column_index_from_string(letter)
            if first <= column <= (about.max or first):
                lines.append(about)
        styled = next((line for line in lines if line.has_style), None)
        if styled is not None:
            cell._style = copy(styled._style)
    return cell


def _anchor(sheet: Any, row: int, column: int) -> tuple[int, int]:
    """Return the cell that shows what stands at a place: of merged cells the first."""
    if isinstance(sheet.cell(row, column), MergedCell):
        place = f"{get_column_letter(column)}{row}"
        for merged in sheet.merged_cells.ranges:
            if place in merged:
                return merged.min_row, merged.min_col
    return row, column


def _shown(sheet: Any, row: int, column: int) -> tuple[int, int]:
    """Return the cell itself, or the next to the right or below whose row and column are not hidden."""
    hidden = {
        number
        for letter, about in sheet.column_dimensions.items()
        if about.hidden
        for number in range(about.min or column_index_from_string(letter), (about.max or 0) + 1)
    }
    while column in hidden and column < sheet.max_column:
        column += 1
    while row in sheet.row_dimensions and sheet.row_dimensions[row].hidden and row < sheet.max_row:
        row += 1
    return row, column


def _comment(before: Comment | None, problems: list[Problem], language: Language) -> Comment:
    told = dict.fromkeys(_said(problem, language) for problem in problems)
    return _told(before, "\n".join(told))


def _said(problem: Problem, language: Language) -> str:
    return " ".join(filter(None, [capital(language.fault(problem)), language.hint(problem)]))


def _told(before: Comment | None, text: str) -> Comment:
    """Put a text below what a comment said before, in a box that it fits in."""
    whole = (f"{before.text.rstrip()}\n\n" if before is not None else "") + _BELOW + text
    lines = sum(1 + len(line) // _LETTERS for line in whole.splitlines())
    return Comment(whole, AUTHOR, height=_LINE * (lines + 1), width=_WIDTH)
