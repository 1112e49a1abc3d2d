import pytest
from aqparat.document.markdown import Levels, page, typst
from bs4 import BeautifulSoup
from test_typesetting import inked, set_in

MARKDOWN = {
    "*көлбеу*, **қалың**, ***екеуі***, ~~сызылған~~, `код #x`": "көлбеу, қалың, екеуі, сызылған, код #x",
    "- бір\n- екі\n  - ішкі\n    - одан ішкі\n\n  абзац": "• бір • екі ‣ ішкі – одан ішкі абзац",
    "1. бір\n2. екі": "1. бір 2. екі",
    "3. үш\n4. төрт": "3. үш 4. төрт",
    '[сілтеме](https://example.org/a?b=c#d "x")': "сілтеме",
    "# Тақырып #1\n\n## Ішкі\n\nмәтін": "Тақырып #1 Ішкі мәтін",
    "| а | б |\n|---|---|\n| *1* | #2 |\n| 3 |  |": "а б 1 #2 3",
    "| а |\n|---|": "а",
    "> дәйексөз\n> жалғасы": "дәйексөз жалғасы",
    "```python\nx = '#1'\n```": "x = '#1'",
    "    x = 1": "x = 1",
    "жоғары\n\n---\n\nтөмен": "жоғары төмен",
    "жол  \nжаңа жол\nсол жол": "жол жаңа жол сол жол",
    "5 дана <b>қалың</b>": "5 дана қалың",
    "<div>блок &amp; мәтін</div>": "блок & мәтін",
    "![сурет](x.png)": "сурет",
    "бос": "бос",
    "": "",
}


@pytest.mark.parametrize("markdown", MARKDOWN)
def test_markdown_is_set(markdown):
    assert inked(set_in(typst(markdown))) == inked(MARKDOWN[markdown])


@pytest.mark.parametrize("markdown", MARKDOWN)
def test_markdown_is_a_part_of_a_page(markdown):
    soup = BeautifulSoup(page(markdown), "html.parser")
    wanted = MARKDOWN[markdown]
    for mark in ("• ", "‣ ", "– ", "1. ", "2. ", "3. ", "4. "):
        wanted = wanted.replace(mark, "")
    assert inked(soup.get_text()) == inked(wanted)


@pytest.mark.parametrize(
    "markdown", ["</data>а</b>", "<data data-fact='x'>а", '<bdi lang="kk">а', "<br>а<br/>"]
)
def test_elements_are_left_out_and_their_text_stays(markdown):
    assert inked(set_in(typst(markdown))) == "а"
    assert page(markdown) == "<p>а</p>\n"


HARMFUL = [
    "<script>alert(1)</script>",
    "а <script>alert(1)</script>",
    '<img src="http://example.org/x.png" onerror="alert(1)">',
    "![x](http://example.org/x.png)",
    "![<b>](data:text/html,x)",
    "<style>p { color: red }</style>",
    "<iframe src='x'></iframe>",
    "[а](javascript:alert(1))",
    "<div\nonclick='x'>а</div>",
    "<!-- а -->",
    "<a href='x'>а</a>",
]


@pytest.mark.parametrize("markdown", HARMFUL)
def test_nothing_in_markdown_acts(markdown):
    soup = BeautifulSoup(page(markdown), "html.parser")
    assert {tag.name for tag in soup.find_all()} <= {"p"}
    assert not [tag.attrs for tag in soup.find_all() if tag.attrs]
    set_in(typst(markdown))


def test_only_addresses_of_pages_and_mail_are_links():
    for markdown in ("[а](https://example.org)", "[а](mailto:a@example.org)"):
        assert typst(markdown).startswith("#link(")
        assert BeautifulSoup(page(markdown), "html.parser").a["href"]
    for address in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x"):
        assert "#link" not in typst(f"[а]({address})")
        assert "<a" not in page(f"[а]({address})")


def test_headings_are_put_under_those_before_them():
    assert page("# а\n\n### б\n\n# в", Levels(3)) == "<h3>а</h3>\n<h4>б</h4>\n<h3>в</h3>\n"
    assert typst("# а\n\n### б", Levels(2)) == '#heading(level: 2)[#"а";]\n\n#heading(level: 3)[#"б";]'
    assert typst("### а") == '#heading(level: 1)[#"а";]'
