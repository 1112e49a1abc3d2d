import pandas as pd
import pytest
from aqparat.data.prepare import PREPARED, REFERENCE
from aqparat.data.store import Store


def storages(frame):
    return {dtype.storage for dtype in frame.dtypes if isinstance(dtype, pd.StringDtype)}


@pytest.mark.parametrize("kept", [False, True])
def test_texts_are_pythons_own_read_or_restored(folder, kept):
    """Mixed columns would be made alike again at each step, and Arrow's cost more in small tables."""
    for _ in range(1 + kept):
        tables = Store.open("2017H1", folder.path).tables
    for name in (*PREPARED, *REFERENCE):
        assert storages(getattr(tables, name)) <= {"python"}, name


def test_facts_are_made_of_such_texts(tables):
    from aqparat.metrics.basis import Basis

    counted = Basis(tables).counted
    assert storages(counted) <= {"python"}
