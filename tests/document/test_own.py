"""Cells that an analyst added to the report's notebook stand in both documents, and nothing in them acts."""

import base64
import copy
import io
import json
from functools import cache

import nbformat
import outloud
import pandas as pd
import pytest
from aqparat.document import own
from aqparat.document.html import ReportHTMLExporter
from aqparat.document.outline import outline
from aqparat.document.typst import TypstPDFExporter
from aqparat.publish.notebook import run
from bs4 import BeautifulSoup
from matplotlib.figure import Figure
from pypdf import PdfReader
from reported import ROOT, data, executed

TABLE = pd.DataFrame({"indicator": ["жарияланым", "<b>&</b>"], "value": [5.0, -1.5]})
WARNED = "ескірген"  # told to the analyst alone, in a word that no report has
WRITTEN = "# Ескертпе\n\nБұл тармақты *қолмен* қостық.\n\n| ай | саны |\n|---|---:|\n| қаңтар | 40 |"


def png():
    figure, file = Figure((1, 1)), io.BytesIO()
    figure.add_subplot().bar(["а", "ә"], [1, 2])
    figure.savefig(file, format="png")
    return base64.b64encode(file.getvalue()).decode()


def output(data, **metadata):
    return nbformat.v4.new_output("display_data", data, metadata=metadata)


def cells():
    """Give what an analyst may add: text, a table, pictures, printed text."""
    code = nbformat.v4.new_code_cell
    html = TABLE.style.to_html() + "<script>alert(1)</script>"
    return [
        nbformat.v4.new_markdown_cell(WRITTEN),
        code("TABLE", outputs=[output({"text/html": TABLE.to_html(), "text/plain": "кесте"})]),
        code("TABLE.style", outputs=[output({"text/html": html, "text/plain": "<Styler>"})]),
        code("plt.show()", outputs=[output({"image/png": png(), "text/plain": "<Figure size 1x1>"})]),
        code("x", outputs=[output({"image/png": png()}, **{"image/png": {"alt": "Екі баған"}})]),
        code(
            "print('өз жолым')", outputs=[nbformat.v4.new_output("stream", text="\x1b[31mөз\x1b[0m жолым\n")]
        ),
        code("warn()", outputs=[nbformat.v4.new_output("stream", name="stderr", text=f"{WARNED}\n")]),
        code(
            "Markdown('x')", outputs=[output({"text/markdown": "<b>қалың</b>", "text/plain": "<Markdown>"})]
        ),
        code("2", outputs=[output({"text/plain": "<2>"})]),
    ]


@cache
def notebook():
    book = copy.deepcopy(executed())
    place = next(n for n, cell in enumerate(book.cells) if cell.source == 'report.prose("site")')
    book.cells[place + 1 : place + 1] = cells()
    book.cells[3:3] = [nbformat.v4.new_markdown_cell("Алғы сөз")]  # between the title and the first heading
    return book


@cache
def page():
    return BeautifulSoup(ReportHTMLExporter().from_notebook_node(copy.deepcopy(notebook()))[0], "html.parser")


@cache
def pdf():
    return TypstPDFExporter().from_notebook_node(copy.deepcopy(notebook()))[0]


def test_what_was_added_stands_in_the_page_at_its_place():
    section = page().find(id="site").parent
    kinds = [(tag.name, tag["class"]) for tag in section.find_all(class_="added")]
    assert [name for name, _ in kinds] == ["div", "div", "div", "figure", "figure", "pre", "div", "pre"]
    before, after = section.find("p"), section.find("figure", id="figure-site_periods")
    assert before.sourceline < section.select_one(".added").sourceline < after.sourceline
    assert section.select_one(".added h3").get_text() == "Ескертпе"
    assert [td.get_text() for td in section.select_one(".added").select("td")] == ["қаңтар", "40"]
    assert [pre.get_text() for pre in section.select("pre.added")] == ["өз жолым", "<2>"]
    assert page().main.section.select_one(".added").get_text().strip() == "Алғы сөз"


def test_a_table_is_one_of_the_page():
    table = page().select(".table.added table")[0]
    assert [[c.get_text() for c in row.find_all(["th", "td"])] for row in table.select("tr")] == [
        ["", "indicator", "value"],
        ["0", "жарияланым", "5.0"],
        ["1", "<b>&</b>", "-1.5"],
    ]
    assert table.caption.get_text() == "Талдаушы қосқан 1-кесте"
    assert {th["scope"] for th in table.select("tbody th")} == {"row"}
    assert not table.attrs


def test_a_picture_is_told_in_words():
    pictures = page().select("figure.added img")
    assert [image["alt"] for image in pictures] == ["Талдаушы қосқан 1-сурет", "Екі баған"]
    assert all(image["src"].startswith("data:image/png;base64,") for image in pictures)


def test_nothing_that_was_added_acts():
    assert len(page().find_all("script")) == len(plain().find_all("script"))
    assert len(page().find_all("style")) == 1
    assert not page().find_all(style=True)
    assert WARNED not in page().get_text()
    assert not page().find_all("b")


def plain():
    return BeautifulSoup(ReportHTMLExporter().from_notebook_node(executed())[0], "html.parser")


def test_the_rest_of_the_page_is_as_it_was():
    rest = copy.copy(page())
    for tag in rest.select("section:not([aria-labelledby]), .added, script, style, details.code"):
        tag.decompose()
    before = plain()
    for tag in before.select("script, style, details.code"):
        tag.decompose()
    assert rest.main.get_text().split() == before.main.get_text().split()


def test_it_stands_in_the_pdf_and_the_pdf_stays_accessible(tmp_path):
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf())).pages)
    wanted = ["Алғы сөз", "Ескертпе", "қаңтар", "жарияланым", "<b>&</b>", "-1.5", "өз жолым", "қалың", "<2>"]
    assert [w for w in wanted if w not in text] == []
    assert WARNED not in text
    path = tmp_path / "own.pdf"
    path.write_bytes(pdf())
    told = outloud.check(str(path), layers={"conformance"})
    assert told.findings == []


def grid(html):
    [block] = own.shown(output({"text/html": html}))
    return block


def test_a_cell_over_several_places_stands_in_each():
    frame = pd.DataFrame(
        {("а", "б"): [1, 2], ("а", "в"): [3, 4]}, index=pd.MultiIndex.from_product([["г"], ["д", "е"]])
    )
    block = grid(frame.to_html())
    rows = [[cell["text"] for cell in row] for row in block["head"] + block["body"]]
    assert rows == [["", "", "а", "а"], ["", "", "б", "в"], ["г", "д", "1", "3"], ["г", "е", "2", "4"]]


@pytest.mark.parametrize(
    "html",
    [
        "<table><td>а<td>б<tr><td>в</table>",
        "<table><tr><td colspan=2>а</td></tr><tr><td rowspan=99999999>б</td></tr></table>",
        "<table><tr><td rowspan=2>а</td><td colspan='x'>б</td></tr><tr></tr></table><table></table>",
    ],
)
def test_a_table_has_a_cell_in_every_place_whatever_its_html(html):
    block = grid(html)
    assert len({len(row) for row in block["head"] + block["body"]}) == 1


def test_what_stands_beside_a_table_is_shown_too():
    frame = pd.DataFrame({"а": range(100)})
    html = frame.style.set_caption("Айлар <b>саны</b>").hide().to_html() + "<p>100 rows × 1 columns</p>"
    table, beside = own.shown(output({"text/html": html}))
    assert table["title"] == "Айлар саны"
    assert [[cell["text"] for cell in row] for row in table["body"][:2]] == [["0"], ["1"]]
    assert beside == {"kind": "output", "text": "100 rows × 1 columns"}


@cache
def titled():
    html = TABLE.style.set_caption("Айлар саны").to_html()
    book = copy.deepcopy(executed())
    book.cells.append(nbformat.v4.new_code_cell("TABLE", outputs=[output({"text/html": html})]))
    return book


def test_the_title_of_a_table_stands_over_it():
    title = "Талдаушы қосқан 1-кесте. Айлар саны"
    page = BeautifulSoup(ReportHTMLExporter().from_notebook_node(titled())[0], "html.parser")
    assert page.select_one(".table.added caption").get_text() == title
    pdf = TypstPDFExporter().from_notebook_node(titled())[0]
    found = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert title in found


def test_the_notebook_of_an_analyst_is_shown(tmp_path):
    """As JupyterLab leaves it: not run, with text, a table, a plot and something printed among the cells."""
    book = nbformat.read(ROOT / "notebooks" / "report.ipynb", as_version=4)
    place = next(n for n, cell in enumerate(book.cells) if cell.source == 'report.prose("site")') + 1
    book.cells[place:place] = [
        nbformat.v4.new_markdown_cell(WRITTEN),
        *map(nbformat.v4.new_code_cell, [
            "report.evidence.tables.observations[['indicator', 'value']].head(3)",
            "import matplotlib.pyplot as plt\nplt.bar(['а', 'ә'], [1, 2]); plt.show()",
            "print('өз жолым')",
        ]),
    ]  # fmt: skip
    nbformat.write(book, tmp_path / "own.ipynb")
    done = run(tmp_path / "own.ipynb", tmp_path / "done.ipynb", {"data": str(data())}, tmp_path)
    page = BeautifulSoup(ReportHTMLExporter().from_notebook_node(done)[0], "html.parser")
    added = page.find(id="site").parent.select(".added")
    assert [tag.name for tag in added] == ["div", "div", "figure", "pre"]
    assert [tag.get_text() for tag in added[1].select("tbody td")][:2] == ["publications", "306.0"]
    assert added[3].get_text() == "өз жолым"


def test_html_without_a_table_is_its_text():
    assert grid("<div><style>p{}</style><b>а</b> &amp; б</div>") == {"kind": "output", "text": "а & б"}


def test_a_damaged_picture_is_left_out():
    assert list(own.shown(output({"image/png": "?", "text/plain": "сурет"}))) == [
        {"kind": "output", "text": "сурет"}
    ]


def test_what_was_added_is_numbered_apart():
    seen = outline(json.loads(json.dumps(notebook()), object_hook=nbformat.NotebookNode))
    blocks = [b for s in seen.sections for b in s.blocks]
    assert [b["number"] for b in blocks if b["kind"] == "grid"] == [1, 2]
    assert [b["number"] for b in blocks if b["kind"] == "figure"] == list(range(1, len(seen.figures()) + 1))
