"""Every table, column and choice has a title in three languages, and a title points back to one code."""

import pytest
from aqparat.choices import LANGUAGES
from aqparat.data import schemas, titles
from aqparat.texts import together

COLUMNS = [(table, name) for table, schema in schemas.TABLES.items() for name in schema.columns]
CHOICES = [
    (table, name)
    for table, name in COLUMNS
    if schemas.TABLES[table].columns[name].allowed or name in ("language", "topic")
]


def named(titles_by_code):
    """List every text of a group of titles with its code."""
    return [(text, code) for code, by in titles_by_code.items() for text in by.values()]


@pytest.mark.parametrize("table", schemas.TABLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_of_a_table_are_there_and_distinct(table, language):
    assert titles.table(table, language)
    names = [*schemas.TABLES[table].columns, titles.PREVIOUS]
    headings = [titles.column(name, language).casefold() for name in names]
    assert len(set(headings)) == len(headings)
    assert all(len(heading) <= 30 for heading in headings)


@pytest.mark.parametrize("table, name", CHOICES)
def test_choices_are_those_of_the_schema(table, name):
    allowed = schemas.TABLES[table].columns[name].allowed
    texts = titles.choices(table, name)
    assert list(texts) == list(allowed or texts)
    assert texts
    spellings = titles.spellings_of_choices(table, name)
    group = titles._named(table, name)
    assert {spellings[titles.folded(text)] for text in texts.values()} == set(texts)
    for text, value in named(group):
        assert spellings[titles.folded(text)] == value, f"{text} stands for two values"
    for value in texts:
        assert all(titles.choice(titles._group(table, name), value, language) for language in LANGUAGES)
        assert spellings[value] == value


@pytest.mark.parametrize("table", schemas.TABLES)
def test_every_heading_points_to_one_column(table):
    spellings = titles.spellings_of_columns(table)
    for name in schemas.TABLES[table].columns:
        own = [titles.column(name, language) for language in LANGUAGES]
        for heading in (*own, name, titles.both(*own[:2])):
            assert spellings[titles.folded(heading)] == name, heading
            assert spellings[titles.folded(f"  {heading.upper()} *")] == name
    assert (titles.PREVIOUS in spellings) == (table in schemas.BATCH)


@pytest.mark.parametrize(
    "was, is_now",
    [
        (titles.spellings_of_columns("measures"), {"Жететін межесі": "target"}),
        (titles.spellings_of_columns("measures"), {"Жететін межесі / Целевое значение *": "target"}),
        (titles.spellings_of_choices("activities", "kind"), {"белсенділер мектебі": "activist_school"}),
        (
            titles.spellings_of_choices("activities", "kind"),
            {"шеберлік сабағы / мастер-класс": "master_class"},
        ),
        (titles.spellings_of_choices("publications", "language"), {"Русский": "ru", "қазақ тілі": "kk"}),
    ],
)
def test_names_of_forms_sent_out_before_are_read(was, is_now):
    assert {name: was[titles.folded(name)] for name in is_now} == is_now


def test_sheets_of_forms_sent_out_before_are_read():
    assert "Атап өтетін жайттар" in titles.tables("highlights")
    assert titles.tables("highlights")[:2] == ["highlights", titles.table("highlights", "kk")]


def test_former_names_stand_for_what_there_is():
    former, now = together("titles")["former"], together("titles")
    for group, named in former["choices"].items():
        assert named.keys() <= now["choices"][group].keys()
    assert former["tables"].keys() <= now["tables"].keys()
    assert former["columns"].keys() <= now["columns"].keys()


def test_no_title_is_left_over():
    asked = {"period", "filed", "complete"}  # by the first sheet of a form
    known = {name for _, name in COLUMNS} | {*titles.FORM_COLUMNS} | asked
    assert set(together("titles")["columns"]) == known
    assert set(together("titles")["tables"]) == set(schemas.TABLES)
    assert set(together("titles")["choices"]) == {titles._group(*place) for place in CHOICES}


def test_languages_agree_with_the_schema():
    assert list(titles.choices("publications", "language")) == list(LANGUAGES)


@pytest.mark.parametrize(
    "kk, ru, text",
    [("сайт", "сайт", "сайт"), ("газет", "газета", "газет / газета"), (" a\nb ", "a b", "a b")],
)
def test_both_names_in_one_text(kk, ru, text):
    assert titles.both(kk, ru) == text


def test_a_column_without_choices_has_no_spellings():
    assert titles.spellings_of_choices("publications", "title") == {}
