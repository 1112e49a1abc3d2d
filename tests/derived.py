"""2017H1 with facts that name what they are computed from."""

import copy
from dataclasses import replace
from functools import cache

import nbformat
from aqparat.metrics.facts import Fact, Facts
from reported import report, shown


@cache
def derived(language: str = "kk") -> nbformat.NotebookNode:
    """Give the notebook of the report with such facts, run without a kernel."""
    told = copy.copy(report(language))
    told.evidence = replace(told.evidence, facts=with_inputs(told.facts))
    told.section = told._section
    told._shown = {}
    return shown(told, "report")


def with_inputs(facts: Facts) -> Facts:
    """Name the inputs of what is computed from facts that are there; add what ranks are among."""
    found: dict[str, Fact] = {fact.id: fact for fact in facts}
    for fact in facts:
        for metric in (_growth, _share, _pace, _rank):
            inputs = metric(fact, found)
            if inputs and all(name in found for name in inputs):
                found[fact.id] = replace(fact, inputs=tuple(inputs), origins=())
    return Facts(list(found.values()))


def _volume(fact, organisation=None, window=None):
    where = fact.outlet or fact.channel or "any"
    window = window or fact.window
    return f"volume.{fact.indicator}.{organisation or fact.organisation}.{where}.{window.code}"


def _growth(fact, found):
    if fact.metric not in ("growth", "cagr", "rate_ratio"):
        return []
    return [_volume(fact), _volume(fact, window=fact.base)]


def _share(fact, found):
    return [_volume(fact), _volume(fact, "TOTAL")] if fact.metric == "share" else []


def _pace(fact, found):
    return [_volume(fact)] if fact.metric == "pace" else []


def _rank(fact, found):
    if fact.metric != "rank" or fact.indicator == "activity":
        return []
    members = next(name for name in found if name.startswith("volume.organisations.TOTAL"))
    stem = _volume(fact, "#").split("#")
    figures = [n for n in found if n.startswith(stem[0]) and n.endswith(stem[1]) and ".TOTAL." not in n]
    name = _volume(fact, "TOTAL").replace("volume.", "reported.", 1)
    count = float(len(figures))
    found[name] = replace(
        fact, id=name, metric="reported", organisation="TOTAL", value=count, low=count, high=count,
        qualifier="exact", unit="organisation", origins=(), inputs=(members, *figures),
    )  # fmt: skip
    return [_volume(fact), name]
