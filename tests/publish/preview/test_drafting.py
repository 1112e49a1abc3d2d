"""A draft: the report as `aqparat report` has it, or what is wrong with what it is made from."""

import shutil

import aqparat.texts
import pytest
from aqparat.choices import LANGUAGES
from aqparat.period import Period
from aqparat.publish.order import Order
from aqparat.publish.preview import drafting
from aqparat.publish.run import publish
from reported import LIBRARY, data

PERIOD = Period.parse("2017H1")
OBSERVATIONS = "2017H1/observations.csv"


@pytest.fixture
def draft(tmp_path):
    """Make a draft."""
    (tmp_path / "drafts").mkdir()

    def draft(code="kk", organisations=(), raw=None):
        home = raw.path if raw else data()
        order = Order(PERIOD, (code,), ("html",), home, tmp_path / "reports", organisations, only=True)
        made = drafting.draft(order, tmp_path / "drafts")
        assert not list((tmp_path / "drafts").iterdir()) and not (tmp_path / "reports").exists()
        return made

    return draft


@pytest.fixture
def library(tmp_path, monkeypatch):
    """Give a copy of the program's texts, which it reads instead of its own."""
    copied = tmp_path / "lib"
    shutil.copytree(LIBRARY / "texts", copied / "texts", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(aqparat.texts, "_HERE", copied / "texts")
    monkeypatch.setattr(drafting, "_LIBRARY", copied)
    monkeypatch.chdir(tmp_path)
    aqparat.texts.forget()
    yield copied
    monkeypatch.undo()
    aqparat.texts.forget()


def relabelled(library, old, new):
    """Change a label of English."""
    labels = library / "texts" / "en" / "labels.toml"
    text = labels.read_text(encoding="utf-8")
    assert old in text
    labels.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("code", ["", "KUS"])
def test_it_is_the_report_byte_for_byte(tmp_path, code):
    order = Order(PERIOD, ("en",), ("html",), data(), tmp_path / "out", (code,) if code else (), only=True)
    made = drafting.draft(order, tmp_path)
    assert not order.out.exists()
    assert publish(order)
    own = order.target / "organisations" / code if code else order.target
    assert made == drafting.Draft((own / "en" / "report.html").read_bytes())
    showing = drafting.showing(order, tmp_path)  # neither a kernel nor a shell
    assert showing.is_whole and len(list(showing.cells())) > 20
    assert showing.document() == made.document


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_problem_of_the_data_is_told_with_its_place(draft, folder, code):
    folder.append(OBSERVATIONS, *[f'videos,K{n},,,2017-01-01,,{n},exact,,,"s"' for n in range(120)])
    made = draft(code, raw=folder)
    assert made.document == b"" and made.trace == ""
    assert sum(f"raw/{OBSERVATIONS}" in line for line in made.told) >= 8
    row, column = {"kk": ("-жол", "бағаны"), "ru": ("строка ", "столбец"), "en": ("row ", "column")}[code]
    assert all(row in line and column in line for line in made.told if OBSERVATIONS in line)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_batch_that_is_not_there_is_told(draft, folder, code):
    shutil.rmtree(folder.path / "raw" / "2017H1")
    (line,) = draft(code, raw=folder).told
    assert "2017H1" in line


def test_an_organisation_that_is_not_there_is_told_with_the_nearest(draft):
    (line,) = draft("en", ("KUZ",)).told
    assert line.startswith("There is no organisation “KUZ”.") and "Nearest: KUS" in line


def test_a_cell_that_fails_is_told_with_the_last_line_of_its_traceback(draft, failing):
    made = draft("en")
    assert made.told == ("Cell 3 of the notebook report.ipynb failed: ZeroDivisionError: meant",)
    assert 'raise ZeroDivisionError("meant")' in made.trace and "\x1b" not in made.trace


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        ("kk/narrative/site.md.j2", "Бір.\n{% if %}\n", "lib/texts/kk/narrative/site.md.j2:2: "),
        ("kk/narrative/site.md.j2", "\n\n{{ section | nothing }}\n", "lib/texts/kk/narrative/site.md.j2:3: "),
        ("kk/narrative/macros.j2", "{% macro %}\n", "lib/texts/kk/narrative/macros.j2:1: "),
        ("kk/labels.toml", "union = \n", "lib/texts/kk/labels.toml: "),
        ("ru/titles.toml", "= 1\n", "lib/texts/ru/titles.toml: "),
    ],
)
def test_a_file_of_texts_that_is_broken_is_named_with_its_line(library, file, text, place):
    (library / "texts" / file).write_text(text, encoding="utf-8")
    made = drafting.wrong(ValueError("what came of it"), "kk")
    assert made.document == b""
    assert made.told[0].startswith(place)


def test_a_template_that_is_broken_is_told(draft, library):
    (library / "texts/kk/narrative/answers/change.md.j2").write_text("{% endif %}", encoding="utf-8")
    file, cell = draft().told
    assert file.startswith("lib/texts/kk/narrative/answers/change.md.j2:1: TemplateSyntaxError: ")
    assert "report.ipynb" in cell and "TemplateSyntaxError" in cell


def test_a_label_that_is_missing_is_told(draft, library):
    labels = library / "texts" / "en" / "labels.toml"
    labels.write_text(
        labels.read_text(encoding="utf-8").replace("\ncontents = ", "\ncontent = "), encoding="utf-8"
    )
    made = draft("en")
    assert "no label 'report.contents'" in made.told[0] and made.trace


def test_texts_that_were_changed_are_read_again(draft, library):
    before = draft("en").document
    labels = library / "texts" / "en" / "labels.toml"
    labels.write_text(
        labels.read_text(encoding="utf-8").replace('contents = "Contents"', 'contents = "What"'),
        encoding="utf-8",
    )
    assert draft("en").document == before  # they are remembered
    aqparat.texts.forget()
    after = draft("en").document
    assert b"What" in after and after != before


def test_a_damaged_notebook_is_told(draft, failing):
    (failing / "notebooks" / "report.ipynb").write_text("{")
    (line,) = draft("en").told
    assert line.startswith("The notebook report.ipynb is damaged")
