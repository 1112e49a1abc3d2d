import io
import zipfile

import openpyxl
import pytest
from aqparat.problem import Problem
from aqparat.publish import annotated
from aqparat.words.languages import language
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

FILE = "raw/2017H2/KUS.xlsx"
EN = language("en")


@pytest.fixture
def book():
    """A workbook as an organisation sends it: titles above the headings, a list, a formula, a note."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Сандар"
    sheet.append(["Қостанай облыстық ұйымы"])
    sheet.append([])
    sheet.append(["Көрсеткіш / Показатель", "Ұйым", "start", "Value*", "Ескерту"])
    sheet.append(["publications", "KUZ", "2017-13-01", 5, None])
    sheet.append(["copies", "KUS", "2017-07-01", "=D4*2", None])
    sheet.merge_cells("A5:A6")
    sheet["B4"].font = Font(bold=True)
    sheet["D5"].comment = Comment("Тек сан", "Әділ")
    choice = DataValidation("list", formula1='"publications,copies"')
    choice.add("A4:A100")
    sheet.add_data_validation(choice)
    book.create_sheet("Тағы").append(["x"])
    return book


@pytest.fixture
def copy(book, tmp_path):
    """Mark the workbook with problems; give the copy."""

    def copy(*problems, code="en"):
        path = tmp_path / "data" / FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
        before = path.read_bytes()
        (made,) = annotated.write(tmp_path / "marked", tmp_path / "data", problems, language(code))
        assert made == tmp_path / "marked" / "KUS.xlsx"
        assert path.read_bytes() == before
        return openpyxl.load_workbook(made)

    return copy


def wrong(code="not_number", row=4, column="value", found="5", **more):
    return Problem(code, FILE, row=row, column=column, found=found, **{"sheet": "Сандар", **more})


def comments(book):
    return {(s.title, c.coordinate): c.comment.text for s in book for r in s for c in r if c.comment}


@pytest.mark.parametrize(
    "column, cell",
    [("indicator", "A4"), ("organisation", "B4"), ("start", "C4"), ("value", "D4"), ("Ескерту", "E4"),
     ("нет такого", "A4"), (None, "A4")],
)  # fmt: skip
def test_a_cell_is_found_by_its_heading(copy, column, cell):
    told = comments(copy(wrong(column=column)))
    assert EN.fault(wrong()) in told["Сандар", cell]
    assert set(told) == {("Сандар", cell), ("Сандар", "D5")}


@pytest.mark.parametrize(
    "place, cell",
    [
        ({"row": None, "column": None}, ("Сандар", "A1")),
        ({"row": None}, ("Сандар", "A1")),
        ({"row": 6, "column": "indicator"}, ("Сандар", "A5")),  # merged
        ({"sheet": "Тағы", "row": 1, "column": "x"}, ("Тағы", "A1")),
        ({"sheet": "Жоқ"}, ("Сандар", "D4")),
        ({"sheet": ""}, ("Сандар", "D4")),
    ],
)
def test_a_problem_without_a_place_of_its_own(copy, place, cell):
    assert cell in comments(copy(wrong(**place)))


def test_a_comment_says_what_is_wrong_in_the_language(copy):
    problem = wrong("unknown_organisation", column="organisation", found="KUZ", expected="KUS", nearest="KUS")
    cell = copy(problem, code="ru")["Сандар"]["B4"]
    assert "Организации «KUZ» нет" in cell.comment.text
    assert "Возможно, «KUS»?" in cell.comment.text
    assert cell.comment.author == "aqparat"


def test_cells_are_coloured_by_the_worst_of_their_problems(copy):
    sheet = copy(wrong(), wrong(severity="warning"), wrong(row=5, severity="warning"))["Сандар"]
    assert sheet["D4"].fill.fgColor.rgb == annotated.FILLS["error"]
    assert sheet["D5"].fill.fgColor.rgb == annotated.FILLS["warning"]
    assert sheet["C4"].fill.fgColor.rgb == PatternFill().fgColor.rgb


def test_what_the_author_made_is_kept(copy):
    book = copy(wrong(), wrong(row=5), wrong(column="organisation"))
    sheet = book["Сандар"]
    assert sheet["D5"].value == "=D4*2"
    assert sheet["D5"].comment.text.startswith("Тек сан\n")
    assert sheet["B4"].font.bold
    assert [str(r) for r in sheet.merged_cells.ranges] == ["A5:A6"]
    (validation,) = sheet.data_validations.dataValidation
    assert (validation.formula1, str(validation.sqref)) == ('"publications,copies"', "A4:A100")


def test_a_copy_mended_and_sent_again_loses_its_marks(copy, book, tmp_path):
    book_ = copy(wrong(), wrong(row=5))
    book_["Сандар"]["D4"].value = 6
    book_.save(tmp_path / "data" / FILE)
    problems = [wrong(row=4, column="start", found="2017-13-01")]
    (made,) = annotated.write(tmp_path / "marked", tmp_path / "data", problems, EN)
    again = openpyxl.load_workbook(made)
    told = comments(again)
    assert set(told) == {("Сандар", "C4"), ("Сандар", "D5")}
    assert told["Сандар", "D5"] == "Тек сан"
    assert again["Сандар"]["D4"].fill.fill_type is None


def test_copies_of_before_are_taken_away(copy, tmp_path):
    copy(wrong())
    assert annotated.write(tmp_path / "marked", tmp_path / "data", [], EN) == []
    assert not (tmp_path / "marked").exists()


def test_a_copy_that_somebody_has_changed_stays_as_it_is(copy, tmp_path):
    """The author mends the marked copy itself, and the check is made once more before it is moved."""
    book = copy(wrong())
    folder = tmp_path / "marked"
    (copied,) = folder.glob("*.xlsx")
    book["Сандар"]["D4"].value = 6
    book.save(copied)
    (folder / "letter.docx").write_bytes(b"mine")
    before = {path.name: path.read_bytes() for path in folder.glob("*.*") if path.name != ".written"}
    for problems in ([wrong()], [], [wrong(row=5)]):
        assert annotated.write(folder, tmp_path / "data", problems, EN) == []
        changed = annotated.changed_copies(folder)
        assert {path.name: path.read_bytes() for path in changed} == before
    for path in changed:
        path.unlink()
    assert annotated.write(folder, tmp_path / "data", [wrong()], EN) == [copied]
    assert annotated.changed_copies(folder) == []


def test_guesses_and_other_files_are_not_marked(tmp_path):
    problems = [wrong(severity="guess"), Problem("empty_file", "raw/2017H2/observations.csv")]
    assert annotated.write(tmp_path, tmp_path, problems, EN) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook", "empty archive"])
def test_a_workbook_that_cannot_be_opened_has_no_copy(tmp_path, content):
    if isinstance(content, str):
        made = io.BytesIO()
        zipfile.ZipFile(made, "w").close()
        content = made.getvalue()
    (tmp_path / "raw" / "2017H2").mkdir(parents=True)
    (tmp_path / FILE).write_bytes(content)
    assert annotated.write(tmp_path / "marked", tmp_path, [wrong()], EN) == []


def test_two_workbooks_of_one_name_have_two_copies(copy, tmp_path):
    copy(wrong())
    other = tmp_path / "data" / "raw" / "2017H1" / "KUS.xlsx"
    other.parent.mkdir()
    other.write_bytes((tmp_path / "data" / FILE).read_bytes())
    problems = [wrong(), Problem("empty_file", "raw/2017H1/KUS.xlsx")]
    made = annotated.write(tmp_path / "marked", tmp_path / "data", problems, EN)
    assert [p.name for p in made] == ["2017H1-KUS.xlsx", "2017H2-KUS.xlsx"]


def test_very_many_cells_are_coloured_and_counted(copy, monkeypatch):
    monkeypatch.setattr(annotated, "COMMENTS", 3)
    sheet = copy(*[wrong(row=r) for r in range(4, 24)])["Сандар"]
    assert sheet["D23"].fill.fgColor.rgb == annotated.FILLS["error"]
    assert len(comments(sheet.parent)) == 3 + 1  # one is the author's, D5
    assert "17" in sheet["A1"].comment.text


def test_two_runs_give_the_same_bytes(copy, tmp_path):
    copy(wrong())
    once = (tmp_path / "marked" / "KUS.xlsx").read_bytes()
    annotated.write(tmp_path / "marked", tmp_path / "data", [wrong()], EN)
    assert (tmp_path / "marked" / "KUS.xlsx").read_bytes() == once


def test_the_answers_of_a_form_are_marked_and_nothing_that_is_hidden(book, copy):
    form, sheet = book.create_sheet("form", 0), book.worksheets[-1]
    for row in (["organisation", "Ұйым", "KUZ"], ["period", "Кезең", "2016H2"]):
        form.append(row)
    form.column_dimensions["A"].hidden = True
    sheet.title = "publications"
    sheet.append(["date", "title", "url"])
    sheet.append([1, "Тамыз", None])
    sheet.row_dimensions[1].hidden = True
    sheet.column_dimensions.group("A", "B", hidden=True)
    made = copy(
        wrong("form_period", 2, "period", "2016H2", sheet="form"),
        wrong("unknown_organisation", 1, "organisation", "KUZ", sheet="form"),
        wrong("unknown_column", 1, "date", "date", sheet="publications"),
        wrong("not_date", 3, "date", "1", sheet="publications"),
    )
    assert set(comments(made)) - {("Сандар", "D5")} == {
        ("form", "C1"),
        ("form", "C2"),
        ("publications", "C2"),
        ("publications", "C3"),
    }


def test_a_cell_that_is_not_there_yet_is_unlocked_as_its_column(book, copy):
    sheet = book["Сандар"]
    for letters in ("D", "E"):
        sheet.column_dimensions[letters].protection = Protection(locked=False)
        sheet.column_dimensions[letters].number_format = "yyyy-mm-dd"
    sheet.row_dimensions[9].number_format = "0.00"
    sheet.protection.enable()
    made = copy(wrong(row=8), wrong(row=30), wrong(row=9), wrong(row=30, column="start"))["Сандар"]
    for place in ("D8", "D30"):
        assert (made[place].protection.locked, made[place].number_format) == (False, "yyyy-mm-dd")
        assert made[place].fill.fgColor.rgb == annotated.FILLS["error"]
    assert made["D9"].number_format == "0.00"  # a row goes before a column
    assert (made["C30"].protection.locked, made["C30"].number_format) == (True, "General")
