import gc
import os
import pickle

from aqparat.publish import cargo
from aqparat.publish.build import Build
from aqparat.publish.cargo import Cargo
from reported import data

BUILD = Build({}, {}, "3.11")


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.is_file() and p.read_bytes() for p in folder.rglob("*")}


def test_raw_data_settings_and_prepared_tables_arrive_as_they_are(folder, tmp_path):
    (folder.path / "settings.toml").write_text("[bounds]\nabout = 0.1\n", encoding="utf-8")
    (folder.path / "raw" / "2017H2").mkdir()  # a batch in which nothing was handed in
    folder.load()
    before = contents(folder.path)
    for stray in (
        "raw/2017H1/~$KUS.xlsx",
        "raw/2017H1/notes.docx",
        "processed/2018H1/x.parquet",
        "processed/2017H1/.new/x.parquet",
    ):
        (folder.path / stray).parent.mkdir(parents=True, exist_ok=True)
        (folder.path / stray).write_bytes(b"not read for this report")
    carried = Cargo(cargo.pack(folder.path, "2017H1"), BUILD)
    assert contents(carried.unpacked(tmp_path) / folder.path.name) == before
    assert (carried.unpacked(tmp_path) / folder.path.name / "raw" / "2017H2").is_dir()


def test_it_is_unpacked_where_it_is_sent_and_removed_with_the_last_who_has_it(tmp_path):
    sent = pickle.loads(pickle.dumps(Cargo(cargo.pack(data(), "2017H1"), BUILD)))
    assert sent.build == BUILD
    assert [*tmp_path.iterdir()] == []  # who only hands it on needs no folder
    assert [sent.unpacked(tmp_path), sent.unpacked(tmp_path)] == [*tmp_path.iterdir()] * 2
    del sent
    gc.collect()
    assert [*tmp_path.iterdir()] == []


def test_what_was_prepared_or_changed_since_is_seen(folder):
    before = cargo.seen(folder.path, "2017H1")
    assert cargo.seen(folder.path, "2017H1") == before
    folder.load()
    prepared = cargo.seen(folder.path, "2017H1")
    assert {name for name, *_ in prepared} > {name for name, *_ in before}
    file = folder.path / "raw" / "2017H1" / "observations.csv"
    os.utime(file, ns=(1, 1))
    assert cargo.seen(folder.path, "2017H1") != prepared
