"""A report never loses, unsaid, what was published: what it has more of is made again, too."""

import json
import threading
from pathlib import Path

import pytest
from aqparat.cli import main
from aqparat.period import Period
from aqparat.publish import manifest, rendering
from aqparat.publish.order import Order
from aqparat.publish.published_report import PublishedReport
from aqparat.publish.run import publish
from click.testing import CliRunner
from reported import data

PERIOD = Period.parse("2017H1")


@pytest.fixture
def quick(monkeypatch):
    """Spare the notebooks: each document says only which one it is."""

    def render(task):
        task.folder.mkdir(parents=True, exist_ok=True)
        (task.folder / "report.ipynb").write_text("{}", encoding="utf-8")
        for form in task.formats:
            (task.folder / f"report.{form}").write_text(" ".join(task.languages), encoding="utf-8")

    monkeypatch.setattr(rendering, "render", render)


def documents(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("report.*") if p.suffix != ".ipynb")


def make(out, languages, formats=("html",), codes=(), **more):
    said = []
    made = publish(Order(PERIOD, languages, formats, data(), out, codes, **more), tell=said.append)
    return made, said


@pytest.mark.usefixtures("quick")
class TestWhole:
    def test_what_is_published_is_made_again_with_what_is_asked_for(self, tmp_path):
        make(tmp_path, ("kk", "en"), ("html", "pdf"), ("KUS", "ATY"))
        made, (said,) = make(tmp_path, ("ru",), codes=("KAR",))
        assert made and "уже есть больше, чем запрошено (kk, en; pdf; ATY, KUS)" in said and "--only" in said
        report = tmp_path / "2017H1"
        assert documents(report) == sorted(
            f"{place}{code}/report.{form}"
            for place in ("", *(f"organisations/{code}/" for code in ("ATY", "KAR", "KUS")))
            for code in ("kk", "ru", "en")
            for form in ("html", "pdf")
        )
        given = PublishedReport(report).manifest["parameters"]
        assert (given["languages"], given["formats"]) == (["kk", "ru", "en"], ["html", "pdf"])
        assert given["organisations"] == ["ATY", "KAR", "KUS"]
        assert (report / "kk" / "report.html").read_text(encoding="utf-8") == "kk ru en"  # linked

    def test_less_of_what_is_there_changes_nothing(self, tmp_path):
        make(tmp_path, ("kk", "en"), codes=("KUS",))
        assert make(tmp_path, ("en",)) == (False, [])

    def test_what_only_takes_away_is_said_before(self, tmp_path):
        make(tmp_path, ("kk", "en"), ("html", "pdf"), ("KUS",))
        before = documents(tmp_path)
        said = []

        def tell(text):
            said.append(text)
            assert documents(tmp_path) == before

        assert publish(Order(PERIOD, ("en",), ("pdf",), data(), tmp_path, only=True), tell=tell)
        assert said == [f"{tmp_path.as_posix()}/2017H1 will no longer hold kk; html; KUS."]
        assert documents(tmp_path) == ["2017H1/en/report.pdf"]

    def test_an_organisation_that_is_no_more_is_said_to_go(self, tmp_path):
        make(tmp_path, ("en",), codes=("KUS",))
        kept = PublishedReport(tmp_path / "2017H1").manifest
        kept["parameters"]["organisations"] = ["KUS", "OLD"]
        manifest.write_json(tmp_path / "2017H1" / "manifest.json", kept)
        made, said = make(tmp_path, ("en",), codes=("KUS",))
        assert (made, said) == (True, [f"{tmp_path.as_posix()}/2017H1 will no longer hold OLD."])

    def test_all_and_one_that_is_not_in_force_are_both_made(self, tmp_path):
        make(tmp_path, ("en",), codes=("all",))
        make(tmp_path, ("en",), codes=("TUR",))
        assert "2017H1/organisations/TUR/en/report.html" in documents(tmp_path)
        assert "2017H1/organisations/KUS/en/report.html" in documents(tmp_path)

    def test_two_languages_at_once_into_one_folder(self, tmp_path):
        """One waits for the other; both are there, and the manifest says just what the folder holds."""
        data()  # copied once, before there are two
        together, ready = threading.Barrier(2), []

        def one(code):
            together.wait(30)
            ready.append(make(tmp_path, (code,)))

        threads = [threading.Thread(target=one, args=(code,)) for code in ("kk", "en")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [made for made, _ in ready] == [True, True]
        report = tmp_path / "2017H1"
        assert documents(report) == ["en/report.html", "kk/report.html"]
        kept = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
        assert kept["parameters"]["languages"] == ["kk", "en"]
        assert kept["outputs"] == manifest.outputs(report)
        assert [p.name for p in tmp_path.iterdir()] == ["2017H1"]


# What later batches say


def later(folder, row="copies,KUS,bilimdi-el,,2016-01-01,2016-12-31,500,exact,,,a correction"):
    heading = folder.text("2017H1/observations.csv").splitlines()[0]
    folder.write("2017H2/observations.csv", f"{heading}\n{row}\n")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "code, said", [("en", "They are not in this report"), ("ru", "не входят"), ("kk", "кірмейді")]
)
def test_a_correction_handed_in_later_is_said_not_to_be_in_the_report(
    folder, tmp_path, monkeypatch, code, said
):
    monkeypatch.setattr("aqparat.publish.front.write", lambda out: None)
    out = tmp_path / "reports"
    words = ["report", "2017H1", "--language", code, "--data", str(folder.path), "--out", str(out)]
    assert "2017H2" not in CliRunner().invoke(main, words).stderr
    later(folder)
    done = CliRunner().invoke(main, words)
    assert done.stdout == f"{Path(out, '2017H1').as_posix()} (unchanged)\n"
    assert said in done.stderr and "raw/2017H2/observations.csv" in done.stderr


@pytest.mark.usefixtures("quick")
def test_later_figures_of_later_days_are_not_told_of(folder, tmp_path):
    later(folder, "copies,KUS,bilimdi-el,,2017-01-01,2017-12-31,500,exact,,,on time")
    said = []
    publish(Order(PERIOD, ("en",), ("html",), folder.path, tmp_path / "reports"), tell=said.append)
    assert said == []


@pytest.mark.usefixtures("quick")
def test_a_later_batch_that_is_not_in_order_is_named(folder, tmp_path):
    later(folder, "copies,KUZ,bilimdi-el,,2016-01-01,2016-12-31,500,exact,,,a correction")
    said = []
    publish(Order(PERIOD, ("en",), ("html",), folder.path, tmp_path / "reports"), tell=said.append)
    (line,) = said
    assert "raw/2017H2/" in line
