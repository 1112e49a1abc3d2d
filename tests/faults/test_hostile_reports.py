"""Folders of reports made to do harm, given to each command that reads one: said; nothing else is touched."""

import copy
import json
import os
import shutil

import pytest
from test_hostile_files import MEMORY, Watched
from trial import Place

ROW = "hostile reports"
FACT = "share.copies.KUS.bilimdi-el.2017"
REPORT = "reports/2017H1"
ENGLISH = ("--language", "en")
COMMANDS = (
    ("trace", FACT, *ENGLISH),
    ("compare", REPORT, REPORT, *ENGLISH),
    ("compare", "2016", "2017H1", *ENGLISH, "--all"),
    ("verify", REPORT, *ENGLISH),
    ("publish", "2017H1", *ENGLISH),
    ("report", "2017H1", *ENGLISH, "--format", "html", "--force"),
)
BIG = "9" * 400


def text(file, content):
    """Give a trial: a file of the report is this."""
    return lambda folder: (folder / file).write_bytes(
        content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    )


def changed(file, change):
    """Give a trial: the object in a JSON file is changed."""

    def put(folder):
        found = json.loads((folder / file).read_text(encoding="utf-8"))
        change(found)
        text(file, json.dumps(found))(folder)

    return put


def facts(**fields):
    """Give a trial: each fact has these."""
    return changed("facts.json", lambda records: [record.update(copy.deepcopy(fields)) for record in records])


def sources(**fields):
    """Give a trial: each source of each fact has these."""
    return changed(
        "facts.json", lambda records: [s.update(fields) for r in records for s in r.get("sources", [])]
    )


def manifest(part, **fields):
    """Give a trial: a part of the manifest has these."""
    return changed("manifest.json", lambda found: found.setdefault(part, {}).update(fields))


def named(part, *names):
    """Give a trial: a part of the manifest names these files."""
    return changed(
        "manifest.json", lambda found: found.setdefault(part, {}).update(dict.fromkeys(names, "0" * 64))
    )


def replaced(file, old, new):
    """Give a trial: a text stands in a file for another."""

    def put(folder):
        found = (folder / file).read_text(encoding="utf-8")
        assert old in found
        text(file, found.replace(old, new))(folder)

    return put


def without(file):
    return lambda folder: (folder / file).unlink()


def instead(file, make):
    """Give a trial: something else than a file is in the place of one."""

    def put(folder):
        (folder / file).unlink()
        make(folder / file)

    return put


def _both(records):
    """Let the first fact be made of itself."""
    records[0].pop("sources", None)
    records[0]["inputs"] = [records[0]["id"]]


def _again(records):
    records.append(records[0])


NUMBER = '"value": 571'
CASES = {
    "1e308": facts(value=1e308, low=1e308, high=1e308),
    "smallest": facts(value=5e-324, low=5e-324, high=5e-324),
    "400 digits": replaced("facts.json", NUMBER, f'"value": {BIG}'),
    "5000 digits": replaced("facts.json", NUMBER, f'"value": {"9" * 5000}'),
    "Infinity": replaced("facts.json", NUMBER, '"value": Infinity'),
    "NaN": replaced("facts.json", NUMBER, '"value": NaN'),
    "1e400": replaced("facts.json", NUMBER, '"value": 1e400'),
    "true": facts(value=True, low=True, high=True),
    "below 0": facts(value=-1, low=-1, high=-1),
    "bounds the wrong way": facts(low=5, high=1),
    "nothing but 0": facts(value=0, low=0, high=0),
    "no numbers": facts(value=None, low=None, high=None),
    "texts for numbers": facts(value="5", low="5", high="5"),
    "unit of a terminal": facts(unit="\x1b[31m"),
    "qualifier a list": facts(qualifier=[]),
    "unknown qualifier": facts(qualifier="=1+1"),
    "unknown metric": facts(metric="__class__"),
    "no day": facts(start="9999-99-99"),
    "far days": facts(start="0001-01-01", end="9999-12-31"),
    "end before start": facts(start="2018-01-01", end="2017-01-01"),
    "organisation a zero": facts(organisation="\0"),
    "organisation of scripts": facts(organisation="<script>alert(1)</script>"),
    "channel an object": facts(channel={"a": 1}),
    "source a zero": sources(file="raw/\0"),
    "source above": sources(file="../../../../../etc/passwd"),
    "source within raw, above": sources(file="raw/../../../../etc/passwd"),
    "source absolute": sources(file="/etc/passwd"),
    "source of a long name": sources(file="raw/" + "x" * 5000),
    "source of many rows": sources(rows="1-9999999"),
    "source of a row of 400 digits": sources(rows=BIG),
    "source of no rows": sources(rows=""),
    "made of itself": changed("facts.json", _both),
    "inputs that are not there": changed("facts.json", lambda records: records[0].update(inputs=["x"])),
    "the same twice": changed("facts.json", _again),
    "id half a character": changed("facts.json", lambda records: records[0].update(id="a\ud800")),
    "id of 1 MB": changed("facts.json", lambda records: records[0].update(id="a" * 10**6)),
    "facts an object": text("facts.json", '{"a": 1}'),
    "facts deep": text("facts.json", "[" * 100_000 + "]" * 100_000),
    "facts empty": text("facts.json", ""),
    "facts none": text("facts.json", "[]"),
    "facts in zeros": text("facts.json", b"\0" * 3000),
    "facts not UTF-8": text("facts.json", b"\xff\xfe[]"),
    "facts gone": without("facts.json"),
    "facts a pipe": instead("facts.json", os.mkfifo),
    "facts a folder": instead("facts.json", lambda path: path.mkdir()),
    "facts in a circle": instead("facts.json", lambda path: path.symlink_to(path.name)),
    "facts a device": instead("facts.json", lambda path: path.symlink_to("/dev/zero")),
    "manifest a pipe": instead("manifest.json", os.mkfifo),
    "manifest a device": instead("manifest.json", lambda path: path.symlink_to("/dev/zero")),
    "manifest deep": text("manifest.json", '{"a":' * 100_000),
    "manifest a list": text("manifest.json", "[]"),
    "manifest gone": without("manifest.json"),
    "input a zero": named("inputs", "raw/\0x"),
    "input above": named("inputs", "../../../../etc/passwd", "/etc/passwd", "raw/../../canary/file"),
    "input half a character": named("inputs", "raw/\ud800"),
    "output above": named("outputs", "../../../etc/passwd", "/etc/passwd", "../../../canary/file"),
    "output a zero": named("outputs", "a\0b"),
    "outputs many": named("outputs", *(f"{n}" for n in range(20_000))),
    "code above": named("code", "notebooks/../../canary/file", "/etc/passwd"),
    "packages of others": manifest("packages", **{"../x": "1", "os": "1", "": "1"}),
    "data a zero": manifest("parameters", data="da\0ta"),
    "data above": manifest("parameters", data="../canary"),
    "data absolute": manifest("parameters", data="/tmp"),
    "organisation with a zero": manifest("parameters", organisations=["A\0B"]),
    "organisation above": manifest("parameters", organisations=["../../canary"]),
    "unknown language": manifest("parameters", languages=["xx", "../en"]),
    "unknown format": manifest("parameters", formats=["exe"]),
    "no period": manifest("parameters", period="9999H9"),
    "another period": manifest("parameters", period="2016"),
    "setting large": manifest("settings", **{"bounds.about": 1e308}),
    "setting below 0": manifest("settings", **{"pace.years": -5}),
    "setting a text": manifest("settings", **{"pace.years": "x", "interval.level": []}),
    "setting of draws": manifest("settings", **{"activity_index.draws": 10**12}),
    "setting of languages": manifest("settings", **{"report.languages": [1, None, "../x"]}),
    "published a number": changed("manifest.json", lambda found: found.update(published=5)),
    "revisions of others": text("revisions.json", '[{"a":1}]'),
    "revisions deep": text("revisions.json", "[" * 100_000),
    "revisions a text": text("revisions.json", '"abc"'),
    "union a list": text("data/datapackage.json", '{"union":[]}'),
    "union of scripts": text("data/datapackage.json", '{"union":{"en":"<script>alert(1)</script>{{7*7}}"}}'),
    "names cut off": text("data/organisations.csv", 'code\n"'),
    "names in zeros": text("data/organisations.csv", b"\0" * 3000),
    "names gone": without("data/outlets.csv"),
    "names a pipe": instead("data/outlets.csv", os.mkfifo),
    "names twice": text("data/outlets.csv", "code,name_kk,name_ru,name_en\na,b,c,d\na,b,c,d\n"),
    "notebook of a cell": text("en/report.ipynb", '{"cells":[{}],"nbformat":4,"nbformat_minor":5}'),
    "notebook of another kind": text("en/report.ipynb", '{"cells":5,"nbformat":9}'),
    "notebook deep": text("en/report.ipynb", "[" * 100_000),
    "notebook a pipe": instead("en/report.ipynb", os.mkfifo),
    "published cut off": text("published.json", '{"x":'),
    "published a list": text("published.json", "[]"),
    "published of others": changed("published.json", lambda found: found.update(rows={"a": {"": {"x": 1}}})),
    "published without revisions": changed("published.json", lambda found: found.update(revisions=5)),
    "link out of the folder": lambda folder: (folder / "en/x").symlink_to("/etc"),
    "page of somebody else": text("../index.html", "<html>mine</html>"),
}  # fmt: skip


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory):
    """Give a project whose report has been made and handed out."""
    place = Place(tmp_path_factory.mktemp("handed") / "place")
    place.run("report", "2017H1", *ENGLISH, "--format", "html")
    assert place.run("publish", "2017H1", *ENGLISH).status == 0
    return place


def run(place, handed_out, put, commands):
    """Put something into a report and give it to commands."""
    shutil.copytree(handed_out.reports, place.reports, dirs_exist_ok=True)
    put(place.reports / "2017H1")
    watched = Watched.of(place)
    for command in commands:
        ended = place.run(*command, memory=MEMORY)
        assert ended.said.strip(), command
        watched.untouched()


@pytest.mark.whole
@pytest.mark.parametrize("name", CASES)
def test_each_by_itself(place, handed_out, tried, name):
    run(place, handed_out, CASES[name], COMMANDS)
    tried(ROW)
