import openpyxl
import pytest
from aqparat.period import Period
from aqparat.problem import Problem
from aqparat.publish import check, manifest, place
from aqparat.publish.order import Order
from aqparat.publish.run import publish

PERIOD = Period.parse("2017H1")
OBSERVATIONS = "2017H1/observations.csv"


@pytest.fixture
def checked(folder, tmp_path):
    return lambda *languages: check.check(PERIOD, languages or ("kk",), folder.path, tmp_path / "reports")


def test_pages_are_written_in_the_languages_asked_for(checked, tmp_path):
    found = checked("ru", "en")
    assert found.in_order
    assert found.annotated == []
    assert found.pages == [tmp_path / "reports" / "2017H1" / "quality" / f"{c}.html" for c in ("ru", "en")]
    assert [b'lang="ru"' in p.read_bytes() for p in found.pages] == [True, False]
    assert b"\r" not in found.pages[0].read_bytes()


def test_pages_are_written_of_data_not_in_order(checked, folder):
    folder.change(OBSERVATIONS, "copies,KUS,", "copies,KUZ,")
    found = checked("ru")
    assert not found.in_order
    assert "«KUZ»" in found.pages[0].read_text(encoding="utf-8")


def test_what_only_preparing_finds_is_there_too(checked, folder):
    line = folder.text(OBSERVATIONS).splitlines()[1]
    folder.append(OBSERVATIONS, line.replace("306", "307"))
    found = checked()
    assert {p.code for p in found.problems} == {"conflict"}
    assert not found.in_order


def test_a_wrong_workbook_has_a_marked_copy(folder, tmp_path, monkeypatch):
    (folder.path / "raw" / "2017H1").mkdir(exist_ok=True)
    openpyxl.Workbook().save(folder.path / "raw" / "2017H1" / "KUS.xlsx")
    read = check.intake.read

    def reading(*where):
        raw = read(*where)
        raw.problems = [Problem("empty_file", "raw/2017H1/KUS.xlsx")]
        return raw

    monkeypatch.setattr(check.intake, "read", reading)
    out = tmp_path / "reports"
    (copy,) = check.check(PERIOD, ("kk",), folder.path, out).annotated
    assert copy == out / "2017H1" / "quality" / "marked" / "KUS.xlsx"
    assert set(manifest.outputs(out / "2017H1")) == {"quality/kk.html"}  # it is not published


def test_two_checks_give_the_same_bytes(checked):
    once = checked().pages[0].read_bytes()
    assert checked().pages[0].read_bytes() == once


def test_a_check_leaves_the_page_of_a_report_that_stands_there(checked, folder, tmp_path):
    home = tmp_path / "reports" / "2017H1"
    assert publish(Order(PERIOD, ("kk",), ("html",), folder.path, tmp_path / "reports"))
    before = manifest.outputs(home)
    assert checked("kk").pages == [home / "quality" / "kk.html"]
    assert checked("ru").pages == [home / "quality" / "checked" / "ru.html"]
    folder.change(OBSERVATIONS, "copies,KUS,", "copies,KUZ,")
    (page,) = checked("kk").pages
    assert page == home / "quality" / "checked" / "kk.html" and "«KUZ»" in page.read_text(encoding="utf-8")
    assert manifest.outputs(home) == before
    folder.change(OBSERVATIONS, "copies,KUZ,", "copies,KUS,")
    checked("kk")
    assert not page.exists()  # of before
    assert place.place(home, PERIOD, folder.path) and place.replaceable(home, home) is None
