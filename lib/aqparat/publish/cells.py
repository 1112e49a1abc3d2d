"""What a notebook is apart from how it was last run and saved: its cells.

JupyterLab saves by itself, with outputs, counters, the name of its kernel and notes of its own. None of it
goes into a report, so none of it makes a report another one.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any


def cells(path: Path) -> list[dict[str, Any]]:
    """Return what a report takes from each cell of a notebook.

    Returns
    -------
    list of dict
        `type, id, tags, source, attachments`; `id` is None where an old notebook has none.

    Raises
    ------
    ValueError
        If the file is not a notebook.
    """
    try:
        return [
            {
                "type": cell["cell_type"],
                "id": cell.get("id"),
                "tags": cell.get("metadata", {}).get("tags", []),
                "source": cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"]),
                "attachments": cell.get("attachments", {}),
            }
            for cell in json.loads(path.read_bytes())["cells"]
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} is not a notebook") from error


def digest(path: Path) -> str:
    """Return the SHA-256 of a notebook's cells; of the whole file where it is not a notebook."""
    try:
        content = json.dumps(cells(path), ensure_ascii=False, sort_keys=True).encode("utf-8")
    except ValueError:
        content = path.read_bytes()
    return hashlib.sha256(content).hexdigest()
