"""What questions are asked of: the facts of a published report, the figures of all windows, the raw rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from aqparat.data.origin import joined
from aqparat.data.reading.files import batch_of, batches, find
from aqparat.data.schemas import MEMBER_KINDS, TOTAL
from aqparat.data.store import Store
from aqparat.explore.history import History
from aqparat.explore.place import SEEN, Place, placed, places
from aqparat.metrics import store as fact_store
from aqparat.metrics.facts import Fact
from aqparat.period import Period
from aqparat.problem import unknown
from aqparat.publish.rows import RawFiles
from aqparat.sections.ranking import due
from aqparat.sections.report_data import ReportData
from aqparat.words.languages import language as language_of
from aqparat.words.renderer import Renderer


class Known:
    """All that is known up to a period, read once.

    Parameters
    ----------
    period : str or Period
    language : str
        `kk`, `ru` or `en`.
    data : str or Path
        The data folder.

    Raises
    ------
    DataError, DataFolderError, PeriodError
        As `Store.open`; also where nothing was handed in for the period.
    """

    def __init__(self, period: str | Period, language: str = "kk", data: str | Path = "data") -> None:
        self.home = find(data)
        batch_of(self.home, Period.parse(period))
        store = Store.open(period, self.home)
        self.data = ReportData(store.tables, fact_store.facts(store))
        self.tables, self.period = store.tables, store.tables.period
        self.language = language_of(language)
        self.renderer = Renderer(self.tables, self.language, self.data.facts)
        self._others: dict[Period, Known] = {self.period: self}

    def at(self, period: str | Period) -> Known:
        """Return what was known up to another period: what its published report has."""
        wanted = Period.parse(period) if period else self.period
        if wanted not in self._others:
            self._others[wanted] = Known(wanted, self.language.code, self.home)
            self._others[wanted]._others = self._others
        return self._others[wanted]

    @cached_property
    def history(self) -> History:
        """The figures of all windows."""
        return History(self.tables)

    @cached_property
    def raw(self) -> RawFiles:
        """The raw files."""
        return RawFiles(self.home)

    # What can be chosen

    @cached_property
    def periods(self) -> list[str]:
        """The periods handed in up to this one, the latest first."""
        return batches(self.home, self.period)[::-1]

    @cached_property
    def places(self) -> list[Place]:
        """Where something appears: outlets and channels, the union's site first."""
        return places(self.tables, SEEN)

    @cached_property
    def papers(self) -> list[Place]:
        """The papers that copies are subscribed of, that with most copies first."""
        told = self.tables.observations
        copies = told[told["indicator"] == "copies"].groupby("outlet")["low"].sum()
        return sorted(places(self.tables, ["copies"]), key=lambda p: -float(copies.get(p.outlet, 0)))

    @cached_property
    def organisations(self) -> list[str]:
        """Codes of the member organisations of the period, then of the head office."""
        heads = [code for code in self.tables.organisations.index if code in self.data.head_office]
        return [*due(self.data, self.period.window), *heads]

    @cached_property
    def ever(self) -> list[str]:
        """Codes of all organisations that are or were members, and of the head office."""
        kinds = self.tables.organisations["kind"]
        return [str(code) for code in kinds.index[kinds.isin([*MEMBER_KINDS, "head_office"])]]

    def options(self, choice: str) -> list[tuple[str, str]]:
        """Return what can be chosen: its value and its name; organisations in alphabetical order.

        Parameters
        ----------
        choice : {"organisation", "period", "channel", "paper", "indicator"}
        """
        if choice == "organisation":
            named = [(code, self.name(code)) for code in self.organisations]
            return sorted(named, key=lambda pair: self.alphabet(pair[0]))
        if choice == "period":
            return [(code, self.when(Period.parse(code))) for code in self.periods]
        if choice == "indicator":
            told = set(self.tables.observations["indicator"])
            table = self.tables.indicators
            return [(c, self.language.name(table, c)) for c in table.index if c in told]
        found = self.places if choice == "channel" else self.papers
        return [(place.key, self.named(place)) for place in found]

    def place(self, wanted: str = "") -> Place:
        """Return the place that is asked for by its key, an outlet or a channel; the first by default."""
        return placed(wanted, self.places) if wanted else self.places[0]

    def paper(self, wanted: str = "") -> Place:
        """Return the paper that is asked for; that with most copies by default."""
        return placed(wanted, self.papers) if wanted else self.papers[0]

    def organisation(self, wanted: str = "") -> str:
        """Return the code of an organisation asked for; by default the member of which most is known.

        Raises
        ------
        ParameterError
            If there is no such organisation.
        """
        known = self.tables.organisations.index
        if wanted and wanted not in known:
            raise unknown("organisation", wanted, known)
        return wanted or self._best_known

    @cached_property
    def _best_known(self) -> str:
        told = Counter(f.organisation for f in self.data.recent(self.data.facts.select("volume")))
        return max(self.organisations, key=lambda code: told[code])

    # Names

    def name(self, code: str) -> str:
        """Return the name of an organisation, TOTAL that of the union, with a capital letter."""
        named = str(self.language.organisation(self.tables, code))
        return named[:1].upper() + named[1:]

    def alphabet(self, code: str) -> Any:
        """Return what an organisation is put in alphabetical order by."""
        return self.language.sort_key(self.name(code))

    def named(self, place: Place) -> str:
        """Return the name of a place, with a capital letter."""
        named = place.name(self.tables, self.language)
        return named[:1].upper() + named[1:]

    def spot(self, place: Place) -> str:
        """Return where something is counted, with a capital letter; of what has no place what is counted."""
        where = str(self.language.where(self.tables, place.indicator, place.outlet, place.channel))
        return where[:1].upper() + where[1:] if where else self.named(place)

    def spots(self, places: Iterable[Place]) -> list[str]:
        """Return where things are counted, to stand beside what is counted: nothing of what has no place."""
        named = [(self.language.where(self.tables, p.indicator, p.outlet, p.channel), p) for p in places]
        return [self.spot(place) for where, place in named if str(where)]

    def when(self, of: Fact | Period) -> str:
        """Return the name of the window of a fact, or of a period, in short."""
        return str(self.language.window(of.window, "short"))

    def label(self, key: str, **values: str) -> str:
        """Return a label."""
        return self.language.label(key, **values)

    # Figures

    @property
    def members(self) -> tuple[str, ...]:
        """Codes of the member organisations of the period."""
        return due(self.data, self.period.window)

    def current(self, place: Place, metric: str = "volume") -> dict[str, Fact]:
        """Return what organisations have told of a place for the period, else what tells most of its year."""
        facts = self.data.facts.select(metric, **place.about)
        own = [f for f in facts if f.organisation != TOTAL and f.organisation in self.organisations]
        return {f.organisation: f for f in self.data.current(own)}

    def total(self, place: Place, metric: str = "volume") -> Fact | None:
        """Return the union's figure of a place for the period, else what tells most of its year."""
        found = self.data.current(self.data.facts.select(metric, organisation=TOTAL, **place.about))
        return found[-1] if found else None

    def mentioned(self, place: Place) -> set[str]:
        """Return who is named as having something there, whether or not a figure of theirs is known."""
        total = self.total(place)
        listed = self.data.mentions
        return set(listed.loc[listed["total"] == total.id, "organisation"]) if total else set()

    def origins(self, facts: Iterable[Fact]) -> list[str]:
        """Return the raw rows that facts rest on."""
        lists: list[Iterable[str]] = []
        for fact in facts:
            if fact.origins:
                lists.append(fact.origins)
                continue
            of = next((k.data.facts for k in self._others.values() if fact.id in k.data.facts), None)
            if of is not None:
                lists.append(of.origins(fact))
            else:
                lists += [self.history.origins.get(name, []) for name in fact.inputs]
        return joined(lists)


__all__ = ["MEMBER_KINDS", "TOTAL", "Known"]
