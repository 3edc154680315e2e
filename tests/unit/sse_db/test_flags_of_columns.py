"""The flags of `sample` and `publication` stand for columns of their tables, and name the units that these have.

Their help is in a curator's words, not the schema's: reading the schema would cost every command a third of a second.
"""

import re

import pytest

from sse_db.cli import publication, sample
from sse_db.schema import metadata
from sse_db.units import display_unit
from sse_db.vocabulary import PublicationKind

FLAGS = [("samples", *item) for item in sample.COLUMNS.items()]
FLAGS += [("publications", *item) for item in publication.COLUMNS.items()]


@pytest.mark.parametrize(("table", "column", "text"), FLAGS, ids=[f"{table}.{name}" for table, name, _ in FLAGS])
def test_a_flag_is_a_column_and_its_help_names_the_unit(table, column, text):
    assert column in metadata.tables[table].columns
    named = re.search(r"\((.+?)\)", text)
    assert (named[1] if named else "") == display_unit(column)


def test_the_kinds_of_publications_are_all_named():
    assert publication.COLUMNS["kind"] == f"Kind: {', '.join(PublicationKind)}."
