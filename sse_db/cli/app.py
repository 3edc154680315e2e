"""The ``sse-db`` command: its groups, its global options, and the boundary where errors become messages."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Annotated

import typer

from sse_db.about import VERSION
from sse_db.cli.render import Settings, show_error
from sse_db.errors import SseDbError, WrongUsage

FILES = {
    "database": ("init", "migrate"), "importing": ("template", "validate", "import"), "mapping": ("map",),
    "publication": ("publication",), "sample": ("sample",), "attach": ("attach",),
    "history": ("batches", "diff", "undo", "log", "merge"), "query": ("query", "schema", "audit"),
    "evaluate": ("evaluate", "report"), "compare": ("compare",), "study": ("study",), "predict": ("train", "predict"),
    "suggest": ("suggest",), "benchmark": ("benchmark",), "export": ("export",), "serve": ("serve",),
    "spectrum": ("spectrum",), "homes": ("copy", "grant"),
}  # fmt: skip
"""The commands of each file of this package, in the order of the help text: one command loads its own file alone."""


def make_app(command: str | None = None) -> typer.Typer:
    """The command line, or of it what the file of one command holds; a word that is no command gets all of it."""
    app = typer.Typer(
        name="sse-db",
        help="A curated database of lithium solid electrolytes: import papers, ask SQL questions, train models.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        # names are typed with underscores as well, as Python and the views write them
        context_settings={
            "help_option_names": ["-h", "--help"],
            "token_normalize_func": lambda word: word.replace("_", "-"),
        },
        rich_markup_mode=None,
    )
    app.callback()(set_up)
    needed = [file for file, commands in FILES.items() if command in commands]
    for file in needed or FILES:
        importlib.import_module(f"sse_db.cli.{file}").register(app)
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sse-db {VERSION}")
        raise typer.Exit


def set_up(
    context: typer.Context,
    db: Annotated[
        str | None, typer.Option("--db", metavar="PATH_OR_URL", help="Database; default $SSE_DB_URL, else sse.db here.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Take the options that stand before the command."""
    settings = Settings(database=db)
    context.obj = settings
    context.call_on_close(settings.close)


def database_first(words: list[str]) -> list[str]:
    """The words of a command with ``--db``, which belongs before the command, moved there from wherever it stands.

    Why not simply an option of every command: typer has no options shared by all commands, and thirty copies of one
    would each need their help and tests. Click's own order is strict, which users met as "no such option --db".

    >>> database_first(["query", "SELECT 1", "--db", "a.db"])
    ['--db', 'a.db', 'query', 'SELECT 1']
    """
    end = words.index("--") if "--" in words else len(words)
    for place, word in enumerate(words[:end]):
        if word == "--db" or word.startswith("--db="):
            taken = words[place : place + (2 if word == "--db" else 1)]
            return [*taken, *words[:place], *words[place + len(taken) :]]
    return words


def find_command(words: list[str]) -> str:
    """The command among words that ``database_first`` has put in order; empty where there is none.

    >>> find_command(["--db", "a.db", "query", "SELECT 1"])
    'query'
    """
    place = 2 if words[:1] == ["--db"] else 1 if words[:1] and words[0].startswith("--db=") else 0
    return words[place] if len(words) > place else ""


NATURAL_WORDS = {
    "rename": "to rename: sse-db sample edit ID --label NEW, or publication edit ID --title NEW",
    "delete": "to delete: sse-db sample remove ID or publication remove ID; a whole file: sse-db undo BATCH",
    "remove": "to remove: sse-db sample remove ID or publication remove ID; a whole file: sse-db undo BATCH",
    "search": 'to search: sse-db sample list --search TEXT, publication list --search TEXT, query "SELECT …"',
    "find": 'to find: sse-db sample list --search TEXT, publication list --search TEXT, query "SELECT …"',
    "add": "to add: sse-db sample add or publication add; a file: sse-db import FILE",
    "edit": "to edit: sse-db sample edit ID or publication edit ID; many rows: sse-db export workbook OUT.xlsx",
    "show": "to show: sse-db sample show ID or publication show ID",
    "list": "to list: sse-db sample list or publication list",
    "revert": "to take a batch back: sse-db undo BATCH; see them with: sse-db batches",
    "history": "the history of rows: sse-db log; of files: sse-db batches",
    "backup": "how a database is copied safely stands in docs/curating.md, A safe copy",
    "restore": "how a copy is put back stands in docs/curating.md, A safe copy",
}
"""Words that people try, and the command that does it."""


def refuse_natural_word(words: list[str]) -> None:
    """Raise WrongUsage, with the command that was meant, for a word that people try instead of it."""
    word = find_command(words).lower()
    if word in NATURAL_WORDS:
        raise WrongUsage(f"there is no command {word}", NATURAL_WORDS[word])


MAY_BE_EMPTY = ("add", "edit")
"""Commands in which an empty text is the new value of a column."""


def refuse_empty_words(words: list[str]) -> None:
    """Raise WrongUsage for an empty word, such as a variable of a shell that is not set: a path made of it would be
    the working folder.

    >>> refuse_empty_words(["sample", "edit", "7", "--remark", ""])
    """
    if any(word in MAY_BE_EMPTY for word in words[:4]):
        return
    for place, word in enumerate(words):
        flag, sign, value = word.partition("=")
        blank_option = flag.startswith("--") and sign and not value.strip()
        before = flag if blank_option else words[place - 1] if place else ""
        if (blank_option or not word.strip()) and before != "--db":
            behind = f" behind {before}" if before else ""
            raise WrongUsage(f"there is an empty word{behind}", "is a variable of your shell not set?")


def main() -> None:
    """Run the command line; a user's mistake ends in one message and exit code 1 or 2."""
    try:
        words = database_first(sys.argv[1:])
        refuse_natural_word(words)
        refuse_empty_words(words)
        make_app(find_command(words))(words)
    except SseDbError as error:
        show_error(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # the reader of a pipe, such as head, has seen enough; nothing more can be written to stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
