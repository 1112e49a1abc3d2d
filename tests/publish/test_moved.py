import pytest
from aqparat.publish.compare import compare
from aqparat.publish.comparison import show
from aqparat.publish.moved import counted_elsewhere

OBSERVATIONS = "indicator,organisation,outlet,channel,start,end,value,qualifier,source\n"
HALF = "2017-07-01,2017-12-31"


@pytest.fixture
def compared(folder, tmp_path):
    def compared(*rows):
        folder.write("2017H2/observations.csv", OBSERVATIONS + "".join(f"{row}\n" for row in rows))
        return compare("2017H1", "2017H2", folder.path, tmp_path / "reports")

    return compared


def test_what_is_told_without_its_channel_has_not_gone(compared):
    comparison = compared(f"broadcasts,CEN,,,{HALF},9,exact,form")
    (move,) = counted_elsewhere(comparison.before, comparison.after)
    assert (move.organisation, move.before, move.now) == ("CEN", [("", "television")], [("", "")])


def test_what_is_told_as_before_has_not_moved(compared):
    comparison = compared(f"broadcasts,CEN,,television,{HALF},9,exact,form")
    assert counted_elsewhere(comparison.before, comparison.after) == []


def test_a_period_has_not_moved_against_itself(folder, tmp_path):
    comparison = compare("2017H1", "2017H1", folder.path, tmp_path)
    assert counted_elsewhere(comparison.before, comparison.after) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "Орталық кеңес, теле- және радиобағдарламалар: теледидар → басылымы мен арнасы көрсетілмеген"),
        ("ru", "Центральный совет, теле- и радиопередачи: телевидение → без указания издания и канала"),
        ("en", "TV and radio programmes: television → no outlet or channel named"),
    ],
)
def test_a_comparison_says_so(compared, capsys, language, words):
    show(compared(f"broadcasts,CEN,,,{HALF},9,exact,form"), language)
    assert words in capsys.readouterr().out
