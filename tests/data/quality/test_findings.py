import pytest
from aqparat.data.quality.findings import EXAMPLES, KINDS, findings
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
