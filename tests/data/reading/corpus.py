"""Files as they should not be handed in, one fault each, and what must be said of each.

All of them stand in one batch together, so that no fault may hide another; where a fault is between rows
(a total and its parts), the rows have an outlet or a window of their own.
`python tests/data/reading/corpus.py` writes `corpus.md`: read what has changed in it before it is committed.
"""

import io
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from aqparat.choices import LANGUAGES
from aqparat.data.reading import intake
from aqparat.data.reading.raw import Raw
from aqparat.period import Period
from aqparat.problem import Problem
from aqparat.words.languages import language
from openpyxl import Workbook
from openpyxl.styles import Font

GOLDEN = Path(__file__).with_name("corpus.md")
BATCH = "raw/2017H1/"
REFERENCE = {
    "organisations": """code,name_kk,name_ru,name_en,kind,valid_from,valid_to
CEN,Орталық кеңес,Центральный совет,Head office,head_office,,
ALM,Алматы облысы,Алматинская,Almaty region,oblast,,
ALA,Алматы қаласы,г. Алматы,Almaty city,city,,
KAR,Қарағанды,Карагандинская,Karaganda,oblast,,
KUS,Қостанай,Костанайская,Kostanay,oblast,,
AKM,Ақмола,Акмолинская,Akmola,oblast,,
AKT,Ақтөбе,Актюбинская,Aktobe,oblast,,
ATY,Атырау,Атырауская,Atyrau,oblast,,
MAN,Маңғыстау,Мангистауская,Mangystau,oblast,,
PAV,Павлодар,Павлодарская,Pavlodar,oblast,,
SEM,Семей,Семейская,Semey,territorial,,
SEV,Солтүстік Қазақстан,Северо-Казахстанская,North Kazakhstan,oblast,,
TAL,Талдықорған,Талдыкорганская,Taldykorgan,territorial,,
ZAP,Батыс Қазақстан,Западно-Казахстанская,West Kazakhstan,oblast,,
ZHA,Жамбыл,Жамбылская,Jambyl,oblast,,
YUZ,Оңтүстік Қазақстан,Южно-Казахстанская,South Kazakhstan,oblast,,2018-06-18
TUR,Түркістан,Туркестанская,Turkistan,oblast,2018-06-19,
""",
    "outlets": """code,name_kk,name_ru,name_en,channel,level,valid_from
union-site,салалық кәсіподақ сайты,сайт отраслевого профсоюза,union website,website,sector,
bilimdi-el,«Білімді ел»,«Білімді ел»,Bilimdi El,newspaper,republican,
serper,«Серпер»,«Серпер»,Serper,newspaper,regional,
ustazdyq-engbek,«Ұстаздық еңбек»,«Ұстаздық еңбек»,Ustazdyq Engbek,newspaper,organisation,2017-02-23
""",
    "indicators": """code,name_kk,name_ru,name_en,unit,tier,decimals
publications,материалдар,материалы,items published,item,output,0
copies,газет данасы,экземпляры газет,newspaper copies subscribed,copy,input,0
broadcasts,теле- және радиобағдарламалар,теле- и радиопередачи,TV and radio programmes,programme,output,0
videos,бейнематериалдар,видеоматериалы,videos,video,output,0
""",
    "aliases": "alias,table,code\nҚұс жолы ұйымы,organisations,KUS\n",
}
ITEMS = "date,organisation,outlet,title"
FIGURES = "indicator,organisation,outlet,start,end,value,qualifier,source"
TOLD = "organisation,topic,text_kk,text_ru,text_en,source"
DONE = "organisation,kind,start,end,participants,qualifier,source"
PLAN = "code,organisation,text_kk,text_ru,text_en,status"


@dataclass(frozen=True)
class Case:
    """One fault: the files it takes and the rows of data in each, as a person counts them."""

    name: str
    files: dict[str, bytes]
    rows: dict[str, Sequence[int]] = field(default_factory=dict)


def csv(
    name: str,
    heading: str,
    *lines: str,
    table: str = "",
    above: Sequence[str] = (),
    encoding: str = "utf-8",
    delimiter: str = ",",
) -> Case:
    """Write a CSV file; `@` is a day that only this case has, `~` its name."""
    cases[name] = len(cases)
    own = f"2017-{cases[name] // 28 + 1:02}-{cases[name] % 28 + 1:02}"
    text = (
        "\n".join([*above, heading, *lines, ""]).replace("@", own).replace("~", name).replace(",", delimiter)
    )
    file = f"{table or TABLE[heading]}-{name}.csv"
    first = len(above) + 2
    return Case(name, {file: text.encode(encoding)}, {file: range(first, first + len(lines))})


def workbook(name: str, *sheets: tuple, ending: str = ".xlsx") -> Case:
    """Write a workbook of sheets, each as `sheet` gives it."""
    book = Workbook()
    book.remove(book.active)
    rows: list[int] = []
    for title, cells, numbers, change in sheets:
        made = book.create_sheet(title)
        for row in cells:
            made.append(row)
        change(made)
        rows += numbers
    content = io.BytesIO()
    book.save(content)
    return Case(name, {name + ending: content.getvalue()}, {name + ending: rows})


def sheet(
    title: str, heading: str, *rows: Sequence, above: Sequence[Sequence] = (), change=lambda made: None
) -> tuple:
    """Give a sheet: its title, cells, the numbers of its rows of data, and what is done to it afterwards."""
    cells = [*above, heading.split(","), *rows]
    first = len(above) + 2
    return title, cells, [first + n for n, row in enumerate(rows) if row], change


def form(
    name: str,
    *rows: Sequence,
    organisation="KUS",
    beside=None,
    period="2017H1",
    filed="2017-07-03",
    value: object = 5,
    head: str = "indicator,outlet,start,end,value,previous",
    titles: Sequence[Sequence] = (),
    change=lambda made: None,
) -> Case:
    """Write a form with one figure in it, or with rows of one's own below its heading."""
    first = [
        ["organisation", "Ұйым", organisation, beside],
        ["period", "Кезең", period],
        ["filed", "Толтырылған күні", filed],
    ]
    row = ["videos", "bilimdi-el", date(2017, 1, 1), date(2017, 5, 1 + len(cases) % 28), value, 4]
    cases[name] = len(cases)
    title, cells, numbers, _ = sheet("observations", head, *titles, *(rows or [row]), change=change)
    return workbook(
        name, ("form", first, [], lambda made: None), (title, cells, numbers[len(titles) :], change)
    )


def changed(case: Case, parts: dict[str, tuple[str, str]], names: dict[str, str] | None = None) -> Case:
    """Write a workbook with texts in some of its parts changed, and parts under other names."""
    ((file, content),) = case.files.items()
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            for within, (was, becomes) in parts.items():
                if within in part:
                    text = text.replace(was.encode(), becomes.encode())
            new.writestr((names or {}).get(part, part), text)
    return replace(case, files={file: made.getvalue()})


def opendocument(name: str, title: str, rows: str, numbers: Iterable[int]) -> Case:
    """Write the least OpenDocument spreadsheet: rows of cells as they stand in its XML."""
    spaces = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }
    named = " ".join(f'xmlns:{short}="{long}"' for short, long in spaces.items())
    content = (
        f'<office:document-content {named} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="{title}">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind, file = "application/vnd.oasis.opendocument.spreadsheet", io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
    return Case(name, {f"{name}.ods": file.getvalue()}, {f"{name}.ods": list(numbers)})


def ods_row(*texts: str, more: str = "", about: str = "") -> str:
    """Give a row of text cells, with cells of one's own after them."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    return f"<table:table-row{about}>{''.join(cell.format(text) for text in texts)}{more}</table:table-row>"


def hide(made) -> None:
    made.sheet_state = "hidden"


def hide_rows(*rows: int):
    """Give what hides some rows of a sheet, as a filter does."""

    def change(made) -> None:
        for row in rows:
            made.row_dimensions[row].hidden = True

    return change


def strike(row: int):
    """Give what strikes a row of a sheet through."""

    def change(made) -> None:
        for cell in made[row]:
            cell.font = Font(strike=True)

    return change


def merge(*areas: str):
    """Give what merges cells of a sheet."""

    def change(made) -> None:
        for area in areas:
            made.merge_cells(area)

    return change


def mangled(text: str, was: str, taken: str) -> str:
    """Give a text as it looks where its encoding was taken for another."""
    return text.encode(was).decode(taken)


cases: dict[str, int] = {}
TABLE = {
    ITEMS: "publications",
    FIGURES: "observations",
    TOLD: "highlights",
    DONE: "activities",
    PLAN: "measures",
}
KAZAKH = ["01.03.2017;Қостанай;serper;Ұстаздар {}", "02.03.2017;Қарағанды;serper;Оқу жылы мен ғылым {}"]
DAY = date(2017, 3, 1)
SPOKEN = {code: language(code) for code in LANGUAGES}

CASES = [
    # the file as a whole
    Case("no-byte", {"publications-no-byte.csv": b""}),
    Case("mark-only", {"publications-mark-only.csv": b"\xef\xbb\xbf"}),
    Case("blank-lines", {"publications-blank-lines.csv": b"\r\n  \r\n"}),
    Case("zeros", {"publications-zeros.csv": b"\0" * 64}),
    csv("zero-inside", ITEMS, "@,KUS,serper,a\0b"),
    Case("broken-utf-8", {"publications-broken-utf-8.csv": f"{ITEMS}\n2017-03-01,KUS,serper,Ұстаздар\n"
                          "2017-03-02,KUS,serper,Мұғалімдер".encode()[:-1]}),
    Case("half-a-letter", {"publications-half-a-letter.csv": f"{ITEMS}\n".encode("utf-16") + b"\x01"}),
    csv("in-kz1048", ITEMS, *[r.format("кз") for r in KAZAKH], encoding="kz1048", delimiter=";"),
    csv("in-cp1251", ITEMS, "02.03.2017,KUS,serper,День учителя прошёл хорошо", encoding="cp1251"),
    csv("in-cp866", ITEMS, "03.03.2017,KUS,serper,Начало учебного года в районе", encoding="cp866"),
    csv("in-utf-16-without-mark", ITEMS, "@,KUS,serper,x", encoding="utf-16-le"),
    csv("open-quote", ITEMS, '@,KUS,serper,"a', "@,KUS,serper,b"),
    csv("two-open-quotes", ITEMS, "@,KUS,serper,~", '@,KUS,serper,"b', '@,KUS,serper,"c', "@,KUS,serper,d"),
    csv("no-heading", "2017-03-01,KUS,serper,~", "2017-03-02,KUS,serper,b", table="publications"),
    csv("missing-column", "date,organisation,outlet,titel", "@,KUS,serper,~", table="publications"),
    csv("repeated-column", "date,organisation,outlet,title,title", "@,KUS,serper,a,b", table="publications"),
    csv("unknown-column", "date,organisation,outlet,title,speeker", "@,KUS,serper,c,", "@,KUS,serper,d,chair",
        table="publications"),
    csv("column-without-name", "date,organisation,outlet,title,", "@,KUS,serper,e,", "@,KUS,serper,f,x",
        table="publications"),
    csv("other-heading", "дата,филиал,газета,заголовок", "@,KUS,serper,g", table="publications"),
    csv("title-above", ITEMS, "@,KUS,serper,h", above=["Есеп,,,"]),
    csv("ragged-title-above", ITEMS, "@,KUS,serper,i", above=["Қостанай облысы", "", "Итог, 2017"]),
    csv("not-named-after-a-table", ITEMS, "@,KUS,serper,j", table="Костанай"),
    csv("unknown-file", "a,b", "1,2", table="observation"),
    Case("unknown-kind", {"publications.docx": b"PK"}),
    Case("in-a-folder", {"KUS/publications.csv": b"x"}),
    csv("few-cells", ITEMS, "@,KUS,serper,k", "@,KUS,serper", "@,KUS,serper,l"),
    csv("many-cells", ITEMS, "@,KUS,serper,m, and n"),
    csv("remarks-below-lines", ITEMS, "@,KUS,serper,~", "Исполнитель: зав. отделом", "тел. 32-15-15"),
    csv("few-cells-below-titles", ITEMS, "@,KUS,serper,o", "@,KUS", above=["Есеп"]),
    # understood, and nothing to say
    csv("semicolons", ITEMS, "@,KUS,serper,p", delimiter=";"),
    csv("tabs-in-utf-16", ITEMS, "@,KUS,serper,q", delimiter="\t", encoding="utf-16"),
    csv("marked-utf-8", ITEMS, "@,KUS,serper,r", encoding="utf-8-sig"),
    # dates
    csv("no-such-day", ITEMS, "2017-02-30,KUS,serper,~"),
    csv("two-digit-year", ITEMS, "23.02.17,KUS,serper,~"),
    csv("days-of-excel", ITEMS, "42789,KUS,serper,~"),
    csv("date-in-words", ITEMS, "23 ақпан 2017,KUS,serper,~"),
    csv("month-first", ITEMS, "03/25/2017,KUS,serper,~"),
    csv("slashes", ITEMS, "05/04/2017,KUS,serper,slashes"),
    csv("no-date", ITEMS, ",KUS,serper,~"),
    # numbers
    csv("comma-of-thousands", FIGURES, 'videos,KUS,,@,,"1,234",exact,x'),
    csv("point-of-thousands", FIGURES, "videos,KUS,,@,,40.000,exact,x"),
    csv("point-of-thousands-of-people", DONE, "KUS,seminar,@,@,2.000,exact,x"),
    workbook("thousandths",
             sheet("observations", FIGURES,
                   ["videos", "KUS", None, date(2016, 3, 7), None, 1.234, "exact", "x"])),
    csv("english-number", FIGURES, 'videos,KUS,,@,,"1,234,567",exact,x'),
    csv("number-in-words", FIGURES, "videos,KUS,,@,,60-тан астам,exact,x"),
    csv("a-range", FIGURES, "videos,KUS,,@,,60-70,exact,x"),
    csv("letter-for-zero", FIGURES, "videos,KUS,,@,,1O,exact,x"),
    csv("percent", FIGURES, "videos,KUS,,@,,12%,exact,x"),
    csv("no-number", FIGURES, "videos,KUS,,@,,көп,exact,x"),
    csv("dash-for-nothing", FIGURES, "videos,KUS,,@,,-,exact,x"),
    csv("endless-number", FIGURES, f"videos,KUS,,@,,{'9' * 20},exact,x"),
    csv("below-zero", FIGURES, "videos,KUS,,@,,-5,exact,x"),
    csv("less-than-nothing", FIGURES, "videos,KUS,,@,,0,less_than,x"),
    csv("not-whole", FIGURES, "videos,KUS,,@,,2.5,exact,x"),
    csv("not-whole-people", DONE, "KUS,seminar,@,@,30.5,exact,x"),
    csv("no-value", FIGURES, "videos,KUS,,@,,,exact,x"),
    # choices, codes, names
    csv("not-a-choice", FIGURES, "videos,KUS,,@,,5,exect,x"),
    csv("unknown-organisation", ITEMS, "@,KUZ,serper,~"),
    csv("unknown-outlet", ITEMS, "@,KUS,serpr,~"),
    csv("unknown-indicator", FIGURES, "video,KUS,,@,,5,exact,x"),
    csv("nothing-near", ITEMS, "@,Марс,serper,~"),
    csv("may-be-two", ITEMS, "@,Алматы,serper,~"),
    csv("look-alikes", ITEMS, "@,KUS,«Бiлiмдi ел»,look-alikes"),
    csv("alias", ITEMS, "@,Құс жолы ұйымы,serper,alias"),
    csv("small-letters", ITEMS, "@,kus,serper,small letters"),
    csv("one-unknown-of-several", FIGURES + ",named", "videos,TOTAL,,@,,5,exact,x,KUS KRA ALM",
        table="observations"),
    csv("total-of-items", ITEMS, "@,TOTAL,serper,~"),
    csv("totals-row", FIGURES, "videos,KUS,,@,,5,exact,x", "Итого:,,,,,5,,"),
    csv("not-a-code", TOLD, "KUS,өз баспасы,a,b,c,x"),
    csv("not-a-code-of-a-measure", PLAN, "№ 1,KUS,a,b,c,planned"),
    csv("language-in-a-word", ITEMS + ",language", "@,KUS,serper,x,по-русски", table="publications"),
    csv("not-an-address", ITEMS + ",url", "@,KUS,serper,not an address,www.kz", table="publications"),
    csv("many-alike", ITEMS, *[f"@,KUZ,serper,{n}" for n in range(60)]),
    # rows against times
    csv("after-period", ITEMS, "2017-07-01,KUS,serper,after"),
    csv("before-period", ITEMS, "2016-12-31,KUS,union-site,before"),
    csv("begins-after-period", FIGURES, "videos,KUS,,2017-07-02,,5,exact,x"),
    csv("ends-long-after", FIGURES, "videos,KUS,,@,2018-12-31,5,exact,x"),
    csv("ends-before-it-starts", FIGURES, "videos,KUS,,@,2016-05-01,5,exact,x"),
    csv("not-yet-founded", ITEMS, "2017-03-01,TUR,serper,~"),
    csv("not-yet-published", ITEMS, "2017-02-22,KUS,ustazdyq-engbek,~"),
    # rows against rows
    csv("same-row", ITEMS, "@,KUS,serper,same row", "@,ALM,serper,another", "@,KUS,serper,same row"),
    csv("same-item", ITEMS, "@,KUS,serper,Same item", "@,ALM,serper,same  item"),
    Case("same-row-in-two-files",
         {"publications-two-1.csv": f"{ITEMS}\n2017-04-28,KUS,serper,two\n".encode(),
          "publications-two-2.csv": f"{ITEMS}\n2017-04-28,KUS,serper,two\n2017-04-28,ALM,serper,1".encode()},
         {"publications-two-1.csv": [2], "publications-two-2.csv": [2, 3]}),
    Case("same-file",
         {"publications-copy.csv": (ITEMS + "\n2017-04-29,KUS,serper,copy\n").encode(),
          "publications-copy (1).csv": (ITEMS + "\n2017-04-29,KUS,serper,copy\n").encode()},
         {"publications-copy (1).csv": [2]}),
    csv("two-values", FIGURES, "videos,KUS,,@,,5,exact,x", "videos,KUS,,@,,6,exact,x"),
    Case("revised",
         {"../2016H2/observations.csv": (FIGURES + "\nvideos,KUS,serper,2016-02-01,,5,exact,x\n"
                                         "videos,KUS,bilimdi-el,2016-02-01,,200,more_than,x\n").encode(),
          "observations-revised.csv": (FIGURES + "\nvideos,KUS,serper,2016-02-01,,6,exact,x\n"
                                       "videos,KUS,bilimdi-el,2016-02-01,,210,exact,x\n").encode()},
         {"../2016H2/observations.csv": [2, 3], "observations-revised.csv": [2, 3]}),
    csv("parts-above-total", FIGURES, "videos,TOTAL,,@,,10,exact,x", "videos,KUS,,@,,6,exact,x",
        "videos,ALM,,@,,5,more_than,x"),
    csv("halves-above-year", FIGURES, "broadcasts,KUS,,2015-01-01,2015-12-31,10,exact,x",
        "broadcasts,KUS,,2015-01-01,2015-06-30,6,exact,x", "broadcasts,KUS,,2015-07-01,2015-12-31,5,exact,x"),
    csv("jump", FIGURES, "copies,ALM,serper,2016-01-01,2016-12-31,10,exact,x",
        "copies,ALM,serper,2017-01-01,2017-12-31,538,exact,x"),
    csv("not-the-lowest", FIGURES + ",extreme", "videos,KUS,,@,,5,exact,x,lowest",
        "videos,ALM,,@,,3,exact,x,", table="observations"),
    csv("not-the-highest", FIGURES + ",extreme", "videos,KUS,,@,,5,exact,x,highest",
        "videos,ALM,,@,,7,exact,x,", table="observations"),
    csv("items-against-total", FIGURES, "publications,YUZ,union-site,2017-01-01,2017-06-30,3,exact,x"),
    csv("items-of-that-total", ITEMS, "2017-03-01,YUZ,union-site,one", "2017-03-02,YUZ,union-site,two"),
    # workbooks
    Case("garbage", {"garbage.xlsx": b"neither zip nor anything"}),
    Case("half-a-compound-file", {"half.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)}),
    Case("password", {"ZAP.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
                      + "EncryptedPackage".encode("utf-16-le") + bytes(500)}),
    changed(workbook("strict-workbook", sheet("publications", ITEMS, [DAY, "KUS", "serper", "strict"])),
            {"": ("http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                  "http://purl.oclc.org/ooxml/spreadsheetml/main"),
             ".": ("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                   "http://purl.oclc.org/ooxml/officeDocument/relationships")}),
    changed(workbook("parts-in-capitals", sheet("publications", ITEMS, [DAY, "KUS", "serper", "1C"])), {},
            {"xl/workbook.xml": "xl/Workbook.xml"}),
    changed(workbook("one-sheet-in-capitals", sheet("publications", ITEMS, [DAY, "KUS", "serper", "first"]),
                     sheet("publications 2", ITEMS, [DAY, "KUS", "serper", "second"])), {},
            {"xl/worksheets/sheet2.xml": "xl/worksheets/Sheet2.xml"}),
    changed(workbook("fill-of-nothing", sheet("publications", ITEMS, [DAY, "KUS", "serper", "fill"])),
            {"styles": ('<patternFill patternType="gray125"/>', "")}),
    changed(workbook("colour-with-a-sign", sheet("publications", ITEMS, [DAY, "KUS", "serper", "colour"])),
            {"styles": ('<color theme="1"/>', '<color rgb="#FF0000"/>')}),
    changed(workbook("characters-by-code", sheet("publications", ITEMS, [DAY, "KUS", "serper", "one@two"])),
            {"sheet1": ("@", "_x000D_\n"), "worksheets": ("KUS", "KUS_x000D_")}),
    Case("html-as-xls", {"publications-html.xls": (
        "<html><meta charset='utf-8'><table><tr><td>date<td>organisation<td>outlet<td>title</tr>"
        "<tr><td>09.03.2017<td>KUS<td>serper<td>Ұстаздар<br>&amp; оқу</tr>"
        "<tr style='display:none'><td>10.03.2017<td>KUS<td>serper<td>жасырын</tr></table></html>").encode()},
         {"publications-html.xls": [2, 3]}),
    Case("page-as-xls", {"page.xls": b"<html><body><p>Not found</p></body></html>"}),
    Case("text-as-xls", {"publications-text.xls": f"{ITEMS}\n2017-03-11,KUS,serper,tabs\n".replace(",", "\t")
                         .encode("utf-16")}, {"publications-text.xls": [2]}),
    Case("xml-as-xls", {"book.xls": b'<?xml version="1.0"?><Workbook><Worksheet/></Workbook>'}),
    Case("workbook-as-csv", {"publications-book.csv": next(iter(workbook(
        "x", sheet("publications", ITEMS, [DAY, "KUS", "serper", "workbook as csv"])).files.values()))},
         {"publications-book.csv": [2]}),
    workbook("hidden-rows",
             sheet("publications", ITEMS, *[[DAY, "KUS", "serper", f"seen {n}"] for n in "abcd"],
                   change=hide_rows(2, 4, 5))),
    workbook("struck-row", sheet("publications", ITEMS, *[[DAY, "KUS", "serper", f"line {n}"] for n in "ab"],
                                 change=strike(3))),
    workbook("heading-in-two-rows",
             ("publications", [[*ITEMS.split(","), "Прочее"], [None, None, None, None, "language", "format"],
                               [DAY, "KUS", "serper", "two rows", "kk", "text"]], [3],
              merge("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"))),
    workbook("remarks-below", sheet("publications", ITEMS, [DAY, "KUS", "serper", "remark"], [],
                                    ["Исполнитель: зав. орготделом, тел. 32-15-15"],
                                    ["Ескертпе:", None, None, "деректер толық емес"])),
    workbook("half-a-row-below", sheet("publications", ITEMS, [DAY, "KUS", "serper", "whole row"],
                                       [None, "KUS"])),
    Case("garbage-ods", {"garbage.ods": b"PK\x03\x04 and no more"}),
    workbook("blank-workbook", ("Sheet1", [], [], lambda made: None)),
    workbook("hidden-sheet", sheet("publications", ITEMS, [DAY, "KUS", "serper", "seen"]),
             sheet("publications 2", ITEMS, [DAY, "KUS", "serper", "hidden"], change=hide)),
    workbook("unknown-sheet", sheet("publications", ITEMS, [DAY, "KUS", "serper", "known"]),
             ("Парақ2", [["белгі", "мән"], ["a", 1]], [], lambda made: None)),
    workbook("hidden-unknown-sheet", sheet("publications", ITEMS, [DAY, "KUS", "serper", "known too"]),
             ("Тізім", [["a"], ["b"]], [], hide)),
    workbook("no-heading-in-a-sheet",
             ("publications", [[DAY, "KUS", "serper", "sheet 1"]], [1], lambda made: None)),
    workbook("titles-in-a-sheet", sheet("Жарияланымдар", ITEMS, [DAY, "KUS", "serper", "below"],
                                        above=[["Ақпараттық жұмыс"], [], ["Қостанай", 2017]])),
    workbook("merged-across", sheet("publications", ITEMS,
                                    [DAY, "KUS", "serper", "sheet 2"], [DAY, "KUS", "both"],
                                    change=lambda made: made.merge_cells("C3:D3"))),
    workbook("merged-down", sheet("publications", ITEMS, [DAY, "KUS", "serper", "down 1"],
                                  [None, "KAR", "serper", "down 2"], [None, "ALM", "serper", "down 3"],
                                  change=lambda made: made.merge_cells("A2:A4"))),
    workbook("formula-without-value",
             sheet("observations", FIGURES,
                   ["videos", "KUS", None, date(2016, 3, 1), None, "=2+3", "exact", "x"])),
    workbook("error-of-excel", sheet("observations", FIGURES,
                                     ["videos", "KUS", None, date(2016, 3, 2), None, "#REF!", "exact", "x"])),
    workbook("total-merged-across", sheet("observations", FIGURES,
                                          ["videos", "KUS", None, date(2016, 3, 3), None, 5, "exact", "x"],
                                          ["БАРЛЫҒЫ", None, None, None, None, 5],
                                          change=lambda made: made.merge_cells("A3:E3"))),
    workbook("date-turned-number", sheet("publications", ITEMS, [42789, "KUS", "serper", "sheet 3"])),
    workbook("number-turned-date", sheet("observations", FIGURES,
                                         ["videos", "KUS", None, date(2016, 3, 4), None, datetime(2017, 5, 1),
                                          "exact", "x"])),
    workbook("tick-for-number", sheet("observations", FIGURES,
                                      ["videos", "KUS", None, date(2016, 3, 5), None, True, "exact", "x"])),
    workbook("heading-again", sheet("publications", ITEMS, [DAY, "KUS", "serper", "page 1"], ITEMS.split(","),
                                    [DAY, "KUS", "serper", "page 2"])),
    workbook("unknown-organisation-in-a-sheet",
             sheet("Жарияланымдар", ITEMS, [DAY, "Костонайская", "serper", "sheet 4"])),
    opendocument("error-of-calc", "observations",
                 ods_row("indicator", "organisation", "start", "qualifier", "source", "value")
                 + ods_row("videos", "KUS", "2016-03-06", "exact", "x",
                           more='<table:table-cell table:formula="of:=1/0" office:value-type="string" '
                                'office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
                                "</table:table-cell>"), [2]),
    opendocument("hidden-in-calc", "publications",
                 ods_row(*ITEMS.split(",")) + ods_row("2017-03-12", "KUS", "serper", "hidden in calc",
                                                      about=' table:visibility="filter"'), [2]),
    opendocument("merged-in-calc", "publications",
                 ods_row(*ITEMS.split(","))
                 + ods_row("2017-03-02", "KUS", more='<table:table-cell table:number-columns-spanned="2" '
                           'office:value-type="string"><text:p>both</text:p></table:table-cell>'
                           "<table:covered-table-cell/>"), [2]),
    # texts
    csv("question-marks-for-letters", ITEMS, "@,KUS,serper,?аза?стан м??алімдеріні? ке?есі",
        "@,KUS,serper,Ұстаз кім? Ол кім?"),
    csv("read-in-a-wrong-encoding", ITEMS, "@,KUS,serper," + mangled("Кәсіподақ", "utf-8", "latin-1"),
        "@,KUS,serper," + mangled("Кәсіподақ сабағы", "utf-8", "cp1251"),
        "@,KUS,serper," + mangled("Қазақстан кәсіподағы", "kz1048", "cp1251"),
        "@,KUS,serper," + mangled("Қазақстан", "kz1048", "latin-1"), "@,KUS,serper,Café «Déjà vu» и ёлка"),
    csv("names-of-people", ITEMS + ",speaker", "@,KUS,serper,А.Б. Иванов сөз сөйледі,төраға",
        "@,KUS,serper,г. Алматы ул. Абая,Әбілқасов М. Т.", "@,KUS,serper,А.Құнанбайұлы атындағы мектеп,",
        "@,KUS,serper,В гостях: Иванова А.,", "@,KUS,serper,Speech of S. Smith,", table="publications"),
    csv("errors-as-text", ITEMS, "@,KUS,serper,#GETTING_DATA", "@,ALM,serper,Loading...", "@,KAR,serper,#Н/Д",
        "@,AKM,serper,Err:502", "@,AKT,serper,#ССЫЛКА!", "@,ATY,serper,#####"),
    csv("errors-for-numbers", FIGURES, "videos,KUS,,@,,#ЗНАЧ!,exact,x"),
    # names in the Latin alphabets of Kazakh
    csv("names-in-latin", ITEMS, "@,Qostanai,serper,old", "@,Qarağandy oblysy,serper,new",
        "@,Almaty oblysy,serper,region", "@,Almaty qalasy,serper,city", "@,Mańǵystaý,serper,acute",
        "@,KUS,Ustazdyq eńbek,outlet"),
    csv("region-not-a-city", ITEMS, "@,Almaty oblyssy,serper,~"),
    # forms
    csv("sheet-of-a-form", "indicator,organisation,outlet,start,end,value,previous,qualifier,source",
        "Көрсеткіш,Ұйым,Басылым немесе сайт,Басталған күні,Аяқталған күні,Саны,Өткен жолы,,",
        "videos,MAN,,@,,5,–,,", table="MAN"),
    form("KUS", organisation="KUS", filed="2017-07-03", value=5),
    form("KUS-mended", organisation="KUS", filed="2017-07-10", value=7),
    form("SEV", organisation="SEV", value=5),
    form("SEV-of-the-same-day", organisation="SEV", value=7),
    form("made-for-another", organisation="KAR", beside="Семей / Семейская"),
    form("rows-of-another", ["AKM", "videos", "serper", date(2017, 1, 1), date(2017, 6, 30), 5, "–"],
         organisation="TAL", head="organisation,indicator,outlet,start,end,value,previous"),
    form("rows-of-last-time", ["videos", "serper", date(2016, 7, 1), date(2016, 12, 31), 5, "–"],
         ["videos", None, date(2016, 7, 1), date(2016, 12, 31), 5, 4],
         ["copies", "serper", date(2017, 1, 1), date(2017, 12, 31), 5, None], organisation="SEV"),
    form("column-put-in", ["videos", "serper", date(2017, 1, 1), date(2017, 6, 29), None, 5, "–"],
         ["videos", "serper", date(2017, 1, 1), date(2017, 6, 28), "нақтылау", 5, "–"], organisation="ZHA",
         head="indicator,outlet,start,end,,value,previous", change=hide_rows(1),
         titles=[["Көрсеткіш", "Басылым немесе сайт", "Басталған күні", "Аяқталған күні", "Ескерту", "Саны"],
                 ["Показатель", "Издание или сайт", "Дата начала", "Дата окончания", None, "Число"]]),
    form("remarks-in-a-form", ["videos", "serper", date(2017, 1, 1), date(2017, 6, 27), 5, "–"], [],
         ["Итого", None, None, None, 5], [], ["Исполнитель: зав. орготделом, тел. 32-15-15"],
         ["Примечание: по телевидению данные неполные"], organisation="PAV"),
    form("form-of-another-period", period="2016H2", organisation="ATY"),
    form("form-of-nobody", organisation=None),
    form("form-of-a-stranger", organisation="Костонайская"),
    form("form-undated", filed=None, organisation="AKM"),
    form("form-with-a-wrong-date", filed="35.07.2017", organisation="AKT"),
    form("form-untouched", value=None, organisation="ALA"),
    # columns are called as the file calls them
    csv("headed-in-russian", "Дата выхода,Организация,Издание или сайт,Название материала,Язык",
        "31.11.2016,KUS,serper,~,kk", "@,Қостанай облысы,«Жаңа газет»,~,рус", table="publications"),
    workbook("headed-in-two-languages",
             ("publications", [["Шыққан күні", "Ұйым", "Басылым немесе сайт", "Материалдың атауы", "Тілі"],
                               ["Дата выхода", "Организация", "Издание или сайт", "Название материала",
                                "Язык"],
                               [DAY, "KUS", "serper", "in two languages", "??"]], [3], lambda made: None)),
]  # fmt: skip
REFERENCE_CASES = [
    Case("alias-of-nothing", {"../reference/aliases-x.csv": b"alias,table,code\nX,outlets,serpr\n"},
         {"../reference/aliases-x.csv": [2]}),
    Case("code-of-two", {"../reference/organisations-x.csv": "code,name_kk,name_ru,name_en,kind\n"
                         "KUS,Қ,К,K,oblast\n".encode()},
         {"../reference/organisations-x.csv": [2]}),
    Case("not-a-code-of-an-organisation",
         {"../reference/organisations-y.csv": b"code,name_kk,name_ru,name_en,kind\nKUSS,x,y,z,oblast\n"},
         {"../reference/organisations-y.csv": [2]}),
    Case("not-iso",
         {"../reference/organisations-z.csv": b"code,name_kk,name_ru,name_en,kind,iso_3166_2\n"
                                              b"ZZZ,q,w,e,oblast,KZ11\n"},
         {"../reference/organisations-z.csv": [2]}),
    Case("reference-table-gone", {"../reference/indicators.csv": b""}),
]  # fmt: skip


def read(folder: Path, cases: Iterable[Case]) -> Raw:
    """Read a data folder that holds the reference tables and the files of some cases."""
    files = {f"../reference/{name}.csv": text.encode() for name, text in REFERENCE.items()}
    for case in cases:
        files |= case.files
    for file, content in files.items():
        path = (folder / BATCH / file).resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / BATCH).mkdir(exist_ok=True)
    return intake.read(folder, Period.parse("2017H1"))


def golden(raw: Raw, case: Case) -> str:
    """Write down what is said of a case, in three languages."""
    lines, last = [f"## {case.name}", ""], None
    for problem in said(raw, case):
        if last == (last := replace(problem, row=None)):  # the same, a row further down
            lines[-1 - len(LANGUAGES)] += f", {problem.row}"
            continue
        lines.append(f"- {_place(problem)}")
        told = [SPOKEN[code].problem(problem).replace(problem.file, "…", 1) for code in LANGUAGES]
        lines += [f"  - {text}" for text in told]
    return "\n".join(lines if len(lines) > 2 else [*lines, "Nothing."]) + "\n"


def said(raw: Raw, case: Case) -> list[Problem]:
    """Give the problems in the files of a case."""
    names = {(Path(BATCH) / file).as_posix() for file in case.files}
    names = {name.replace("2017H1/../", "") for name in names}
    folders = {name.rsplit("/", 1)[0] for name in names if name.count("/") > 2}
    return [p for p in raw.problems if p.file in names | folders]


def _place(p: Problem) -> str:
    named = {"sheet": p.sheet, "column": p.column, "found": p.found, "nearest": p.nearest, "row": p.row}
    place = "".join(f", {name} {text}" for name, text in named.items() if text)
    return f"**{p.severity} {p.code}** in {p.file}{place}"


def main() -> None:
    """Write `corpus.md`."""
    parts = [
        "# What is said of each file of the corpus\n",
        "Written by `python tests/data/reading/corpus.py`.\n",
    ]
    for cases_ in (CASES, REFERENCE_CASES):
        with tempfile.TemporaryDirectory() as folder:
            raw = read(Path(folder), cases_)
            parts += [golden(raw, case) for case in cases_]
    GOLDEN.write_text("\n".join(parts), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
