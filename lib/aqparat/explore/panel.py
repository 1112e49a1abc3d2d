"""Panels of the exploring notebook: fields to choose from, and below them the answer that follows.

The questions; figures picked freely; a map with a slider over the periods; two periods side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from aqparat.data.schemas import TOTAL
from aqparat.explore.answer import Answer
from aqparat.explore.controls import Chosen, Controls, Field
from aqparat.explore.known import Known
from aqparat.explore.mapped import MAPPED, mapped
from aqparat.explore.picked import indicators, metrics, picked, places_of, windows
from aqparat.explore.questions import QUESTIONS
from aqparat.explore.shown import page, refused
from aqparat.explore.side_by_side import side_by_side
from aqparat.period import Period, PeriodError
from aqparat.problem import AqparatError
from aqparat.words.errors import sentences

_WORDS = ("clear", "save", "sort", "run")
_ASKED = {question.key: question for question in QUESTIONS}
_COMPARED = (*MAPPED, "rank")  # metrics that two periods have one each of
Options = Sequence[tuple[str, str]]


def questions(known: Known) -> Controls:
    """Return the questions, each with what it is asked of."""

    def fields(chosen: Chosen) -> list[Field]:
        titles = [(q.key, q.title(known.language.code)) for q in QUESTIONS]
        asked = _field(known, "question", titles, chosen, kind="listed")
        question = _ASKED[str(asked.value)]
        then = known.at(str(chosen.get("period", ""))) if "period" in question.choices else known
        found = [asked]
        for name in question.choices:
            options = (known if name == "period" else then).options(name)
            free = [("", known.label("panel.all"))] if name in question.free else []
            found.append(_field(known, name, [*free, *options], chosen))
        return found

    return _panel(known, "questions", fields, lambda question, **of: _ASKED[question].ask(known, **of))


def pickers(known: Known) -> Controls:
    """Return pickers for an indicator, a metric of it, outlets or channels, organisations and periods."""

    def fields(chosen: Chosen) -> list[Field]:
        what = _what(known, chosen)
        when = windows(known, str(what[0].value))
        codes = [code for code, _ in when]
        latest = [str(known.period)] if str(known.period) in codes else codes[:1]
        places, union = _places(known, what), (TOTAL, known.name(TOTAL))
        return [
            *what,
            *([_field(known, "channels", places, chosen, kind="many")] if places else []),
            _field(known, "organisations", [union, *known.options("organisation")], chosen, kind="many"),
            _field(known, "periods", when, {"periods": latest, **chosen}, kind="many"),
        ]

    return _panel(known, "pickers", fields, lambda **of: picked(known, **of))


def tiles(known: Known) -> Controls:
    """Return a map of the organisations with a slider over the periods, of which the latest is shown."""

    def fields(chosen: Chosen) -> list[Field]:
        what = _what(known, chosen, MAPPED)
        when = _alike(known, windows(known, str(what[0].value)))[::-1]
        latest = when[-1][0] if when else ""
        about = [*what, *_one_place(known, what, chosen)]
        return [
            *about,
            _field(known, "period", when, {"period": latest, **chosen}, kind="steps", value=latest),
        ]

    return _panel(known, "map", fields, lambda **of: mapped(known, **of))


def beside(known: Known) -> Controls:
    """Return two periods to be put side by side: the latest, and the same a year before."""

    def fields(chosen: Chosen) -> list[Field]:
        what = _what(known, chosen, _COMPARED)
        when = [each for each in windows(known, str(what[0].value)) if _period(each[0])]
        codes = [code for code, _ in when]
        latest = str(known.period) if str(known.period) in codes else (codes or [""])[0]
        kept = (
            chosen if {chosen.get("first"), chosen.get("second")} <= {*codes} else {}
        )  # both, or the defaults
        second = _field(known, "second", when, kept, value=latest)
        others = [each for each in when if each[0] != second.value]  # none is set beside itself
        year = str(Period.parse(str(second.value)).year_earlier) if second.value else ""
        earlier = [code for code, _ in others if Period.parse(code).end < Period.parse(str(second.value)).end]
        first = _field(known, "first", others, kept, value=next(iter([*({year} & {*codes}), *earlier]), ""))
        return [*what, *_one_place(known, what, chosen), *([first] if others else []), second]

    return _panel(known, "beside", fields, lambda **of: side_by_side(known, **of))


def _panel(
    known: Known, name: str, fields: Callable[[Chosen], list[Field]], answer: Callable[..., Answer]
) -> Controls:
    """Return a panel; what cannot be answered is told in words where the answer would stand."""
    language, tables = known.language, known.tables
    words = {word: known.label(f"panel.{word}") for word in _WORDS}
    words |= {"panel": known.label(f"panel.{name}"), "language": language.code}
    words["mark"] = known.label("report.synthetic") if tables.synthetic else ""

    def shown(chosen: Chosen) -> list[dict[str, str]]:
        file = f"{known.period}-{chosen.get('question', name)}" + ("-synthetic" if tables.synthetic else "")
        try:
            return [page(answer(**chosen), file, language)]
        except AqparatError as error:
            return [refused("\n".join(sentences(error, language.code)), file)]

    return Controls(fields, shown, words)


def _field(
    known: Known, name: str, options: Options, chosen: Chosen, kind: str = "one", value: str = ""
) -> Field:
    """Return a field with what is chosen in it; by default the value, or the first."""
    hint = known.label(f"panel.none_{name}") if kind == "many" else ""
    return Field(name, known.label(f"panel.{name}"), tuple(options), kind, value, hint).holding(
        chosen.get(name)
    )


def _what(known: Known, chosen: Chosen, only: Sequence[str] = ()) -> list[Field]:
    """Return the indicator, and the metrics of it; those alone that can be shown."""
    indicator = _field(known, "indicator", indicators(known), chosen, value="publications")
    named = [each for each in metrics(known, str(indicator.value)) if not only or each[0] in only]
    return [indicator, _field(known, "metric", named, chosen)]


def _places(known: Known, what: Sequence[Field]) -> list[tuple[str, str]]:
    """Return where the indicator is counted; nothing where it has no place."""
    return [(place.key, known.spot(place)) for place in places_of(known, str(what[0].value))]


def _one_place(known: Known, what: Sequence[Field], chosen: Chosen) -> list[Field]:
    places = _places(known, what)
    return [_field(known, "channel", places, chosen)] if places else []


def _alike(known: Known, when: Options) -> Options:
    """Return the half-years or the years, whichever are more: of one length; else all there are."""
    kinds = [
        [each for each in when if (p := _period(each[0])) and p.is_half == half] for half in (True, False)
    ]
    return max(kinds, key=len) or when


def _period(code: str) -> Period | None:
    with suppress(PeriodError):
        return Period.parse(code)
    return None
