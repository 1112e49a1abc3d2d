"""Have DuckDB do what a check does with registers: `python bench/grouped.py all|needed REFERENCE FILE…`.

Prints how many items it has seen as JSON. With `all` it does as much of the same work as one query can: it
reads every column, turns days into days, holds codes and choices against the lists of what there is, asks for
a title, looks at addresses, and groups the items; a row that is wrong is found, and counted apart. With
`needed` it reads only the columns that are grouped by, and leaves out a row that it cannot read. Neither
looks for repeated rows, lost letters or names of persons, nor keeps anything for later, as a check does.

It runs in the environment of requirements-bench.txt, so it imports nothing of the bench.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb

ALL = """
    with judged as (
        select
            organisation, outlet, try_cast(date as date) as day, language, format,
            coalesce(
                day is not null
                and organisation in (select code from read_csv($organisations, all_varchar = true))
                and outlet in (select code from read_csv($outlets, all_varchar = true))
                and trim(title) <> ''
                and (language is null or regexp_full_match(language, '[a-z]{2}'))
                and (format is null or format in ('text', 'photo', 'video', 'audio'))
                and (url is null or regexp_full_match(url, 'https?://\\S+'))
                and (speaker is null or trim(speaker) <> ''),
                false
            ) as fits
        from read_csv($files, header = true, all_varchar = true, store_rejects = true)
    )
    select organisation, outlet, date_trunc('month', day) as month, language, format, fits, count(*)
    from judged group by all order by all
"""
NEEDED = """
    select organisation, outlet, date_trunc('month', date) as month, language, format, count(*)
    from read_csv($files, header = true, types = {'date': 'DATE'}, ignore_errors = true)
    group by all order by all
"""


def grouped(columns: str, reference: Path, files: list[str]) -> int:
    """Return how many items of registers DuckDB has grouped."""
    asked: dict[str, object] = {"files": files}
    if columns == "all":
        lists = {name: str(reference / f"{name}.csv") for name in ("organisations", "outlets")}
        rows = duckdb.execute(ALL, asked | lists).fetchall()
        lost = duckdb.execute("select count(distinct (file_id, line)) from reject_errors").fetchone()
        return sum(row[-1] for row in rows) + (lost[0] if lost else 0)
    return sum(row[-1] for row in duckdb.execute(NEEDED, asked).fetchall())


if __name__ == "__main__":
    print(json.dumps({"items": grouped(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])}))
