"""A notebook published when inline text was Markdown with elements in it, cut short: it can still be read."""

import copy
import json
from functools import cache
from pathlib import Path

import nbformat
import pytest
from aqparat.document.outline import outline
from aqparat.markup import hypertext
from aqparat.publish import former
from aqparat.words.inline import Inline
from aqparat.words.prose import Passage
from reported import executed

SITE = "volume.publications.TOTAL.union-site.2017H1"


@cache
def notebook():
    path = Path(__file__).with_name("published_former.json")
    return former.read(nbformat.v4.reads(path.read_text(encoding="utf-8")))


@cache
def block(kind, name):
    blocks = (b for section in outline(copy.deepcopy(notebook())).sections for b in section.blocks)
    return next(b for b in blocks if (b["kind"], b["name"]) == (kind, name))


def test_title_and_sections_are_there():
    seen = outline(copy.deepcopy(notebook()))
    assert str(Inline.read(seen.title["more"]["period"])) == "2017 жылдың бірінші жартыжылдығы"
    assert [s.name for s in seen.sections] == ["summary", "site", "organisations", "measures", "appendix"]


def test_prose_has_its_words_and_facts():
    passages = [Passage.read(p) for p in block("prose", "site")["passages"]]
    assert [p.kind for p in passages] == ["paragraph"] * 3
    first = passages[0].items[0]
    assert str(first).startswith(
        "2017 жылдың бірінші жартыжылдығында сайтта 306 материал жарияланды. Жарты жылдың"
    )
    assert first.facts[0] == block("prose", "site")["facts"][0] == SITE
    assert hypertext.inline(first).startswith(
        '<time datetime="2017" data-window="2017H1">2017 жылдың бірінші жартыжылдығында</time> сайтта '
        f'<strong><data class="fact" data-fact="{SITE}" value="306">306</data> материал</strong> жарияланды.'
    )


def test_lists_and_headings_are_what_they_were():
    kinds = [(p["kind"], len(p["items"])) for p in block("prose", "measures")["passages"]]
    assert kinds == [("paragraph", 1), ("list", 5)]
    [heading, text] = block("prose", "organisations")["passages"][:2]
    assert (heading["kind"], heading["level"]) == ("heading", 3)
    assert "10 000-дай" in str(Inline.read(text["items"][0])).replace("\u00a0", " ")


def test_tables_figures_and_entries_have_their_texts():
    rows = [[str(Inline.read(cell)) for cell in row] for row in block("table", "key_figures")["rows"]]
    assert rows[0] == ["Салалық кәсіподақ сайты: материалдар", "2017 ж. 1-жартыжылдық", "306", "–"]
    figure = block("figure", "site_periods")
    assert figure["facts"][0] == SITE
    assert "306" in str(Inline.read(figure["title"]))
    assert block("appendix", "facts")["entries"][0]["id"] == SITE


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("а &#60;b&#62; &amp; б", "а <b> & б"),
        ("<cite>дереккөз</cite>", "дереккөз"),
        ('<span lang="kk-Latn">Ustaz</span> ', "Ustaz"),
        ("<bdi>שלום</bdi>, 5", "שלום, 5"),
        ('<data class="fact" data-fact="x" value="">кемінде 60</data>-тан', "кемінде 60-тан"),
        ("", ""),
        ("</data>а</b>", "а"),
    ],
)
def test_inline_text_keeps_its_words(then, words):
    read = former.inline(then)
    assert str(read) == words
    assert former.inline(str(hypertext.inline(read))) == read


def test_a_notebook_of_now_is_left_as_it_is():
    now = json.loads(json.dumps(executed()), object_hook=nbformat.NotebookNode)
    assert former.read(copy.deepcopy(now)) == now
