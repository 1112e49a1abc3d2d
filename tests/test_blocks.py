"""What JupyterLab shows of a report says what it is of."""

import invented
import pytest
from aqparat.blocks import Heading
from aqparat.choices import LANGUAGES
from aqparat.explore import Explorer
from aqparat.words.languages import language
from reported import data, report


def shown(heading):
    found = heading._repr_mimebundle_()
    return found["text/markdown"].split("\n\n"), found["text/plain"].splitlines()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_title_is_shown_with_its_period_and_union(code):
    title = report(code).title()
    for lines in shown(title):
        assert [line.removeprefix("# ") for line in lines] == [
            title.text, str(title.more["period"]), title.more["union"],
        ]  # fmt: skip
    assert "2017" in str(title.more["period"])


def test_the_title_of_invented_data_is_shown_as_such():
    more = {"period": "2017", "union": "", "synthetic": "Invented *data*"}
    marked, plain = shown(Heading("title", 1, "Report", more))
    assert marked == ["**Invented &#42;data&#42;**", "# Report", "2017"]
    assert plain == ["Invented *data*", "Report", "2017"]


def test_the_heading_of_a_section_is_only_that():
    assert shown(report().heading("site"))[0] == [f"## {report().heading('site').text}"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_exploring_says_of_which_period_and_that_data_are_invented(code):
    marked, plain = shown(Explorer("2017H1", code, data()).title())
    assert plain == [language(code).label("explore.title"), *shown(report(code).title())[1][1:]]
    marked, _ = shown(Explorer("2018H1", code, invented.folder("sparse", "2017H2", "2018H1")).title())
    assert marked[0] == f"**{language(code).label('report.synthetic')}**"
