"""The forms organisations fill in: what stands in them, what they accept, and that they stay so."""

import hashlib
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest
from aqparat.cli import main
from aqparat.data import schemas, titles
from aqparat.data.forms import contents, workbook, writing
from aqparat.data.prepare import PREPARED
from aqparat.data.reading import intake
from aqparat.data.schemas import QUALIFIERS
from aqparat.metrics import collect
from aqparat.period import Period
from aqparat.problem import ParameterError
from click.testing import CliRunner
from workbooks import H2, converted, fields, items, rows, sheet_of, write

FIELDS = ["organisation", "period", "filed", "complete"]  # of the first sheet


@pytest.fixture(scope="module")
def written(prepared):
    return write(prepared)


@pytest.fixture(scope="module")
def kus(written):
    return openpyxl.load_workbook(written / "KUS.xlsx")


@pytest.fixture(scope="module")
def blank(written):
    return openpyxl.load_workbook(written / "blank.xlsx")


def validations(book, table):
    """Give the validations of a sheet by column code."""
    sheet = sheet_of(book, table)
    found = {}
    for made in sheet.data_validations.dataValidation:
        (place,) = made.sqref.ranges
        assert (place.min_row, place.max_row) == (workbook.FIRST, workbook.LAST)
        found[sheet.cell(workbook.CODES, place.min_col).value] = made
    return found


class TestWorkbook:
    def test_one_for_each_member_in_force_and_a_blank_one(self, written, tables):
        names = {path.stem for path in written.iterdir()}
        assert names == {"CEN", *tables.members(Period(2017, 2).window), writing.BLANK}
        assert {"KUS", "PAR"} <= names
        assert not {"ZAI", "TUR"} & names

    def test_sheets_are_named_in_both_languages(self, kus):
        assert kus.sheetnames[:3] == [
            "Нысан · Форма",
            "Көрсеткіштер · Показатели",
            "Жарияланымдар · Публикации",
        ]
        assert len(kus.sheetnames) == 1 + len(schemas.BATCH) + 2
        states = [kus[name].sheet_state for name in kus.sheetnames]
        assert states == [*["visible"] * 7, "hidden"]

    def test_excel_takes_the_names_of_sheets(self, kus):
        for name in kus.sheetnames:
            assert len(name) <= 31
            assert not set(name) & set("[]:*?/\\")

    def test_the_first_sheet_names_organisation_period_and_day(self, kus, blank):
        own = fields(kus)
        assert list(own) == FIELDS
        assert (own["organisation"].value, own["period"].value, own["filed"].value) == ("KUS", "2017H2", None)
        assert sheet_of(kus, "form").column_dimensions["A"].hidden
        assert fields(blank)["organisation"].value is None
        assert fields(blank)["period"].value == "2017H2"

    def test_the_first_sheet_says_it_in_words(self, kus):
        told = [c.value for row in sheet_of(kus, "form").iter_rows() for c in row if c.value]
        assert "Нысан / Форма" in told
        assert "Қостанай / Костанайская" in told
        assert "2017 жылдың екінші жартыжылдығы / второе полугодие 2017 года" in told
        assert "2018 жылғы 15 қаңтар / 15 января 2018 года" in told
        assert any("МЫСАЛ" in str(text) for text in told)
        assert any("ПРИМЕР" in str(text) for text in told)

    def test_links_lead_to_the_sheets(self, kus):
        links = [
            c.hyperlink.location for row in sheet_of(kus, "form").iter_rows() for c in row if c.hyperlink
        ]
        assert links == [f"'{titles.sheet(name)}'!A4" for name in workbook.SHEETS]

    @pytest.mark.parametrize("table", workbook.SHEETS)
    def test_headings_stand_in_two_languages_over_the_codes(self, kus, table):
        sheet = sheet_of(kus, table)
        codes, kk, ru = ([c.value for c in row] for row in sheet.iter_rows(min_row=1, max_row=3))
        of_table = schemas.BATCH[workbook.SHEETS[table]].columns
        assert set(codes) - set(titles.FORM_COLUMNS) <= set(of_table)
        if table != titles.CORRECTIONS:
            assert set(of_table) <= set(codes)
        assert kk == [titles.column(c, "kk") for c in codes]
        assert ru == [titles.column(c, "ru") for c in codes]
        assert sheet.row_dimensions[1].hidden
        assert not sheet.row_dimensions[2].hidden
        assert sheet.freeze_panes == "A4"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage

    def test_required_columns_have_a_star(self, kus):
        starred = {
            t: {
                sheet_of(kus, t).cell(1, c.column).value
                for c in sheet_of(kus, t)[2]
                if "*" in c.number_format
            }
            for t in schemas.BATCH
        }
        assert starred["observations"] == {"indicator", "start", "value"}
        assert starred["publications"] == {"date", "outlet", "title"}
        assert starred["activities"] == {"kind"}

    def test_columns_about_totals_are_hidden_from_who_reports_no_totals(self, kus, blank):
        for book, hidden in ((kus, {"named", "extreme"}), (blank, set())):
            sheet = sheet_of(book, "observations")
            codes = {c.column_letter: c.value for c in sheet[1]}
            assert {codes[k] for k, d in sheet.column_dimensions.items() if d.hidden} == hidden

    def test_a_form_of_invented_data_says_so(self, folder):
        folder.write("SYNTHETIC.md", "invented")
        book = openpyxl.load_workbook(write(folder, "KUS") / "KUS.xlsx")
        told = [str(c.value) for row in sheet_of(book, "form").iter_rows() for c in row]
        assert any("Данные вымышлены" in text for text in told)


class TestValidations:
    @pytest.mark.parametrize("table", workbook.SHEETS)
    def test_every_column_says_what_it_holds_and_no_text_is_too_long_for_excel(self, kus, table):
        found = validations(kus, table)
        assert list(found) == workbook.columns(table)
        for made in found.values():
            assert made.showInputMessage
            assert "\n" in made.prompt
            assert len(made.prompt) <= 255
            assert len(made.error or "") <= 225
            assert len(made.errorTitle or "") <= 32

    @pytest.mark.parametrize("table", schemas.BATCH)
    def test_lists_resolve_to_their_items(self, kus, table):
        for name, made in validations(kus, table).items():
            column = schemas.BATCH[table].columns.get(name)
            allowed = column.allowed if column is not None else ()
            if allowed or name in ("language", "topic"):
                assert made.type == "list"
                spellings = titles.spellings_of_choices(table, name)
                values = [spellings[titles.folded(text)] for text in items(kus, made)]
                assert values == list(allowed or titles.choices(table, name))
                assert made.showErrorMessage
        assert {m.errorStyle for m in validations(kus, table).values()} <= {None, "stop"}

    def test_lists_of_the_reference_tables(self, kus, blank, tables):
        found = validations(kus, "observations")
        outlets = items(kus, found["outlet"])
        assert len(outlets) == len(tables.outlets)
        assert "салалық кәсіподақ сайты / сайт отраслевого профсоюза" in outlets
        assert "«Білімді ел»" in outlets
        indicators = items(kus, found["indicator"])
        assert "материалдар / материалы" in indicators
        assert len(indicators) == 7  # what the program counts itself is not offered
        assert items(kus, found["organisation"]) == ["Қостанай / Костанайская"]
        everyone = items(blank, validations(blank, "observations")["organisation"])
        assert len(everyone) == 24  # in force on some day of the half, and the whole union
        assert everyone[-1] == titles.total()
        assert titles.total() not in items(blank, validations(blank, "publications")["organisation"])

    def test_an_organisation_may_report_for_its_districts(self, written):
        book = openpyxl.load_workbook(written / "VOS.xlsx")
        own = items(book, validations(book, "publications")["organisation"])
        assert own == ["Шығыс Қазақстан / Восточно-Казахстанская", "Зайсан ауданы / Зайсанский район"]

    def test_dates_and_numbers_are_limited(self, kus):
        def days(made):
            return [
                date.fromordinal(date(1899, 12, 30).toordinal() + int(f))
                for f in (made.formula1, made.formula2)
            ]

        made = validations(kus, "publications")["date"]
        assert (made.type, made.operator) == ("date", "between")
        assert days(made) == [H2.start, H2.end]
        made = validations(kus, "observations")["start"]
        assert days(made) == [date(2014, 1, 1), date(2018, 12, 31)]
        value = validations(kus, "observations")["value"]
        assert (value.type, value.operator, value.formula1) == ("decimal", "greaterThanOrEqual", "0")
        people = validations(kus, "activities")["participants"]
        assert (people.type, people.operator, people.formula1) == ("whole", "greaterThanOrEqual", "0")

    def test_the_first_sheet_has_a_day_and_in_a_blank_form_an_organisation(self, kus, blank):
        for book, expected in ((kus, {"filed", "complete"}), (blank, {"filed", "complete", "organisation"})):
            at = {cell.coordinate: name for name, cell in fields(book).items()}
            found = {at[str(m.sqref)]: m for m in sheet_of(book, "form").data_validations.dataValidation}
            assert set(found) == expected
            assert found["filed"].type == "date"
        assert "Қостанай / Костанайская" in items(blank, found["organisation"])


SITE = "салалық кәсіподақ сайты / сайт отраслевого профсоюза"
TELEVISION, RADIO = "теледидар / телевидение", "радио"


def asked(book):
    """Give the rows of figures by what they are about: indicator in Kazakh, outlet or channel."""
    return {(r["indicator"].split(" / ")[0], r.get("outlet") or r.get("channel")): r for r in rows(book)}


class TestWhatStandsThere:
    def test_a_number_of_last_time_stands_beside_no_cell_that_asks_for_one(self, kus):
        figures = rows(kus)
        assert not {titles.PREVIOUS, titles.REPORTED, "value"} & {name for r in figures for name in r}
        assert not any("571" in str(cell) for r in figures for cell in r.values())

    def test_a_row_says_that_it_asks_for_this_half_alone(self, kus):
        site = asked(kus)["материалдар", SITE]
        assert site[titles.MEANING] == (
            "Материалдар – салалық кәсіподақ сайты: тек осы алты айдың ішінде (2017 ж. 2-жартыжылдық)\n"
            "Материалы – сайт отраслевого профсоюза: только за эти шесть месяцев (2-е полугодие 2017)"
        )
        assert (site["start"], site["end"]) == (datetime(2017, 7, 1), datetime(2017, 12, 31))

    def test_stocks_are_asked_at_an_end_and_subscriptions_for_a_year(self, kus):
        copies = asked(kus)["газет данасы", "«Білімді ел»"]
        assert copies[titles.MEANING].endswith("Экземпляры газет – «Білімді ел»: на 2017 год")
        assert (copies["start"], copies["end"]) == (datetime(2017, 1, 1), datetime(2017, 12, 31))
        members = asked(kus)["кәсіподақ мүшелері", None]
        assert members[titles.MEANING].endswith(
            "Число членов профсоюза: на конец периода (31 декабря 2017 года)"
        )

    def test_a_form_of_a_year_asks_for_the_year(self, folder):
        book = openpyxl.load_workbook(write(folder, "KUS", period=Period(2018)) / "KUS.xlsx")
        assert "только за этот год (2018)" in asked(book)["материалдар", SITE][titles.MEANING]
        assert asked(book)["газет данасы", "«Білімді ел»"][titles.MEANING].endswith(": на 2018 год")

    def test_every_row_without_an_outlet_or_a_channel_says_what_it_means(self, written):
        for path in written.iterdir():
            for row in rows(openpyxl.load_workbook(path)):
                kk, ru = row[titles.MEANING].split("\n")
                assert kk and ru and kk != ru
                if not row.get("outlet") and not row.get("channel"):
                    name = row["indicator"].split(" / ")[1]
                    assert ru.split(":")[0].casefold() != name  # more than the indicator's bare name

    def test_items_are_asked_of_each_paper_the_report_tells_of(self, written):
        for code in ("KUS", "AKM", "CEN", writing.BLANK):
            found = asked(openpyxl.load_workbook(written / f"{code}.xlsx"))
            for place in (SITE, "«Қазақстан кәсіподағы»", "«Білімді ел»"):
                assert ("материалдар", place) in found, code

    def test_television_and_radio_are_asked_apart(self, written):
        for code in ("KUS", "CEN", writing.BLANK):
            found = asked(openpyxl.load_workbook(written / f"{code}.xlsx"))
            places = [place for what, place in found if what.startswith("теле- және радио")]
            assert places == [TELEVISION, RADIO]

    def test_what_an_organisation_reported_besides_is_asked_again(self, kus):
        found = asked(kus)
        assert ("материалдар", "Қостанай АКҰ сайты / сайт Костанайской «АКҰ»") in found
        assert ("материалдар", TELEVISION) in found
        assert "вместе (если их нельзя разбить по каналам)" in found["материалдар", None][titles.MEANING]
        assert all(r["organisation"] == "Қостанай / Костанайская" for r in found.values())
        given = {"value", titles.NONE, "qualifier", "named", "extreme", "source"}
        assert not any(given & set(r) for r in found.values())

    def test_what_was_never_reported_is_asked_for_too(self, kus, blank, written):
        usual = ["copies", "members", "publications", "broadcasts", "videos", "trained", "visits"]
        for book in (kus, blank, openpyxl.load_workbook(written / "AKM.xlsx")):
            assert len({r["indicator"] for r in rows(book)}) == len(usual)
        assert not any("organisation" in r for r in rows(blank))

    def test_the_head_office_is_asked_for_its_own_and_for_the_unions_site(self, written):
        found = rows(openpyxl.load_workbook(written / "CEN.xlsx"))
        asked_for = {r["indicator"].split(" / ")[1] for r in found}
        assert not asked_for & {"экземпляры газет", "члены профсоюза"}
        (union,) = [r for r in found if r["organisation"] == titles.total()]
        assert union["outlet"] == SITE
        assert "Весь профсоюз." in union[titles.MEANING]
        own = [r for r in found if r is not union]
        assert all("Центральный совет (не весь профсоюз)." in r[titles.MEANING] for r in own)
        assert [r["outlet"] for r in own if r["indicator"].startswith("сайтқа кіру")] == [SITE]

    def test_other_sheets_are_empty(self, kus):
        assert not any(rows(kus, t) for t in schemas.BATCH if t != "observations")

    def test_a_closed_outlet_is_neither_asked_for_nor_offered(self, folder):
        folder.change(
            "reference/outlets.csv",
            "Bilimdi El,newspaper,republican,,,,",
            "Bilimdi El,newspaper,republican,,,,2017-06-30",
        )
        book = openpyxl.load_workbook(write(folder, "KUS") / "KUS.xlsx")
        assert "«Білімді ел»" not in {r.get("outlet") for r in rows(book)}
        assert "«Білімді ел»" not in items(book, validations(book, "observations")["outlet"])

    def test_before_the_first_batch_there_are_forms_too(self, folder):
        book = openpyxl.load_workbook(write(folder, "KUS", period=Period(2016, 2)) / "KUS.xlsx")
        assert len(rows(book)) == 8
        assert rows(book, titles.CORRECTIONS) == []


class TestCorrections:
    def test_what_was_reported_last_time_stands_there_with_its_own_dates(self, kus):
        by = {(r["indicator"], r.get("outlet"), r.get("channel")): r for r in rows(kus, titles.CORRECTIONS)}
        copies = by["газет данасы / экземпляры газет", "«Білімді ел»", None]
        assert copies[titles.REPORTED] == "571 (2017)"
        site = by["материалдар / материалы", SITE, None]
        assert site[titles.REPORTED] == "29 (2017 ж. басынан)\n29 (2017, с начала года)"
        assert site["start"] == datetime(2017, 1, 1)
        assert "end" not in site
        assert not any("value" in r for r in by.values())

    def test_a_bound_is_worded_as_one(self, written):
        book = openpyxl.load_workbook(written / "AKT.xlsx")
        told = {r[titles.REPORTED] for r in rows(book, titles.CORRECTIONS)}
        assert "90-нан астам (2017 ж. басынан)\nболее 90 (2017, с начала года)" in told

    def test_the_head_office_has_the_unions_with_those_named(self, written):
        found = rows(openpyxl.load_workbook(written / "CEN.xlsx"), titles.CORRECTIONS)
        assert {r["organisation"] for r in found} == {"Орталық кеңес / Центральный совет", titles.total()}
        assert "ATY AKT KUS KAR" in {r.get("named") for r in found}

    def test_the_last_batch_with_rows_of_its_own_counts(self, folder):
        heading = "indicator,organisation,outlet,channel,start,end,value,qualifier,source"
        folder.write(
            "2017H2/observations.csv", f"{heading}\nmembers,KUS,,,2017-07-01,2017-12-31,9000,exact,s\n"
        )
        told = {
            code: [r[titles.REPORTED] for r in rows(book, titles.CORRECTIONS)]
            for code in ("KUS", "UST")
            if (book := openpyxl.load_workbook(write(folder, code, period=Period(2018, 1)) / f"{code}.xlsx"))
        }
        (members,) = told["KUS"]
        assert members.startswith("9\N{NO-BREAK SPACE}000 (2017 ж. 2-жартыжылдық)")
        assert len(told["UST"]) == 3  # of the batch before

    def test_items_are_listed_again_and_not_totalled(self, folder):
        folder.write("2017H1/publications.csv", "date,organisation,outlet,title\n2017-03-01,AKM,serper,a\n")
        book = openpyxl.load_workbook(write(folder, "AKM") / "AKM.xlsx")
        assert rows(book, titles.CORRECTIONS) == []


class TestFiles:
    def test_the_same_call_gives_the_same_bytes(self, written, folder, tmp_path):
        def digests(place):
            return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in place.iterdir()}

        again = write(folder)
        assert digests(again) == digests(written)

    def test_nothing_of_the_clock_is_in_it(self, kus):
        assert kus.properties.creator == "aqparat"
        assert kus.properties.created == kus.properties.modified == datetime(2017, 12, 31)

    def test_a_filled_form_is_not_written_over(self, folder):
        target = write(folder, "KUS") / "KUS.xlsx"
        content = target.read_bytes()
        write(folder, "KUS")  # untouched: may be written again
        book = openpyxl.load_workbook(target)
        book.save(target)
        kept = target.read_bytes()
        with pytest.raises(writing.FormFilledError):
            write(folder, "KUS", "AKT")
        assert target.read_bytes() == kept != content
        assert not target.with_name("AKT.xlsx").exists()

    def test_an_unknown_organisation_is_named(self, folder):
        with pytest.raises(ParameterError, match="KUZ"):
            write(folder, "KUZ")
        assert not (folder.path / "forms").exists()

    def test_only_those_asked_for(self, folder):
        assert {p.name for p in write(folder, "KUS", "CEN").iterdir()} == {"KUS.xlsx", "CEN.xlsx"}


def test_the_head_office_may_report_for_the_union(folder):
    book = openpyxl.load_workbook(write(folder, "CEN") / "CEN.xlsx")
    assert items(book, validations(book, "observations")["organisation"])[-1] == titles.total()
    sheet = sheet_of(book, "observations")
    named = next(c.column_letter for c in sheet[workbook.CODES] if c.value == "named")
    assert not sheet.column_dimensions[named].hidden


@pytest.mark.parametrize("told", [False, True])
def test_the_papers_of_the_union_itself_are_asked_for_until_some_are_known(folder, told):
    """The first form of a union has nothing else to go by."""
    folder.append(
        "reference/outlets.csv", "bizdin-gazet,Біздің газет,Наша газета,Our Paper,newspaper,sector,,,,"
    )
    if not told:
        rows = folder.text("2017H1/observations.csv").splitlines(keepends=True)
        kept = (row for row in rows if not row.startswith("copies,"))
        folder.write("2017H1/observations.csv", "".join(kept))
    figures = asked(openpyxl.load_workbook(write(folder, "PAV") / "PAV.xlsx"))
    for indicator in ("газет данасы", "материалдар"):
        assert ((indicator, "Біздің газет / Наша газета") in figures) is not told


HOSTILE = {
    "evil-formula": '=HYPERLINK("http://example.org","x")',
    "quotes": "\"quoted\", 'twice'; & <b>",
    "long-name": "ұзын " * 400,
    "control": "a\x07b\tc",
    "plus": "+7 (7172)",
    "same-a": "Бірдей",
    "same-b": "бірдей",
}


@pytest.fixture(scope="module")
def hostile(folder_at, tmp_path_factory):
    folder = folder_at(tmp_path_factory.mktemp("hostile"))
    names = {**HOSTILE, **{f"outlet-{n}": f"Басылым {n}" for n in range(300)}}
    quoted = {code: '"' + name.replace('"', '""') + '"' for code, name in names.items()}
    folder.append(
        "reference/outlets.csv", *(f"{c},{n},{n},{c},newspaper,regional,,,," for c, n in quoted.items())
    )
    heading = "indicator,organisation,outlet,start,end,value,qualifier,source"
    folder.write(
        "2017H1/observations-more.csv",
        "\n".join([heading, *(f"copies,AKM,{c},2017-01-01,2017-12-31,1,exact,s" for c in HOSTILE)]),
    )
    return openpyxl.load_workbook(write(folder, "AKM") / "AKM.xlsx")


def test_names_stay_text_whatever_they_hold(hostile):
    sheet = sheet_of(hostile, "observations")
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert not [c for row in hostile["_lists"].iter_rows() for c in row if c.data_type == "f"]
    assert HOSTILE["evil-formula"] in {r.get("outlet") for r in rows(hostile)}
    assert max(d.height or 0 for d in sheet.row_dimensions.values()) < 409


def test_three_hundred_outlets_are_all_offered(hostile):
    offered = items(hostile, validations(hostile, "publications")["outlet"])
    assert len(offered) == len(set(offered)) == 13 + len(HOSTILE) + 300
    assert {"same-a", "same-b"} <= set(offered)  # of one name: by their codes
    assert {"control", "long-name"} <= set(offered)  # of a name no list can hold


def specs(book):
    """Give what each validated cell accepts, free of how a program writes it down."""
    found = {}
    for sheet in book:
        for made in sheet.data_validations.dataValidation:
            if made.type in (None, "none"):
                continue
            operator = made.operator or "between" if made.type != "list" else ""
            formulas = [made.formula1, made.formula2 if operator == "between" else None]
            written = tuple(f.replace("'", "").replace("$", "") for f in formulas if f)
            for place in made.sqref.ranges:
                found[sheet.title, place.coord] = (made.type, operator, written, made.error, made.prompt)
    return found


@pytest.mark.exhaustive  # a filled form by way of Calc, below, decides
@pytest.mark.parametrize("ways", [["xlsx"], ["ods", "xlsx"]], ids="-".join)
def test_libreoffice_keeps_every_validation(written, ways, tmp_path):
    before = openpyxl.load_workbook(written / "KUS.xlsx")
    after = openpyxl.load_workbook(converted(written / "KUS.xlsx", ways, tmp_path))
    assert specs(after) == specs(before)
    assert len(specs(before)) > 20
    assert rows(after) == rows(before)
    assert after["_lists"].sheet_state == "hidden"
    texts = [[[c.value for c in row] for row in book["_lists"]] for book in (after, before)]
    assert texts[0] == texts[1]


class TestCommand:
    def call(self, *words):
        result = CliRunner().invoke(main, ["form", *[str(w) for w in words]])
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        return result

    def test_it_prints_what_it_wrote(self, folder, tmp_path):
        out = tmp_path / "out"
        result = self.call("2017H2", "--organisation", "KUS,AKT", "--data", folder.path, "--out", out)
        assert result.exit_code == 0
        assert result.stdout.splitlines() == [
            (out / "2017H2" / f"{c}.xlsx").as_posix() for c in ("KUS", "AKT")
        ]

    def test_an_unknown_organisation_is_status_1(self, folder, tmp_path):
        result = self.call(
            "2017H2", "--organisation", "KUZ", "--data", folder.path, "--out", tmp_path / "out"
        )
        assert result.exit_code == 1
        assert "KUS" in result.stderr

    def test_a_filled_form_is_status_1(self, folder, tmp_path):
        words = ("2017H2", "--organisation", "KUS", "--data", folder.path, "--out", tmp_path)
        self.call(*words)
        (tmp_path / "2017H2" / "KUS.xlsx").write_bytes(b"no workbook")
        result = self.call(*words)
        assert result.exit_code == 1
        assert "KUS.xlsx" in result.stderr and "--out" in result.stderr

    def test_broken_data_are_status_1(self, folder, tmp_path):
        folder.change("2017H1/observations.csv", "copies,KUS,", "copies,KUZ,")
        result = self.call("2017H2", "--data", folder.path, "--out", tmp_path / "out")
        assert result.exit_code == 1
        assert "KUZ" in result.stderr
        assert not (tmp_path / "out").exists()


def test_qualifiers_are_those_of_the_bounds(kus):
    assert len(items(kus, validations(kus, "observations")["qualifier"])) == len(QUALIFIERS)


FILLED = {  # what somebody fills in, by the codes of the columns
    "publications": [
        {
            "date": date(2017, 9, 1),
            "outlet": "union-site",
            "title": "=Бірінші қоңырау",
            "format": "photo",
            "language": "kk",
        },
        {
            "date": date(2017, 10, 5),
            "outlet": "bilimdi-el",
            "title": "День учителя",
            "language": "ru",
            "speaker": "chair",
        },
    ],
    "activities": [
        {
            "kind": "seminar",
            "start": date(2017, 11, 3),
            "end": date(2017, 11, 4),
            "participants": 120,
            "qualifier": "at_least",
        },
    ],
    "highlights": [
        {
            "topic": "training",
            "text_kk": "Мектеп ашылды.",
            "text_ru": "Открылась школа.",
            "text_en": "A school opened.",
        }
    ],
    "measures": [
        {
            "code": "KUS-1",
            "text_kk": "Жазылу.",
            "text_ru": "Подписка.",
            "text_en": "Subscribe.",
            "indicator": "copies",
            "target": 900,
            "due": date(2018, 3, 1),
            "status": "under_way",
        },
    ],
}
VALUES = {  # the prefilled rows somebody has touched: value, qualifier
    ("copies", "bilimdi-el"): (600, "more_than"),
    ("publications", "union-site"): (31, None),
    ("members", ""): (12_345.0, "about"),
}  # fmt: skip


def fill(path, tables):
    """Fill in a form as its author does: choices by their drop-down texts; give the same rows by codes."""
    texts = contents.names(tables, H2)
    by_text = {column: {text: code for code, text in items.items()} for column, items in texts.items()}
    book = openpyxl.load_workbook(path)
    fields(book)["filed"].value = date(2018, 1, 10)
    sheet, given = sheet_of(book, "observations"), []
    qualifiers = titles.choices("observations", "qualifier")
    at = {c.value: c.column for c in sheet[workbook.CODES]}
    for number, cells in enumerate(rows(book), workbook.FIRST):
        about = by_text["indicator"][cells["indicator"]], by_text["outlet"].get(cells.get("outlet"), "")
        if about in VALUES and "channel" not in cells:
            value, qualifier = VALUES[about]
            sheet.cell(number, at["value"]).value = value
            sheet.cell(number, at["qualifier"]).value = qualifiers.get(qualifier)
            indicator, outlet = about
            days = {day: cells[day] for day in ("start", "end")}
            row = {"indicator": indicator, "outlet": outlet, "value": value, **days}
            given.append({**row, "qualifier": qualifier or "exact"})
    assert len(given) == len(VALUES)
    for table, filled in FILLED.items():
        at = {c.value: c.column for c in sheet_of(book, table)[workbook.CODES]}
        for number, cells in enumerate(filled, workbook.FIRST):
            for name, value in cells.items():
                shown = {**titles.choices(table, name), **texts.get(name, {})}.get(value, value)
                cell = sheet_of(book, table).cell(number, at[name])
                cell.value = shown
                cell.data_type = "s" if isinstance(shown, str) else cell.data_type
    book.save(path)
    return {"observations": given, **FILLED}


def written_down(given):
    """Write the same rows as CSV."""
    for table, filled in given.items():
        frame = pd.DataFrame(filled).assign(organisation="KUS")
        if "source" in schemas.BATCH[table].columns:
            frame = frame.assign(source="form KUS")
        yield f"2017H2/{table}.csv", frame.to_csv(index=False, date_format="%Y-%m-%d")


@pytest.mark.parametrize("ways", [[], ["ods"]], ids=["excel", "calc"])
def test_a_filled_form_gives_the_same_facts_as_csv(folder_at, tmp_path, ways):
    """Round trip: made, filled through openpyxl (and saved by LibreOffice), read back."""
    by_form, by_csv = folder_at(tmp_path / "form"), folder_at(tmp_path / "csv")
    path = write(by_form, "KUS") / "KUS.xlsx"
    given = fill(path, by_form.load())
    path = converted(path, ways, tmp_path) if ways else path
    by_form.write(f"2017H2/{path.name}", path.read_bytes())
    for file, text in written_down(given):
        by_csv.write(file, text)
    told = {p.code for p in by_form.problems("2017H2") if "2017H2" in p.file}
    assert told == {"items_against_total", "revised"}  # true of what was filled in; nothing is guessed
    read, expected = by_form.load("2017H2"), by_csv.load("2017H2")
    for name in PREPARED:
        places = ["origins", "place", "row"]
        own, its = (getattr(t, name).drop(columns=places, errors="ignore") for t in (read, expected))
        pd.testing.assert_frame_equal(own, its)
        assert (own["batch"] == "2017H2").any(), name
    facts = [[{**f.record(), "sources": None} for f in collect(t)] for t in (read, expected)]
    dated = [f for f in facts[0] if f["indicator"] == "organisations_on_time"]  # only a form says its day
    assert [f["value"] for f in dated if f["metric"] == "completeness"] == [1]
    assert [f for f in facts[0] if f not in dated] == facts[1]


@pytest.mark.parametrize(
    "ways",
    [
        pytest.param([], id="as it is"),
        pytest.param(["ods"], id="saved by LibreOffice", marks=pytest.mark.exhaustive),
    ],
)
def test_an_untouched_form_is_not_filed(folder, tmp_path, ways):
    path = write(folder, "KUS") / "KUS.xlsx"
    path = converted(path, ways, tmp_path) if ways else path
    folder.write(f"2017H2/{path.name}", path.read_bytes())
    raw = intake.read(folder.path, H2)
    (filing,) = raw.filings
    assert (filing.organisation, filing.batch, filing.touched) == ("KUS", "2017H2", False)
    assert not raw.errors
    assert not any((frame["batch"] == "2017H2").any() for frame in raw.tables.values())


def test_a_blank_form_is_filled_by_whoever_names_itself(folder):
    path = write(folder) / "blank.xlsx"
    book = openpyxl.load_workbook(path)
    own = fields(book)
    own["organisation"].value, own["filed"].value = "Павлодар / Павлодарская", date(2018, 2, 1)
    value = [c.value for c in sheet_of(book, "observations")[workbook.CODES]].index("value") + 1
    sheet_of(book, "observations").cell(workbook.FIRST, value).value = 7
    book.save(path)
    folder.write("2017H2/Павлодар.xlsx", path.read_bytes())
    raw = intake.read(folder.path, H2)
    (filing,) = raw.filings
    assert (filing.organisation, filing.filed, filing.touched) == ("PAV", date(2018, 2, 1), True)
    given = raw.tables["observations"].query("batch == '2017H2'")
    assert given[["indicator", "organisation", "value", "qualifier"]].to_numpy().tolist() == [
        ["copies", "PAV", "7", "exact"]
    ]
    assert not [p for p in raw.problems if p.file.endswith("Павлодар.xlsx")]


def test_a_text_that_is_not_translated_stands_in_another_language(folder, tmp_path):
    path = write(folder, "KUS") / "KUS.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = sheet_of(book, "highlights")
    at = {c.value: c.column for c in sheet[workbook.CODES]}
    sheet.cell(workbook.FIRST, at["topic"]).value = "training"
    sheet.cell(workbook.FIRST, at["text_kk"]).value = "Мектеп ашылды."
    book.save(path)
    folder.write("2017H2/KUS.xlsx", path.read_bytes())
    raw = intake.read(folder.path, H2)
    (told,) = raw.tables["highlights"].query("batch == '2017H2'").to_dict("records")
    assert told["text_kk"] == told["text_ru"] == told["text_en"] == "Мектеп ашылды."
    found = {p.column for p in raw.problems if p.code == "not_translated" and p.severity == "warning"}
    assert found == {"text_ru"}
    (english,) = [p for p in raw.problems if p.column == "text_en"]  # the form says it may be left empty
    assert (english.code, english.severity) == ("another_language", "guess")


def test_a_hint_does_not_contradict_its_column(folder):
    book = openpyxl.load_workbook(write(folder, "KUS") / "KUS.xlsx")

    def hint(table, name):
        sheet = sheet_of(book, table)
        (at,) = (c.column_letter for c in sheet[workbook.CODES] if c.value == name)
        place = f"{at}{workbook.FIRST}"
        return next(v.prompt for v in sheet.data_validations.dataValidation if place in v.sqref)

    assert "оставьте пустым" in hint("observations", "outlet")
    assert "пустым" not in hint("publications", "outlet")  # required there
    assert "бос қалд" not in hint("publications", "outlet")
    assert "если в строке не сказано иное" in hint("observations", "value")  # some rows are of the year


def test_an_example_is_headed_by_the_name_of_its_sheet(folder):
    book = openpyxl.load_workbook(write(folder, "KUS") / "KUS.xlsx")
    texts = [str(c.value) for row in sheet_of(book, "form") for c in row if c.value]
    assert any("(Көрсеткіштер)" in text for text in texts)
    assert any("(Показатели)" in text for text in texts)
