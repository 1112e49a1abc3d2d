import aqparat
import pytest
from aqparat.metrics import collect
from aqparat.report import Report
from aqparat.sections.activity import activity
from aqparat.sections.findings import findings
from aqparat.sections.measures import Measures
from aqparat.sections.notes import notes
from aqparat.sections.own import own
from aqparat.sections.report_data import ReportData

OBSERVATIONS = "indicator,organisation,outlet,channel,start,end,value,qualifier,source\n"
ITEMS = "date,organisation,outlet,title\n2017-08-01,KUS,egemen-qazaqstan,An item\n"
HALF = "2017-07-01,2017-12-31"


@pytest.fixture
def found(folder):
    """Return what the rules find in 2017H2 with these rows: the findings and notes by rule."""

    def find(*rows, items=ITEMS):
        folder.write("2017H2/observations.csv", OBSERVATIONS + "".join(f"{row}\n" for row in rows))
        if items:
            folder.write("2017H2/publications.csv", items)
        tables = folder.load("2017H2")
        data = ReportData(tables, collect(tables))
        return {finding.rule: finding for finding in [*findings(data), *notes(data)]}

    return find


def none_of(channel, codes):
    return [f"publications,{code},,{channel},{HALF},0,exact,form" for code in codes]


def test_a_channel_nobody_was_asked_about_is_not_reported(found):
    rules = found("members,KUS,,,2017-07-01,2017-12-31,100,exact,form")
    assert rules["channel_unreported"].outlets == [
        "website", "magazine", "television", "radio", "social", "print",
    ]  # fmt: skip
    assert "channel_unused" not in rules


def test_a_channel_is_empty_only_where_everyone_says_so(found, tables):
    members = list(tables.members())
    rules = found(*none_of("print", members))
    assert rules["channel_unused"].outlets == ["print"]
    assert "print" not in rules["channel_unreported"].outlets
    rules = found(*none_of("print", members[1:]))
    assert "channel_unused" not in rules
    assert "print" not in rules["channel_unreported"].outlets


def test_a_total_of_none_is_not_what_everyone_says(found, tables):
    rules = found(*none_of("print", ["TOTAL"]))
    assert "channel_unused" not in rules
    rules = found(*none_of("print", ["TOTAL", *list(tables.members())[:-1]]))
    assert "channel_unused" not in rules


def test_nothing_is_said_of_channels_without_a_register(found):
    rules = found("members,KUS,,,2017-07-01,2017-12-31,100,exact,form", items="")
    assert "channel_unreported" not in rules


def test_none_sent_and_no_data_are_told_apart(found, tables):
    first = "publications,KUS,union-site,,2017-01-01,2017-06-30,0,exact,form"
    second = "publications,KUS,union-site,,2017-07-01,2017-12-31,0,exact,form"
    rules = found(first, second)
    assert rules["silent_halves"].organisations == ["KUS"]
    absent = rules["absent_halves"].organisations
    assert set(absent) == {"AKM", "AST"}  # of the first half too they are nowhere in the data
    assert "ALA" in tables.members()  # of the city it is unclear whether it is named there
    assert "ZHZ" in tables.members()  # named then among those a paper wrote about: it is in those data


def test_nobody_is_without_data_twice_in_one_list(folder):
    folder.write("2017H2/observations.csv", OBSERVATIONS + f"members,KUS,,,{HALF},100,exact,form\n")
    tables = folder.load("2017H2")
    data = ReportData(tables, collect(tables))
    rules = {finding.rule: finding for finding in findings(data)}
    assert rules["absent_halves"].organisations == ["AKM", "AST"]
    assert not {"AKM", "AST"} & set(rules["unmentioned"].organisations)
    assert "AKT" in rules["unmentioned"].organisations
    assert {"AKM", "AST"} <= set(activity(data).unmentioned)  # the other lists name all


TWICE = "publications,AKT,{},,2017-01-01,,26,exact,form"


def test_a_number_that_stands_twice_is_told_where_it_was_handed_in(found, tables, facts):
    earlier = notes(ReportData(tables, facts))
    assert "same_value" in {finding.rule for finding in earlier}
    assert "same_value" not in found(f"members,KUS,,,{HALF},100,exact,form")
    assert "same_value" in found(*(TWICE.format(o) for o in ("union-site", "bilimdi-el")))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "2017 жылдың екінші жартыжылдығындағы деректерде"),
        ("ru", "за второе полугодие 2017 года нет никаких данных"),
        ("en", "There are no data at all for the second half of 2017 on"),
    ],
)
def test_no_data_are_of_a_period(folder, prose, language, words):
    folder.write("2017H2/observations.csv", OBSERVATIONS + f"members,KUS,,,{HALF},100,exact,form\n")
    tables = folder.load("2017H2")
    data = ReportData(tables, collect(tables))
    (finding,) = [f for f in findings(data) if f.rule == "unmentioned"]
    assert words.lower() in prose(data, "findings", Measures([], [finding]), language).lower()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "әлеуметтік желілерде барлығы кемінде 12 материал шықты"),
        ("ru", "Во втором полугодии 2017 года в социальных сетях опубликовано не менее 12 материалов"),
        ("en", "at least 12 items appeared on social media"),
    ],
)
def test_items_of_every_channel_are_told(folder, language, words):
    rows = [f"publications,{code},,social,{HALF},{n},exact,form" for code, n in (("KUS", 5), ("AKT", 7))]
    folder.write("2017H2/observations.csv", OBSERVATIONS + "".join(f"{row}\n" for row in rows))
    told = Report("2017H2", language, folder.path).prose("press")
    assert words in str(told._repr_mimebundle_()["text/plain"]).replace("\u00a0", " ")


def test_what_is_counted_elsewhere_has_not_ended(found):
    rules = found(f"broadcasts,CEN,,,{HALF},9,exact,form", items="")
    (move,) = rules["counted_elsewhere"].moves
    assert (move.organisation, move.indicator) == ("CEN", "broadcasts")
    assert (move.before, move.now) == ([("", "television")], [("", "")])


@pytest.mark.parametrize(
    ("row", "moved"),
    [
        (f"publications,UST,,website,{HALF},5,exact,form", True),  # its outlet no longer named
        (f"publications,UST,,,{HALF},5,exact,form", True),
        (
            f"publications,UST,kostanay-aqu-site,,{HALF},5,exact,form",
            False,
        ),  # another outlet is another thing
        (f"publications,UST,,radio,{HALF},5,exact,form", False),
        (f"publications,UST,union-site,,{HALF},5,exact,form", False),
    ],
)
def test_only_what_may_be_the_same_has_moved(found, row, moved):
    assert ("counted_elsewhere" in found(row, items="")) == moved


def test_a_new_site_of_the_union_takes_the_place_of_the_old(found, folder):
    folder.append("reference/outlets.csv", "new-site,Жаңа сайт,Новый сайт,New site,website,sector,,,,")
    rules = found(f"publications,TOTAL,new-site,,{HALF},5,exact,counter", items="")
    (move,) = rules["counted_elsewhere"].moves
    assert (move.organisation, move.before, move.now) == (
        "TOTAL", [("union-site", "website")], [("new-site", "website")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "бұрын: теледидар; қазір: басылымы мен арнасы көрсетілмеген"),
        ("ru", "раньше: телевидение; теперь: без указания издания и канала"),
        ("en", "earlier: television; now: no outlet or channel named"),
    ],
)
def test_a_move_is_told_in_the_notes_and_in_the_own_report(folder, language, words):
    folder.write("2017H2/observations.csv", OBSERVATIONS + f"broadcasts,CEN,,,{HALF},9,exact,form\n")
    told = Report("2017H2", language, folder.path).prose("notes")
    assert words in str(told._repr_mimebundle_()["text/plain"])
    told_own = Report("2017H2", language, folder.path, "CEN").prose("own_figures")
    assert words in str(told_own._repr_mimebundle_()["text/plain"])


def test_moves_of_one_kind_stand_together(found):
    rows = [f"publications,{code},,website,{HALF},5,exact,form" for code in ("UST", "SEM", "ATY")]
    assert set(found(*rows, items="")["counted_elsewhere"].organisations) == {"UST", "SEM", "ATY"}


def test_what_was_reported_for_an_earlier_half_is_missing_now(folder):
    folder.write("2017H2/observations.csv", OBSERVATIONS + f"members,KUS,,,{HALF},100,exact,form\n")
    tables = aqparat.load("2017H2", data=folder.path)
    missing = own(ReportData(tables, collect(tables, history=True)), "KUS").missing
    assert "publications" in missing and "videos" in missing  # of the first half, or counted to no stated day
    assert "members" not in missing
    assert "copies" not in missing  # those of the year are its own


def test_papers_told_together_are_under_no_papers_target(found):
    year = "2017-01-01,2017-12-31"
    rules = found(f"copies,KUS,,,{year},1,exact,form", f"members,KUS,,,{HALF},9000,exact,form")
    assert "under_target" not in rules
