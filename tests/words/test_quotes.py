import pytest
from aqparat.choices import LANGUAGES
from aqparat.problem import Problem
from aqparat.words import inline
from aqparat.words.languages import language
from aqparat.words.quotes import nested, nested_inline

NAMES = {"kk": "«Жетісу» газеті", "ru": "газета «Жетісу»", "en": "the paper “Zhetisu”"}


@pytest.mark.parametrize(
    ("told", "right"),
    [
        ("столбец ««Жетісу» газеті»", "столбец «„Жетісу“ газеті»"),
        ("column “the paper “Zhetisu””", "column “the paper ‘Zhetisu’”"),
        ("column “«Жетісу» газеті”", "column “‘Жетісу’ газеті”"),
        ("«а «б «в» г» д»", "«а „б «в» г“ д»"),  # turn about
        ("«Жетісу» мен «Серпер»", "«Жетісу» мен «Серпер»"),  # beside each other
        ("«„Жетісу“ газеті»", "«„Жетісу“ газеті»"),  # right already
        ("«Газета «Жетісу»", "«Газета «Жетісу»"),  # they do not pair: the cell's own
        ("»«", "»«"),
    ],
)
def test_marks_within_marks_are_the_inner_ones(told, right):
    assert nested(told) == right
    assert len(nested(told)) == len(told)


def test_a_quotation_may_run_over_several_parts():
    told = "«" + inline.reported(inline.text("«Ұстаз» кәсіподағы"), "UST") + "»"
    assert str(nested_inline(told)) == "«„Ұстаз“ кәсіподағы»"
    assert [part.report for part in nested_inline(told).parts] == [part.report for part in told.parts]


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_message_doubles_the_marks_of_a_name(code):
    words, name, dated = language(code), NAMES[code], []
    for key in words.labels["problems"]:
        try:
            told = words.problem(Problem(key, "a.csv", found=name, expected=name, row=2, column=name))
        except ValueError:  # it expects a day, not a name
            dated.append(key)
            continue
        assert not any(marks in told for marks in ("««", "»»", "““", "””")), told
    assert len(dated) < len(words.labels["problems"]) / 4
    assert words.label("problem.sheet", sheet=name).count(name) == 0
