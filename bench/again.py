"""Make a report several times in one process: `python -m bench.again TIMES PERIOD LANGUAGE OUT`.

Prints as JSON the seconds that each took, from its order to its place; workers start with the first.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from aqparat import console
from aqparat.period import Period
from aqparat.publish.order import Order
from aqparat.publish.run import publish
from aqparat.publish.workers import Workers


def main() -> None:
    """Do as `aqparat report --force` does, again and again."""
    times, period, language, out = sys.argv[1:]
    console.leave_out_settings()
    order = Order(Period.parse(period), (language,), ("html",), Path("data"), Path(out))
    taken = []
    with Workers(1) as workers:
        for _ in range(int(times)):
            begun = time.perf_counter()
            publish(order, force=True, executor=workers)
            taken.append(time.perf_counter() - begun)
    print(json.dumps(taken))


if __name__ == "__main__":
    main()
