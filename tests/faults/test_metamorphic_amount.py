"""More, less and unknown: each number moves just as its formula says (domain.md, section 3).

Theory stands beside each relation. What no formula fixes is named with its reason, and is not tried.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from aqparat.metrics.facts import Fact
from source import NEAR, REFERENCE, Source, chance_contains, contains, near
from sources import SETS, facts, source
from widening import is_exempt, rests_on_other_members
from worlds import HEAD

# ---- Double: a count twice as large, of everybody and in every window.
# Volumes and their sums are linear in the counts; rates too, where members stay. Quotients of counts, places
# and percentiles are homogeneous of degree 0: f(2x) = f(x). What chance may do to a part or a ratio narrows.

TWICE = {
    "volume", "channel_total", "common_total", "median", "listed", "pace", "tally", "target", "difference",
    "rate", "pooled_rate", "penetration", "training_reach", "component",
    "median_rate", "median_penetration", "median_training_reach",
}  # fmt: skip
UNMOVED = {
    "growth", "common_growth", "cagr", "share", "coverage", "present", "hhi", "gini", "evenness",
    "contribution", "risen", "fallen", "seasonality", "regularity", "completeness", "score",
    "activity_index", "activity_class", "leave_one_out", "reported", "rate_ratio", "common_ratio",
    "rank", "rank_change",
}  # fmt: skip
NOT_FIXED = {
    "limit_95": "the limits of a Poisson count do not grow with it",
    "limit_998": "the limits of a Poisson count do not grow with it",
    "within_95": "lies around those limits",
    "on_target": "twice the copies reach a target that they did not",
}
EVENTS = {"organisation", "month", "issue", "event", "measure"}  # units that are not doubled


def doubled(of: Source, members: bool) -> Source:
    """Double every count; the members only where it is asked for. A bound doubles as a bound."""

    def figures(rows: pd.DataFrame) -> pd.DataFrame:
        kept = rows["indicator"].eq("members") & (not members)
        value, word = rows["value"].astype(float), rows.get("qualifier", "exact")
        strict = {"more_than": 1, "less_than": -1}  # more than 60 is 61 at least, so twice that is 122
        bound = value + [strict.get(w, 0) for w in word]
        words = [{"more_than": "at_least", "less_than": "at_most"}.get(w, w) for w in word]
        return rows.assign(
            value=[old if k else number(2 * b) for old, b, k in zip(rows["value"], bound, kept, strict=True)],
            qualifier=[w if k else new for w, new, k in zip(rows["qualifier"], words, kept, strict=True)],
        )

    def items(rows: pd.DataFrame) -> pd.DataFrame:
        again = rows.assign(title=rows["title"] + " (2)")
        if "url" in rows:
            again["url"] = [f"{url}?2" if url else "" for url in rows["url"]]
        return pd.concat([rows, again], ignore_index=True)

    def activities(rows: pd.DataFrame) -> pd.DataFrame:
        return (
            rows.assign(participants=[number(2 * float(n)) if n else "" for n in rows["participants"]])
            if "participants" in rows
            else rows
        )

    def measures(rows: pd.DataFrame) -> pd.DataFrame:
        kept = rows["indicator"].eq("members") & (not members)
        told = [n if k or not n else number(2 * float(n)) for n, k in zip(rows["target"], kept, strict=True)]
        return rows.assign(target=told)

    of = of.each("observations", figures).each("publications", items)
    return of.each("activities", activities).each("measures", measures)


def number(value: float) -> str:
    return f"{value:.12g}"


def factor(fact: Fact, members: bool) -> int:
    if fact.metric in UNMOVED or fact.unit in EVENTS:
        return 1
    if " per " in fact.unit or fact.unit == "fraction":  # by members: a rate, or a change of one
        return 1 if members else 2
    return 2 if members or fact.indicator != "members" else 1


def is_times(new: Fact, old: Fact, by: int) -> bool:
    pairs = [(new.low, old.low), (new.high, old.high)]
    if old.qualifier in ("exact", "about"):
        pairs.append((new.value, old.value))
    return all((n is None) == (o is None) and (n is None or near(n, o * by)) for n, o in pairs)


def held_double(name: str, members: bool, tried) -> None:
    before, after = facts(name), doubled(source(name), members).facts()
    wrong = {}
    for old in before:
        if old.metric in NOT_FIXED or old.id not in after:
            continue
        new, by = after[old.id], factor(old, members)
        may_be_odd = old.metric in ("rank", "rank_change")  # the counts of those who are silent
        right = contains(new, old) if may_be_odd else is_times(new, old, by)
        if old.metric in ("share", "rate_ratio"):
            right &= chance_contains(old, new)
        if not right:
            wrong[old.id] = by, (old.value, old.low, old.high), (new.value, new.low, new.high)
    assert wrong == {}
    tried("relation: double")


def test_double(tried):
    held_double("world", False, tried)


@pytest.mark.whole
@pytest.mark.parametrize("members", [False, True])
@pytest.mark.parametrize("name", SETS)
def test_double_everywhere(name, members, tried):
    held_double(name, members, tried)


# ---- A silent organisation more: N + 1 of which nothing is known.
# It may have any count: so #{x ≥ k} may be one more, N is one more for certain, a sum of what was reported is
# a lower bound, and a place may be one lower. Of the others nothing is known less: theirs stay as they are.


def with_silent(of: Source) -> Source:
    rows = of.table("organisations")
    new = dict.fromkeys(rows.columns, "") | {
        "code": "QQQ", "name_kk": "Жаңа ұйым", "name_ru": "Новая организация", "name_en": "A new one",
        "kind": "local",
    }  # fmt: skip
    return of.put({(REFERENCE, "organisations"): pd.concat([rows, pd.DataFrame([new])], ignore_index=True)})


OWN_STAY = {
    "volume", "channel_total", "common_total", "growth", "rate", "penetration", "training_reach", "component",
    "tally", "regularity", "difference", "rate_ratio", "evenness",
}  # fmt: skip


def held_silent(name: str, tried) -> None:
    before, after = facts(name), with_silent(source(name)).facts()
    assert not [f for f in after if f.organisation == "QQQ"]
    wrong = {}
    for old in before:
        if old.id not in after:
            assert old.organisation == "TOTAL" or old.metric in ("rank_change", "contribution"), old.id
            continue
        new = after[old.id]
        if old.metric == "volume" and old.indicator == "organisations":
            right = new.value == old.value + 1
        elif old.metric == "present":
            right = (new.low, new.high) == (old.low, old.high + 1)
        elif old.metric == "coverage":
            was, now = (told[told[old.id].inputs[1]].value for told in (before, after))
            right = near(new.low * now, old.low * was) and near(new.high * now, old.high * was + 1)
        elif old.metric == "completeness" and old.indicator == "organisations":
            was, now = (told[told[old.id].inputs[1]].value for told in (before, after))
            right = near(new.value * now, old.value * was)
        elif old.metric in ("score", "activity_index", "rank") and old.organisation != "TOTAL":
            right = contains(new, old) or old.metric == "score"
        elif old.organisation != "TOTAL" and old.metric in OWN_STAY:
            right = (new.value, new.low, new.high) == (old.value, old.low, old.high)
        else:
            right = old.metric in ("pace", "seasonality") or contains(new, old)
        if not right:
            wrong[old.id] = (old.value, old.low, old.high), (new.value, new.low, new.high)
    assert wrong == {}
    tried("relation: add a silent organisation")


def test_a_silent_organisation(tried):
    held_silent("published", tried)


@pytest.mark.whole
@pytest.mark.parametrize("name", SETS)
def test_a_silent_organisation_everywhere(name, tried):
    held_silent(name, tried)


# ---- Rows deleted: what was in them is unknown now, not zero.
# The bounds of each number hold what it was. A sum falls by just the deleted counts, and has no upper bound.


def thinned(of: Source, seed: int) -> Source:
    """Delete some rows of the last batch; not those of the head office, of which nobody expects any.

    Nor one whose items the register lists too: then the count of these stands in its place.
    """
    rng, batch = np.random.default_rng([seed, 3]), of.last
    rows = of.table("observations", batch)
    items = of.batch(batch).get("publications", rows[:0])
    gone = (rng.random(len(rows)) < rng.uniform(0.1, 0.3)) & rows["organisation"].ne(HEAD)
    gone &= rows["indicator"].ne("members")
    gone &= rows["indicator"].ne("publications") | ~rows["organisation"].isin(items["organisation"])
    return of.put({(batch, "observations"): rows[~gone]})


def held_deletion(name: str, seed: int, tried) -> None:
    before, after = facts(name), thinned(source(name), seed).facts()
    assert {f.id for f in after} != {f.id for f in before}
    wrong = {}
    for old in before:
        if is_exempt(old) or old.id not in after or old.metric in ("common_total", "common_growth"):
            continue  # of the common outlets there may be fewer
        new = after[old.id]
        right = contains(new, old) or rests_on_other_members(old, before, after)
        parts = set(old.inputs) - set(new.inputs)
        if old.metric == "volume" and old.organisation == "TOTAL" and parts and new.inputs:
            fallen = sum(before[i].low for i in parts)
            halves = old.window.period is not None and not old.window.period.is_half
            right &= new.high is None and (halves or near(new.low, old.low - fallen))
        if not right:
            wrong[old.id] = (old.value, old.low, old.high), (new.value, new.low, new.high)
    assert wrong == {}
    none = [
        f.id for f in after if f.high == 0 and f.low == 0 and f.organisation != "TOTAL" and f.id not in before
    ]
    assert none == []  # nothing comes out as none that was not there
    tried("relation: delete rows")


def test_rows_deleted(tried):
    held_deletion("world", 1, tried)


@pytest.mark.whole
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", SETS)
def test_rows_deleted_everywhere(name, seed, tried):
    held_deletion(name, seed, tried)


# ---- One more: an organisation that had one item more.
# Its count is one more, its place the same or better, its share and index the same or higher; the place of
# everybody else the same or worse. ((x + 1)/(X + 1) ≥ x/X for x ≤ X; a place counts those ahead.)


def one_more(of: Source, seed: int) -> tuple[Source, pd.Series]:
    rng, batch = np.random.default_rng([seed, 4]), of.last
    rows = of.table("observations", batch)
    own = rows[rows["indicator"].isin(["publications", "broadcasts", "trained"])]
    own = own[own["qualifier"].eq("exact") & ~own["organisation"].isin(["TOTAL", HEAD])]
    chosen = own.loc[rng.choice(own.index)]
    key = ["indicator", "outlet", "channel", "start", "end"]
    same = rows[key].eq(chosen[key]).all(axis=1) & rows["qualifier"].eq("exact")
    same &= rows["organisation"].isin(["TOTAL", chosen["organisation"]])
    value = rows["value"].where(~same, [str(int(float(v)) + 1) if v else v for v in rows["value"]])
    return of.put({(batch, "observations"): rows.assign(value=value)}), chosen


NEVER_LOWER = (
    "volume",
    "share",
    "rate",
    "training_reach",
    "component",
    "score",
    "activity_index",
    "activity_class",
)


def held_one_more(name: str, seed: int, tried) -> None:
    before = facts(name)
    of, chosen = one_more(source(name), seed)
    after, code, moved, wrong = of.facts(), chosen["organisation"], 0, {}
    for old in before:
        if old.id not in after or old.organisation == "TOTAL":
            continue
        new = after[old.id]
        up = new.most >= old.most - NEAR and new.least >= old.least - NEAR
        down = new.most <= old.most + NEAR and new.least <= old.least + NEAR
        if old.organisation == code:
            right = down if old.metric == "rank" else up if old.metric in NEVER_LOWER else True
            moved += new.low != old.low
        elif old.metric == "rank":
            right = up
        else:
            right = down if old.metric in ("score", "share", "activity_index", "activity_class") else True
        if not right:
            wrong[old.id] = (old.value, old.low, old.high), (new.value, new.low, new.high)
    assert wrong == {} and moved
    tried("relation: one more")


def test_one_more(tried):
    held_one_more("world", 1, tried)


@pytest.mark.whole
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", ["world", "partial", "full", "filed"])
def test_one_more_of_anything(name, seed, tried):
    held_one_more(name, seed, tried)


def test_each_metric_has_a_relation():
    assert {fact.metric for fact in facts("world")} <= TWICE | UNMOVED | set(NOT_FIXED)
