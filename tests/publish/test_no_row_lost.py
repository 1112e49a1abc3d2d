"""No row is read for nothing: what stands in any column of a raw table can be found in what is published."""

import csv
import io
import json

import pytest
from aqparat.data.schemas import REFERENCE, TABLES
from aqparat.publish import package

ROWS = {  # every column of every table, with what stands nowhere else in the table
    "organisations": {
        "code": "MRK", "name_kk": "Белгі ұйымы", "name_ru": "Организация Метка",
        "name_en": "Mark organisation", "kind": "district",
        "parent": "KUS", "iso_3166_2": "KZ-99", "grid_row": "77", "grid_column": "78",
        "valid_from": "2001-02-03", "valid_to": "2031-02-03", "successors": "KUS ATY",
    },
    "outlets": {
        "code": "mark-paper", "name_kk": "«Белгі»", "name_ru": "«Метка»", "name_en": "Mark",
        "channel": "magazine", "level": "district", "publisher": "MRK", "issues_per_month": "7.5",
        "valid_from": "2002-02-03",
        "valid_to": "2032-02-03",
    },
    "indicators": {
        "code": "marks", "name_kk": "белгілер", "name_ru": "метки", "name_en": "marks", "unit": "mark",
        "tier": "outcome", "decimals": "3",
    },
    "aliases": {"alias": "Белгі журналы", "table": "outlets", "code": "mark-paper"},
    "union": {"name_kk": "Белгі кәсіподағы", "name_ru": "Профсоюз «Метка»", "name_en": "Union of Marks"},
    "observations": {
        "indicator": "marks", "organisation": "TOTAL", "outlet": "mark-paper", "channel": "magazine",
        "start": "2017-02-03", "end": "2017-03-04", "value": "4321", "qualifier": "at_least",
        "named": "KUS ATY", "extreme": "highest", "source": "source of a figure",
    },
    "publications": {
        "date": "2017-05-06", "organisation": "MRK", "outlet": "mark-paper", "title": "Title of an item",
        "language": "kk", "format": "audio", "url": "https://example.org/mark",
        "speaker": "role of a speaker",
    },
    "activities": {
        "organisation": "MRK", "kind": "briefing", "start": "2017-03-05", "end": "2017-03-06",
        "per_year": "17", "participants": "654", "qualifier": "less_than",
        "partner": "Partner of an activity",
        "source": "source of an activity",
    },
    "highlights": {
        "organisation": "MRK", "topic": "mark", "text_kk": "Белгі туралы", "text_ru": "О метке",
        "text_en": "About a mark", "source": "source of a highlight",
    },
    "measures": {
        "code": "M-77", "organisation": "MRK", "text_kk": "Белгі қою", "text_ru": "Поставить метку",
        "text_en": "Set a mark", "indicator": "marks", "target": "876", "due": "2017-12-13",
        "status": "under_way", "source": "source of a measure", "note": "note on a measure",
    },
}  # fmt: skip


def line(values):
    """Return values as a line of CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(values)
    return text.getvalue()


@pytest.fixture(scope="module")
def published(folder_at, tmp_path_factory):
    """Return the folder of a package made from these rows."""
    folder = folder_at(tmp_path_factory.mktemp("marked"))
    for table, row in ROWS.items():
        file = f"reference/{table}.csv" if table in REFERENCE else f"2017H1/{table}-mark.csv"
        if table in REFERENCE and table != "union":
            heading = folder.text(file).splitlines()[0].lstrip("\ufeff").split(",")
            folder.append(file, line([row[name] for name in heading]))
        else:
            folder.write(file, f"{line(row)}\n{line(row.values())}\n")
    out = tmp_path_factory.mktemp("package")
    package.write(out, folder.load())
    return out


def test_every_column_is_tried():
    assert {table: set(row) for table, row in ROWS.items()} == {
        table: set(schema.columns) for table, schema in TABLES.items()
    }


@pytest.mark.parametrize("table", [table for table in TABLES if table != "union"])
def test_every_column_of_a_table_is_published(published, table):
    with (published / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert any(ROWS[table].items() <= row.items() for row in rows), table


def test_the_names_of_the_union_are_published(published):
    told = json.loads((published / "datapackage.json").read_text(encoding="utf-8"))["union"]
    assert told == {name.removeprefix("name_"): text for name, text in ROWS["union"].items()}


def test_every_row_says_where_it_is_from(published):
    for table, row in ROWS.items():
        if table != "union":
            with (published / f"{table}.csv").open(encoding="utf-8", newline="") as file:
                (found,) = (told for told in csv.DictReader(file) if row.items() <= told.items())
            assert found["sources"].startswith("raw/"), table
