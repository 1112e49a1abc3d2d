"""Synthetic data folders for tests and trials: invented figures of which the truth is known."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from aqparat.data import schemas
from aqparat.data.prepare import own_sites
from aqparat.data.reading.files import LEFT_BY_SYSTEMS, SYNTHETIC
from aqparat.data.schemas import ACTIVITY_KINDS, BATCH, KEY, MEMBER_KINDS, TOTAL
from aqparat.disk import outside_raw
from aqparat.period import Period
from aqparat.problem import AqparatError

CHARACTERS = ("full", "sparse", "falling")
REFERENCE = Path("data/raw/reference")
_MEMBERS = 700_000  # of the whole union: a large one
_FALL = 0.75  # of the items of a period, so many are left in the next
# What is counted, and an organisation's mean in half a year; of copies, per 100 members in a year. An outlet
# is named by its channel and its place among the steady outlets of it (of websites: the union's own).
_SERIES = """indicator,outlet,channel,mean
publications,website 1,website,8
publications,newspaper 1,newspaper,3
publications,newspaper 2,newspaper,1.5
publications,newspaper 3,newspaper,0.5
publications,magazine 1,magazine,0.5
publications,,social,6
broadcasts,,television,1.5
broadcasts,,radio,1
trained,,,150
copies,newspaper 1,newspaper,1.2
copies,newspaper 2,newspaper,0.7
"""
# All that is handed in of a sparse folder; a number is a place among the steady organisations.
_SPARSE = """indicator,organisation,outlet,channel,qualifier
publications,TOTAL,website 1,website,more_than
publications,0,website 1,website,exact
publications,2,website 1,website,about
publications,3,,social,less_than
publications,TOTAL,newspaper 1,newspaper,at_least
copies,TOTAL,newspaper 1,newspaper,at_most
copies,1,newspaper 2,newspaper,exact
broadcasts,HEAD,,television,exact
trained,2,,,about
"""
_HIGHLIGHTS = """organisation,topic,kk,ru,en
TOTAL,site,сайт,сайт,the site
TOTAL,subscription,жазылым,подписка,subscription
TOTAL,press,баспасөз,пресса,the press
TOTAL,note,деректер,данные,the data
2,training,оқыту,обучение,training
3,active,белсенді жұмыс,активная работа,active work
"""
_MEASURES = """organisation,indicator,target,status,days,kk,ru,en
0,publications,12,planned,-45,сайтқа материал жіберу,направить материалы на сайт,send items to the site
1,copies,900,under_way,-15,газетке жазылу,расширить подписку на газеты,widen the subscription
2,trained,200,done,-60,семинар өткізу,провести семинар,hold a seminar
3,broadcasts,4,dropped,-30,радиода сөйлеу,выступить на радио,speak on the radio
TOTAL,visits,,under_way,90,сайтты жаңарту,обновить сайт,renew the site
"""  # days from the period's end until it is due
_TEXTS = {
    "text_kk": "Сынау үшін ойдан шығарылған синтетикалық жазба: {}.",
    "text_ru": "Синтетическая запись, вымышленная для проверки: {}.",
    "text_en": "A synthetic entry, invented for tests: {}.",
}
_MARKED = """# Синтетикалық деректер · Синтетические данные · Synthetic data\n
Осы қалтадағының бәрі бағдарламаны тексеру мен сынау үшін ойдан шығарылған: бұл ешкімнің есебі емес.\n
Всё в этой папке вымышлено для тестов и проб программы: это ничей отчёт.\n
Everything in this folder is invented for tests and trials: it is nobody's report.
"""


class SyntheticError(AqparatError):
    """A synthetic folder cannot be written as asked; what is not synthetic is never written over."""


def write(
    folder: Path, character: str, periods: Sequence[Period], seed: int = 1, *, reference: Path = REFERENCE
) -> None:
    """Write a data folder, `folder/raw/`, with one batch a period; a synthetic one is replaced.

    Parameters
    ----------
    folder : Path
        The data folder.
    character : {"full", "sparse", "falling"}
        All is known; most is missing or only bounded; all is known and falls. Of the steady organisations
        (never restructured, in the order of the table) the first has zero if sparse; if falling, it is silent
        in the last two periods, the second loses share of the site but no members, and radio is unused.
    periods : sequence of Period
        Half-years.
    seed : int
        One seed gives the same bytes.
    reference : Path
        Folder of the reference tables to copy.

    Raises
    ------
    SyntheticError
        If `folder/raw` is there without the marker, holds files that are not synthetic, or such a folder
        cannot be made.
    RawDataError
        If the folder lies in raw data.
    """
    known, raw = truth(character, periods, seed, reference=reference), folder / "raw"
    if (raw.exists() or raw.is_symlink()) and not (raw / SYNTHETIC).is_file():
        raise SyntheticError(f"{raw} has no {SYNTHETIC}: not written over.", "not_synthetic", folder=raw)
    outside_raw(folder)
    if others := _others(raw):
        message = f"{raw} holds files that are not synthetic: {others}"
        raise SyntheticError(message, "not_only_synthetic", folder=raw, found=", ".join(others[:3]))
    files = {path.name: path.read_bytes() for path in sorted(reference.glob("*.csv"))}
    organisations, outlets = _organisations(reference), _outlets(reference)
    steady = {str(n): code for n, code in enumerate(organisations.index[organisations["steady"]])}
    follow = (known["organisation"] == TOTAL) & ~known["indicator"].isin(["copies", "members", "visits"])
    steady["HEAD"] = next(iter(organisations.index[organisations["kind"] == "head_office"]), "")
    observed = known[~follow].assign(qualifier="exact")
    items = _items(known, organisations["valid_to"], seed, outlets.get("website 1"))
    activities, *told = _activities(known, seed), *(_told(t, known, steady) for t in (_HIGHLIGHTS, _MEASURES))
    if character == "sparse":
        observed, items = _bounded(known, steady, outlets), items.head(0)
        activities = activities[["batch", "organisation", "kind"]]
        activities, *told = (frame.groupby("batch").head(1) for frame in (activities, *told))
    observed["channel"] = observed["channel"].where(observed["outlet"] == "")
    if raw.exists():
        shutil.rmtree(raw)
    (raw / "reference").mkdir(parents=True)
    (raw / SYNTHETIC).write_bytes(_MARKED.encode())  # first, so that half a folder has it too
    for name, content in files.items():
        (raw / "reference" / name).write_bytes(content)
    for (table, schema), frame in zip(BATCH.items(), (observed, items, activities, *told), strict=True):
        for batch, rows in frame.assign(source="synthetic").groupby("batch"):
            (raw / batch).mkdir(exist_ok=True)
            columns = [c for c in schema.columns if c in rows]
            rows[columns].to_csv(raw / batch / f"{table}.csv", index=False, lineterminator="\n")


def _others(raw: Path) -> list[str]:
    """Return the files of a synthetic folder that `write` does not write."""
    made = {f"{table}.csv" for table in BATCH}
    files = [path.relative_to(raw) for path in sorted(raw.rglob("*")) if not path.is_dir()]
    return [
        path.as_posix()
        for path in files
        if path.name not in made
        and path != Path(SYNTHETIC)
        and (path.parent != Path("reference") or path.suffix != ".csv")
        and not path.name.startswith(LEFT_BY_SYSTEMS)
    ]


def truth(
    character: str, periods: Sequence[Period], seed: int = 1, *, reference: Path = REFERENCE
) -> pd.DataFrame:
    """Give the exact counts that a synthetic folder is made from; parameters and errors as of `write`.

    Returns
    -------
    DataFrame
        `batch`, the columns of `KEY` as in prepared observations, and `value` (int): each member organisation
        in force in the middle of the window, the head office (but for members) and TOTAL, their sum.
        `visits` are of TOTAL only; `copies` are by year, handed in once; all else is by half-year.
    """
    halves, falling, organisations = sorted(set(periods)), character == "falling", _organisations(reference)
    if character not in CHARACTERS:
        raise SyntheticError(f"{character!r} is not a character: expected one of {', '.join(CHARACTERS)}")
    if not halves or not all(p.is_half for p in halves) or organisations["steady"].sum() < 4:
        raise SyntheticError(
            f"{reference}: too few organisations, or a period that is not a half-year.",
            "not_half_years",
            folder=reference,
        )
    outlets, rng = _outlets(reference), np.random.default_rng([seed, 0])
    series = _table(_SERIES).astype({"mean": float}).pipe(_named, outlets)
    site_code = outlets.get("website 1")
    flows, papers = series[series["indicator"] != "copies"], series[series["indicator"] == "copies"]
    roots = organisations[~organisations.index.isin(" ".join(organisations["successors"]).split())]
    quiet, sliding = np.flatnonzero(roots["steady"])[:2]
    head = roots[["kind"]].eq("head_office").to_numpy()
    means = rng.gamma(4, 0.25, head.shape) * np.where(head, 4, 1) * flows["mean"].to_numpy()
    members = rng.dirichlet(np.full(len(roots), 5.0))[:, None] * ~head * _MEMBERS
    rates = rng.uniform(0.5, 1.5, (len(roots), len(papers))) * papers["mean"].to_numpy() / 100
    counts, parts = np.empty(0, dtype=np.int64), []
    for n, half in enumerate(halves):
        rng = np.random.default_rng([seed, half.year, half.half or 0])
        counts = rng.binomial(counts, _FALL) if falling and n else rng.poisson(means * 1.05**n)
        if falling:
            counts[:, flows["channel"] == "radio"] = 0
            counts[sliding, flows["outlet"] == site_code] = round(96 * 0.5**n)
        if character == "sparse" or (falling and n >= len(halves) - 2):
            counts[quiet] = 0
        panels = [(counts, flows, half), (members, pd.DataFrame({"indicator": ["members"]}), half)]
        if half.year not in [p.year for p in halves[:n]]:
            copies = np.where(head, 40, members * rates * (0.5 * 0.9**n if falling else 1.05**n))
            panels.append((copies, papers, half.whole_year))
        parts += [_rows(*panel, roots).assign(batch=str(half)) for panel in panels]
    rows = pd.concat(parts).fillna({"outlet": "", "channel": ""})
    site = rows[(rows["indicator"] == "publications") & (rows["outlet"] == site_code)]
    rows = pd.concat([rows, site.assign(indicator="videos", value=site["value"] // 5)])
    visits = site.assign(indicator="visits", organisation=TOTAL, value=site["value"] * 80)
    rows = pd.concat([rows, rows.assign(organisation=TOTAL), visits])
    rows = rows[rows["indicator"].isin(_reference(reference, "indicators").index)]
    return rows.groupby(["batch", *KEY], as_index=False)["value"].sum()


def _rows(values: Any, series: pd.DataFrame, period: Period, roots: pd.DataFrame) -> pd.DataFrame:
    """Turn counts (roots by series) into rows; the successors in force share a root's count evenly."""
    day = period.middle.isoformat()
    ended = roots["valid_to"].between("0", day, inclusive="left")
    heirs = roots.index.to_series().where(~ended, roots["successors"]).str.split().rename("organisation")
    heirs = heirs.reset_index(drop=True).explode().dropna().rename_axis("root").reset_index()
    siblings = heirs.groupby("root")["root"]
    high = (siblings.cumcount() + 1) / siblings.transform("size")
    heirs = heirs.assign(high=high, low=high - 1 / siblings.transform("size"))
    part = [np.rint(values[heirs["root"]] * heirs[[edge]].to_numpy()) for edge in ("low", "high")]
    rows = heirs.merge(series, how="cross").assign(value=(part[1] - part[0]).ravel().astype(int))
    rows = rows[(rows["indicator"] != "members") | (rows["value"] > 0)]  # the head office has none
    start, end = (pd.Timestamp(day).as_unit("us") for day in (period.start, period.end))
    return rows.assign(start=start, end=end)


def _bounded(known: pd.DataFrame, steady: dict[str, str], outlets: dict[str, str]) -> pd.DataFrame:
    """Hand in little, and of that mostly bounds; what was on television has no stated end."""
    rows = known.merge(_table(_SPARSE).replace({"organisation": steady}).pipe(_named, outlets))
    value, unit = rows["value"], 10 ** np.log10(rows["value"].clip(lower=1)).astype(int)
    fine = (unit // 10).clip(lower=1)
    told = {
        "more_than": (value - 1) // unit * unit,
        "at_least": value // unit * unit,
        "less_than": (value // unit + 1) * unit,
        "at_most": -(-value // unit) * unit,
        "about": (value / fine).round().astype(int) * fine,
    }
    site = known["indicator"].eq("publications") & known["outlet"].eq(outlets.get("website 1"))
    site &= known["value"] > 0
    present = known[site & known["organisation"].isin(steady.values())].groupby("batch")["organisation"]
    named = rows["batch"].map(present.agg(lambda codes: " ".join(codes[:3])))
    return rows.assign(
        value=np.select([rows["qualifier"] == q for q in told], list(told.values()), value),
        named=named.where(rows["qualifier"] == "more_than"),
        extreme=np.where(rows["organisation"] == steady["0"], "lowest", ""),
        end=rows["end"].where(rows["channel"] != "television"),
    )


def _items(known: pd.DataFrame, valid_to: pd.Series[str], seed: int, site: str | None) -> pd.DataFrame:
    """List the items, each on a day on which its organisation existed; of the site's a fifth are videos."""
    rng, parts = np.random.default_rng([seed, 1]), known["organisation"] != TOTAL
    rows = known[(known["indicator"] == "publications") & (known["outlet"] != "") & parts]
    rows = rows.loc[rows.index.repeat(rows["value"])]
    last = rows["organisation"].map(pd.to_datetime(valid_to)).fillna(rows["end"]).clip(upper=rows["end"])
    days = ((last - rows["start"]).dt.days + 1) * rng.random(len(rows))
    video = (rows["outlet"] == site) & (rows.groupby(level=0).cumcount() < rows["value"] // 5)
    rows = rows.assign(
        date=rows["start"] + pd.to_timedelta(days.astype(int), unit="D"),
        language=rng.choice(["kk", "ru"], len(rows)),
        format=np.where(video, "video", "text"),
        speaker=rng.choice(["", "chair"], len(rows)),
    ).sort_values("date", kind="stable")
    number = np.arange(1, len(rows) + 1).astype(str).astype(object)
    return rows.assign(title="Synthetic item " + number, url="https://example.org/synthetic/" + number)


def _activities(known: pd.DataFrame, seed: int) -> pd.DataFrame:
    """List one activity of each organisation that trained anybody, with all of them."""
    rng = np.random.default_rng([seed, 2])
    rows = known[(known["indicator"] == "trained") & (known["organisation"] != TOTAL) & (known["value"] > 0)]
    day = rows["start"] + pd.Timedelta(days=45)
    rows = rows.assign(kind=rng.choice(ACTIVITY_KINDS, len(rows)), per_year=rng.integers(1, 5, len(rows)))
    return rows.assign(start=day, end=day, participants=rows["value"], qualifier="exact", partner="synthetic")


def _told(text: str, known: pd.DataFrame, steady: dict[str, str]) -> pd.DataFrame:
    """List highlights or measures in three languages, for every batch."""
    entries = _table(text).replace({"organisation": steady}).reset_index(names="n")
    entries = entries.assign(**{name: entries[name[-2:]].map(form.format) for name, form in _TEXTS.items()})
    if "indicator" in entries:
        entries["indicator"] = entries["indicator"].where(entries["indicator"].isin(known["indicator"]))
    rows = known[["batch"]].drop_duplicates().merge(entries, how="cross")
    if "days" in rows:
        ends = pd.to_datetime(rows["batch"].map(lambda batch: Period.parse(batch).end))
        rows["due"] = ends + pd.to_timedelta(rows["days"].astype(int), unit="D")
        rows["code"] = "S-" + rows["batch"] + "-" + (rows["n"] + 1).astype(str)
    return rows


def _organisations(reference: Path) -> pd.DataFrame:
    """Read the member organisations and the head office, and tell which were never restructured."""
    rows = _reference(reference, "organisations")
    rows = rows[rows["kind"].isin([*MEMBER_KINDS, "head_office"])]
    always = (rows["valid_from"] + rows["valid_to"]) == ""
    return rows.assign(steady=always & rows["kind"].isin(MEMBER_KINDS))


def _outlets(reference: Path) -> dict[str, str]:
    """Read the outlets that have always been and give their codes by channel and place: `newspaper 1`."""
    rows = _reference(reference, "outlets")
    always = (rows["valid_from"] + rows["valid_to"]) == ""
    rows = rows[always & ((rows["channel"] != "website") | rows.index.isin(own_sites(rows)))]
    places = rows["channel"] + " " + (rows.groupby("channel").cumcount() + 1).astype(str)
    return {place: str(code) for code, place in places.items()}


def _reference(folder: Path, table: str) -> pd.DataFrame:
    """Read a reference table by code."""
    path = folder / f"{table}.csv"
    if not path.is_file():
        raise SyntheticError(f"{path}: not found.", "no_reference", folder=path)
    columns = list(schemas.REFERENCE[table].columns)  # those that are not required may be missing
    rows = _table(path.read_text(encoding="utf-8-sig")).reindex(columns=columns, fill_value="")
    return rows.set_index("code")


def _named(series: pd.DataFrame, outlets: dict[str, str]) -> pd.DataFrame:
    """Put codes in the place of outlets; a series of an outlet that is not there is left out."""
    told = series.assign(outlet=series["outlet"].map({"": "", **outlets}))
    return told.dropna(subset=["outlet"]).reset_index(drop=True)


def _table(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
