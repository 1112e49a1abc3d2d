"""Questions: each one call and one answer, drawn from the facts of the published report.

`QUESTIONS` lists them in the order in which they are asked; a question is a function of what is known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aqparat.explore.answer import Answer
from aqparat.explore.known import Known
from aqparat.explore.questions.against_all import against_all
from aqparat.explore.questions.channels import channels
from aqparat.explore.questions.copies import copies
from aqparat.explore.questions.did import did
from aqparat.explore.questions.extremes import extremes
from aqparat.explore.questions.months import months
from aqparat.explore.questions.moved import moved
from aqparat.explore.questions.silent import silent
from aqparat.explore.questions.sure import sure
from aqparat.explore.questions.trend import trend
from aqparat.explore.questions.unused import unused
from aqparat.explore.questions.year_ago import year_ago
from aqparat.problem import unknown
from aqparat.words.languages import language as language_of


@dataclass(frozen=True)
class Question:
    """A question.

    Parameters
    ----------
    key : str
    of : callable
        Gives the answer: of what is known, and what is chosen besides.
    choices : tuple of str
        What can be chosen (`Known.options`): period, and names of parameters of `of`.
    free : tuple of str
        Those of them that may be left open, for all: the union, every channel.
    """

    key: str
    of: Callable[..., Answer]
    choices: tuple[str, ...] = ("period",)
    free: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        """Return the question in words."""
        return language_of(language).label(f"question.{self.key}")

    def ask(self, known: Known, **chosen: str) -> Answer:
        """Answer the question.

        Parameters
        ----------
        known : Known
        **chosen
            What is chosen, by the name of the choice; what is empty or left out is the first there is.

        Raises
        ------
        ParameterError
            If it has no such choice, or what is chosen is not known; with the nearest.
        """
        for name in chosen:
            if name not in self.choices:
                raise unknown("parameter", name, self.choices)
        own = {name: value for name, value in chosen.items() if name != "period"}
        return self.of(known.at(chosen.get("period", "")), **own)


QUESTIONS: tuple[Question, ...] = (
    Question("silent", silent, ("period", "channel")),
    Question("moved", moved, ("period", "channel")),
    Question("extremes", extremes, ("period", "channel")),
    Question("against_all", against_all, ("organisation", "period")),
    Question("year_ago", year_ago, ("organisation", "period")),
    Question("did", did, ("organisation", "period")),
    Question("channels", channels),
    Question("unused", unused),
    Question("copies", copies, ("period", "paper")),
    Question("months", months, ("period", "organisation"), ("organisation",)),
    Question("trend", trend, ("channel",)),
    Question("sure", sure, ("period", "channel"), ("channel",)),
)


def ask(known: Known, question: str, **chosen: str) -> Answer:
    """Answer a question by its key: `ask(known, "silent", channel="television", period="2018H1")`.

    Raises
    ------
    ParameterError
        If there is no such question or choice; with the nearest.
    """
    for each in QUESTIONS:
        if each.key == question:
            return each.ask(known, **chosen)
    raise unknown("question", question, [each.key for each in QUESTIONS])


__all__ = ["QUESTIONS", "Question", "ask"]
