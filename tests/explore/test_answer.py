"""An answer as a notebook without widgets shows it."""

import pandas as pd
from aqparat.explore import Answer

NONE = pd.DataFrame()


def test_an_answer_shows_itself_as_html_and_as_text():
    table = pd.DataFrame({"Организация": ["КазЦентр & Ко"], "Значение": ["более 60"]})
    shown = Answer("Кто?", "Больше <всех>.", "<svg></svg>", table, NONE, "Ещё 3.", NONE)._repr_mimebundle_()
    assert shown["text/plain"] == "Кто?\nБольше <всех>.\nЕщё 3."
    html = shown["text/html"]
    assert html.index("<h3>Кто?</h3>") < html.index("&lt;всех&gt;") < html.index("<svg></svg>")
    assert html.index("<p>Ещё 3.</p>") < html.index("<td>КазЦентр &amp; Ко</td>")
    assert "<td>более 60</td>" in html


def test_an_answer_without_chart_and_table_is_its_sentence():
    shown = Answer("Кто?", "Никто.", None, NONE, NONE, "", NONE)._repr_mimebundle_()
    assert shown["text/html"] == "<h3>Кто?</h3>\n<p>Никто.</p>"
