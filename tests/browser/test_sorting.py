import base64
import csv
import io
import re

import pytest
from aqparat import kazakh

ORGANISATIONS = "#table-site_lowest"


def column(page, table, number):
    cells = page.locator(f"{table} tbody tr").all()
    return [row.locator("th, td").nth(number).inner_text() for row in cells]


def head(page, table, number):
    return page.locator(f"{table} thead th").nth(number)


def test_a_click_sorts_by_number_and_leaves_the_unknown_last(visit):
    page = visit()
    at = head(page, ORGANISATIONS, 3)
    at.locator("button").click()
    assert at.get_attribute("aria-sort") == "descending"  # the greatest are looked for first
    assert column(page, ORGANISATIONS, 3) == ["4", "3", "3", "2", "", ""]
    at.locator("button").click()
    assert at.get_attribute("aria-sort") == "ascending"
    assert column(page, ORGANISATIONS, 3) == ["2", "3", "3", "4", "", ""]
    assert page.locator("[aria-sort]").count() == 1


def test_the_keyboard_sorts(visit):
    page = visit()
    head(page, ORGANISATIONS, 0).locator("button").focus()
    page.keyboard.press("Enter")
    names = column(page, ORGANISATIONS, 0)
    assert names == sorted(names, key=kazakh.sort_key)
    assert names[0] == "Алматы облысы"
    page.keyboard.press("Space")
    assert column(page, ORGANISATIONS, 0) == names[::-1]


def test_a_name_that_repeats_is_seen_once_and_again_where_rows_of_others_stand_between(visit):
    page = visit()
    page.evaluate(
        """(table) => {
        const rows = [...document.querySelectorAll(`${table} tbody tr`)].slice(0, 4);
        ["А", "А", "Ә", "Ә"].forEach((name, i) => {
            rows[i].cells[0].textContent = name;
            rows[i].cells[2].innerHTML = `<data value="${[1, 3, 2, 4][i]}">${[1, 3, 2, 4][i]}</data>`;
        });
        document.querySelector(`${table} tbody`).replaceChildren(...rows);
    }""",
        ORGANISATIONS,
    )

    def again():
        rows = page.locator(f"{ORGANISATIONS} tbody th").all()
        return ["again" in (row.get_attribute("class") or "") for row in rows]

    head(page, ORGANISATIONS, 0).locator("button").click()
    assert again() == [False, True, False, True]
    head(page, ORGANISATIONS, 2).locator("button").click()
    assert [*zip(column(page, ORGANISATIONS, 0), again(), strict=True)] == [
        ("Ә", False), ("А", False), ("Ә", False), ("А", False),
    ]  # fmt: skip


KAZAKH = [
    "Аксу", "Ақмола", "Алматы", "Әйтеке", "Гагарин", "Ғани", "Есіл", "Ёлка", "Қазан", "Каратау", "Нұра",
    "Ңағыз", "Өскемен", "Орал", "Ұзын", "Уральск", "Үлкен", "Хан", "Һадис", "Ыстық", "Ізбасар", "Ягодное",
    "«Ұстаз»", "үзен",
]  # fmt: skip
RUSSIAN = ["Ёлка", "Ель", "Ежи", "«Ясень»", "Яблоко", "Алма"]


def resorted(page, names):
    """Put names into the first column of a table, and sort it there."""
    page.evaluate(
        """([table, names]) => {
            const body = document.querySelector(`${table} tbody`), row = body.rows[0];
            body.replaceChildren(...names.map((name) => {
                const copy = row.cloneNode(true);
                copy.cells[0].textContent = name;
                return copy;
            }));
        }""",
        [ORGANISATIONS, names],
    )
    head(page, ORGANISATIONS, 0).locator("button").click()
    return column(page, ORGANISATIONS, 0)


def test_kazakh_stands_in_the_order_of_its_alphabet(visit):
    expected = sorted(KAZAKH, key=kazakh.sort_key)
    assert expected != sorted(KAZAKH)
    assert resorted(visit(), KAZAKH) == expected


def test_russian_stands_in_the_order_of_its_alphabet(visit):
    page = visit("ru/report.html")
    assert resorted(page, RUSSIAN) == ["Алма", "Ежи", "Ёлка", "Ель", "Яблоко", "«Ясень»"]


def test_times_are_sorted_as_times(visit):
    page = visit()
    times = page.locator("#table-copies tbody th time")
    assert times.evaluate_all("times => times.map((time) => time.dateTime)") == ["2015", "2016", "2017"]
    words = ["Үшінші", "Екінші", "Бірінші"]  # in another order than the times
    times.evaluate_all(
        "(times, words) => times.forEach((time, i) => { time.textContent = words[i]; })", words
    )
    assert sorted(words, key=kazakh.sort_key) != words
    at = head(page, "#table-copies", 0).locator("button")
    at.click()
    assert column(page, "#table-copies", 0) == words
    at.click()
    assert column(page, "#table-copies", 0) == words[::-1]


def held(link):
    """Read the CSV that a link holds."""
    kind, _, content = link.get_attribute("href").partition(";base64,")
    assert kind == "data:text/csv;charset=utf-8"
    return list(csv.reader(io.StringIO(base64.b64decode(content).decode("utf-8-sig"))))


@pytest.mark.parametrize("code", ["kk", "en"])
def test_every_chart_and_table_holds_its_data(visit, code):
    page = visit(f"{code}/report.html")
    links = page.locator("a[download]").all()
    places = page.locator("figure, main .table, main .keys-of").all()
    assert [place.locator("a[download]").count() for place in places] == [1] * len(places)
    assert len(links) == len(places) >= 9
    for link in links:
        heads, *rows = held(link)
        assert rows
        assert all(heads)
        assert {len(row) for row in rows} == {len(heads)}
    names = {link.get_attribute("download") for link in links}
    assert len(names) == len(links)
    assert all(re.fullmatch(rf"2017H1-(figure|table|cards)-\w+-{code}\.csv", name) for name in names)
    assert f"2017H1-cards-key_figures-{code}.csv" in names


@pytest.mark.parametrize("place", ["#figure-site_periods", ".table.copies", "#cards-key_figures"])
def test_data_can_be_taken_as_a_file(visit, place):
    page = visit()
    link = page.locator(f"{place} a[download]")
    if place.startswith("#figure"):
        page.locator(f"{place} [role=tab]").last.click()
    with page.expect_download() as got:
        link.click()
    assert got.value.suggested_filename == link.get_attribute("download")
    content = got.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == held(link)


def test_the_csv_holds_numbers_as_numbers_and_bounds_as_words(visit):
    page = visit("en/report.html")
    copies = held(page.locator(".table.copies a[download]"))
    assert copies[0] == [
        "Period", "Qazaqstan Kasipodagy", "Change, Qazaqstan Kasipodagy", "Bilimdi El", "Change, Bilimdi El",
    ]  # fmt: skip
    assert copies[-1] == ["2017", "4746", "0.196973518285", "1525", "1.11805555556"]
    [card] = [row for row in held(page.locator("#cards-key_figures a[download]")) if "4746" in row]
    assert (card[1], card[-1]) == ("2017", "0.196973518285")
    carried = held(page.locator(".table.carried a[download]"))
    assert carried[1][:3] == ["Qazaqstan Kasipodagy", "2016", "more than 60"]
