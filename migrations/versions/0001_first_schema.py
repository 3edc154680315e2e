"""First schema: tables, views, triggers, and the elements.

Revision: 0001
"""

import csv

import sqlalchemy as sa
from alembic import op

from sse_db.database.revisions import install_frozen, migrations_folder

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MASS_SOURCE = "pymatgen 2026.10"
ELECTRONEGATIVITY_SOURCE = "Pauling scale, pymatgen 2026.10"
POLARIZABILITY_SOURCE = "Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0"


def upgrade() -> None:
    op.create_table(
        "elements",
        sa.Column("id", sa.Integer(), nullable=False, comment="Surrogate key"),
        sa.Column("symbol", sa.String(), nullable=False, comment="Symbol"),
        sa.Column("atomic_number", sa.Integer(), nullable=False, comment="Atomic number"),
        sa.Column("atomic_mass_u", sa.Float(), nullable=False, comment="Standard atomic mass"),
        sa.Column("atomic_mass_source", sa.String(), nullable=False, comment="Source of the mass"),
        sa.Column("electronegativity_pauling", sa.Float(), nullable=True, comment="Electronegativity, Pauling scale"),
        sa.Column("electronegativity_source", sa.String(), nullable=True, comment="Source of the electronegativity"),
        sa.Column(
            "polarizability_au",
            sa.Float(),
            nullable=True,
            comment="Static dipole polarizability of the neutral atom, atomic units",
        ),
        sa.Column("polarizability_uncertainty_au", sa.Float(), nullable=True, comment="Its uncertainty, atomic units"),
        sa.Column("polarizability_source", sa.String(), nullable=True, comment="Source of the polarizability"),
        sa.CheckConstraint("atomic_mass_u >= 0 AND atomic_mass_u <= 400", name=op.f("ck_elements_atomic_mass_u_range")),
        sa.CheckConstraint("atomic_number >= 1 AND atomic_number <= 118", name=op.f("ck_elements_atomic_number_range")),
        sa.CheckConstraint(
            "electronegativity_pauling >= 0 AND electronegativity_pauling <= 4.5",
            name=op.f("ck_elements_electronegativity_pauling_range"),
        ),
        sa.CheckConstraint(
            "polarizability_au >= 0 AND polarizability_au <= 1000", name=op.f("ck_elements_polarizability_au_range")
        ),
        sa.CheckConstraint(
            "polarizability_uncertainty_au >= 0 AND polarizability_uncertainty_au <= 1000",
            name=op.f("ck_elements_polarizability_uncertainty_au_range"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elements")),
        sa.UniqueConstraint("atomic_number", name=op.f("uq_elements_atomic_number")),
        sa.UniqueConstraint("symbol", name=op.f("uq_elements_symbol")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "import_batches",
        sa.Column("id", sa.Integer(), nullable=False, comment="Surrogate key"),
        sa.Column("file_name", sa.String(), nullable=False, comment="Name of the file, without folders"),
        sa.Column("file_sha256", sa.String(), nullable=False, comment="SHA-256 of the file's bytes, hexadecimal"),
        sa.Column("format", sa.String(), nullable=False, comment="Reader that took the file, as in `import --format`"),
        sa.Column("curator", sa.String(), nullable=False, comment="Who imported it"),
        sa.Column("created_at", sa.String(), nullable=False, comment="When, UTC, ISO 8601"),
        sa.Column("code_version", sa.String(), nullable=False, comment="Version of sse-db that read it"),
        sa.Column(
            "counts",
            sa.String(),
            nullable=False,
            comment="JSON object: table to numbers of rows added, changed, unchanged and skipped",
        ),
        sa.Column(
            "skipped",
            sa.String(),
            nullable=False,
            comment="JSON array of rows that were listed and passed over, each with its reason",
        ),
        sa.Column("undone_at", sa.String(), nullable=True, comment="When the batch was taken back, UTC, ISO 8601"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batches")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "change_log",
        sa.Column("id", sa.Integer(), nullable=False, comment="Surrogate key"),
        sa.Column("table_name", sa.String(), nullable=False, comment="Table of the row"),
        sa.Column("row_id", sa.Integer(), nullable=False, comment="Key of the row"),
        sa.Column("action", sa.String(), nullable=False, comment="What happened"),
        sa.Column("before", sa.String(), nullable=True, comment="JSON object of the row before, NULL for an insert"),
        sa.Column("after", sa.String(), nullable=True, comment="JSON object of the row after, NULL for a delete"),
        sa.Column(
            "batch_id",
            sa.Integer(),
            nullable=True,
            comment="Batch in which it happened, NULL for a change made outside of imports",
        ),
        sa.Column("changed_at", sa.String(), nullable=False, comment="When, UTC, ISO 8601"),
        sa.CheckConstraint("action IN ('insert', 'update', 'delete')", name=op.f("ck_change_log_action_vocabulary")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batches.id"], name=op.f("fk_change_log_batch_id_import_batches"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_log")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_change_log_batch_id"), "change_log", ["batch_id"], unique=False)
    op.create_index(op.f("ix_change_log_row_id"), "change_log", ["row_id"], unique=False)
    op.create_index(op.f("ix_change_log_table_name"), "change_log", ["table_name"], unique=False)
    op.create_table(
        "compositions",
        sa.Column("id", sa.Integer(), nullable=False, comment="Surrogate key"),
        sa.Column("batch_id", sa.Integer(), nullable=False, comment="Batch that brought the row"),
        sa.Column(
            "source_row",
            sa.String(),
            nullable=True,
            comment="Where the row stands in the imported file, as a spreadsheet shows it: sheet and row",
        ),
        sa.Column(
            "formula",
            sa.String(),
            nullable=False,
            comment="Formula, normalised so that pymatgen reads it; amounts as first written",
        ),
        sa.Column(
            "reduced_formula",
            sa.String(),
            nullable=False,
            comment="Formula reduced to its smallest whole amounts where there are any",
        ),
        sa.Column(
            "fingerprint",
            sa.String(),
            nullable=False,
            comment="Atomic fractions rounded to 1e-4, sorted by symbol: what compositions are compared by",
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_compositions_batch_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compositions")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_compositions_fingerprint")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_compositions_batch_id"), "compositions", ["batch_id"], unique=False)
    op.create_index(op.f("ix_compositions_reduced_formula"), "compositions", ["reduced_formula"], unique=False)
    op.create_table(
        "current_batch",
        sa.Column("id", sa.Integer(), nullable=False, comment="Surrogate key"),
        sa.Column("batch_id", sa.Integer(), nullable=False, comment="Batch that is being written"),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_current_batch_batch_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_current_batch")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), nullable=False, comment="Surrogate key"),
        sa.Column("batch_id", sa.Integer(), nullable=False, comment="Batch that brought the row"),
        sa.Column(
            "source_row",
            sa.String(),
            nullable=True,
            comment="Where the row stands in the imported file, as a spreadsheet shows it: sheet and row",
        ),
        sa.Column("doi", sa.String(), nullable=True, comment="Digital object identifier, bare and in lower case"),
        sa.Column("title", sa.String(), nullable=True, comment="Title as printed"),
        sa.Column(
            "title_key",
            sa.String(),
            nullable=True,
            comment="Title in lower case, letters and digits only: what titles are compared by",
        ),
        sa.Column("first_author", sa.String(), nullable=True, comment="First author, surname first"),
        sa.Column("authors", sa.String(), nullable=True, comment="All authors, separated by semicolons, where known"),
        sa.Column("journal", sa.String(), nullable=True, comment="Journal, or publisher of a report or thesis"),
        sa.Column("year", sa.Integer(), nullable=True, comment="Year of publication"),
        sa.Column("volume", sa.String(), nullable=True, comment="Volume"),
        sa.Column("pages", sa.String(), nullable=True, comment="Pages or article number"),
        sa.Column("url", sa.String(), nullable=True, comment="Where the source is found when it has no DOI"),
        sa.Column("kind", sa.String(), nullable=False, comment="Sort of source"),
        sa.Column("review_state", sa.String(), nullable=False, comment="Whether a second person has checked the rows"),
        sa.Column("reviewed_by", sa.String(), nullable=True, comment="Who checked the rows"),
        sa.Column("reviewed_at", sa.String(), nullable=True, comment="When the rows were checked, UTC, ISO 8601"),
        sa.CheckConstraint("doi = lower(doi) AND doi LIKE '10.%/%'", name=op.f("ck_publications_doi_rule")),
        sa.CheckConstraint(
            "kind IN ('article', 'preprint', 'conference', 'thesis', 'report', 'book', 'dataset', 'other')",
            name=op.f("ck_publications_kind_vocabulary"),
        ),
        sa.CheckConstraint(
            "review_state IN ('draft', 'reviewed')", name=op.f("ck_publications_review_state_vocabulary")
        ),
        sa.CheckConstraint("doi IS NOT NULL OR title IS NOT NULL", name=op.f("ck_publications_identified")),
        sa.CheckConstraint("year >= 1800 AND year <= 2100", name=op.f("ck_publications_year_range")),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_publications_batch_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
        sa.UniqueConstraint("doi", name=op.f("uq_publications_doi")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_publications_batch_id"), "publications", ["batch_id"], unique=False)
    op.create_index(op.f("ix_publications_review_state"), "publications", ["review_state"], unique=False)
    op.create_index(op.f("ix_publications_title_key"), "publications", ["title_key"], unique=False)
    op.create_index(
        "uq_publications_title_without_doi",
        "publications",
        ["title_key", "year"],
        unique=True,
        sqlite_where=sa.text("doi IS NULL AND year IS NOT NULL"),
        postgresql_where=sa.text("doi IS NULL AND year IS NOT NULL"),
    )
    op.create_index(
        "uq_publications_title_without_doi_and_year",
        "publications",
        ["title_key"],
        unique=True,
        sqlite_where=sa.text("doi IS NULL AND year IS NULL"),
        postgresql_where=sa.text("doi IS NULL AND year IS NULL"),
    )
    op.create_table(
        "composition_elements",
        sa.Column("id", sa.Integer(), nullable=False, comment="Surrogate key"),
        sa.Column("batch_id", sa.Integer(), nullable=False, comment="Batch that brought the row"),
        sa.Column(
            "source_row",
            sa.String(),
            nullable=True,
            comment="Where the row stands in the imported file, as a spreadsheet shows it: sheet and row",
        ),
        sa.Column("composition_id", sa.Integer(), nullable=False, comment="Composition"),
        sa.Column("element", sa.String(), nullable=False, comment="Symbol of the element"),
        sa.Column("amount", sa.Float(), nullable=False, comment="Atoms per formula unit of `compositions.formula`"),
        sa.CheckConstraint(
            "amount >= 1e-06 AND amount <= 1000000.0", name=op.f("ck_composition_elements_amount_range")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_composition_elements_batch_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["composition_id"],
            ["compositions.id"],
            name=op.f("fk_composition_elements_composition_id_compositions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["element"], ["elements.symbol"], name=op.f("fk_composition_elements_element_elements"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_composition_elements")),
        sa.UniqueConstraint("composition_id", "element", name=op.f("uq_composition_elements_composition_id_element")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_composition_elements_batch_id"), "composition_elements", ["batch_id"], unique=False)
    op.create_index(op.f("ix_composition_elements_element"), "composition_elements", ["element"], unique=False)
    op.create_table(
        "samples",
        sa.Column("id", sa.Integer(), nullable=False, comment="Surrogate key"),
        sa.Column("batch_id", sa.Integer(), nullable=False, comment="Batch that brought the row"),
        sa.Column(
            "source_row",
            sa.String(),
            nullable=True,
            comment="Where the row stands in the imported file, as a spreadsheet shows it: sheet and row",
        ),
        sa.Column(
            "as_written",
            sa.String(),
            nullable=True,
            comment="JSON object: column to the text of the cell, wherever that differs from the stored value",
        ),
        sa.Column("remark", sa.String(), nullable=True, comment="What a reader of the value should know"),
        sa.Column("publication_id", sa.Integer(), nullable=False, comment="Publication that reports the sample"),
        sa.Column(
            "composition_id",
            sa.Integer(),
            nullable=True,
            comment="Nominal composition without additive; NULL where the source gives no readable formula",
        ),
        sa.Column("label", sa.String(), nullable=False, comment="The source's own name for the sample"),
        sa.Column("formula_as_written", sa.String(), nullable=True, comment="Formula as the source writes it"),
        sa.Column("structure_class", sa.String(), nullable=True, comment="Family of the crystal structure"),
        sa.Column(
            "structure_type",
            sa.String(),
            nullable=True,
            comment="Structure type, as the source or a structure database names it",
        ),
        sa.Column(
            "space_group_symbol",
            sa.String(),
            nullable=True,
            comment="Space group the source gives for the sample, Hermann–Mauguin",
        ),
        sa.Column("phase_type", sa.String(), nullable=True, comment="Crystal, glass ceramic or glass"),
        sa.Column(
            "additive_present",
            sa.Integer(),
            nullable=True,
            comment="1 with a sintering aid, second phase or excess lithium; 0 where the source says none; NULL where it is silent",
        ),
        sa.Column("additive_formula", sa.String(), nullable=True, comment="What was added, as the source writes it"),
        sa.Column("additive_wt_percent", sa.Float(), nullable=True, comment="Content of the additive by mass"),
        sa.Column("synthesis_method", sa.String(), nullable=True, comment="How the powder or body was made"),
        sa.Column("synthesis_method_text", sa.String(), nullable=True, comment="The source's words for the synthesis"),
        sa.Column("pellet_diameter_mm", sa.Float(), nullable=True, comment="Diameter of the measured pellet"),
        sa.Column("pellet_thickness_mm", sa.Float(), nullable=True, comment="Thickness of the measured pellet"),
        sa.Column("grain_size_um", sa.Float(), nullable=True, comment="Mean grain size of the sintered body"),
        sa.Column("grain_size_lower_um", sa.Float(), nullable=True, comment="Lower end where the source gives a range"),
        sa.Column("grain_size_upper_um", sa.Float(), nullable=True, comment="Upper end where the source gives a range"),
        sa.Column("grain_size_basis", sa.String(), nullable=True, comment="How the grain size came about"),
        sa.Column(
            "relative_density_percent",
            sa.Float(),
            nullable=True,
            comment="Density of the body relative to the ideal density",
        ),
        sa.CheckConstraint(
            "grain_size_basis IN ('reported', 'micrograph_average', 'range_midpoint')",
            name=op.f("ck_samples_grain_size_basis_vocabulary"),
        ),
        sa.CheckConstraint(
            "phase_type IN ('crystal', 'glass_ceramic', 'glass')", name=op.f("ck_samples_phase_type_vocabulary")
        ),
        sa.CheckConstraint(
            "structure_class IN ('NASICON', 'garnet', 'perovskite', 'antiperovskite', 'argyrodite', 'LISICON', 'thio_LISICON', 'LGPS', 'halide', 'hydroborate', 'nitride', 'oxide', 'sulfide', 'phosphate', 'spinel', 'glass', 'other')",
            name=op.f("ck_samples_structure_class_vocabulary"),
        ),
        sa.CheckConstraint(
            "synthesis_method IN ('solid_state', 'ball_mill', 'mechanochemical', 'melt_quench', 'co_precipitation', 'hydrothermal', 'solution', 'spray', 'evaporation_induced_self_assembly', 'sol_gel', 'citrate', 'pechini', 'single_crystal', 'film', 'other')",
            name=op.f("ck_samples_synthesis_method_vocabulary"),
        ),
        sa.CheckConstraint(
            "additive_present <> 0 OR coalesce(additive_wt_percent, 0) = 0", name=op.f("ck_samples_additive_absent")
        ),
        sa.CheckConstraint("additive_present IN (0, 1)", name=op.f("ck_samples_additive_present_rule")),
        sa.CheckConstraint(
            "additive_wt_percent >= 0 AND additive_wt_percent <= 100", name=op.f("ck_samples_additive_wt_percent_range")
        ),
        sa.CheckConstraint(
            "grain_size_lower_um >= 0.0001 AND grain_size_lower_um <= 10000.0",
            name=op.f("ck_samples_grain_size_lower_um_range"),
        ),
        sa.CheckConstraint(
            "grain_size_lower_um IS NULL OR grain_size_upper_um IS NULL OR grain_size_lower_um <= grain_size_upper_um",
            name=op.f("ck_samples_grain_size_bounds"),
        ),
        sa.CheckConstraint(
            "grain_size_um >= 0.0001 AND grain_size_um <= 10000.0", name=op.f("ck_samples_grain_size_um_range")
        ),
        sa.CheckConstraint(
            "grain_size_upper_um >= 0.0001 AND grain_size_upper_um <= 10000.0",
            name=op.f("ck_samples_grain_size_upper_um_range"),
        ),
        sa.CheckConstraint(
            "pellet_diameter_mm >= 0.1 AND pellet_diameter_mm <= 200", name=op.f("ck_samples_pellet_diameter_mm_range")
        ),
        sa.CheckConstraint(
            "pellet_thickness_mm >= 0.1 AND pellet_thickness_mm <= 200",
            name=op.f("ck_samples_pellet_thickness_mm_range"),
        ),
        sa.CheckConstraint(
            "relative_density_percent >= 0 AND relative_density_percent <= 100",
            name=op.f("ck_samples_relative_density_percent_range"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batches.id"], name=op.f("fk_samples_batch_id_import_batches"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["composition_id"],
            ["compositions.id"],
            name=op.f("fk_samples_composition_id_compositions"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name=op.f("fk_samples_publication_id_publications"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_samples")),
        sa.UniqueConstraint("publication_id", "label", name=op.f("uq_samples_publication_id_label")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_samples_batch_id"), "samples", ["batch_id"], unique=False)
    op.create_index(op.f("ix_samples_composition_id"), "samples", ["composition_id"], unique=False)
    op.create_index(op.f("ix_samples_structure_class"), "samples", ["structure_class"], unique=False)
    op.create_table(
        "activation_energies",
        sa.Column("id", sa.Integer(), nullable=False, comment="Surrogate key"),
        sa.Column("batch_id", sa.Integer(), nullable=False, comment="Batch that brought the row"),
        sa.Column(
            "source_row",
            sa.String(),
            nullable=True,
            comment="Where the row stands in the imported file, as a spreadsheet shows it: sheet and row",
        ),
        sa.Column(
            "as_written",
            sa.String(),
            nullable=True,
            comment="JSON object: column to the text of the cell, wherever that differs from the stored value",
        ),
        sa.Column("remark", sa.String(), nullable=True, comment="What a reader of the value should know"),
        sa.Column("sample_id", sa.Integer(), nullable=False, comment="Sample"),
        sa.Column("contribution", sa.String(), nullable=False, comment="Part of the resistance it belongs to"),
        sa.Column("contribution_basis", sa.String(), nullable=False, comment="Whether the source says which part"),
        sa.Column(
            "replicate_label",
            sa.String(),
            nullable=False,
            comment="Tells apart several of one kind, such as two temperature ranges",
        ),
        sa.Column("activation_energy_ev", sa.Float(), nullable=False, comment="Activation energy as reported"),
        sa.Column("relation", sa.String(), nullable=False, comment="How the number relates to the quantity"),
        sa.Column("uncertainty_ev", sa.Float(), nullable=True, comment="Uncertainty that the source states"),
        sa.Column("source_location", sa.String(), nullable=True, comment="Place in the publication"),
        sa.CheckConstraint(
            "contribution IN ('bulk', 'grain_boundary', 'total', 'unspecified')",
            name=op.f("ck_activation_energies_contribution_vocabulary"),
        ),
        sa.CheckConstraint(
            "contribution_basis IN ('stated', 'assumed')",
            name=op.f("ck_activation_energies_contribution_basis_vocabulary"),
        ),
        sa.CheckConstraint("relation IN ('=', '<', '>', '~')", name=op.f("ck_activation_energies_relation_vocabulary")),
        sa.CheckConstraint(
            "activation_energy_ev >= 0 AND activation_energy_ev <= 3",
            name=op.f("ck_activation_energies_activation_energy_ev_range"),
        ),
        sa.CheckConstraint(
            "uncertainty_ev >= 0 AND uncertainty_ev <= 3", name=op.f("ck_activation_energies_uncertainty_ev_range")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_activation_energies_batch_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["samples.id"], name=op.f("fk_activation_energies_sample_id_samples"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activation_energies")),
        sa.UniqueConstraint(
            "sample_id",
            "contribution",
            "replicate_label",
            name=op.f("uq_activation_energies_sample_id_contribution_replicate_label"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_activation_energies_batch_id"), "activation_energies", ["batch_id"], unique=False)
    op.create_table(
        "impedance_measurements",
        sa.Column("id", sa.Integer(), nullable=False, comment="Surrogate key"),
        sa.Column("batch_id", sa.Integer(), nullable=False, comment="Batch that brought the row"),
        sa.Column(
            "source_row",
            sa.String(),
            nullable=True,
            comment="Where the row stands in the imported file, as a spreadsheet shows it: sheet and row",
        ),
        sa.Column(
            "as_written",
            sa.String(),
            nullable=True,
            comment="JSON object: column to the text of the cell, wherever that differs from the stored value",
        ),
        sa.Column("remark", sa.String(), nullable=True, comment="What a reader of the value should know"),
        sa.Column("sample_id", sa.Integer(), nullable=False, comment="Sample"),
        sa.Column("contribution", sa.String(), nullable=False, comment="Part of the resistance the value belongs to"),
        sa.Column("contribution_basis", sa.String(), nullable=False, comment="Whether the source says which part"),
        sa.Column(
            "temperature_c",
            sa.Float(),
            nullable=True,
            comment="Measuring temperature; 25 for a nominal room temperature",
        ),
        sa.Column("temperature_basis", sa.String(), nullable=False, comment="How the source gives the temperature"),
        sa.Column(
            "replicate_label",
            sa.String(),
            nullable=False,
            comment="Tells apart several values of one kind at one temperature; empty for the only one",
        ),
        sa.Column("conductivity_s_per_cm", sa.Float(), nullable=False, comment="Ionic conductivity"),
        sa.Column(
            "relation",
            sa.String(),
            nullable=False,
            comment="`=`, or how the number limits or approaches the conductivity",
        ),
        sa.Column("uncertainty_s_per_cm", sa.Float(), nullable=True, comment="Uncertainty that the source states"),
        sa.Column("value_basis", sa.String(), nullable=False, comment="How the value was obtained"),
        sa.Column(
            "source_location", sa.String(), nullable=True, comment="Place in the publication: table, figure, section"
        ),
        sa.Column(
            "source_kind", sa.String(), nullable=True, comment="What was read: abstract, full text, table, compilation"
        ),
        sa.Column("source_url", sa.String(), nullable=True, comment="Address of what was read"),
        sa.Column(
            "identity_basis",
            sa.String(),
            nullable=True,
            comment="`stated` where DOI or title stood beside the value, `inferred` where composition and value led to them",
        ),
        sa.Column("compiled_via", sa.String(), nullable=True, comment="Compilation that the value was read in, if any"),
        sa.Column("confidence", sa.String(), nullable=True, comment="How sure the curator is of the reading"),
        sa.CheckConstraint(
            "(temperature_c IS NULL) = (temperature_basis = 'not_stated')",
            name=op.f("ck_impedance_measurements_temperature_stated"),
        ),
        sa.CheckConstraint(
            "confidence IN ('high', 'medium', 'low')", name=op.f("ck_impedance_measurements_confidence_vocabulary")
        ),
        sa.CheckConstraint(
            "contribution IN ('bulk', 'grain_boundary', 'total', 'unspecified')",
            name=op.f("ck_impedance_measurements_contribution_vocabulary"),
        ),
        sa.CheckConstraint(
            "contribution_basis IN ('stated', 'assumed')",
            name=op.f("ck_impedance_measurements_contribution_basis_vocabulary"),
        ),
        sa.CheckConstraint(
            "relation IN ('=', '<', '>', '~')", name=op.f("ck_impedance_measurements_relation_vocabulary")
        ),
        sa.CheckConstraint(
            "temperature_basis <> 'room_temperature' OR temperature_c = 25",
            name=op.f("ck_impedance_measurements_room_temperature"),
        ),
        sa.CheckConstraint(
            "temperature_basis IN ('stated', 'room_temperature', 'not_stated')",
            name=op.f("ck_impedance_measurements_temperature_basis_vocabulary"),
        ),
        sa.CheckConstraint(
            "value_basis IN ('measured', 'extrapolated', 'digitised')",
            name=op.f("ck_impedance_measurements_value_basis_vocabulary"),
        ),
        sa.CheckConstraint(
            "conductivity_s_per_cm >= 1e-18 AND conductivity_s_per_cm <= 100.0",
            name=op.f("ck_impedance_measurements_conductivity_s_per_cm_range"),
        ),
        sa.CheckConstraint(
            "temperature_c >= -273.15 AND temperature_c <= 1500",
            name=op.f("ck_impedance_measurements_temperature_c_range"),
        ),
        sa.CheckConstraint(
            "uncertainty_s_per_cm >= 0 AND uncertainty_s_per_cm <= 100.0",
            name=op.f("ck_impedance_measurements_uncertainty_s_per_cm_range"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_impedance_measurements_batch_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["samples.id"], name=op.f("fk_impedance_measurements_sample_id_samples"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impedance_measurements")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_impedance_measurements_batch_id"), "impedance_measurements", ["batch_id"], unique=False)
    op.create_index(
        "uq_impedance_measurements_natural_key",
        "impedance_measurements",
        ["sample_id", "contribution", "temperature_c", "temperature_basis", "replicate_label"],
        unique=True,
        sqlite_where=sa.text("temperature_c IS NOT NULL"),
        postgresql_where=sa.text("temperature_c IS NOT NULL"),
    )
    op.create_index(
        "uq_impedance_measurements_natural_key_without_temperature",
        "impedance_measurements",
        ["sample_id", "contribution", "temperature_basis", "replicate_label"],
        unique=True,
        sqlite_where=sa.text("temperature_c IS NULL"),
        postgresql_where=sa.text("temperature_c IS NULL"),
    )
    op.create_table(
        "processing_steps",
        sa.Column("id", sa.Integer(), nullable=False, comment="Surrogate key"),
        sa.Column("batch_id", sa.Integer(), nullable=False, comment="Batch that brought the row"),
        sa.Column(
            "source_row",
            sa.String(),
            nullable=True,
            comment="Where the row stands in the imported file, as a spreadsheet shows it: sheet and row",
        ),
        sa.Column(
            "as_written",
            sa.String(),
            nullable=True,
            comment="JSON object: column to the text of the cell, wherever that differs from the stored value",
        ),
        sa.Column("remark", sa.String(), nullable=True, comment="What a reader of the value should know"),
        sa.Column("sample_id", sa.Integer(), nullable=False, comment="Sample"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Place in the order of steps, from 1"),
        sa.Column("operation", sa.String(), nullable=False, comment="What was done"),
        sa.Column("operation_text", sa.String(), nullable=True, comment="The source's words for it"),
        sa.Column("temperature_c", sa.Float(), nullable=True, comment="Temperature of the step"),
        sa.Column("duration_h", sa.Float(), nullable=True, comment="Dwell time at that temperature"),
        sa.Column("atmosphere", sa.String(), nullable=True, comment="Atmosphere, as the source names it"),
        sa.Column("pressure_mpa", sa.Float(), nullable=True, comment="Mechanical or gas pressure"),
        sa.CheckConstraint(
            "operation IN ('mixing', 'milling', 'drying', 'calcination', 'pressing', 'tape_casting', 'sintering', 'hot_pressing', 'spark_plasma_sintering', 'cold_sintering', 'melting', 'quenching', 'crystallisation', 'annealing', 'ageing', 'deposition', 'other')",
            name=op.f("ck_processing_steps_operation_vocabulary"),
        ),
        sa.CheckConstraint("duration_h >= 0 AND duration_h <= 1000", name=op.f("ck_processing_steps_duration_h_range")),
        sa.CheckConstraint("position >= 1 AND position <= 100", name=op.f("ck_processing_steps_position_range")),
        sa.CheckConstraint(
            "pressure_mpa >= 0 AND pressure_mpa <= 100000.0", name=op.f("ck_processing_steps_pressure_mpa_range")
        ),
        sa.CheckConstraint(
            "temperature_c >= 0 AND temperature_c <= 2500", name=op.f("ck_processing_steps_temperature_c_range")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_processing_steps_batch_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["samples.id"], name=op.f("fk_processing_steps_sample_id_samples"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processing_steps")),
        sa.UniqueConstraint("sample_id", "position", name=op.f("uq_processing_steps_sample_id_position")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_processing_steps_batch_id"), "processing_steps", ["batch_id"], unique=False)
    op.create_table(
        "structural_records",
        sa.Column("id", sa.Integer(), nullable=False, comment="Surrogate key"),
        sa.Column("batch_id", sa.Integer(), nullable=False, comment="Batch that brought the row"),
        sa.Column(
            "source_row",
            sa.String(),
            nullable=True,
            comment="Where the row stands in the imported file, as a spreadsheet shows it: sheet and row",
        ),
        sa.Column(
            "as_written",
            sa.String(),
            nullable=True,
            comment="JSON object: column to the text of the cell, wherever that differs from the stored value",
        ),
        sa.Column("remark", sa.String(), nullable=True, comment="What a reader of the value should know"),
        sa.Column(
            "record_key",
            sa.String(),
            nullable=False,
            comment="File hash and label of a file, source and label of a sheet row: what records are compared by",
        ),
        sa.Column(
            "label",
            sa.String(),
            nullable=False,
            comment="Name of the record: file name without suffix, or the sheet's label",
        ),
        sa.Column("composition_id", sa.Integer(), nullable=True, comment="Composition of the structure"),
        sa.Column("sample_id", sa.Integer(), nullable=True, comment="Sample that the structure was determined on"),
        sa.Column("publication_id", sa.Integer(), nullable=True, comment="Publication that reports the structure"),
        sa.Column(
            "awaits_doi",
            sa.String(),
            nullable=True,
            comment="DOI of a sample that is not here yet; the record links when it comes",
        ),
        sa.Column("awaits_sample_label", sa.String(), nullable=True, comment="Label of that sample"),
        sa.Column(
            "match",
            sa.String(),
            nullable=False,
            comment="Whether it is of the very composition or of a neighbouring one",
        ),
        sa.Column("space_group_symbol", sa.String(), nullable=True, comment="Space group, Hermann–Mauguin"),
        sa.Column("space_group_number", sa.Integer(), nullable=True, comment="Space group number"),
        sa.Column("a_angstrom", sa.Float(), nullable=True, comment="Cell edge a"),
        sa.Column("b_angstrom", sa.Float(), nullable=True, comment="Cell edge b"),
        sa.Column("c_angstrom", sa.Float(), nullable=True, comment="Cell edge c"),
        sa.Column("alpha_degree", sa.Float(), nullable=True, comment="Cell angle α"),
        sa.Column("beta_degree", sa.Float(), nullable=True, comment="Cell angle β"),
        sa.Column("gamma_degree", sa.Float(), nullable=True, comment="Cell angle γ"),
        sa.Column(
            "formula_units",
            sa.Float(),
            nullable=True,
            comment="Z: formula units, as the sample's source writes the formula, per cell",
        ),
        sa.Column("temperature_c", sa.Float(), nullable=True, comment="Temperature of the structure determination"),
        sa.Column("temperature_basis", sa.String(), nullable=False, comment="How the source gives that temperature"),
        sa.Column("density_g_per_cm3", sa.Float(), nullable=True, comment="Ideal density from cell and content"),
        sa.Column("unit_cell_volume_angstrom3", sa.Float(), nullable=True, comment="Volume of the whole cell"),
        sa.Column("cell_volume_angstrom3", sa.Float(), nullable=True, comment="Volume per formula unit"),
        sa.Column(
            "li_neighbor_distance_angstrom",
            sa.Float(),
            nullable=True,
            comment="Mean distance from Li to its neighbouring anions",
        ),
        sa.Column("li_site_occupancy", sa.Float(), nullable=True, comment="Li atoms per Li position"),
        sa.Column(
            "li_coordination_number", sa.Float(), nullable=True, comment="Anions around Li, mean over the Li content"
        ),
        sa.Column("coordinates_basis", sa.String(), nullable=False, comment="What the coordinates are worth"),
        sa.Column("source_citation", sa.String(), nullable=True, comment="Where the structure was published"),
        sa.Column("source_url", sa.String(), nullable=True, comment="Address of what was read"),
        sa.Column("source_location", sa.String(), nullable=True, comment="Place in the source"),
        sa.Column(
            "icsd_number",
            sa.String(),
            nullable=True,
            comment="Collection code in the Inorganic Crystal Structure Database",
        ),
        sa.Column("cod_number", sa.String(), nullable=True, comment="Number in the Crystallography Open Database"),
        sa.Column("cif_text", sa.String(), nullable=True, comment="The structure file itself, as CIF"),
        sa.Column("file_name", sa.String(), nullable=True, comment="Name of the structure file"),
        sa.Column(
            "file_sha256", sa.String(), nullable=True, comment="SHA-256 of the structure file's bytes, hexadecimal"
        ),
        sa.CheckConstraint(
            "coordinates_basis = 'exact' OR (li_neighbor_distance_angstrom IS NULL AND li_coordination_number IS NULL)",
            name=op.f("ck_structural_records_distance_needs_exact_coordinates"),
        ),
        sa.CheckConstraint(
            "coordinates_basis IN ('exact', 'perturbed', 'unknown')",
            name=op.f("ck_structural_records_coordinates_basis_vocabulary"),
        ),
        sa.CheckConstraint("match IN ('exact', 'close')", name=op.f("ck_structural_records_match_vocabulary")),
        sa.CheckConstraint(
            "temperature_basis IN ('stated', 'room_temperature', 'not_stated')",
            name=op.f("ck_structural_records_temperature_basis_vocabulary"),
        ),
        sa.CheckConstraint(
            "a_angstrom >= 1 AND a_angstrom <= 200", name=op.f("ck_structural_records_a_angstrom_range")
        ),
        sa.CheckConstraint(
            "alpha_degree >= 10 AND alpha_degree <= 170", name=op.f("ck_structural_records_alpha_degree_range")
        ),
        sa.CheckConstraint(
            "b_angstrom >= 1 AND b_angstrom <= 200", name=op.f("ck_structural_records_b_angstrom_range")
        ),
        sa.CheckConstraint(
            "beta_degree >= 10 AND beta_degree <= 170", name=op.f("ck_structural_records_beta_degree_range")
        ),
        sa.CheckConstraint(
            "c_angstrom >= 1 AND c_angstrom <= 200", name=op.f("ck_structural_records_c_angstrom_range")
        ),
        sa.CheckConstraint(
            "cell_volume_angstrom3 >= 1 AND cell_volume_angstrom3 <= 100000.0",
            name=op.f("ck_structural_records_cell_volume_angstrom3_range"),
        ),
        sa.CheckConstraint(
            "density_g_per_cm3 >= 0.1 AND density_g_per_cm3 <= 25",
            name=op.f("ck_structural_records_density_g_per_cm3_range"),
        ),
        sa.CheckConstraint(
            "formula_units >= 0.01 AND formula_units <= 1000", name=op.f("ck_structural_records_formula_units_range")
        ),
        sa.CheckConstraint(
            "formula_units IS NOT NULL OR cell_volume_angstrom3 IS NULL OR unit_cell_volume_angstrom3 IS NULL",
            name=op.f("ck_structural_records_volume_per_formula_unit_needs_z"),
        ),
        sa.CheckConstraint(
            "gamma_degree >= 10 AND gamma_degree <= 170", name=op.f("ck_structural_records_gamma_degree_range")
        ),
        sa.CheckConstraint(
            "li_coordination_number >= 0 AND li_coordination_number <= 24",
            name=op.f("ck_structural_records_li_coordination_number_range"),
        ),
        sa.CheckConstraint(
            "li_neighbor_distance_angstrom >= 1 AND li_neighbor_distance_angstrom <= 5",
            name=op.f("ck_structural_records_li_neighbor_distance_angstrom_range"),
        ),
        sa.CheckConstraint(
            "li_site_occupancy >= 0 AND li_site_occupancy <= 1",
            name=op.f("ck_structural_records_li_site_occupancy_range"),
        ),
        sa.CheckConstraint(
            "space_group_number >= 1 AND space_group_number <= 230",
            name=op.f("ck_structural_records_space_group_number_range"),
        ),
        sa.CheckConstraint(
            "temperature_c >= -273.15 AND temperature_c <= 1500", name=op.f("ck_structural_records_temperature_c_range")
        ),
        sa.CheckConstraint(
            "unit_cell_volume_angstrom3 >= 1 AND unit_cell_volume_angstrom3 <= 1000000.0",
            name=op.f("ck_structural_records_unit_cell_volume_angstrom3_range"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_structural_records_batch_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["composition_id"],
            ["compositions.id"],
            name=op.f("fk_structural_records_composition_id_compositions"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name=op.f("fk_structural_records_publication_id_publications"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["samples.id"], name=op.f("fk_structural_records_sample_id_samples"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_structural_records")),
        sa.UniqueConstraint("record_key", name=op.f("uq_structural_records_record_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_structural_records_batch_id"), "structural_records", ["batch_id"], unique=False)
    op.create_index(
        op.f("ix_structural_records_composition_id"), "structural_records", ["composition_id"], unique=False
    )
    op.create_index(op.f("ix_structural_records_file_sha256"), "structural_records", ["file_sha256"], unique=False)
    op.create_index(
        op.f("ix_structural_records_publication_id"), "structural_records", ["publication_id"], unique=False
    )
    op.create_index(op.f("ix_structural_records_sample_id"), "structural_records", ["sample_id"], unique=False)
    op.bulk_insert(sa.table("elements", *map(sa.column, ELEMENT_COLUMNS)), read_elements())
    install_frozen("0001")


def downgrade() -> None:
    install_frozen(None)
    op.drop_index(op.f("ix_structural_records_sample_id"), table_name="structural_records")
    op.drop_index(op.f("ix_structural_records_publication_id"), table_name="structural_records")
    op.drop_index(op.f("ix_structural_records_file_sha256"), table_name="structural_records")
    op.drop_index(op.f("ix_structural_records_composition_id"), table_name="structural_records")
    op.drop_index(op.f("ix_structural_records_batch_id"), table_name="structural_records")
    op.drop_table("structural_records")
    op.drop_index(op.f("ix_processing_steps_batch_id"), table_name="processing_steps")
    op.drop_table("processing_steps")
    op.drop_index(
        "uq_impedance_measurements_natural_key_without_temperature",
        table_name="impedance_measurements",
        sqlite_where=sa.text("temperature_c IS NULL"),
        postgresql_where=sa.text("temperature_c IS NULL"),
    )
    op.drop_index(
        "uq_impedance_measurements_natural_key",
        table_name="impedance_measurements",
        sqlite_where=sa.text("temperature_c IS NOT NULL"),
        postgresql_where=sa.text("temperature_c IS NOT NULL"),
    )
    op.drop_index(op.f("ix_impedance_measurements_batch_id"), table_name="impedance_measurements")
    op.drop_table("impedance_measurements")
    op.drop_index(op.f("ix_activation_energies_batch_id"), table_name="activation_energies")
    op.drop_table("activation_energies")
    op.drop_index(op.f("ix_samples_structure_class"), table_name="samples")
    op.drop_index(op.f("ix_samples_composition_id"), table_name="samples")
    op.drop_index(op.f("ix_samples_batch_id"), table_name="samples")
    op.drop_table("samples")
    op.drop_index(op.f("ix_composition_elements_element"), table_name="composition_elements")
    op.drop_index(op.f("ix_composition_elements_batch_id"), table_name="composition_elements")
    op.drop_table("composition_elements")
    op.drop_index(
        "uq_publications_title_without_doi_and_year",
        table_name="publications",
        sqlite_where=sa.text("doi IS NULL AND year IS NULL"),
        postgresql_where=sa.text("doi IS NULL AND year IS NULL"),
    )
    op.drop_index(
        "uq_publications_title_without_doi",
        table_name="publications",
        sqlite_where=sa.text("doi IS NULL AND year IS NOT NULL"),
        postgresql_where=sa.text("doi IS NULL AND year IS NOT NULL"),
    )
    op.drop_index(op.f("ix_publications_title_key"), table_name="publications")
    op.drop_index(op.f("ix_publications_review_state"), table_name="publications")
    op.drop_index(op.f("ix_publications_batch_id"), table_name="publications")
    op.drop_table("publications")
    op.drop_table("current_batch")
    op.drop_index(op.f("ix_compositions_reduced_formula"), table_name="compositions")
    op.drop_index(op.f("ix_compositions_batch_id"), table_name="compositions")
    op.drop_table("compositions")
    op.drop_index(op.f("ix_change_log_table_name"), table_name="change_log")
    op.drop_index(op.f("ix_change_log_row_id"), table_name="change_log")
    op.drop_index(op.f("ix_change_log_batch_id"), table_name="change_log")
    op.drop_table("change_log")
    op.drop_table("import_batches")
    op.drop_table("elements")


ELEMENT_COLUMNS = (
    "symbol", "atomic_number", "atomic_mass_u", "atomic_mass_source", "electronegativity_pauling",
    "electronegativity_source", "polarizability_au", "polarizability_uncertainty_au", "polarizability_source",
)  # fmt: skip


def read_elements() -> list[dict[str, object]]:
    """Rows of `elements`; an empty cell is NULL, and so is its source."""
    with (migrations_folder() / "reference" / "elements.csv").open(encoding="utf-8", newline="") as stream:
        return [read_element(row) for row in csv.DictReader(stream)]


def read_element(row: dict[str, str]) -> dict[str, object]:
    numbers = {name: float(text) if text else None for name, text in row.items() if name != "symbol"}
    return {
        "symbol": row["symbol"],
        **numbers,
        "atomic_number": int(row["atomic_number"]),
        "atomic_mass_source": MASS_SOURCE,
        "electronegativity_source": ELECTRONEGATIVITY_SOURCE if row["electronegativity_pauling"] else None,
        "polarizability_source": POLARIZABILITY_SOURCE if row["polarizability_au"] else None,
    }
