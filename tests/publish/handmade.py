"""Facts written by hand: what each is about is read from its id, so that a test shows little but numbers."""

import shutil
from pathlib import Path

from aqparat.period import Period
from aqparat.publish.manifest import write_json
from reported import ROOT

CHANNELS = ("website", "newspaper", "magazine", "television", "radio", "social", "print")
SETTINGS = {
    "bounds.about": 0.05,
    "interval.level": 0.95,
    "penetration.target": 1.0,
    "funnel.inner": 0.95,
    "funnel.outer": 0.998,
    "indicators.items": ["publications", "broadcasts", "videos"],
    "rate_ratio.least": 5,
    "pace.years": 3,
    "pace.half_share": 0.5,
    "pace.half_share_low": 0.4,
    "pace.half_share_high": 0.6,
    "activity_index.least_weight": 0.6,
    "activity_index.draws": 1000,
    "activity_index.seed": 2017,
    "activity_index.weights.site": 0.5,
    "activity_index.weights.copies": 0.3,
    "activity_index.weights.training": 0.2,
}
FILE = "raw/2017H1/observations.csv"
SHA = "a" * 64


def fact(fact_id, value, low=..., high=..., *, inputs=(), interval=(), qualifier=None, rows="2", file=FILE):
    """Give an object of facts.json: derived where it has inputs, else in rows of a file."""
    metric, indicator, organisation, where, window, *base = fact_id.split(".")
    low, high = (value if bound is ... else bound for bound in (low, high))
    start, end = _dates(window)
    base_start, base_end = _dates(base[0]) if base else (None, None)
    channel = where if where in CHANNELS else None
    source = {"inputs": list(inputs)} if inputs else {"sources": [{"file": file, "rows": rows}]}
    return {
        "id": fact_id, "metric": metric, "indicator": indicator, "organisation": organisation,
        "outlet": None if channel or where == "any" else where, "channel": channel,
        "start": start, "end": end, "base_start": base_start, "base_end": base_end,
        "value": value, "low": low, "high": high,
        **dict(zip(("interval_low", "interval_high"), interval, strict=False)),
        "qualifier": qualifier or ("exact" if value == low == high else "about"),
        "unit": "item", **source,
    }  # fmt: skip


def members(number, window="2017H1"):
    """Give N."""
    return fact(f"volume.organisations.TOTAL.any.{window}", number, rows="2-5")


def reported(of, *figures, window="2017H1"):
    """Give the fact that says how many of N have a figure; `of` is its indicator, organisation and place."""
    names = [f"volume.organisations.TOTAL.any.{window}", *(f["id"] for f in figures)]
    return fact(f"reported.{of}.{window}", len(figures), inputs=names)


def old(record, sha=SHA):
    """Give a fact as it was published before facts named their inputs."""
    places = [
        {"file": s["file"], **({"sheet": s["sheet"]} if "sheet" in s else {}), "row": row, "sha256": sha}
        for s in record["sources"]
        for part in s["rows"].split(",")
        for row in range(int(part.split("-")[0]), int(part.split("-")[-1]) + 1)
    ]
    return {**{k: v for k, v in record.items() if not k.startswith("interval")}, "sources": places}


def published_report(folder, records, *, settings=SETTINGS, inputs=None, period="2017H1"):
    """Publish facts in a folder; `settings=None` as it was done before facts named their inputs.

    Such a folder has a notebook in Kazakh too: that of 2017H1, cut short, as published then.
    """
    parameters = {"period": period, "languages": ["kk"], "formats": [], "organisations": [], "data": "data"}
    parts = {"inputs": inputs or {FILE: SHA}, "code": {}, "packages": {}, "outputs": {}}
    folder.mkdir(parents=True, exist_ok=True)
    told = {} if settings is None else {"settings": settings}
    write_json(folder / "manifest.json", {"parameters": parameters, **told, **parts})
    write_json(folder / "facts.json", [old(r) if settings is None else r for r in records])
    (folder / "data").mkdir(exist_ok=True)
    for name in ("organisations", "outlets", "indicators"):
        shutil.copy(ROOT / "data" / "raw" / "reference" / f"{name}.csv", folder / "data")
    if settings is None:
        (folder / "kk").mkdir(exist_ok=True)
        shutil.copy(Path(__file__).with_name("published_former.json"), folder / "kk" / "report.ipynb")
    return folder


def _dates(code):
    if "_" in code:
        start, end = code.split("_")
        return start, end or None
    period = Period.parse(code)
    return str(period.start), str(period.end)
