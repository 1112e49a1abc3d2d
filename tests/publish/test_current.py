"""Nothing to do: decided without pandas, and never otherwise than publishing decides."""

import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from aqparat import passing
from aqparat.cli import main
from aqparat.period import Period
from aqparat.problem import AqparatError
from aqparat.publish import current, index, manifest, place, rendering
from aqparat.publish.handout import hand_out
from aqparat.publish.order import Order
from aqparat.publish.run import publish
from aqparat.publish.stem import CAN_FORK
from click.testing import CliRunner
from test_imports import HEAVY, run

PERIOD = Period.parse("2017H1")


class Home:
    """A data folder of three organisations' reports in two languages, and what is asked for next."""

    def __init__(self, path, order):
        self.path, self.order = path, replace(order, data=path / "data", out=path / "reports")
        self.report = self.order.target
        self.manifest = self.report / "manifest.json"

    def raw(self, name):
        return self.path / "data" / "raw" / name

    def ask(self, **more):
        self.order = replace(self.order, **more)

    def settings(self, text):
        (self.path / "data" / "settings.toml").write_text(text, encoding="utf-8")


def rendered(task):
    task.folder.mkdir(parents=True, exist_ok=True)
    for form in ("ipynb", *task.formats):
        (task.folder / f"report.{form}").write_text("{}", encoding="utf-8")


@pytest.fixture(scope="module")
def first(tmp_path_factory, folder_at):
    path = tmp_path_factory.mktemp("current")
    folder = folder_at(path)
    order = Order(PERIOD, ("kk", "en"), ("html",), folder.path, path / "reports", ("PAV", "KUS", "ATY"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rendering, "render", rendered)
        publish(order)
    (path / "reports" / "index.html").write_text(index.MARK.decode(), encoding="utf-8")
    with current.remembered(order):
        pass
    return path, order


@pytest.fixture
def home(first, tmp_path, monkeypatch):
    monkeypatch.setattr(rendering, "render", rendered)
    path, order = first
    shutil.copytree(path, tmp_path / "home")
    return Home(tmp_path / "home", order)


def edited(path, old="", new=" "):
    """Change a file in its middle; without `old`, add to its end."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")


SAME = {
    "nothing": lambda h: None,
    "less asked for": lambda h: h.ask(languages=("en",), organisations=()),
    "an organisation of them": lambda h: h.ask(organisations=("KUS",)),
    "only, and just that": lambda h: h.ask(organisations=("ATY", "KUS", "PAV"), only=True),
    "a file that is not read": lambda h: h.raw("2017H1/notes.docx").write_text("x", encoding="utf-8"),
    "touched, not changed": lambda h: h.raw("2017H1/observations.csv").touch(),
    "an annotated copy": lambda h: annotated(h.report).write_text("x", encoding="utf-8"),
}
OTHER = {
    "a raw byte": lambda h: edited(h.raw("2017H1/observations.csv"), "2017", "2016"),
    "a raw file more": lambda h: shutil.copy(h.raw("2017H1/highlights.csv"), h.raw("2017H1/measures.csv")),
    "a raw file less": lambda h: h.raw("2017H1/highlights.csv").unlink(),
    "a reference row": lambda h: edited(h.raw("reference/aliases.csv"), new="Кус,organisations,KUS\n"),
    "invented data": lambda h: h.raw("SYNTHETIC.md").write_text("x", encoding="utf-8"),
    "a setting": lambda h: h.settings("[pace]\nyears = 2\n"),
    "a setting as it is": lambda h: h.settings("[pace]\nyears = 3\n"),
    "a wrong setting": lambda h: h.settings("[pace]\nyears = 0\n"),
    "an output touched": lambda h: edited(h.report / "kk" / "report.html"),
    "an output gone": lambda h: (h.report / "en" / "report.html").unlink(),
    "an output more": lambda h: (h.report / "en" / "more.html").write_text("x", encoding="utf-8"),
    "a setting in the manifest": lambda h: edited(h.manifest, '"pace.years": 3', '"pace.years": 4'),
    "a word in the manifest": lambda h: edited(h.manifest, '"kk",', '"ru",'),
    "no manifest": lambda h: h.manifest.unlink(),
    "half a manifest": lambda h: h.manifest.write_text('{"inputs": ', encoding="utf-8"),
    "a manifest of nothing": lambda h: h.manifest.write_text("[]", encoding="utf-8"),
    "a mark that is none": lambda h: edited(h.manifest, ' "outputs"', ' "published": 1,\n "outputs"'),
    "another language": lambda h: h.ask(languages=("ru",)),
    "another format": lambda h: h.ask(formats=("pdf",)),
    "another organisation": lambda h: h.ask(organisations=("KAR",)),
    "all organisations": lambda h: h.ask(organisations=("all",)),
    "no such organisation": lambda h: h.ask(organisations=("KUZ",)),
    "only, and less": lambda h: h.ask(languages=("kk",), only=True),
    "only, in another order": lambda h: h.ask(languages=("en", "kk"), only=True),
    "no such data": lambda h: h.ask(data=h.path / "none"),
    "no batch": lambda h: h.ask(period=Period.parse("2017H2")),
    "in raw data": lambda h: h.ask(out=h.path / "data" / "raw"),
}  # fmt: skip


LATER = {
    "a correction": "copies,KUS,bilimdi-el,,2016-01-01,2016-12-31,500,exact,,,a correction",
    "figures of later days": "copies,KUS,bilimdi-el,,2017-01-01,2017-12-31,500,exact,,,on time",
    "a batch out of order": "copies,KUZ,bilimdi-el,,2016-01-01,2016-12-31,500,exact,,,a correction",
}


def annotated(report):
    (report / place.MARKED).mkdir()
    return report / place.MARKED / "KUS.xlsx"


def published(order):
    """Return whether publishing makes nothing, and what it tells."""
    said = []
    try:
        return not publish(order, tell=said.append), said
    except AqparatError:
        return False, said


@pytest.mark.parametrize("change", SAME)
def test_what_publishing_would_not_make_is_current(home, change):
    SAME[change](home)
    assert current.unchanged([home.order]) == []
    assert published(home.order) == (True, [])


@pytest.mark.parametrize("change", OTHER)
def test_what_is_another_report_is_not_current(home, change):
    OTHER[change](home)
    assert current.unchanged([home.order]) is None


@pytest.mark.exhaustive
@pytest.mark.parametrize("change", OTHER)
def test_publishing_would_make_or_refuse_it(home, change):
    OTHER[change](home)
    assert not published(home.order)[0]


@pytest.mark.parametrize("row", LATER.values(), ids=LATER)
def test_what_later_batches_hold_is_told_once_it_is_known(home, row):
    heading = home.raw("2017H1/observations.csv").read_text(encoding="utf-8").splitlines()[0]
    home.raw("2017H2").mkdir()
    home.raw("2017H2/observations.csv").write_text(f"{heading}\n{row}\n", encoding="utf-8")
    assert current.unchanged([home.order]) is None
    assert published(home.order) == (True, current.unchanged([home.order]))
    edited(home.raw("2017H2/observations.csv"), ",500,", ",501,")
    assert current.unchanged([home.order]) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda patch: patch.setattr(manifest, "library", lambda: {"lib/aqparat/cli.py": "0"}),
        lambda patch: patch.setattr(manifest, "packages", lambda: {"pandas": "0"}),
        lambda patch: patch.setattr("aqparat.publish.cells.digest", lambda path: path.stem),
    ],
    ids=["code", "a package", "a cell of a notebook"],
)
def test_another_program_makes_it_again(home, monkeypatch, change):
    change(monkeypatch)
    assert current.unchanged([home.order]) is None
    assert not published(home.order)[0]


def test_what_is_handed_out_is_current_too(home):
    assert hand_out(PERIOD, home.order.data, home.order.out, "en")
    with current.remembered(home.order):
        pass
    assert current.unchanged([home.order]) == []
    assert published(home.order) == (True, [])


@pytest.mark.skipif(not CAN_FORK, reason="there are no such locks")
def test_what_a_run_killed_at_its_end_has_left_is_cleared_though_there_is_nothing_to_do(home, monkeypatch):
    with tempfile.TemporaryDirectory(prefix="t") as passing_by:
        monkeypatch.setattr(tempfile, "tempdir", passing_by)
        folder, lock = passing.make(passing_by)
        os.close(lock)
        assert current.unchanged([home.order]) == []
        assert not Path(folder).exists()


def test_nothing_is_decided_while_another_run_is_writing(home):
    with place.held(home.report):
        assert current.unchanged([home.order]) is None
    assert current.unchanged([home.order]) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda out: (out / "index.html").unlink(),
        lambda out: (out / "index.html").write_text("somebody else's", encoding="utf-8"),
        lambda out: shutil.copytree(out / "2017H1", out / "2016"),
        lambda out: (out / "2017H1" / "kk" / "report.html").rename(out / "2017H1" / "kk" / "report.htm"),
    ],
    ids=["gone", "another", "of a period more", "of a document less"],
)
def test_the_front_page_is_made_again_where_it_would_be_another(home, change):
    change(home.order.out)
    assert current.unchanged([home.order]) is None


def test_the_command_says_so_without_anything_heavy(home):
    words = ["report", "2017H1", "--language", "kk", "--format", "html"]
    words += ["--data", str(home.order.data), "--out", str(home.order.out)]
    told = run(
        "import sys", "from aqparat.cli import main", f"try: main({words}, prog_name='aqparat')",
        "except SystemExit: pass", f"print([name for name in {(*HEAVY, 'rich')} if name in sys.modules])",
    )  # fmt: skip
    assert told == f"{home.report.as_posix()} (unchanged)\n[]\n"


def test_all_periods_asked_for_have_to_be_there(home):
    other = replace(home.order, period=Period.parse("2016"))
    assert current.unchanged([home.order, other]) is None


def test_what_is_to_be_made_again_is_not_asked(home, monkeypatch):
    monkeypatch.setattr(current, "unchanged", lambda orders: pytest.fail("asked"))
    words = ["report", "2017H1", "--force", "--data", str(home.path / "none"), "--out", str(home.order.out)]
    assert CliRunner().invoke(main, words).exit_code == 1
