"""What organisations publish themselves, and where a highlight says all that is known of a paper."""

import pytest
from aqparat.report import Report


def said(language):
    """Return the words of the section in the report of 2017H1."""
    return Report("2017H1", language).prose("own_print")._repr_mimebundle_()["text/plain"]


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        (
            "kk",
            "Зайсан аудандық ұйымы «Мектеп және қоғам» газетін аудандық білім бөлімімен бірлесіп шығарады.",
            "«Мектеп және қоғам»",
        ),
        ("ru", "издаёт газету «Мектеп және қоғам» совместно с районным отделом образования.", "«Мектеп"),
        ("en", "publishes the newspaper Mektep zhane Qogam jointly with the district education", "Mektep"),
    ],
)
def test_a_paper_of_which_only_a_highlight_tells_is_named_once(language, sentence, name):
    assert sentence in said(language)
    assert said(language).count(name) == 1


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("kk", "«Ұстаздық еңбек» газетін 2017 жылғы 23 ақпаннан бастап айына 2 рет шығарып келеді."),
        ("ru", "издаёт газету «Ұстаздық еңбек» с 23 февраля 2017 года"),
        ("en", "has published the newspaper Ustazdyq Engbek since 23 February 2017"),
    ],
)
def test_since_when_a_paper_comes_out_is_said(language, sentence):
    assert sentence in said(language)
