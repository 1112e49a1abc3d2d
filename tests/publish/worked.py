"""Derived facts worked out by hand, a list of facts for each formula of domain.md, section 3."""

import math

from handmade import CHANNELS, fact, members, reported
from scipy.stats import chi2


def figure(code, *numbers, of="publications", where="union-site", window="2017H1", **more):
    return fact(f"volume.{of}.{code}.{where}.{window}", *numbers, **more)


def derived(fact_id, *numbers, of, **more):
    return fact(fact_id, *numbers, inputs=[f["id"] for f in of], **more)


def pair(metric, *numbers, now, base, **more):
    """Compare two figures: the id of what is computed follows from theirs."""
    about = now["id"].split(".", 1)[1]
    return [
        now,
        base,
        derived(f"{metric}.{about}.{base['id'].split('.')[-1]}", *numbers, of=(now, base), **more),
    ]


def over(metric, *numbers, own, by, **more):
    return [own, by, derived(f"{metric}.{own['id'].split('.', 1)[1]}", *numbers, of=(own, by), **more)]


def sums():
    kus, sem = figure("KUS", 12), figure("SEM", None, 4, 6)
    first, second = figure("KUS", 5, window="2016H1"), figure("KUS", None, 8, None, window="2016H2")
    outlets = [figure("KUS", 3, where="kazakhstan-tv"), figure("KUS", 2, where="television")]
    for outlet in outlets:
        outlet["channel"] = "television"
    return [
        kus, sem, derived("volume.publications.TOTAL.union-site.2017H1", None, 16, 18, of=(kus, sem)),
        first, second, derived("volume.publications.KUS.union-site.2016", None, 13, None, of=(first, second)),
        *outlets, derived("channel_total.publications.KUS.television.2017H1", None, 5, None, of=outlets),
    ]  # fmt: skip


def standings():
    """Give four organisations, one of them silent, one with a figure between bounds."""
    n = members(4)
    own = [figure("KUS", 8), figure("SEM", None, 3, 9, qualifier="about"), figure("UST", 2)]
    told = reported("publications.TOTAL.union-site", *own)
    total = figure("TOTAL", 20, rows="9")
    ranks = [
        derived("rank.publications.KUS.union-site.2017H1", None, 1, 2, of=(own[0], told, total)),
        derived("rank.publications.SEM.union-site.2017H1", None, 1, 3, of=(own[1], told, total)),
        derived("rank.publications.UST.union-site.2017H1", None, 3, 4, of=(own[2], told)),
    ]
    hhi = derived(
        "hhi.publications.TOTAL.union-site.2017H1", None, 77 / 400, (64 + 81 + 4 + 49) / 400, of=(total, told)
    )
    return [n, *own, told, total, *ranks, hhi]


def spread():
    n, own = members(2), [figure("KUS", 9), figure("SEM", 3)]
    told = reported("publications.TOTAL.union-site", *own)
    total = derived("volume.publications.TOTAL.union-site.2017H1", 12, of=own)
    return [
        n, *own, told, total,
        derived("gini.publications.TOTAL.union-site.2017H1", 0.25, of=(told,)),
        derived("hhi.publications.TOTAL.union-site.2017H1", 90 / 144, of=(total, told)),
    ]  # fmt: skip


def index():
    """Give three organisations of four; SEM has no copies, and of UST's training only bounds are known."""
    made = [members(4)]
    values = {
        "site": {"KUS": (2,), "SEM": (4,), "UST": (2,)},
        "copies": {"KUS": (1.5,), "UST": (0.5,)},
        "training": {"KUS": (0.1,), "SEM": (0.3,), "UST": (None, 0.2, 0.4)},
    }
    series = {
        "site": "penetration.copies.qk",
        "copies": "penetration.copies.bilimdi-el",
        "training": "training_reach.trained.any",
    }
    scores = {  # 100 (those behind + 1/2) of those with a value; the silent one is below or above
        "site": {"KUS": (100 / 3, 25, 50), "SEM": (250 / 3, 62.5, 87.5), "UST": (100 / 3, 25, 50)},
        "copies": {"KUS": (75, 37.5, 87.5), "UST": (25, 12.5, 62.5)},
        "training": {"KUS": (25, 12.5, 37.5), "SEM": (75, 37.5, 87.5), "UST": (None, 37.5, 87.5)},
    }
    own = {code: [] for code in ("KUS", "SEM", "UST")}
    among = []
    for name, found in values.items():
        parts = []
        for code, numbers in found.items():
            by = figure(code, 200, of="members", where="any", rows="7")
            per, indicator, where = series[name].split(".")
            counts = [x and x * (200 if per == "training_reach" else 2) for x in numbers]
            own_count = figure(code, *counts, of=indicator, where=where)
            rate = over(per, *numbers, own=own_count, by=by)[-1]
            parts.append(derived(f"component.{name}.{code}.any.2017H1", *numbers, of=(rate,)))
            made += [by, own_count, rate, parts[-1]]
        told = reported(f"{name}_component.TOTAL.any", *parts)
        scored = [
            derived(
                f"score.{name}.{part['organisation']}.any.2017H1",
                *scores[name][part["organisation"]],
                of=(part, told),
            )
            for part in parts
        ]
        for score in scored:
            own[score["organisation"]].append(score)
        among.append(reported(f"{name}_score.TOTAL.any", *scored))
        made += [told, *scored, among[-1]]
    indices = {
        "KUS": (100 / 6 + 22.5 + 5, 26.25, 58.75),
        "SEM": ((250 / 6 + 15) / 0.7, 38.75, 91.25),
        "UST": ((100 / 6 + 7.5) / 0.8, 23.75, 61.25),
    }
    left = {
        "KUS": (None, (100 / 6 + 5) / 0.7, 27.5 / 0.5),  # without copies; without site
        "SEM": (None, 75, 250 / 3),
        "UST": (None, 25, 100 / 3),
    }
    classes = {"KUS": (3, 2, 3), "SEM": (5, 2, 5), "UST": (2, 2, 4)}  # 44.2, 81.0, 30.2
    ranks = {"KUS": (2, 1, 4), "SEM": (1, 1, 4), "UST": (3, 1, 4)}
    for code, scored in own.items():
        made.append(derived(f"activity_index.activity.{code}.any.2017H1", *indices[code], of=scored))
        made.append(derived(f"leave_one_out.activity.{code}.any.2017H1", *left[code], of=scored))
        own_index = made[-2]
        made.append(derived(f"activity_class.activity.{code}.any.2017H1", *classes[code], of=(own_index,)))
    for code in own:
        of = [next(f for f in made if f["id"] == f"activity_index.activity.{code}.any.2017H1"), *among]
        band = {"KUS": (2, 3), "SEM": (1, 1), "UST": (2, 3)}[code]
        made.append(derived(f"rank.activity.{code}.any.2017H1", *ranks[code], of=of, interval=band))
    return list({f["id"]: f for f in made}.values())


def alone():
    """Give two organisations of four; only one is known by a value, and has no place among such."""
    by = [figure(code, 200, of="members", where="any", rows="7") for code in ("KUS", "SEM")]
    counts = [figure("KUS", 4, of="copies", where="qk"), figure("SEM", None, 6, 8, of="copies", where="qk")]
    numbers = (2,), (None, 3, 4)
    rates = [over("penetration", *x, own=c, by=b)[-1] for x, c, b in zip(numbers, counts, by, strict=True)]
    parts = [
        derived(f"component.copies.{rate['organisation']}.any.2017H1", *x, of=(rate,))
        for x, rate in zip(numbers, rates, strict=True)
    ]
    told = reported("copies_component.TOTAL.any", *parts)
    scores = [
        derived("score.copies.KUS.any.2017H1", None, 12.5, 62.5, of=(parts[0], told)),
        derived("score.copies.SEM.any.2017H1", None, 37.5, 87.5, of=(parts[1], told)),
    ]
    return [members(4), *by, *counts, *rates, *parts, told, *scores]


def presence():
    n = members(20)
    filed = figure("TOTAL", 15, of="organisations_filed", where="any")
    timely = figure("TOTAL", None, 9, 12, of="organisations_on_time", where="any")
    there = fact("present.publications.TOTAL.union-site.2017H1", None, 5, 8)
    seen, months = figure("KUS", 4, of="active_months"), figure("KUS", 6, of="calendar_months", where="any")
    issues = [
        figure("ATY", 14, of="issues_out", where="ustaz"),
        figure("ATY", 12, of="issues_due", where="ustaz"),
    ]
    return [
        n, filed, timely, there, seen, months, *issues,
        derived("coverage.publications.TOTAL.union-site.2017H1", None, 0.25, 0.4, of=(there, n)),
        derived("completeness.organisations.TOTAL.any.2017H1", 0.75, of=(filed, n)),
        derived("completeness.organisations_on_time.TOTAL.any.2017H1", None, 0.6, 0.8, of=(timely, filed)),
        derived("regularity.publications.KUS.union-site.2017H1", 4 / 6, of=(seen, months)),
        derived("regularity.issues.ATY.ustaz.2017H1", 1, of=issues),
    ]  # fmt: skip


def paces():
    half, near, far = (
        figure("TOTAL", 60),
        figure("TOTAL", 40, window="2016H1"),
        figure("TOTAL", 30, window="2015H1"),
    )
    years = [figure("TOTAL", 100, window="2016"), figure("TOTAL", 50, window="2015")]
    past = (half, far, years[1], near, years[0])
    alone = figure("KUS", None, 6, None, qualifier="at_least")
    same = [
        figure("SEM", x, window=w)
        for w, x in (("2017H1", 9), ("2015H1", 3), ("2015", 6), ("2016H1", 4), ("2016", 8))
    ]
    return [
        half, near, far, *years, alone, *same,
        derived("pace.publications.TOTAL.union-site.2017H1", 120, 100, 150, of=past),
        derived("pace.publications.KUS.union-site.2017H1", None, 10, None, of=(alone,)),
        derived("pace.publications.SEM.union-site.2017H1", 18, 15, 22.5, of=same),
    ]  # fmt: skip


def one_past_year():
    half, before, year = (
        figure("TOTAL", x, window=w) for w, x in (("2017H1", 66), ("2016H1", 66), ("2016", 100))
    )
    of = (half, before, year)
    return [*of, derived("pace.publications.TOTAL.union-site.2017H1", 100, 100, 165, of=of)]


def seasons():
    halves = [
        figure("TOTAL", x, window=w)
        for w, x in (("2015H1", 40), ("2015", 100), ("2016H1", 90), ("2016", 150))
    ]
    counts = {"2015-03-01_2015-03-31": 10, "2015": 60, "2016-03-01_2016-03-31": 0, "2016": 24}
    months = [figure("TOTAL", x, where="qk", window=w) for w, x in counts.items()]
    both = "seasonality.publications.TOTAL.union-site.2015-01-01_2016-12-31"
    march = "seasonality.publications.TOTAL.qk.2015-03-01_2016-03-31"
    return [*halves, derived(both, 0.5, 0.4, 0.6, of=halves), *months, derived(march, 1, 0, 2, of=months)]


def channels():
    one = [figure("KUS", x, where=c) for c, x in zip(CHANNELS, (4, 4, 0, 0, 8, 0, 0), strict=True)]
    return [*one, derived("evenness.publications.KUS.any.2017H1", 1.5 * math.log(2) / math.log(7), of=one)]


def contributions():
    now, base, union = (
        figure("KUS", 9),
        figure("KUS", 3, window="2016H1"),
        figure("TOTAL", 60, window="2016H1"),
    )
    vague = [figure("SEM", None, 0, 4), figure("SEM", None, 10, None, window="2016H1", qualifier="at_least")]
    begun = [figure("UST", 12), figure("UST", 0, window="2016H1")]
    return [
        *begun,
        derived("contribution.publications.UST.union-site.2017H1.2016H1", 0.2, of=(*begun, union)),
        now, base, union, *vague,
        derived("contribution.publications.KUS.union-site.2017H1.2016H1", 0.1, of=(now, base, union)),
        derived("contribution.publications.SEM.union-site.2017H1.2016H1", None, -1, -0.1, of=(*vague, union)),
    ]  # fmt: skip


def changed_ranks():
    n = members(2)
    made = [n, members(2, "2016H1")]
    for window, (kus, sem) in (("2017H1", (8, 4)), ("2016H1", (5, 5))):
        own = [figure("KUS", kus, window=window), figure("SEM", sem, window=window)]
        told = reported("publications.TOTAL.union-site", *own, window=window)
        places = [1, 2] if kus > sem else [1, 1]
        ranks = [derived(f"rank.publications.{f['organisation']}.union-site.{window}", place, of=(f, told))
                 for f, place in zip(own, places, strict=True)]  # fmt: skip
        made += [*own, told, *ranks]
    named = [f"rank.publications.SEM.union-site.{window}" for window in ("2017H1", "2016H1")]
    return [*made, fact("rank_change.publications.SEM.union-site.2017H1.2016H1", 1, inputs=named)]


def differences():
    made, sums = [], []
    for window, counts in (("2017H1", (5, 2)), ("2016H1", (4, None))):
        own = [figure("KUS", x, of="broadcasts", where=c, window=window)
               for c, x in zip(("television", "radio"), counts, strict=True) if x is not None]  # fmt: skip
        numbers = (7,) if len(own) == 2 else (None, 4, None)
        sums.append(derived(f"tally.broadcasts.KUS.any.{window}", *numbers, of=own))
        made += [*own, sums[-1]]
    return [*made, derived("difference.broadcasts.KUS.any.2017H1.2016H1", None, None, 3, of=sums)]


def moves():
    """Give one organisation that rose, one that may have fallen, and one that did not move."""
    pairs = [
        (figure("KUS", 9), figure("KUS", 8, window="2016H1")),
        (figure("SEM", None, 4, 6, qualifier="about"), figure("SEM", 6, window="2016H1")),
        (figure("UST", 3), figure("UST", 3, window="2016H1")),
    ]
    told = [one for pair in pairs for one in pair]
    about = "publications.TOTAL.union-site.2017H1.2016H1"
    return [
        *told,
        derived(f"risen.{about}", 1, of=told),
        derived(f"fallen.{about}", None, 0, 1, of=told),
    ]


def common():
    """Give two papers in two years, 8 and 2 now, 1 and 1 before: 10 against 2; and one told by half."""
    now = [figure("TOTAL", x, where=paper) for paper, x in (("be", 2), ("qk", 8))]
    base = [figure("TOTAL", x, where=paper, window="2016H1") for paper, x in (("be", 1), ("qk", 1))]
    half = figure("KUS", 3, where="qk")
    for paper in (*now, *base, half):
        paper["channel"] = "newspaper"
    about = "publications.TOTAL.newspaper"
    totals = [
        derived(f"common_total.{about}.2017H1", 10, of=now),
        derived(f"common_total.{about}.2016H1", 2, of=base),
    ]
    odds = [o * 182 / 181 for o in TEN_TO_TWO]
    return [
        *now, *base, half, *totals,
        derived("common_total.publications.KUS.newspaper.2017H1", None, 3, None, of=(half,)),
        derived(f"common_growth.{about}.2017H1.2016H1", 4, of=totals),
        derived(f"common_ratio.{about}.2017H1.2016H1", 5 * 182 / 181, of=totals, interval=odds),
    ]  # fmt: skip


def funnel():
    """Give two organisations with 3 items of 1000 members and 1 of 3000: together 1 for a thousand.

    Poisson with the mean 1: P(R ≤ 0) = 0.36788; P(R ≤ 3) = 0.98101 with P(R = 3) = 0.06131, so that 0.975
    lies 0.0981 below 3; P(R ≤ 5) = 0.999406 with P(R = 5) = 0.003066, so that 0.999 lies 0.1324 below 5.
    """
    items = [figure("KUS", 3), figure("SEM", 1)]
    sizes = [figure(code, n, of="members", where="any") for code, n in (("KUS", 1000), ("SEM", 3000))]
    pooled = derived("pooled_rate.publications.TOTAL.union-site.2017H1", 1, of=(*items, *sizes))
    about, by = "publications.KUS.union-site.2017H1", (pooled, sizes[0])
    return [
        *items, *sizes, pooled,
        derived(f"limit_95.{about}", 1, of=by, interval=(0, 2.901948696485415)),
        derived(f"limit_998.{about}", 1, of=by, interval=(0, 4.867625595670334)),
    ]  # fmt: skip


def within_the_funnel():
    """Give the same two with their rates: 3 lies above its limits, 1/3 within those of three times as many.

    Poisson with the mean 3: P(R ≤ 0) = 0.0498 is more than 0.025; P(R ≤ 7) = 0.98810 with P(R = 7) = 0.02160,
    so that 0.975 lies 0.6062 below 7.
    """
    made = funnel()
    kus, sem, many, few, pooled, inner, _ = made
    rates = [
        over("rate", 3, own=kus, by=many, interval=(0.6186721228956015, 8.767273069742323))[-1],
        over("rate", 1 / 3, own=sem, by=few, interval=(0.008439269328096632, 1.8572144636462993))[-1],
    ]
    other = derived(
        "limit_95.publications.SEM.union-site.2017H1", 1, of=(pooled, few),
        interval=(0, 2.1312800549526294),
    )  # fmt: skip
    told = (rates[0], inner, rates[1], other)
    return [*made, *rates, other, derived("within_95.publications.TOTAL.union-site.2017H1", 1, of=told)]


def funnel_of_bounds():
    """Give the same where one has 1 or 2 items: the limits are the widest."""
    items = [figure("KUS", 3), figure("SEM", None, 1, 2, qualifier="about")]
    sizes = [figure(code, n, of="members", where="any") for code, n in (("KUS", 1000), ("SEM", 3000))]
    pooled = derived("pooled_rate.publications.TOTAL.union-site.2017H1", None, 1, 1.25, of=(*items, *sizes))
    limit = "limit_95.publications.KUS.union-site.2017H1"  # of the mean 1.25, 0.975 lies 0.5447 below 4
    of = (pooled, sizes[0])
    return [*items, *sizes, pooled, derived(limit, None, 1, 1.25, of=of, interval=(0, 3.455280723807064))]


def medians():
    """Give the middle of five: 2, 3 to 9, 8 known, two silent; of rates and copies, all known."""
    own = [figure("KUS", 8), figure("SEM", None, 3, 9, qualifier="about"), figure("UST", 2)]
    told = reported("publications.TOTAL.union-site", *own)
    made = [members(5), *own, told]  # from 0 0 2 3 8 to 2 8 9 ∞ ∞
    made.append(derived("median.publications.TOTAL.union-site.2017H1", None, 2, 9, of=(told,)))
    copies = {"KUS": (4, 2000), "SEM": (30, 1000), "UST": (10, 1000), "ATY": (1, 100), "AKT": (0, 500)}
    for metric, indicator, per, middle in (
        ("penetration", "copies", 100, 1),
        ("rate", "broadcasts", 1000, 10),
        ("training_reach", "trained", 1, 0.01),
    ):
        figures = []
        for code, (x, m) in copies.items():
            by = figure(code, m, of="members", where="any", window="2016")
            count = figure(code, x, of=indicator, where="any")
            interval = GARWOOD[x] if metric == "rate" else ()
            interval = [1000 * bound / m for bound in interval]
            figures.append(over(metric, per * x / m, own=count, by=by, interval=interval)[-1])
            made += [by, count, figures[-1]]
        told = reported(f"{indicator}_{metric}.TOTAL.any", *figures)
        made += [told, derived(f"median_{metric}.{indicator}.TOTAL.any.2017H1", middle, of=(told,))]
        if metric == "penetration":  # 0.2, 3, 1, 1, 0 copies per 100 members
            made.append(derived(f"on_target.{indicator}.TOTAL.any.2017H1", 3, of=(told,)))
    return list({f["id"]: f for f in made}.values())


def targets():
    """Give four organisations: one reaches a copy per 100 members, one may, one does not, one is silent."""
    made, figures = [members(4)], []
    for code, copies in (("KUS", (10,)), ("SEM", (None, 9, 11)), ("UST", (9,))):
        by = figure(code, 1000, of="members", where="any", window="2016")
        count = figure(code, *copies, of="copies", where="qk", qualifier="about" if len(copies) > 1 else None)
        numbers = [x and x / 10 for x in copies]
        figures.append(over("penetration", *numbers, own=count, by=by)[-1])
        made += [by, count, figures[-1]]
    told = reported("copies_penetration.TOTAL.qk", *figures)
    return [*made, told, derived("on_target.copies.TOTAL.qk.2017H1", None, 1, 3, of=(told,))]


# Garwood: 10 and more have the probability 0.025 at the first mean, 10 and less at the second
TEN = (4.795388696132433, 18.390356042017781)
# The same of other counts: half the quantiles of chi squared with 2x and 2x + 2 degrees of freedom
GARWOOD = {x: (chi2.ppf(0.025, 2 * x) / 2, chi2.isf(0.025, 2 * x + 2) / 2) for x in (1, 4, 10, 30)}
GARWOOD[0] = (0.0, chi2.isf(0.025, 2) / 2)
# Clopper and Pearson: odds at which 8 and more of 10, or 8 and less, have the probability 0.025
TEN_TO_TWO = (1.0655278434994409, 46.93283545239456)
EIGHT_TO_TWO = (0.798252400496631, 38.66565607971543)
KUS_MEMBERS = figure("KUS", 2000, of="members", where="any", window="2016", rows="20")
ABOUT_MEMBERS = figure("KUS", 2000, 1900, 2100, of="members", where="any", window="2016", rows="20")
EXAMPLES = {  # each by hand: the formulas of domain.md, section 3
    "sums": sums,
    "common": common,
    "a score alone": alone,
    "growth": lambda: pair(
        "growth",
        4746 / 3965 - 1,
        now=figure("TOTAL", 4746, of="copies", where="qk", window="2017"),
        base=figure("TOTAL", 3965, of="copies", where="qk", window="2016"),
    ),
    "growth of bounds": lambda: pair(
        "growth",
        None,
        -1,
        156 / 61 - 1,
        now=figure("TOTAL", 156, where="qk", window="2017-01-01_"),
        base=figure("TOTAL", 60, 61, None, where="qk", window="2016", qualifier="more_than"),
    ),
    "growth about": lambda: pair(
        "growth",
        0.5,
        285 / 200 - 1,
        315 / 200 - 1,
        now=figure("KUS", 300, 285, 315),
        base=figure("KUS", 200, window="2016H1"),
    ),
    "cagr": lambda: pair(
        "cagr", 0.2, now=figure("TOTAL", 144, window="2017"), base=figure("TOTAL", 100, window="2015")
    ),
    "share of copies": lambda: over(
        "share",
        None,
        0.2,
        0.4,
        own=figure("KUS", None, 20, 30, of="copies", where="qk"),
        by=figure("TOTAL", None, 75, 100, of="copies", where="qk"),
    ),
    # 5 of 10: (0.5 + z²/20 ± z √(0.025 + z²/400)) / (1 + z²/10), z = 1.959964
    "share of items": lambda: over(
        "share",
        0.5,
        own=figure("KUS", 5),
        by=figure("TOTAL", 10),
        interval=(0.236593090512564, 0.763406909487436),
    ),
    "share of an open total": lambda: over(
        "share",
        None,
        0,
        0.5,
        own=figure("KUS", 5),
        by=figure("TOTAL", None, 10, None, qualifier="at_least"),
        interval=(0, 0.763406909487436),
    ),
    "share of none": lambda: over(
        "share", 0, own=figure("KUS", 0), by=figure("TOTAL", 10), interval=(0, 0.277532799862889)
    ),
    "share of all": lambda: over(
        "share", 1, own=figure("KUS", 10), by=figure("TOTAL", 10), interval=(0.722467200137111, 1)
    ),
    "penetration": lambda: over(
        "penetration",
        25,
        500 / 21,
        500 / 19,
        own=figure("KUS", 500, of="copies", where="qk"),
        by=ABOUT_MEMBERS,
    ),
    "rate": lambda: over("rate", 5, own=figure("KUS", 10), by=KUS_MEMBERS, interval=(TEN[0] / 2, TEN[1] / 2)),
    "rate of none": lambda: over(
        "rate", 0, own=figure("KUS", 0), by=KUS_MEMBERS, interval=(0, -500 * math.log(0.025) / 1000)
    ),
    "rate of bounds": lambda: over(
        "rate",
        None,
        5,
        None,
        own=figure("KUS", None, 10, None, qualifier="at_least"),
        by=KUS_MEMBERS,
        interval=(TEN[0] / 2, None),
    ),
    "training reach": lambda: over(
        "training_reach", 0.25, own=figure("KUS", 500, of="trained", where="any"), by=KUS_MEMBERS
    ),
    "rate ratio": lambda: pair(
        "rate_ratio",
        4 * 182 / 181,
        now=figure("KUS", 8),
        base=figure("KUS", 2, window="2016H1"),
        interval=[o * 182 / 181 for o in EIGHT_TO_TWO],
    ),
    "moves": moves,
    "funnel": funnel,
    "within the funnel": within_the_funnel,
    "funnel of bounds": funnel_of_bounds,
    "medians": medians,
    "targets": targets,
    "ranks": standings,
    "spread": spread,
    "rank change": changed_ranks,
    "differences": differences,
    "contribution": contributions,
    "counts": presence,
    "evenness": channels,
    "pace": paces,
    "pace of one year": one_past_year,
    "seasonality": seasons,
    "index": index,
}
