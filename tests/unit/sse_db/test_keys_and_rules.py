"""Natural keys and rules stand in the classes of the tables, and the database holds to them."""

import pytest
import sqlalchemy as sa

from sse_db.columns import explain_rule
from sse_db.records.keys import NATURAL_KEYS, OWNERS, TABLES
from sse_db.schema import CURATED
from sse_db.schema.attachments import OWNERS as ATTACHED_TO

OF_ONE_COLUMN = ("_range", "_vocabulary")
"""Endings of CHECKs whose words follow from the column's limits."""


@pytest.mark.parametrize("table", NATURAL_KEYS)
def test_the_database_refuses_a_natural_key_twice(table):
    uniques = {
        tuple(column.name for column in each.columns)
        for each in TABLES[table].constraints
        if isinstance(each, sa.UniqueConstraint)
    }
    uniques |= {tuple(index.columns.keys()) for index in TABLES[table].indexes if index.unique}
    if table == "attachments":
        assert {("place", owner) for owner in ATTACHED_TO} <= uniques  # one of them is filled
    else:
        assert NATURAL_KEYS[table] in uniques


def test_only_publications_are_found_by_a_rule_of_their_own():
    assert {str(model.__tablename__) for model in CURATED} - NATURAL_KEYS.keys() == {"publications"}


def test_the_owner_is_the_first_reference_in_the_natural_key():
    assert OWNERS["samples"] == "publication_id"
    assert OWNERS["impedance_measurements"] == "sample_id"
    assert "structural_records" not in OWNERS


def test_every_rule_has_words_and_a_column_to_look_at():
    for table in TABLES.values():
        for check in (each for each in table.constraints if isinstance(each, sa.CheckConstraint)):
            if not str(check.name).endswith(OF_ONE_COLUMN):
                column, says = explain_rule(table, str(check.name)) or ("", "")
                assert column in table.columns, check.name
                assert says, check.name
