from dataclasses import replace

import pytest
from aqparat.problem import ClusterError
from aqparat.publish.build import Build
from aqparat.words import errors

HERE = Build(
    {"lib/aqparat/a.py": "1", "lib/aqparat/b.py": "2"}, {"numpy": "2.4.0", "pandas": "3.1.0"}, "3.11"
)


def test_the_same_is_as_it_must_be():
    HERE.hold(Build(dict(HERE.code), dict(HERE.packages), HERE.python), "tcp://far:1")


@pytest.mark.parametrize(
    ("there", "differing"),
    [
        ({"python": "3.12"}, "Python 3.12 (3.11)"),
        ({"packages": {"numpy": "2.4.0", "pandas": "3.1.1"}}, "pandas 3.1.1 (3.1.0)"),
        ({"packages": {"numpy": "2.4.0"}}, "pandas – (3.1.0)"),
        ({"packages": {**HERE.packages, "scipy": "1.17"}}, "scipy 1.17 (–)"),
        ({"code": {**HERE.code, "lib/aqparat/b.py": "3"}}, "lib/aqparat/b.py"),
        ({"code": {"lib/aqparat/b.py": "2"}}, "lib/aqparat/a.py"),
        ({"code": dict.fromkeys("abcdefg", "0")}, "a; b; c; d; e; …"),
    ],
)
def test_what_differs_is_named_with_the_worker_in_each_language(there, differing):
    with pytest.raises(ClusterError) as caught:
        HERE.hold(replace(HERE, **there), "tcp://far:1")
    for code in ("kk", "ru", "en"):
        (told,) = errors.sentences(caught.value, code)
        assert "tcp://far:1" in told
        assert differing in told


def test_a_build_tells_of_code_and_packages():
    here = Build.here()
    assert "lib/aqparat/publish/build.py" in here.code
    assert {"aqparat", "numpy", "pandas", "typst"} <= {*here.packages}
    assert Build.here() is here
