"""Reports of the published period and of invented ones, made once for all tests that read them through."""

import copy
import shutil
import tempfile
from functools import cache
from pathlib import Path

from aqparat import synthetic
from aqparat.period import Period
from aqparat.report import Report
from aqparat.words.renderer import Renderer
from reported import ROOT, data

_KEPT = tempfile.TemporaryDirectory(prefix="aqparat-invented-")
INVENTED_HALF = Path(__file__).parent / "invented" / "2017H2"
FULL = ["2017H1", "2017H2", "2018H1", "2018H2", "2019H1"]
INVENTED = {  # case: character, periods, the one that is told
    "2017H2": ("full", FULL, "2017H2"),
    "2018H2": ("full", FULL, "2018H2"),
    "2018": ("full", FULL, "2018"),
    "2019H1": ("full", FULL, "2019H1"),
    "sparse": ("sparse", ["2017H2", "2018H1"], "2018H1"),
    "falling": ("falling", ["2017H2", "2018H1", "2018H2", "2019H1"], "2019H1"),
}


@cache
def folder(character: str, *periods: str) -> Path:
    """Give a folder of invented data."""
    made = Path(_KEPT.name) / character
    parsed = [Period.parse(p) for p in periods]
    synthetic.write(made, character, parsed, reference=ROOT / "data" / "raw" / "reference")
    return made


@cache
def filed() -> Path:
    """Give the published half with an invented second one, as twenty organisations might file it."""
    made = Path(_KEPT.name) / "filed"
    shutil.copytree(data() / "raw", made / "raw")
    (made / "raw" / "2017H2").mkdir()
    for name in ("observations", "publications", "activities"):
        shutil.copy(INVENTED_HALF / f"{name}.csv", made / "raw" / "2017H2")
    return made


@cache
def reported(case: str, organisation: str | None = None, language: str = "kk") -> Report:
    """Give the report of a case: 2017H1, filed or one of INVENTED; the languages share its data."""
    if language != "kk":
        told = copy.copy(reported(case, organisation))
        told.renderer = Renderer(told.renderer.tables, language, told.renderer.facts)
        return told
    if case == "filed":
        return Report("2017H2", "kk", filed(), organisation)
    if case not in INVENTED:
        return Report(case, "kk", data(), organisation)
    character, periods, period = INVENTED[case]
    return Report(period, "kk", folder(character, *periods), organisation)
