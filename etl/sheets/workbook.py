"""The project's own workbook for a paper: five sheets that the template offers and exports fill."""

from __future__ import annotations

from etl.sheets.base import SheetColumn, SheetMap, insert_after
from etl.sheets.literature import CONTRIBUTION, EA, MEASUREMENT, PUBLICATION, SAMPLE, SIGMA
from etl.sheets.structure_facts import STRUCTURE_FACTS

TEMPLATE_VERSION = 1
"""Stands in the hidden sheet of a workbook; raised when a sheet changes so that an older workbook would be misread."""

ALL_SAMPLES = "samples.id"
ALL_PUBLICATIONS = "publications.id"
STEP = "processing_steps"

WHICH_PUBLICATION = SheetColumn(
    "Publication", ALL_PUBLICATIONS, meaning="DOI or title as on the sheet Publication; blank where there is only one"
)
WHICH_SAMPLE = SheetColumn("Sample", ALL_SAMPLES, meaning="Name of the sample as on the sheet Samples")

UNSPECIFIED_CONDUCTIVITY = SheetColumn(
    "σ unspecified", SIGMA, part="unspecified", meaning="Conductivity of a source that mixes kinds of values"
)
UNSPECIFIED_ENERGY = SheetColumn("Ea unspecified", EA, part="unspecified", meaning="Activation energy of unsaid kind")

PUBLICATION_SHEET = SheetMap("Publication", PUBLICATION, required=())
SAMPLES_SHEET = SheetMap("Samples", (*SAMPLE, WHICH_PUBLICATION), required=("samples.label",))
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
)
MEASUREMENTS_SHEET = SheetMap(
    "Measurements",
    (
        WHICH_SAMPLE,
        *insert_after(MEASUREMENT, {"σ total": UNSPECIFIED_CONDUCTIVITY, "Ea total": UNSPECIFIED_ENERGY}),
        WHICH_PUBLICATION,
    ),
    required=(ALL_SAMPLES,),
    read_too=(CONTRIBUTION,),
)
STRUCTURES_SHEET = SheetMap("Structures", STRUCTURE_FACTS.columns, STRUCTURE_FACTS.required)

WORKBOOK = (PUBLICATION_SHEET, SAMPLES_SHEET, PROCESSING_SHEET, MEASUREMENTS_SHEET, STRUCTURES_SHEET)
NEEDED = (PUBLICATION_SHEET.name, SAMPLES_SHEET.name)
PASSED_OVER = ("Read me", "Example", "Problems")
"""Sheets of the template, and of an annotated copy, that hold no data."""
