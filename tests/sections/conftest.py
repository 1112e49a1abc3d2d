"""Half-years as organisations file them: figures of one organisation a line."""

from functools import partial

import pytest
from aqparat.metrics import collect
from aqparat.sections import gathered
from aqparat.sections.report_data import ReportData
from aqparat.words.renderer import Renderer

COLUMNS = "indicator,organisation,outlet,channel,start,end,value,qualifier,named,extreme,source"


@pytest.fixture
def filed(folder):
    """Give the data of a report on figures that are filed: `filed("KUS 33", "AKM 30 about", …)`.

    A line is an organisation (or TOTAL), a value and, if it is not exact, a qualifier; each of the items on
    the union's site in the second half of 2017, unless it is said otherwise.
    """

    def filed(*lines, indicator="publications", outlet="union-site", period="2017H2", of="2017H2"):
        year, half = int(of[:4]), of[4:]
        start = f"{year}-07-01" if half == "H2" else f"{year}-01-01"
        end = f"{year}-06-30" if half == "H1" else f"{year}-12-31"
        rows = [_row(indicator, outlet, start, end, *line.split()) for line in lines]
        folder.write(f"{of if half else f'{of}H2'}/observations.csv", "\n".join([COLUMNS, *rows, ""]))
        tables = folder.load(period)
        return ReportData(tables, collect(tables))

    return filed


def _row(indicator, outlet, start, end, organisation, value, qualifier="exact"):
    return f"{indicator},{organisation},{outlet},,{start},{end},{value},{qualifier},,,form {organisation}"


@pytest.fixture
def prose():
    """Give what a section says in a language, as bare text."""

    def prose(data, name, section, language="en"):
        renderer = Renderer(data.tables, language, data.facts)
        passages = renderer.prose(name, section, view=partial(gathered, data))
        return " ".join(str(item) for passage in passages for item in passage.items).replace("\u00a0", " ")

    return prose
