"""An error is a sentence in the language asked for, in the terminal and in a notebook."""

import pytest
from aqparat.choices import LANGUAGES
from aqparat.data.reading.files import DataFolderError
from aqparat.explore import Explorer
from aqparat.period import PeriodError
from aqparat.problem import AqparatError, DataError, ParameterError, Problem, unknown
from aqparat.report import Report
from aqparat.words.errors import sentences, worded
from reported import data

SAID = {
    "kk": "кезеңінің деректері жоқ",
    "ru": "данных за период 2016 нет",
    "en": "nothing was submitted for 2016",
}


@pytest.mark.parametrize("opened", [Report, Explorer])
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_period_without_a_batch_is_refused_in_a_notebook(opened, code):
    with pytest.raises(
        DataFolderError, match=r"Nothing was handed in for 2016: put the files into a folder"
    ) as error:
        opened("2016", language=code, data=data())
    (line,) = error.value._render_traceback_()
    assert SAID[code] in line


@pytest.mark.parametrize("opened", [Report, Explorer])
@pytest.mark.parametrize(
    "given, kind, word",
    [
        ({"period": "2017H3"}, PeriodError, "2017H3"),
        ({"data": "nowhere"}, DataFolderError, "nowhere"),
    ],
)
def test_every_refusal_in_a_notebook_is_a_sentence_in_its_language(opened, given, kind, word):
    with pytest.raises(kind) as error:
        opened(**{"period": "2017H1", "language": "ru", "data": data(), **given})
    (line,) = error.value._render_traceback_()
    assert word in line and "ите" in line  # in Russian, and it says what to do


@pytest.mark.parametrize("opened", [Report, Explorer])
def test_where_the_language_is_unknown_all_are_told(opened):
    with pytest.raises(ParameterError) as error:
        opened("2017H1", language="de", data=data())
    assert len(error.value._render_traceback_()) == len(LANGUAGES)


def test_data_not_in_order_are_told_a_line_a_fault(folder):
    folder.change("2017H1/observations.csv", "copies,KUS,", "copies,KUZ,")
    with pytest.raises(DataError) as error:
        Report("2017H1", language="en", data=folder.path)
    (line,) = error.value._render_traceback_()
    assert line.startswith("raw/2017H1/observations.csv, row ") and "KUZ" in line


def test_an_error_outside_a_notebook_says_what_it_says():
    assert AqparatError("plain")._render_traceback_() == ["plain"]
    assert sentences(AqparatError("plain"), "kk") == ["plain"]


def test_faults_are_worded_in_the_language_asked_for():
    error = DataError([Problem("empty_cell", "a.csv", row=2), Problem("empty_cell", "b.csv", row=3)])
    for code in LANGUAGES:
        first, second, count = sentences(error, code)
        assert first.startswith("a.csv") and second.startswith("b.csv") and "2" in count
    with pytest.raises(DataError), worded("en"):
        raise error
    assert error.told == sentences(error, "en")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_wrong_organisation_is_told_in_the_language(code):
    (line,) = sentences(unknown("organisation", "XXX", ["KUS"]), code)
    assert "XXX" in line and "KUS" in line


def test_a_warning_says_that_it_is_one():
    problems = [Problem("empty_cell", "a.csv", severity=severity) for severity in ("warning", "error")]
    warning, error = sentences(DataError(problems), "kk")
    assert warning == f"Ескерту: {error}"
