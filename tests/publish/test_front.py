import shutil

import pytest
from aqparat.choices import LANGUAGES
from aqparat.period import Period
from aqparat.publish import front
from aqparat.publish.manifest import write_json
from aqparat.publish.order import Order
from aqparat.publish.published_report import PublishedReportError
from aqparat.publish.run import publish
from bs4 import BeautifulSoup
from reported import published


@pytest.fixture(scope="module")
def reports(tmp_path_factory, folder_at):
    """Give a folder of two periods: one in Kazakh, one in two languages with an organisation's own report."""
    home = tmp_path_factory.mktemp("front")
    shutil.copytree(published(), home / "reports" / "2017H1")
    later = folder_at(home)
    later.write("2018H1/observations.csv", later.text("2017H1/observations.csv").splitlines()[0] + "\n"
                "publications,TOTAL,union-site,,2018-01-01,2018-06-30,350,exact,,,the site\n")  # fmt: skip
    order = Order(Period.parse("2018H1"), ("ru", "kk"), ("html",), later.path, home / "reports", ("KUS",))
    publish(order)
    front.write(home / "reports")
    return home / "reports"


@pytest.fixture
def copy(reports, tmp_path):
    return shutil.copytree(reports, tmp_path / "reports")


@pytest.fixture(scope="module")
def page(reports):
    return BeautifulSoup((reports / "index.html").read_text(encoding="utf-8"), "html.parser")


def test_the_page_is_written_with_the_report():
    assert (published().parent / "index.html").is_file()


def test_periods_stand_newest_first_in_every_language(page):
    assert [section["lang"] for section in page.select("main > section")] == list(LANGUAGES)
    for code in LANGUAGES:
        headings = [h["id"] for h in page.select(f"#{code} h2")]
        assert headings == [f"{code}-2018H1", f"{code}-2017H1"]
        assert page.select_one(f"#{code} h1").get_text()


def test_every_link_leads_somewhere(page, reports):
    links = [a["href"] for a in page.select("a")]
    assert {"2017H1/kk/report.pdf", "2018H1/ru/report.html", "2018H1/facts.json"} <= set(links)
    assert "2018H1/organisations/KUS/ru/report.html" in links
    for link in links:
        path, _, place = link.partition("#")
        if not path:
            assert page.select(f"#{place}")
        else:
            assert (reports / path).is_file(), link
            assert not place or f'id="{place}"' in (reports / path).read_text(encoding="utf-8")


def test_key_figures_are_those_of_the_report(page, reports):
    article = page.select_one('[aria-labelledby="ru-2018H1"]')
    assert article.select_one("data").get_text() == "350"
    report = BeautifulSoup((reports / "2018H1/ru/report.html").read_text(encoding="utf-8"), "html.parser")

    def figures(soup):
        return [(d["data-fact"], d["value"], d.get_text()) for d in soup.select("data.fact")]

    assert figures(article) == figures(report.select_one("#cards-key_figures"))


def test_what_is_not_in_a_language_is_marked_as_of_another(page):
    assert page.select_one("#en-2017H1")["lang"] == "kk"
    assert not page.select_one("#kk-2017H1").has_attr("lang")
    assert page.select_one("#ru-2018H1").get_text() == "первое полугодие 2018 года"


def test_organisations_have_their_names(page):
    names = {code: page.select_one(f"#{code} .organisations span") for code in LANGUAGES}
    assert "Қостанай" in names["kk"].get_text()
    assert "Костанай" in names["ru"].get_text()
    assert names["en"]["lang"] == "kk"  # there is none in English


def test_the_page_holds_all_it_needs(reports, page):
    text = (reports / "index.html").read_text(encoding="utf-8")
    assert len(text.encode()) < 1_000_000
    policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert "script-src" not in policy  # none is allowed
    assert not page.select("script, link, img[src^=http], [style]")
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(set(ids)) == len(ids)


def test_the_page_is_the_same_when_made_again(copy):
    before = (copy / "index.html").read_bytes()
    moment = (copy / "index.html").stat().st_mtime_ns
    front.write(copy)
    assert (copy / "index.html").stat().st_mtime_ns == moment  # not even touched
    (copy / "index.html").unlink()
    front.write(copy)
    assert (copy / "index.html").read_bytes() == before


def test_other_folders_are_left_out(copy):
    before = (copy / "index.html").read_bytes()
    for name in (".failed", "notes", "2016"):
        (copy / name).mkdir()
    front.write(copy)
    assert (copy / "index.html").read_bytes() == before


def test_nothing_published_gives_no_page(tmp_path):
    front.write(tmp_path)
    front.write(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "file", ["2018H1/manifest.json", "2018H1/ru/report.ipynb", "2018H1/organisations/KUS/kk/report.ipynb"]
)
def test_a_damaged_period_is_said_and_left_out(copy, file):
    (copy / file).write_text("{", encoding="utf-8")
    with pytest.raises(PublishedReportError):
        front.write(copy)
    page = (copy / "index.html").read_text(encoding="utf-8")
    assert "kk-2017H1" in page
    assert "2018H1" not in page


def test_a_revised_period_is_marked(copy):
    about = {"id": "volume.x", "metric": "volume", "indicator": "publications", "organisation": "TOTAL",
             "outlet": None, "channel": None, "start": "2017-01-01", "end": None, "base_start": None,
             "base_end": None, "unit": "items"}  # fmt: skip
    figure = {"value": 306, "low": 306, "high": 306, "qualifier": "exact"}
    entry = {**about, "before": figure, "now": None, "inputs": [], "shown": True}
    write_json(copy / "2017H1" / "revisions.json", [entry])
    front.write(copy)
    page = BeautifulSoup((copy / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert [a["aria-labelledby"] for a in page.select("article:has(.revised)")] == [
        f"{code}-2017H1" for code in LANGUAGES
    ]


def test_markup_in_a_name_stays_text(copy):
    for path in copy.glob("2018H1/organisations/KUS/*/report.ipynb"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace('"text": "Қ', '"text": "<img src=x onerror=alert(1)>Қ'), encoding="utf-8"
        )
    front.write(copy)
    page = BeautifulSoup((copy / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert not page.select("img")
    assert "<img src=x" in page.select_one("#kk .organisations span").get_text()
