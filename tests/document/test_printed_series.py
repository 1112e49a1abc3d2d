from aqparat.document.series import code, names, places, rows


def entry(number, series, inputs=(), sources=(), who=""):
    return {
        "id": f"volume.{series}.{who or number}",
        "number": number,
        "series": [series],
        "inputs": [(n, n) for n in inputs],
        **({"sources": [{"file": f, "sheet": "", "rows": r} for f, r in sources]} if sources else {}),
        **({"who": [who]} if who else {}),
    }


ENTRIES = [
    entry(1, "items", inputs=[3, 4]),
    entry(2, "growth", inputs=[1, 5]),
    entry(3, "items", sources=[("a.csv", "2, 5–9")], who="KUS"),
    entry(4, "items", sources=[("a.csv", "3–4"), ("b.csv", "7")], who="ALM"),
    entry(5, "before", sources=[("b.csv", "8")]),
]


def test_a_row_stands_for_a_series():
    made = rows(ENTRIES, [])
    assert [(row.number, row.what) for row in made] == [(1, ["items"]), (2, ["growth"]), (3, ["before"])]
    assert [len(row.entries) for row in made] == [3, 1, 1]
    assert [row.alone and row.alone["number"] for row in made] == [None, 2, 5]


def test_it_refers_to_the_rows_it_is_computed_from_but_not_to_itself():
    assert [row.inputs for row in rows(ENTRIES, [])] == [[], [(1, 1), (3, 3)], []]


def test_raw_rows_are_put_together_by_file():
    assert rows(ENTRIES, [])[0].sources == [
        {"file": "a.csv", "sheet": "", "rows": "2–9", "count": 0},
        {"file": "b.csv", "sheet": "", "rows": "7", "count": 0},
    ]


def test_rows_in_many_places_are_told_by_their_ends_and_number():
    scattered = [entry(n, "items", sources=[("a.csv", f"{6 * n}–{6 * n + 1}")]) for n in range(1, 7)]
    assert rows(scattered, [])[0].sources == [{"file": "a.csv", "sheet": "", "rows": "6–37", "count": 12}]
    assert rows(scattered[:5], [])[0].sources[0]["rows"] == "6–7, 12–13, 18–19, 24–25, 30–31"


def test_only_numbers_that_are_not_printed_are_told():
    printed = ["volume.items.1", "volume.items.KUS", "volume.growth.2"]
    assert [[e["id"] for e in row.told] for row in rows(ENTRIES, printed)] == [
        ["volume.items.ALM"],
        [],
        ["volume.before.5"],
    ]


def test_every_number_has_the_place_of_its_row():
    assert places(rows(ENTRIES, [])) == {
        "volume.items.1": "row-1",
        "volume.growth.2": "row-2",
        "volume.items.KUS": "row-1",
        "volume.items.ALM": "row-1",
        "volume.before.5": "row-3",
    }


def test_organisations_are_told_by_their_codes():
    assert [code(e) for e in ENTRIES] == ["", "", "KUS", "ALM", ""]
    assert names(rows(ENTRIES, ["volume.items.KUS"])) == {"ALM": ["ALM"]}
    assert names(rows(ENTRIES, [])) == {"ALM": ["ALM"], "KUS": ["KUS"]}
