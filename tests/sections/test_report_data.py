"""Which facts of a series a report tells of: those of its period, else what tells most of it."""

import gc
import weakref
from datetime import date
from types import SimpleNamespace

import pytest
from aqparat.metrics import Fact, Facts
from aqparat.period import Period, Window
from aqparat.report import Report
from aqparat.sections.activity import activity
from aqparat.sections.report_data import ReportData, kept
from aqparat.sections.site import site

FIRST, SECOND, YEAR = (Period.parse(p).window for p in ("2017H1", "2017H2", "2017"))
OPEN = Window(date(2017, 1, 1), None)
BEFORE = Period.parse("2016").window


def count(window, indicator="publications", channel=""):
    where = channel or "any"
    return Fact(
        f"volume.{indicator}.KUS.{where}.{window.code}", "volume", indicator, "KUS", "", channel, window,
        None, 1, 1, 1, "exact", "item", ("a.csv#2",),
    )  # fmt: skip


def chosen(period, *facts):
    tables = SimpleNamespace(period=Period.parse(period), member=lambda code: code)
    return [(f.channel, f.window) for f in ReportData(tables, Facts(facts)).current(list(facts))]


@pytest.mark.parametrize(
    "period, known, told",
    [
        ("2017", [FIRST, SECOND, OPEN, YEAR], [YEAR]),
        ("2017", [FIRST, SECOND, OPEN], [FIRST, SECOND]),  # the open count says no more than they do
        ("2017", [SECOND, OPEN], [SECOND, OPEN]),
        ("2017", [FIRST], [FIRST]),
        ("2017", [OPEN, BEFORE], [OPEN]),
        ("2017H2", [FIRST, SECOND, OPEN, YEAR], [SECOND]),
        ("2017H2", [FIRST, OPEN, YEAR], [OPEN]),
        ("2017H2", [FIRST, YEAR], [YEAR]),
        ("2017H2", [FIRST, BEFORE], []),
    ],
)
def test_what_tells_most_of_the_period(period, known, told):
    assert chosen(period, *map(count, known)) == [("", w) for w in told]


def test_television_and_radio_together_stand_for_television():
    television = count(OPEN, "broadcasts", "television")
    first, second = (count(w, "broadcasts") for w in (FIRST, SECOND))
    assert chosen("2017H2", television, second) == [("", SECOND)]
    assert chosen("2017", television, first, second) == [("", FIRST), ("", SECOND)]
    assert chosen("2017", television, second) == [("television", OPEN), ("", SECOND)]


def test_items_of_no_named_channel_stand_for_no_channel():
    known = [count(OPEN, channel="television"), count(SECOND)]
    assert chosen("2017H2", *known) == [("television", OPEN), ("", SECOND)]


def test_what_both_halves_say_word_for_word_is_told_once(folder):
    heading = "organisation,topic,text_kk,text_ru,text_en,source\n"
    said = "KUS,active,Белсенді.,Активна.,Active.,form\nAKT,press,Айтылды.,Сказано.,Said.,form\n"
    for batch in ("2017H1", "2017H2"):
        folder.write(f"{batch}/highlights.csv", heading + said)
    data = Report("2017", "en", folder.path).data
    assert [h["text_en"] for h in data.highlights("press", "active")] == ["Active.", "Said."]
    assert activity(data).active == ["KUS"]


def test_the_growth_of_the_year_reported_is_told_once(folder):
    folder.write(
        "2017H2/observations.csv",
        "indicator,organisation,outlet,channel,start,end,value,qualifier,named,extreme,source\n"
        "publications,TOTAL,union-site,,2017-07-01,2017-12-31,310,exact,,,counter\n",
    )
    section = site(Report("2017", "en", folder.path).data)
    assert section.now_growth.base == BEFORE
    assert section.now_growth not in section.growth


def test_what_is_gathered_is_kept_with_the_data_and_goes_with_them():
    made = []

    @kept
    def gathered(data, *args):
        made.append(args)
        return list(args)

    data = ReportData(SimpleNamespace(), Facts([]))
    assert gathered(data, 1) is gathered(data, 1) and gathered(data, 2) == [2]
    assert gathered(ReportData(SimpleNamespace(), Facts([])), 1) == [1]
    assert made == [(1,), (2,), (1,)]
    gone = weakref.ref(data)
    del data
    gc.collect()
    assert gone() is None
