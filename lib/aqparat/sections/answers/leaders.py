"""Who leads, who is silent, who is unknown."""

from __future__ import annotations

from dataclasses import dataclass

from aqparat.metrics.facts import Fact
from aqparat.sections.activity import activity
from aqparat.sections.funnel import Standing, standing
from aqparat.sections.ranking import Ranking, due
from aqparat.sections.report_data import ReportData
from aqparat.sections.silence import Silent, silences
from aqparat.sections.site import site
from aqparat.sections.views import is_full, view


@dataclass(frozen=True)
class Leaders:
    """Who sends most and least to the union's site, who sends nothing, of whom nothing is known.

    Parameters
    ----------
    weighed : bool
        Whether so many have a rate that they are set against their size.
    above, below : list of str
        Codes of those whose rate is beyond what chance explains at their size (99.8 % limits); who sent
        nothing is `silent`.
    ranking : Ranking or None
        By items, where the members are not known.
    fewest : list of Fact
        Those that a source names lowest, where nobody can be ranked.
    silent : list of Silent
        Who said that nothing was sent.
    unknown : list of str
        Members whose items on the site nobody has told: not silent. `absent` are nowhere in the data at all,
        `unclear` perhaps.
    outlet : str or None
        The union's site; None where the data list none.
    only : Fact or None
        The items of the only member organisation, where there is but one and it sent any.
    """

    weighed: bool
    above: list[str]
    below: list[str]
    ranking: Ranking | None
    fewest: list[Fact]
    silent: list[Silent]
    unknown: list[str]
    absent: list[str]
    unclear: list[str]
    members: Fact | None
    outlet: str | None
    only: Fact | None = None


@view("summary")
def answer_leaders(data: ReportData) -> Leaders:
    """Return who leads on the union's site against its size, who is silent, and of whom nothing is known.

    When: always; by items where too few members are known, and without leaders where nobody can be ranked.
    """
    known, window, status = site(data), data.period.window, activity(data)
    placed = _placed(data, known.outlet)
    quiet = silences(data)
    none = {code for group in quiet for code in group.organisations}
    weighed = is_full(data, placed, window)
    figures = data.facts.select("volume", indicator="publications", outlet=known.outlet)
    there = {f.organisation for f in data.current(figures)}
    here = due(data, window)
    sent = [f for f in figures if f.window == window and (f.organisation,) == here and f.least > 0]
    return Leaders(
        weighed=weighed,
        above=[c for c, where in placed.items() if where is Standing.ABOVE],
        below=[c for c, where in placed.items() if where is Standing.BELOW and c not in none],
        ranking=known.ranking,
        fewest=[f for group in known.fewest if group.window == window for f in group.facts],
        silent=quiet,
        unknown=[c for c in here if c not in there],
        absent=status.absent,
        unclear=status.unclear,
        members=status.members,
        outlet=known.outlet,
        only=next(iter(sent), None),
    )


def _placed(data: ReportData, outlet: str | None) -> dict[str, Standing]:
    """Return how each rate stands to its limits, in the order of organisations.csv."""
    about = {"indicator": "publications", "outlet": outlet, "window": data.period.window}
    rates = {f.organisation: f for f in data.facts.select("rate", **about)}
    found = {f.organisation: f for f in data.facts.select("limit_998", **about)}
    order = [c for c in data.tables.organisations.index if c in rates and c in found]
    return {code: standing(rates[code], found[code]) for code in order}
