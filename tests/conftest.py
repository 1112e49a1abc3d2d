import gc
import shutil
import tempfile
from pathlib import Path

import aqparat
import pandas as pd
import pytest
from aqparat import notebook_format as notebook_format  # before nbformat: see there
from aqparat.bounds import Bounded
from aqparat.data.reading import intake
from aqparat.period import Period
from aqparat.problem import Problem
from hypothesis import configuration, settings

RAW = Path(__file__).parents[1] / "data" / "raw"
OUTLETS = {
    "union-site": "website",
    "qazaqstan-kasipodagy": "newspaper",
    "bilimdi-el": "newspaper",
}

gc.set_threshold(100_000, 20, 100)  # reports, pages and fixtures are large and stay: seldom look through them
configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "aqparat-hypothesis")
settings.register_profile("here", derandomize=True, deadline=None, database=None, max_examples=40)
settings.load_profile("here")


class Folder:
    """A data folder of a test's own: the raw data of the repository, to be changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        shutil.copytree(RAW, path / "raw")

    def write(self, file: str, text: str | bytes) -> None:
        target = self.path / "raw" / file
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())

    def text(self, file: str) -> str:
        return (self.path / "raw" / file).read_bytes().decode()

    def change(self, file: str, old: str, new: str) -> None:
        assert old in self.text(file), f"{old} is not in {file}"
        self.write(file, self.text(file).replace(old, new, 1))

    def append(self, file: str, *lines: str) -> None:
        self.write(file, self.text(file) + "".join(f"{line}\n" for line in lines))

    def load(self, period: str = "2017H1") -> aqparat.Tables:
        return aqparat.load(period, data=self.path)

    def problems(self, period: str = "2017H1") -> list[Problem]:
        return intake.read(self.path, Period.parse(period)).problems


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "data")


@pytest.fixture(scope="session")
def folder_at():
    """Build such a folder for tests that share one: `folder_at(path)`."""
    return lambda path: Folder(path / "data")


@pytest.fixture(scope="session")
def tables(folder_at, tmp_path_factory):
    return folder_at(tmp_path_factory.mktemp("session")).load("2017H1")


@pytest.fixture(scope="session")
def facts(tables):
    return aqparat.metrics.collect(tables)


@pytest.fixture(scope="session")
def members():
    return pd.Index(["AKM", "AKT", "ATY", "KUS"])


@pytest.fixture(scope="session")
def observed():
    """Build observations from lines of words.

    `indicator organisation outlet window value [qualifier [named …]]`: `.` is no outlet, the name
    of a channel may stand for it, `2017-` has no stated end.
    """

    def build(text: str) -> pd.DataFrame:
        lines = [line.split() for line in text.strip().splitlines() if line.strip()]
        return pd.DataFrame([_row(*line, number=n) for n, line in enumerate(lines, 2)])

    return build


def _row(indicator, organisation, outlet, window, value, qualifier="exact", *named, number):
    period = Period.parse(window.rstrip("-"))
    bounds = Bounded.stated(float(value), qualifier)
    return {
        "indicator": indicator,
        "organisation": organisation,
        "outlet": outlet if outlet in OUTLETS else "",
        "channel": OUTLETS.get(outlet, outlet.strip(".")),
        "start": pd.Timestamp(period.start).as_unit("us"),
        "end": pd.NaT if window.endswith("-") else pd.Timestamp(period.end).as_unit("us"),
        "value": float(value),
        "qualifier": qualifier,
        "named": list(named),
        "extreme": "",
        "batch": "2017H1",
        "origins": [f"observations.csv#{number}"],
        **{name: float(bound) for name, bound in bounds.columns().items()},
    }
