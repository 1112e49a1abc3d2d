from dataclasses import replace
from datetime import date

import pytest
from aqparat import memory
from aqparat.data.precedence import Precedence
from aqparat.data.store import Store
from aqparat.metrics import Fact, Facts, store
from aqparat.period import Period, Window

COPIES = Fact(
    "volume.copies.KUS.bilimdi-el.2017", "volume", "copies", "KUS", "bilimdi-el", "newspaper",
    Period(2017).window, None, 20.0, 19.0, 21.5, "about", "copy", origins=("a.csv#2-3", "b.csv#5"),
)  # fmt: skip
GROWTH = Fact(
    "rate_ratio.videos.TOTAL.any.2017-01-01_.2016", "rate_ratio", "videos", "TOTAL", "", "",
    Window(date(2017, 1, 1), None), Period(2016).window, None, 0.5, None, "at_least", "ratio",
    inputs=("a", "b"), interval_low=0.25, interval_high=4.0,
)  # fmt: skip
PAST = [
    replace(COPIES, id=f"volume.copies.{code}.bilimdi-el.2012", organisation=code)
    for code in ("KUS", "AKT", "TOTAL")
]


@pytest.fixture
def computed(monkeypatch):
    """Note each time that facts are computed: whether with the history of organisations."""
    times = []

    def collect(tables, history=False):
        times.append(history)
        return Facts([COPIES, GROWTH, *(PAST if history else [])], Precedence.of(tables))

    monkeypatch.setattr(store, "collect", collect)
    return times


@pytest.fixture
def kept(tables, tmp_path):
    folder = tmp_path / "2017H1"
    folder.mkdir()
    return Store(tables, None, folder, "a stamp")


def test_what_was_computed_is_read_the_next_time(kept, computed):
    first, again = store.facts(kept), store.facts(kept)
    assert computed == [False]
    assert list(first) == list(again) == [COPIES, GROWTH]
    assert first.precedence == again.precedence == Precedence.of(kept.tables) != Precedence()


def test_other_data_other_code_and_other_packages_are_computed_anew(kept, computed, monkeypatch):
    monkeypatch.setattr(store, "_program", store._program.__wrapped__)  # of another process each time
    store.facts(kept)
    store.facts(replace(kept, stamp="another"))
    assert len(computed) == 2
    monkeypatch.setattr(store, "digest_of", lambda folder: f"another {folder.name}")
    store.facts(kept)
    assert len(computed) == 3
    monkeypatch.setattr(
        store, "digest_of", lambda folder: f"another {folder.name}" * (folder.name == "metrics")
    )
    store.facts(kept)
    assert len(computed) == 3  # the code is that of the metrics
    for package in ("numpy", "pandas", "scipy"):
        monkeypatch.setattr(store.metadata, "version", lambda name, changed=package: name == changed)
        store.facts(kept)
    assert len(computed) == 6
    store.facts(kept)
    assert len(computed) == 6


def test_an_organisation_has_its_own_past_besides(kept, computed):
    told = store.facts(kept, "KUS")
    assert list(told) == [COPIES, GROWTH, PAST[0]]  # each once; not the union's past
    assert told.precedence == Precedence.of(kept.tables)
    assert list(store.facts(kept, "AKT")) == [COPIES, GROWTH, PAST[1]]
    assert computed == [False, True]  # the past of all at once
    assert {file.name for file in kept.folder.iterdir()} == {"facts.parquet", "history.parquet"}


def test_that_there_are_none_is_kept_too(kept, monkeypatch):
    monkeypatch.setattr(store, "collect", lambda tables, history=False: Facts([]))
    assert list(store.facts(kept, "KUS")) == []
    monkeypatch.setattr(store, "collect", None)  # not called again
    assert list(store.facts(kept, "KUS")) == []


def test_the_unions_facts_that_are_at_hand_are_not_read(kept, computed):
    assert list(store.facts(kept, union=Facts([GROWTH]))) == [GROWTH]
    assert computed == []


def test_what_is_kept_in_memory_is_not_read(kept, computed, monkeypatch):
    monkeypatch.setattr(memory, "_kept", {})
    store.facts(kept, "KUS")
    for file in kept.folder.iterdir():
        file.unlink()
    assert list(store.facts(kept, "KUS")) == [COPIES, GROWTH, PAST[0]]
    assert computed == [False, True]
    assert list(store.facts(kept, "AKT")) == [COPIES, GROWTH, PAST[1]]


@pytest.mark.parametrize("content", [b"", b"no parquet"])
def test_what_is_damaged_is_computed_anew(kept, computed, content):
    store.facts(kept)
    (kept.folder / "facts.parquet").write_bytes(content)
    assert list(store.facts(kept)) == [COPIES, GROWTH]
    assert len(computed) == 2


def test_facts_are_told_where_they_cannot_be_kept(kept, computed):
    kept.folder.rmdir()
    assert list(store.facts(kept)) == [COPIES, GROWTH]
