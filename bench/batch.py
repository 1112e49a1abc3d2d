"""All organisations in three languages, against the rate of naive runs."""

from __future__ import annotations

from collections.abc import Callable
from statistics import mean

from bench.measured import Claim, Measured
from bench.process import spent
from bench.ways import naive
from bench.workplace import Workplace

PERIOD = "2019H1"
PERIODS = ("2017H1", "2017H2", "2018H1", "2018H2", PERIOD)
LANGUAGES = ("kk", "ru", "en")
PAUSE = 1.0  # seconds between two looks at the memory of a long run


def measure(place: Workplace, tell: Callable[[str], None]) -> Measured:
    """Make all reports of a complete half-year from nothing, and a sample of them naively."""
    place.synthetic("full", PERIODS)
    tell("all organisations in three languages")
    place.without("out", "full/processed")
    options = ("--organisation", "all", "--format", "html")
    whole = spent([place.report(PERIOD, *options, data="full")], place.folder, place.environment, PAUSE)
    made = len(list((place.folder / "out" / PERIOD).rglob("report.html")))
    tell(f"{made} reports: {whole.seconds:.1f} s")
    codes = sorted(path.name for path in (place.folder / "out" / PERIOD / "organisations").iterdir())
    own, union = [], []
    for number, language in enumerate(LANGUAGES):
        code = codes[number * (len(codes) - 1) // (len(LANGUAGES) - 1)]
        given = {"period": PERIOD, "language": language, "data": "full"}
        own.append(_naive(place, {**given, "organisation": code}, "organisation"))
        union.append(_naive(place, given, "report"))
        tell(f"naive, {code} and the union, {language}: {own[-1]:.1f} s, {union[-1]:.1f} s")
    plainly = (made - len(union)) * mean(own) + sum(union)
    rows = [
        [f"aqparat report, {made} reports, cold, HTML", f"{whole.seconds:.1f}",
         f"{made / whole.seconds * 60:.0f}", f"{whole.processor / made:.2f}",
         f"{(whole.memory or 0) / 1e6:.0f}"],
        [f"naive, {made} reports one after another, from {len(own + union)} of them", f"{plainly:.0f}",
         f"{made / plainly * 60:.1f}", "–", "–"],
    ]  # fmt: skip
    columns = ["what", "seconds", "reports a minute", "processor, s a report", "memory, MB"]
    claim = Claim(
        "rate of all organisations × three languages ÷ naive", plainly / whole.seconds, 12, least=True
    )
    return Measured(columns, rows, [claim], ["The naive runs find the data prepared; the program does not."])


def _naive(place: Workplace, given: dict[str, str], notebook: str) -> float:
    way = naive(place, given, notebook)
    place.without(*way.made)
    return spent(way.commands, place.folder, place.environment).seconds
