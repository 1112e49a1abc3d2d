"""The settings: the program's own, a house's in their place, and what is wrong with those."""

import copy
import json
import pickle

import pytest
from aqparat import settings
from aqparat.cli import main
from aqparat.metrics import collect
from aqparat.problem import DataError
from aqparat.settings import Settings, defaults
from aqparat.words.languages import language
from click.testing import CliRunner


def read(text):
    return settings.read(text.encode(), ["publications", "copies", "rallies"])


def test_settings_are_read_by_section_and_by_dotted_key():
    told = Settings({"pace": {"years": 3}, "interval.level": 0.95, "a": {"b": {"c": ["x"]}}})
    assert told["pace"]["years"] == 3 and told["a"]["b"]["c"] == ("x",)
    assert told.flat() == {"pace.years": 3, "interval.level": 0.95, "a.b.c": ["x"]}
    assert Settings(told.flat()) == told
    assert Settings(json.loads(json.dumps(defaults().flat()))) == defaults()


def test_settings_cannot_be_changed_but_copied_and_sent():
    with pytest.raises(TypeError):
        defaults()["pace"]["years"] = 1
    assert defaults()["forms"]["standard"].__class__ is tuple
    assert pickle.loads(pickle.dumps(defaults())) == copy.deepcopy(defaults()) == defaults()


def test_merged_settings_leave_the_others_as_they_are():
    merged = defaults().merged({"pace.years": 1, "activity_index": {"weights": {"site": 0.5}}})
    changed = {k for k, v in merged.flat().items() if v != defaults().flat()[k]}
    assert changed == {"pace.years", "activity_index.weights.site"}
    assert list(merged.flat()) == list(defaults().flat())


def test_every_number_has_its_limits():
    numbers = [k for k, v in defaults().flat().items() if not isinstance(v, list)]
    assert all(settings._within(defaults().flat()[key], settings._limit(key)) for key in numbers)


def test_a_house_sets_only_what_is_to_differ():
    told, problems = read("[completeness]\ndue_days = 20\n[penetration]\ntarget = 2\n")
    assert problems == []
    assert told == defaults().merged({"completeness.due_days": 20, "penetration.target": 2.0})
    assert isinstance(told["penetration"]["target"], float)
    assert read("\ufeff# nothing\n") == (defaults(), [])


WRONG = [  # the file, code, key, line, found, expected, nearest
    ("[pace]\nyear = 2", "unknown_setting", "pace.year", 2, "pace.year", "pace.years", "pace.years"),
    ("\n[completness]\ndue_days = 3", "unknown_setting",
     "completness", 2, "completness", "pace", "completeness"),
    ("due_days = 3", "unknown_setting", "due_days", 1, "due_days", "pace", "completeness.due_days"),
    ('"a.b" = 1', "unknown_setting", "a.b", None, "a.b", "pace", None),
    ("[activity_index.weights]\nsight = 1", "unknown_setting", "activity_index.weights.sight", 2,
     "activity_index.weights.sight", "activity_index.weights.copies", "activity_index.weights.site"),
    ("pace = 3", "setting_not_section", "pace", 1, "3", "pace.years", None),
    ("[[pace]]\nyears = 1", "setting_not_section", "pace", 1, "[{…}]", "pace.years", None),
    ("[pace]\nyears = 2.5", "setting_not_whole", "pace.years", 2, "2.5", "≥ 1", None),
    ("[pace]\nyears = true", "setting_not_whole", "pace.years", 2, "true", "≥ 1", None),
    ("[pace.years]\nx = 1", "setting_not_whole", "pace.years", 1, "{…}", "≥ 1", None),
    ('[bounds]\nabout = "5 %"', "setting_not_number", "bounds.about", 2, '"5 %"', "≥ 0, < 1", None),
    ("[bounds]\nabout = 1", "range", "bounds.about", 2, "1", "≥ 0, < 1", None),
    ("[interval]\nlevel = nan", "range", "interval.level", 2, "nan", "> 0, < 1", None),
    ("[completeness]\ndue_days = 9999999999", "range",
     "completeness.due_days", 2, "9999999999", "≤ 365", None),
    ("[activity_index.weights]\nsite = 0", "range", "activity_index.weights.site", 2, "0", "> 0", None),
    ("[pace]\nhalf_share_low = 0.7", "range",
     "pace.half_share_low", 2, "0.7", "≤ 0.5 (pace.half_share)", None),
    ("[pace]\nhalf_share_high = 0.1", "range",
     "pace.half_share_high", 2, "0.1", "≥ 0.5 (pace.half_share)", None),
    ('[indicators]\nitems = "copies"', "setting_not_list", "indicators.items", 2, '"copies"', "videos", None),
    ("[indicators]\nitems = [1]", "setting_not_list", "indicators.items", 2, "[1]", "videos", None),
    ('[forms]\nstandard = ["rally"]', "unknown_indicator",
     "forms.standard", 2, "rally", "rallies", "rallies"),
    ("[pace]\nyears = 1\nyears = 2", "settings_syntax", None, 3, "years = 2", "", None),
    ("[pace]\n\nyears 1", "settings_syntax", None, 3, "years 1", "", None),
    ("[pace\n", "settings_syntax", None, 1, "[pace", "", None),
    ("a = [\n\n", "settings_syntax", None, 1, "a = [", "", None),
    ("", None, None, None, None, "", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "key", "row", "found", "expected", "near"), WRONG)
def test_what_is_wrong_is_told_with_its_place(text, code, key, row, found, expected, near):
    _, problems = read(text)
    if code is None:
        assert problems == []
        return
    (problem,) = problems
    assert (problem.code, problem.file, problem.column, problem.row) == (code, "settings.toml", key, row)
    assert (problem.found, problem.nearest) == (found, near)
    assert expected in problem.expected
    for name in ("kk", "ru", "en"):
        said = language(name).problem(problem)
        assert said.startswith("settings.toml") and "{" not in said.replace("{…}", "")
        assert (key or "") in said and (near or "") in said


@pytest.mark.parametrize(
    "text", [b"\xff", "x = 'ә'".encode("utf-16"), b"a = " + b"9" * 5000, b"a=" + b"[" * 9000]
)
def test_what_is_no_text_or_too_much_is_told_too(text):
    told, (problem,) = settings.read(text)
    assert told == defaults()
    assert problem.code in ("settings_encoding", "settings_syntax") and problem.row == 1
    assert len(language("en").problem(problem)) < 400


def test_the_houses_settings_go_into_the_numbers(folder):
    folder.write("../settings.toml", "[bounds]\nabout = 0.2\n")
    tables = folder.load()
    assert tables.settings["bounds"]["about"] == 0.2
    rows = tables.observations[lambda d: d["qualifier"] == "about"]
    assert len(rows) and (rows["low"] == 0.8 * rows["value"]).all()
    about = [f for f in collect(tables).select("volume") if f.qualifier == "about"]
    assert about and all(f.low == 0.8 * f.value for f in about)


def test_settings_are_an_input_of_what_is_prepared(folder):
    assert folder.load().settings == defaults()
    folder.write("../settings.toml", "[coverage]\nleast = 2\n")
    for _ in ("prepared", "kept"):
        tables = folder.load()
        assert tables.settings == defaults().merged({"coverage.least": 2})
        assert "settings.toml" in tables.files
    (folder.path / "settings.toml").unlink()
    assert folder.load().settings == defaults()


def test_wrong_settings_stop_a_report_and_are_named_by_the_check(folder, tmp_path):
    folder.write("../settings.toml", "[pace]\nyear = 2\n")
    with pytest.raises(DataError) as caught:
        folder.load()
    assert [p.code for p in caught.value.problems] == ["unknown_setting"]
    for command in (["report", "2017H1"], ["check", "2017H1"], ["form", "2018H1"]):
        where = ["--data", str(folder.path), "--out", str(tmp_path / "out")]
        result = CliRunner().invoke(main, [*command, *where])
        assert result.exit_code == 1 and "Traceback" not in result.output
        assert "settings.toml, 2-жол, «pace.year» параметрі" in result.output
    assert any(line.startswith("settings.toml") for line in result.output.splitlines())


def test_the_check_lists_the_settings_among_the_files(folder, tmp_path):
    folder.write("../settings.toml", "[pace]\nyears = 2\n")
    where = ["--data", str(folder.path), "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(main, ["check", "2017H1", *where])
    assert result.exit_code == 0
    assert any(line.startswith("settings.toml") for line in result.output.splitlines())


def test_a_form_keeps_to_the_settings(folder):
    from aqparat.data.forms import contents, writing
    from aqparat.period import Period
    from aqparat.words.bilingual import Bilingual

    folder.write("../settings.toml", '[completeness]\ndue_days = 30\n[forms]\nstandard = ["members"]\n')
    for period in ("2018H1", "2017H1"):  # with and without a batch before
        tables = writing.before(Period.parse(period), folder.path)
        form = contents.form(tables, Period.parse(period), "KUS", Bilingual())
        assert (form.due - Period.parse(period).end).days == 30
    assert [row["indicator"] for row in form.rows["observations"]] == ["кәсіподақ мүшелері / члены профсоюза"]


def test_a_house_chooses_its_languages(tmp_path):
    assert settings.languages(tmp_path) == ("kk", "ru", "en")
    for text, told in {
        'languages = ["en", "ru"]': ("ru", "en"),
        'languages = ["uz"]': ("kk", "ru", "en"),  # wrong: told where the data are checked
        'languages = "ru"': ("kk", "ru", "en"),
    }.items():
        (tmp_path / settings.FILE).write_text(f"[report]\n{text}\n", encoding="utf-8")
        assert settings.languages(tmp_path) == told
    _, [problem] = read('[report]\nlanguages = ["ru", "kz"]')
    assert (problem.code, problem.found, problem.expected) == ("not_choice", "kz", "kk, ru, en")
    _, [problem] = read("[report]\nlanguages = []")
    assert (problem.code, problem.found) == ("not_choice", "[]")


@pytest.mark.parametrize("number", ["9" * 4300, "-" + "9" * 400, "1e400", "nan", "-inf", "1e300"])
@pytest.mark.parametrize("key", ["pace.years", "penetration.target", "checks.jump", "bounds.about"])
def test_a_number_that_nothing_can_be_computed_with_is_said(key, number):
    chosen, problems = settings.read(f"{key} = {number}\n".encode())
    assert [p.column for p in problems] == [key]
    assert chosen.at(key) == settings.defaults().at(key)
