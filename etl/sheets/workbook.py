"""The project's own workbook for a paper: five sheets that the template offers and exports fill."""

from __future__ import annotations

from etl.sheets.base import SheetColumn, SheetMap, insert_after, row_key_column
from etl.sheets.literature import CONTRIBUTION, EA, MEASUREMENT, PUBLICATION, SAMPLE, SIGMA
from etl.sheets.structure_facts import STRUCTURE_FACTS

TEMPLATE_VERSION = 1
"""Stands in the hidden sheet of a workbook; raised when a sheet changes so that an older workbook would be misread."""

ALL_SAMPLES = "samples.id"
ALL_PUBLICATIONS = "publications.id"
STEP = "processing_steps"
KEYED = (
    "publications", "samples", STEP, "impedance_measurements", "activation_energies", "structural_records",
)  # fmt: skip
"""Tables whose rows an exported workbook knows again."""

WHICH_PUBLICATION = SheetColumn(
    "Publication", ALL_PUBLICATIONS, meaning="DOI or title as on the sheet Publication; blank where there is only one"
)
WHICH_SAMPLE = SheetColumn("Sample", ALL_SAMPLES, meaning="Name of the sample as on the sheet Samples")

UNSPECIFIED_CONDUCTIVITY = SheetColumn(
    "σ unspecified", SIGMA, part="unspecified", meaning="Conductivity of a source that mixes kinds of values"
)
UNSPECIFIED_ENERGY = SheetColumn("Ea unspecified", EA, part="unspecified", meaning="Activation energy of unsaid kind")


PUBLICATION_SHEET = SheetMap(
    "Publication",
    (*PUBLICATION, SheetColumn("Publication remark", "publications.remark")),
    required=(),
    read_too=row_key_column("publications"),
)
SAMPLES_SHEET = SheetMap(
    "Samples", (*SAMPLE, WHICH_PUBLICATION), required=("samples.label",), read_too=row_key_column("samples")
)
PROCESSING_SHEET = SheetMap(
    "Processing",
    (
        WHICH_SAMPLE,
        SheetColumn("Step", f"{STEP}.position", meaning="Place in the order of steps; blank counts down the sheet"),
        SheetColumn("Operation", f"{STEP}.operation"),
        SheetColumn("In the paper's words", f"{STEP}.operation_text"),
        SheetColumn("Temperature", f"{STEP}.temperature_c"),
        SheetColumn("Time", f"{STEP}.duration_h", aliases=("duration",)),
        SheetColumn("Atmosphere", f"{STEP}.atmosphere"),
        SheetColumn("Pressure", f"{STEP}.pressure_mpa"),
        SheetColumn("Remark", f"{STEP}.remark"),
        WHICH_PUBLICATION,
    ),
    required=(ALL_SAMPLES,),
    read_too=row_key_column(STEP),
)
MEASUREMENTS_SHEET = SheetMap(
    "Measurements",
    (
        WHICH_SAMPLE,
        *insert_after(MEASUREMENT, {"σ total": UNSPECIFIED_CONDUCTIVITY, "Ea total": UNSPECIFIED_ENERGY}),
        WHICH_PUBLICATION,
    ),
    required=(ALL_SAMPLES,),
    read_too=(CONTRIBUTION, *row_key_column("impedance_measurements")),
)
STRUCTURES_SHEET = SheetMap(
    "Structures", STRUCTURE_FACTS.columns, STRUCTURE_FACTS.required, read_too=STRUCTURE_FACTS.read_too
)

WORKBOOK = (PUBLICATION_SHEET, SAMPLES_SHEET, PROCESSING_SHEET, MEASUREMENTS_SHEET, STRUCTURES_SHEET)
NEEDED = (PUBLICATION_SHEET.name, SAMPLES_SHEET.name)
PASSED_OVER = ("Read me", "Example", "Problems")
"""Sheets of the template, and of an annotated copy, that hold no data."""


def find_column(sheet_map: SheetMap, target: str, part: str = "") -> SheetColumn:
    """The column of a sheet that feeds a target."""
    columns = (*sheet_map.columns, *sheet_map.read_too)
    return next(column for column in columns if (column.target, column.part) == (target, part))
