"""What questions are asked of in tests: read once, and shared by the languages."""

import copy
from functools import cache

from aqparat.explore.known import Known
from aqparat.words.renderer import Renderer
from invented import FULL, filed, folder
from reported import data

CASES = {  # case: the period, and what makes the folder
    "published": ("2017H1", data),
    "filed": ("2017H2", filed),
    "full": ("2019H1", lambda: folder("full", *FULL)),
    "year": ("2018", lambda: folder("full", *FULL)),
    "falling": ("2019H1", lambda: folder("falling", "2017H2", "2018H1", "2018H2", "2019H1")),
    "sparse": ("2018H1", lambda: folder("sparse", "2017H2", "2018H1")),
}


@cache
def known(case, language="en"):
    """Give what is known in a case."""
    if language != "en":
        told = copy.copy(known(case))
        told.renderer = Renderer(told.tables, language, told.data.facts)
        told.language = told.renderer.language
        told._others = {told.period: told}
        return told
    period, made = CASES[case]
    return Known(period, "en", made())
