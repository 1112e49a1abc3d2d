"""Have DuckDB read registers and count their items: `python bench/grouped.py FILE…`; prints seconds as JSON.

It runs in the environment of requirements-bench.txt, so it imports nothing of the bench.
"""

from __future__ import annotations

import json
import sys
import time

import duckdb

QUERY = """
    select organisation, outlet, date_trunc('month', date) as month, language, format, count(*)
    from read_csv($files, header = true, types = {'date': 'DATE'}, ignore_errors = true)
    group by all order by all
"""

if __name__ == "__main__":
    begun = time.perf_counter()
    rows = duckdb.execute(QUERY, {"files": sys.argv[1:]}).fetchall()
    print(json.dumps({"work": time.perf_counter() - begun, "items": sum(row[-1] for row in rows)}))
