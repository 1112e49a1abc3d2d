"""What has been measured: rows of a table, and the ratios that must hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.process import Command, Spent, spent
from bench.workplace import Workplace

PAUSE = 0.05  # seconds between two looks at the memory


@dataclass
class Case:
    """Something that is run again and again.

    Parameters
    ----------
    name : str
    commands : sequence of commands
        Whole processes, one after another.
    prepare : callable
        What is put in order before each run, unmeasured.
    check : callable
        Called after each run: raises an error if it has not done what it should.
    """

    name: str
    commands: Sequence[Command]
    prepare: Callable[[], object] = lambda: None
    check: Callable[[], object] = lambda: None
    runs: list[Spent] = field(default_factory=list)
    memory: int | None = None

    @property
    def seconds(self) -> float:
        """The median time of whole runs."""
        return median(run.seconds for run in self.runs)

    @property
    def processor(self) -> float:
        """The median time of processors."""
        return median(run.processor for run in self.runs)

    @property
    def spread(self) -> str:
        """The shortest and the longest run."""
        return f"{min(run.seconds for run in self.runs):.2f}–{max(run.seconds for run in self.runs):.2f}"

    @property
    def held(self) -> str:
        """The memory in MB; of what is over before it could be looked at, none."""
        return f"{self.memory / 1e6:.0f}" if self.memory and self.seconds > 4 * PAUSE else "–"


def alternate(cases: Sequence[Case], place: Workplace, tell: Callable[[str], None]) -> None:
    """Run all cases once with an eye on their memory, then in turn as often as there are rounds.

    The first time also warms what the system keeps of files, and its time does not count.
    """
    for case in cases:
        tell(f"{case.name}: memory")
        case.prepare()
        case.memory = spent(case.commands, place.folder, place.environment, PAUSE).memory
        case.check()
    for number in range(place.rounds):
        for case in cases:
            case.prepare()
            case.runs.append(spent(case.commands, place.folder, place.environment))
            case.check()
            tell(f"{case.name}: {case.runs[-1].seconds:.2f} s ({number + 1} of {place.rounds})")


@dataclass(frozen=True)
class Claim:
    """A ratio that must hold, and what it is here."""

    text: str
    found: float
    limit: float
    least: bool = False  # at least; else at most

    @property
    def holds(self) -> bool:
        """Whether it does."""
        return self.found >= self.limit if self.least else self.found <= self.limit


@dataclass(frozen=True)
class Measured:
    """One part of what is measured: a table, what must hold, and a line of words below."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    claims: Sequence[Claim] = ()
    notes: Sequence[str] = ()


def against(
    cases: Sequence[Case], bases: dict[str, float], claims: Sequence[Claim], notes: Sequence[str]
) -> Measured:
    """Return a table of cases, each in seconds and as a ratio to some of them."""
    rows = [
        [case.name, f"{case.seconds:.2f}", case.spread, f"{case.processor:.2f}", case.held,
         *(f"{case.seconds / base:.2f}" for base in bases.values())]
        for case in cases
    ]  # fmt: skip
    columns = [
        "what",
        "seconds",
        "least–most",
        "processor, s",
        "memory, MB",
        *(f"÷ {name}" for name in bases),
    ]
    return Measured(columns, rows, claims, notes)
