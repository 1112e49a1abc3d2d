import pytest
from aqparat.data.quality.findings import EXAMPLES, KINDS, amount, findings
from aqparat.problem import Problem

FILE = "raw/2017H1/observations.csv"


def wrong(row, found="жоқ", column="value", **more):
    return Problem("not_number", FILE, row=row, column=column, found=found, **more)


def test_the_same_fault_in_many_rows_is_one_finding():
    (found,) = findings([wrong(row) for row in (9, 2, 5, 6, 7)])
    assert found.rows == ((2, 2), (5, 7), (9, 9))
    assert (found.count, found.found, found.more) == (5, ("жоқ",), False)


@pytest.mark.parametrize("other", [{"column": "target"}, {"found": "бар"}, {"sheet": "2"}, {"nearest": "5"}])
def test_different_faults_stand_apart(other):
    assert len(findings([wrong(2), wrong(3, **other)])) == 2


def test_a_column_of_nothing_but_wrong_cells_is_told_in_a_few_lines():
    problems = [wrong(row, f"{row} шт") for row in range(2, 100_002)]
    found = findings([*problems, wrong(200_000), wrong(200_001)])
    assert len(found) == KINDS
    assert sum(f.count for f in found) == 100_002
    assert [f.found for f in found if f.count == 2] == [("жоқ",)]  # what is met most often stands by itself
    (shared,) = [f for f in found if f.more]
    assert len(shared.found) == EXAMPLES


def test_errors_come_first_then_the_order_of_the_file():
    told = [
        wrong(2, severity="warning"),
        wrong(10),
        wrong(9, column="target"),
        Problem("empty_file", FILE),
    ]
    assert [(f.problem.severity, f.rows) for f in findings(told)] == [
        ("error", ()),
        ("error", ((9, 9),)),
        ("error", ((10, 10),)),
        ("warning", ((2, 2),)),
    ]


def column(file, name="Ескерту", code="unknown_column", table="indicator, value"):
    return Problem(code, f"raw/2017H1/{file}", row=1, column=name, expected=table, severity="warning")


def test_a_column_of_several_files_counts_once():
    """Else the number would tell how a table is cut into files."""
    parts = [column("observations-1.csv"), column("observations-2.csv")]
    assert amount(parts) == amount(parts[:1]) == 1
    assert amount([*parts, column("observations-2.csv", "Түсініктеме")]) == 2
    assert amount([*parts, column("activities.csv", table="kind, start")]) == 2
    assert amount([*parts, column("../2017H2/observations.csv")]) == 2


def test_columns_without_a_name_count_as_many_as_one_file_has():
    none = {"name": None, "code": "no_column_name"}
    assert amount([column("a.csv", **none), column("b.csv", **none), column("b.csv", **none)]) == 2


def test_rows_count_one_by_one_and_those_told_together_too():
    rest = Problem("more", FILE, row=52, column="value", found="7", expected="52–58")
    assert amount([wrong(2), wrong(3), rest]) == 9
