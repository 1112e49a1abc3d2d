import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import nbformat
import pytest
from aqparat.cli import main
from aqparat.period import Period
from aqparat.problem import DataError
from aqparat.publish import manifest
from aqparat.publish import verify as verifying
from aqparat.publish.evaluate import Mismatch
from aqparat.publish.manifest import write_json
from aqparat.publish.order import Order
from aqparat.publish.run import publish
from aqparat.publish.verify import Cause, Verdict, told, verify
from aqparat.words.languages import language
from click.testing import CliRunner
from handmade import fact
from handmade import published_report as published_report_of
from reported import ROOT
from worked import EXAMPLES

OBSERVATIONS = "raw/2017H1/observations.csv"


class Published:
    """A data folder and a report made from it, one language and format, both to be changed."""

    def __init__(self, folder, data):
        self.folder, self.data = folder, data

    @property
    def manifest(self):
        return json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))

    def amend(self, part, **entries):
        kept = self.manifest
        kept[part] |= entries
        text = json.dumps(kept, ensure_ascii=False, indent=1) + "\n"
        (self.folder / "manifest.json").write_text(text, encoding="utf-8", newline="\n")

    def mark(self, published):
        kept = self.manifest
        write_json(self.folder / "manifest.json", {**kept, "published": published})

    def file(self, name):
        return self.folder / name

    def write(self, file, old, new):
        path = self.data / file
        content = path.read_bytes()
        assert old in content
        path.write_bytes(content.replace(old, new, 1))

    def verify(self):
        return verify(self.folder, self.data)


@pytest.fixture(scope="session")
def once(folder_at, tmp_path_factory):
    home = tmp_path_factory.mktemp("verify")
    data = folder_at(home).path
    publish(Order(Period.parse("2017H1"), ("kk",), ("html",), data, home / "reports"))
    return Published(home / "reports" / "2017H1", data)


@pytest.fixture
def published(once, tmp_path):
    folder = shutil.copytree(once.folder, tmp_path / "reports" / "2017H1")
    shutil.copytree(once.data / "raw", tmp_path / "data" / "raw")
    return Published(folder, tmp_path / "data")


@pytest.fixture
def unrendered(monkeypatch, once):
    """Spare the rendering: what comes out is what was published."""

    def render(published, data, out, *_):
        return shutil.copytree(once.folder, out / "2017H1")

    monkeypatch.setattr(verifying, "_render", render)


# What is the same


def test_another_user_elsewhere_gets_the_same(published, tmp_path):
    (tmp_path / "data").rename(tmp_path / "figures")
    home = tmp_path / "home of another"
    home.mkdir()
    place = {"HOME": str(home), "USER": "other", "LOGNAME": "other", "TZ": "Pacific/Auckland", "LANG": "C",
             "LC_ALL": "C", "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "lib")}  # fmt: skip
    words = ["verify", "reports/2017H1", "--data", "figures", "--language", "en"]
    done = subprocess.run(
        [sys.executable, "-m", "aqparat", *words],
        cwd=tmp_path, env=place, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    files = sorted(verifying._files(published.folder))
    *same, numbers, last = done.stdout.splitlines()
    assert same == [f"same  {f}" for f in files]
    assert numbers.startswith("Every derived number recomputed from its inputs: ")
    assert last == "Same: every file, byte for byte."
    assert [p.name for p in (tmp_path / "figures").iterdir()] == ["raw"]  # nothing is written there


# What is not, and why


def test_no_notebook_that_came_with_a_report_or_with_data_is_run(published, tmp_path_factory, monkeypatch):
    planted = tmp_path_factory.mktemp("planted") / "run"
    for place in (published.folder, published.folder.parent, published.data, published.data.parent):
        (place / "notebooks").mkdir(exist_ok=True)
        notebook = nbformat.read(ROOT / "notebooks" / "report.ipynb", as_version=4)
        notebook.cells.insert(0, nbformat.v4.new_code_cell(f"open({str(planted)!r}, 'w')", id="planted"))
        nbformat.write(notebook, place / "notebooks" / "report.ipynb")
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    verdict = published.verify()
    assert "same" in verdict.files.values() and not planted.exists()


def test_a_changed_row_is_named(published):
    published.write(OBSERVATIONS, b"2017-01-01,2017-06-30,306", b"2017-01-01,2017-06-30,307")
    verdict = published.verify()
    assert not verdict.same
    assert verdict.causes == [Cause("input", "changed", OBSERVATIONS, rows=(2,))]
    assert verdict.files["kk/report.html"] == verdict.files["facts.json"] == "differs"


@pytest.mark.usefixtures("unrendered")
class TestCauses:
    """Each cause is named by its kind, its state and its name."""

    def test_a_file_that_came(self, published):
        shutil.copy(
            published.data / OBSERVATIONS,
            published.data / "raw" / "2017H1" / "observations-KUS.csv",
        )
        assert published.verify().causes == [Cause("input", "new", "raw/2017H1/observations-KUS.csv")]

    def test_a_file_that_went(self, published):
        (published.data / "raw" / "2017H1" / "activities.csv").unlink()
        assert published.verify().causes == [Cause("input", "gone", "raw/2017H1/activities.csv")]

    def test_a_batch_that_went(self, published):
        shutil.rmtree(published.data / "raw" / "2017H1")
        causes = published.verify().causes
        assert {(c.kind, c.state, c.name.split("/")[1]) for c in causes} == {("input", "gone", "2017H1")}
        assert len(causes) == 3

    def test_a_package_of_another_version(self, published, monkeypatch):
        asked = manifest.version
        monkeypatch.setattr(manifest, "version", lambda name: "9.9" if name == "typst" else asked(name))
        assert published.verify().causes == [Cause("package", "changed", "typst", asked("typst"), "9.9")]

    def test_a_package_that_is_not_there(self, published, monkeypatch):
        asked = manifest.version
        monkeypatch.setattr(manifest, "version", lambda name: None if name == "typst" else asked(name))
        assert published.verify().causes == [Cause("package", "gone", "typst", asked("typst"), "")]

    @pytest.mark.parametrize("file", ["lib/aqparat/bounds.py", "notebooks/report.ipynb"])
    def test_a_code_file_that_changed(self, published, file):
        published.amend("code", **{file: "0" * 64})
        assert published.verify().causes == [Cause("code", "changed", file)]

    def test_a_code_file_that_went(self, published):
        published.amend("code", **{"lib/aqparat/lost.py": "0" * 64})
        assert published.verify().causes == [Cause("code", "gone", "lib/aqparat/lost.py")]

    def test_an_output_changed_by_hand(self, published):
        page = published.folder / "kk" / "report.html"
        page.write_text(page.read_text(encoding="utf-8").replace("306", "360"), encoding="utf-8")
        verdict = published.verify()
        assert verdict.causes == [Cause("output", "changed", "kk/report.html")]
        assert verdict.files["kk/report.html"] == "differs"
        assert verdict.files["facts.json"] == "same"

    def test_an_output_that_went_and_one_that_came(self, published):
        (published.folder / "kk" / "report.html").rename(published.folder / "kk" / "mine.html")
        verdict = published.verify()
        assert verdict.causes == [
            Cause("output", "new", "kk/mine.html"), Cause("output", "gone", "kk/report.html")
        ]  # fmt: skip
        assert verdict.files["kk/mine.html"] == "extra"
        assert verdict.files["kk/report.html"] == "missing"

    def test_a_manifest_changed_by_hand(self, published):
        published.amend("parameters", more="1")
        assert published.verify().causes == [Cause("output", "changed", "manifest.json")]

    def test_a_difference_without_a_cause_known(self, published, monkeypatch):
        render = verifying._render

        def other(*given):
            folder = render(*given)
            (folder / "kk" / "report.html").write_text("", encoding="utf-8")
            return folder

        monkeypatch.setattr(verifying, "_render", other)
        assert published.verify().causes == [Cause("unknown", "none")]


# The numbers


@pytest.fixture
def lone(tmp_path, monkeypatch):
    """Give a folder of facts made by hand, which comes out the same when it is rendered."""

    def write(records, **more):
        folder = published_report_of(tmp_path / "2017H1", records, **more)
        monkeypatch.setattr(verifying, "_render", lambda *_: folder)
        monkeypatch.setattr(verifying, "_causes", lambda *_: [])
        monkeypatch.setattr(verifying, "_touched", lambda *_: [])
        return folder

    return write


def verified(folder):
    result = CliRunner().invoke(
        main, ["verify", str(folder), "--data", str(ROOT / "data"), "--language", "en"]
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result.exit_code, result.stdout.splitlines()


def test_every_derived_number_is_computed_again(lone):
    status, lines = verified(lone(EXAMPLES["ranks"]()))
    assert status == 0
    assert lines[-2:] == [
        "Every derived number recomputed from its inputs: 5.", "Same: every file, byte for byte."
    ]  # fmt: skip


def test_a_number_that_is_not_what_its_inputs_say_is_named(lone):
    *records, growth = EXAMPLES["growth"]()
    growth["value"] += 0.1
    lost = growth | {"id": "growth.x", "inputs": [records[0]["id"], growth["id"]]}
    status, lines = verified(lone([*records, growth, lost]))
    assert status == 1
    assert lines[-4:] == [
        f"{growth['id']}, value: published 0.296973518285, recomputed 0.196973518285.",
        "growth.x: cannot be recomputed from the inputs it names.",
        "Derived numbers not confirmed when recomputed: 2.",
        "Same: every file, byte for byte.",
    ]


def test_a_setting_that_is_not_told_is_named(lone):
    status, lines = verified(lone(EXAMPLES["pace"](), settings={"pace.years": 3}))
    assert status == 1
    assert any(line.endswith("cannot be recomputed, pace.half_share_low is missing.") for line in lines)


def test_the_organisations_reports_are_computed_again_too(lone):
    folder = lone(EXAMPLES["growth"]())
    *records, growth = EXAMPLES["growth about"]()
    published_report_of(folder / "organisations" / "KUS", [*records, growth | {"low": 0}])
    status, lines = verified(folder)
    assert status == 1
    assert any(line.startswith(f"{growth['id']}, low: published 0,") for line in lines)


def test_of_facts_that_name_no_inputs_nothing_is_said(lone):
    status, lines = verified(lone([fact("volume.copies.TOTAL.qk.2017", 4746)], settings=None))
    assert status == 0
    assert not any("recomputed" in line for line in lines)


# What cannot be rendered


def test_data_not_in_order_are_said_with_the_cause(published):
    published.write(OBSERVATIONS, b",306,exact", b",306x,exact")
    verdict = published.verify()
    assert isinstance(verdict.error, DataError)
    assert verdict.causes == [Cause("input", "changed", OBSERVATIONS)]
    assert set(verdict.files.values()) == {"unknown"}
    assert not verdict.same


def test_a_program_that_fails_is_said_so(published, monkeypatch):
    def publish(*_, **__):
        raise ModuleNotFoundError("No module named 'typst'", name="typst")

    monkeypatch.setattr("aqparat.publish.run.publish", publish)
    status, printed, said = call(published)
    assert status == 1
    assert printed
    assert said[-1] == "The report cannot be rendered here: ModuleNotFoundError: No module named 'typst'"


def call(published, *words):
    given = [
        "verify",
        str(published.folder),
        "--data",
        str(published.data),
        "--language",
        "en",
        *words,
    ]
    result = CliRunner().invoke(main, given)
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result.exit_code, result.stdout.splitlines(), result.stderr.splitlines()


@pytest.mark.parametrize(
    "spoil, said",
    [
        (lambda e: shutil.rmtree(e.folder), "there is no such folder"),
        (lambda e: e.file("manifest.json").unlink(), "not a complete published report"),
        (lambda e: e.file("manifest.json").write_bytes(b"{"), "manifest.json is damaged"),
        (lambda e: e.amend("parameters", languages=["de"]), "manifest.json is damaged"),
        (lambda e: e.amend("parameters", organisations=["ZZZ"]), "There is no organisation “ZZZ”"),
        (lambda e: e.file("revisions.json").write_bytes(b"{"), "revisions.json is damaged"),
        (lambda e: e.mark("a" * 64), "published.json was not found"),
        (lambda e: shutil.rmtree(e.data), "the data folder was not found"),
        (lambda e: shutil.rmtree(e.data / "raw" / "2017H1"), "nothing was submitted for 2017H1"),
    ],
)  # fmt: skip
def test_bad_input_is_said_in_plain_words(published, spoil, said):
    spoil(published)
    status, _, lines = call(published)
    assert status == 1
    assert said in lines[-1]
    assert "Traceback" not in "".join(lines)


# The words


def test_the_causes_are_worded_in_every_language():
    causes = [Cause(kind, state, "x", "1", "2", (3,)) for kind in ("input", "package", "code", "output")
              for state in ("changed", "gone", "new")]  # fmt: skip
    states = ("same", "differs", "missing", "extra", "unknown")
    verdict = Verdict({f"{state}.html": state for state in states}, [*causes, Cause("unknown", "none")])
    wrong = [Mismatch("a", "low", None, 1.5), Mismatch("b", "inputs", lacking="c"), Mismatch("d", "inputs")]
    for code in ("kk", "ru", "en"):
        lines = list(told(verdict, code))
        assert len(set(lines)) == len(lines) == 5 + 13 + 1
        assert not any("{" in line for line in lines)
        assert lines[5].endswith(language(code).label("verify.rows", rows="3"))
        found = list(told(replace(verdict, recomputed=7, mismatches=wrong), code))[18:]
        assert len(set(found)) == len(found) == 3 + 1 + 1
        assert not any("{" in line for line in found)
        assert "1.5" in found[0] and "–" in found[0]
    assert list(told(Verdict({"a": "same"}), "en"))[-1] == "Same: every file, byte for byte."


def test_many_rows_are_cut_short():
    verdict = Verdict({}, [Cause("input", "changed", "x", rows=tuple(range(2, 40)))])
    line = next(told(verdict, "en"))
    assert line.endswith("2, 3, 4, 5, 6, 7, 8, 9, 10, 11 ….")


def test_names_cannot_command_the_terminal():
    verdict = Verdict({"\x1b[2J.html": "extra"}, [Cause("output", "new", "\x1b]0;x\x07\u202e.html")])
    text = "".join(told(verdict, "en"))
    assert "[U+001B][2J.html" in text
    assert not any(c in text for c in "\x1b\x07\u202e")


def test_a_package_that_is_missing_is_said_in_three_languages(monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl.comments", None)
    monkeypatch.delitem(sys.modules, "aqparat.publish.annotated", raising=False)
    monkeypatch.delattr("aqparat.publish.annotated", raising=False)
    result = CliRunner().invoke(main, ["check", "2017H1"])
    assert result.exit_code == 1
    assert "openpyxl.comments" in result.stderr and "make report" in result.stderr
