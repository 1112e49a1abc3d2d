import copy
import csv
import hashlib
import json
import re
import shutil
import sys

import jsonschema
import nbformat
import papermill
import pytest
from aqparat import runs
from aqparat.blocks import MIME
from aqparat.data.schemas import QUALIFIERS
from aqparat.document.outline import outline
from aqparat.period import Period
from aqparat.problem import DataError, NotebookError, ParameterError
from aqparat.publish import check, notebook, schema
from aqparat.publish.manifest import notebooks_folder
from aqparat.publish.order import Order
from aqparat.publish.package import RESOURCES
from aqparat.publish.rendering import EXPORTERS, MissingFactError, check_facts
from aqparat.publish.run import publish
from aqparat.publish.verify import verify
from reported import ROOT, data, executed, published

SITE = "volume.publications.TOTAL.union-site.2017H1"
METRICS = """
volume growth pace cagr share coverage hhi gini rate penetration rate_ratio rank rank_change evenness
contribution seasonality regularity completeness training_reach activity_index
reported present component score leave_one_out channel_total target tally difference
common_total common_growth common_ratio pooled_rate limit_95 limit_998 median median_rate median_penetration
median_training_reach on_target activity_class risen fallen within_95 listed
""".split()  # noqa: SIM905 (one word a line item reads better than a list of quotes)


def order(out, languages=("kk",), formats=("html", "pdf"), folder=None):
    return Order(Period.parse("2017H1"), languages, formats, folder or data(), out)


def files(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def test_the_outputs_of_the_contract_are_there():
    assert set(files(published())) == {
        "facts.json", "facts.schema.json", "manifest.json", "kk/report.html", "kk/report.ipynb",
        "kk/report.pdf", "quality/kk.html", "data/datapackage.json",
        *(f"data/{name}.csv" for name in RESOURCES),
    }  # fmt: skip
    assert published().name == "2017H1"
    beside = sorted(p.name for p in published().parent.iterdir())
    assert beside == ["2017H1", "index.html"]  # nothing is left of the making


def test_two_runs_give_the_same_bytes(tmp_path):
    assert publish(order(tmp_path), force=True)
    once, again = files(published()), files(tmp_path / "2017H1")
    assert [name for name in once if once[name] != again.get(name)] == []


def test_the_warnings_stand_in_the_quality_page(folder, tmp_path):
    text = folder.text("2017H1/activities.csv").replace("\n", ",x\n").replace(",x\n", ",ескерту\n", 1)
    folder.write("2017H1/activities.csv", text)
    assert publish(order(tmp_path, formats=("html",), folder=folder.path))
    assert ">ескерту<" in (tmp_path / "2017H1" / "quality" / "kk.html").read_text(encoding="utf-8")


def test_a_check_of_the_same_data_leaves_the_report_current(tmp_path):
    shutil.copytree(published(), tmp_path / "2017H1")
    before = files(tmp_path / "2017H1")
    check.check(Period.parse("2017H1"), ("kk",), data(), tmp_path)
    (tmp_path / "2017H1" / "quality" / "marked").mkdir()
    (tmp_path / "2017H1" / "quality" / "marked" / "KUS.xlsx").touch()
    assert publish(order(tmp_path)) is False
    assert set(files(tmp_path / "2017H1")) - set(before) == {"quality/marked/KUS.xlsx"}


def test_a_second_run_changes_nothing():
    before = {p: p.stat().st_mtime_ns for p in published().rglob("*")}
    assert publish(order(published().parent)) is False
    assert {p: p.stat().st_mtime_ns for p in published().rglob("*")} == before


def test_the_kept_notebook_is_the_whole_report():
    executed = nbformat.read(published() / "kk" / "report.ipynb", as_version=4)
    html, _ = EXPORTERS["html"]().from_notebook_node(executed)
    pdf, _ = EXPORTERS["pdf"]().from_notebook_node(executed)
    assert html == (published() / "kk" / "report.html").read_text(encoding="utf-8")
    assert pdf == (published() / "kk" / "report.pdf").read_bytes()


def test_a_document_links_to_what_is_published_beside_it():
    executed = nbformat.read(published() / "kk" / "report.ipynb", as_version=4)
    assert executed.metadata["aqparat"] == {"languages": ["kk"], "formats": ["html", "pdf"], "draft": True}
    page = (published() / "kk" / "report.html").read_text(encoding="utf-8")
    assert 'href="report.pdf"' in page
    assert "hreflang" not in page


def test_the_kept_notebook_tells_nothing_of_the_machine():
    text = (published() / "kk" / "report.ipynb").read_text(encoding="utf-8")
    assert str(data()) not in text
    assert str(ROOT) not in text
    assert not re.search(r'"papermill"|start_time|duration|\d\d:\d\d:\d\d', text)


def test_what_fails_leaves_the_report_before_as_it_was(failing):
    out = failing / "reports"
    shutil.copytree(published(), out / "2017H1")
    with pytest.raises(NotebookError, match=r"report\.ipynb, cell .*ZeroDivisionError: meant") as error:
        publish(order(out, formats=("html",)))
    assert files(out / "2017H1") == files(published())
    kept = out / ".failed" / "2017H1" / "kk" / "report.ipynb"
    assert kept.is_file()
    assert (out / ".failed" / "2017H1").as_posix() in str(error.value)
    assert sorted(p.name for p in out.iterdir()) == [".failed", "2017H1"]
    outputs = [o for c in nbformat.read(kept, as_version=4).cells for o in c.get("outputs", [])]
    assert "ZeroDivisionError" in [o.get("ename") for o in outputs]


def test_data_not_in_order_leave_the_report_before_as_it_was(folder, tmp_path):
    folder.change("2017H1/observations.csv", "306", "үш жүз")
    shutil.copytree(published(), tmp_path / "out" / "2017H1")
    with pytest.raises(DataError):
        publish(order(tmp_path / "out", folder=folder.path))
    assert files(tmp_path / "out" / "2017H1") == files(published())


def test_notebooks_are_found_in_the_folder_first(failing):
    assert notebooks_folder() == failing / "notebooks"


def test_notebooks_are_found_beside_the_source(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert notebooks_folder() == ROOT / "notebooks"


@pytest.mark.parametrize(
    "parameters, said",
    [
        ({"langauge": "kk"}, "Unknown parameter 'langauge'.*Did you mean 'language'"),
        ({"period": 2017}, "'period' is 2017 .*expected str"),
        ({"data": None}, "'data' is None .*expected str"),
    ],
)
def test_a_wrong_parameter_is_refused_before_a_kernel_starts(parameters, said, tmp_path, monkeypatch):
    monkeypatch.setattr(papermill, "execute_notebook", lambda *_, **__: pytest.fail("a kernel was started"))
    with pytest.raises(ParameterError, match=said):
        notebook.run(ROOT / "notebooks" / "report.ipynb", tmp_path / "r.ipynb", parameters, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_fact_shown_that_is_not_one_is_an_error(facts):
    notebook = copy.deepcopy(executed())
    next(b for c in notebook.cells for o in c.outputs if (b := o.data[MIME])["facts"])["facts"].append("x.y")
    with pytest.raises(MissingFactError, match=r"x\.y"):
        check_facts(notebook, {fact.id: fact.value for fact in facts})


def test_a_fact_shown_with_another_value_is_an_error(facts):
    known = {fact.id: fact.value for fact in facts}
    check_facts(executed(), known)
    bound = next(i for i in outline(executed()).facts() if known[i] is None)
    for fact_id, value in ((SITE, 307), (SITE, None), (bound, 1)):
        with pytest.raises(MissingFactError, match=re.escape(f"Other values than in facts.json: {fact_id}")):
            check_facts(executed(), known | {fact_id: value})


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs rights there")
def test_a_link_to_a_data_folder_is_that_folder(folder, tmp_path):
    """Beside what it leads to there is another folder of the name of the link: no number is of that one."""
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    shutil.copytree(folder.path, elsewhere / "figures")
    folder.change("2017H1/observations.csv", "2017-06-30,306,exact", "2017-06-30,999,exact")
    shutil.copytree(folder.path, elsewhere / "data")
    (home / "data").symlink_to(elsewhere / "figures")
    assert publish(order(home / "reports", formats=("html",), folder=home / "data"))
    page = (home / "reports" / "2017H1" / "kk" / "report.html").read_text(encoding="utf-8")
    assert f'data-fact="{SITE}" value="306"' in page
    assert ">999<" not in page
    assert verify(home / "reports" / "2017H1", home / "data").same


# facts.json


def test_facts_are_as_the_contract_has_them(facts_published):
    assert len(facts_published) > 80
    validator = jsonschema.Draft202012Validator(schema.schema())
    validator.validate(facts_published)
    for fact in facts_published:
        assert fact["metric"] in METRICS
        assert fact["qualifier"] in QUALIFIERS
        assert fact["unit"]
        assert "" not in fact.values()
        assert bool(fact.get("sources")) != bool(fact.get("inputs")), fact["id"]
    ids = [fact["id"] for fact in facts_published]
    assert ids == sorted(set(ids))


def test_every_input_of_a_fact_is_published(facts_published):
    ids = {fact["id"] for fact in facts_published}
    derived = [fact for fact in facts_published if "inputs" in fact]
    assert len(derived) > 30
    assert {i for fact in derived for i in fact["inputs"]} <= ids


def test_facts_lie_within_their_bounds(facts_published):
    for fact in facts_published:
        low, value, high = (fact[k] for k in ("low", "value", "high"))
        assert value is not None or low is not None or high is not None, fact["id"]
        assert low is None or high is None or low <= high, fact["id"]
        if value is not None and fact["qualifier"] in ("exact", "about"):
            assert low <= value <= high, fact["id"]
    by_id = {fact["id"]: fact for fact in facts_published}
    bound = by_id["volume.publications.TOTAL.qazaqstan-kasipodagy.2016"]
    assert [bound[k] for k in ("value", "low", "high", "qualifier")] == [60, 61, None, "more_than"]


def test_the_sources_of_a_fact_are_there(facts_published):
    kept = json.loads((published() / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    for source in (s for fact in facts_published for s in fact.get("sources", ())):
        assert list(source) == ["file", "rows"]
        content = (data() / source["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == kept[source["file"]]
        for first, last in runs.read(source["rows"]):
            assert 2 <= first <= last <= len(content.splitlines())


def test_the_row_of_a_figure_is_the_one_a_person_sees(facts_published):
    with (data() / "raw" / "2017H1" / "observations.csv").open(encoding="utf-8", newline="") as file:
        rows = {str(reader.line_num): row for reader in [csv.DictReader(file)] for row in reader}
    stated = [f for f in facts_published if f["metric"] == "volume" and len(f.get("sources", ())) == 1]
    stated = [f for f in stated if f["sources"][0]["file"].endswith("/observations.csv")]
    assert len(stated) > 25
    for fact in stated:
        row = rows[fact["sources"][0]["rows"]]
        if fact["indicator"] != "organisations_named":
            assert (float(row["value"]), row["organisation"]) == (fact["value"], fact["organisation"])


def test_years_and_halves_are_not_compared(facts_published):
    for fact in (f for f in facts_published if f["metric"] in ("growth", "cagr") and f["value"] is not None):
        assert fact["end"][5:] == fact["base_end"][5:] and fact["start"][5:] == fact["base_start"][5:], fact[
            "id"
        ]
