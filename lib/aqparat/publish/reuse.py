"""Documents that need not be made again: what they are made from is the same, and nobody has touched them.

What a document was made from, and its files, are kept as digests in `data/processed/publish/`. Where that is
gone, or anything differs, the document is made anew.
"""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from aqparat.period import Period
from aqparat.publish import cells, kept, manifest
from aqparat.publish.task import Task

_OF_EXTRACT = ("heading", "prose")  # show a section of an extract
_APPENDIX = ("heading", "appendix")
_OF = ("chart", "table", "cards")  # show a section that `of` names
_WHOLE = ("title", "appendix")


class Reuse:
    """The documents of a published report, each to be taken over where it would be the same.

    Parameters
    ----------
    period : Period
    real : Path
        The published folder.
    data : Path
        The data folder.
    made_from : mapping
        What the report is made from now, as its manifest will tell it.
    force : bool
        Take over nothing.
    """

    def __init__(
        self, period: Period, real: Path, data: Path, made_from: Mapping[str, Any], force: bool = False
    ) -> None:
        self.real, self.data, self.force = real, data, force
        self._name = f"documents-{period}"
        code = {name: digest for name, digest in made_from["code"].items() if name.startswith("lib/")}
        self._program = [code, made_from["packages"]]
        self._all_data = [made_from["inputs"], made_from["settings"]]
        self._keys: dict[str, str] = {}  # of each task, by its folder in the report

    def takes(self, task: Task, staging: Path, extract: Callable[[], str] | None) -> bool:
        """Take over the documents of a task; return whether that is done.

        Parameters
        ----------
        task : Task
        staging : Path
            The folder in which the report is made.
        extract : callable, optional
            Gives the digest of the extract of the data that the notebook is made from, if it is plain.
        """
        name = task.folder.relative_to(staging).as_posix()
        content = extract() if extract and is_plain(task.source) else self._all_data
        beside = [*task.formats], [*task.languages], [*task.organisations], task.draft
        parts = self._program, cells.digest(task.source), task.parameters, beside, content
        self._keys[name] = kept.digest(parts)
        known = None if self.force else self._known().get(name)
        if not isinstance(known, dict) or known.get("key") != self._keys[name]:
            return False
        return _copied(self.real / name, task.folder, known.get("files"), _documents(task))

    def keep(self, staging: Path) -> None:
        """Keep what the documents of a report that is whole are made from, and their digests."""
        found = {
            name: {"key": key, "files": {p.name: manifest.digest(p) for p in (staging / name).iterdir()}}
            for name, key in self._keys.items()
        }
        kept.write(self.data, self._name, "", found)

    def _known(self) -> dict[str, Any]:
        found = kept.read(self.data, self._name, "")
        return found if isinstance(found, dict) else {}


def _documents(task: Task) -> set[str]:
    return {"report.ipynb", *(f"report.{form}" for form in task.formats)}


def _copied(source: Path, target: Path, files: Any, wanted: Iterable[str]) -> bool:
    """Copy documents whose digests are known; where one has another, none."""
    target.mkdir(parents=True)
    with suppress(OSError, LookupError, TypeError):
        for name in wanted:
            shutil.copyfile(source / name, target / name)
        if all(manifest.digest(target / name) == files[name] for name in wanted):
            return True
    shutil.rmtree(target)
    return False


def is_plain(notebook: Path) -> bool:
    """Return whether a notebook shows only an organisation's own sections, by calls of its report.

    One that does anything else, such as reading a file, may depend on all data.
    """
    try:
        code = [cell for cell in cells.cells(notebook) if cell["type"] == "code"]
        parameters, *rest = (ast.parse(cell["source"]).body for cell in code)
    except (ValueError, SyntaxError):
        return False
    if "parameters" not in code[0]["tags"] or not all(map(_declares, parameters)):
        return False
    opened, shown = rest[0] if rest else [], [statement for body in rest[1:] for statement in body]
    return _opens(opened, {s.target.id for s in parameters}) and all(map(_shows, shown))


def _declares(statement: ast.stmt) -> bool:
    """Return whether a statement is a typed parameter with a plain value."""
    if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
        return False
    return isinstance(statement.annotation, ast.Name) and _is_constant(statement.value)


def _is_constant(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) or (isinstance(value, ast.List | ast.Tuple) and not value.elts)


def _opens(body: list[ast.stmt], parameters: set[str]) -> bool:
    """Return whether statements import `Report` and make the report of an organisation, by parameters."""
    match body:
        case [
            ast.ImportFrom("aqparat.report", [ast.alias("Report", None)], 0),
            ast.Assign([ast.Name("report")], ast.Call(ast.Name("Report"), [ast.Name()] as args, keywords)),
        ]:
            given = {word.arg for word in keywords}
            names = [*args, *(word.value for word in keywords)]
            return "organisation" in given and all(
                isinstance(n, ast.Name) and n.id in parameters for n in names
            )
    return False


def _shows(statement: ast.stmt) -> bool:
    """Return whether a statement shows a section of an organisation's own report, and that alone."""
    from aqparat.sections.extract import NAMES  # here: only own reports are looked at

    match statement:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name("report"), method), args, keywords)):
            if method in _WHOLE:
                return not args and not keywords
            match args, keywords:
                case [ast.Constant(str(name))], []:
                    return (name in NAMES and method in _OF_EXTRACT) or (method, name) == _APPENDIX
                case [ast.Constant(str())], [ast.keyword("of", ast.Constant(str(name)))]:
                    return method in _OF and name in NAMES
    return False


__all__ = ["Reuse", "is_plain"]
