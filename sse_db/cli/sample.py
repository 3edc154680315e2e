"""Samples by hand: small corrections without a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sse_db.cli.column_flags import ask_columns, ask_words, at_terminal, show_report, takes_columns, telling_problems
from sse_db.cli.publication import AsJson, Curator, DryRun, Note, remove_by_hand
from sse_db.cli.render import curator_of, print_json, print_table, settings_of
from sse_db.cli.sample_page import show_page

if TYPE_CHECKING:
    from etl.curation.samples import SampleWords
    from etl.drafts import Cell

sample_app = typer.Typer(help="List, show, add, correct and remove samples.", no_args_is_help=True)

COLUMNS = {
    "label": "The paper's own name for the sample.",
    "formula_as_written": "Formula, as the paper writes it.",
    "structure_class": "Structure class, such as garnet.",
    "structure_type": "Structure type.",
    "space_group_symbol": "Space group, Hermann–Mauguin.",
    "phase_type": "Phase: crystal, glass ceramic or glass.",
    "additive_formula": "Additive; none where the paper says there is none.",
    "additive_wt_percent": "Content of the additive (wt%).",
    "synthesis_method_text": "Synthesis method, in the paper's words.",
    "synthesis_method": "Class of the method, where its words are not known.",
    "pellet_diameter_mm": "Pellet diameter (mm).",
    "pellet_thickness_mm": "Pellet thickness (mm).",
    "grain_size_um": "Grain size (µm), also a range.",
    "grain_size_basis": "How the grain size came about.",
    "relative_density_percent": "Relative density (%).",
    "remark": "Remark.",
}
FLAGS = {
    "formula_as_written": "formula", "space_group_symbol": "space_group", "phase_type": "phase",
    "additive_formula": "additive", "additive_wt_percent": "additive_content",
    "synthesis_method_text": "synthesis_method", "synthesis_method": "method_class",
    "pellet_diameter_mm": "pellet_diameter", "pellet_thickness_mm": "pellet_thickness", "grain_size_um": "grain_size",
    "relative_density_percent": "relative_density",
}  # fmt: skip
"""Columns whose flag has another name: that of the workbook's header."""

Reference = Annotated[str, typer.Argument(metavar="ID", help="Number, or label where only one sample has it.")]
Home = Annotated[str | None, typer.Option("--publication", help="Its publication: number, DOI or title.")]
Steps = Annotated[
    list[str] | None,
    typer.Option("--step", metavar="TEXT", help='Such as "sintering: temperature = 1150 °C; time = 6 h". Repeatable.'),
]
Measurements = Annotated[
    list[str] | None,
    typer.Option(
        "--measurement",
        metavar="TEXT",
        help='Such as "bulk @ 25 °C = 3.2e-4 S/cm" or "total @ RT: place = Table 2". Repeatable.',
    ),
]
Energies = Annotated[
    list[str] | None,
    typer.Option("--activation-energy", metavar="TEXT", help='Such as "bulk = 0.35 eV". Repeatable.'),
]
GoneSteps = Annotated[
    list[str] | None, typer.Option("--remove-step", metavar="STEP", help="Number or operation. Repeatable.")
]
GoneMeasurements = Annotated[
    list[str] | None,
    typer.Option("--remove-measurement", metavar="ROW", help='Number, or such as "bulk @ 25 °C". Repeatable.'),
]
GoneEnergies = Annotated[
    list[str] | None,
    typer.Option("--remove-activation-energy", metavar="ROW", help="Number or contribution. Repeatable."),
]

Aliases = Annotated[
    list[str] | None,
    typer.Option("--alias", metavar="LABEL", help="Another label by which files may name it. Repeatable."),
]
GoneAliases = Annotated[
    list[str] | None, typer.Option("--remove-alias", metavar="LABEL", help="Take one away again. Repeatable.")
]


def register(app: typer.Typer) -> None:
    """Add this file's commands to the application."""
    app.add_typer(sample_app, name="sample")


@sample_app.command("list")
def list_all(
    context: typer.Context,
    search: Annotated[str | None, typer.Option(help="Part of label, formula, class or reference.")] = None,
    publication: Home = None,
    json_output: AsJson = False,
) -> None:
    """List samples with their number of conductivities."""
    from sse_db.records.pages import list_samples

    rows = list_samples(settings_of(context).open(), search=search, publication=publication)
    if json_output:
        print_json({"samples": rows})
    else:
        columns = ("id", "label", "formula", "structure_class", "reference", "review_state", "conductivities")
        print_table(columns, [[row[name] for name in columns] for row in rows])


@sample_app.command("show")
def show(context: typer.Context, reference: Reference, json_output: AsJson = False) -> None:
    """Show all about a sample on one page: composition, steps, conductivities with Arrhenius fits, structure, and
    where each row came from."""
    from analysis.data.arrhenius_lines import fit_rows
    from sse_db.records.pages import read_sample

    page = read_sample(settings_of(context).open(), reference)
    page["arrhenius"] = fit_rows(page["impedance_measurements"])
    show_page(page, json_output=json_output)


@sample_app.command("add")
@takes_columns(COLUMNS, FLAGS)
def add(
    context: typer.Context,
    given: dict[str, Cell],
    publication: Home = None,
    step: Steps = None,
    measurement: Measurements = None,
    activation_energy: Energies = None,
    curator: Curator = None,
    note: Note = None,
    dry_run: DryRun = False,
    json_output: AsJson = False,
) -> None:
    """Add a sample to a publication; asks for everything at a terminal when nothing is given."""
    from etl.curation.samples import SampleWords, add_sample

    engine = settings_of(context).open()
    words = SampleWords(given, publication, *map(_all, (step, measurement, activation_energy)))
    if not words and at_terminal():
        words = _ask_sample()
    with telling_problems(json_output=json_output):
        report = add_sample(engine, words, curator=curator_of(curator), note=note, dry_run=dry_run)
    show_report(report, json_output=json_output, dry_run=dry_run)


def _all(texts: list[str] | None) -> tuple[str, ...]:
    return tuple(texts or ())


def _ask_sample() -> SampleWords:
    from etl.curation.samples import SampleWords

    publication = typer.prompt("Publication: number, DOI or title", err=True)
    given = ask_columns("samples", COLUMNS)
    questions = (
        'Step, such as "sintering: temperature = 1150 °C; time = 6 h"',
        'Conductivity, such as "bulk @ 25 °C = 3.2e-4 S/cm"',
        'Activation energy, such as "bulk = 0.35 eV"',
    )
    return SampleWords(given, publication, *map(ask_words, questions))


@sample_app.command("edit")
@takes_columns(COLUMNS, FLAGS)
def edit(
    context: typer.Context,
    reference: Reference,
    given: dict[str, Cell],
    publication: Home = None,
    step: Steps = None,
    measurement: Measurements = None,
    activation_energy: Energies = None,
    remove_step: GoneSteps = None,
    remove_measurement: GoneMeasurements = None,
    remove_activation_energy: GoneEnergies = None,
    alias: Aliases = None,
    remove_alias: GoneAliases = None,
    curator: Curator = None,
    note: Note = None,
    dry_run: DryRun = False,
    json_output: AsJson = False,
) -> None:
    """Correct a sample, its formula, steps, conductivities and activation energies; an empty text empties a column."""
    from etl.curation.samples import SampleWords, edit_sample
    from sse_db.records.pages import read_sample

    engine = settings_of(context).open()
    below = (
        step, measurement, activation_energy, remove_step, remove_measurement, remove_activation_energy, alias,
        remove_alias,
    )  # fmt: skip
    words = SampleWords(given, publication, *map(_all, below))
    if not words and at_terminal():
        words = _ask_corrections(read_sample(engine, reference)["sample"])
    with telling_problems(json_output=json_output):
        report = edit_sample(engine, reference, words, curator=curator_of(curator), note=note, dry_run=dry_run)
    show_report(report, json_output=json_output, dry_run=dry_run)


def _ask_corrections(sample: dict[str, Any]) -> SampleWords:
    from etl.curation.samples import SampleWords

    given = ask_columns("samples", COLUMNS, sample)
    questions = ('Step, such as "2: temperature = 1150 °C"', 'Conductivity, such as "bulk @ 25 °C = 3.2e-4 S/cm"',
                 'Activation energy, such as "bulk = 0.35 eV"', "Step to take away", "Conductivity to take away",
                 "Activation energy to take away")  # fmt: skip
    return SampleWords(given, None, *map(ask_words, questions))


@sample_app.command("remove")
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
    """Remove a sample; refused with the list of rows that depend on it, unless --take-along is given."""
    remove_by_hand(context, "samples", reference, take_along, yes or dry_run, curator, note, dry_run, json_output)
