"""Write the generated pages: the data dictionary, the diagram of the tables, and the reference of the command line."""

import os
from pathlib import Path
from typing import Any
from unittest import mock

from typer.main import get_command
from typer.testing import CliRunner

from sse_db.browse.pages.diagram import render_svg
from sse_db.cli.app import make_app
from sse_db.dictionary import render_markdown
from sse_db.settings import render_markdown as render_environment

DOCS = Path(__file__).parents[1] / "docs"


def render_command_line() -> str:
    """Help of every command, as a terminal shows it."""
    lines = [
        "# Command line",
        "",
        "Generated from the program by `make docs`; a test compares this page with the code.",
        "",
        "## Environment variables",
        "",
        render_environment(),
        "",
    ]
    for words in find_commands(get_command(make_app())):
        lines += [f"## sse-db {' '.join(words)}".rstrip(), "", "```text", read_help(words).rstrip(), "```", ""]
    return "\n".join(lines)


def find_commands(command: Any, words: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The words of a command and of all commands in it, in the order of the help."""
    inner = getattr(command, "commands", {})  # a group has them
    return [words, *(each for name, found in inner.items() for each in find_commands(found, (*words, name)))]


def read_help(words: tuple[str, ...]) -> str:
    """Help text of a command."""
    with mock.patch.dict(os.environ, {"NO_COLOR": "1"}):
        result = CliRunner().invoke(
            make_app(), [*words, "--help"], prog_name="sse-db", catch_exceptions=False, terminal_width=78
        )
    return "\n".join(line.rstrip() for line in result.stdout.splitlines())


PAGES = {
    "data_dictionary.md": render_markdown,
    "tables.svg": render_svg,
    "cli.md": render_command_line,
}

if __name__ == "__main__":
    for name, render in PAGES.items():
        (DOCS / name).write_text(render().rstrip() + "\n", encoding="utf-8")
