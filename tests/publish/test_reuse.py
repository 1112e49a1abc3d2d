"""What need not be made again is taken over, and a report is the same as one made from nothing."""

import json
import shutil
from dataclasses import replace

import nbformat
import pytest
from aqparat.period import Period
from aqparat.publish import manifest, rendering
from aqparat.publish.order import Order
from aqparat.publish.reuse import is_plain
from aqparat.publish.run import publish
from aqparat.report import Report
from reported import ROOT, shown

PERIOD = Period.parse("2017H1")
OWN = ("ATY", "KUS", "PAV")
HIGHLIGHT = "organisation,topic,text_kk,text_ru,text_en,source\nKUS,training,{text},{text},{text},letter\n"
KEPT = '{"stamp": "", "content": %s}'
FIGURES = "indicator,organisation,outlet,channel,start,end,value,qualifier,named,extreme,source\n"


class Home:
    """Reports of some organisations, and which notebooks were run for them."""

    def __init__(self, path, rendered):
        self.data, self.out, self._rendered = path / "data", path / "reports", rendered
        self.order = Order(PERIOD, ("ru",), ("html",), self.data, self.out, OWN)

    def raw(self, name):
        return self.data / "raw" / name

    def write(self, name, text):
        self.raw(name).write_text(text, encoding="utf-8")

    def change(self, name, old, new):
        text = self.raw(name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def publish(self, force=False, **more):
        """Publish, and return which notebooks were run."""
        self._rendered.clear()
        publish(replace(self.order, **more), force)
        return sorted(self._rendered)

    def content(self):
        return contents(self.out)

    def from_nothing(self, path, **more):
        """Give what the same report is where none was."""
        data = path / "nothing" / "data"
        shutil.copytree(self.raw("."), data / "raw")
        publish(replace(self.order, data=data, out=path / "nothing" / "reports", **more))
        return contents(path / "nothing" / "reports")


def contents(out):
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def rendered():
    return []


@pytest.fixture(scope="module")
def quick(rendered):
    """Run notebooks in this process; each document is what its notebook shows and what is beside it."""

    def render(task):
        rendered.append(
            " ".join([task.parameters.get("organisation", ""), task.parameters["language"]]).strip()
        )
        given = {**task.parameters, "data": task.home / task.parameters["data"]}
        own = "organisation" in given
        notebook = shown(Report(**given), "organisation") if own else nbformat.v4.new_notebook()
        blocks = [cell.get("outputs", []) for cell in notebook.cells]
        told = json.dumps([blocks, task.languages, task.formats, task.organisations], ensure_ascii=False)
        task.folder.mkdir(parents=True, exist_ok=True)
        for form in ("ipynb", *task.formats):
            (task.folder / f"report.{form}").write_text(told, encoding="utf-8")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rendering, "render", render)
        yield


@pytest.fixture(scope="module")
def first(tmp_path_factory, folder_at, rendered, quick):
    path = tmp_path_factory.mktemp("reuse")
    folder = folder_at(path)
    folder.write("2017H1/highlights-KUS.csv", HIGHLIGHT.format(text="school"))
    folder.write(
        "2017H1/observations-PAV.csv",
        FIGURES + "publications,PAV,union-site,,2017-01-01,2017-06-30,9,exact,,,letter\n",
    )
    home = Home(path, rendered)
    assert home.publish() == ["ATY ru", "KUS ru", "PAV ru", "ru"]
    return path


@pytest.fixture
def home(first, tmp_path, rendered):
    shutil.copytree(first, tmp_path / "home")
    return Home(tmp_path / "home", rendered)


CHANGES = {
    "a word of one": (lambda h: h.change("2017H1/highlights-KUS.csv", "school", "course"), {"KUS"}),
    "one says something new": (
        lambda h: h.write("2017H1/highlights-2.csv", HIGHLIGHT.format(text="x").replace("KUS", "ATY")),
        {"ATY"},
    ),
    "one says no more": (lambda h: h.raw("2017H1/highlights-KUS.csv").unlink(), {"KUS"}),
    "a figure that another is ranked by": (
        lambda h: h.change("2017H1/observations-PAV.csv", ",9,", ",8,"), {"ATY", "PAV"},
    ),
    "where such a figure is from": (
        lambda h: h.change("2017H1/observations-PAV.csv", "letter", "paper"), {"ATY", "PAV"},
    ),
    "figures of some": (
        lambda h: h.change("2017H1/observations.csv", ",4,exact", ",5,exact"), {"ATY", "KUS"},
    ),
    "a name": (lambda h: h.change("reference/organisations.csv", "Павлодар", "Павлодарск"), {*OWN}),
    "a word of all": (lambda h: h.change("2017H1/highlights.csv", "site_growth", "note"), set()),
}  # fmt: skip


SAMPLE = ("a word of one", "a figure that another is ranked by")


@pytest.mark.parametrize(
    "change", [pytest.param(c, marks=() if c in SAMPLE else pytest.mark.exhaustive) for c in CHANGES]
)
def test_only_what_may_differ_is_made_again_and_nothing_else_differs(home, tmp_path, change):
    apply, codes = CHANGES[change]
    apply(home)
    assert home.publish() == [*(f"{code} ru" for code in sorted(codes)), "ru"]
    assert home.content() == home.from_nothing(tmp_path)


def test_another_organisation_leaves_the_others(home, tmp_path):
    assert home.publish(organisations=(*OWN, "UST")) == ["UST ru", "ru"]
    assert home.content() == home.from_nothing(tmp_path, organisations=(*OWN, "UST"))


@pytest.mark.parametrize(
    "more", [{"languages": ("ru", "kk")}, {"formats": ("html", "pdf")}], ids=["a language", "a format"]
)
@pytest.mark.exhaustive
def test_what_links_to_more_is_made_again(home, tmp_path, more):
    assert {*home.publish(**more)} >= {"ru", "ATY ru", "KUS ru", "PAV ru"}
    assert home.content() == home.from_nothing(tmp_path, **more)


def touched(home):
    (home.out / "2017H1" / "organisations" / "KUS" / "ru" / "report.html").write_text("x", encoding="utf-8")


def gone(home):
    (home.out / "2017H1" / "organisations" / "KUS" / "ru" / "report.ipynb").unlink()


@pytest.mark.parametrize("spoil", [touched, gone])
def test_documents_that_are_not_as_they_were_made_are_made_again(home, spoil):
    before = home.content()
    spoil(home)
    assert home.publish() == ["KUS ru"]
    assert home.content() == before


def test_documents_made_from_something_else_are_made_again(home):
    path = home.data / "processed" / "publish" / "documents-2017H1.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    own = known["content"]
    own["organisations/KUS/ru"]["key"] = own["organisations/PAV/ru"]["key"]
    path.write_text(json.dumps(known), encoding="utf-8")
    assert home.publish(organisations=("KUS", "PAV"), only=True) == ["KUS ru", "ru"]


@pytest.mark.parametrize(
    "lost",
    [
        "",
        *(
            pytest.param(text, marks=pytest.mark.exhaustive)
            for text in ("{", "[]", KEPT % "[]", KEPT % '{"ru": 1}')
        ),
    ],
)
def test_without_what_is_kept_all_is_made_again(home, lost):
    path = home.data / "processed" / "publish" / "documents-2017H1.json"
    path.write_text(lost, encoding="utf-8") if lost else shutil.rmtree(home.data / "processed")
    home.change("2017H1/highlights-KUS.csv", "school", "course")
    assert home.publish() == ["ATY ru", "KUS ru", "PAV ru", "ru"]


def test_all_is_made_again_where_that_is_asked_for(home):
    assert home.publish(force=True) == ["ATY ru", "KUS ru", "PAV ru", "ru"]


def test_another_program_makes_all_again(home, monkeypatch):
    monkeypatch.setattr(manifest, "library", lambda: {"lib/aqparat/texts/ru/labels.toml": "0"})
    assert home.publish() == ["ATY ru", "KUS ru", "PAV ru", "ru"]


PLAIN = [
    "",
    "report.title()",
    'report.prose("own_place")',
    'report.chart("whatever", of="own_months")',
    'report.table("revised", of="revisions")\nreport.appendix()',
]
OTHERS = [
    'report.prose("site")',
    'report.prose("notes")',
    'report.heading("site_rates")',
    'report.chart("site_periods", of="site")',
    'report.prose(name="own_place")',
    "report.facts",
    "report.data.tables.observations",
    "report = 1",
    'open("data/raw/2017H1/observations.csv").read()',
    "import aqparat",
    'aqparat.load("2017H1")',
    "%time report.title()",
    'print(report.prose("own_place"))',
    "[report.title() for _ in range(2)]",
    'report.prose("own_" + "place")',
]


@pytest.fixture
def own_notebook(tmp_path):
    def write(source, place=None):
        notebook = nbformat.read(ROOT / "notebooks" / "organisation.ipynb", as_version=4)
        cell = nbformat.v4.new_code_cell(source)
        notebook.cells.insert(len(notebook.cells) if place is None else place, cell)
        nbformat.write(notebook, tmp_path / "organisation.ipynb")
        return tmp_path / "organisation.ipynb"

    return write


@pytest.mark.parametrize("source", PLAIN)
def test_a_notebook_of_own_sections_is_plain(own_notebook, source):
    assert is_plain(own_notebook(source))


@pytest.mark.parametrize("source", OTHERS)
def test_a_notebook_that_may_read_anything_else_is_not(own_notebook, source):
    assert not is_plain(own_notebook(source))


@pytest.mark.parametrize("place", [0, 1])
def test_nor_is_one_that_begins_otherwise(own_notebook, place):
    assert not is_plain(own_notebook("x = 1", place))


def test_nor_is_what_is_no_notebook(tmp_path):
    (tmp_path / "x.ipynb").write_text("{}", encoding="utf-8")
    assert not is_plain(tmp_path / "x.ipynb") and not is_plain(ROOT / "notebooks" / "report.ipynb")
