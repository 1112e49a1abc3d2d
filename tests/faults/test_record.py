from datetime import date

import pytest
import record

PAGE = "| trial | promise | last run | on |\n| --- | --- | ---: | --- |\n| dies | whole |  |  |\n"


def test_a_figure_and_its_day_go_into_the_row_of_their_name(tmp_path):
    page = tmp_path / "reliability.md"
    page.write_text(PAGE, encoding="utf-8")
    record.put({"dies": "200, 0 broken"}, page, date(2026, 11, 26))
    assert (
        page.read_text(encoding="utf-8").splitlines()[-1] == "| dies | whole | 200, 0 broken | 2026-11-26 |"
    )


def test_a_trial_without_a_row_is_an_error(tmp_path):
    page = tmp_path / "reliability.md"
    page.write_text(PAGE, encoding="utf-8")
    with pytest.raises(ValueError, match="0 rows 'lives'"):
        record.put({"lives": "1"}, page)
