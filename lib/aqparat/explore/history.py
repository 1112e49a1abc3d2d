"""The figures of all windows: by the same metrics as a report, which has those of its own period only."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

import pandas as pd

from aqparat.data.precedence import Precedence
from aqparat.explore.place import Place, only
from aqparat.metrics.basis import Basis
from aqparat.metrics.collection import facts_of, units_of
from aqparat.metrics.facts import Fact, order_of
from aqparat.metrics.figures import WINDOW
from aqparat.metrics.registry import METRICS
from aqparat.period import Window

METRIC_NAMES = tuple(name for name, metric in METRICS.items() if metric.is_picked)


class History(Basis):
    """A basis whose metrics are computed of every window and every organisation.

    What stands in the facts of a report too is the same there, number by number.
    """

    @cached_property
    def near(self) -> pd.DataFrame:
        """Volumes of all windows."""
        return self.all_volumes

    @cached_property
    def near_units(self) -> pd.DataFrame:
        """Volumes of all windows, by the units that two of them have in common."""
        return self.all_units

    @cached_property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Figures of each metric asked for so far."""
        return {"volume": self.all_volumes}

    @cached_property
    def units_of(self) -> dict[str, str]:
        """The unit of each indicator."""
        return units_of(self.tables)

    def frame(self, metric: str) -> pd.DataFrame:
        """Return all figures of a metric (`METRIC_NAMES`)."""
        if metric not in self.frames:
            self.frames[metric] = METRICS[metric].compute(self)
        return self.frames[metric]

    def select(
        self,
        metric: str,
        place: Place | None = None,
        organisations: Collection[str] | None = None,
        windows: Collection[str] | None = None,
    ) -> list[Fact]:
        """Return facts of a metric, earliest window first.

        Parameters
        ----------
        metric : str
            One of `METRIC_NAMES`.
        place : Place, optional
        organisations : collection of str, optional
            Codes, TOTAL for the union; all by default.
        windows : collection of str, optional
            Codes of windows (`2018H1`, `2018`); all by default.
        """
        rows = self.frame(metric)
        if place is not None:
            rows = only(rows, place)
        if organisations is not None:
            rows = rows[rows["organisation"].isin(list(organisations))]
        found = facts_of(METRICS[metric], rows, self.units_of)
        kept = [f for f in found if windows is None or f.window.code in windows]
        return sorted(kept, key=lambda f: order_of(f, self._precedence))

    @cached_property
    def _precedence(self) -> Precedence:
        return Precedence.of(self.tables)

    def by_ids(self, ids: Collection[str]) -> list[Fact]:
        """Return volumes by their ids."""
        frame = self.all_volumes
        return list(facts_of(METRICS["volume"], frame[frame["id"].isin(list(ids))], self.units_of))

    def windows(self, rows: pd.DataFrame) -> list[Window]:
        """Return the windows of figures, each once."""
        found = rows[WINDOW].drop_duplicates().itertuples(index=False, name=None)
        return [Window(start.date(), None if pd.isna(end) else end.date()) for start, end in found]

    @cached_property
    def origins(self) -> dict[str, list[str]]:
        """The raw rows of each volume, by its id."""
        frame = self.all_volumes
        return dict(zip(frame["id"], map(list, frame["origins"]), strict=True))
