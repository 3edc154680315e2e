"""Publications by hand: small corrections without a spreadsheet."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sse_db.cli.column_flags import ask_columns, at_terminal, show_report, takes_columns, telling_problems
from sse_db.cli.history import describe_change
from sse_db.cli.render import curator_of, print_json, print_table, say, settings_of

if TYPE_CHECKING:
    from etl.bibliographies.entries import Entry
    from etl.drafts import Cell

publication_app = typer.Typer(
    help="List, show, add, correct and remove publications, and mark them as reviewed.", no_args_is_help=True
)

DESCRIPTION = {
    "doi": "DOI in any spelling.",
    "title": "Title.",
    "first_author": "First author, surname first.",
    "authors": "All authors, separated by semicolons.",
    "journal": "Journal, or publisher of a report or thesis.",
    "year": "Year.",
    "volume": "Volume.",
    "pages": "Pages or article number.",
    "kind": "Kind: article, preprint, conference, thesis, report, book, dataset, other.",
    "url": "Address, where there is no DOI.",
}
REVIEW = {
    "review_state": "draft or reviewed; a review is dated and signed.",
    "reviewed_by": "Who reviewed it, where it was not the curator.",
}
COLUMNS = DESCRIPTION | REVIEW | {"remark": "Remark."}

Reference = Annotated[str, typer.Argument(metavar="ID", help="Number, DOI or title.")]
AsJson = Annotated[bool, typer.Option("--json", help="Write the result as JSON.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="Why; kept with the batch.")]
Curator = Annotated[str | None, typer.Option(help="Who does it; by default $SSE_DB_CURATOR or the user.")]


Identifiers = Annotated[
    list[str] | None,
    typer.Option("--identifier", metavar="TEXT", help="Its preprint's DOI, or another title. Repeatable."),
]
GoneIdentifiers = Annotated[
    list[str] | None, typer.Option("--remove-identifier", metavar="TEXT", help="Take one away again. Repeatable.")
]


class State(StrEnum):
    """Review state of a publication."""

    DRAFT = "draft"
    REVIEWED = "reviewed"


def register(app: typer.Typer) -> None:
    """Add this file's commands to the application."""
    app.add_typer(publication_app, name="publication")


@publication_app.command("list")
def list_all(
    context: typer.Context,
    search: Annotated[str | None, typer.Option(help="Part of DOI, title, author or journal.")] = None,
    review_state: Annotated[State | None, typer.Option(help="Only those in this state.")] = None,
    json_output: AsJson = False,
) -> None:
    """List publications with their number of samples."""
    from sse_db.records.pages import list_publications

    state = review_state.value if review_state else None
    rows = list_publications(settings_of(context).open(), search=search, state=state)
    if json_output:
        print_json({"publications": rows})
    else:
        columns = ("id", "doi", "first_author", "year", "journal", "title", "review_state", "samples")
        print_table(columns, [[row[name] for name in columns] for row in rows])


@publication_app.command("show")
def show(context: typer.Context, reference: Reference, json_output: AsJson = False) -> None:
    """Show a publication: its description, its review, its samples with all values, and what has changed."""
    from dataclasses import asdict

    from sse_db.records.pages import read_publication

    page = read_publication(settings_of(context).open(), reference)
    if json_output:
        print_json(page | {"history": [asdict(event) for event in page["history"]]})
        return
    publication = {name: value for name, value in page["publication"].items() if value is not None}
    hidden = ("title_key", "batch_id")
    print_table(("publication", ""), [(name, value) for name, value in publication.items() if name not in hidden])
    columns = ("id", "label", "formula", "structure_class", "conductivities")
    show_further_names([row["value"] for row in page["publication_identifiers"]])
    show_attachments(page["attachments"])
    if page["samples"]:
        print_table(columns, [[row[name] for name in columns] for row in page["samples"]], title="Samples")
    show_conductivities(page["impedance_measurements"])
    show_provenance(page)


def show_further_names(names: list[str]) -> None:
    """Write the names by which a row is found beside its own."""
    if names:
        typer.echo(f"Also found as: {'; '.join(names)}")


def show_attachments(rows: list[dict[str, Any]]) -> None:
    """Write the files that belong to a row, by reference."""
    if rows:
        columns = ("id", "kind", "place", "size_bytes", "sha256", "note")
        values = [[row[name][:12] if name == "sha256" else row[name] for name in columns] for row in rows]
        print_table(columns, values, title="Attachments")


def show_conductivities(rows: list[dict[str, Any]]) -> None:
    """Write the conductivities of several samples as a table."""
    columns = ("label", "contribution", "°C", "", "S/cm", "place in the paper", "compiled via", "confidence")
    values = [
        (row["label"], row["contribution"], describe_temperature(row), row["relation"], row["conductivity_s_per_cm"],
         row["source_location"], row["compiled_via"], row["confidence"])
        for row in rows
    ]  # fmt: skip
    if values:
        print_table(columns, values, title="Conductivities")


def describe_temperature(row: dict[str, Any]) -> str:
    """The temperature of a measurement in °C, RT or the words that it is not stated."""
    if row["temperature_c"] is None:
        return "not stated"
    return "RT" if row["temperature_basis"] == "room_temperature" else f"{row['temperature_c']:g}"


def show_provenance(page: dict[str, Any]) -> None:
    """Write the batches that brought the rows of a page, and what has changed since."""
    columns = ("id", "file", "curator", "created_at")
    print_table(
        ("batch", "file", "who", "when"), [[row[name] for name in columns] for row in page["batches"]], title="Came in"
    )
    if page["history"]:
        rows = [
            (event.changed_at, event.table, event.row_id, event.batch_id, event.curator,
             describe_change(event.before, event.after))
            for event in page["history"]
        ]  # fmt: skip
        print_table(("when", "table", "id", "batch", "who", "what"), rows, title="Changed since")


@publication_app.command("add")
@takes_columns(COLUMNS)
def add(
    context: typer.Context,
    given: dict[str, Cell],
    lookup: Annotated[bool, typer.Option("--lookup", help="Ask a DOI resolver for what is not given.")] = False,
    curator: Curator = None,
    note: Note = None,
    dry_run: DryRun = False,
    json_output: AsJson = False,
) -> None:
    """Add a publication; asks for its columns at a terminal when none is given."""
    from etl.curation.publications import add_publication

    engine = settings_of(context).open()
    if not given and at_terminal():
        given = ask_columns("publications", DESCRIPTION)
    found = _look_up(given) if lookup else None
    with telling_problems(json_output=json_output):
        report = add_publication(engine, given, curator=curator_of(curator), found=found, note=note, dry_run=dry_run)
    show_report(report, json_output=json_output, dry_run=dry_run)


def _look_up(given: dict[str, Cell]) -> Entry:
    from etl.bibliographies.doi_lookup import look_up
    from sse_db.errors import WrongUsage
    from sse_db.records.identity import normalise_doi

    if "doi" not in given:
        raise WrongUsage("--lookup needs a DOI", "give it with --doi")
    return look_up(normalise_doi(given["doi"].text))


@publication_app.command("edit")
@takes_columns(COLUMNS)
def edit(
    context: typer.Context,
    reference: Reference,
    given: dict[str, Cell],
    identifier: Identifiers = None,
    remove_identifier: GoneIdentifiers = None,
    allow_own_review: Annotated[
        bool, typer.Option("--allow-own-review", help="Record a review by one who entered the rows: a group of one.")
    ] = False,
    curator: Curator = None,
    note: Note = None,
    dry_run: DryRun = False,
    json_output: AsJson = False,
) -> None:
    """Correct a publication, or mark it as reviewed; an empty text empties a column."""
    from etl.curation.publications import edit_publication
    from sse_db.records.pages import read_publication

    engine = settings_of(context).open()
    names = tuple(identifier or ()), tuple(remove_identifier or ())
    if not given and not any(names) and at_terminal():
        given = ask_columns("publications", COLUMNS, read_publication(engine, reference)["publication"])
    with telling_problems(json_output=json_output):
        report = edit_publication(
            engine,
            reference,
            given,
            curator=curator_of(curator),
            identifiers=names[0],
            without_identifiers=names[1],
            own_review=allow_own_review,
            note=note,
            dry_run=dry_run,
        )
    show_report(report, json_output=json_output, dry_run=dry_run)


@publication_app.command("remove")
def remove(
    context: typer.Context,
    reference: Reference,
    take_along: Annotated[bool, typer.Option("--take-along", help="Remove also the rows that depend on it.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    curator: Curator = None,
    note: Note = None,
    dry_run: DryRun = False,
    json_output: AsJson = False,
) -> None:
    """Remove a publication; refused with the list of rows that depend on it, unless --take-along is given."""
    remove_by_hand(context, "publications", reference, take_along, yes or dry_run, curator, note, dry_run, json_output)


def remove_by_hand(
    context: typer.Context,
    table: str,
    reference: str,
    take_along: bool,
    sure: bool,
    curator: str | None,
    note: str | None,
    dry_run: bool,
    json_output: bool,
) -> None:
    """Remove a row of a table: tried first, then confirmed, then done."""
    from etl.curation.removal import remove_row

    engine, who = settings_of(context).open(), curator_of(curator)
    trial = remove_row(engine, table, reference, take_along=take_along, curator=who, dry_run=True)
    rows = sum(trial.batch.removed.values())
    if not sure and not typer.confirm(f"Remove {rows} rows?", err=True):
        raise typer.Exit(1)
    if dry_run:
        show_report(trial, json_output=json_output, dry_run=True)
        return
    report = remove_row(engine, table, reference, take_along=take_along, curator=who, note=note)
    show_report(report, json_output=json_output, dry_run=False)
    say(f"removed {rows} rows")
