"""The answers of the first page: six questions of a committee, each a view of its own.

Each gives what its answer is made from, free of language; the words are in
`texts/<language>/narrative/answers/`.
"""

from aqparat.sections.answers.change import answer_change
from aqparat.sections.answers.completeness import answer_completeness
from aqparat.sections.answers.decisions import answer_decisions
from aqparat.sections.answers.leaders import answer_leaders
from aqparat.sections.answers.measures import answer_measures
from aqparat.sections.answers.subscriptions import answer_subscriptions

ANSWERS = ("change", "leaders", "subscriptions", "measures", "completeness", "decisions")

__all__ = [
    "ANSWERS",
    "answer_change",
    "answer_completeness",
    "answer_decisions",
    "answer_leaders",
    "answer_measures",
    "answer_subscriptions",
]
