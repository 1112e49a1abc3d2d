"""Figures that an organisation and its successor both give for the same time, and which of them counts."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pandas as pd

from aqparat.choices import LANGUAGES
from aqparat.data.membership import members
from aqparat.data.origin import origins
from aqparat.data.schemas import KEY, MEMBER_KINDS, WINDOW
from aqparat.period import Window
from aqparat.problem import Problem

_SAME = [column for column in KEY if column != "organisation"]


def doubled(observed: pd.DataFrame, organisations: pd.DataFrame, stocks: Collection[str]) -> pd.DataFrame:
    """Return figures of organisations that were no members then, beside the same of one that was.

    Parameters
    ----------
    observed : DataFrame
        Figures reported, with bounds, `value` as text, `file`, `sheet`, `row`.
    organisations : DataFrame
        The reference table by code, with `successors` (lists of codes).
    stocks : collection of str
        Indicators that two halves of a year do not add up for.

    Returns
    -------
    DataFrame
        Rows of `observed`, by its index, with the `predecessor`, the `successor`, the `member` of the two,
        its figure as `other` and `both`: whether the sum of the organisations has both figures. That is so of
        what is counted over a half-year (`metrics.volume`); of a year, and of what is counted at a moment, it
        has the member's alone.
    """
    heirs = [(old, new) for old, codes in organisations["successors"].items() for new in codes]
    here = {*observed["organisation"]}
    heirs = [pair for pair in heirs if {*pair} <= here]
    if not heirs:  # as in nearly all data
        return observed[:0].assign(both=[])
    pairs = [(own, other, old, new) for old, new in heirs for own, other in ((old, new), (new, old))]
    named = pd.DataFrame(pairs, columns=["organisation", "member", "predecessor", "successor"])
    latest = observed.dropna(subset=["end"]).drop_duplicates(KEY, keep="last")
    latest = latest[
        (latest["indicator"] != "publications") | latest["channel"].ne("")
    ]  # the rest mix channels
    latest = latest[latest["organisation"].map(organisations["kind"]).isin(MEMBER_KINDS)]
    latest = latest.assign(at=latest.index, stated=latest["value"] + " (" + origins(latest) + ")")
    others = latest[[*_SAME, "organisation", "stated"]].set_axis([*_SAME, "member", "other"], axis=1)
    met = latest.merge(named, on="organisation").merge(others, on=[*_SAME, "member"])
    if met.empty:
        return met.assign(both=[])
    windows = {w: Window(*(day.date() for day in w)) for w in met[WINDOW].itertuples(index=False, name=None)}
    whose = {w: {*members(organisations, window)} for w, window in windows.items()}
    at = list(met[WINDOW].itertuples(index=False, name=None))
    counted = [own not in whose[w] and other in whose[w]
               for own, other, w in zip(met["organisation"], met["member"], at, strict=True)]  # fmt: skip
    halves = [(period := windows[w].period) is not None and period.is_half for w in at]
    both = pd.Series(halves, index=met.index) & ~met["indicator"].isin(list(stocks))
    return met.assign(both=both)[counted].set_index("at")


def beside(table: pd.DataFrame, code: str, before: bool) -> str | None:
    """Return the one whom an organisation succeeded, or who succeeded it; None if it is none, or several.

    Parameters
    ----------
    table : DataFrame
        A reference table by code; only that of organisations has `successors`.
    code : str
    before : bool
        Whether it is the time before the organisation was founded.
    """
    if "successors" not in table:
        return None
    heirs = list(table.loc[code, "successors"])
    found = [str(old) for old, codes in table["successors"].items() if code in codes] if before else heirs
    return found[0] if len(found) == 1 else None


def told(found: pd.DataFrame, organisations: pd.DataFrame) -> Iterator[Problem]:
    """Return the figures that `doubled` found as warnings."""
    for row in found.itertuples(index=False):
        yield Problem(
            "successor_besides" if row.both else "successor_left_out",
            str(row.file),
            row=int(row.row),
            column="value",
            found=str(row.value),
            expected=str(row.other),
            severity="warning",
            sheet=str(row.sheet),
            names=tuple(
                tuple(f"{code} ({organisations.loc[code, f'name_{language}']})" for language in LANGUAGES)
                for code in (row.predecessor, row.successor, row.member)
            ),
        )
