"""Whatever stands in a file, reading it ends in rows and problems, never in an exception."""

import csv
import io
import string
import zipfile
from datetime import date, datetime, time, timedelta
from functools import partial

import pytest
from aqparat.choices import LANGUAGES
from aqparat.data import schemas, titles
from aqparat.data.reading import headings, intake, sheets
from aqparat.data.reading.endings import ENDINGS
from aqparat.period import Period
from aqparat.words.languages import language
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

REFERENCE = {  # few rows: each is read again for every example
    "organisations": """code,name_kk,name_ru,name_en,kind,valid_to
CEN,Орталық кеңес,Центральный совет,Head office,head_office,
ALM,Алматы облысы,Алматинская,Almaty region,oblast,
ALA,Алматы қаласы,г. Алматы,Almaty city,city,
YUZ,Оңтүстік Қазақстан,Южно-Казахстанская,South Kazakhstan,oblast,2018-06-18
""",
    "outlets": """code,name_kk,name_ru,name_en,channel,level,valid_from
union-site,сайт,сайт,site,website,sector,
bilimdi-el,«Білімді ел»,«Білімді ел»,Bilimdi El,newspaper,republican,2017-02-23
""",
    "indicators": """code,name_kk,name_ru,name_en,unit,tier,decimals
publications,материалдар,материалы,items,item,output,0
copies,дана,экземпляры,copies,copy,input,0
""",
    "aliases": "alias,table,code\nБілімді Ел газеті,outlets,bilimdi-el\n",
    "union": "name_kk,name_ru,name_en\nкәсіподақ,профсоюз,union\n",
}
# A folder takes half a second to read: making a failing one smaller would take minutes.
FEW = {"phases": (Phase.explicit, Phase.generate), "report_multiple_bugs": False}
TABLES = sorted(schemas.BATCH)
SPOKEN = [language(code) for code in LANGUAGES]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    path = tmp_path_factory.mktemp("robust")
    (path / "raw" / "2017H1").mkdir(parents=True)
    (path / "raw" / "reference").mkdir()
    for name, text in REFERENCE.items():
        (path / "raw" / "reference" / f"{name}.csv").write_bytes(text.encode())
    return path


def read(data, files):
    """Read a batch of just these files; hold what must be so of any."""
    batch = data / "raw" / "2017H1"
    for path in batch.iterdir():
        path.unlink()
    for name, content in files.items():
        (batch / name).write_bytes(content)
    raw = intake.read(data, Period.parse("2017H1"))
    for problem in raw.problems:
        for spoken in SPOKEN:
            assert spoken.problem(problem)
    for account in raw.accounts:
        assert account.used >= 0
        assert account.aside >= 0
        told = [p for p in raw.problems if p.file == account.file and p.sheet in (account.sheet, "form")]
        assert told or account.aside == 0, account
    assert sum(a.used for a in raw.accounts) == sum(map(len, raw.tables.values()))
    return raw


# Bytes


@given(st.sampled_from(ENDINGS), st.binary(max_size=300))
@example(".csv", b"\xef\xbb\xbf")
@example(".csv", b"\xff\xfe\x00")
@example(".csv", b"date,outlet\n\x98\n")  # what KZ-1048 has no letter for
@example(".csv", b'"\n')
@example(".xlsx", b"PK\x03\x04")
@example(".ods", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
@settings(max_examples=400)
def test_arbitrary_bytes_are_sheets_or_problems(ending, content):
    found, problems = sheets.read(content, f"x{ending}", partial(headings.count, TABLES))
    assert found or problems


@given(st.dictionaries(st.sampled_from(ENDINGS), st.binary(max_size=300), min_size=1))
@settings(max_examples=4, **FEW)
def test_a_batch_of_arbitrary_bytes(data, contents):
    read(data, {f"publications{ending}": content for ending, content in contents.items()})


@given(
    st.text(alphabet=string.printable + "қӘ“«\ufeff\u00a0\u2028", max_size=80),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "kz1048", "cp1251", "koi8-r"]),
)
@settings(max_examples=200)
def test_text_in_any_encoding(text, encoding):
    content = text.encode(encoding, errors="replace")
    found, problems = sheets.read(content, "x.csv", partial(headings.count, TABLES))
    assert found or problems


# Cells

SPELT = [
    *("2017-02-30", "23.02.2017", "01/02/17", "0000-00-00", "42423", "020001999999999", "9999-12-31"),
    *("1 234,5", "1,234", "1,234.5", "более 60", "9" * 400, "-0", "1e5", "inf", "NaN", "٣", "½", "−5"),
    *("TOTAL", "Итого", "Алматы", "ALM ALA", "KUZ", "YUZ", "қаласы", "union-site", "«Бiлімді Ел»", "copies"),
    *("exact", "less_than", "астам", "lowest", "done", "https://", "=1+1", "#REF!", '"', "{{ x }}"),
    *("\u202e", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "a\nb", "0", ""),
]
CELL = st.one_of(
    st.sampled_from(SPELT),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12),  # a zero: another encoding
    st.dates().map(str),
    st.integers(-(10**20), 10**20).map(str),
    st.floats().map(str),
)


@st.composite
def tables(draw, cell=CELL):
    name = draw(st.sampled_from(TABLES))
    columns = list(schemas.BATCH[name].columns)
    row = st.lists(cell, min_size=len(columns), max_size=len(columns))
    return name, [columns, *draw(st.lists(row, min_size=1, max_size=6))]


def as_csv(rows, delimiter=","):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8", errors="surrogatepass")


@given(st.lists(tables(), min_size=1, max_size=8), st.sampled_from(",;\t"))
@settings(max_examples=12, **FEW)
def test_arbitrary_cells_in_every_column(data, drawn, delimiter):
    files = {f"{name}-{n}.csv": as_csv(rows, delimiter) for n, (name, rows) in enumerate(drawn)}
    read(data, files)


@given(st.sampled_from(sorted(schemas.REFERENCE)), st.data())
@settings(max_examples=8, **FEW)
def test_arbitrary_cells_in_the_reference_tables(data, name, drawn):
    columns = list(schemas.REFERENCE[name].columns)
    row = st.lists(CELL, min_size=len(columns), max_size=len(columns))
    rows = drawn.draw(st.lists(row, min_size=1, max_size=4))
    path = data / "raw" / "reference" / f"{name}.csv"
    path.write_bytes(as_csv([columns, *rows]))
    try:
        read(data, {"publications.csv": GOOD})
    finally:
        path.write_bytes(REFERENCE[name].encode())


GOOD = b"date,organisation,outlet,title\n2017-03-01,ALM,bilimdi-el,x\n2017-03-02,ALA,union-site,y\n"

# Workbooks

VALUE = st.one_of(
    st.none(),
    st.sampled_from(SPELT).map(lambda text: ILLEGAL_CHARACTERS_RE.sub("", text)),
    st.text(max_size=8).map(lambda text: ILLEGAL_CHARACTERS_RE.sub("", text)),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)),
    st.dates(date(1900, 3, 1)),
    st.times().map(lambda t: time(t.hour, t.minute, t.second)),
    st.timedeltas(timedelta(0), timedelta(days=9999)),
    st.sampled_from(["=A1", "=SUM(B2:B9)", "=#REF!", "=1/0", "#N/A", "#DIV/0!"]),
)


class Written:
    """A workbook, which hypothesis shows short."""

    def __init__(self, content):
        self.content = content


AREA = st.tuples(*[st.integers(1, 8)] * 4)


@st.composite
def workbooks(draw):
    book = Workbook()
    book.remove(book.active)
    for _ in range(draw(st.integers(1, 3))):
        name, rows = draw(tables(VALUE))
        title = draw(st.sampled_from([name, titles.table(name, "kk"), "Sheet", "form", "_x"]))
        sheet = book.create_sheet(title)
        for _ in range(draw(st.integers(0, 2))):
            sheet.append(["Есеп", draw(VALUE)])
        for row in rows:
            sheet.append(row)
        for top, left, down, across in draw(st.lists(AREA, max_size=2)):
            sheet.merge_cells(None, top, left, top + down, left + across)
        if draw(st.integers(0, 5)) == 0:
            sheet.sheet_state = "hidden"
    if all(sheet.sheet_state == "hidden" for sheet in book.worksheets):
        book.create_sheet("seen")
    content = io.BytesIO()
    book.save(content)
    return Written(content.getvalue())


@given(st.lists(workbooks(), min_size=1, max_size=3))
@settings(max_examples=10, **FEW)
def test_arbitrary_workbooks(data, books):
    read(data, {f"{n}.xlsx": book.content for n, book in enumerate(books)})


def test_every_odd_cell_in_every_column(data):
    """Each of the texts above in each column of each table: what chance may leave out."""
    files = {}
    for name, schema in schemas.BATCH.items():
        columns = list(schema.columns)
        good = dict.fromkeys(columns, "x")
        rows = [[*{**good, column: odd}.values()] for column in columns for odd in SPELT]
        files[f"{name}.csv"] = as_csv([columns, *rows])
    raw = read(data, files)
    assert {p.code for p in raw.problems} >= {"not_date", "not_number", "unclear_number", "ambiguous_name"}


def a_workbook():
    book = Workbook()
    sheet = book.active
    sheet.title = "publications"
    sheet.append(["date", "organisation", "outlet", "title"])
    sheet.append([date(2017, 3, 1), "ALM", "bilimdi-el", "x"])
    sheet.append([date(2017, 3, 2), "ALA", "union-site", "=A1"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


BOOK = a_workbook()
PARTS = zipfile.ZipFile(io.BytesIO(BOOK)).namelist()


@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 7)), max_size=8), st.integers(1, 4))
@settings(max_examples=60)
def test_flipped_bits_and_lost_ends(flips, quarters):
    content = bytearray(BOOK)
    for at, bit in flips:
        content[at] ^= 1 << bit
    found, problems = sheets.read(
        bytes(content[: len(content) * quarters // 4]), "x.xlsx", partial(headings.count, TABLES)
    )
    assert found or problems


@given(st.sampled_from(PARTS), st.binary(max_size=40), st.integers(0, 3000))
@settings(max_examples=60)
def test_a_broken_part_inside_a_workbook(name, junk, at):
    old, new = zipfile.ZipFile(io.BytesIO(BOOK)), io.BytesIO()
    with zipfile.ZipFile(new, "w") as book:
        for part in PARTS:
            content = old.read(part)
            book.writestr(part, content[:at] + junk + content[at + len(junk) :] if part == name else content)
    for ending in (".xlsx", ".ods"):
        found, problems = sheets.read(new.getvalue(), f"x{ending}", partial(headings.count, TABLES))
        assert found or problems
