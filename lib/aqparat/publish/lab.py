"""JupyterLab on a copy of the exploring notebook: it saves by itself, and the original stays clean."""

from __future__ import annotations

import os
from pathlib import Path

from aqparat.data.reading.files import DataFolderError, batch_of, batches, find
from aqparat.notebook_format import nbformat
from aqparat.period import Period
from aqparat.problem import AqparatError
from aqparat.publish.manifest import notebooks_folder
from aqparat.publish.notebook import assigned

FOLDER = "explore"  # beside the data folder; git does not look into it
NOTEBOOK = "explore.ipynb"
_LAST = Period(2099)


class RootError(AqparatError):
    """JupyterLab is not run as root unless that is asked for."""


def copy(period: Period | None, language: str, data: Path) -> Path:
    """Put a copy of the exploring notebook beside the data; one that is there already stays as it is.

    Parameters
    ----------
    period : Period or None
        Data up to and including it; the last one handed in where None.
    language : str
    data : Path
        The data folder.

    Returns
    -------
    Path
        `explore/<period>-<language>.ipynb`, with these parameters in it.

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
    if not target.exists():
        made = nbformat.read(notebooks_folder(home) / NOTEBOOK, as_version=4)
        given = assigned({"period": str(period), "language": language, "data": home.name})
        made.cells.insert(1, nbformat.v4.new_code_cell(given, id="injected-1"))
        made.cells[1].metadata["tags"] = ["injected-parameters"]
        target.parent.mkdir(exist_ok=True)
        nbformat.write(made, target)
    return target


def launch(notebook: Path, allow_root: bool = False) -> None:
    """Open JupyterLab on a notebook, for this machine only.

    It makes a token by which the browser is let in, and prints it; a token of ours it would not print.

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

    launch_new_instance(
        [
            str(notebook),
            f"--ServerApp.root_dir={notebook.parents[1]}",
            "--ServerApp.ip=127.0.0.1",
            "--ServerApp.allow_remote_access=False",
            *(["--allow-root"] if allow_root else []),
        ]
    )
