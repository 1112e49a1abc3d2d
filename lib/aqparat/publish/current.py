"""Whether there is nothing to do, decided by digests before anything heavy is imported.

It says so only where publishing would find the same; where anything is unusual, it leaves that to publishing.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aqparat import passing, settings
from aqparat.data.reading.files import Files, batch_of, find
from aqparat.disk import outside_raw
from aqparat.moment import at_one_moment
from aqparat.problem import AqparatError
from aqparat.publish import kept, later, manifest, place
from aqparat.publish.order import Order, completed
from aqparat.texts import texts
from aqparat.words.visible import visible


class _UnclearError(Exception):
    """Publishing has to look at it."""


def unchanged(orders: Sequence[Order]) -> list[str] | None:
    """Return what a person is to be told where every report, and the front page, is there as it is to be.

    Parameters
    ----------
    orders : sequence of Order
        With one folder of reports.

    Returns
    -------
    list of str or None
        In the first language; None where something is to be made, or may be.
    """
    try:
        told = [line for order in orders for line in _told(order)]
        return told if _has_front(orders[0]) else None
    except (_UnclearError, AqparatError, OSError, ValueError, TypeError, LookupError, RecursionError):
        return None  # publishing finds the same again, and says what is wrong


@contextmanager
def remembered(order: Order) -> Iterator[None]:
    """Keep that the front page is written meanwhile, and from what: the reports that stood there before."""
    stamp = at_one_moment(lambda: _front(order.out), order.out)
    yield
    page = order.out / "index.html"
    if page.is_file():
        kept.write(find(order.data).resolve(), "front", stamp, manifest.digest(page))


def origin(order: Order, data: Path, files: dict[str, str], chosen: settings.Settings) -> dict[str, Any]:
    """Return what a report is made from, as its manifest tells it.

    Parameters
    ----------
    order : Order
        Completed by what is published already.
    data : Path
        The data folder, as `find` gives it.
    files : dict of str to str
        Every raw file that is read, to its SHA-256.
    chosen : Settings
    """
    notebooks = manifest.notebooks_folder(data)
    sources = [notebooks / "report.ipynb"] + [notebooks / "organisation.ipynb"] * bool(order.organisations)
    return manifest.made_from(files, sources, {**order.parameters, "data": data.name}, chosen.flat())


def _told(order: Order) -> Iterator[str]:
    """Give what is to be told of a report that is there as it is to be."""
    data = find(order.data).resolve()
    batch_of(data, order.period)
    real = outside_raw(order.target, data)
    passing.clear_temporary()
    passing.clear_below(data / "processed")
    if not (real / "manifest.json").is_file():
        raise _UnclearError
    with place.held(real, _busy):
        found = json.loads((real / "manifest.json").read_text(encoding="utf-8"))
        files = Files(data, order.period)
        inputs = {files.name(path): manifest.digest(path) for path in files.paths()}
        if inputs != found["inputs"]:
            raise _UnclearError
        whole = order if order.only else _completed(order, found["parameters"], real)
        if not manifest.is_current(real, origin(whole, data, inputs, _settings(files))):
            raise _UnclearError
        after = later.known(order.period, data)
        if after is None:
            raise _UnclearError
    if after:
        label = texts("labels", order.languages[0])["place"]["later"]
        values = {"path": order.target.as_posix(), "period": str(order.period), "files": place.named(after)}
        yield visible(label.format(**values))


def _busy() -> None:
    """Leave it to publishing to wait for another run."""
    raise _UnclearError


def _settings(files: Files) -> settings.Settings:
    if not files.settings.is_file():
        return settings.defaults()
    chosen, problems = settings.read(files.settings.read_bytes())
    if problems:
        raise _UnclearError
    return chosen


def _completed(order: Order, given: dict[str, Any], real: Path) -> Order:
    """Complete an order by what is published; an organisation that is not is left to publishing."""
    before = Order(order.period, given["languages"], given["formats"], organisations=given["organisations"])
    if not {*order.organisations} <= {*before.organisations}:
        raise _UnclearError
    return completed(order, before, _codes(real))


def _codes(real: Path) -> list[str]:
    """Return the codes of organisations in the order of the reference table, from a published folder."""
    if not (real / "data" / "organisations.csv").is_file():
        raise _UnclearError
    with (real / "data" / "organisations.csv").open(encoding="utf-8", newline="") as file:
        return [row["code"] for row in csv.DictReader(file)]


def _has_front(order: Order) -> bool:
    page, data = order.out / "index.html", find(order.data).resolve()
    return bool(kept.read(data, "front", _front(order.out)) == manifest.digest(page))


def _front(out: Path) -> str:
    """Digest all that the front page of a folder of reports is made from: manifests tell what is in files."""
    reports = {path.parent.name: path.parent for path in out.glob("*/manifest.json")}
    return kept.stamp({name: dict(_files(folder)) for name, folder in reports.items()})


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    for path in folder.rglob("*"):
        if path.is_file() and {folder / place.MARKED, folder / place.CHECKED}.isdisjoint(path.parents):
            digest = manifest.digest(path) if path.name == "manifest.json" else ""
            yield path.relative_to(folder).as_posix(), digest


__all__ = ["origin", "remembered", "unchanged"]
