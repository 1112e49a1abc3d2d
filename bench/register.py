"""Invented registers of publications of any length: `python -m bench.register DATA ITEMS [PERIOD…]`.

The rows are like real ones: all organisations, several outlets, days of several half-years, titles of forty
to ninety letters in Kazakh and Russian, addresses, languages and formats. They are written in pieces, so that
ten million rows need no more memory than a thousand. The same arguments give the same bytes.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from aqparat.period import Period
from aqparat.synthetic import write as synthetic
from pyarrow import csv

PIECE = 200_000  # rows written at once
PERIODS = ("2017H1", "2017H2", "2018H1", "2018H2", "2019H1")
OUTLETS = ("union-site", "qazaqstan-kasipodagy", "bilimdi-el", "egemen-qazaqstan", "kazakhstanskaya-pravda")
_SHARES = (0.6, 0.15, 0.1, 0.1, 0.05)
_COLUMNS = ("date", "organisation", "outlet", "title", "language", "format", "url", "speaker")
_SPEAKERS = ("", "", "", "төраға", "председатель", "заңгер", "бухгалтер", "технический инспектор")
_WORDS = {
    "kk": (
        "кәсіподақ мұғалімдер ұжымдық шарт еңбек құқығы бойынша семинар өтті аудандық ұйым жиналысы білім"
        " беру РК Түркістан Сәтбаев қызметкерлерінің әлеуметтік әріптестік мәселелері талқыланды жас"
        " мамандар мектебі ашылды"
    ),
    "ru": (
        "профсоюз учителей подписал коллективный договор охрана труда семинар прошёл районная организация"
        " собрание Сатпаев РК работников образования вопросы социального партнёрства обсудили школа"
        " молодого педагога открыта"
    ),
}


def write(path: Path, items: int, periods: Sequence[str] = PERIODS, wrong: int = 0) -> list[Path]:
    """Write a data folder with a register of some items, a file for each period.

    Parameters
    ----------
    path : Path
        The data folder: made anew.
    items : int
        How many rows in all files together, spread evenly over the periods.
    periods : sequence of str
        Half-years.
    wrong : int
        How many cells in the last file cannot be read: no date, no organisation, no title in turn.

    Returns
    -------
    list of Path
        The registers.
    """
    shutil.rmtree(path, ignore_errors=True)
    synthetic(path, "full", [Period.parse(p) for p in periods])
    codes = _organisations(path / "raw")
    written = []
    for number, name in enumerate(periods):
        first, last = items * number // len(periods), items * (number + 1) // len(periods)
        target = path / "raw" / name / "publications.csv"
        _file(target, range(first, last), Period.parse(name), codes, wrong if name == periods[-1] else 0)
        _without_counts(target.with_name("observations.csv"))
        written.append(target)
    return written


def _organisations(raw: Path) -> list[str]:
    table = csv.read_csv(raw / "reference" / "organisations.csv")
    still = pc.and_(pc.is_null(table["valid_to"]), pc.is_null(table["valid_from"]))
    members = pc.and_(pc.is_in(table["kind"], pa.array(["oblast", "city"])), still)
    return [str(code) for code in table.filter(members)["code"].to_pylist()]


def _file(target: Path, numbers: range, period: Period, codes: list[str], wrong: int) -> None:
    with target.open("wb") as file:
        file.write((",".join(_COLUMNS) + "\n").encode())
        for start in range(0, len(numbers), PIECE):
            part = numbers[start : start + PIECE]
            rows = _rows(part, period, codes, wrong if part.stop == numbers.stop else 0)
            title = pc.if_else(
                pc.match_substring_regex(rows["title"], '[",]'), _quoted(rows["title"]), rows["title"]
            )
            lines = pc.binary_join_element_wise(*rows.set_column(3, "title", title).columns, ",")
            file.write(("\n".join(lines.to_pylist()) + "\n").encode())


def _quoted(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.binary_join_element_wise('"', pc.replace_substring(texts, '"', '""'), '"', "")


def _without_counts(observations: Path) -> None:
    """Leave out the invented figures of items in outlets, which the register would contradict."""
    lines = observations.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("publications,") or line.split(",")[2] == ""]
    observations.write_text("".join(kept), encoding="utf-8", newline="\n")


def _rows(numbers: range, period: Period, codes: list[str], wrong: int) -> pa.Table:
    """Return some rows of a register; each hangs on its number alone."""
    random = np.random.default_rng(numbers.start)
    n = len(numbers)
    days = np.array([str(period.start + timedelta(d)) for d in range((period.end - period.start).days + 1)])
    weight = 1 / np.arange(1, len(codes) + 1)
    language = random.choice(["kk", "ru"], n)
    number = np.arange(numbers.start, numbers.stop).astype(str)
    columns = {
        "date": random.choice(days, n).astype(object),
        "organisation": random.choice(codes, n, p=weight / weight.sum()).astype(object),
        "outlet": random.choice(OUTLETS, n, p=_SHARES).astype(object),
        "title": _titles(random, language, number),
        "language": language.astype(object),
        "format": random.choice(["text", "text", "text", "photo", "video"], n).astype(object),
        "url": pc.binary_join_element_wise("https://example.org/synthetic", pa.array(number), "/"),
        "speaker": random.choice(_SPEAKERS, n).astype(object),
    }
    for column, text in (("date", "2019-13-41"), ("organisation", "QQQ"), ("title", "")):
        at = random.choice(n, min(wrong // 3, n), replace=False)
        texts = np.array(columns[column], dtype=object)
        texts[at] = text
        columns[column] = texts
    return pa.table({name: pa.array(columns[name], pa.string()) for name in _COLUMNS})


def _titles(random: np.random.Generator, language: np.ndarray, number: np.ndarray) -> pa.Array:
    """Return titles of four to eight words, of which a tenth holds a comma or quotation marks."""
    n = len(number)
    words = {code: np.array(text.split(), dtype=object) for code, text in _WORDS.items()}
    parts = [
        np.where(language == "kk", random.choice(words["kk"], n), random.choice(words["ru"], n))
        for _ in range(8)
    ]
    length = random.integers(4, 9, n)
    parts = [pa.array(np.where(place < length, part, None), pa.string()) for place, part in enumerate(parts)]
    text = pc.binary_join_element_wise(*parts, " ", null_handling="skip")
    mark = random.choice(["№", ",", '"Ұстаз"'], n, p=[0.9, 0.07, 0.03])
    return pc.binary_join_element_wise("Синтетика:", text, pa.array(mark), pa.array(number), " ")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("items", type=int)
    parser.add_argument("periods", nargs="*", default=PERIODS)
    parser.add_argument("--wrong", type=int, default=0)
    asked = parser.parse_args()
    for made in write(asked.data, asked.items, asked.periods, asked.wrong):
        print(made, made.stat().st_size)
