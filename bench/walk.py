"""Walk the stages of a report in one process: `python -m bench.walk PERIOD LANGUAGE DATA FOLDER`.

Prints as JSON what each stage took of the processor, in seconds. A real run does several of them at once.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path

IMPORTS = {
    "imports: pandas": ("pandas",),
    "imports: data and facts": ("aqparat.data.store", "aqparat.metrics.store"),
    "imports: charts and words (matplotlib)": ("aqparat.report",),
    "imports: kernel (IPython, ipykernel)": ("IPython.core.interactiveshell", "ipykernel.kernelapp"),
    "imports: papermill, nbconvert": (
        "papermill",
        "nbconvert",
        "aqparat.publish.rendering",
        "aqparat.publish.run",
    ),
}


def main() -> None:
    """Take each stage's processor time."""
    period, language, data, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
    taken: dict[str, float] = {}
    last = time.process_time()

    def lap(name: str) -> None:
        nonlocal last
        now = time.process_time()
        taken[name] = now - last
        last = now

    for name, modules in IMPORTS.items():
        for module in modules:
            importlib.import_module(module)
        lap(name)

    from aqparat.data.store import Store
    from aqparat.metrics import store as facts
    from aqparat.publish import check, manifest, package
    from aqparat.publish.rendering import EXPORTERS

    from bench import plain

    store = Store.open(period, data)
    lap("files read, checked, prepared")
    known = facts.facts(store)
    lap("facts")
    source = json.loads(Path("notebooks/report.ipynb").read_text(encoding="utf-8"))
    plain.run(source, {"period": period, "language": language, "data": data.name})
    lap("the notebook's cells")
    executed = _read(source)
    last = time.process_time()
    for form, exporter in EXPORTERS.items():
        exporter().from_notebook_node(executed)
        lap(f"document: {form.upper()}")
    package.write(folder / "data", store.tables)
    manifest.write_json(folder / "facts.json", [fact.record() for fact in known])
    check.write_pages(folder / check.FOLDER, store.quality, [language])
    lap("data package, facts.json, quality page")
    print(json.dumps(taken))


def _read(notebook: object) -> object:
    import nbformat

    return nbformat.reads(json.dumps(notebook), as_version=4)


if __name__ == "__main__":
    main()
