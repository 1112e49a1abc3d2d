"""Whether there is more or less than a year ago."""

from __future__ import annotations

from dataclasses import dataclass

from aqparat.metrics.facts import Fact
from aqparat.sections.comparison import Comparison, comparison
from aqparat.sections.ranking import Gap, gaps
from aqparat.sections.report_data import TOTAL, Relation, ReportData
from aqparat.sections.site import Earlier, site
from aqparat.sections.views import view


@dataclass(frozen=True)
class Change:
    """The items on the union's site against a year ago.

    Parameters
    ----------
    now : Fact or None
        How many there are in the period.
    compared : Comparison or None
        Against the same half or year a year earlier.
    year : Comparison or None
        Of the year that a second half completes.
    earlier : str
        Why there is no comparison: what is known of the window a year earlier; `then` its number.
    pace : Fact or None
        What would come in a year at this pace, and its `relation` to the last year.
    ratio : Fact or None
        The mean of a day against that of the whole year before.
    outlet : str or None
        The union's site; None where the data list none.
    """

    now: Fact | None
    compared: Comparison | None
    year: Comparison | None
    earlier: Earlier
    then: Fact | None
    pace: Fact | None
    relation: Relation | None
    last_year: Fact | None
    ratio: Fact | None
    gaps: dict[str, Gap]
    outlet: str | None

    @property
    def main(self) -> Comparison | None:
        """The comparison that the finding is: of the period, else of the year that it completes."""
        return self.compared or self.year


@view("summary")
def answer_change(data: ReportData) -> Change:
    """Return whether more or fewer items than a year ago stand on the union's site, surely or within chance.

    When: always; where nothing can be compared, why, and how the pace stands to the last year.
    """
    known, period = site(data), data.period
    compared = comparison(data, known.now)
    whole = data.facts.one(
        "volume",
        indicator="publications",
        organisation=TOTAL,
        outlet=known.outlet,
        window=period.whole_year.window,
    )
    year = comparison(data, whole) if period.is_half and period.half == 2 else None
    told = [known.now, known.then, known.last_year, *([year.now, year.then] if year else [])]
    return Change(
        now=known.now,
        compared=compared,
        year=year,
        earlier=known.earlier,
        then=known.then,
        pace=known.pace,
        relation=known.pace_relation,
        last_year=known.last_year,
        ratio=None if compared else known.ratio,
        gaps=gaps(data, told),
        outlet=known.outlet,
    )
