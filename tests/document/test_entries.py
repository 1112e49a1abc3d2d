from aqparat.document.entries import arranged, formulas, runs


def entries(**inputs):
    """Make entries by name, with the names of what each is computed from."""
    places = {name: place for place, name in enumerate(inputs)}
    return [
        {
            "id": name,
            "key": name,
            "metric": name,
            **({"inputs": [places[i] for i in of.split()]} if of else {}),
        }
        for name, of in inputs.items()
    ]


def test_those_shown_come_first_then_what_they_are_computed_from():
    made = arranged(entries(a="", b="a c", c="", d="e", e="a", f=""), ["d", "b"])
    assert [e["id"] for e in made] == ["d", "b", "e", "a", "c"]
    assert [e["number"] for e in made] == [1, 2, 3, 4, 5]
    assert [e["is_shown"] for e in made] == [True, True, False, False, False]
    assert [e["inputs"] for e in made] == [[(3, 3)], [(4, 4), (5, 5)], [(4, 4)], [], []]


def test_one_shown_twice_or_not_told_of_does_no_harm():
    made = arranged(entries(a="", b="a"), ["b", "x", "a", "b"])
    assert [e["id"] for e in made] == ["b", "a"]


def test_many_references_are_drawn_together():
    many = entries(**{f"n{i}": "" for i in range(6)}, all="n0 n1 n2 n3 n4 n5")
    assert arranged(many, ["all"])[0]["inputs"] == [(2, 7)]
    assert runs([9, 2, 3, 4, 5]) == [(9, 9), (2, 5)]
    assert runs([2, 3, 4, 5]) == [(2, 2), (3, 3), (4, 4), (5, 5)]


def test_a_formula_stands_once_a_metric():
    assert [e["id"] for e in formulas(entries(b="", a=""))] == ["a", "b"]
