import pandas as pd
import pytest
from aqparat.data.measures import carried, shown
from aqparat.metrics import collect, target
from aqparat.period import Period

HALF = Period.parse("2017H2")
COLUMNS = ["code", "organisation", "batch", "indicator", "target", "due", "status"]
NONE = float("nan")


@pytest.fixture
def targets():
    def build(*rows):
        frame = pd.DataFrame([(*row[:5], pd.NaT, row[5]) for row in rows], columns=COLUMNS)
        frame = carried(frame.assign(origins=[[f"measures.csv#{n}"] for n in range(2, len(rows) + 2)]))
        return target(shown(frame, {"2017H2"}), frame, HALF.window).set_index("id")

    return build


def test_a_target_is_a_figure_counted_from_its_row(targets):
    found = targets(("M-1", "KUS", "2017H2", "copies", 900.5, "planned"))
    row = found.loc["target.copies.KUS.M-1.2017H2"]
    assert (row["value"], row["low"], row["high"], row["qualifier"]) == (900.5, 900.5, 900.5, "exact")
    assert (row["outlet"], row["channel"]) == ("", "")
    assert (row["start"], row["end"]) == (pd.Timestamp(HALF.start), pd.Timestamp(HALF.end))
    assert found[["start", "end"]].dtypes.eq("datetime64[us]").all()
    assert (tuple(row["origins"]), tuple(row["inputs"])) == (("measures.csv#2",), ())


def test_measures_of_one_organisation_and_indicator_stand_apart(targets):
    found = targets(
        ("M.1", "KUS", "2017H2", "copies", 900.0, "planned"),
        ("M-1", "KUS", "2017H2", "copies", 950.0, "planned"),
    )
    assert found["value"].to_dict() == {
        "target.copies.KUS.M:1.2017H2": 900, "target.copies.KUS.M-1.2017H2": 950,
    }  # fmt: skip


@pytest.mark.parametrize("target_now, row", [(NONE, 2), (900.0, 2), (800.0, 3)])
def test_it_names_the_row_that_states_the_number(targets, target_now, row):
    found = targets(
        ("M-1", "KUS", "2017H1", "copies", 900.0, "planned"),
        ("M-1", "KUS", "2017H2", "", target_now, "under_way"),
    )
    assert [tuple(o) for o in found["origins"]] == [(f"measures.csv#{row}",)]


def test_only_measures_that_are_shown_and_name_what_they_change(targets):
    found = targets(
        ("M-1", "KUS", "2017H1", "copies", 900.0, "done"),  # ended before
        ("M-2", "KUS", "2017H1", "copies", 910.0, "planned"),  # still to be done
        ("M-3", "KUS", "2017H2", "", 920.0, "planned"),
        ("M-4", "KUS", "2017H2", "copies", NONE, "planned"),
        ("M-5", "KUS", "2017H2", "copies", -1.0, "done"),
    )
    assert found[["value", "low", "high"]].to_numpy().tolist() == [[910, 910, 910], [-1, -1, -1]]
    assert targets(("M-1", "KUS", "2017H1", "copies", 900.0, "done")).empty


def test_a_report_collects_them_in_the_unit_of_the_indicator(folder):
    folder.write(
        "2017H1/measures.csv",
        "code,organisation,text_kk,text_ru,text_en,indicator,target,due,status,note,source\n"
        "M-1,TOTAL,Жазылу.,Подписка.,Subscribe.,copies,900,2017-12-01,planned,,meeting\n",
    )
    (fact,) = collect(folder.load()).select("target")
    assert (fact.organisation, fact.unit, fact.value) == ("TOTAL", "copy", 900)
    assert fact.origins == ("raw/2017H1/measures.csv#2",)
