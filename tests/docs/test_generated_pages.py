"""The generated pages are those that the code would write today, and say something about every column."""

import importlib.util
import sys

import pytest

from sse_db.cli.app import make_app
from sse_db.dictionary import describe, describe_all
from sse_db.errors import NotFound
from sse_db.views import VIEWS, describe_columns


def load_generator(root):
    spec = importlib.util.spec_from_file_location("generate_docs", root / "tools" / "generate_docs.py")
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(root / "tools"))
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["data_dictionary.md", "tables.svg", "cli.md"])
def test_the_page_is_what_the_code_writes(root, name):
    page = (root / "docs" / name).read_text(encoding="utf-8")
    assert page == load_generator(root).PAGES[name]().rstrip() + "\n", "run: make docs"


def test_every_column_of_every_table_and_view_has_a_meaning():
    silent = [
        f"{table.name}.{column.name}" for table in describe_all() for column in table.columns if not column.description
    ]
    assert silent == []


def test_limits_and_words_are_those_of_the_schema():
    columns = {column.name: column for column in describe("samples").columns}
    assert columns["grain_size_um"].limits == "0.0001 … 10000"
    assert columns["grain_size_um"].unit == "µm"
    assert "garnet" in columns["structure_class"].words
    assert columns["publication_id"].references == "publications.id"


def test_an_unknown_table_is_named():
    with pytest.raises(NotFound, match="cakes"):
        describe("cakes")


def test_every_command_of_every_group_is_described(root):
    page = (root / "docs" / "cli.md").read_text(encoding="utf-8")
    for group in make_app().registered_groups:
        assert f"## sse-db {group.name or group.typer_instance.info.name}\n" in page
        for command in group.typer_instance.registered_commands:
            name = command.name or command.callback.__name__.replace("_", "-")
            assert f"## sse-db {group.name or group.typer_instance.info.name} {name}\n" in page
    assert "## sse-db benchmark obelix\n" in page


def test_what_a_view_says_of_its_columns_is_about_columns_it_has_and_said_once():
    said = {}
    for view in VIEWS:
        names = {column.name for column in describe(view).columns}
        described = describe_columns(view)
        assert described.keys() <= names, view
        assert described.keys().isdisjoint(said), f"{view} says again what {said} says"
        said |= dict.fromkeys(described, view)
