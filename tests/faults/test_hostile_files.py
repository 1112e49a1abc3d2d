"""Raw data made to do harm: said in a sentence or read, in bounded time and memory; nothing else is touched.

Each trial puts one thing into a project and runs the commands on it, held to 3 GB and some minutes.
"""

import io
import os
import random
import shutil
import socket
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook
from trial import Place, everything

ROW = "hostile files"
BATCH = Path("raw/2017H1")
ITEMS = "date,organisation,outlet,title"
GOOD = "2017-03-01,KUS,union-site,Мақала"
SHEET = "xl/worksheets/sheet1.xml"
LANGUAGES = ("kk", "ru", "en")
MEMORY = 3 << 30
_TOO = 10  # of as many trials that a check finds wrong, of one a report is asked for too


def csv(content, name="publications.csv"):
    """Give a trial: a file of the batch."""
    return lambda data: (data / BATCH / name).write_bytes(
        content.encode() if isinstance(content, str) else content
    )


def appended(table, line):
    """Give a trial: a row at the end of a table of reference."""

    def put(data):
        path = data / "raw/reference" / f"{table}.csv"
        path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8", newline="")

    return put


def outlet(code):
    return appended("outlets", f"{code},а,б,c,newspaper,republican,,,,")


def organisation(code):
    return appended("organisations", f"{code},а,б,c,oblast,,,,,,,")


def toml(content):
    return lambda data: (data / "settings.toml").write_bytes(
        content if isinstance(content, bytes) else content.encode()
    )


def workbook(*rows):
    book = Workbook()
    book.active.title = "publications"
    for row in (ITEMS.split(","), GOOD.split(","), *rows):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def packed(change, more=(), base=None):
    """Return a workbook with its parts changed, and with more."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base or workbook())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # of the same name again
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more:
            new.writestr(name, content)
    return made.getvalue()


def excel(change=lambda name, part: part, more=(), name="publications.xlsx", base=None):
    """Give a trial: a workbook changed."""
    return lambda data: (data / BATCH / name).write_bytes(packed(change, more, base))


def in_sheet(old, new):
    return lambda name, part: part.replace(old, new) if name == SHEET else part


def rows_more(rows):
    return in_sheet(b"</sheetData>", rows + b"</sheetData>")


def doctype(declared, use):
    """Give a change that puts declarations before the sheet, and a use of them into a cell."""

    def change(name, part):
        if name != SHEET:
            return part
        head, _, rest = (
            part.partition(b"?>") if part.startswith(b"<?xml") else (b"<?xml version='1.0'", b"", part)
        )
        row = b'<row r="9"><c r="A9" t="inlineStr"><is><t>' + use + b"</t></is></c></row>"
        return head + b"?>" + declared + rest.replace(b"</sheetData>", row + b"</sheetData>")

    return change


LAUGHS = b"<!DOCTYPE x [<!ENTITY a0 'ha'>" + b"".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>".encode() for n in range(1, 10)
) + b"]>"  # fmt: skip
OUTSIDE = b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"


def ods(table, doctype=""):
    """Return an OpenDocument file whose one table is this XML."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?>{doctype}<office:document-content xmlns:office="{names}:office:1.0" '
        f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="publications">{table}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return made.getvalue()


def ods_row(*texts, of="", cell=""):
    return f"<table:table-row{of}>" + "".join(
        f'<table:table-cell office:value-type="string"{cell}><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    ) + "</table:table-row>"  # fmt: skip


HEAD = ods_row(*ITEMS.split(",")) + ods_row(*GOOD.split(","))


def other(content, ending):
    return csv(content, f"publications{ending}")


def _column(number):
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _flagged(content):
    """Return an archive whose every part is said to be encrypted."""
    changed = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + at] |= 1
            place = changed.find(mark, place + 4)
    return bytes(changed)


def _special(make):
    """Give a trial: what is no ordinary file, under the name of a table."""

    def put(data):
        try:
            make(data / BATCH / "publications.csv")
        except OSError as error:  # a device where we may make none
            pytest.skip(f"this system makes none here: {error}")

    return put


def _socket(path):
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)  # its path would be too long
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)


def _only(*names):
    """Give a trial: a batch of nothing, or of just these (empty) files."""

    def put(data):
        shutil.rmtree(data / BATCH)
        (data / BATCH).mkdir()
        for name in names:
            (data / BATCH / name).touch()

    return put


def _batch_is_a_file(data):
    shutil.rmtree(data / BATCH)
    (data / BATCH).write_text("x", encoding="utf-8")


def _named(name):
    def put(data):
        path = os.fsencode(data / BATCH) + b"/" + (name if isinstance(name, bytes) else name.encode())
        Path(os.fsdecode(path)).write_bytes(f"{ITEMS}\n{GOOD}\n".encode())

    return put


CODES = [
    "television",
    "any",
    "TOTAL",
    "total",
    "CON",
    "nul",
    "..",
    "../../x",
    "a/b",
    "C:",
    "-rf",
    "қ" * 300,
    "{{7*7}}",
]
NAMES = [
    "publications-Құс.csv".encode("kz1048"), "publications-\n\x1b[31m.csv", "publications-\u202evsc.csv",
    "-rf.csv", "publications-$(touch x);`id`.csv", "publications-<script>alert(1)<∕script>.csv",
    "publications-{{7*7}}%s{0}.csv", "publications-" + "қ" * 100 + ".csv", "=cmd|' 'calc.csv", "NUL.csv",
    "publications- .csv", "publications\\..\\..\\x.csv", "publications'\".csv", ".csv", "publications.csv.",
]  # fmt: skip
TEXTS = [
    "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1", "<script>alert(1)</script>", "{{7*7}}{% raw %}",
    "#import \"x\"; #panic()", "\\input{/etc/passwd}$x^2$", "\u202eкері", "a\u0000b", "\ud83d\ude00".encode(
        "utf-16", "surrogatepass").decode("utf-16"), "̃" * 500, "д" * 100_000,
    "((((((((((a+)+)+)+)+)+)+)+)+)+)$",
]  # fmt: skip
NUMBERS = [
    "9" * 400, "1e308", "1e400", "-0", "-1", "NaN", "Infinity", "٣٤", "３４", "²", "0x10", "1_000",
    "1" + "0" * 15,
    "0." + "0" * 400 + "1", "999999999999999", "0.1", "½", "१२",
]  # fmt: skip
DAYS = [
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "2017-02-29",
    "٢٠١٧-٠١-٠١",
    "2017-13-01",
    "99999-01-01",
    "1900-01-01",
]
FIGURES = "indicator,organisation,outlet,start,end,value,qualifier,source"


def figure(**cells):
    given = {
        "indicator": "copies", "organisation": "KUS", "outlet": "bilimdi-el", "start": "2016-01-01",
        "end": "2016-12-31", "value": "5", "qualifier": "exact", "source": "x", **cells,
    }  # fmt: skip
    quoted = ",".join('"' + text.replace('"', '""') + '"' for text in given.values())
    return csv(f"{FIGURES}\n{quoted}\n", "observations-own.csv")


SMALL = {
    **{f"outlet {code[:20]}": outlet(code) for code in CODES},
    **{f"organisation {code[:20]}": organisation(code) for code in CODES},
    **{f"name {n}": _named(name) for n, name in enumerate(NAMES)},
    **{f"text {n}": figure(source=text) for n, text in enumerate(TEXTS)},
    **{f"number {n}": figure(value=text) for n, text in enumerate(NUMBERS)},
    **{f"day {text}": figure(start=text) for text in DAYS},
    "code as text": figure(organisation="<b>", outlet="../x", indicator="=1+1"),
    "empty batch": _only(),
    "batch of empty files": _only("observations.csv", "publications.xlsx", "measures.ods"),
    "batch is a file": _batch_is_a_file,
    "pipe": _special(os.mkfifo),
    "socket": _special(_socket),
    "device": _special(lambda path: os.mknod(path, 0o20600, os.makedev(1, 5))),  # /dev/zero
    "link to a device": _special(lambda path: path.symlink_to("/dev/zero")),
    "folder": _special(lambda path: path.mkdir()),
    "link to nothing": _special(lambda path: path.symlink_to("nowhere")),
    "link to itself": _special(lambda path: path.symlink_to(path.name)),
    "link to its folder": _special(lambda path: path.symlink_to(".")),
    "quote never closed": csv(f'{ITEMS}\n"{GOOD}\n' * 1 + f"{GOOD}\n" * 20_000),
    "million quotes": csv(f"{ITEMS}\n" + '"' * 10**6 + "\n"),
    "zeros": csv(f"{ITEMS}\n{GOOD}\n".encode() + b"\0" * 10**6),
    "a zero": csv(f"{ITEMS}\n2017-03-01,KUS,union-site,a\0b\n"),
    "mixed ends of lines": csv(f"{ITEMS}\r{GOOD}\n{GOOD}2\r\n\n\r{GOOD}3\u2028{GOOD}\x0b\x0c"),
    **{
        f"in {code}": csv(f"{ITEMS}\n{GOOD}\n".encode(code, "replace"))
        for code in (
            "utf-7",
            "utf-16",
            "utf-16-be",
            "utf-16-le",
            "utf-32",
            "utf-32-le",
            "cp866",
            "mac_cyrillic",
        )
    },
    "half of UTF-8": csv(f"{ITEMS}\n{GOOD}".encode()[:-1]),
    "million columns": csv(",".join("c" * 10**6) + "\n"),
    "page of spans": other(b"<html><table><tr>" + b"<td rowspan=1000 colspan=1000>x" * 300, ".xls"),
    "page of rows": other(b"<html><table>" + b"<tr>" * 30_000 + b"<td colspan=999>x", ".xls"),
    "page without ends": other(b"<html><table><tr><td>" + b"<b>" * 50_000 + b"<!--" * 50_000, ".xls"),
    "garbage as old Excel": other(
        bytes.fromhex("d0cf11e0a1b11ae1") + random.Random(1).randbytes(50_000), ".xls"
    ),
    "records of old Excel": other(
        bytes.fromhex("0908100000060500") + random.Random(2).randbytes(50_000), ".xls"
    ),
    "garbage as Excel": other(b"PK\x03\x04" + random.Random(3).randbytes(50_000), ".xlsx"),
    "garbage as OpenDocument": other(random.Random(4).randbytes(50_000), ".ods"),
    "merged to the end": excel(
        in_sheet(
            b"</sheetData>", b"</sheetData><mergeCells><mergeCell ref='A1:&#88;FD1048576'/></mergeCells>"
        )
    ),
    "cell at the end": excel(rows_more(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "cell beyond the end": excel(
        rows_more(b'<row r="99999999999"><c r="ZZZZZ99999999999"><v>1</v></c></row>')
    ),
    "a column a row": excel(
        rows_more(
            b"".join(
                f'<row r="{r}"><c r="{_column(r)}{r}"><v>1</v></c></row>'.encode() for r in range(3, 9000)
            )
        )
    ),
    "laughs": excel(doctype(LAUGHS, b"&a9;")),
    "laughs in styles": excel(
        lambda name, part: LAUGHS + b"<styleSheet>&a9;</styleSheet>" if name == "xl/styles.xml" else part
    ),
    "file from outside": excel(doctype(OUTSIDE, b"&e;")),
    "laughs in OpenDocument": other(ods(HEAD + ods_row("&a9;"), LAUGHS.decode()), ".ods"),
    "file from outside in OpenDocument": other(ods(HEAD + ods_row("&e;"), OUTSIDE.decode()), ".ods"),
    "repeated rows": other(
        ods(HEAD + ods_row(*GOOD.split(","), of=' table:number-rows-repeated="99999999"')), ".ods"
    ),
    "repeated cells": other(
        ods(HEAD + ods_row("x", cell=' table:number-columns-repeated="99999999"')), ".ods"
    ),
    "spanned rows": other(ods(HEAD + ods_row("x", cell=' table:number-rows-spanned="99999999999"')), ".ods"),
    "repeated nonsense": other(ods(HEAD + ods_row("x", cell=' table:number-columns-repeated="-5"')), ".ods"),
    "deep OpenDocument": other(ods("<table:table-row-group>" * 100_000), ".ods"),
    "names of parts": excel(
        more=[("../canary", b"x"), ("/tmp/canary", b"x"), ("..\\canary", b"x"), ("C:\\x", b"x")]
    ),
    "parts twice": excel(more=[(SHEET, b"<worksheet/>"), (SHEET, b"")]),
    "workbook in a workbook": excel(more=[("xl/embeddings/x.xlsx", workbook())]),
    "encrypted parts": lambda data: (data / BATCH / "publications.xlsx").write_bytes(_flagged(workbook())),
    "macros": excel(more=[("xl/vbaProject.bin", random.Random(5).randbytes(9000))], name="publications.xlsm"),
    "other programs": excel(
        rows_more(
            b'<row r="4"><c r="A4"><f>cmd|\'/C calc\'!A0</f><v>1</v></c><c r="B4"><f>WEBSERVICE("http://x")</f></c>'
            b'<c r="C4"><f>[1]Sheet1!A1</f></c><c r="D4"><f>DDE("cmd";"/C calc";"x")</f></c></row>'
        ),
        more=[("xl/externalLinks/externalLink1.xml", b"<externalLink/>")],
    ),
    "deep sheet": excel(rows_more(b"<row>" * 100_000)),
    "settings deep": toml("a = " + "[" * 100_000),
    "settings of tables": toml("".join(f"[{'a.' * n}a]\n" for n in range(300))),
    "settings of other kinds": toml(
        'pace = 5\nfunnel = [1]\nbounds.about = "x"\ncompleteness.due_days = 1979-05-27\n'
    ),
    "settings of large numbers": toml(
        f"bounds.about = 1e400\npace.years = {'9' * 4300}\nchecks.jump = nan\n"
    ),
    "settings in zeros": toml(b"\0" * 1000),
    "settings a pipe": lambda data: os.mkfifo(data / "settings.toml"),
    "valid backwards": appended("outlets", "zz,а,б,c,newspaper,republican,,,2018-01-01,2017-01-01"),
    "two unions": appended("union", "а,б,c"),
    "union of scripts": lambda data: (data / "raw/reference/union.csv").write_text(
        "name_kk,name_ru,name_en\n<script>,\"=cmd|' '!A0\",{{7*7}}\n", encoding="utf-8"
    ),
    "its own parent": appended("organisations", "ZZZ,а,б,c,oblast,ZZZ,,,,,,ZZZ"),
    "names that end oddly": appended("outlets", "zz,Radio²,«»,( ),newspaper,republican,,,,"),
    "reference is a file": lambda data: (
        shutil.rmtree(data / "raw/reference"),
        (data / "raw/reference").touch(),
    ),
    "no organisations": lambda data: (data / "raw/reference/organisations.csv").write_bytes(b"\0\0"),
}


def _long(line, size):
    def put(data):
        with (data / BATCH / "publications.csv").open("wb") as file:
            file.write(f"{ITEMS}\n".encode() + f"{GOOD}\n".encode() * (0 if size > 1 << 28 else 100))
            for _ in range(size // len(line)):
                file.write(line)

    return put


def _inside(size):
    """Give a trial: a workbook of 3 MB with as many bytes inside, most of them one part."""

    def put(data):
        path = data / BATCH / "publications.xlsx"
        path.write_bytes(workbook())
        with (
            zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as more,
            more.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as part,
        ):
            for _ in range(size >> 24):
                part.write(b" " * (1 << 24))

    return put


LARGE = {
    "line of 500 MB": _long(b"a" * (1 << 20), 500 << 20),
    "line of 200 MB in a register": _long(b"a" * (1 << 20), 200 << 20),
    "20 million blank lines": _long(b"\n" * (1 << 20), 20 << 20),
    "million short rows": _long(b"a,b\n" * (1 << 18), 1 << 22),
    "million rows in an old encoding": csv(
        "күні,ұйым,БАҚ,тақырып\n".encode("kz1048") + "қққ,ә\n".encode("kz1048") * 10**6
    ),
    "60 million cells": csv(f"{ITEMS}{',' * 990}\n" + f"{',' * 993}\n" * 60_000),
    "2.7 GB inside": _inside(2700 << 20),
    "80 million cells": excel(
        rows_more((b"<row>" + b"<c><v>1</v></c>" * 1000 + b"</row>") * 4000), more=[("x", b" " * (1 << 20))]
    ),
    "3 million formulas": excel(rows_more((b"<row>" + b"<c><f>A1</f></c>" * 1000 + b"</row>") * 3000)),
}


@dataclass
class Watched:
    """A project beside which something stands that nobody may touch."""

    place: Place
    before: dict[str, str]

    @classmethod
    def of(cls, place):
        canary = place.path.parent / "canary"
        canary.mkdir()
        (canary / "file").write_text("untouched", encoding="utf-8")
        return cls(place, cls._seen(place))

    @staticmethod
    def _seen(place):
        ours = ("reports", "data/processed", "tmp", "home")  # of the home: what libraries keep of fonts
        return everything(place.path.parent, *(f"place/{name}" for name in ours))

    def untouched(self):
        assert self._seen(self.place) == self.before
        assert self.place.strays() == []


def run(place, put, number, *, report):
    """Put something into the data and run commands: they end as the contract says and touch nothing else."""
    put(place.data)
    watched = Watched.of(place)
    language = LANGUAGES[number % len(LANGUAGES)]
    checked = place.run("check", "2017H1", "--language", language, memory=MEMORY)
    assert checked.said.strip(), "nothing was said"
    watched.untouched()
    if report and (checked.status == 0 or number % _TOO == 0):
        asked = ("report", "2017H1", "--language", language, "--format", "html")
        made = place.run(*asked, "--organisation", "KUS", memory=MEMORY)
        assert made.status == checked.status, made.said
        assert place.whole() == (made.status == 0)
        watched.untouched()


@pytest.mark.whole
@pytest.mark.parametrize("name", SMALL)
def test_each_by_itself(place, tried, name):
    run(place, SMALL[name], [*SMALL].index(name), report=True)
    tried(ROW)


@pytest.mark.whole
@pytest.mark.parametrize("name", LARGE)
def test_each_large_one(place, tried, name):
    run(place, LARGE[name], [*LARGE].index(name), report=False)
    tried(ROW)


def test_some_together(place, tried):
    """Files of one batch: none hides another."""
    put = [
        SMALL[name]
        for name in ("pipe", "name 0", "name 1", "organisation CON", "number 5", "merged to the end")
    ]

    def all_of(data):
        for one in put:
            one(data)

    run(place, all_of, 2, report=False)
    tried(ROW, len(put))
