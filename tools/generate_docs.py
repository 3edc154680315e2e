"""Write the generated pages: the data dictionary, the diagram of the tables, and the reference of the command line."""

import os
import subprocess
import sys
from pathlib import Path

from draw_tables import render_svg

from sse_db.dictionary import render_markdown
from sse_db.settings import render_markdown as render_environment

DOCS = Path(__file__).parents[1] / "docs"
GROUPS = {"migrate", "export", "map", "publication", "sample"}


def render_command_line() -> str:
    """Help of every command, as a terminal of 100 columns shows it."""
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
    for words in find_commands():
        lines += [f"## sse-db {' '.join(words)}".rstrip(), "", "```text", read_help(words).rstrip(), "```", ""]
    return "\n".join(lines)


def find_commands() -> list[tuple[str, ...]]:
    """All commands and those of groups, in the order of the help."""
    found: list[tuple[str, ...]] = [()]
    for name in list_commands(()):
        found.append((name,))
        found += [(name, inner) for inner in list_commands((name,))] if name in GROUPS else []
    return found


def list_commands(words: tuple[str, ...]) -> list[str]:
    """Names in the section of commands of a help text."""
    _, _, section = read_help(words).partition("Commands:\n")
    return [line.split()[0] for line in section.splitlines() if line.startswith("  ") and not line.startswith("   ")]


def read_help(words: tuple[str, ...]) -> str:
    """Help text of a command."""
    program = Path(sys.executable).with_name("sse-db")

    environment = {**os.environ, "COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1"}
    result = subprocess.run([program, *words, "--help"], capture_output=True, text=True, check=True, env=environment)
    return "\n".join(line.rstrip() for line in result.stdout.splitlines())


PAGES = {
    "data_dictionary.md": render_markdown,
    "tables.svg": render_svg,
    "cli.md": render_command_line,
}

if __name__ == "__main__":
    for name, render in PAGES.items():
        (DOCS / name).write_text(render().rstrip() + "\n", encoding="utf-8")
