import pandas as pd
from aqparat.metrics.listed import listed
from aqparat.period import Period
from figured import of

SITES = pd.DataFrame({"channel": ["website"]}, index=["union-site"])
MEMBERS = pd.Index(["KUS", "ATY", "CEN"])


def rows(*lines):
    """Item rows from lines of `date organisation outlet language format`; "-" is not stated."""
    frame = pd.DataFrame(
        [line.replace("-,", ",").split() for line in lines],
        columns=["date", "organisation", "outlet", "language", "format"],
    ).replace("-", "")
    return frame.assign(
        date=pd.to_datetime(frame["date"]), place="publications.csv#", row=range(2, len(frame) + 2)
    )


def counts(*lines, period="2019H1"):
    found = listed(rows(*lines), SITES, Period.parse(period), MEMBERS)
    return found.set_index("indicator")


def test_languages_and_formats_are_counted_where_they_are_stated():
    found = counts(
        "2019-01-05 KUS union-site kk text",
        "2019-02-05 ATY union-site kk -",
        "2019-03-05 CEN union-site ru video",
        "2019-03-06 KUS union-site - -",
    )
    told = {"language_kk": 2, "language_ru": 1, "language_stated": 3,
            "format_text": 1, "format_video": 1, "format_stated": 2}  # fmt: skip
    assert found["value"].to_dict() == told
    assert set(found["channel"]) == {"website"}
    assert of(found.loc["language_kk"]) == (2, 2, 2)
    assert found.loc["language_kk", "origins"] == ["publications.csv#2-3"]
    assert found.loc["language_stated", "id"] == "listed.language_stated.TOTAL.union-site.2019H1"


def test_only_items_of_the_period_the_site_and_the_union_count():
    found = counts(
        "2019-01-05 KUS union-site kk text",
        "2018-12-31 KUS union-site ru text",
        "2019-02-05 KUS bilimdi-el ru text",
        "2019-02-05 ZAI union-site ru text",
    )
    assert found.loc["language_stated", "value"] == 1
    assert "language_ru" not in found.index


def test_where_nothing_is_stated_nothing_is_counted():
    assert counts("2019-01-05 KUS union-site - -").empty
