import re
import shutil
from collections import Counter
from dataclasses import replace
from functools import cache, partial

import aqparat
import numpy as np
import pandas as pd
import pytest
from aqparat import charts
from aqparat.bounds import Bounded
from aqparat.choices import LANGUAGES
from aqparat.data import schemas
from aqparat.data.schemas import QUALIFIERS
from aqparat.markup import hypertext
from aqparat.report import Report
from aqparat.sections import CONTENTS, ReportData, gathered
from aqparat.sections.answers import ANSWERS
from aqparat.sections.own import own
from aqparat.sections.portraits import portraits
from aqparat.texts import narrative, texts
from aqparat.words.appendix import entries
from aqparat.words.language import UnknownLabelError
from aqparat.words.languages import language
from aqparat.words.renderer import Renderer
from aqparat.words.tables import TABLES
from bs4 import BeautifulSoup
from jinja2 import UndefinedError
from reported import LIBRARY, report

EVERYWHERE = pytest.mark.parametrize("code", LANGUAGES)
TOLD = [name for name in CONTENTS if (narrative("kk") / f"{name}.md.j2").is_file()]
TOLD.remove("revisions")  # there are none in the report of the data as they are
HEADED = [name for name in TOLD if name not in ("press", "findings")]  # which go on with what is begun
SECTIONS = pytest.mark.parametrize("name", TOLD)
EMPTY = re.compile(r"[ ,:–(]\.|\.\.(?!\.)|: ?,|, ?,|– ?,|\( ?\)|«\s*»|^[\s.,:;–]*$|[ \u00a0]{2}|\s[,;:]|\s\.")
JOINED = re.compile(r"(?:□|[^\W\d]|[)»])[,;:](?=[\w«□(])")  # no space after; □ for numbers and times
LEFTOVER = re.compile(r"\{[{%#]|[}%#]\}|None|nan|Undefined|TOTAL|\bEvidence|<bound")


def soup(passages):
    return BeautifulSoup(hypertext.prose(passages), "html.parser")


def blocks(passages):
    """Give the texts of paragraphs, headings and list items."""
    return [str(item) for passage in passages for item in passage.items]


def data(tables):
    """Give what there is to tell of some tables."""
    return ReportData(tables, aqparat.metrics.collect(tables))


def told(data, code):
    """Tell all sections from some data."""
    renderer = Renderer(data.tables, code, data.facts)
    shown = list(data.facts)
    more = {"notes": {"highlights": data.highlights("note"), "warnings": [], "shown": shown}}
    more["method"] = {"used": {fact.metric for fact in shown}}
    sections = {
        n: renderer.prose(n, gather(data), view=partial(gathered, data), **more.get(n, {}))
        for n, gather in CONTENTS.items()
        if n in TOLD
    }
    first = {n: renderer.prose(f"answers/{n}", gathered(data, f"answer_{n}")) for n in ANSWERS}
    return sections | {f"answers/{n}": prose for n, prose in first.items()}


def assert_well_formed(passages):
    for words in (item.masked("□") for passage in passages for item in passage.items):
        assert not JOINED.search(words), words
    for text in blocks(passages):
        assert not EMPTY.search(text), text
        assert not LEFTOVER.search(text), text
        sentences = re.split(r"(?<=[.!?]) (?=\S)", text)
        assert [s for s, times in Counter(sentences).items() if times > 1] == [], text
    items = [tag.get_text().strip() for tag in soup(passages).find_all("li")]
    assert len(items) == len(set(items))


@EVERYWHERE
@SECTIONS
def test_every_section_reads_well(code, name):
    prose = report(code).prose(name).passages
    assert blocks(prose), f"{name} says nothing"
    assert_well_formed(prose)


@EVERYWHERE
@pytest.mark.parametrize("period", ["2017", "2018H1"])
def test_sections_read_well_for_other_periods(code, period, folder):
    heading = folder.text("2017H1/observations.csv").splitlines()[0]
    folder.write("2018H1/observations.csv", f"{heading}\n")  # handed in, and nothing in it
    for prose in told(Report(period, data=folder.path).data, code).values():
        assert_well_formed(prose)


@EVERYWHERE
def test_the_notes_say_how_many_warnings_the_quality_page_has(code):
    renderer = Renderer(report(code).data.tables, code)
    for number in (1, 23):
        prose = renderer.prose("notes", [], highlights=[], warnings=number, shown=[])
        assert_well_formed(prose)
        assert [tag.get_text() for tag in soup(prose).find_all("samp")] == [str(number)]


@EVERYWHERE
def test_notes_with_nothing_to_note_say_so(code):
    prose = Renderer(report(code).data.tables, code).prose("notes", [], highlights=[], warnings=0, shown=[])
    assert len(blocks(prose)) == 1
    assert_well_formed(prose)


METHODS = {
    "pace": {"kk": "Жылдық қарқын", "ru": "в расчёте на год", "en": "yearly pace"},
    "limit_95": {"kk": "Воронка", "ru": "воронки", "en": "funnel"},
    "median": {"kk": "Медиана", "ru": "Медиана", "en": "median"},
    "cagr": {"kk": "Орташа жылдық", "ru": "Среднегодовой", "en": "Average yearly"},
}


@EVERYWHERE
@pytest.mark.parametrize("metric", METHODS)
def test_the_method_tells_only_of_metrics_that_are_used(code, metric):
    renderer = Renderer(report(code).data.tables, code)
    with_it, without = (
        " ".join(blocks(renderer.prose("method", None, used=used))) for used in ({metric}, {"growth"})
    )
    assert METHODS[metric][code] in with_it and METHODS[metric][code] not in without


@EVERYWHERE
def test_who_was_late_and_who_filed_nothing_is_told(code):
    tables = report(code).data.tables
    row = {"organisation": "KUS", "state": "filled", "filed": pd.Timestamp("2017-09-01")}
    row |= {"batch": "2017H1", "origins": ["x#1"]}
    late = data(replace(tables, filings=pd.DataFrame([row])))
    prose = told(late, code)["activity"]
    assert_well_formed(prose)
    kostanay = str(late.tables.organisations.loc["KUS", f"name_{code}"])
    assert any(kostanay in text and "." in text for text in blocks(prose))
    on_time = late.facts.one("completeness", indicator="organisations_on_time")
    assert on_time.inputs[0] in [data["data-fact"] for data in soup(prose).select("data")]


@EVERYWHERE
@SECTIONS
def test_every_digit_stands_in_a_fact_a_time_or_a_name(code, name):
    page = soup(report(code).prose(name).passages)
    for wrapped in page.find_all(["data", "time"]):
        wrapped.decompose()
    bare = re.sub(r"«[^»]*»|95\s?%", "", page.get_text())  # the level of an interval is no figure of a report
    assert not re.search(r"\d", bare), bare


@EVERYWHERE
@SECTIONS
def test_every_fact_says_its_number(code, name):
    told = report(code)
    for data in soup(told.prose(name).passages).select("data"):
        assert data["class"] == ["fact"]
        fact = told.facts[data["data-fact"]]
        assert data["value"] == ("" if fact.value is None else f"{fact.value:.12g}")
        assert says(data.get_text(), fact, code), f"{data.get_text()!r} is said of {fact}"


@cache
def number(code):
    """Give the pattern of a number in a language: sign, digits, decimals, per cent sign."""
    sample = language(code).number(1234.5, 1)
    group, point = sample[1], sample[-2]
    return re.compile(
        rf"([+−]?)(\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{re.escape(point)}(\d+))?[\u00a0\u202f]?(%?)"
    )


def says(text, fact, code):
    """Tell whether every number of a text is the value or a bound of a fact, rounded as shown."""
    known = [fact.value, fact.low, fact.high, fact.interval_low, fact.interval_high]
    known = [n for n in known if n is not None]
    numbers = number(code).findall({"once": "1", "twice": "2"}.get(text, text))
    return bool(numbers) and all(any(same(n, *written) for n in known) for written in numbers)


def same(known, sign, whole, decimals, percent):
    shown = round(known * (100 if percent else 1), len(decimals))
    written = float(f"{re.sub(r'[^0-9]', '', whole)}.{decimals or 0}")
    return abs(shown) == written and (not sign or (shown < 0) == (sign == "−"))


@EVERYWHERE
@SECTIONS
def test_a_bound_is_worded_as_one(code, name):
    told = report(code)
    for data in soup(told.prose(name).passages).select("data"):
        fact = told.facts[data["data-fact"]]
        if fact.qualifier not in ("exact", "about") and fact.metric != "rank":  # a rank is worded around
            assert not number(code).fullmatch(data.get_text()), f"{fact.id} is worded {data.get_text()}"


OF = {  # tables and charts, and the section each is of
    "site_lowest": "site", "copies": "subscription", "carried": "newspapers",
}  # fmt: skip


@pytest.mark.parametrize("qualifier", QUALIFIERS)
def test_every_template_keeps_every_bound(qualifier):
    """All figures of the report are known in one manner: texts, tables, marks of charts, the appendix."""
    tables = report().data.tables
    rows = tables.observations
    known = Bounded.stated(rows["value"], np.full(len(rows), qualifier))
    made = data(replace(tables, observations=rows.assign(qualifier=qualifier, **known.columns())))
    for code in LANGUAGES:
        renderer, bare = Renderer(made.tables, code, made.facts), number(code)
        prose = told(made, code)
        for passages in prose.values():
            assert_well_formed(passages)
        words = [item for passages in prose.values() for passage in passages for item in passage.items]
        shown = [TABLES[name](CONTENTS[of](made), renderer) for name, of in OF.items()]
        words += [cell for table in shown if table for row in table.rows for cell in row]
        words += [entry.value for entry in entries(made.facts, renderer, made.facts)]
        for part in (part for text in words for part in text.parts if part.fact):
            fact = made.facts[part.fact]
            if fact.low != fact.high and fact.metric != "rank":  # a rank is worded around
                assert not bare.fullmatch(part.text), f"{fact} is worded {part.text}"


@EVERYWHERE
def test_half_and_years_are_never_compared(code):
    told = report(code)
    compared = {d["data-fact"] for n in TOLD for d in soup(told.prose(n).passages).select("data")}
    site = [f for f in told.facts.select("growth", indicator="publications") if f.outlet == "union-site"]
    assert {f.window.code for f in site} == {"2016"}
    assert not [i for i in compared if i.startswith("growth.") and i.endswith("2017H1.2016")]


def test_prose_says_what_the_figures_say(folder):
    folder.change("2017H1/observations.csv", "2017-12-31,4746", "2017-12-31,3172")
    folder.change("2017H1/observations.csv", "2016-12-31,720,exact", "2016-12-31,720,more_than")
    passages = told(data(folder.load()), "kk")["subscription"]
    prose = " ".join(blocks(passages))
    assert "20,0%-ға азайды" in prose
    assert "өсті ме, азайды ма\u00a0– деректерден көрінбейді" in prose  # 1525 against more than 720
    assert_well_formed(passages)


MAYBE = {"kk": "кездейсоқ болуы мүмкін", "ru": "может быть случайной", "en": "chance alone may explain"}
TOO_EARLY = {"kk": "деуге ерте", "ru": "говорить о росте или снижении рано", "en": "too early to speak"}


@pytest.mark.parametrize(("before", "maybe"), [(290, True), (150, False)])
def test_a_change_and_chance_give_one_verdict(folder, before, maybe):
    """306 against 290 is up 5.5%, which may be chance; nothing then says that it is too early to tell."""
    row = f"publications,TOTAL,union-site,,2016-01-01,2016-06-30,{before},exact,,,the site"
    folder.append("2017H1/observations.csv", row)
    made = data(folder.load())
    for code in LANGUAGES:
        prose = told(made, code)
        assert_well_formed(prose["site"])
        site = " ".join(blocks(prose["site"]))
        assert site.count(MAYBE[code]) == int(maybe), site
        assert TOO_EARLY[code] not in site
        assert made.facts.one("pace", organisation="TOTAL") is not None


def test_a_pace_is_not_unclear_where_the_means_of_a_day_are_clear(folder):
    """510–765 a year against 600: the year lies within it, yet 306 in 181 days are no chance beside it."""
    folder.change("2017H1/observations.csv", "2016-12-31,499", "2016-12-31,515")
    made = data(folder.load())
    assert CONTENTS["site"](made).pace_relation == "unclear"
    for code in LANGUAGES:
        site = " ".join(blocks(told(made, code)["site"]))
        assert TOO_EARLY[code] not in site, site


def test_a_change_of_years_may_be_chance_too(folder):
    folder.change("2017H1/observations.csv", "2015-12-31,161", "2015-12-31,480")
    made = data(folder.load())
    for code in LANGUAGES:
        assert MAYBE[code] in " ".join(blocks(told(made, code)["site"]))


def test_one_year_is_not_called_years(folder):
    text = folder.text("2017H1/observations.csv").splitlines(keepends=True)
    kept = [line for line in text if "union-site,,2015" not in line]
    folder.write("2017H1/observations.csv", "".join(kept))
    made = data(folder.load())
    for code, several in {
        "kk": ("Толық жылдар", "толық жылдардың"),
        "ru": ("полные годы",),
        "en": ("In whole years", "beside whole years"),
    }.items():
        prose = told(made, code)
        text = " ".join([*blocks(prose["site"]), *blocks(prose["notes"])])
        assert not any(words in text for words in several), text


def test_growth_that_is_none_or_a_bound_is_worded_so(folder):
    folder.change("2017H1/observations.csv", "2017-12-31,4746", "2017-12-31,3965")
    folder.change("2017H1/observations.csv", "2016-12-31,720,exact", "2016-12-31,720,at_most")
    prose = " ".join(blocks(told(data(folder.load()), "kk")["subscription"]))
    assert "салыстырғанда өзгерген жоқ" in prose
    assert re.search(r"кемінде \+?111,8%", prose)


def test_what_an_organisation_reports_is_not_said_to_be_missing():
    """Kostanay's items on the site are known, though counted to a date that is not stated."""
    prose = " ".join(blocks(report("kk").prose("site").passages))
    kus = report("kk").facts.select(
        "volume", organisation="KUS", outlet="union-site", indicator="publications"
    )
    assert kus
    assert "Қостанай" in prose or "Қалған ұйымдардың сайттағы саны бастапқы деректе берілмеген" not in prose


# The templates and locale files


@EVERYWHERE
def test_a_name_that_is_missing_is_an_error(code):
    renderer = Renderer(report(code).data.tables, code)
    for name in ("site", "subscription", "press", "training"):
        with pytest.raises(UndefinedError):
            renderer.prose(name, object(), view=report(code).section)
    with pytest.raises(UndefinedError, match="highlights"):
        renderer.prose("notes", [])
    with pytest.raises(UndefinedError):
        renderer.environment.from_string("{{ nothing }}").render()
    with pytest.raises(UnknownLabelError):
        renderer.environment.from_string("{{ 'x'|label('channel') }}").render()


# The two ends of a scale are no figures of a report, nor is what a rate is counted by.
SCALES = re.compile(
    r"0-ден 1(00)?-ге|100 бал(дық|л)|100-ден|100 мүше|0 to 1(00)?|out of 100|per 100|0 до 1(00)?|(из|на) 100"
)


def test_a_template_is_compiled_anew_where_its_text_has_changed(tables, tmp_path, monkeypatch):
    folder = shutil.copytree(narrative("en"), tmp_path / "narrative")
    monkeypatch.setattr("aqparat.words.renderer.narrative", lambda code: folder)

    def said(text):
        (folder / "said.md.j2").write_text(text, encoding="utf-8")
        return blocks(Renderer(tables, "en").prose("said", None))

    assert [said("One."), said("Two."), said("Two.")] == [["One."], ["Two."], ["Two."]]


@EVERYWHERE
def test_templates_hold_no_figures(code):
    for template in sorted(narrative(code).rglob("*.j2")):
        bare = re.sub(
            r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "", template.read_text(encoding="utf-8"), flags=re.S
        )
        assert not re.search(r"\d", SCALES.sub("", bare)), template.name


@EVERYWHERE
def test_templates_join_no_texts(code):
    """What `~` joins is bare text: a number in it would lose what it is."""
    for template in sorted(narrative(code).rglob("*.j2")):
        assert not re.search(r"\{[{%][^}]*~", template.read_text(encoding="utf-8")), template.name


@EVERYWHERE
def test_every_language_has_the_same_templates_and_blocks(code):
    assert templates(code) == templates(LANGUAGES[0])
    assert {f"{n}.md.j2" for n in TOLD} <= set(templates(code))


def templates(code):
    root = narrative(code)
    blocks = re.compile(r"\{%-?\s*block (\w+)")
    return {
        p.relative_to(root).as_posix(): blocks.findall(p.read_text(encoding="utf-8"))
        for p in root.rglob("*.j2")
    }


@EVERYWHERE
def test_every_language_has_the_same_labels_and_placeholders(code):
    assert labels(code) == labels(LANGUAGES[0])


def labels(code):
    """Give every key of a locale file with the placeholders of its text."""
    placeholder = re.compile(r"\{\{ ?(\w+) ?\}\}|\{(\w+)\}")
    table = texts("labels", code)
    return {key: {a or b for a, b in placeholder.findall(text)} for key, text in flat(table)}


def flat(table, prefix=""):
    for key, value in table.items():
        yield from flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, value)]


@EVERYWHERE
def test_every_value_that_is_shown_by_a_label_has_one(code):
    keys = labels(code)
    wanted = {
        "section": HEADED,
        "channel": schemas.CHANNELS,
        "activity": schemas.ACTIVITY_KINDS,
        "status": schemas.STATUSES,
    }
    assert [f"{p}.{v}" for p, values in wanted.items() for v in values if f"{p}.{v}" not in keys] == []


@EVERYWHERE
def test_every_label_asked_for_in_the_source_is_there(code):
    keys = labels(code)
    asked = set(re.findall(r'\.label\("([\w.]+)"', "".join(sources())))
    assert len(asked) > 5
    assert asked <= set(keys)


@EVERYWHERE
def test_every_problem_has_a_message(code):
    problems = language(code).labels["problems"]
    assert sorted(codes() - set(problems)) == []


def test_every_message_is_of_a_problem():
    told = {code for code in language(LANGUAGES[0]).labels["problems"] if f'"{code}"' in "".join(sources())}
    assert sorted(set(language(LANGUAGES[0]).labels["problems"]) - codes() - told) == []


def sources():
    return [p.read_text(encoding="utf-8") for p in sorted(LIBRARY.rglob("*.py"))]


def codes():
    """Collect the codes of problems: those written out in a call, and those made from a column's kind."""
    written = re.findall(r'(?<![.\w])(?:Problem|[\w.]*DataFolderError|told)\(\s*"(\w+)"', "".join(sources()))
    columns = [c for schema in schemas.TABLES.values() for c in schema.columns.values()]
    checked = {c.kind for c in columns if c.kind == "date" or c.allowed or schemas.KINDS[c.kind].pattern}
    known = {"organisation", "outlet", "indicator"}
    return {*written, "empty_cell", "repeated_key", "range", *map("not_{}".format, checked)} | {
        f"unknown_{kind}" for kind in known
    }


# Nouns of units


def of_atyrau(folder):
    """Give what there is of Atyrau's own report, with members, programmes, videos and people trained."""
    rows = ("members,,,30000", "broadcasts,,,3", "videos,,,5", "trained,,,240", "publications,,,40")
    for row in rows:
        indicator, outlet, channel, value = row.split(",")
        folder.append(
            "2017H1/observations.csv",
            f"{indicator},ATY,{outlet},{channel},2017-01-01,2017-06-30,{value},exact,,,the form",
        )
    tables = folder.load()
    return ReportData(tables, aqparat.metrics.collect(tables, history=True))


@EVERYWHERE
def test_what_is_counted_is_named_by_its_own_noun(folder, code):
    made = of_atyrau(folder)
    renderer = Renderer(made.tables, code, made.facts)
    section = own(made, "ATY")
    names, unnamed = made.tables.indicators[f"name_{code}"], renderer.language.label("channel.unnamed")
    told = {str(row[0]).casefold(): str(row[2]) for row in TABLES["own_rates"](section, renderer).rows}
    for indicator, rate in {"broadcasts": 0.1, "videos": 0.17, "publications": 1.33}.items():
        place = f"{unnamed}: " if indicator == "publications" else ""
        assert told[f"{place}{names[indicator]}".casefold()] == renderer.language.number(rate, 2)
    assert sum(unnamed.casefold() in what for what in told) == 1
    cells = [str(row[0]) for row in TABLES["own_figures"](section, renderer).rows]
    for indicator in ("members", "trained", "broadcasts", "videos"):
        assert any(cell.casefold() == names[indicator].casefold() for cell in cells), cells


@EVERYWHERE
def test_a_chart_names_videos_videos(folder, code):
    made = of_atyrau(folder)
    chart = charts.channels(own(made, "ATY"), Renderer(made.tables, code, made.facts))
    noun = {"kk": "5 бейнематериал", "ru": "5 видеоматериалов", "en": "5 videos"}[code]
    assert noun in chart.alt
    assert any(noun in mark["text"] for mark in chart.marks)
    unnamed = language(code).label("channel.unnamed")
    assert sum(unnamed.casefold() in mark["text"].casefold() for mark in chart.marks) == 1


@EVERYWHERE
def test_videos_without_a_place_stand_in_no_medium(folder, code):
    for row in ("videos,ATY,,,2017-01-01,2017-06-30,50", "publications,ATY,,social,2017-01-01,2017-06-30,40"):
        folder.append("2017H1/observations.csv", f"{row},exact,,,the form")
    tables = folder.load()
    made = ReportData(tables, aqparat.metrics.collect(tables, history=True))
    renderer = Renderer(tables, code, made.facts)
    (portrait,) = [p for p in portraits(made) if p.organisation == "ATY"]
    said = " ".join(blocks(renderer.prose("organisations", [portrait]))).replace("\u00a0", " ")
    assert re.search(r"(?<!\d)50 (videos|видео|бейне)", said), said
    assert renderer.language.label("channel_at.unnamed") not in said
    chart = charts.channels(own(made, "ATY"), renderer)
    assert renderer.language.label("channel_at.social") in str(chart.title)  # where most items are
    assert renderer.language.label("channel_at.unnamed") not in str(chart.title)


@EVERYWHERE
def test_what_is_held_every_year_is_not_told_of_one(code):
    """The source says of Aktobe's 10,000 that they are trained each year."""
    for name in ("training",):
        text = " ".join(blocks(report(code).prose(name).passages))
        every = {"kk": "ыл сайын", "ru": "жегодно", "en": "every year"}[code]
        sentence = next(s for s in re.split(r"(?<=[.!?]) ", text) if "000" in s)
        assert every in sentence and "2017" not in sentence, sentence


@EVERYWHERE
def test_the_own_table_says_every_year_too(code):
    made = report(code, organisation="AKT")
    rows = TABLES["own_figures"](own(made.data, "AKT"), made.renderer).rows
    (told,) = [str(cell) for row in rows for cell in row if "000" in str(cell)]
    assert {"kk": "жыл сайын", "ru": "ежегодно", "en": "every year"}[code] in told


@EVERYWHERE
def test_a_share_is_of_the_union_and_not_of_the_paper(code):
    wrong = {"kk": "газеттің барлық", "ru": "всех экземпляров газеты", "en": "the paper’s copies"}[code]
    for name in ("subscription",):
        assert wrong not in " ".join(blocks(report(code).prose(name).passages))
    assert wrong not in " ".join(blocks(report(code, organisation="KUS").prose("own_summary").passages))


@EVERYWHERE
def test_templates_ask_facts_by_tests(code):
    """A bare number is an error, but only where a template comes to it: `is single`, not `.value == 1`."""
    for template in sorted(narrative(code).rglob("*.j2")):
        assert not re.search(r"\.value\b", template.read_text(encoding="utf-8")), template.name
