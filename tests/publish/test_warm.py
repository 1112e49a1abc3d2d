import pytest
from aqparat.publish import notebook, served
from aqparat.publish.stem import CAN_FORK, Stem, use
from aqparat.publish.warm import warm
from reported import ROOT, data

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="no fork here")
GIVEN = {"period": "2017H1", "data": "data"}
REPORTS = [("report", {}), ("organisation", {"organisation": "KUS"})]


@pytest.fixture
def stem():
    with Stem(*served.MODULES) as made:
        use(made.address)
        yield made
        use(None)


def shows(folder, name, **given):
    """Give what a notebook shows, run in a kernel of the stem."""
    home = data().parent
    return notebook.run(ROOT / "notebooks" / f"{name}.ipynb", folder / "out.ipynb", {**GIVEN, **given}, home)


def test_a_report_is_the_same_from_a_warm_stem(stem, tmp_path):
    before = [shows(tmp_path, name, language="ru", **more) for name, more in REPORTS]
    for name, more in REPORTS:
        given = [{**GIVEN, **more, "language": language} for language in ("kk", "ru")]
        stem.run(warm, ROOT / "notebooks" / f"{name}.ipynb", data().parent, *given)
    assert [shows(tmp_path, name, language="ru", **more) for name, more in REPORTS] == before
    (tmp_path / "other").mkdir()
    assert shows(tmp_path, "organisation", language="ru", organisation="PAV") != before[1]


def test_what_was_done_for_one_kernel_is_there_in_the_next(stem, small, tmp_path):
    source = small(
        tmp_path / "in.ipynb", "import xml.dom.pulldom as made; made.told = n", "n / 0", "made.told = 0"
    )
    stem.run(warm, source, tmp_path, {"n": 7})  # the second cell fails: the kernel's will say so
    cell = "import sys; print(sys.modules['xml.dom.pulldom'].told)"
    done = notebook.run(small(tmp_path / "in.ipynb", cell), tmp_path / "out.ipynb", {}, tmp_path)
    assert done.cells[-1].outputs[0].text == "7\n"


def test_the_data_are_not_read_again(stem, tmp_path):
    shows(tmp_path, "report", language="ru")
    given = {**GIVEN, "language": "ru"}
    stem.run(warm, ROOT / "notebooks" / "report.ipynb", data().parent, given)
    kept = data() / "processed" / "2017H1"
    kept.rename(kept.with_name("away"))
    try:
        shows(tmp_path, "report", language="kk")
        assert not kept.exists()
    finally:
        kept.with_name("away").rename(kept)


def test_data_that_have_changed_are_read_again(stem, tmp_path):
    given = {**GIVEN, "language": "ru"}
    stem.run(warm, ROOT / "notebooks" / "report.ipynb", data().parent, given)
    before = shows(tmp_path, "report", language="ru")
    house = data() / "settings.toml"
    house.write_text("[bounds]\nabout = 0.2\n")
    try:
        assert shows(tmp_path, "report", language="ru") != before
    finally:
        house.unlink()
