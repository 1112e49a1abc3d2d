"""Check and prepare a data folder: `python -m bench.prepared DATA PERIOD`; prints seconds as JSON."""

from __future__ import annotations

import json
import sys
import time

from aqparat.data.store import Store

if __name__ == "__main__":
    begun = time.perf_counter()
    store = Store.open(sys.argv[2], sys.argv[1])
    print(json.dumps({"work": time.perf_counter() - begun, "items": len(store.tables.items)}))
