"""How results reach the user: data on stdout, everything else on stderr, text from data never read as markup."""

from __future__ import annotations

import csv
import getpass
import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import typer

from sse_db.cli.problem_groups import group_problems
from sse_db.errors import Problem, RefusedFile, SseDbError
from sse_db.settings import read_environment
from sse_db.spelling import printable
from sse_db.units import show_number

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlalchemy as sa
    from rich.table import Table

PIPE_WIDTH = 400
"""Columns that a table may take where stdout is no terminal and nothing needs to be wrapped."""
MOST_LINES = 10
"""Causes of doubts that are told beside a result."""
LEAST_COLUMN_WIDTH = 9
"""Where a terminal leaves less than this to each column, rows are shown one value a line."""


@dataclass(frozen=True)
class Settings:
    """The options given before the command, and the engines opened with them, which are closed when it ends."""

    database: str | None = None
    engines: list[sa.Engine] = field(default_factory=list)

    def open(self, *, any_revision: bool = False) -> sa.Engine:
        """The engine of a database that exists and, unless any will do, has the schema this version works with."""
        from sse_db.database.engine import open_engine
        from sse_db.database.newest_revision import is_newest

        engine = open_engine(self.database)
        self.engines.append(engine)
        if not any_revision and not is_newest(engine):
            from sse_db.database.migrate import require_current

            require_current(engine)
        return engine

    def close(self) -> None:
        """Give the files back."""
        for engine in self.engines:
            engine.dispose()


def settings_of(context: typer.Context) -> Settings:
    """The options given before the command."""
    return context.find_root().obj or Settings()


def curator_of(name: str | None) -> str:
    """Who does something: the name given, else ``$SSE_DB_CURATOR``, else the user of this machine."""
    return name or read_environment().curator or getpass.getuser()


def say(message: str) -> None:
    """Tell the user something that is not data."""
    typer.echo(printable(message), err=True)


def print_json(value: object) -> None:
    """Write one JSON value to stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_csv(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table to stdout as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows(rows)
    typer.echo(stream.getvalue(), nl=False)


def print_table(headers: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str | None = None) -> None:
    """Write a table to stdout: boxed at a terminal, one line per value where the columns are too many for its width;
    aligned and unwrapped in a pipe."""
    from rich.console import Console

    rows = [[_text(value, header) for value, header in zip(row, headers, strict=True)] for row in rows]
    if not sys.stdout.isatty():
        stream = io.StringIO()
        console = Console(file=stream, width=PIPE_WIDTH, markup=False, highlight=False)
        console.print(_table(headers, rows, title, plain=True))
        lines = [line.rstrip() for line in stream.getvalue().splitlines()]
        sys.stdout.write("\n".join(line for line in lines if line) + "\n")
        return
    console = Console(file=sys.stdout, markup=False, highlight=False)
    if len(headers) * LEAST_COLUMN_WIDTH > console.width:
        rows = [
            ("", "") if place == len(headers) else (headers[place], row[place])
            for row in rows
            for place in range(len(headers) + 1)
        ]
        headers = ("column", "value")
    console.print(_table(headers, rows, title, plain=False))


def _table(headers: Sequence[str], rows: Iterable[Sequence[str]], title: str | None, *, plain: bool) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    heading = None if title is None else Text(title, no_wrap=True, overflow="ignore")  # may be wider than the table
    table = Table(box=box.SIMPLE if plain else box.SIMPLE_HEAD, title=heading, title_justify="left", pad_edge=False)
    for header in headers:
        table.add_column(Text(header), overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _text(value: Any, header: str) -> str:
    if value is None:
        return ""
    return show_number(value, header) if isinstance(value, float) else str(value)


def show_problems(problems: Sequence[Problem]) -> None:
    """Write problems as a table, errors before doubts, those of one cause together."""
    print_table(
        ("severity", "file", "cell", "column", "value", "problem", "hint"),
        [
            (each.severity, each.file, each.cells, each.column, each.values, each.message, each.hint)
            for each in group_problems(problems)
        ],
    )


def say_problems(problems: Sequence[Problem]) -> bool:
    """Tell of problems beside a result, those of one cause in one line; returns whether all were told."""
    groups = group_problems(problems)
    for each in groups[:MOST_LINES]:
        where = f"{each.file}, {each.cells}" if each.cells else each.file
        say(f"{each.severity}: {where}: {each.message}" + (f" ({each.hint})" if each.hint else ""))
    if len(groups) > MOST_LINES:
        say(f"… and {len(groups) - MOST_LINES} more")
    return len(groups) <= MOST_LINES


def show_error(error: SseDbError) -> None:
    """Write an error to stderr: what happened, and what to do about it."""
    if isinstance(error, RefusedFile):
        for each in group_problems(error.problems):
            where = f"{each.file}, {each.cells}" if each.cells else each.file
            say(f"{where}: {each.message}" + (f" ({each.hint})" if each.hint else ""))
    say(f"sse-db: {error}")
    if error.hint:
        say(f"hint: {error.hint}")


@contextmanager
def progress(description: str) -> Iterator[Callable[[int, int], None]]:
    """A callback ``report(done, total)`` behind a progress bar on stderr; silent when stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task(description, total=None)

        def report(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield report
