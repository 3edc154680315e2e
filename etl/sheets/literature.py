"""The project's own literature sheet: one row per sample and temperature, everything beside it."""

from __future__ import annotations

from etl.sheets.base import SheetColumn, SheetMap

SIGMA = "impedance_measurements.conductivity_s_per_cm"
EA = "activation_energies.activation_energy_ev"

PUBLICATION = (
    SheetColumn("DOI", "publications.doi", aliases=("doi", "source doi", "reference doi")),
    SheetColumn("Title", "publications.title", aliases=("paper", "paper title")),
    SheetColumn("First author", "publications.first_author", aliases=("author", "first_author")),
    SheetColumn("Authors", "publications.authors"),
    SheetColumn("Year", "publications.year", aliases=("publication year",)),
    SheetColumn("Journal", "publications.journal", aliases=("publisher", "source title")),
    SheetColumn("Volume", "publications.volume", aliases=("vol", "vol.")),
    SheetColumn("Pages", "publications.pages", aliases=("page", "article number")),
    SheetColumn("Publication kind", "publications.kind", aliases=("kind",)),
    SheetColumn("Publication URL", "publications.url"),
)
SAMPLE = (
    SheetColumn("Sample", "samples.label", aliases=("sample label", "label", "sample name", "sample id")),
    SheetColumn("Formula", "samples.formula_as_written", aliases=("composition", "nominal composition", "compound")),
    SheetColumn("Structure class", "samples.structure_class", aliases=("family", "class")),
    SheetColumn("Structure type", "samples.structure_type", aliases=("prototype",)),
    SheetColumn("Space group", "samples.space_group_symbol", aliases=("sg", "space_group")),
    SheetColumn("Phase", "samples.phase_type", aliases=("phase type", "phase_type")),
    SheetColumn("Additive", "samples.additive_formula", aliases=("sintering aid", "additives")),
    SheetColumn(
        "Additive content",
        "samples.additive_wt_percent",
        aliases=("additive amount", "additive wt%", "additive wt percent"),
    ),
    SheetColumn("Synthesis method", "samples.synthesis_method_text", aliases=("method", "synthesis", "route")),
    SheetColumn(
        "Method class",
        "samples.synthesis_method",
        meaning="Only where the words of Synthesis method are not in the word table of methods",
    ),
    SheetColumn("Pellet diameter", "samples.pellet_diameter_mm", aliases=("diameter", "d", "pellet d")),
    SheetColumn("Pellet thickness", "samples.pellet_thickness_mm", aliases=("thickness", "pellet t")),
    SheetColumn("Grain size", "samples.grain_size_um", aliases=("mean grain size", "grain diameter")),
    SheetColumn("Grain size basis", "samples.grain_size_basis"),
    SheetColumn("Relative density", "samples.relative_density_percent", aliases=("density (relative)", "rel. density")),
    SheetColumn("Sample remark", "samples.remark"),
)
LATTICE = (
    SheetColumn("a", "structural_records.a_angstrom", part="lattice", aliases=("lattice a", "a axis")),
    SheetColumn("c", "structural_records.c_angstrom", part="lattice", aliases=("lattice c", "c axis")),
    SheetColumn(
        "Formula units",
        "structural_records.formula_units",
        part="lattice",
        aliases=("Z", "formula units per cell"),
        meaning="Formula units per cell: with the lattice constants it gives density and volume",
    ),
)
STEPS = (
    SheetColumn(
        "Calcination temperature", "processing_steps.temperature_c", part="calcination", aliases=("calcination t",)
    ),
    SheetColumn("Calcination time", "processing_steps.duration_h", part="calcination"),
    SheetColumn(
        "Sintering temperature", "processing_steps.temperature_c", part="sintering", aliases=("sintering t", "ts")
    ),
    SheetColumn("Sintering time", "processing_steps.duration_h", part="sintering"),
    SheetColumn("Sintering mode", "processing_steps.operation_text", part="sintering", aliases=("densification",)),
    SheetColumn("Sintering atmosphere", "processing_steps.atmosphere", part="sintering", aliases=("atmosphere",)),
    SheetColumn("Sintering pressure", "processing_steps.pressure_mpa", part="sintering", aliases=("pressure",)),
)
MEASUREMENT = (
    SheetColumn(
        "Temperature",
        "impedance_measurements.temperature_c",
        aliases=("t", "measurement temperature", "measuring temperature", "temp", "temp."),
    ),
    SheetColumn(
        "σ bulk",
        SIGMA,
        part="bulk",
        aliases=("sigma bulk", "bulk conductivity", "σ_b", "sigma_bulk", "conductivity bulk"),
    ),
    SheetColumn(
        "σ grain boundary",
        SIGMA,
        part="grain_boundary",
        aliases=(
            "sigma grain boundary",
            "σ gb",
            "sigma gb",
            "sigma_gb",
            "grain boundary conductivity",
            "gb conductivity",
            "conductivity grain boundary",
            "conductivity gb",
        ),
    ),
    SheetColumn(
        "σ total",
        SIGMA,
        part="total",
        aliases=("sigma total", "total conductivity", "sigma_total", "conductivity total", "total ionic conductivity"),
        unsaid=("sigma", "σ", "conductivity", "ionic conductivity", "σ ionic", "sigma ionic", "σ ion", "sigma ion"),
    ),
    SheetColumn(
        "Contribution stated",
        "impedance_measurements.contribution_basis",
        meaning="yes, or no where the source gives one ionic conductivity without saying which: it stands under total",
    ),
    SheetColumn("Value basis", "impedance_measurements.value_basis", aliases=("value kind",)),
    SheetColumn("Replicate", "impedance_measurements.replicate_label", aliases=("replicate label",)),
    SheetColumn("Ea bulk", EA, part="bulk", aliases=("activation energy bulk", "ea_bulk")),
    SheetColumn("Ea grain boundary", EA, part="grain_boundary", aliases=("activation energy grain boundary", "ea gb")),
    SheetColumn(
        "Ea total", EA, part="total", aliases=("activation energy total",), unsaid=("activation energy", "ea", "e_a")
    ),
    SheetColumn("Ea region", "activation_energies.replicate_label", aliases=("temperature region",)),
    SheetColumn("Place in the paper", "impedance_measurements.source_location", aliases=("where", "place", "location")),
    SheetColumn("Source kind", "impedance_measurements.source_kind"),
    SheetColumn("Source URL", "impedance_measurements.source_url"),
    SheetColumn("Identity basis", "impedance_measurements.identity_basis"),
    SheetColumn("Compiled via", "impedance_measurements.compiled_via"),
    SheetColumn("Confidence", "impedance_measurements.confidence"),
    SheetColumn("Remark", "impedance_measurements.remark", aliases=("remarks", "comment", "comments", "note", "notes")),
)

CONTRIBUTION = SheetColumn(
    "Contribution",
    "impedance_measurements.contribution",
    aliases=("kind of conductivity", "contribution to the conductivity"),
    meaning="Which conductivity the row gives, where one column without a kind (σ) holds bulk, boundary and total",
)

LITERATURE = SheetMap(
    name="literature",
    columns=(*PUBLICATION, *SAMPLE, *LATTICE, *STEPS, *MEASUREMENT, CONTRIBUTION),
    required=("samples.label",),
)
