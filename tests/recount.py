"""The figures of an invented half-year counted again from its raw tables, by the formulas of domain.md alone.

Nothing of the program is used here: what it computes is held against this, fact by fact. Each figure is
`(value, low, high)`; None is unknown or unbounded.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

ROOT = Path(__file__).parents[1]
INVENTED = Path(__file__).parent / "invented" / "2017H2"
MEMBER_KINDS = ("oblast", "city", "territorial", "local")
HALF, YEAR = "2017H2", "2017"
MIDDLES = {HALF: "2017-09-30", YEAR: "2017-07-02"}
STOCKS = ("copies", "members")
LEVEL = 0.95
WEIGHTS = dict.fromkeys(("site", "newspapers", "copies", "broadcasts", "training"), 0.2)

reference = {
    name: pd.read_csv(ROOT / "data" / "raw" / "reference" / f"{name}.csv", dtype=str, keep_default_na=False)
    for name in ("organisations", "outlets")
}


def read(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def figure(value, low, high):
    """Return a figure without infinities."""
    return tuple(None if not math.isfinite(x) else float(x) for x in (value, low, high))


def told_of(figures, most=None):
    """Leave out figures that say nothing: from the least possible to the greatest."""
    return {name: x for name, x in figures.items() if x != (None, 0.0, most)}


def stated(value, qualifier):
    """Give the bounds that words leave (contract, section 2): best number, least, most."""
    v = float(value)
    return {
        "exact": (v, v, v),
        "about": (v, 0.95 * v, 1.05 * v),
        "more_than": (math.nan, v + 1, math.inf),
        "at_least": (math.nan, v, math.inf),
        "at_most": (math.nan, 0, v),
        "less_than": (math.nan, 0, v - 1),
    }[qualifier]


def code(start, end):
    half = {"06-30": "H1", "12-31": "H2" if start.endswith("07-01") else ""}.get(end[5:], "")
    if not end:
        return f"{start}_"
    return start[:4] + half if start[5:] in ("01-01", "07-01") else f"{start}_{end}"


@cache
def members(window):
    """Return who is a member organisation in the middle of a window."""
    of = reference["organisations"]
    day = MIDDLES[window]
    begun, ended = of["valid_from"].le(day), of["valid_to"].ne("") & of["valid_to"].lt(day)
    return of.loc[of["kind"].isin(MEMBER_KINDS) & begun & ~ended, "code"].tolist()


def rows():
    """Return every figure of both batches, and the item rows counted where no figure was reported."""
    first = read(ROOT / "data" / "raw" / "2017H1" / "observations.csv")
    second = read(INVENTED / "observations.csv")
    told = pd.concat([first, second], ignore_index=True)
    told["window"] = [code(*days) for days in zip(told["start"], told["end"], strict=True)]
    items = read(INVENTED / "publications.csv")
    assert items["date"].between("2017-07-01", "2017-12-31").all()
    counted = items.groupby(["organisation", "outlet"]).size().reset_index(name="value")
    counted = counted.assign(indicator="publications", channel="", window=HALF, qualifier="exact", named="")
    key = ["indicator", "organisation", "outlet", "channel", "window"]
    known = set(map(tuple, told[key].to_numpy()))
    counted = counted[[tuple(row) not in known for row in counted[key].to_numpy()]]
    told = pd.concat([told, counted], ignore_index=True)[[*key, "value", "qualifier", "named"]]
    bounds = [stated(*pair) for pair in zip(told["value"], told["qualifier"], strict=True)]
    told[["point", "low", "high"]] = bounds
    channels = reference["outlets"].set_index("code")["channel"]
    told["of_channel"] = told["outlet"].map(channels).fillna(told["channel"])
    told["place"] = [o or c or "any" for o, c in zip(told["outlet"], told["channel"], strict=True)]
    return told


ROWS = rows()


@cache
def own(indicator, place, window):
    """Return the members' figures of a series in a window, by organisation: point, low, high."""
    found = ROWS[(ROWS["indicator"] == indicator) & (ROWS["place"] == place) & (ROWS["window"] == window)]
    found = found[found["organisation"].isin(members(window))]
    return {o: (p, lo, hi) for o, p, lo, hi in found[["organisation", "point", "low", "high"]].to_numpy()}


@cache
def total(indicator, place, window):
    """Return the union's figure: as stated, else the sum, open above where someone expected is missing."""
    series = ROWS[(ROWS["indicator"] == indicator) & (ROWS["place"] == place)]
    here = series[series["window"] == window].set_index("organisation")
    if "TOTAL" in here.index:
        return tuple(here.loc["TOTAL", ["point", "low", "high"]])
    told = list(own(indicator, place, window).values())
    silent = len(told) < len(members(window))
    if "CEN" in here.index:
        told.append(tuple(here.loc["CEN", ["point", "low", "high"]]))
    elif (series["organisation"] == "CEN").any():
        silent = True
    point, low, high = map(sum, zip(*told, strict=True))
    return (math.nan, low, math.inf) if silent else (point, low, high)


def volumes():
    found = {}
    for row in ROWS[ROWS["window"].isin([HALF, YEAR]) | ROWS["organisation"].eq("TOTAL")].itertuples():
        name = f"volume.{row.indicator}.{row.organisation}.{row.place}.{row.window}"
        # "more than 60" keeps the number it was said with
        found[name] = figure(float(row.value), row.low, row.high)
    for indicator, place in SUMS:
        found[f"volume.{indicator}.TOTAL.{place}.{HALF}"] = figure(*total(indicator, place, HALF))
    items = ROWS[ROWS["indicator"].eq("publications") & ROWS["place"].eq("union-site")]
    halves = (items[items["window"] == window] for window in ("2017H1", HALF))
    first, second = (half.set_index("organisation")["point"] for half in halves)
    for organisation in first.index.intersection(second.index):
        whole = first[organisation] + second[organisation]
        found[f"volume.publications.{organisation}.union-site.{YEAR}"] = figure(whole, whole, whole)
    return found


SUMS = [
    *((indicator, "any") for indicator in ("members", "broadcasts", "videos", "trained", "visits")),
    *(("publications", outlet) for outlet in ("qazaqstan-kasipodagy", "bilimdi-el", "egemen-qazaqstan")),
]
PAPERS = ("qazaqstan-kasipodagy", "bilimdi-el")
TOLD = [
    *(("copies", paper, YEAR) for paper in PAPERS),
    *(("publications", place, HALF) for place in ("union-site", *PAPERS)),
    *((indicator, "any", HALF) for indicator in ("broadcasts", "videos", "trained", "visits", "members")),
]


def wilson(x, n):
    z = stats.norm.ppf(0.5 + LEVEL / 2)
    p = x / n
    centre, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = ((centre + sign * half) / (1 + z * z / n) for sign in (-1, 1))
    return (0.0 if x == 0 else low, 1.0 if x == n else high)


def garwood(x):
    low = 0.0 if x == 0 else stats.chi2.ppf((1 - LEVEL) / 2, 2 * x) / 2
    return low, stats.chi2.ppf(1 - (1 - LEVEL) / 2, 2 * x + 2) / 2


def over(part, whole, most=math.inf):
    """Divide two bounded numbers."""
    (p, p_low, p_high), (w, w_low, w_high) = part, whole
    low, high = 0.0 if math.isinf(w_high) else p_low / w_high, min(p_high / w_low, most)
    return low if low == high else p / w, low, high  # a part of 0 is 0 of any whole


def shares():
    found = {}
    for indicator, place, window in TOLD:
        whole = total(indicator, place, window)
        for organisation, x in own(indicator, place, window).items():
            name = f"share.{indicator}.{organisation}.{place}.{window}"
            found[name] = figure(*over(x, whole, 1.0))
    return told_of(found, 1.0)


def share_intervals():
    """Give Wilson's interval of each organisation's part of the site's items."""
    items, whole = own("publications", "union-site", HALF), total("publications", "union-site", HALF)
    return {f"share.publications.{o}.union-site.{HALF}": wilson(x[0], whole[0]) for o, x in items.items()}


def growths():
    found = {}
    for paper, years in (("qazaqstan-kasipodagy", (2015, 2016, 2017)), ("bilimdi-el", (2016, 2017))):
        for year in years[1:]:
            now, base = (total_stated("copies", paper, str(y)) for y in (year, year - 1))
            found[f"growth.copies.TOTAL.{paper}.{year}.{year - 1}"] = figure(*[now / base - 1] * 3)
    site = [total_stated("publications", "union-site", w) for w in ("2017H1", HALF, "2016", "2015")]
    found["growth.publications.TOTAL.union-site.2017.2016"] = figure(*[(site[0] + site[1]) / site[2] - 1] * 3)
    found["growth.publications.TOTAL.union-site.2016.2015"] = figure(*[site[2] / site[3] - 1] * 3)
    copies = [total_stated("copies", "qazaqstan-kasipodagy", w) for w in ("2015", "2017")]
    found["cagr.copies.TOTAL.qazaqstan-kasipodagy.2017.2015"] = figure(
        *[(copies[1] / copies[0]) ** 0.5 - 1] * 3
    )
    return found


def total_stated(indicator, place, window):
    found = ROWS[(ROWS["indicator"] == indicator) & (ROWS["place"] == place) & (ROWS["window"] == window)]
    return float(found.loc[found["organisation"] == "TOTAL", "point"].item())


def ranks():
    """Give the best and the worst place of each, the silent ones anywhere that the stated total allows."""
    found = {}
    for indicator, place, window in TOLD:
        told, n = own(indicator, place, window), len(members(window))
        whole = total(indicator, place, window)
        for organisation, (_, low, high) in told.items():
            others = [x for o, x in told.items() if o != organisation]
            best = 1 + sum(o[1] > high for o in others)
            silent = n - len(told)
            rest = whole[2] - low - sum(o[1] for o in others)
            if math.isfinite(rest):
                silent = min(silent, max(rest, 0) // (math.floor(low) + 1))
            worst = min(1 + sum(o[2] > low for o in others) + silent, n)
            name = f"rank.{indicator}.{organisation}.{place}.{window}"
            found[name] = figure(best if best == worst else math.nan, best, worst)
    return found


def coverages():
    """Give the part of the members with one item at least: silent ones may have had one or not."""
    found = {}
    for indicator, place, window in TOLD:
        told, n = own(indicator, place, window), len(members(window))
        yes = sum(low >= 1 for _, low, _ in told.values())
        no = sum(high < 1 for _, _, high in told.values())
        low, high = yes / n, (n - no) / n
        found[f"coverage.{indicator}.TOTAL.{place}.{window}"] = figure(
            low if low == high else math.nan, low, high
        )
    return found


def concentrations():
    """Give Σ share²; what is left of a stated total may lie with one silent member or with none."""
    found = {}
    for indicator, place, window in TOLD:
        told, whole = own(indicator, place, window), total(indicator, place, window)
        if math.isinf(whole[2]):
            continue
        silent = len(told) < len(members(window))
        rest = max(whole[2] - sum(low for _, low, _ in told.values()), 0) if silent else 0
        low = sum(x[1] ** 2 for x in told.values()) / whole[2] ** 2
        high = (sum(x[2] ** 2 for x in told.values()) + rest**2) / whole[1] ** 2
        found[f"hhi.{indicator}.TOTAL.{place}.{window}"] = figure(math.nan, low, min(high, 1.0))
    return found


def per_member():
    """Give copies per 100 and items per 1000 members, and the part of the members that was trained."""
    people = {**own("members", "any", HALF), "TOTAL": total("members", "any", HALF)}
    found = {}
    for metric, indicator, factor, places, window in (
        ("penetration", "copies", 100, PAPERS, YEAR),
        ("rate", "publications", 1000, ("union-site", *PAPERS), HALF),
        ("rate", "broadcasts", 1000, ("any",), HALF),
        ("rate", "videos", 1000, ("any",), HALF),
        ("training_reach", "trained", 1, ("any",), HALF),
    ):
        for place in places:
            told = {**own(indicator, place, window), "TOTAL": total(indicator, place, window)}
            for organisation, x in told.items():
                value = [factor * y for y in over(x, people[organisation])]
                found[f"{metric}.{indicator}.{organisation}.{place}.{window}"] = figure(*value)
    return told_of(found)


def rate_intervals():
    people, items = own("members", "any", HALF), own("publications", "union-site", HALF)
    return {
        f"rate.publications.{o}.union-site.{HALF}": tuple(1000 * y / people[o][0] for y in garwood(x[0]))
        for o, x in items.items()
    }


def completenesses():
    forms = read(INVENTED / "filings.csv")
    told = set(ROWS_OF_BATCH["organisation"]) & set(members(HALF))
    on_time = set(forms.loc[forms["filed"] <= "2018-01-15", "organisation"]) & told
    part, timely = len(told) / len(members(HALF)), len(on_time) / len(told)
    return {
        f"completeness.organisations.TOTAL.any.{HALF}": figure(part, part, part),
        f"completeness.organisations_on_time.TOTAL.any.{HALF}": figure(timely, timely, timely),
    }


ROWS_OF_BATCH = read(INVENTED / "observations.csv")


@cache
def components():
    """Give the rates that the activity index is made of, by organisation."""
    people = own("members", "any", HALF)
    made = {
        "site": [("publications", "union-site", HALF, 1000)],
        "newspapers": [("publications", paper, HALF, 1000) for paper in PAPERS],
        "copies": [("copies", paper, YEAR, 100) for paper in PAPERS],
        "broadcasts": [("broadcasts", "any", HALF, 1000)],
        "training": [("trained", "any", HALF, 1)],
    }
    return {
        name: {
            o: tuple(
                sum(factor * over(own(i, place, w)[o], people[o])[k] for i, place, w, factor in series)
                for k in range(3)
            )
            for o in people
            if all(o in own(i, place, w) for i, place, w, _ in series)
        }
        for name, series in made.items()
    }


@cache
def scores():
    """Give the percentile rank of each component, ties half: the value among those that reported."""
    n, found = len(members(HALF)), {}
    for name, told in components().items():
        for organisation, (point, low, high) in told.items():
            others = [x for o, x in told.items() if o != organisation]
            behind = [(p < point) + 0.5 * (p == point) for p, _, _ in others if not math.isnan(p)]
            least = sum((hi < low) + 0.5 * (hi == low) for _, _, hi in others)
            most = sum((lo < high) + 0.5 * (lo == high) for _, lo, _ in others) + n - len(told)
            value = 100 * (sum(behind) + 0.5) / (len(behind) + 1)
            found[name, organisation] = (value, 100 * (least + 0.5) / n, 100 * (most + 0.5) / n)
    return found


def indices():
    """Give the weighted mean of the scores; what is not observed lies between 0 and 100."""
    told, found = scores(), {}
    for organisation in {o for _, o in told}:
        known = {name: told[name, organisation] for name in WEIGHTS if (name, organisation) in told}
        value = np.average([s[0] for s in known.values()], weights=[WEIGHTS[name] for name in known])
        low = sum(WEIGHTS[name] * s[1] for name, s in known.items())
        high = sum(w * (known[name][2] if name in known else 100) for name, w in WEIGHTS.items())
        found[f"activity_index.activity.{organisation}.any.{HALF}"] = figure(value, low, high)
    return found


def regularities():
    """Give the months with an item, and the issues of an organisation's own paper against those due."""
    items = read(INVENTED / "publications.csv")
    months = items.assign(month=items["date"].str[:7])
    found = {}
    for (organisation, outlet), listed in months.groupby(["organisation", "outlet"]):
        part = listed["month"].nunique() / 6
        found[f"regularity.publications.{organisation}.{outlet}.{HALF}"] = figure(part, part, part)
    return found


def attendances():
    told = read(INVENTED / "activities.csv")
    return {
        f"volume.{row.kind}_participants.{row.organisation}.any.{row.start}_{row.end}": figure(
            float(row.participants), *stated(row.participants, row.qualifier)[1:]
        )
        for row in told.itertuples()
    }


FIGURES = {
    "volume": volumes, "share": shares, "growth": growths, "rank": ranks, "coverage": coverages,
    "hhi": concentrations, "per member": per_member, "completeness": completenesses,
    "activity_index": indices, "regularity": regularities, "attendance": attendances,
}  # fmt: skip
INTERVALS = {"share": share_intervals, "rate": rate_intervals}
