import hashlib
from unittest.mock import Mock

import pandas as pd
import pytest
from aqparat import memory
from aqparat.data.reading import files, intake
from aqparat.data.reading.files import DataFolderError
from aqparat.period import Period
from aqparat.problem import DataError

OBSERVATIONS = "2017H1/observations.csv"
HIGHLIGHTS = "2017H1/highlights.csv"


def told(problem):
    return (problem.code, problem.row, problem.column, problem.found, problem.nearest)


def test_the_raw_data_of_the_repository_are_in_order(folder):
    raw = intake.read(folder.path, Period.parse("2017H1"))
    assert raw.problems == []
    assert len(raw.tables["observations"]) == 31
    content = (folder.path / "raw" / OBSERVATIONS).read_bytes()
    assert raw.files[f"raw/{OBSERVATIONS}"] == hashlib.sha256(content).hexdigest()


WRONG_CELLS = [  # each in a row of its own, so that one reading finds them all
    ("2017-06-30,306", "2017-02-30,306",
     ("no_such_day", 2, "end", "2017-02-30", None)),
    ("2016-01-01,2016-12-31,499", "01.01.16,2016-12-31,499",
     ("not_date", 3, "start", "01.01.16", "2016-01-01")),
    ("161,exact", "-161,exact",
     ("range", 4, "value", "-161", None)),
    ("PAR,union-site,,2015-01-01,2015-12-31,0", "PAR,union-site,,2015-12-31,2015-01-01,0",
     ("end_before_start", 5, "end", "2015-01-01", None)),
    ("31,7,exact,,lowest", "31,,exact,,lowest",
     ("empty_cell", 7, "value", None, None)),
    ("3331,exact", "много,exact",
     ("not_number", 14, "value", "много", None)),
    ("3965,exact", "٣,exact",
     ("not_number", 15, "value", "٣", None)),
    ("4746,exact", "4746,exect",
     ("not_choice", 16, "qualifier", "exect", "exact")),
    ("60,more_than", "60,more",
     ("not_choice", 17, "qualifier", "more", "more_than")),
    ("ATY AKT KUS KAR,", "ATY AKT KUS KRA,",
     ("unknown_organisation", 21, "named", "KRA", "KAR")),
    ("broadcasts,CEN", "broadcasts,CEM",
     ("unknown_organisation", 23, "organisation", "CEM", "CEN")),
    ("trained,AKT", "traned,AKT",
     ("unknown_indicator", 25, "indicator", "traned", "trained")),
    ("KUS,kostanay-aqu-site", "KUS,kostanai-aqu-site",
     ("unknown_outlet", 29, "outlet", "kostanai-aqu-site", "kostanay-aqu-site")),
    ("copies,KUS", "copies,KUZ",
     ("unknown_organisation", 31, "organisation", "KUZ", "KUS")),
]  # fmt: skip


@pytest.fixture(scope="module")
def wrong_cells(folder_at, tmp_path_factory):
    folder = folder_at(tmp_path_factory.mktemp("wrong"))
    for old, new, _ in WRONG_CELLS:
        folder.change(OBSERVATIONS, old, new)
    return {problem.row: problem for problem in folder.problems()}


@pytest.mark.parametrize("expected", [case[-1] for case in WRONG_CELLS])
def test_a_wrong_cell_is_named_with_its_place(wrong_cells, expected):
    problem = wrong_cells[expected[1]]
    assert told(problem) == expected
    assert (problem.file, problem.severity) == (f"raw/{OBSERVATIONS}", "error")


def test_nothing_else_is_found_beside_the_wrong_cells(wrong_cells):
    assert set(wrong_cells) <= {expected[1] for *_, expected in WRONG_CELLS}


def test_too_many_or_too_few_cells_in_a_row(folder):
    folder.change(OBSERVATIONS, "copies,KUS,qazaqstan-kasipodagy,", "copies,KUS,")
    folder.change(OBSERVATIONS, "copies,KUS,bilimdi-el,", "copies,KUS,bilimdi-el,,")
    few, many = folder.problems()
    assert told(few) == ("cells", 31, None, "10", None)
    assert told(many) == ("cells", 32, None, "12", None)
    assert few.expected == many.expected == "11"


def test_everything_wrong_is_found_in_one_pass(folder):
    folder.change(OBSERVATIONS, "306,exact", "-306,exacty")
    folder.change(OBSERVATIONS, "copies,KUS", "copies,KUZ")
    folder.change("reference/outlets.csv", ",website,sector,", ",vebsite,sector,")
    found = [(p.file.split("/")[-1], p.row, p.code) for p in folder.problems()]
    assert found == [
        ("observations.csv", 2, "not_choice"),
        ("observations.csv", 2, "range"),
        ("observations.csv", 31, "unknown_organisation"),
        ("outlets.csv", 2, "not_choice"),
    ]


def test_data_not_in_order_are_not_loaded(folder):
    folder.change(OBSERVATIONS, "copies,KUS", "copies,KUZ")
    with pytest.raises(DataError, match="row 31, column organisation") as error:
        folder.load()
    assert [p.found for p in error.value.problems] == ["KUZ"]


def test_a_missing_column_stops(folder):
    folder.change(OBSERVATIONS, ",value,", ",valeu,")
    unknown, missing = sorted(folder.problems(), key=lambda p: p.severity, reverse=True)
    assert (missing.code, missing.row, missing.column) == ("missing_column", 1, "value")
    assert (missing.nearest, missing.severity) == ("valeu", "error")
    assert told(unknown) == ("unknown_column", 1, "valeu", "valeu", "value")


def test_an_unknown_column_is_only_a_warning(folder):
    folder.change(OBSERVATIONS, ",extreme,", ",extrem,")
    (problem,) = folder.problems()
    assert told(problem) == ("unknown_column", 1, "extrem", "extrem", "extreme")
    assert problem.severity == "warning"


def test_the_order_of_columns_is_free(folder, tables):
    first, *rest = folder.text(OBSERVATIONS).splitlines()
    turned = [",".join([line.split(",", 1)[1], line.split(",", 1)[0]]) for line in (first, *rest)]
    folder.write(OBSERVATIONS, "\n".join(turned) + "\n")
    assert folder.load().observations.equals(tables.observations)


def test_a_day_may_be_first_and_last(folder):
    folder.append("2017H1/activities.csv", "KUS,seminar,2017-03-01,2017-03-01,,30,exact,,x")
    assert folder.problems() == []


def test_a_repeated_column_stops(folder):
    folder.change(OBSERVATIONS, ",extreme,", ",value,")
    (problem,) = folder.problems()
    assert told(problem)[:3] == ("repeated_column", 1, "value")


def test_a_code_given_twice_is_named_in_both_rows(folder):
    folder.append("reference/organisations.csv", "KUS,Қ,К,K,oblast,,,,,,,")
    assert [told(p)[:4] for p in folder.problems()] == [
        ("repeated_key", 12, "code", "KUS"),
        ("repeated_key", 30, "code", "KUS"),
    ]


def test_invalid_utf8_is_found_in_its_row(folder):
    text = folder.text(HIGHLIGHTS).encode().replace("«Білімді ел»".encode(), b"\xab\xc0", 1)
    folder.write(HIGHLIGHTS, text)
    (problem,) = folder.problems()
    assert told(problem)[:2] == ("encoding", 5)
    assert problem.expected == "UTF-8"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(folder):
    text = folder.text(OBSERVATIONS).replace("\n", "\r\n")
    folder.write(OBSERVATIONS, b"\xef\xbb\xbf" + text.encode())
    raw = intake.read(folder.path, Period.parse("2017H1"))
    assert raw.problems == []
    assert len(raw.tables["observations"]) == 31


def test_empty_files(folder):
    folder.write("2017H1/activities.csv", "")
    folder.write(OBSERVATIONS, "\n \n")
    assert [(p.code, p.file) for p in folder.problems()] == [
        ("empty_file", "raw/2017H1/activities.csv"),
        ("empty_file", f"raw/{OBSERVATIONS}"),
    ]


def test_a_heading_alone_is_a_table_without_rows(folder):
    folder.write("2017H1/publications.csv", "date,organisation,outlet,title\n")
    assert folder.problems() == []


def test_a_heading_alone_needs_no_line_end(folder):
    folder.write("2017H1/publications.csv", "date,organisation,outlet,title")
    assert folder.problems() == []


def test_an_unknown_file_is_named_with_the_nearest(folder):
    folder.write("2017H1/observation.csv", "a,b\n1,2\n")
    (problem,) = folder.problems()
    assert (problem.code, problem.file) == ("unknown_file", "raw/2017H1/observation.csv")
    assert (problem.found, problem.nearest) == ("observation.csv", "observations.csv")


def test_hidden_and_lock_files_are_passed_over(folder):
    folder.write("2017H1/.DS_Store", "")
    folder.write("2017H1/~$KUS.xlsx", "")
    assert folder.problems() == []


def test_blank_rows_keep_the_row_numbers(folder):
    folder.change(OBSERVATIONS, "\n", "\n\n,,,,,,,,,,\n , ,,,,,,,,,\n")
    folder.change(OBSERVATIONS, "copies,KUS", "copies,KUZ")
    (problem,) = folder.problems()
    assert (problem.code, problem.row) == ("unknown_organisation", 34)


def test_a_cell_of_several_lines_is_one_row(folder):
    folder.change(OBSERVATIONS, '"source document, paragraph 5"', '"source document,\nparagraph 5"')
    folder.change(OBSERVATIONS, "copies,KUS", "copies,KUZ")
    (problem,) = folder.problems()
    assert (problem.code, problem.row) == ("unknown_organisation", 31)


def test_one_table_in_two_files(folder):
    lines = folder.text(OBSERVATIONS).replace("copies,KUS", "copies,KUZ", 1).splitlines(True)
    folder.write(OBSERVATIONS, "".join(lines[:25]))
    folder.write("2017H1/observations-KUS.csv", "".join([lines[0], *lines[25:]]))
    raw = intake.read(folder.path, Period.parse("2017H1"))
    values = raw.tables["observations"].set_index(["file", "row"])["value"]
    assert len(values) == 31
    assert values[f"raw/{OBSERVATIONS}", 25] == "10000"
    assert values["raw/2017H1/observations-KUS.csv", 8] == "571"
    (problem,) = raw.problems
    assert (problem.file, problem.row) == ("raw/2017H1/observations-KUS.csv", 7)


def test_a_missing_reference_table(folder):
    (folder.path / "raw/reference/aliases.csv").unlink()
    (problem,) = folder.problems()
    assert (problem.code, problem.file) == ("missing_table", "raw/reference/aliases.csv")


def test_batches_up_to_the_period_oldest_first(folder):
    for name in ("2016H2", "2017H2", "2018H1", "notes"):
        (folder.path / "raw" / name).mkdir()
    assert files.batches(folder.path, Period.parse("2017H1")) == ["2016H2", "2017H1"]
    assert files.batches(folder.path, Period.parse("2017")) == ["2016H2", "2017H1", "2017H2"]


def test_no_batch_for_the_period(folder):
    with pytest.raises(DataFolderError) as error:
        folder.load("2016H2")
    assert (error.value.code, error.value.period) == ("no_batch", "2016H2")


def test_no_data_folder(tmp_path):
    with pytest.raises(DataFolderError) as error:
        files.find(tmp_path / "nowhere")
    assert (error.value.code, error.value.path) == ("no_data", str(tmp_path / "nowhere"))


def test_the_data_folder_is_looked_for_above(folder, monkeypatch):
    notebooks = folder.path.parent / "notebooks"
    notebooks.mkdir()
    monkeypatch.chdir(notebooks)
    assert files.find("data") == folder.path


def test_what_lies_in_no_folder_of_a_period_is_told(folder):
    folder.write("KUS.xlsx", b"x")
    folder.write("2017-2/KUS.csv", "x")
    folder.write("2018H1/publications.csv", "x")  # later, and not of this report
    folder.write("2017H1/.DS_Store", "x")
    told = {p.file: (p.code, p.severity) for p in folder.problems()}
    assert told == {"raw/2017-2": ("unknown_batch", "warning"), "raw/KUS.xlsx": ("unknown_batch", "warning")}


CHANGES = [
    (OBSERVATIONS, ",306,exact,", ",307,exact,"),
    (OBSERVATIONS, ",307,exact,", ",-307,exact,"),
    (HIGHLIGHTS, "CEN,site,", "CEM,site,"),
    ("reference/organisations.csv", "\nKUS,", "\nKUZ,"),  # a code that other files have
    ("reference/organisations.csv", "\nKUZ,", "\nKUS,"),
]


def test_what_a_reading_takes_over_from_the_one_before_is_as_if_read_anew(folder, monkeypatch):
    period, rows_of = Period.parse("2017H1"), Mock(wraps=intake.rows_of)
    monkeypatch.setattr(intake, "rows_of", rows_of)
    rounds = {}
    for change in CHANGES:
        monkeypatch.setattr(memory, "_rounds", rounds)
        intake.read(folder.path, period)
        folder.change(*change)
        rows_of.reset_mock()
        again = intake.read(folder.path, period)
        read = {call.args[0].file for call in rows_of.call_args_list}
        of_reference = change[0].startswith("reference")
        assert read >= {f"raw/{change[0]}"} and (len(read) > 1) == of_reference
        monkeypatch.setattr(memory, "_rounds", None)
        anew = intake.read(folder.path, period)
        assert (again.problems, again.accounts, again.files) == (anew.problems, anew.accounts, anew.files)
        for name in anew.tables:
            pd.testing.assert_frame_equal(again.tables[name], anew.tables[name])
            pd.testing.assert_frame_equal(again.typed[name], anew.typed[name])
