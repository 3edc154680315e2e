"""Commands that read the database."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sse_db.cli.render import print_table, say, settings_of
from sse_db.errors import WrongUsage

if TYPE_CHECKING:
    from sse_db.query import QueryResult


class Format(StrEnum):
    """How rows are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    PARQUET = "parquet"
    XLSX = "xlsx"


def register(app: typer.Typer) -> None:
    """Add this file's commands to the application."""
    app.command("query")(run)


def run(
    context: typer.Context,
    sql: Annotated[str, typer.Argument(help="One SELECT; - reads it from standard input.")],
    form: Annotated[Format, typer.Option("--format", "-f", help="How rows are written.")] = Format.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write instead of stdout.")] = None,
    parameter: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="Value for :NAME in the SQL.")
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Same as --format json.")] = False,
    time_limit: Annotated[float, typer.Option(help="Seconds after which the query is stopped.", min=0.001)] = 60.0,
) -> None:
    """Run read-only SQL on the database."""
    from sse_db.query import run_query

    engine = settings_of(context).open()
    statement = sys.stdin.read() if sql == "-" else sql
    result = run_query(engine.url, statement, read_parameters(parameter or []), time_limit_s=time_limit)
    write_result(result, Format.JSON if json_output else form, output)


def read_parameters(pairs: list[str]) -> dict[str, str | float | int]:
    """Parameters of a query from NAME=VALUE pairs; a value that reads as a number is one."""
    found: dict[str, str | float | int] = {}
    for pair in pairs:
        name, separator, text = pair.partition("=")
        if not separator or not name.isidentifier():
            raise WrongUsage(f"--param {pair}: not of the form NAME=VALUE")
        found[name] = _read_value(text)
    return found


def _read_value(text: str) -> str | float | int:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def write_result(result: QueryResult, form: Format, output: Path | None) -> None:
    """Write rows to stdout or to a file."""
    from sse_db.formats import BINARY_FORMATS, replace_file, to_bytes, to_text

    if output is not None and form is Format.TABLE:
        from sse_db.formats import format_of

        form = Format(format_of(output))
    if form is Format.TABLE:
        print_table(result.columns, result.rows)
        return
    if form in BINARY_FORMATS and output is None and sys.stdout.isatty():
        raise WrongUsage(f"{form} is no text for a terminal", "name a file with -o, or send stdout to one")
    if form in BINARY_FORMATS:
        data = to_bytes(result.columns, result.rows, form)
    else:
        data = to_text(result.columns, result.rows, form).encode()
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        replace_file(output, data)
        say(f"wrote {len(result.rows)} rows to {output}")
