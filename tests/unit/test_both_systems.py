"""A test that sees one database system without a reason fails, and says which fixture it wants."""

from types import SimpleNamespace

import pytest
from support.both_systems import find_fault


def a_test(marker=None, **parameters):
    callspec = SimpleNamespace(params=parameters)
    return SimpleNamespace(get_closest_marker=lambda _name: marker, callspec=callspec)


def test_what_opens_nothing_or_runs_on_both_is_left_alone():
    assert find_fault(a_test(), []) is None
    assert find_fault(a_test(system="postgresql", words=["a list"]), ["a database of psycopg"]) is None


def test_what_opens_a_database_of_one_system_is_told():
    assert "it opened the SQLite file sse.db and runs on one" in str(find_fault(a_test(), ["the SQLite file sse.db"]))


@pytest.mark.parametrize(("reason", "is_enough"), [("locks of files are asked", True), ("", False), ("todo", False)])
def test_a_reason_is_a_sentence(reason, is_enough):
    marker = pytest.mark.one_system(reason).mark
    assert (find_fault(a_test(marker), ["the SQLite file sse.db"]) is None) == is_enough
