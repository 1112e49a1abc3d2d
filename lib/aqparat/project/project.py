"""The folder of a project: notebooks, reference tables, settings, a first form, and what to do next."""

from __future__ import annotations

import csv
import io
import re
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

from aqparat import settings
from aqparat.choices import LANGUAGES
from aqparat.data.forms import writing
from aqparat.disk import outside_raw
from aqparat.period import Period
from aqparat.problem import AqparatError
from aqparat.project import reference
from aqparat.publish.manifest import own_notebooks
from aqparat.texts import texts
from aqparat.words.bilingual import Bilingual

_LATE = timedelta(days=90)  # so long after a half-year it is still the one that is reported on
_IGNORED = (
    "/.venv/", "/data/processed/", "/explore/", "/reports/.failed/", "/reports/.staging*/",
    "__pycache__/", ".ipynb_checkpoints/", "~$*",
)  # fmt: skip


class ProjectError(AqparatError):
    """A project cannot be made where it was to be."""


def current(today: date) -> Period:
    """Return the half-year that is reported on: the last one until three months after its end.

    Examples
    --------
    >>> str(current(date(2026, 8, 1))), str(current(date(2026, 11, 26))), str(current(date(2027, 1, 9)))
    ('2026H1', '2026H2', '2026H2')
    """
    day = today - _LATE
    return Period(day.year, 1 if day.month <= 6 else 2)


def vacant(folder: Path) -> Path:
    """Return the real path of a folder that a project may be written into: not there yet, or empty.

    Raises
    ------
    ProjectError
        Something is in the folder.
    RawDataError
        It lies in raw data.
    """
    real = outside_raw(folder)
    if real.exists() and (found := next(iter(sorted(real.iterdir())), None)):
        message = f"{folder} is not empty: {found.name}"
        raise ProjectError(message, "not_empty", path=folder.as_posix(), found=found.name)
    return real


def write(folder: Path, names: Mapping[str, str], period: Period, git: bool = False) -> None:
    """Write a project into a folder that is not there yet, or is empty.

    All of it is written beside first and put in its place at the end, so that nothing is left of what could
    not be finished.

    Parameters
    ----------
    folder : Path
    names : mapping of str to str
        The union's name, by the languages of its reports.
    period : Period
        Of the first form.
    git : bool
        Whether there is to be a list of what git is to leave out.

    Raises
    ------
    ProjectError, RawDataError
        As `vacant`.
    """
    real = vacant(folder)
    made = [each for each in (real, *real.parents) if not each.exists()]
    staging = real / f".staging-{secrets.token_hex(4)}"
    try:
        staging.mkdir(parents=True)
        _fill(staging, names, period, git)
        for entry in sorted(staging.iterdir()):
            entry.rename(real / entry.name)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        for each in made:
            with suppress(OSError):
                each.rmdir()
        raise
    staging.rmdir()


def _fill(folder: Path, names: Mapping[str, str], period: Period, git: bool) -> None:
    languages = [*names]
    data = folder / "data"
    tables = data / "raw" / "reference"
    tables.mkdir(parents=True)
    (tables / "union.csv").write_bytes(_union(names))
    (tables / "indicators.csv").write_bytes(
        resources.files("aqparat.project").joinpath("indicators.csv").read_bytes()
    )
    (tables / "reference.xlsx").write_bytes(reference.workbook(languages))
    (folder / "examples").mkdir()
    (folder / "examples" / "reference.xlsx").write_bytes(reference.workbook(languages, examples=True))
    _text(data / settings.FILE, chosen(languages))
    _text(folder / "README.md", readme(names, period))
    if git:
        _text(folder / ".gitignore", "".join(f"{line}\n" for line in _IGNORED))
    shutil.copytree(own_notebooks(), folder / "notebooks", ignore=_but_notebooks)
    writing.write(period, ["all"], data, folder / "forms", Bilingual())


def chosen(languages: list[str]) -> str:
    """Return the settings of a project: its languages where they are not all, and the rest to be chosen from.

    A line of the program's own settings stands with `#` before it; `# ` begins a remark.
    """
    own = resources.files("aqparat").joinpath(settings.FILE).read_text(encoding="utf-8")
    told = ", ".join(f'"{code}"' for code in languages)
    lines = [f"# {texts('project', code)['settings']}" for code in languages]
    for line in own.splitlines()[2:]:
        if line.startswith("languages = ") and {*languages} != {*LANGUAGES}:
            lines.append(f"languages = [{told}]")
        else:
            lines.append(f"#{line}" if re.match(r"\w", line) else line)
    return "\n".join(lines) + "\n"


def readme(names: Mapping[str, str], period: Period) -> str:
    """Return what to do next, in each language of the project."""
    parts = []
    for code, name in names.items():
        said = texts("project", code)["readme"]
        parts.append(said.format(union=name, period=period))
    return "\n---\n\n".join(parts)


def _union(names: Mapping[str, str]) -> bytes:
    """Return the table of the union's name, as Excel too reads it."""
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\n")
    rows.writerows([[f"name_{code}" for code in LANGUAGES], [names.get(code, "") for code in LANGUAGES]])
    return file.getvalue().encode("utf-8-sig")


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _but_notebooks(_: str, found: list[str]) -> list[str]:
    return [name for name in found if not name.endswith(".ipynb")]
