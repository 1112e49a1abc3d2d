"""Where all is measured: a copy of the program, its notebooks and its data in a temporary folder."""

from __future__ import annotations

import compileall
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.process import Command, spent

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Workplace:
    """The copy, and the programs that run in it.

    Parameters
    ----------
    folder : Path
        Where the copy is; commands run there.
    tools : Path
        The environment of requirements-bench.txt.
    rounds : int
        How often each way is measured.
    """

    folder: Path
    tools: Path
    rounds: int

    @classmethod
    def made(cls, folder: Path, tools: Path, rounds: int) -> Workplace:
        """Copy program, notebooks and raw data, and compile the program."""
        for name in ("lib", "bench", "notebooks", "data/raw", "data/settings.toml"):
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif (ROOT / name).is_file():
                shutil.copy(ROOT / name, folder / name)
        compileall.compile_dir(folder / "lib", quiet=1)
        return cls(folder, tools, rounds)

    @property
    def environment(self) -> dict[str, str]:
        """The variables of all commands: as they are here, the copy first, nothing reported to anyone."""
        told = {"PLOOMBER_STATS_ENABLED": "false", "PLOOMBER_VERSION_CHECK_DISABLED": "true"}
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {**kept, **told, "PYTHONPATH": os.pathsep.join([str(self.folder / "lib"), str(self.folder)])}

    @property
    def python(self) -> Path:
        """The interpreter of the program."""
        return Path(sys.executable)

    def program(self, name: str) -> Path:
        """Return a program of the environment that runs reports."""
        return self.python.with_name(name)

    def tool(self, name: str) -> Path:
        """Return a program of the environment of what is compared with."""
        return self.tools / "bin" / name

    def script(self, name: str) -> Command:
        """Return the command that runs a module of the bench."""
        return [self.python, "-m", f"bench.{name}"]

    def report(self, period: str, *options: str, data: str = "data", out: str = "out") -> Command:
        """Return the command that makes a report."""
        return [self.program("aqparat"), "report", period, *options, "--data", data, "--out", out]

    def synthetic(self, name: str, periods: Sequence[str], character: str = "full") -> Path:
        """Make a data folder of invented half-years, once."""
        if not (self.folder / name).exists():
            made = [self.program("aqparat"), "synthetic", name, *periods, "--character", character]
            spent([made], self.folder, self.environment)
        return self.folder / name

    def without(self, *names: str) -> None:
        """Take away files and folders that an earlier run has made."""
        for name in names:
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
