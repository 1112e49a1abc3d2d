"""What two machines must have the same of, so that they make the same bytes: program, packages, Python."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from aqparat.problem import ClusterError
from aqparat.publish import manifest

_SHOWN = 5  # differences that are named


@dataclass(frozen=True)
class Build:
    """The program as it is installed somewhere.

    Parameters
    ----------
    code : mapping
        Each file of the program with its SHA-256.
    packages : mapping
        The packages that a manifest names, with their versions.
    python : str
        Such as `3.11`.
    """

    code: Mapping[str, str]
    packages: Mapping[str, str]
    python: str

    @classmethod
    @cache
    def here(cls) -> Build:
        """Return that of this process, as it was when first asked for."""
        made_from = manifest.made_from({}, (), {}, {})
        return cls(made_from["code"], made_from["packages"], "{}.{}".format(*sys.version_info))

    def hold(self, there: Build, worker: str) -> None:
        """Hold the build of a worker against this one.

        Raises
        ------
        ClusterError
            If they differ; it says in what.
        """
        differing = list(self._beside(there))
        if differing:
            told = "; ".join(differing[:_SHOWN]) + "; …" * (len(differing) > _SHOWN)
            message = f"The worker {worker} has another build of aqparat: {told}"
            raise ClusterError(message, "worker_differs", worker=worker, differing=told)

    def _beside(self, there: Build) -> Iterator[str]:
        """Give what is otherwise there, with how it is here: `Python 3.12 (3.11)`, `pandas 3.1.0 (3.1.1)`."""
        if there.python != self.python:
            yield f"Python {there.python} ({self.python})"
        for name in sorted({*self.packages, *there.packages}):
            if there.packages.get(name) != self.packages.get(name):
                yield f"{name} {there.packages.get(name, '–')} ({self.packages.get(name, '–')})"
        names = {*self.code, *there.code}
        yield from sorted(name for name in names if there.code.get(name) != self.code.get(name))
