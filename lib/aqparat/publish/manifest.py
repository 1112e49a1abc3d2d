"""The manifest: what a published report was made from, by hash; no clock, host or path."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

import aqparat
from aqparat import disk
from aqparat.problem import AqparatError
from aqparat.publish import cells

_CODE = (".py", ".js", ".json", ".toml", ".j2", ".css", ".mplstyle", ".ttf", ".woff2")
_ORIGIN = ("parameters", "settings", "inputs", "code", "packages")  # what `made_from` tells


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def notebooks_folder(data: Path | None = None) -> Path:
    """Find the notebooks: those of a project, else the program's own.

    Parameters
    ----------
    data : Path, optional
        The data folder. A project is the folder that the program runs in or one above it, else that in which
        the data folder lies.

    Returns
    -------
    Path
        Of the program's own: in its package, or beside its source where it runs from there.

    Raises
    ------
    AqparatError
        There are none.
    """
    for root in (Path.cwd(), *Path.cwd().parents, *([data.resolve().parent] if data else [])):
        if (root / "notebooks" / "report.ipynb").is_file():
            return root / "notebooks"
    return own_notebooks()


def own_notebooks() -> Path:
    """Find the program's own notebooks; raise as `notebooks_folder` where there are none."""
    package = Path(aqparat.__file__).parent
    for root in (package.parents[1], package):
        if (root / "notebooks" / "report.ipynb").is_file():
            return root / "notebooks"
    message = "The folder notebooks/ was not found: run aqparat in the project's folder."
    raise AqparatError(message, "no_notebooks")


def made_from(
    inputs: Mapping[str, str],
    notebooks: Iterable[Path],
    parameters: Mapping[str, Any],
    settings: Mapping[str, Any],
) -> dict[str, Any]:
    """Describe what a report is made from.

    Parameters
    ----------
    inputs : mapping
        Raw files to SHA-256.
    notebooks : iterable of Path
        Of each only the cells count, as `cells.digest` has them.
    parameters : mapping
        Period, languages, formats.
    settings : mapping
        Every effective setting by dotted key.

    Returns
    -------
    dict
        `parameters, settings, inputs, code, packages`.
    """
    code = {**library(), **{f"notebooks/{path.name}": cells.digest(path) for path in notebooks}}
    return {
        "parameters": dict(parameters),
        "settings": dict(settings),
        "inputs": dict(sorted(inputs.items())),
        "code": dict(sorted(code.items())),
        "packages": packages(),
    }


def library() -> dict[str, str]:
    """Return every file of the program that a report depends on, with its SHA-256."""
    root = Path(aqparat.__file__).parent
    files = [Path(folder, name) for folder, _, names in os.walk(root) for name in names]
    return {
        f"lib/aqparat/{path.relative_to(root).as_posix()}": digest(path)
        for path in files
        if path.suffix in _CODE
    }


def packages() -> dict[str, str]:
    """Versions of the packages that the program itself asks for, and of the program, where they are there."""
    names = {"aqparat"}
    with suppress(metadata.PackageNotFoundError):
        for requirement in metadata.requires("aqparat") or []:
            if "extra ==" not in requirement:
                names.add(re.split(r"[\s<>=!~;\[]", requirement)[0])
    versions = {name: version(name) for name in sorted(names)}
    return {name: found for name, found in versions.items() if found}


def version(package: str) -> str | None:
    """Return the version of an installed package, None if it is not there."""
    try:
        found = metadata.distribution(package)
    except (metadata.PackageNotFoundError, ValueError):
        return None
    head, _, _ = (found.read_text("METADATA") or "").partition("\n\n")  # all of it takes long to understand
    told = [line.removeprefix("Version: ") for line in head.splitlines() if line.startswith("Version: ")]
    return told[0].strip() if told else found.version


def outputs(folder: Path) -> dict[str, str]:
    """Return every file of a published folder, but the manifest, with its SHA-256.

    Annotated copies of workbooks and pages of later checks, by `aqparat check`, are not published.
    """
    beside = {folder / "quality" / name for name in ("marked", "checked")}
    files = sorted(p for p in folder.rglob("*") if p.is_file() and beside.isdisjoint(p.parents))
    files = [p for p in files if p != folder / "manifest.json"]
    return {p.relative_to(folder).as_posix(): digest(p) for p in files}


def write(folder: Path, origin: Mapping[str, Any], published: str | None = None) -> None:
    """Write the manifest of a folder.

    Parameters
    ----------
    folder : Path
    origin : mapping
        What it is made from; parts of an older manifest besides stay out.
    published : str, optional
        SHA-256 of the facts.json that has been handed out.
    """
    parts = {name: origin[name] for name in _ORIGIN if name in origin}
    mark = {} if published is None else {"published": published}
    write_json(folder / "manifest.json", {**parts, **mark, "outputs": outputs(folder)})


def is_current(folder: Path, origin: Mapping[str, Any]) -> bool:
    """Return whether a published folder is made from just this and untouched since, handed out or not."""
    path = folder / "manifest.json"
    if not path.is_file():
        return False
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return False
    mark = {"published": kept["published"]} if "published" in kept else {}
    return bool(kept == {**origin, **mark, "outputs": outputs(folder)})


def write_json(path: Path, content: Any) -> None:
    """Write JSON the one way: UTF-8, LF, indented, in the order given."""
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    disk.write(path, text + "\n")
