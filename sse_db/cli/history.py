"""Commands that show what came in and what it changed, and take it back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sse_db.cli.render import curator_of, print_csv, print_json, print_table, say, settings_of
from sse_db.errors import RefusedFile, WrongUsage
from sse_db.spelling import counted
from sse_db.units import show_change

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

AsJson = Annotated[bool, typer.Option("--json", help="Write the result as JSON.")]
QUIET = ("id", "batch_id", "source_row", "cif_text", "title_key", "fingerprint")
"""Columns that tell a reader nothing in a difference."""


def register(app: typer.Typer) -> None:
    """Add this file's commands to the application."""
    app.command("batches")(show_batches)
    app.command("diff")(show_difference)
    app.command("undo")(undo)
    app.command("log")(show_log)
    app.command("merge")(merge)


def show_batches(context: typer.Context, json_output: AsJson = False) -> None:
    """List what came in: file, who, when, and how many rows; a batch out of a release says which one it came with."""
    from sse_db.records.events import list_batches

    rows = list_batches(settings_of(context).open())
    if json_output:
        print_json({"batches": rows})
        return
    columns = ("id", "file", "format", "curator", "created_at")
    counted = ("added", "changed", "removed")
    shown = [
        (
            *(row[name] for name in columns),
            *(sum(row[name].values()) for name in counted),
            row["undone_at"],
            row["carried_by"],
            row["note"],
        )
        for row in rows
    ]
    print_table((*columns, *counted, "taken back", "came with", "why"), shown)


def show_difference(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="BATCH_OR_FILE", help="Number of a batch, or a file to be imported.")],
    json_output: AsJson = False,
) -> None:
    """Show row by row what a batch changed, or what an import of a file would change (old → new)."""
    rows = _difference_of_batch(context, int(what)) if what.isdigit() else _difference_of_file(context, Path(what))
    if json_output:
        print_json({"rows": rows})
        return
    changed = [row for row in rows if row["action"] != "unchanged"]
    is_batch = what.isdigit()
    print_table(
        ("action", "table", "id", "row", "what"),
        [
            (
                row["action"],
                row["table"],
                row["id"] if is_batch or row["action"] != "added" else None,
                row["row"],
                describe_change(row["before"], row["after"]),
            )
            for row in changed
        ],
    )
    say(f"rows that differ: {len(changed)}; unchanged: {len(rows) - len(changed)}")


def _difference_of_batch(context: typer.Context, batch: int) -> list[dict[str, Any]]:
    from sse_db.records.history import diff_batch

    found = diff_batch(settings_of(context).open(), batch)
    return [
        {"action": d.action, "table": d.table, "row": d.name, "id": d.row_id, "before": d.before, "after": d.after}
        for d in found
    ]


def _difference_of_file(context: typer.Context, path: Path) -> list[dict[str, Any]]:
    from etl.loading.batches import diff_file
    from etl.pipeline import prepare_file

    engine = settings_of(context).open()
    plan = diff_file(engine, prepare_file(engine, path))
    if plan.problems:
        raise RefusedFile(path.name, plan.problems)
    return [
        {
            "action": str(c.outcome),
            "table": c.table,
            "row": c.name,
            "id": c.row_id,
            "before": c.before,
            "after": c.after,
        }
        for c in plan.changes
    ]


def describe_change(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Columns with their old and new values, those that tell a reader nothing left out."""
    names = [name for name in {**before, **after} if name not in QUIET and not name.endswith("_id")]
    parts = []
    for name in names:
        new, old = after.get(name), before.get(name)
        if new in (None, "") and old in (None, ""):
            continue
        old_text, new_text = show_change(old, new, name)
        both = name in before and name in after
        parts.append(
            f"{name}: {old_text} → {new_text}" if both else f"{name}: {new_text if name in after else old_text}"
        )
    return "; ".join(parts)


def undo(
    context: typer.Context,
    batch: Annotated[int, typer.Argument(metavar="BATCH", help="Number of the batch; see batches.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    curator: Annotated[
        str | None, typer.Option(help="Who takes it back; by default $SSE_DB_CURATOR or the user.")
    ] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="Why; kept with the batch.")] = None,
    json_output: AsJson = False,
) -> None:
    """Take a batch back exactly; refused with the list of rows where later batches built on it."""
    from etl.loading.undo import undo_batch
    from sse_db.records.history import diff_batch

    engine = settings_of(context).open()
    rows = len(diff_batch(engine, batch))
    if not yes and not typer.confirm(f"Take back batch {batch} with {counted(rows, 'row')}?", err=True):
        raise typer.Exit(1)
    report = undo_batch(engine, batch, curator=curator_of(curator), note=note)
    if json_output:
        print_json(asdict(report))
    else:
        say(f"batch {batch} ({report.file}) is taken back: {counted(rows, 'row')}; batch {report.id} says so")


def show_log(
    context: typer.Context,
    table: Annotated[str | None, typer.Argument(help="Table, such as samples.")] = None,
    row: Annotated[int | None, typer.Argument(metavar="ID", help="Key of a row.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="From this day on, such as 2026-03-01.")] = None,
    who: Annotated[str | None, typer.Option(metavar="NAME", help="Only what this curator did.")] = None,
    limit: Annotated[int, typer.Option(help="Latest events to show.", min=1)] = 200,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV to stdout.")] = False,
    json_output: AsJson = False,
) -> None:
    """Show the life of a row, of a table, or of the database: what changed, when, in which batch, by whom and why."""
    from sse_db.records.events import row_log

    day = _read_date(since) if since is not None else None
    events = row_log(settings_of(context).open(), table, row, since=day, who=who, limit=limit)
    if who is not None and not events:
        _tell_curators(settings_of(context).open(), who)
    if json_output:
        print_json({"events": [asdict(event) for event in events]})
        return
    headers = ("when", "action", "table", "id", "batch", "file", "who", "what", "why")
    rows = [
        (e.changed_at, e.action, e.table, e.row_id, e.batch_id, e.file, e.curator, describe_change(e.before, e.after),
         e.note)
        for e in events
    ]  # fmt: skip
    if as_csv:
        print_csv(headers, rows)
    else:
        print_table(headers, rows)


def _tell_curators(engine: sa.Engine, who: str) -> None:
    """Say who has done something, where nothing is found of a name."""
    from sse_db.records.events import list_batches

    names = sorted({batch["curator"] for batch in list_batches(engine)})
    say(f"nothing by {who}; curators are: {', '.join(names) or 'none yet'}")


def _read_date(text: str) -> str:
    """A day, or a moment, as the change log writes it (UTC); raises WrongUsage."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise WrongUsage(f"--since {text} is no date", "write it as 2026-03-01, or 2026-03-01T14:30") from error
    utc = moment.astimezone(UTC) if moment.tzinfo is not None else moment
    return utc.replace(tzinfo=None).isoformat(timespec="seconds")


class MergeConflict(StrEnum):
    """Whose values hold where two rows that are merged disagree."""

    FAIL = "fail"
    KEEP = "keep"
    REPLACE = "replace"


def merge(
    context: typer.Context,
    table: Annotated[str, typer.Argument(help="publications, samples or compositions.")],
    duplicate: Annotated[int, typer.Argument(metavar="ID", help="Number of the duplicate, which is deleted.")],
    target: Annotated[int, typer.Argument(metavar="INTO_ID", help="Number of the row that it is merged into.")],
    on_conflict: Annotated[
        MergeConflict,
        typer.Option(help="Where they disagree: fail, keep the values of INTO_ID, or replace them by those of ID."),
    ] = MergeConflict.FAIL,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    curator: Annotated[str | None, typer.Option(help="Who merges; by default $SSE_DB_CURATOR or the user.")] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="Why; kept with the batch.")] = None,
    json_output: AsJson = False,
) -> None:
    """Merge a duplicate into another row: move its dependent rows, fill blanks, delete it; refused where the two
    disagree. See audit duplicates for candidates."""
    from etl.curation.merge import merge_rows

    engine, who = settings_of(context).open(), curator_of(curator)
    report = merge_rows(
        engine, table, duplicate, target, curator=who, on_conflict=on_conflict.value, note=note, dry_run=dry_run
    )
    if json_output:
        print_json(report.as_dict())
    else:
        counts = [("added", *each) for each in report.added.items()]
        counts += [("changed", *each) for each in report.changed.items()]
        counts += [("removed", *each) for each in report.removed.items()]
        print_table(("action", "table", "rows"), counts)
    if dry_run:
        say("trial run: nothing was written")
    else:
        say(f"{table} {duplicate} is merged into {target} ({report.name}); to take it back: sse-db undo {report.id}")
