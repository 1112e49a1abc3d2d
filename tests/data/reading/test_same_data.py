"""The same data in other encodings, kinds of file, languages and spellings give the same numbers."""

from datetime import date

import pandas as pd
import pytest
from aqparat.data import schemas
from aqparat.data.prepare import prepare
from aqparat.data.reading import intake
from aqparat.metrics import collect
from aqparat.period import Period
from variants import VARIANTS, as_csv, of_kind

PERIOD = Period.parse("2017H1")
WORDS = (
    "Ұстаздар күні өтті",
    "Кәсіподақ мүшелеріне көмек",
    "Ғылым мен білім: жаңа өкілдер",
    "Әңгіме, іс-шара",
)
PLACES = ("KUS", "ATY", "KAR", "VOS", "ZHA"), ("union-site", "bilimdi-el", "atyrau", "serper")


@pytest.fixture(scope="module")
def source(folder_at, tmp_path_factory):
    """Give the tables of 2017H1 as text, and items with Kazakh titles."""
    folder = folder_at(tmp_path_factory.mktemp("source"))
    tables = {
        path.stem: pd.read_csv(path, dtype=str, keep_default_na=False)
        for path in sorted((folder.path / "raw" / "2017H1").glob("*.csv"))
    }
    rows = [
        (
            date(2017, 1 + n % 6, 1 + n % 28).isoformat(),
            PLACES[0][n % 5],
            PLACES[1][n % 4],
            f"«{WORDS[n % 4]}» №{n}",
            ("kk", "ru")[n % 2],
            schemas.FORMATS[n % 4],
            f"https://example.org/{n}",
            "",
        )
        for n in range(40)
    ]
    return tables | {"publications": pd.DataFrame(rows, columns=list(schemas.BATCH["publications"].columns))}


@pytest.fixture(scope="module")
def reading(folder_at, tmp_path_factory):
    """Read a batch of just these files: its prepared tables, and what was said of it."""

    def read(files):
        folder = folder_at(tmp_path_factory.mktemp("variant"))
        for path in (folder.path / "raw" / "2017H1").iterdir():
            path.unlink()
        for name, content in files.items():
            folder.write(f"2017H1/{name}", content)
        raw = intake.read(folder.path, PERIOD)
        assert raw.errors == []
        return prepare(raw, PERIOD), {p.code for p in raw.problems if p.severity == "guess"}

    return read


@pytest.fixture(scope="module")
def expected(source, reading):
    tables, guesses = reading(as_csv(source))
    assert guesses == set()
    return tables, numbers(tables)


def numbers(tables):
    facts = {f.id: (f.value, f.low, f.high) for f in collect(tables)}
    assert len(facts) > 80
    return facts


def rows(tables):
    """Give all that metrics and words read, but for the places it stands in."""
    return {
        name: getattr(tables, name).drop(columns=["origins", "place", "row"], errors="ignore").to_dict("list")
        for name in sorted(schemas.BATCH)
    }


IN_FULL = ("kz1048, semicolons, dotted dates, decimal commas", "xlsx", "ods")  # same tables, same facts


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_same_numbers(source, tables, reading, expected, variant):
    write, guesses = VARIANTS[variant]
    files = write(source, tables)
    assert files != as_csv(source)
    read, found = reading(files)
    assert found == guesses
    assert str(rows(read)) == str(rows(expected[0]))  # as text: a missing date equals no other
    if variant in IN_FULL:
        assert numbers(read) == expected[1]


def test_another_number_is_seen(source, reading, expected):
    """Hold this test itself: a number that differs is no equal fact."""
    changed = of_kind(source, lambda text: "307" if text == "306" else text, "number")
    read, _ = reading(as_csv(changed))
    assert str(rows(read)) != str(rows(expected[0]))
    assert numbers(read) != expected[1]
