import re
from datetime import date
from itertools import pairwise

import pytest
from aqparat.choices import LANGUAGES
from aqparat.data.quality.report import quality
from aqparat.data.reading import intake
from aqparat.data.reading.raw import Account, Filing
from aqparat.document.quality_page import page
from aqparat.period import Period
from aqparat.problem import Problem
from bs4 import BeautifulSoup

EVERYWHERE = pytest.mark.parametrize("code", LANGUAGES)
CSV, XLSX = "raw/2017H1/observations.csv", "raw/2017H1/KUS.xlsx"
HOSTILE = "<script>alert(1)</script>\u202e\x1b[2J\"'&<b onclick=x>"


@pytest.fixture(scope="session")
def raw(folder_at, tmp_path_factory):
    found = intake.read(folder_at(tmp_path_factory.mktemp("quality")).path, Period.parse("2017H1"))
    found.files |= {XLSX: "0" * 64, "raw/SYNTHETIC.md": "0" * 64}
    found.problems = [
        Problem(
            "unknown_column", CSV, row=1, column=HOSTILE, found=HOSTILE, expected="value", severity="warning"
        ),
        Problem("not_date", CSV, row=3, column="start", found="2017-06-31"),
        Problem(
            "unknown_organisation",
            CSV,
            row=9,
            column="organisation",
            found=HOSTILE,
            expected="AKM, KUS",
            nearest="KUS",
        ),
        *[
            Problem("not_number", XLSX, row=r, column="value", found="жоқ", sheet=HOSTILE)
            for r in (2, *range(5, 1205))
        ],
        Problem(
            "unknown_organisation",
            XLSX,
            row=4,
            column="organisation",
            found="Ақмoла",
            expected="AKM",
            nearest="AKM",
            severity="guess",
            sheet="Сан",
        ),
    ]
    found.accounts = [
        Account(CSV, "", "observations", 38, 36, 2, wrong=2, unfilled=1),
        Account(XLSX, "Сан", "activities", 4, 4, 0),
    ]
    found.filings = [
        Filing(XLSX, "KUS", "2017H1", date(2017, 7, 10), True),
        Filing("raw/2017H1/ALA.xlsx", "ALA", "2017H1", date(2017, 7, 20), True),
    ]
    return found


@pytest.fixture(scope="session")
def read(raw):
    gathered = quality(raw, Period.parse("2017H1"))
    texts = {code: page(gathered, code) for code in LANGUAGES}
    return lambda code: (texts[code], BeautifulSoup(texts[code], "html.parser"))


def rows(soup, where):
    """Give the cells of a table by its headings, row by row."""
    table = soup.select_one(where)
    heads = [th.get_text() for th in table.select("thead th")]
    return [
        dict(zip(heads, [c.get_text().strip() for c in row.find_all(["th", "td"])], strict=True))
        for row in table.select("tbody tr")
    ]


@EVERYWHERE
def test_the_page_says_what_it_is(read, code):
    _, soup = read(code)
    assert soup.html["lang"] == code
    assert soup.h1.get_text() in soup.title.get_text()
    assert "2017" in soup.select_one(".period").get_text()
    assert soup.select_one(".synthetic").get_text() in soup.title.get_text()


@EVERYWHERE
def test_nothing_is_fetched_or_run(read, code):
    text, soup = read(code)
    assert not soup.find_all(["script", "link", "iframe", "object", "embed", "base", "form", "img"])
    assert not [
        tag for tag in soup.find_all(True) if any(a.startswith("on") or a == "style" for a in tag.attrs)
    ]
    assert re.findall(r"url\((?!data:)[^)]*\)|@import", text) == []
    policy = soup.select_one("meta[http-equiv=Content-Security-Policy]")["content"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; font-src data:;")


@EVERYWHERE
def test_what_stands_in_cells_is_text(read, code):
    text, soup = read(code)
    assert "<script>" not in text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)
    assert "<script>alert(1)</script>[U+202E][U+001B][2J" in soup.get_text()


@EVERYWHERE
def test_it_can_be_read_aloud(read, code):
    _, soup = read(code)
    levels = [int(h.name[1]) for h in soup.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {t["aria-labelledby"] for t in soup.find_all(attrs={"aria-labelledby": True})} <= set(ids)
    tables = soup.find_all("table")
    assert len(tables) == 5
    for table in tables:
        assert table.caption.get_text().strip()
        assert all(th["scope"] == "col" for th in table.select("thead th"))
        for row in table.select("tbody tr"):
            assert row.th["scope"] == "row"
            assert len(row.find_all(["th", "td"])) == len(table.select("thead th"))


def test_the_summary_counts(read):
    _, soup = read("en")
    told = {d.dt.get_text(): d.dd.get_text() for d in soup.select("dl div")}
    assert told == {
        "Files read": "9", "Rows read": "42", "Rows used": "38", "Rows with an error": "2",
        "Rows not filled in": "1", "Rows left out": "1",
        "Errors": "1,203", "Warnings": "1", "Tentative readings": "1",
    }  # fmt: skip
    assert "aqparat check 2017H1" in soup.select_one(".lead").get_text()


def test_a_fault_has_its_place_and_what_to_do(read):
    _, soup = read("en")
    (heading,) = [h for h in soup.select("h3") if h.get_text() == CSV]
    date_, organisation, column = rows(heading.find_next("div"), "table")
    assert [r["Kind"] for r in (date_, organisation, column)] == ["error", "error", "warning"]
    assert (date_["Row"], date_["Found"]) == ("3", "2017-06-31")
    assert date_["Column"].startswith("start") and "First day" in date_["Column"]
    assert date_["What is wrong and what to do"].startswith("“2017-06-31” is not a date")
    assert organisation["Possibly meant"] == "KUS"
    assert "Sheet" not in date_


@pytest.mark.parametrize(
    "code, written",
    [("kk", "2, 5–1204 (1\u00a0201 жол)"), ("ru", "2, 5–1204 (всего строк: 1\u00a0201)"),
     ("en", "2, 5–1204 (1,201 rows)")],
)  # fmt: skip
def test_many_rows_are_written_short(read, code, written):
    assert written in [td.get_text() for td in read(code)[1].select("td.rows")]


def test_guesses_stand_apart(read):
    ((told),) = rows(read("en")[1], "section[aria-labelledby=guesses] table")
    assert (told["File"], told["Row"], told["Found"], told["Possibly meant"]) == (XLSX, "4", "Ақмoла", "AKM")


def test_rows_are_accounted_for(read):
    *files, total = rows(read("en")[1], "section[aria-labelledby=accounts] table")
    assert [f["Table"] for f in files] == ["Figures", "Activities"]
    assert list(total.values()) == ["In all", "", "", "42", "38", "2", "1", "1"]
    assert list(total)[3:] == [
        "Rows read",
        "Rows used",
        "Rows with an error",
        "Rows not filled in",
        "Rows left out",
    ]
    note = read("en")[1].select_one("#account").get_text()
    assert "left empty" in note and "said above" in note


def test_what_is_not_there_is_not_counted(raw):
    raw = intake.Raw(raw.tables, raw.files, items=raw.items)
    raw.accounts = [Account(CSV, "", "observations", 38, 38, 0)]
    soup = BeautifulSoup(page(quality(raw, Period.parse("2017H1")), "en"), "html.parser")
    assert list(rows(soup, "section[aria-labelledby=accounts] table")[0])[2:] == [
        "Rows read",
        "Rows used",
        "Rows left out",
    ]
    assert "above" not in soup.select_one("#account").get_text()


@pytest.mark.parametrize(
    ("code", "told"),
    [("en", "Without a single row"), ("ru", "Без единой строки"), ("kk", "Бірде-бір жолы жоқ")],
)
def test_sheets_without_a_row_are_named_in_a_sentence(raw, code, told):
    raw = intake.Raw(raw.tables, raw.files, items=raw.items)
    raw.accounts = [
        Account(XLSX, "Сан", "observations", 4, 4, 0),
        *(
            Account(file, sheet, "activities", 0, 0, 0)
            for file in ("a.xlsx", "b.xlsx")
            for sheet in ("Іс", "Мера")
        ),
        Account("raw/2017H1/empty.csv", "", "measures", 0, 0, 0),
    ]
    soup = BeautifulSoup(page(quality(raw, Period.parse("2017H1")), code), "html.parser")
    assert len(rows(soup, "section[aria-labelledby=accounts] table")) == 2  # the one that has rows, and all
    said = soup.select_one("section[aria-labelledby=accounts] p.note").get_text()
    assert said == f"{told}: Іс, Мера (a.xlsx, b.xlsx); raw/2017H1/empty.csv."


def test_what_was_wrong_before_stands_apart(raw):
    raw = intake.Raw(raw.tables, {CSV: "0" * 64}, items=raw.items)
    raw.problems = [
        Problem(
            "not_date", "raw/2016H2/observations.csv", row=2, column="start", found="x", severity="warning"
        ),
        Problem("empty_cell", CSV, row=3, column="start", severity="warning"),
        Problem("guessed_value", "raw/2016H2/observations.csv", row=4, found="a", severity="guess"),
    ]
    soup = BeautifulSoup(page(quality(raw, Period.parse("2017H1")), "en"), "html.parser")
    assert [h.get_text() for h in soup.select("section[aria-labelledby=wrong] h3")] == [CSV]
    earlier = soup.select_one("section[aria-labelledby=earlier]")
    assert [h.get_text() for h in earlier.select("h3")] == ["raw/2016H2/observations.csv"]
    assert "errors 0, warnings 1" in earlier.get_text()
    assert not soup.select("#guesses")
    told = {dt.get_text(): dt.find_next("dd").get_text() for dt in soup.select("dt")}
    assert (told["Warnings"], told["Tentative readings"]) == ("1", "0")


def test_who_has_filed(read):
    _, soup = read("en")
    told = {r["Organisation"]: (r["Status"], r["Submitted on"]) for r in rows(soup, ".filing")}
    assert told["Kostanay"] == ("on time", "10 July 2017")
    assert told["Almaty city"] == ("days late: 5", "20 July 2017")
    assert told["Pavlodar"] == ("not submitted", "")
    note = soup.select_one("section[aria-labelledby=filing] p").get_text()
    assert note.startswith("Deadline: 15 July 2017.")
    assert note.endswith("late: 1.")


def test_a_file_of_nothing_but_wrong_cells_makes_a_small_page(raw):
    raw = intake.Raw(raw.tables, {XLSX: "0" * 64}, items=raw.items)
    cells = [
        (r, c) for r in range(2, 10_002) for c in ("value", "start", "end", "outlet", "a", "b", "c", "d")
    ]
    raw.problems = [
        Problem("not_number", XLSX, row=r, column=c, found=f"{c}{r} " + "ж" * 500) for r, c in cells
    ]
    raw.problems += [
        Problem("unknown_column", XLSX, row=1, column=f"x{n}", found=f"x{n}", expected="ж" * 5000)
        for n in range(20_000)
    ]
    assert len(page(quality(raw, Period.parse("2017H1")), "ru").encode()) < 300_000


@EVERYWHERE
def test_data_in_order_are_said_to_be(raw, code):
    raw = intake.Raw(raw.tables, {CSV: "0" * 64}, items=raw.items)
    soup = BeautifulSoup(page(quality(raw, Period.parse("2017H1")), code), "html.parser")
    assert not soup.select("#wrong, #guesses, #accounts, .synthetic")
    assert "aqparat check" not in soup.get_text()


def test_the_page_is_the_same_each_time(raw):
    gathered = quality(raw, Period.parse("2017H1"))
    assert page(gathered, "kk") == page(gathered, "kk")
