"""How a rate stands to what chance explains: outside the limits of a funnel, within them, or not known."""

from __future__ import annotations

from enum import StrEnum

from aqparat.metrics.facts import Fact


class Standing(StrEnum):
    """Where an organisation's rate lies."""

    ABOVE = "above"
    BELOW = "below"
    WITHIN = "within"
    UNCLEAR = "unclear"


def standing(rate: Fact, limit: Fact) -> Standing:
    """Return where a rate lies to its limits, whatever it is between its bounds.

    Parameters
    ----------
    rate : Fact
        Of the metric `rate`; "more than 60" is above only if 61 are.
    limit : Fact
        The same organisation's `limit_95` or `limit_998`. Where its own bounds are open its limits are the
        widest: outside them is outside, but within is not known.
    """
    if rate.least > limit.chance_most:
        return Standing.ABOVE
    if rate.most < limit.chance_least:
        return Standing.BELOW
    inside = limit.chance_least <= rate.least and rate.most <= limit.chance_most
    return Standing.WITHIN if inside and limit.low == limit.high else Standing.UNCLEAR
