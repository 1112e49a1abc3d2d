import re
from pathlib import Path

import pytest
from aqparat import metrics
from aqparat.metrics.registry import METRICS, OF_INDICATOR, OF_INPUTS, metric

LIB = Path(metrics.__file__).parents[1]
ALONE = LIB / "publish" / "evaluate"  # keeps its own formulas on purpose
MAY_LIST = (LIB / "metrics" / "registry.py", LIB / "words" / "workings.py")  # a working is optional


def test_each_metric_stands_once():
    assert list(METRICS) == [m.name for m in METRICS.values()]
    places = [m.place for m in METRICS.values() if m.place < metric("nothing").place]
    assert len(places) == len(set(places))


def test_facts_are_as_the_registry_says(facts):
    for fact in facts:
        known = METRICS[fact.metric]
        assert known.unit in (OF_INDICATOR, OF_INPUTS, fact.unit), fact
        assert fact.inputs or not known.is_derived, fact
        assert bool(fact.base) == known.is_compared, fact
        assert known.interval or fact.interval_low is None, fact


def test_a_metric_of_another_version_is_plain():
    assert metric("of_the_future").place >= max(m.place for m in METRICS.values())
    assert not metric("of_the_future").signed


@pytest.mark.parametrize(
    "path", [p for p in sorted(LIB.rglob("*.py")) if not p.is_relative_to(ALONE) and p not in MAY_LIST],
    ids=lambda p: p.relative_to(LIB).as_posix(),
)  # fmt: skip
def test_no_other_module_lists_metrics(path):
    """A list of them would have to be added to for each new one; `__all__` is the public face."""
    text = path.read_text(encoding="utf-8").partition("__all__")[0]
    for listed in re.findall(r"[({\[][^()\[\]{}]*[)}\]]", text):
        assert len(set(re.findall(r'"(\w+)"', listed)) & set(METRICS)) <= 4, listed
