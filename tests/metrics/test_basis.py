"""What metrics are computed from, part by part; each test asks for one part and has just what that needs."""

from dataclasses import replace

import pandas as pd
from aqparat.metrics.basis import Basis
from figured import of, only
from test_rhythm import items

SITE = {"indicator": "publications", "outlet": "union-site"}


def ids(frame):
    return set(frame["id"])


def volumes(*what):
    return {f"volume.{one}" for one in what}


def test_settings_that_are_a_choice(basis, tables):
    changed = {
        "indicators.items": ["videos"],
        "indicators.stocks": ["copies"],
        "interval.level": 0.9,
        "pace.years": 2,
    }
    found = basis(settings=tables.settings.merged(changed))
    assert (found.items, found.stocks, found.level, found.years) == (("videos",), ("copies",), 0.9, 2)


def test_who_is_the_head_office_and_who_was_ever_a_member(basis):
    found = basis()
    assert list(found.head_office) == ["CEN"]
    assert {"KUS", "YUZ", "TUR", "SEM"} <= set(found.member_codes)  # those split and founded since, too
    assert not {"CEN", "ZAI", "TOTAL"} & set(found.member_codes)


def test_whose_items_are_the_unions(basis, tables):
    assert list(basis().counted_codes) == [*tables.members(), "CEN"]
    year = basis(period="2018").counted_codes  # Southern Kazakhstan was split in the middle of it
    assert {"YUZ", "TUR", "SHY", "CEN"} <= set(year)
    assert len(year) == len(set(year)) == 24


def test_n_of_each_window_and_of_the_period_and_its_year(basis):
    found = basis("videos KUS . 2018H2 5\nvideos KUS . 2018- 5").due.set_index("id")
    assert found["value"].to_dict() == {
        f"volume.organisations.TOTAL.any.{window}": n
        for window, n in {"2018H2": 22, "2018": 21, "2018-01-01_": 21, "2017H1": 21, "2017": 21}.items()
    }
    row = found.loc["volume.organisations.TOTAL.any.2017H1"]
    assert row["origins"] == ["raw/reference/organisations.csv#3-17,20-21,23,25,27-28"]


def test_volumes_are_summed_over_members_and_halves_but_for_stocks(basis):
    found = basis("""
        videos KUS . 2017H1 5
        videos KUS . 2017H2 5
        copies KUS bilimdi-el 2017H1 5
        copies KUS bilimdi-el 2017H2 5
        videos CEN . 2017H1 1
    """).all_volumes.set_index("id")
    assert found.loc["volume.videos.KUS.any.2017", "value"] == 10
    assert found.loc["volume.videos.TOTAL.any.2017H1", "low"] == 6  # with the head office
    assert not any(".copies." in i and i.endswith(".2017") for i in found.index)


def test_what_an_organisation_alone_has_in_its_own_paper_is_no_sum(basis, tables):
    """But what it has on the union's site, or in a paper of the head office, is."""
    publishers = {"ustazdyq-engbek": "ATY", "bilimdi-el": "CEN", "union-site": "ATY"}
    papers = tables.outlets.assign(publisher=tables.outlets.index.map(publishers).fillna(""))
    found = basis(
        """
        publications ATY newspaper  2017H1 5
        publications ATY bilimdi-el 2017H1 5
        publications ATY union-site 2017H1 5
        """,
        outlets=papers,
    )
    found.tables.observations.loc[0, "outlet"] = "ustazdyq-engbek"
    union = found.all_volumes.query("organisation == 'TOTAL'")
    assert set(union["outlet"]) == {"bilimdi-el", "union-site"}


def test_those_who_were_split_stand_as_their_union_in_the_year(basis):
    lines = "videos YUZ . 2018H1 3\nvideos TUR . 2018H2 4\nvideos SHY . 2018H2 5"
    assert only(basis(lines).all_volumes.query("id == 'volume.videos.YUZ.any.2018'"))["value"] == 12


def test_people_are_the_members_reported(basis):
    found = basis("members KUS . 2016 900\nvideos KUS . 2016 9").people
    assert set(found["indicator"]) == {"members"}


THREE_YEARS = """
    videos KUS . 2014 1
    videos KUS . 2016H1 2
    videos KUS . 2017H1 3
    members KUS . 2013 900
    copies KUS bilimdi-el 2012 7
"""


def test_volumes_of_the_period_and_what_it_is_compared_with(basis):
    own = volumes("videos.KUS.any.2016H1", "videos.KUS.any.2017H1")
    union = volumes(
        "videos.TOTAL.any.2014", "videos.TOTAL.any.2016H1", "videos.TOTAL.any.2017H1",
        "members.TOTAL.any.2013", "copies.TOTAL.bilimdi-el.2012",
    )  # fmt: skip
    past = volumes("videos.KUS.any.2014", "copies.KUS.bilimdi-el.2012")
    members = volumes("members.KUS.any.2013")  # those last reported
    found = basis(THREE_YEARS)
    found.tables.observations["batch"] = "2016H2"
    assert ids(found.near) == ids(found.near_units) == ids(found.units) == own | union
    assert ids(found.volumes) == own | union | members
    assert ids(found.all_volumes) == own | union | members | past
    assert ids(basis(THREE_YEARS, history=True).volumes) == own | union | members | past
    assert ids(basis(THREE_YEARS, history=True).units) == own | union | members | past


def test_what_the_period_hands_in_and_what_is_named_lowest_is_its_own(basis):
    found = basis(THREE_YEARS)
    found.tables.observations["batch"] = ["2016H2", "2016H2", "2017H1", "2016H2", "2016H2"]
    found.tables.observations["extreme"] = ["", "", "", "", "lowest"]
    assert found.own_ids == volumes("videos.KUS.any.2017H1", "copies.KUS.bilimdi-el.2012")
    assert basis().own_ids == set()


SPLIT = """
    videos YUZ . 2018H1 3
    videos TUR . 2019H1 4
    videos SHY . 2019H1 5
    copies TUR bilimdi-el 2019H1 4
    copies SHY bilimdi-el 2019H1 4
    copies TUR bilimdi-el 2019H2 4
    copies SHY bilimdi-el 2019H2 4
"""


def test_units_are_put_together_to_be_compared(basis):
    found = basis(SPLIT, period="2019H1").united
    assert volumes("videos.YUZ.any.2019H1", "copies.YUZ.bilimdi-el.2019H1") == ids(found)
    year = basis(SPLIT, period="2019", history=True).united
    assert volumes("copies.YUZ.bilimdi-el.2019H2") < ids(year)
    assert "volume.copies.YUZ.bilimdi-el.2019" not in ids(year)  # halves of what is counted at a moment


def test_flows_are_the_unions_without_stocks(basis):
    found = basis("videos KUS . 2017H1 5\ncopies TOTAL bilimdi-el 2017 5").flows
    assert ids(found) == volumes("videos.TOTAL.any.2017H1")


def test_organisations_are_compared_by_what_is_of_one_channel(basis):
    found = basis("publications KUS . 2017H1 5\npublications KUS union-site 2017H1 5").comparable
    assert ids(found) == volumes("publications.KUS.union-site.2017H1", "publications.TOTAL.union-site.2017H1")
    assert found.set_index("organisation").loc["KUS", "n"] == 21


MIXED = """
    publications KUS serper  2017H1 5
    publications KUS newspaper 2017H1 5
    publications KUS newspaper 2016H1 5
    publications KUS website 2017H1 5
    publications KUS website 2016H1 5
    publications AKT website 2017H1 6
    publications AKT newspaper 2017H1 6
    publications AKT newspaper 2016H1 6
"""


def test_a_channel_told_by_outlets_too_is_not_steady(basis):
    lines = MIXED.replace("serper ", "bilimdi-el")
    found = basis(lines)
    assert "channel_total.publications.KUS.newspaper.2017H1" in ids(found.channels)
    steady = ids(found.steady_units)
    assert {i for i in steady if ".KUS." in i} == volumes(
        "publications.KUS.website.2017H1", "publications.KUS.website.2016H1",
        "publications.KUS.bilimdi-el.2017H1",
    )  # fmt: skip
    assert volumes("publications.AKT.newspaper.2017H1") < steady  # which tells no outlets
    assert {i.split(".")[3] for i in ids(found.ranks)} == {"newspaper", "website"}
    assert {i.split(".")[3] for i in ids(found.steady_ranks) if i.endswith("2017H1")} == {"website"}


def test_outlets_that_most_report_together(basis, tables):
    papers = ("bilimdi-el", "qazaqstan-kasipodagy")
    lines = [f"{what} {m} {p} 2017H1 2" for what in ("publications", "copies") for m in tables.members()[:11]
             for p in papers]  # fmt: skip
    found = basis("\n".join(lines)).common_totals
    assert found.set_index("organisation").loc["KUS", "inputs"] == tuple(
        f"volume.publications.KUS.{paper}.2017H1"
        for paper in papers[::-1]  # as in outlets.csv
    )


def test_who_has_reported_and_is_present(basis, tables):
    lines = "publications KUS union-site 2017H1 5\npublications AKT union-site 2017H1 0"
    found = basis(lines)
    reported = only(found.reported)
    assert (reported["id"], reported["value"]) == ("reported.publications.TOTAL.union-site.2017H1", 2)
    assert only(found.present)["low"] == 1
    more = basis(lines, settings=tables.settings.merged({"coverage.least": 6}))
    assert more.present.empty or only(more.present)["low"] == 0


REGISTER = """
    2017-01-05 KUS union-site
    2017-06-30 KUS union-site
    2017-02-05 AKT union-site
    2017-03-05 KUS bilimdi-el
"""
REGISTERED = """
    publications KUS union-site 2017H1 2
    publications AKT union-site 2017H1 1
    publications TOTAL union-site 2017H1 3
    publications TOTAL bilimdi-el 2017H1 1
"""


def test_months_of_the_period_are_of_the_union_and_with_history_of_each(basis):
    assert set(basis(REGISTERED, REGISTER).period_months["organisation"]) == {"TOTAL"}
    found = basis(REGISTERED, REGISTER, history=True).period_months
    assert found.groupby("organisation")["value"].sum().to_dict() == {"AKT": 1, "KUS": 2, "TOTAL": 3}
    assert set(found["outlet"]) == {"union-site"}  # the union's own


def test_months_of_whole_years_in_the_register(basis):
    found = basis(
        "publications TOTAL union-site 2017 3\npublications TOTAL bilimdi-el 2017 1", REGISTER
    ).months
    assert found.groupby("outlet")["value"].sum().to_dict() == {"bilimdi-el": 1, "union-site": 3}


def test_months_with_an_item_of_those_who_were_members_all_the_time(basis):
    found = basis(REGISTERED, REGISTER)
    months = found.active_months.set_index(["organisation", "outlet"])
    assert months["low"].to_dict() == {
        ("AKT", "union-site"): 1, ("KUS", "bilimdi-el"): 1, ("KUS", "union-site"): 2,
        ("TOTAL", "bilimdi-el"): 1, ("TOTAL", "union-site"): 3,
    }  # fmt: skip
    assert months["channel"].to_dict()["KUS", "bilimdi-el"] == "newspaper"
    assert found.calendar_months.set_index("organisation")["value"].to_dict() == {
        "AKT": 6,
        "KUS": 6,
        "TOTAL": 6,
    }
    split = basis(titles="2018-01-05 YUZ union-site\n2018-08-05 TUR union-site\n2018-08-05 KUS union-site",
                  period="2018")  # fmt: skip
    assert set(split.active_months["organisation"]) == {"KUS", "TOTAL"}  # of the others fewer are due


def test_a_register_that_lists_less_than_was_reported_leaves_months_open(basis):
    lines = REGISTERED.replace("KUS union-site 2017H1 2", "KUS union-site 2017H1 9")
    found = basis(lines, REGISTER).active_months.set_index(["organisation", "outlet"])
    assert of(found.loc[("KUS", "union-site")], "low", "high") == (2, 6)


def test_issues_of_papers_with_a_publisher(basis):
    out, due = basis(titles="2017-03-05 ATY ustazdyq-engbek\n2017-03-06 ATY bilimdi-el").issues
    assert only(out)["id"] == "volume.issues_out.ATY.ustazdyq-engbek.2017H1"
    assert only(due)["value"] == 8  # two a month from 23 February on


def test_languages_of_the_items_on_the_unions_own_sites(basis, tables):
    register = items(REGISTER).assign(batch="2017H1", language="kk", format="")
    found = Basis(replace(tables, items=register)).listed
    assert found.set_index("indicator")["value"].to_dict() == {"language_kk": 3, "language_stated": 3}


def test_issues_a_month_are_stated_of_papers_in_force(basis, tables):
    found = basis().counted.set_index("id")
    row = found.loc["volume.issues.ATY.ustazdyq-engbek.2017-02-23_"]
    assert (*of(row), row["channel"]) == (2, 2, 2, "newspaper")
    assert row["origins"] == ["raw/reference/outlets.csv#13"]
    early = basis(period="2016H2").counted
    assert early[early["indicator"] == "issues"].empty
    paper = tables.outlets.assign(valid_from=pd.NaT)
    ever = basis(outlets=paper).counted.query("indicator == 'issues'")
    assert only(ever)["start"] == pd.Timestamp("2017-01-01")  # of the period, where no day is stated


def held(tables, *rows):
    told = tables.activities.iloc[[0] * len(rows)]
    columns = ["organisation", "kind", "per_year", "participants", "batch"]
    return told.assign(**pd.DataFrame(rows, columns=columns, index=told.index),
                       origins=[[f"activities.csv#{n}"] for n, _ in enumerate(rows, 2)])  # fmt: skip


def test_activities_a_year_add_up_and_the_later_batch_stands(basis, tables):
    rows = held(
        tables,
        ("KUS", "seminar", 4, None, "2017H1"),
        ("KUS", "seminar", 2, None, "2017H2"),
        ("KUS", "seminar", 1, None, "2017H2"),
        ("KUS", "briefing", 5, None, "2017H1"),
        ("AKT", "seminar", None, 30, "2017H1"),
        ("AKT", "seminar", 9, None, "2016H2"),
    )
    found = basis(period="2017", activities=rows).counted.set_index("id")
    told = {i: found.loc[i, "value"] for i in found.index if "seminar" in i or "briefing" in i}
    assert told == {
        "volume.seminar.KUS.any.2017": 3,
        "volume.briefing.KUS.any.2017": 5,
        "volume.seminar_participants.AKT.any.2017": 30,
    }
    assert found.loc["volume.seminar.KUS.any.2017", "origins"] == ["activities.csv#3-4"]


def test_about_so_many_participants_are_as_the_settings_say(basis, tables):
    rows = held(tables, ("AKT", "seminar", None, 30, "2017H1")).assign(qualifier="about")
    bounds = tables.settings.merged({"bounds.about": 0.5})
    found = only(basis(activities=rows, settings=bounds).attended)
    assert of(found) == (30, 15, 45)


def test_all_that_is_counted_stands_once(basis):
    lines = REGISTERED + "videos TOTAL bilimdi-el 2016 3 exact KUS AKT\n"
    found = basis(lines, REGISTER).counted
    assert found["id"].is_unique
    assert {
        "publications", "videos", "organisations", "organisations_named", "organisations_filed",
        "active_months", "calendar_months", "issues",
    } <= set(found["indicator"])  # fmt: skip


RATES = """
    members KUS . 2016 1000
    publications KUS union-site 2017H1 4
    publications KUS union-site 2016H1 3
    copies KUS bilimdi-el 2017 20
    trained KUS . 2017H1 250
"""


def test_rates_are_of_the_members_last_reported(basis):
    found = basis(RATES)
    assert (
        only(found.rates)["id"] == "rate.publications.KUS.union-site.2017H1"
    )  # of the half before them none
    assert found.rates["interval_low"].notna().all()  # items: chance has a part in them
    assert only(found.pooled_rates)["id"] == "pooled_rate.publications.TOTAL.union-site.2017H1"
    assert only(found.penetrations)["value"] == 2
    assert only(found.reaches)["value"] == 0.25
    assert {name: sorted(ids(frame)) for name, frame in found.rates_reported.items()} == {
        "rate": ["reported.publications_rate.TOTAL.union-site.2017H1"],
        "penetration": ["reported.copies_penetration.TOTAL.bilimdi-el.2017"],
        "training_reach": ["reported.trained_training_reach.TOTAL.any.2017H1"],
    }


def test_the_index_is_of_the_period_and_of_a_year_earlier(basis, tables):
    lines = [
        f"{what} {code} {where} {window} {n}"
        for n, code in enumerate(tables.members(), 1)
        for what, where, window in (
            ("members", ".", "2015"), ("copies", "bilimdi-el", "2017"),
            ("publications", "union-site", "2017H1"),
            ("publications", "union-site", "2016H1"), ("publications", "union-site", "2016H2"),
            ("trained", ".", "2017H1"),
        )
    ]  # fmt: skip
    found = basis("\n".join(lines)).index
    windows = {name: {i.rpartition(".")[2] for i in frame["id"][frame["indicator"] == name]}
               for frame in [found.components] for name in frame["indicator"].unique()}  # fmt: skip
    assert windows == {"site": {"2017H1", "2016H1"}, "copies": {"2017H1"}, "training": {"2017H1"}}
    assert len(found.indices) == 21
    assert set(found.components_reported["value"]) == {21}
