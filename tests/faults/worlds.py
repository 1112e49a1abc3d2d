"""Small unions of which everything is known, and what is left of it when something is not handed in."""

from __future__ import annotations

import numpy as np
import pandas as pd
from aqparat.period import Period
from source import REFERENCE, Source

CODES = ("CEN", "AKM", "AKT", "ATY", "KUS", "YUZ", "TUR", "SHY", "PAR")
HEAD, SPLIT, HEIRS = "CEN", "YUZ", ("TUR", "SHY")
HALVES = ("2017H1", "2017H2", "2018H1", "2018H2")
PERIODS = ("2017H2", "2018H1", "2018H2", "2018")
PLACES = (  # indicator, outlet, channel, whether the head office has some too
    ("publications", "union-site", "", True),
    ("publications", "qazaqstan-kasipodagy", "", False),
    ("publications", "bilimdi-el", "", True),
    ("publications", "", "social", False),
    ("publications", "", "magazine", False),
    ("broadcasts", "", "television", True),
    ("broadcasts", "", "radio", False),
    ("videos", "union-site", "", False),
    ("trained", "", "", True),
)
PAPERS = ("qazaqstan-kasipodagy", "bilimdi-el")
COLUMNS = ["indicator", "organisation", "outlet", "channel", "start", "end", "value", "qualifier", "named"]


def reference() -> dict[tuple[str, str], pd.DataFrame]:
    """Return the reference tables of the repository, of a few organisations."""
    of = Source.published().tables
    tables = {key: frame for key, frame in of.items() if key[0] == REFERENCE}
    organisations, outlets = tables[REFERENCE, "organisations"], tables[REFERENCE, "outlets"]
    tables[REFERENCE, "organisations"] = organisations[organisations["code"].isin(CODES)]
    tables[REFERENCE, "outlets"] = outlets[outlets["publisher"] != "ZAI"]
    tables[REFERENCE, "aliases"] = tables[REFERENCE, "aliases"].head(0)
    return tables


def members(half: str) -> list[str]:
    """Return who is a member in the middle of a half: South Kazakhstan was split in June 2018."""
    gone = (HEAD, SPLIT) if half >= "2018H2" else (HEAD, *HEIRS)
    return [code for code in CODES if code not in gone]


def world(seed: int) -> Source:
    """Return a union of which all is handed in exactly: of each member, of the head office, some totals.

    The counts are small, so that there are ties and zeros, or larger. Some of them stand in a register.
    """
    rng = np.random.default_rng([seed, 0])
    mean = float(rng.choice([0.7, 3, 20]))
    rows: list[tuple[str, ...]] = []
    items: list[tuple[str, ...]] = []
    trained: list[tuple[str, ...]] = []
    for half in HALVES:
        period = Period.parse(half)
        window = str(period.start), str(period.end)
        for indicator, outlet, channel, of_head in PLACES:
            codes = [*members(half), *([HEAD] if of_head else [])]
            counts = rng.poisson(mean * rng.gamma(2, 0.5, len(codes)))
            for code, count in zip(codes, map(int, counts), strict=True):
                if outlet and indicator == "publications" and count and rng.random() < 0.3:
                    days = rng.integers(0, 160, count)  # before the split
                    dates = (pd.Timestamp(period.start) + pd.to_timedelta(days, "D")).strftime("%Y-%m-%d")
                    items += [(half, day, code, outlet) for day in dates]
                else:
                    rows.append((half, indicator, code, outlet, channel, *window, str(count), "exact", ""))
            if rng.random() < 0.5:
                named = [c for c, n in zip(codes, counts, strict=True) if n and rng.random() < 0.5]
                whole = str(int(counts.sum()))
                rows.append(
                    (half, indicator, "TOTAL", outlet, channel, *window, whole, "exact", " ".join(named))
                )
        people = [int(rng.integers(200, 3000)) for _ in members(half)]
        for code, number in zip(members(half), people, strict=True):
            rows.append((half, "members", code, "", "", *window, str(number), "exact", ""))
        if half.endswith("H1"):
            year = window[0], f"{period.year}-12-31"
            for paper in PAPERS:
                copies = [int(number * rng.uniform(0, 0.03)) for number in people]
                for code, number in zip(members(half), copies, strict=True):
                    rows.append((half, "copies", code, paper, "", *year, str(number), "exact", ""))
                rows.append((half, "copies", "TOTAL", paper, "", *year, str(sum(copies)), "exact", ""))
        for code in rng.choice(members(half), 2, replace=False):
            trained.append(
                (half, code, "seminar", window[0], window[0], str(int(rng.integers(5, 90))), "exact")
            )
    observed = pd.DataFrame(rows, columns=["batch", *COLUMNS]).assign(source="invented")
    listed = pd.DataFrame(items, columns=["batch", "date", "organisation", "outlet"])
    listed["title"] = [f"Item {n}" for n in range(len(listed))]
    active = pd.DataFrame(
        trained, columns=["batch", "organisation", "kind", "start", "end", "participants", "qualifier"]
    ).assign(source="invented")
    tables = reference()
    for name, frame in (("observations", observed), ("publications", listed), ("activities", active)):
        for half, own in frame.groupby("batch"):
            tables[str(half), name] = own.drop(columns="batch").reset_index(drop=True)
    return Source(tables, str(rng.choice(PERIODS)), {})


def hidden(known: Source, seed: int, gone: float | None = None) -> Source:
    """Return what is left of a world when not all is handed in, and some only with a bound.

    What is left is true: each bound holds the count. The head office's own stays, and so do totals of copies,
    by which the union's papers are known; a register has all of an organisation in a half, or nothing.

    Parameters
    ----------
    known : Source
    seed : int
    gone : float, optional
        The part of the rows that is not handed in; any up to 0.6 by default. With 0 the members are exact,
        so that everybody has a rate.
    """
    rng = np.random.default_rng([seed, 1])
    gone, vague = rng.uniform(0, 0.6) if gone is None else gone, rng.uniform(0.1, 0.6)

    def some(rows: pd.DataFrame) -> pd.DataFrame:
        steady = rows["organisation"].eq(HEAD) | (
            rows["indicator"].eq("copies") & rows["organisation"].eq("TOTAL")
        )
        if not gone:
            steady |= rows["indicator"].eq("members")
        lost = (rng.random(len(rows)) < gone) & ~steady
        lost &= rows["indicator"].ne("members") | (rng.random(len(rows)) < 0.1)
        forgotten = rng.random(len(rows)) < gone / 2
        rows = rows.assign(named=rows["named"].mask(forgotten, ""))[~lost]
        told = [
            bound(int(value), rng) if rng.random() < vague and not kept else (value, "exact")
            for value, kept in zip(rows["value"], steady[~lost], strict=True)
        ]
        return rows.assign(value=[v for v, _ in told], qualifier=[q for _, q in told])

    def listed(rows: pd.DataFrame) -> pd.DataFrame:
        lost = {c for c in rows["organisation"].unique() if c != HEAD and rng.random() < gone}
        return rows[~rows["organisation"].isin(lost)]

    return known.each("observations", some).each("publications", listed)


def bound(count: int, rng: np.random.Generator) -> tuple[str, str]:
    """Return a number and a word that are true of a count, more or less wide."""
    slack = int(rng.choice([0, 1, count // 2 + 1]))
    choices = [("at_most", count + slack), ("less_than", count + 1 + slack)]
    if count:  # "at least 0" says nothing
        choices += [("at_least", max(count - slack, 1)), ("more_than", max(count - 1 - slack, 0))]
    if count > 20:
        choices.append(("about", int(rng.integers(-(-count * 20 // 21), count * 20 // 19 + 1))))
    word, number = choices[rng.integers(len(choices))]
    return str(number), word


def completed(source: Source, seed: int) -> Source:
    """Return a source with all that it leaves open filled in, with any counts that what it says allows.

    Each figure with bounds becomes a number within them; each member that has none of a series gets a count,
    so that all counts, the head office's among them, add up to the total.
    """
    rng = np.random.default_rng([seed, 2])
    organisations = source.table("organisations").set_index("code")
    batch = source.period
    rows = source.table("observations", batch)
    key = ["indicator", "outlet", "channel", "start", "end"]
    made = [_filled(group, organisations, rng) for _, group in rows.groupby(key, sort=True, dropna=False)]
    return source.put({(batch, "observations"): pd.concat(made, ignore_index=True)})


def _filled(group: pd.DataFrame, organisations: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Fill in one series in one window: members in force then, of which some stand in the rows."""
    own, start = group.set_index("organisation"), group["start"].iloc[0]
    there = organisations["kind"].isin(("oblast", "city", "territorial", "local"))
    there &= organisations["valid_from"].le(start) & ~organisations["valid_to"].between("1", start)
    counts = {code: _drawn(own.loc[code], rng) for code in own.index if code != "TOTAL"}
    silent = [code for code in organisations.index[there] if code not in counts]
    named = set(own.loc["TOTAL", "named"].split()) if "TOTAL" in own.index else set()
    if "TOTAL" in own.index:
        least = sum(counts.values()) + len(named - set(counts))
        whole = max(
            _drawn(own.loc["TOTAL"], rng), least if own.loc["TOTAL", "qualifier"] == "more_than" else 0
        )
        rest = whole - least
        assert rest >= 0, f"a total below its parts: {group}"
        takers = [*silent, *([HEAD] if HEAD not in counts and rng.random() < 0.5 else [])]
        parts = rng.multinomial(rest, rng.dirichlet(np.full(len(takers), rng.choice([0.1, 1.0]))))
        counts |= {c: int(n) + (c in named) for c, n in zip(takers, parts, strict=True)}
        counts |= dict.fromkeys(named - set(counts), 1)
        counts["TOTAL"] = whole
    else:
        scale = rng.choice([0.0, 3.0, 100.0])
        counts |= {code: int(rng.poisson(scale)) for code in silent}
    first = group.iloc[0]
    same = {c: first[c] for c in ("indicator", "outlet", "channel", "start", "end", "source")}
    return pd.DataFrame(
        [
            {
                **same,
                "organisation": code,
                "value": str(count),
                "qualifier": "exact",
                "named": own["named"].get(code, ""),
                "extreme": own["extreme"].get(code, ""),
            }
            for code, count in counts.items()
        ]
    )


def _drawn(row: pd.Series, rng: np.random.Generator) -> int:
    """Draw a count that a row leaves possible."""
    value = int(row["value"])
    match row["qualifier"]:
        case "more_than":
            return value + int(rng.integers(1, 60))
        case "at_least":
            return value + int(rng.integers(0, 60))
        case "about":
            return int(rng.integers(-(-value * 95 // 100), value * 105 // 100 + 1))
        case "at_most":
            return int(rng.integers(0, value + 1))
        case "less_than":
            return int(rng.integers(0, value))
    return value
