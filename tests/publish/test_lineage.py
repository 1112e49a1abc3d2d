from aqparat.publish.lineage import files, leaves, own_rows, places, tree
from handmade import FILE, fact

KUS = fact("volume.publications.KUS.union-site.2017H1", 5, rows="2-4")
SEM = fact("volume.publications.SEM.union-site.2017H1", 4, rows="4-6,9", file="raw/2017H1/SEM.csv")
TOTAL = fact("volume.publications.TOTAL.union-site.2017H1", 9, inputs=[KUS["id"], SEM["id"]])
SHARE = fact("share.publications.KUS.union-site.2017H1", 5 / 9, inputs=[KUS["id"], TOTAL["id"]])
RECORDS = {record["id"]: record for record in (SHARE, TOTAL, SEM, KUS)}


def test_inputs_are_walked_in_order_and_each_once():
    walked = [(depth, record["id"].split(".")[2], again) for depth, record, again in tree(SHARE, RECORDS)]
    assert walked == [(1, "KUS", False), (1, "TOTAL", False), (2, "KUS", True), (2, "SEM", False)]
    assert list(tree(KUS, RECORDS)) == []


def test_a_long_way_down_is_no_trouble():
    chain = {f"x{n}": {"id": f"x{n}", "inputs": [f"x{n + 1}"]} for n in range(5000)}
    chain["x5000"] = KUS
    assert list(leaves(chain["x0"], chain).values()) == [KUS]


def test_the_raw_rows_behind_a_fact():
    assert list(leaves(SHARE, RECORDS).values()) == [KUS, SEM]
    assert list(leaves(SEM, RECORDS).values()) == [SEM]
    assert files(SHARE, RECORDS) == {FILE, "raw/2017H1/SEM.csv"}
    assert files(None, RECORDS) == set()


def test_rows_are_put_together_by_file_and_sheet():
    again = KUS | {"sources": [*KUS["sources"], {"file": FILE, "sheet": "x", "rows": "7"}]}
    found = {place: rows.tolist() for place, rows in places([KUS, SEM, again]).items()}
    assert found == {
        (FILE, ""): [2, 3, 4],
        ("raw/2017H1/SEM.csv", ""): [4, 5, 6, 9],
        (FILE, "x"): [7],
    }


def test_a_row_is_another_one_if_the_number_it_alone_states_is():
    lone = fact("volume.copies.KUS.qk.2017", 538, rows="17")
    before = {r["id"]: r for r in (*RECORDS.values(), lone)}
    after = before | {lone["id"]: lone | {"value": 540}, KUS["id"]: KUS | {"value": 6}}
    assert own_rows(before, before) == {}
    assert own_rows(before, after) == {(FILE, ""): {17}}
    assert own_rows(before, RECORDS) == {(FILE, ""): {17}}
    assert own_rows(before, before | {lone["id"]: lone | {"low": 500}}) == {}
