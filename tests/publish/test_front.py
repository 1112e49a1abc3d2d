import itertools
import json
import re
import shutil

import pytest
from aqparat.choices import LANGUAGES
from aqparat.period import Period
from aqparat.publish import front
from aqparat.publish.manifest import write_json
from aqparat.publish.order import Order
from aqparat.publish.published_report import PublishedReport, PublishedReportError
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
        headings = [h["id"] for h in page.select(f"#{code} article h2")]
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


def card(page, code, name):
    cards = page.select(f"#{code} .cards > li")
    [found] = [c for c in cards if name in c.select_one(".what").get_text().replace("\u00ad", "")]
    return found


def test_key_figures_stand_with_their_periods_and_lead_into_their_reports(page):
    site = card(page, "ru", "сайте")
    assert [d.get_text() for d in site.select("ol data")] == ["350", "306"]
    assert site.select_one(".value").get_text() == "350"
    pages = ["2018H1/ru/report.html", "2017H1/kk/report.html"]  # the other is published in Kazakh alone
    ids = [f"volume.publications.TOTAL.union-site.{period}" for period in ("2018H1", "2017H1")]
    assert [a["href"] for a in site.select("ol a")] == [
        f"{p}#fact-{i}" for p, i in zip(pages, ids, strict=True)
    ]


def test_a_line_joins_only_periods_that_follow_one_another(page):
    assert not card(page, "en", "site").select("polyline")  # half a year between them is not known
    assert card(page, "en", "Copies of Bilimdi El").select("polyline")  # years, one after the other


def test_names_in_other_letters_are_marked_and_no_markup_is_seen(page):
    name = card(page, "en", "Copies of Bilimdi El").select_one(".what [lang=kk-Latn]")
    assert name.get_text() == "Bilimdi El"
    assert "<span" not in page.get_text()


def test_everything_is_said_in_the_language_of_the_page(page):
    assert page.select_one("#ru-2018H1").get_text() == "Первое полугодие 2018 года"
    assert page.select_one("#en-2017H1").get_text() == "The first half of 2017"  # no report in English
    assert "Костанай" in page.select_one("#ru .organisations h3").get_text()
    own = page.select_one("#en .organisations a")
    assert own["hreflang"] == "kk"
    assert own.span["lang"] == "kk"


def test_a_draft_is_told_from_what_was_handed_out(copy):
    path = copy / "2018H1" / "manifest.json"
    kept = json.loads(path.read_text(encoding="utf-8"))

    def states(published):
        write_json(path, {**kept, **({"published": published} if published else {})})
        front.write(copy)
        soup = BeautifulSoup((copy / "index.html").read_text(encoding="utf-8"), "html.parser")
        return [p["class"][1] for p in soup.select("#kk .state")]

    assert states(None) == ["draft", "draft"]
    assert states(kept["outputs"]["facts.json"]) == ["handed_out", "draft"]
    assert states("0" * 64) == ["reissued", "draft"]


def test_invented_data_stand_apart(copy):
    path = copy / "2018H1" / "manifest.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    write_json(path, {**kept, "inputs": {**kept["inputs"], "raw/SYNTHETIC.md": "0" * 64}})
    front.write(copy)
    page = BeautifulSoup((copy / "index.html").read_text(encoding="utf-8"), "html.parser")
    [real, invented] = page.select("#en .group")
    assert [h.get_text() for h in real.select("article h2")] == ["The first half of 2017"]
    assert [p.get_text() for p in invented.select(".synthetic")] == [
        "Synthetic data: invented for tests and trials"
    ] * 3  # with the report, the figures and the organisations
    assert not real.select(".synthetic")
    for group, period in ((real, "2017H1"), (invented, "2018H1")):  # no line joins the one with the other
        links = [a["href"] for a in group.select(".courses a")]
        assert links
        assert all(link.startswith(period) for link in links)


def test_the_page_holds_all_it_needs(reports, page):
    policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert len(page.select("script:not([type])")) == policy.count("script-src 'sha256-") == 1
    assert not page.select("link, img, [style], [onclick], [src]")
    assert not [a for a in page.select("a[href]") if "://" in a["href"]]
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(set(ids)) == len(ids)


def many(out, count):
    """Write published reports of many half-years with all own reports; the documents are empty."""
    source = published()
    text = (source / "facts.json").read_text(encoding="utf-8")
    notebook = (source / "kk" / "report.ipynb").read_text(encoding="utf-8")
    kept = json.loads((source / "manifest.json").read_text(encoding="utf-8"))
    period, codes = Period.parse("2017H1"), []
    for _ in range(count):
        folder = out / str(period)
        shutil.copytree(source / "data", folder / "data")
        write_json(
            folder / "manifest.json", {**kept, "parameters": {**kept["parameters"], "period": str(period)}}
        )
        codes = codes or sorted(PublishedReport(folder).tables.organisations.index)
        places = [folder, *(folder / "organisations" / code for code in codes)]
        for place, code in itertools.product(places, LANGUAGES):
            (place / code).mkdir(parents=True)
            for name in ("report.html", "report.pdf", "report.ipynb"):
                (place / code / name).touch()
        for path, content in ((folder / "kk" / "report.ipynb", notebook), (folder / "facts.json", text)):
            path.write_text(moved(content, period), encoding="utf-8")
        write_json(folder / "revisions.json", [REVISED] * 20)
        period = period.following
    return codes


def moved(text, period):
    """Move the figures of 2017 and its first half into another period."""
    windows = {"2017-06-30": period, "2017-12-31": period.whole_year}

    def dates(match):
        window = windows[match[2]].window
        return f'"start": "{window.start}",{match[1]}"end": "{window.end}"'

    text = (
        text.replace("2017H1", str(period))
        .replace('.2017"', f'.{period.year}"')
        .replace("306", str(period.year))
    )
    return re.sub(r'"start": "2017-01-01",(\s*)"end": "(2017-06-30|2017-12-31)"', dates, text)


def test_twenty_periods_of_all_organisations_are_under_a_megabyte(tmp_path):
    codes = many(tmp_path, 20)
    assert len(codes) >= 20
    front.write(tmp_path)
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    page = BeautifulSoup(text, "html.parser")
    assert len(page.select("#ru article")) == 20
    assert len(page.select("#ru .organisations a")) == 20 * 2 * len(codes)
    assert len(card(page, "en", "site").select("ol li")) == 20
    assert len(card(page, "en", "site").polyline["points"].split()) == 20
    assert len(text.encode()) < 1_000_000


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
    "harm",
    [
        lambda report: (report / "manifest.json").write_text("{", encoding="utf-8"),
        lambda report: (report / "facts.json").unlink(),
        lambda report: (report / "facts.json").write_text('[{"id": "volume.publications', encoding="utf-8"),
        lambda report: (report / "data" / "organisations.csv").write_text("code\n\0,", encoding="utf-8"),
        lambda report: shutil.rmtree(report / "data"),
        lambda report: [shutil.rmtree(report / code) for code in ("kk", "ru")],
        lambda report: edited(report / "kk" / "report.ipynb", '"rows": [', '"rows": [5, '),
        lambda report: edited(report / "facts.json", '"metric": "volume"', '"metric": 5'),
        lambda report: (report / "revisions.json").write_text("[[]]", encoding="utf-8"),
        lambda report: [(report / "facts.json").unlink(), (report / "facts.json").mkdir()],
    ],
)
def test_a_report_that_is_half_there_is_said_and_left_out(copy, harm):
    harm(copy / "2018H1")
    with pytest.raises(PublishedReportError) as error:
        front.write(copy)
    assert "2018H1" in str(error.value.values["path"])
    page = (copy / "index.html").read_text(encoding="utf-8")
    assert "kk-2017H1" in page
    assert "2018H1" not in page


def edited(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_not_there_is_not_linked(copy):
    (copy / "2018H1" / "ru" / "report.html").unlink()
    shutil.rmtree(copy / "2018H1" / "quality")
    (copy / "2018H1" / "organisations" / "<b>" / "kk").mkdir(parents=True)
    (copy / "2018H1" / "organisations" / "<b>" / "kk" / "report.ipynb").touch()
    front.write(copy)
    page = BeautifulSoup((copy / "index.html").read_text(encoding="utf-8"), "html.parser")
    paths = {a["href"].partition("#")[0] for a in page.select("a")} - {""}
    assert all((copy / path).is_file() for path in paths)
    assert not page.select("b")


REVISED = {
    "id": "volume.publications.TOTAL.union-site.2017H1", "metric": "volume", "indicator": "publications",
    "organisation": "TOTAL", "outlet": "union-site", "channel": "website", "start": "2017-01-01",
    "end": "2017-06-30", "base_start": None, "base_end": None, "unit": "item", "inputs": [], "shown": True,
    "before": {"value": 60, "low": 61, "high": None, "qualifier": "more_than"},
    "now": {"value": 306, "low": 306, "high": 306, "qualifier": "exact"},
}  # fmt: skip


def test_what_was_revised_stands_with_old_and_new(copy):
    gone = {**REVISED, "id": "volume.x", "now": None}
    write_json(copy / "2017H1" / "revisions.json", [REVISED, gone])
    front.write(copy)
    page = BeautifulSoup((copy / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert not page.select("article[data-period='2018H1'] table")
    rows = page.select("#en article[data-period='2017H1'] tbody tr")
    assert [[cell.get_text().replace("\xa0", " ") for cell in row.select("td")] for row in rows] == [
        ["more than 60 items", "306 items"],
        ["more than 60 items", "–"],
    ]
    assert rows[0].a["href"] == f"2017H1/kk/report.html#fact-{REVISED['id']}"


def test_markup_in_a_name_stays_text(copy):
    edited(copy / "2018H1" / "data" / "organisations.csv", ",Қостанай,", ",<img src=x onerror=alert(1)>,")
    front.write(copy)
    text = (copy / "index.html").read_text(encoding="utf-8")
    page = BeautifulSoup(text, "html.parser")
    assert not page.select("img")
    assert "<img src=x" in page.select_one("#kk .organisations h3").get_text()
    assert "<img" not in text


@pytest.mark.parametrize("told", [["../x"], [], "kk", 5])
def test_languages_that_are_none_are_all(copy, told):
    path = copy / "2017H1" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    write_json(path, {**manifest, "settings": {**manifest["settings"], "report.languages": told}})
    front.write(copy)
    assert (copy / "index.html").is_file()
