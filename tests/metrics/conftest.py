from dataclasses import replace

import pytest
from aqparat.metrics.basis import Basis
from aqparat.period import Period
from test_rhythm import items


@pytest.fixture
def basis(tables, observed):
    """Give the basis of a report from lines of observations and of items, and from other tables."""

    def give(lines="", titles="", *, history=False, period="2017H1", **changes):
        rows = observed(lines) if lines else tables.observations.iloc[:0]
        register = items(titles).assign(batch=period, language="", format="") if titles else tables.items[:0]
        told = replace(tables, period=Period.parse(period), observations=rows, items=register, **changes)
        return Basis(told, history)

    return give
