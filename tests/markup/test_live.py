"""What a person sees who runs the notebook in JupyterLab: the blocks of the report, whose numbers open."""

import base64
import gzip
import json
import re

import nbformat
import pytest
from aqparat.blocks import MIME
from aqparat.publish.notebook import run
from aqparat.report import Report
from aqparat.words.jupyter import SESSION
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook
from reported import data, report


@pytest.fixture
def watched(monkeypatch):
    """Let a person have opened the notebook."""
    monkeypatch.setenv(SESSION, "notebooks/report.ipynb")


def told(html):
    """Give what the script of an output tells of numbers."""
    packed = re.search(r'\["([0-9a-f]{12})", "([^"]+)"\]', html)
    return json.loads(gzip.decompress(base64.b64decode(packed[2])))


def facts(soup):
    return [a["href"].removeprefix("#fact-") for a in soup.select("a.trace")]


def blocks(live, code="en"):
    answers = [live.answer("change"), live.cards("key_figures"), live.prose("subscription")]
    return [*answers, live.table("copies", of="subscription"), live.chart("copies", of="copies_by_year")]


def test_what_is_published_is_run_without_it(monkeypatch):
    monkeypatch.delenv(SESSION, raising=False)
    assert [block._repr_html_() for block in blocks(Report("2017H1", "en", data()))] == [None] * 5


def test_a_kernel_that_publishes_is_not_watched(watched, tmp_path):
    cells = [new_code_cell("period: str = ''"), new_code_cell(f"import os; print({SESSION!r} in os.environ)")]
    cells[0].metadata["tags"] = ["parameters"]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), tmp_path / "report.ipynb")
    done = run(tmp_path / "report.ipynb", tmp_path / "done.ipynb", {"period": "2017H1"}, tmp_path)
    assert done.cells[-1].outputs[0].text == "False\n"


@pytest.mark.parametrize("code", ["kk", "ru", "en"])
def test_it_shows_what_the_block_holds_and_every_number_opens(watched, code):
    for live, published in zip(blocks(Report("2017H1", code, data())), blocks(report(code)), strict=True):
        bundle = live._repr_mimebundle_()
        assert bundle == published._repr_mimebundle_()  # nothing else goes into the report
        html = live._repr_html_()
        soup = BeautifulSoup(html, "html.parser")
        assert set(facts(soup)) <= set(live.facts)
        known = told(html)
        assert set(live.facts) <= set(known)
        for entry in known.values():  # and from there on, down to the raw rows
            inner = BeautifulSoup(
                entry["t"] + entry["v"] + "".join(words for _, words in entry["r"]), "html.parser"
            )
            assert set(facts(inner)) <= set(known)
        assert any("raw/2017H1/observations.csv" in words for e in known.values() for _, words in e["r"])


def test_prose_reads_as_in_the_report(watched):
    live = Report("2017H1", "ru", data()).prose("site")
    text = BeautifulSoup(live._repr_html_(), "html.parser").select_one(".aqparat").get_text("\n")
    assert "".join(text.split()) == "".join(live._repr_mimebundle_()["text/plain"].split())


def test_period_and_mark_stand_at_every_section(watched, monkeypatch):
    live = Report("2017H1", "en", data())
    assert "1st half 2017" in live.heading("site")._repr_html_()
    monkeypatch.setattr(type(live.data.tables), "synthetic", True)
    marked = Report("2017H1", "en", data())
    for heading in (marked.title(), marked.heading("site")):
        assert "Synthetic data: invented for tests and trials" in heading._repr_html_()


def test_the_appendix_and_what_is_empty_stay_as_they_are(watched):
    live = Report("2017H1", "en", data())
    live.answer("change")
    assert live.appendix()._repr_html_() is None
    assert live.heading("revisions")._repr_html_() is None
    assert live.heading("revisions")._repr_mimebundle_()[MIME]["kind"] == "nothing"


def test_the_script_cannot_be_left_by_what_it_holds(watched):
    html = Report("2017H1", "en", data()).answer("change")._repr_html_()
    assert html.count("</script>") == html.count("<script>") == 1
    assert "<!--" not in html
