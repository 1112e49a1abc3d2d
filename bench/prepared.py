"""Check and prepare a data folder: `python -m bench.prepared DATA PERIOD`; prints how many items as JSON."""

from __future__ import annotations

import atexit
import gc
import json
import sys

from aqparat.data.store import Store

if __name__ == "__main__":
    gc.set_threshold(50_000, 20, 20)  # as `aqparat` does with every command
    atexit.register(gc.freeze)
    store = Store.open(sys.argv[2], sys.argv[1])
    print(json.dumps({"items": len(store.tables.items)}))
