import time
from pathlib import Path

import aqparat
import pytest
from aqparat.publish.preview.watch import DATA, NOTEBOOK, PROGRAM, TEXTS, Places, Watch, kinds

LIBRARY = Path(aqparat.__file__).parent


@pytest.fixture
def places(tmp_path):
    for name in ("data/raw/2017H1", "data/processed/2017H1", "notebooks"):
        (tmp_path / name).mkdir(parents=True)
    return Places(tmp_path / "data", tmp_path / "notebooks")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("data/raw/2017H1/observations.csv", DATA),
        ("data/raw/reference/union.csv", DATA),
        ("data/settings.toml", DATA),
        ("data/raw/2017H1/~$KUS.xlsx", None),  # left by Excel while it is open
        ("data/raw/2017H1/.observations.csv.swp", None),
        ("data/raw/2017H1/observations.csv~", None),
        ("data/processed/2017H1/facts.parquet", None),
        ("notebooks/report.ipynb", NOTEBOOK),
        ("notebooks/.ipynb_checkpoints/report-checkpoint.ipynb", None),
        (LIBRARY / "texts/kk/narrative/site.md.j2", TEXTS),
        (LIBRARY / "texts/ru/labels.toml", TEXTS),
        (LIBRARY / "document/templates/report/report.css", TEXTS),
        (LIBRARY / "texts/__init__.py", PROGRAM),
        (LIBRARY / "settings.toml", PROGRAM),
        (LIBRARY / "charts/aqparat.mplstyle", PROGRAM),
        (LIBRARY / "words/__pycache__/renderer.cpython-311.pyc", None),
        ("reports/2017H1/kk/report.html", None),
    ],
)
def test_a_change_asks_for_what_depends_on_the_file(places, tmp_path, path, kind):
    assert places.kind(tmp_path / path) == kind
    assert kinds([tmp_path / path], places) == ({kind} if kind else set())


def test_what_is_written_is_noticed_and_what_a_report_writes_is_not(places):
    raw, kept = places.data / "raw/2017H1/observations.csv", places.data / "processed/2017H1/facts.parquet"
    with Watch(places) as watch:
        time.sleep(0.2)  # until it looks
        kept.write_text("x")
        raw.write_text("indicator\n", encoding="utf-8")
        assert watch.wait() == {DATA}
        beside = raw.with_name(".new")
        beside.write_text("indicator,value\n", encoding="utf-8")
        beside.replace(raw)  # as many editors save
        (places.notebooks / "report.ipynb").write_text("{}")
        found = watch.wait()
        assert found | (watch.wait() if len(found) < 2 else set()) == {DATA, NOTEBOOK}
        assert not watch.has_news
    assert not watch._thread.is_alive()
