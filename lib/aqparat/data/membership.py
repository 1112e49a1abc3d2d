"""Who is a member organisation when: N of each window, and whose part another organisation is in it."""

from __future__ import annotations

from datetime import date

import pandas as pd

from aqparat.data.schemas import MEMBER_KINDS
from aqparat.period import Period, Window


def in_force(frame: pd.DataFrame, day: date) -> pd.Series[bool]:
    """Return which rows of a reference table are valid on a day."""
    at = pd.Timestamp(day)
    begun = frame["valid_from"].isna() | (frame["valid_from"] <= at)
    return begun & (frame["valid_to"].isna() | (frame["valid_to"] >= at))


def members(organisations: pd.DataFrame, window: Window) -> pd.Index[str]:
    """Return the codes of the member organisations of a window (N), in the order of the table.

    This is the one rule of who is asked, awaited, counted, ranked and reported on. The members of a
    half-year, or of any other window, are those in force in its middle: one that was split near the end still
    did the window's work, and one that was split near the start did not. In a year that an organisation was
    split, joined or renamed in, so that its halves have different members, it stands as the unit that both
    have: their figures are of that alone.

    Parameters
    ----------
    organisations : DataFrame
        The reference table by code, with `kind, valid_from, valid_to, successors` (lists of codes).
    window : Window
        With an end.
    """
    kinds = organisations["kind"].isin(MEMBER_KINDS)
    period = window.period
    if period is None or period.is_half:
        return organisations.index[kinds & in_force(organisations, middle(window))]
    first, second = (in_force(organisations, Period(period.year, half).middle) for half in (1, 2))
    if first.equals(second):
        return organisations.index[kinds & first]
    ever = {*organisations.index[kinds & (first | second)]}
    unit_of = {part: unit for part, unit in _unit_of(organisations).items() if {part, unit} <= ever}
    founded = {*organisations.index[kinds & in_force(organisations, period.middle)]}
    found = {unit_of.get(code, code) for code in ever if code in {*unit_of, *unit_of.values(), *founded}}
    return organisations.index[organisations.index.isin(list(found))]


def parts(organisations: pd.DataFrame, window: Window) -> dict[str, str]:
    """Return whose parts the organisations are that are no members of a window but whose unit is one.

    What they have handed in for the window is that member's.
    """
    here = {*members(organisations, window)}
    return {part: unit for part, unit in _unit_of(organisations).items() if unit in here and part not in here}


def middle(window: Window) -> date:
    """Return the day in the middle of a window with an end."""
    if window.end is None:
        raise ValueError(f"{window}: no end, no middle")
    return window.start + (window.end - window.start) / 2


def _unit_of(organisations: pd.DataFrame) -> dict[str, str]:
    return units(organisations).set_index("organisation")["unit"].to_dict()


def units(organisations: pd.DataFrame) -> pd.DataFrame:
    """Return the organisations that together are another one, by their successors.

    Parameters
    ----------
    organisations : DataFrame
        The reference table by code, with `successors` (lists of codes).

    Returns
    -------
    DataFrame
        `organisation`, the `unit` it is a part of, the `size` of the unit: in how many parts. A
        restructuring of several into several has no code of its own and is left out.
    """
    heirs = {old: list(codes) for old, codes in organisations["successors"].items() if len(codes)}
    forebears: dict[str, list[str]] = {}
    for old, codes in heirs.items():
        for new in codes:
            forebears.setdefault(new, []).append(str(old))
    split = [
        (new, old, len(codes))
        for old, codes in heirs.items()
        if len(codes) > 1 and all(len(forebears[new]) == 1 for new in codes)
        for new in codes
    ]
    joined = [
        (old, new, len(forebears[new]))
        for old, codes in heirs.items()
        for new in codes
        if all(len(heirs[other]) == 1 for other in forebears[new])
    ]
    return pd.DataFrame([*split, *joined], columns=["organisation", "unit", "size"])
