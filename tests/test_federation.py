"""Another union makes its report from a data folder alone: nothing of the repository's own stands in it."""

import io
import json
import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from aqparat import synthetic
from aqparat.cli import main
from aqparat.data.forms import writing
from aqparat.document.html import ReportHTMLExporter
from aqparat.period import Period
from aqparat.report import Report
from aqparat.words.bilingual import Bilingual
from aqparat.words.renderer import Renderer
from bs4 import BeautifulSoup
from click.testing import CliRunner
from openpyxl import load_workbook
from reported import LIBRARY, ROOT, shown

OWN = ROOT / "data" / "raw" / "reference"
NAMES = [f"name_{code}" for code in ("kk", "ru", "en")]
HALVES = [Period.parse("2020H1"), Period.parse("2020H2")]
UNION = {
    "kk": "Өзен қызметкерлерінің федерациясы",
    "ru": "Федерация речников",
    "en": "Federation of river workers",
}
REFERENCE = {
    "union": f"name_kk,name_ru,name_en\n{UNION['kk']},{UNION['ru']},{UNION['en']}\n",
    "organisations": """code,name_kk,name_ru,name_en,kind,parent,grid_row,grid_column
HQX,Төралқа,Президиум,Presidium,head_office,,,
UPP,Жоғарғы ағыс,Верховская,Upper Reach,oblast,,0,0
MID,Ортаңғы ағыс,Средняя Быстрина,Middle Reach,oblast,,0,1
LOW,Төменгі ағыс,Низовая,Lower Reach,territorial,,0,2
BAY,Шығанақ қаласы,г. Затон,Bay city,city,,1,0
QUA,Жағалау,Набережная,Quay,city,,1,1
LOK,«Шлюз»,«Шлюз»,Sluice,local,,1,2
FER,«Паром»,«Паром»,Ferry,local,,2,0
DEL,Тарам,Рукавная,Delta,oblast,,2,1
PIE,Айлақ ауданы,Причальный район,Pier district,district,UPP,,
""",
    "outlets": """code,name_kk,name_ru,name_en,channel,level,publisher,issues_per_month
river-net,өзен желісі,речная сеть,River Net,website,sector,HQX,
wave,«Толқын»,«Волна»,Wave,newspaper,republican,,
helm,«Тұтқа»,«Штурвал»,Helm,newspaper,regional,DEL,2
anchor,«Зәкір»,«Якорь»,Anchor,magazine,republican,,
""",
    "indicators": """code,name_kk,name_ru,name_en,unit,tier,decimals
publications,хабарлар,сообщения,messages,item,output,0
copies,газет данасы,экземпляры газет,copies,copy,input,0
broadcasts,бағдарламалар,передачи,programmes,programme,output,0
members,мүшелер,члены,members,member,input,0
trained,оқытылғандар,обученные,people trained,participant,activity,0
""",
    "aliases": "alias,table,code\nсай,outlets,river-net\n",
}
SETTINGS = """[completeness]
due_days = 40
[findings]
least_windows = 3
[activity_index.weights]
site = 0.6
[forms]
standard = ["members", "publications"]
"""


def write(folder, character="full", settings=SETTINGS, **tables):
    """Write a federation's data folder; `tables` are in the place of its own, None is none."""
    reference = folder / "own"
    reference.mkdir(parents=True)
    for name, text in {**REFERENCE, **tables}.items():
        if text is not None:
            (reference / f"{name}.csv").write_text(text, encoding="utf-8")
    synthetic.write(folder, character, HALVES, reference=reference)
    (folder / "raw" / "SYNTHETIC.md").unlink()  # as if they were its own figures
    (folder / "settings.toml").write_text(settings, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def federation(tmp_path_factory):
    return cache(lambda character="full": write(tmp_path_factory.mktemp(character) / "data", character))


@cache
def foreign():
    """Give what belongs to the repository's union: its names, its papers', its organisations', its codes."""
    tables = [pd.read_csv(OWN / f"{name}.csv", dtype=str) for name in ("union", "outlets", "organisations")]
    names = {n for t in tables for column in NAMES for n in t[column].dropna()}
    codes = {code for t in tables[1:] for code in t["code"]}
    common = {"Head office"}  # a kind, too
    return sorted({name.strip("«»") for name in names | codes} - common)


def strangers(text):
    """Find the words of the repository's union in a text, whole words only."""
    return [n for n in foreign() if n in text and re.search(rf"(?<!\w){re.escape(n)}(?!\w)", text)]


def page(report, name="report"):
    html, _ = ReportHTMLExporter().from_notebook_node(shown(report, name))
    return BeautifulSoup(html, "html.parser")


def test_the_words_looked_for_are_those_of_the_repository():
    assert {"QAZ", "ZZZ"}.isdisjoint(foreign()) and len(foreign()) > 80
    assert strangers("«Білімді ел» 306 union-site KUS") == ["KUS", "union-site", "Білімді ел"]


@pytest.mark.parametrize("character", synthetic.CHARACTERS)
@pytest.mark.parametrize("name", ["report", "organisation"])
def test_a_federation_makes_its_report(federation, character, name):
    report = Report(HALVES[-1], "kk", federation(character), "UPP" if name == "organisation" else None)
    for code in ("kk", "ru", "en"):
        report.renderer = Renderer(report.data.tables, code, report.data.facts)
        soup = page(report, name)
        assert soup.select_one("p.union").get_text() == UNION[code]
        assert strangers(soup.get_text(" ").replace("\u00ad", "")) == []
        assert len(soup.select("data.fact")) > (5 if character == "sparse" else 40)


def test_the_command_line_makes_all_of_it(federation, tmp_path):
    where = ["--data", str(federation()), "--out", str(tmp_path)]
    result = CliRunner().invoke(
        main, ["report", "2020H2", "--language", "ru", "--organisation", "HQX,PIE", *where]
    )
    assert result.exit_code == 0, result.output
    target = tmp_path / "2020H2"
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    assert "settings.toml" in manifest["inputs"]
    assert manifest["settings"]["completeness.due_days"] == 40
    assert manifest["settings"]["activity_index.weights.site"] == 0.6
    assert manifest["settings"]["pace.years"] == 3
    for path in sorted(p for p in tmp_path.rglob("*") if p.suffix in (".html", ".csv", ".json", ".ipynb")):
        text = path.read_text(encoding="utf-8")
        if path.suffix in (".html", ".ipynb"):
            text = re.sub(r"<style>.*?</style>|base64,[\w+/=]+", "", text, flags=re.S)
        assert strangers(text) == [], path
    for path in (target / "ru" / "report.html", target / "quality" / "ru.html"):
        assert BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select_one("p.union")
    front = BeautifulSoup((tmp_path / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert {p.get_text() for p in front.select("#ru p.union")} == {UNION["ru"]}
    package = json.loads((target / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["title"].startswith(UNION["en"]) and package["union"] == UNION
    rows = pd.read_csv(target / "data" / "organisations.csv", dtype=str).set_index("code")
    assert rows.loc["TOTAL", "name_kk"] == UNION["kk"]


def test_its_forms_ask_what_its_settings_say(federation, tmp_path):
    paths = writing.write(Period.parse("2021H1"), ["UPP"], federation(), tmp_path, Bilingual())
    book = load_workbook(paths[0])
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    prompts = [v.prompt or "" for sheet in book for v in sheet.data_validations.dataValidation]
    text = "\n".join([*cells, *prompts])
    assert strangers(text) == []
    assert "UPP MID" in text and "«Толқын» / «Волна»" in text


@pytest.mark.parametrize(
    ("sites", "outlet"),
    [
        ("", None),
        ("river-net,а,б,c,website,sector,,\n", "river-net"),
        ("a-old,а,б,c,website,sector,,\nriver-net,а,б,c,website,sector,,\n", "a-old"),
        ("one,а,б,c,website,regional,UPP,\n", None),
    ],
)
def test_a_union_may_have_no_site_or_several(tmp_path, sites, outlet):
    lines = REFERENCE["outlets"].splitlines(keepends=True)
    outlets = lines[0] + sites + "".join(lines[2:])
    aliases = "alias,table,code\n"
    folder = write(tmp_path / "data", outlets=outlets, aliases=aliases)
    report = Report(HALVES[-1], "en", folder)
    assert report.section("site").outlet == outlet
    text = page(report).select_one("main").get_text(" ")
    assert ("The data list no website of the union" in text) is (outlet is None)
    assert outlet or "items they sent to the site" not in text
    assert page(Report(HALVES[-1], "ru", folder, "UPP"), "organisation").select_one("main")


def test_names_need_not_stand_in_a_language_that_is_not_wanted(tmp_path):
    tables = {n: pd.read_csv(io.StringIO(t), dtype=str) for n, t in REFERENCE.items() if n != "aliases"}
    russian = {n: t.drop(columns=["name_kk"]).to_csv(index=False) for n, t in tables.items()}
    folder = write(tmp_path / "data", settings='[report]\nlanguages = ["ru", "en"]\n', **russian)
    out = tmp_path / "reports"
    where = ["--data", str(folder), "--out", str(out)]
    result = CliRunner().invoke(main, ["report", "2020H2", "--format", "html", *where])
    assert result.exit_code == 0, result.output
    assert sorted(p.parent.name for p in out.glob("2020H2/*/report.html")) == ["en", "ru"]
    assert UNION["ru"] in (out / "2020H2" / "ru" / "report.html").read_text(encoding="utf-8")
    (folder / "settings.toml").unlink()
    result = CliRunner().invoke(main, ["check", "2020H2", *where])
    assert result.exit_code == 1
    assert "union.csv, 1-жол, «Қазақша атауы, name_kk» бағаны" in result.output


def test_the_site_told_is_the_one_with_the_latest_figures(tmp_path):
    lines = REFERENCE["outlets"].splitlines(keepends=True)
    outlets = lines[0] + "a-old,а,б,c,website,sector,,\n" + "".join(lines[1:])
    folder = write(tmp_path / "data", outlets=outlets)
    for path in (folder / "raw" / "2020H2").glob("*.csv"):
        text = path.read_text(encoding="utf-8").replace("a-old", "river-net")
        path.write_text(text, encoding="utf-8")
    assert Report(HALVES[-1], "en", folder).section("site").outlet == "river-net"


def test_a_union_may_have_no_name(tmp_path):
    folder = write(tmp_path / "data", union=None)
    report = Report(HALVES[-1], "en", folder)
    assert report.title().more["union"] == ""
    soup = page(report)
    assert soup.select_one("p.union") is None
    out = tmp_path / "reports"
    where = ["--language", "en", "--data", str(folder), "--out", str(out)]
    result = CliRunner().invoke(main, ["report", "2020H2", *where])
    assert result.exit_code == 0, result.output
    for path in (out / "index.html", out / "2020H2" / "quality" / "en.html"):
        page_ = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert page_.select_one("p.union") is None
    assert "he union is not named" in page_.get_text()  # the page of the checks
    assert (out / "2020H2" / "en" / "report.pdf").read_bytes().startswith(b"%PDF")
    package = json.loads((out / "2020H2" / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert "union" not in package and package["title"].startswith("Prepared data. ")


def test_two_unions_are_an_error(tmp_path):
    folder = write(tmp_path / "data", union=f"{REFERENCE['union']}а,б,c\n")
    result = CliRunner().invoke(main, ["check", "2020H2", "--data", str(folder), "--out", str(tmp_path)])
    assert result.exit_code == 1
    assert "raw/reference/union.csv, 3-жол: екінші кәсіподақ аталған" in result.output


def test_no_name_of_the_repositorys_union_stands_in_the_program():
    table = pd.read_csv(OWN / "outlets.csv", dtype=str)
    union = pd.read_csv(OWN / "union.csv", dtype=str)
    names = [n.strip("«»") for t in (table, union) for c in NAMES for n in t[c].dropna()]
    words = {*names, *table["code"]} - {"Атырау", "Atyrau", "atyrau"}  # a city, too
    for path in sorted(p for p in Path(LIBRARY).rglob("*") if p.suffix in (".py", ".toml", ".j2", ".js")):
        text = path.read_text(encoding="utf-8")
        found = [w for w in words if re.search(rf"(?<!\w){re.escape(w)}(?!\w)", text)]
        assert found == [], path.relative_to(ROOT)
