"""Commands that read the database."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sse_db.cli.engines import EngineName, EngineOption
from sse_db.cli.render import print_table, progress, say, settings_of
from sse_db.errors import WrongUsage
from sse_db.formats import check_place
from sse_db.spelling import counted

if TYPE_CHECKING:
    import sqlalchemy as sa

    from sse_db.queries import SavedQuery
    from sse_db.query import QueryResult


class OutputFormat(StrEnum):
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
    app.command("schema")(show_schema)
    app.command("audit")(audit)


def run(
    context: typer.Context,
    sql: Annotated[
        str | None, typer.Argument(help="One SELECT, or the name of a saved query; - reads standard input.")
    ] = None,
    saved: Annotated[str | None, typer.Option("--saved", "-s", metavar="NAME", help="Run a saved query.")] = None,
    list_saved: Annotated[bool, typer.Option("--list", help="List the saved queries.")] = False,
    form: Annotated[OutputFormat, typer.Option("--format", "-f", help="How rows are written.")] = OutputFormat.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write instead of stdout.")] = None,
    parameter: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="Value for :NAME in the SQL.")
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Same as --format json.")] = False,
    time_limit: Annotated[float, typer.Option(help="Seconds after which the query is stopped.", min=0.001)] = 60.0,
    reader: EngineOption = EngineName.SQLITE,
) -> None:
    """Run read-only SQL on the database, or a saved query."""
    if output is not None:
        check_place(output)
    from sse_db.query import QueryResult

    chosen = OutputFormat.JSON if json_output else form
    if list_saved:
        from sse_db.queries import list_queries

        rows = [(each.name, each.sentence, each.usage) for each in list_queries()]
        write_result(QueryResult(("name", "says", "run"), rows), chosen, output)
        return
    given = read_parameters(parameter or [])
    query = _choose_saved(sql, saved, given)
    engine = settings_of(context).open()
    if query is None or not query.parameters:
        statement = query.sql if query is not None else sys.stdin.read() if sql == "-" else str(sql)
        write_result(_answer(engine, reader, statement, given, time_limit), chosen, output)
        return
    from sse_db.records.meanings import fill

    with engine.connect() as connection:
        statement, bound, told = fill(connection, query.sql, given)
    for each in told:
        say(each)
    write_result(_answer(engine, reader, statement, bound, time_limit), chosen, output)


def _answer(
    engine: sa.Engine, reader: EngineName, sql: str, parameters: dict[str, Any], time_limit: float
) -> QueryResult:
    if reader is EngineName.DUCKDB:
        from sse_db.columnar import run_columnar

        return run_columnar(engine, sql, parameters, time_limit_s=time_limit)
    from sse_db.query import run_query

    return run_query(engine.url, sql, parameters, time_limit_s=time_limit)


def _choose_saved(sql: str | None, saved: str | None, parameters: dict[str, str | float | int]) -> SavedQuery | None:
    """The saved query to run, also where a single word is its name; None for SQL of one's own."""
    if sql is not None and saved is None and re.fullmatch(r"[A-Za-z_-]+", sql.strip()) and sql != "-":
        saved, sql = sql.strip(), None
    if (sql is None) == (saved is None):
        raise WrongUsage("give either a SELECT or --saved NAME", "list the saved queries with --list")
    if saved is None:
        return None
    from sse_db.queries import find_query

    query = find_query(saved)
    unknown = parameters.keys() - set(query.parameters)
    if unknown:
        takes = f"it takes {', '.join(query.parameters)}" if query.parameters else "it takes none"
        raise WrongUsage(f"{query.name} has no parameter {', '.join(sorted(unknown))}", takes)
    missing = [name for name in query.parameters if name not in parameters]
    if missing:
        raise WrongUsage(f"{query.name} needs {' and '.join(missing)}", f"run it with: {query.usage}")
    return query


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


def write_result(result: QueryResult, form: OutputFormat, output: Path | None) -> None:
    """Write rows to stdout or to a file."""
    from sse_db.formats import BINARY_FORMATS, replace_file, to_bytes, to_text

    if output is not None:
        form = _form_of(output, form)
    if form is OutputFormat.TABLE:
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


def _form_of(output: Path, form: OutputFormat) -> OutputFormat:
    """The format of a file: its suffix's, or the one asked for where the suffix names no other."""
    from sse_db.formats import format_of

    if form is OutputFormat.TABLE:
        return OutputFormat(format_of(output))
    suffix = output.suffix.lower().lstrip(".")
    if suffix in {str(each) for each in OutputFormat} - {str(form)}:
        raise WrongUsage(f"{output.name} would hold {form}", "leave --format out, or give the file another suffix")
    return form


def audit(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="One audit, whose rows are shown.")] = None,
    since: Annotated[
        int | None, typer.Option(metavar="BATCH", help="Only what this batch or a later one touched.")
    ] = None,
    only_found: Annotated[bool, typer.Option("--found", help="Only the audits that find rows.")] = False,
    form: Annotated[OutputFormat, typer.Option("--format", "-f", help="How rows are written.")] = OutputFormat.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write instead of stdout.")] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Same as --format json.")] = False,
) -> None:
    """Run the ready-made checks; exit code 1 when one of severity error finds rows."""
    from sse_db.audits import add_samples, find_audit, run_audit
    from sse_db.query import QueryResult

    engine = settings_of(context).open()
    chosen = OutputFormat.JSON if json_output else form
    if name is not None:
        check = find_audit(name)
        found = add_samples(engine.url, run_audit(engine.url, check, since=since))
        write_result(found, chosen, output)
        say(f"{len(found.rows)} rows, {check.severity}: {check.sentence} {check.remedy}")
        failed = check.severity == "error" and bool(found.rows)
        if check.name == "conflicts":
            _tell_spreads(engine)
    else:
        rows = [row for row in _count_all(engine.url, since) if row[3] or not only_found]
        write_result(QueryResult(("group", "severity", "audit", "rows", "says", "do"), rows), chosen, output)
        failed = any(severity == "error" and n for _, severity, _, n, *_ in rows)
        say("the rows of one: sse-db audit NAME")
    if failed:
        raise typer.Exit(1)


def _tell_spreads(engine: sa.Engine) -> None:
    """Say how far papers differ on one composition, contribution by contribution."""
    from analysis.studies.paper_spread import compare_papers, median_spreads

    for contribution, (median, compositions) in median_spreads(compare_papers(engine)).items():
        name = contribution.replace("_", " ")
        say(f"spread between papers, {name}: median {median:.2f} decades over {counted(compositions, 'composition')}")


def _count_all(url: sa.URL, since: int | None) -> list[tuple[Any, ...]]:
    """One row per audit with the number of rows that it finds."""
    from sse_db.audits import list_audits, run_audit

    audits, rows = list_audits(), []
    with progress("auditing") as report:
        for number, each in enumerate(audits):
            report(number, len(audits))
            found = len(run_audit(url, each, since=since).rows)
            rows.append((each.group, each.severity, each.name, found, each.sentence, each.remedy))
    return rows


def show_schema(
    table: Annotated[str | None, typer.Argument(help="One table or view.")] = None,
    form: Annotated[OutputFormat, typer.Option("--format", "-f", help="How rows are written.")] = OutputFormat.TABLE,
    json_output: Annotated[bool, typer.Option("--json", help="Same as --format json.")] = False,
) -> None:
    """List tables and views, or the columns of one with unit, meaning and limits."""
    from sse_db.dictionary import describe, describe_all
    from sse_db.query import QueryResult

    chosen = OutputFormat.JSON if json_output else form
    if table is None:
        rows = [(each.name, each.kind, len(each.columns), each.description) for each in describe_all()]
        write_result(QueryResult(("name", "kind", "columns", "holds"), rows), chosen, None)
        return
    columns = [
        (each.name, each.type, each.unit, each.description, each.limits or ", ".join(each.words), each.references)
        for each in describe(table).columns
    ]
    names = ("column", "type", "unit", "meaning", "limits or words", "refers to")
    write_result(QueryResult(names, list(columns)), chosen, None)
