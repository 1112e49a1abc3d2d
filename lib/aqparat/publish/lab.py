"""JupyterLab on a copy of the exploring notebook: it saves by itself, and the original stays clean."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from aqparat.data.reading.files import DataFolderError, batch_of, batches, find
from aqparat.notebook_format import nbformat
from aqparat.period import Period
from aqparat.problem import AqparatError
from aqparat.publish.manifest import notebooks_folder
from aqparat.publish.notebook import assigned

FOLDER = "explore"  # beside the data folder; git does not look into it
NOTEBOOK = "explore.ipynb"
_LAST = Period(2099)
_NOTE = "aqparat"  # in the copy's metadata: of which cells it was made
_WIDGET = "application/vnd.jupyter.widget-view+json"


class RootError(AqparatError):
    """JupyterLab is not run as root unless that is asked for."""


@dataclass(frozen=True)
class Copy:
    """A copy of the exploring notebook, and where one was put aside for it.

    Parameters
    ----------
    path : Path
        `explore/<period>-<language>.ipynb`.
    aside : Path or None
        Where the analyst's copy of an older exploring notebook is kept; None where there was none.
    """

    path: Path
    aside: Path | None = None


def copy(period: Period | None, language: str, data: Path) -> Copy:
    """Put a copy of the exploring notebook beside the data; one that is there already stays as it is.

    One of another version of the notebook would call what is no more. Where the analyst has changed nothing
    in it, the new one takes its place; else it is put aside, as it is.

    Parameters
    ----------
    period : Period or None
        Data up to and including it; the last one handed in where None.
    language : str
    data : Path
        The data folder.

    Returns
    -------
    Copy
        The copy has these parameters in it.

    Raises
    ------
    DataFolderError
        There is no data folder, or nothing was handed in for the period.
    AqparatError
        There is no notebook to copy.
    """
    home = find(data).resolve()
    if period is None:
        known = batches(home, _LAST)
        if not known:
            raise DataFolderError("no_batch", str(home / "raw"), "2017H1")
        period = Period.parse(known[-1])
    batch_of(home, period)
    target = home.parent / FOLDER / f"{period}-{language}.ipynb"
    made = nbformat.read(notebooks_folder(home) / NOTEBOOK, as_version=4)
    given = assigned({"period": str(period), "language": language, "data": home.name})
    made.cells.insert(1, nbformat.v4.new_code_cell(given, id="injected-1"))
    made.cells[1].metadata["tags"] = ["injected-parameters"]
    made.metadata[_NOTE] = {"made": _digest(made)}
    aside = None
    if target.exists():
        before = _read(target)
        of = before.metadata.get(_NOTE, {}).get("made") if before else None
        if before and of == made.metadata[_NOTE]["made"]:
            _stilled(before, target)
            return Copy(target)
        if before is None or of != _digest(before):
            free = (target.with_stem(f"{target.stem}-{n}") for n in count(1))
            aside = target.rename(next(path for path in free if not path.exists()))
    target.parent.mkdir(exist_ok=True)
    nbformat.write(made, target)
    return Copy(target, aside)


def _digest(notebook: Any) -> str:
    """Return the SHA-256 of what an analyst may change in a notebook."""
    cells = [[cell.cell_type, cell.source] for cell in notebook.cells]
    return hashlib.sha256(json.dumps(cells).encode("utf-8")).hexdigest()


def _read(path: Path) -> Any:
    """Return a notebook; None where it is not one."""
    try:
        return nbformat.read(path, as_version=4)
    except Exception:  # whatever nbformat makes of a file that an analyst may have edited
        return None


def _stilled(notebook: Any, path: Path) -> None:
    """Take what belonged to a kernel that is no more out of a copy: below it stands the same as it was."""
    shown = [out.data for cell in notebook.cells for out in cell.get("outputs", []) if "data" in out]
    dead = [data for data in shown if _WIDGET in data and "text/html" in data]
    if not dead:
        return
    from nbformat.sign import NotebookNotary

    notary = NotebookNotary()  # JupyterLab shows a chart of a trusted notebook only
    was_trusted = notary.check_signature(notebook)
    for data in dead:
        del data[_WIDGET]
    nbformat.write(notebook, path)
    if was_trusted:
        notary.sign(notebook)


def launch(notebook: Path, allow_root: bool = False) -> None:
    """Open JupyterLab on a notebook, for this machine only.

    It makes a token by which the browser is let in, and prints it; a token of ours it would not print. It
    does not ask whether news may be fetched, nor look for a newer JupyterLab (`jupyter/labconfig`).

    Parameters
    ----------
    notebook : Path
    allow_root : bool
        Whether it may be run as root, as in a container.

    Raises
    ------
    RootError
    """
    if not allow_root and hasattr(os, "geteuid") and os.geteuid() == 0:
        raise RootError("JupyterLab is not run as root: use another account, or --allow-root.", "as_root")
    from jupyterlab.labapp import launch_new_instance

    home, ours = notebook.parents[1], str(Path(__file__).with_name("jupyter"))
    theirs = os.environ.get("JUPYTER_CONFIG_PATH")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, [ours, theirs]))
    launch_new_instance(
        [
            f"--ServerApp.root_dir={home}",
            f"--LabApp.default_url=/lab/tree/{notebook.relative_to(home).as_posix()}",  # as printed, too
            "--ServerApp.ip=127.0.0.1",
            "--ServerApp.allow_remote_access=False",
            *(["--allow-root"] if allow_root else []),
        ]
    )
