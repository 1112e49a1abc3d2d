"""Make a report several times in one process: `python -m bench.again TIMES PERIOD LANGUAGE OUT`.

Prints as JSON, for each, the seconds from its order to its place, and of these those of its notebook and
page in a worker. Workers start with the first.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from aqparat import console
from aqparat.period import Period
from aqparat.publish.order import Order
from aqparat.publish.run import publish
from aqparat.publish.workers import Workers


class Watched(Workers):
    """Workers of which it is known how long they took for the last task."""

    taken = 0.0

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function in a worker, and look when it has ended."""
        begun = time.perf_counter()
        future = super().submit(function, *args, **kwargs)
        future.add_done_callback(lambda _: setattr(self, "taken", time.perf_counter() - begun))
        return future


def main() -> None:
    """Do as `aqparat report --force` does, again and again."""
    times, period, language, out = sys.argv[1:]
    console.leave_out_settings()
    order = Order(Period.parse(period), (language,), ("html",), Path("data"), Path(out))
    taken = []
    with Watched(1) as workers:
        for _ in range(int(times)):
            begun = time.perf_counter()
            publish(order, force=True, executor=workers)
            taken.append({"report": time.perf_counter() - begun, "notebook": workers.taken})
    print(json.dumps(taken))


if __name__ == "__main__":
    main()
