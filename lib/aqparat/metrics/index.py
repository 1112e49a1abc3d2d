"""The activity index of a period, with all that it is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from aqparat.metrics import figures
from aqparat.metrics.activity_index import (
    activity_index,
    chosen,
    components,
    index_rank,
    leave_one_out,
    scores,
    tally,
)
from aqparat.metrics.reported import reported


@dataclass(frozen=True)
class Index:
    """Frames of figures, all of them empty where no component is reported.

    Parameters
    ----------
    components, components_reported : DataFrame
        The sums of rates that are compared, and who has them.
    tallies : DataFrame
        What was counted in all places of a component together.
    scores, scores_reported : DataFrame
        Their percentile ranks, and who has them.
    indices, left_out, ranks : DataFrame
        The index, its range with one component left out, the ranks by it.
    """

    components: pd.DataFrame
    components_reported: pd.DataFrame
    tallies: pd.DataFrame
    scores: pd.DataFrame
    scores_reported: pd.DataFrame
    indices: pd.DataFrame
    left_out: pd.DataFrame
    ranks: pd.DataFrame

    @classmethod
    def of(
        cls,
        volumes: pd.DataFrame,
        rates: Mapping[str, pd.DataFrame],
        outlets: pd.DataFrame,
        papers: Sequence[str],
        window: pd.DataFrame,
        members: pd.DataFrame,
        due: pd.DataFrame,
        settings: Mapping[str, Any],
    ) -> Index:
        """Return the index of some windows.

        Parameters
        ----------
        volumes : DataFrame
            Figures of `volume`.
        rates : mapping of str to DataFrame
            Figures of `rate`, `penetration` and `training_reach`.
        outlets : DataFrame
            Outlets by code.
        papers : sequence of str
            Codes of the papers that the union subscribes to.
        window : DataFrame
            `start, end` of the windows asked for.
        members, due : DataFrame
            The N member organisations of each window, and N as figures.
        settings : mapping
            `weights, least_weight, draws, seed`.
        """
        weights, least = settings["weights"], settings["least_weight"]
        wanted = [c for c in chosen(outlets, papers) if c.name in weights]
        found = figures.parts(components(rates, wanted, window), members)
        tallies = figures.parts(tally(volumes, wanted, window), members)
        if found.empty:
            nothing = dict.fromkeys((f.name for f in fields(cls)), figures.none())
            return cls(**{**nothing, "tallies": tallies})
        of_components = reported(found, members, due, "_component")
        scored = scores(found, of_components, members)
        of_scores = reported(scored, members, due, "_score")
        indices = activity_index(scored, weights, least)
        return cls(
            found,
            of_components,
            tallies,
            scored,
            of_scores,
            indices,
            leave_one_out(scored, weights, least),
            index_rank(
                indices, scored, of_scores, members, weights, least, settings["draws"], settings["seed"]
            ),
        )
