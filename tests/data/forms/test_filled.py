"""Forms filled in and read back: none, corrections, measures, a complete register; an older layout."""

from datetime import date

import openpyxl
import pandas as pd
import pytest
from aqparat.data import titles
from aqparat.data.forms import workbook
from aqparat.data.reading import intake
from workbooks import H2, fields, number, put, rows, sheet_of, write

SITE = "салалық кәсіподақ сайты / сайт отраслевого профсоюза"
ITEMS, COPIES = "материалдар / материалы", "газет данасы / экземпляры газет"
REGISTER = "date,organisation,outlet,title\n2017-09-01,KUS,union-site,a\n2017-10-05,KUS,bilimdi-el,b\n"


@pytest.fixture
def form(folder):
    """Give what writes a form, lets a test fill it in, and puts it where it is read."""

    def fill(change, code="KUS", period=H2):
        path = write(folder, code, period=period) / f"{code}.xlsx"
        book = openpyxl.load_workbook(path)
        fields(book)["filed"].value = date(period.year + 1, 1, 10)
        change(book)
        book.save(path)
        folder.write(f"{period}/{path.name}", path.read_bytes())
        return folder

    return fill


def read(folder, table="observations"):
    """Give the rows of a batch as they were read, and what was found wrong in it."""
    raw = intake.read(folder.path, H2)
    frame = raw.tables[table].query("batch == '2017H2'").fillna("")
    return frame.to_dict("records"), [p for p in raw.problems if "2017H2" in p.file]


class TestNone:
    def test_none_is_one_choice_away(self, form):
        folder = form(
            lambda book: put(
                book, "observations", number(book, "observations", indicator=ITEMS, outlet=SITE), none=0
            )
        )
        (row,), problems = read(folder)
        assert (row["indicator"], row["outlet"]) == ("publications", "union-site")
        assert (row["value"], row["qualifier"]) == ("0", "exact")
        assert problems == []

    def test_none_and_a_number_contradict_each_other(self, form):
        folder = form(
            lambda book: put(book, "observations", workbook.FIRST, none=0, value=12),
        )
        _, problems = read(folder)
        (problem,) = [p for p in problems if p.code != "revised"]
        assert (problem.code, problem.row, problem.column) == ("none_and_number", workbook.FIRST, "value")
        assert problem.severity == "error"

    def test_another_mark_is_no_none(self, form):
        folder = form(lambda book: put(book, "observations", workbook.FIRST, none="x"))
        _, problems = read(folder)
        assert ("not_choice", "none") in {(p.code, p.column) for p in problems}

    def test_nothing_said_is_nothing_known(self, form):
        rows_read, problems = read(form(lambda book: None))
        assert (rows_read, problems) == ([], [])


class TestCorrections:
    def test_a_correction_is_of_its_own_dates_and_stands_over_what_was_reported(self, form):
        def correct(book):
            row = number(book, titles.CORRECTIONS, indicator=COPIES, outlet="«Білімді ел»")
            put(book, titles.CORRECTIONS, row, value=575)

        folder = form(correct)
        (row,), (problem,) = read(folder)
        assert (row["start"], row["end"], row["value"]) == ("2017-01-01", "2017-12-31", "575")
        assert (problem.code, problem.expected) == ("revised", "571 (2017H1)")
        observed = folder.load("2017H2").observations
        now = observed.query("indicator == 'copies' and organisation == 'KUS' and outlet == 'bilimdi-el'")
        assert now["value"].tolist() == [575]

    def test_a_total_that_is_corrected_keeps_whom_it_names(self, form):
        def correct(book):
            row = number(book, titles.CORRECTIONS, named="ATY AKT KUS KAR")
            put(book, titles.CORRECTIONS, row, value=15)

        folder = form(correct, "CEN")
        (row,), _ = read(folder)
        assert (row["organisation"], row["value"]) == ("TOTAL", "15")
        assert row["named"] == "ATY AKT KUS KAR"


MEASURE = (
    "code,organisation,text_kk,text_ru,text_en,indicator,target,due,status,source\n"
    "M-1,KUS,Жазылу.,Подписка.,Subscribe.,copies,900,2018-03-01,planned,meeting\n"
    "M-2,KUS,Семинар.,Семинар.,A seminar.,,,2017-05-01,done,meeting\n"
    "M-3,AKT,Радио.,Радио.,Radio.,,,,under_way,meeting\n"
    "M-4,TOTAL,Сайт.,Сайт.,The site.,,,2017-12-01,under_way,meeting\n"
)


class TestMeasures:
    @pytest.fixture
    def folder(self, folder):
        folder.write("2017H1/measures.csv", MEASURE)
        return folder

    def test_open_ones_stand_in_the_form_of_who_carries_them_out(self, folder):
        found = {}
        for code in ("KUS", "AKT", "CEN", "PAV"):
            book = openpyxl.load_workbook(write(folder, code) / f"{code}.xlsx")
            found[code] = {r["code"]: r for r in rows(book, "measures")}
        assert {code: list(own) for code, own in found.items()} == {
            "KUS": ["M-1"], "AKT": ["M-3"], "CEN": ["M-4"], "PAV": [],
        }  # fmt: skip
        own = found["KUS"]["M-1"]
        assert own[titles.PREVIOUS] == (
            "жоспарланған, мерзімі: 2018 жылғы 1 наурыз\nзапланирована, срок: 1 марта 2018 года"
        )
        assert (own["text_ru"], own["target"]) == ("Подписка.", 900)
        assert not {"status", "due", "note"} & set(own)
        assert found["AKT"]["M-3"][titles.PREVIOUS] == "орындалуда\nвыполняется"

    def test_its_state_comes_back(self, folder, form):
        done = titles.choices("measures", "status")["done"]
        form(lambda book: put(book, "measures", workbook.FIRST, status=done, note="900 дана."))
        (row,), problems = read(folder, "measures")
        assert (row["code"], row["status"], row["note"], row["due"]) == ("M-1", "done", "900 дана.", "")
        assert row["text_kk"] == "Жазылу."
        assert problems == []
        measures = folder.load("2017H2").measures
        now = measures[measures["batch"] == "2017H2"].iloc[0]
        assert now["due"] == pd.Timestamp(2018, 3, 1)  # as it was said before
        assert (now["indicator"], now["target"]) == ("copies", 900)
        assert now["origins"] == [f"raw/2017H2/KUS.xlsx#{titles.sheet('measures')}!{workbook.FIRST}"]

    def test_a_state_that_nobody_has_given_is_none(self, folder, form):
        form(lambda book: put(book, "observations", workbook.FIRST, value=1))
        assert read(folder, "measures")[0] == []

    def test_a_new_day_without_a_state_is_asked_back(self, folder, form):
        form(lambda book: put(book, "measures", workbook.FIRST, due=date(2018, 6, 1)))
        _, (problem,) = read(folder, "measures")
        assert (problem.code, problem.column, problem.row) == ("empty_cell", "status", workbook.FIRST)

    def test_what_a_meeting_decided_is_entered_below_and_gets_a_code(self, folder, form):
        def decide(book):
            put(
                book, "measures", workbook.FIRST + 1,
                organisation="Павлодар / Павлодарская", text_ru="Провести семинар.", due=date(2018, 5, 1),
                status=titles.choices("measures", "status")["planned"], source="президиум, 2018-01-12",
            )  # fmt: skip

        form(decide, "CEN")
        (row,), problems = read(folder, "measures")
        assert (row["code"], row["organisation"]) == (f"CEN-2017H2-{workbook.FIRST + 1}", "PAV")
        assert row["source"] == "президиум, 2018-01-12"
        assert {(p.code, p.column) for p in problems} == {
            ("not_translated", "text_kk"), ("another_language", "text_en"),
        }  # fmt: skip
        book = openpyxl.load_workbook(write(folder, "PAV", period=H2.following) / "PAV.xlsx")
        (own,) = rows(book, "measures")
        assert (own["code"], own["text_ru"]) == (row["code"], "Провести семинар.")
        assert not {"text_kk", "text_en"} & set(own)  # Russian would come back as Kazakh and English
        sheet = sheet_of(book, "measures")
        at = {c.value: c.column for c in sheet[workbook.CODES]}
        locked = {n: sheet.cell(workbook.FIRST, at[n]).protection.locked for n in at if n.startswith("text")}
        assert locked == {"text_kk": False, "text_ru": True, "text_en": False}

    def test_what_is_said_of_a_text_is_said_of_the_cell_it_stands_in(self, folder, form):
        text = "Сайт обновила Иванова А.Б."
        form(lambda book: put(book, "highlights", workbook.FIRST, topic="сайт", text_ru=text))
        _, problems = read(folder, "highlights")
        assert {(p.code, p.column) for p in problems if (p.column or "").startswith("text_")} == {
            ("personal_name", "text_ru"), ("not_translated", "text_kk"), ("another_language", "text_en"),
        }  # fmt: skip

    @pytest.mark.parametrize(
        "texts, said",
        [
            (("Мектеп өтті.", "Мектеп өтті.", "Мектеп өтті."), ("Мектеп өтті.", None, None)),
            (("Школа.", "Школа.", "A school."), (None, "Школа.", "A school.")),
            (("Мектеп.", "Школа.", "Школа."), ("Мектеп.", "Школа.", None)),
            (("A school.", "A school.", "A school."), (None, None, "A school.")),
            (("Мектеп.", "Школа.", "A school."), ("Мектеп.", "Школа.", "A school.")),
        ],
    )
    def test_a_text_stands_in_the_language_it_was_said_in(self, folder, texts, said):
        folder.write("2017H1/measures.csv", MEASURE.replace("Радио.,Радио.,Radio.", ",".join(texts)))
        (own,) = rows(openpyxl.load_workbook(write(folder, "AKT") / "AKT.xlsx"), "measures")
        assert tuple(own.get(f"text_{code}") for code in ("kk", "ru", "en")) == said


class TestCompleteRegister:
    def said(self, form, answer, register=REGISTER, **figures):
        def fill(book):
            fields(book)["complete"].value = answer
            for value in figures.values():
                at = number(book, "observations", indicator=ITEMS, outlet=SITE)
                put(book, "observations", at, value=value)

        folder = form(fill)
        if register:
            folder.write("2017H2/publications.csv", register)
        return folder

    def items(self, folder):
        """Give the organisation's items of the period by outlet, or by channel where it names none."""
        observed = folder.load("2017H2").observations
        own = observed.query("organisation == 'KUS' and indicator == 'publications'")
        own = own[own["start"] == pd.Timestamp(2017, 7, 1)]
        places = own["outlet"].where(own["outlet"] != "", own["channel"])
        return dict(zip(places, zip(own["low"], own["high"], strict=True), strict=True))

    @pytest.mark.parametrize("answer", ["иә / да", "да", "Иә", "yes"])
    def test_what_a_complete_register_does_not_name_is_none(self, form, answer):
        folder = self.said(form, answer)
        found = self.items(folder)
        assert found["union-site"] == found["bilimdi-el"] == (1, 1)
        assert found["serper"] == found["qazaqstan-kasipodagy"] == (0, 0)
        assert found["television"] == found["radio"] == found["social"] == found["print"] == (0, 0)
        assert "website" not in found and "newspaper" not in found  # outlets stand for these

    def test_what_it_rests_on_are_the_rows_searched_and_the_answer(self, form):
        observed = self.said(form, "да").load("2017H2").observations
        zero = observed.query("organisation == 'KUS' and outlet == 'serper'").iloc[0]
        front, row = titles.sheet("form"), 7
        assert zero["origins"] == ["raw/2017H2/publications.csv#2-3", f"raw/2017H2/KUS.xlsx#{front}!{row}"]

    @pytest.mark.parametrize("answer", [None, "жоқ / нет", "нет"])
    def test_else_it_is_not_known(self, form, answer):
        found = self.items(self.said(form, answer))
        assert set(found) == {"union-site", "bilimdi-el"}

    def test_another_answer_is_a_fault(self, form):
        _, problems = read(self.said(form, "может быть"))
        assert [(p.code, p.column) for p in problems] == [("not_choice", "complete")]

    def test_a_register_without_a_row_may_not_have_come_yet(self, form):
        folder = self.said(form, "да", register="")
        _, (problem,) = read(folder)
        assert (problem.code, problem.severity) == ("register_empty", "warning")
        assert problem.sheet == titles.sheet("form")
        assert self.items(folder) == {}

    def test_a_register_with_fewer_rows_than_its_own_figure_is_not_complete(self, form):
        folder = self.said(form, "да", site=33)
        _, problems = read(folder)
        (problem,) = [p for p in problems if p.code == "register_short"]
        assert (problem.found, problem.expected) == ("33", "union-site")
        assert set(self.items(folder)) == {"union-site", "bilimdi-el"}

    def test_a_figure_of_a_channel_stands(self, form):
        def fill(book):
            fields(book)["complete"].value = "да"
            at = number(book, "observations", indicator=ITEMS, channel="теледидар / телевидение")
            put(book, "observations", at, value=2)

        folder = form(fill)
        folder.write("2017H2/publications.csv", REGISTER)
        found = self.items(folder)
        assert (found["television"], found["radio"]) == ((2, 2), (0, 0))

    def test_the_next_form_does_not_ask_for_every_outlet(self, form):
        folder = self.said(form, "да")
        book = openpyxl.load_workbook(write(folder, "KUS", period=H2.following) / "KUS.xlsx")
        assert "«Серпер»" not in {r.get("outlet") for r in rows(book)}


class TestOlderLayout:
    """Forms sent out before: sheets by the codes of tables, last time's figure beside the cell."""

    CODES = (
        *("indicator", "organisation", "outlet", "channel", "start", "end", "value", "previous"),
        *("qualifier", "named", "extreme", "source"),
    )

    def older(self, figures):
        book = openpyxl.Workbook()
        front = book.active
        front.title = "form"
        for row in (
            [None, "Нысан / Форма"],
            ["organisation", "Ұйым / Организация", "KUS"],
            ["period", "Есепті кезең / Отчётный период", "2017H2"],
            ["filed", "Толтырылған күні / Дата заполнения", date(2018, 1, 10)],
        ):
            front.append(row)
        sheet = book.create_sheet("observations")
        sheet.append(self.CODES)
        for language in ("kk", "ru"):
            sheet.append([titles.column(code, language) for code in self.CODES])
        for value, previous in figures:
            days = date(2017, 7, 1), date(2017, 12, 31)
            sheet.append([ITEMS, "Қостанай / Костанайская", SITE, None, *days, value, previous])
            days = date(2017, 1, 1), date(2017, 12, 31)
            sheet.append([COPIES, "Қостанай / Костанайская", "«Білімді ел»", None, *days, None, "571 (2017)"])
        measures = book.create_sheet("measures")
        measures.append(["code", "organisation", "text_kk", "text_ru", "text_en", "due", "status"])
        measures.append(["KUS-1", None, "Жазылу.", "Подписка.", "Subscribe.", date(2018, 3, 1), "done"])
        return book

    def test_it_is_read_as_it_was(self, folder, tmp_path):
        path = tmp_path / "KUS.xlsx"
        self.older([(33, "29 (2017 ж. басынан)\n29 (2017, с начала года)")]).save(path)
        folder.write("2017H2/KUS.xlsx", path.read_bytes())
        (row,), problems = read(folder)
        assert (row["outlet"], row["value"], row["qualifier"]) == ("union-site", "33", "exact")
        assert (row["sheet"], row["row"], row["source"]) == ("observations", 4, "form KUS")
        ((measure,), _) = read(folder, "measures")
        assert (measure["code"], measure["status"]) == ("KUS-1", "done")
        assert problems == []
        (filing,) = intake.read(folder.path, H2).filings
        assert (filing.organisation, filing.filed, filing.row) == ("KUS", date(2018, 1, 10), 4)
        assert (filing.sheet, filing.complete) == ("form", None)
