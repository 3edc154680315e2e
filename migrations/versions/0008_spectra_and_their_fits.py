"""Impedance spectra and the circuits fitted to them.

Revision: 0008
"""

import sqlalchemy as sa
from alembic import op

from sse_db.database.revisions import install_frozen

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "impedance_spectra",
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
            "spectrum_key",
            sa.String(),
            nullable=False,
            comment="File hash and place in the file: what spectra are compared by, so that no file comes in twice",
        ),
        sa.Column("sample_id", sa.Integer(), nullable=False, comment="Sample"),
        sa.Column(
            "label",
            sa.String(),
            nullable=False,
            comment="Name of the spectrum: file name without suffix, with the sheet or section if there are several",
        ),
        sa.Column("instrument", sa.String(), nullable=True, comment="Program or instrument that wrote the file"),
        sa.Column("measured_at", sa.String(), nullable=True, comment="When it was measured, as the file says"),
        sa.Column("temperature_c", sa.Float(), nullable=True, comment="Measuring temperature"),
        sa.Column(
            "temperature_basis", sa.String(), nullable=False, comment="How file, name or person gives the temperature"
        ),
        sa.Column("pellet_diameter_mm", sa.Float(), nullable=True, comment="Diameter of the measured pellet"),
        sa.Column("pellet_thickness_mm", sa.Float(), nullable=True, comment="Thickness of the measured pellet"),
        sa.Column("point_count", sa.Integer(), nullable=False, comment="Number of points"),
        sa.Column("lowest_frequency_hz", sa.Float(), nullable=False, comment="Lowest frequency"),
        sa.Column("highest_frequency_hz", sa.Float(), nullable=False, comment="Highest frequency"),
        sa.Column(
            "points",
            sa.String(),
            nullable=False,
            comment="JSON object of three lists in the order of the file: frequency_hz, z_real_ohm, z_imaginary_ohm (negative where capacitive)",
        ),
        sa.Column(
            "reading",
            sa.String(),
            nullable=True,
            comment="JSON array: what was doubtful in the reading, such as a sign that nobody states",
        ),
        sa.Column("file_name", sa.String(), nullable=False, comment="Name of the file"),
        sa.Column("file_sha256", sa.String(), nullable=False, comment="SHA-256 of the file's bytes, hexadecimal"),
        sa.CheckConstraint(
            "temperature_basis IN ('stated', 'room_temperature', 'not_stated')",
            name=op.f("ck_impedance_spectra_temperature_basis_vocabulary"),
        ),
        sa.CheckConstraint(
            "highest_frequency_hz >= 1e-09 AND highest_frequency_hz <= 10000000000000.0",
            name=op.f("ck_impedance_spectra_highest_frequency_hz_range"),
        ),
        sa.CheckConstraint(
            "lowest_frequency_hz >= 1e-09 AND lowest_frequency_hz <= 10000000000000.0",
            name=op.f("ck_impedance_spectra_lowest_frequency_hz_range"),
        ),
        sa.CheckConstraint(
            "pellet_diameter_mm >= 0.1 AND pellet_diameter_mm <= 200",
            name=op.f("ck_impedance_spectra_pellet_diameter_mm_range"),
        ),
        sa.CheckConstraint(
            "pellet_thickness_mm >= 0.001 AND pellet_thickness_mm <= 200",
            name=op.f("ck_impedance_spectra_pellet_thickness_mm_range"),
        ),
        sa.CheckConstraint(
            "point_count >= 10 AND point_count <= 100000", name=op.f("ck_impedance_spectra_point_count_range")
        ),
        sa.CheckConstraint(
            "temperature_c >= -273.15 AND temperature_c <= 1500", name=op.f("ck_impedance_spectra_temperature_c_range")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_impedance_spectra_batch_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["samples.id"], name=op.f("fk_impedance_spectra_sample_id_samples"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impedance_spectra")),
        sa.UniqueConstraint("sample_id", "spectrum_key", name=op.f("uq_impedance_spectra_sample_id_spectrum_key")),
        sa.UniqueConstraint("spectrum_key", name=op.f("uq_impedance_spectra_spectrum_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_impedance_spectra_batch_id"), "impedance_spectra", ["batch_id"], unique=False)
    op.create_index(op.f("ix_impedance_spectra_file_sha256"), "impedance_spectra", ["file_sha256"], unique=False)
    op.create_table(
        "spectrum_fits",
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
            "fit_key",
            sa.String(),
            nullable=False,
            comment="Circuit, weighting and points left out: what fits of a spectrum are compared by",
        ),
        sa.Column("spectrum_id", sa.Integer(), nullable=False, comment="Spectrum"),
        sa.Column(
            "circuit",
            sa.String(),
            nullable=False,
            comment="Circuit from high to low frequency, such as (R1|Q1)-(R2|Q2)-Q3",
        ),
        sa.Column("circuit_basis", sa.String(), nullable=False, comment="Who chose the circuit"),
        sa.Column("weighting", sa.String(), nullable=False, comment="Weight of the residuals"),
        sa.Column(
            "left_out",
            sa.String(),
            nullable=True,
            comment="JSON array of frequencies in Hz whose points were left out on request",
        ),
        sa.Column(
            "parameters",
            sa.String(),
            nullable=False,
            comment="JSON object: parameter to value, standard_error, low and high (95 %), its unit at the end of the name",
        ),
        sa.Column(
            "correlations",
            sa.String(),
            nullable=True,
            comment="JSON object of the parameters searched for and their correlation matrix",
        ),
        sa.Column(
            "arcs",
            sa.String(),
            nullable=False,
            comment="JSON array: contribution of each arc, from high to low frequency, why, and what is doubtful",
        ),
        sa.Column(
            "doubts",
            sa.String(),
            nullable=True,
            comment="JSON array: what the fit cannot tell or should not be trusted for",
        ),
        sa.Column("misfit_percent", sa.Float(), nullable=False, comment="Root mean square of the relative residuals"),
        sa.Column(
            "kramers_kronig_percent",
            sa.Float(),
            nullable=True,
            comment="Root mean square of the residuals of the Kramers–Kronig check",
        ),
        sa.Column("points_failing", sa.Integer(), nullable=True, comment="Points that fail the Kramers–Kronig check"),
        sa.Column("information_criterion", sa.Float(), nullable=True, comment="Bayesian information criterion"),
        sa.Column("accepted_by", sa.String(), nullable=True, comment="Who accepted the fit"),
        sa.Column("software_version", sa.String(), nullable=False, comment="Version of sse-db that fitted it"),
        sa.Column("bulk_measurement_id", sa.Integer(), nullable=True, comment="Bulk conductivity that the fit gave"),
        sa.Column(
            "grain_boundary_measurement_id",
            sa.Integer(),
            nullable=True,
            comment="Grain-boundary conductivity that the fit gave",
        ),
        sa.Column("total_measurement_id", sa.Integer(), nullable=True, comment="Total conductivity that the fit gave"),
        sa.Column(
            "grain_boundary_conductivity_s_per_cm2",
            sa.Float(),
            nullable=True,
            comment="Grain-boundary conductivity per area h_gb from the grain size",
        ),
        sa.Column(
            "brick_layer_conductivity_s_per_cm",
            sa.Float(),
            nullable=True,
            comment="Estimate of the specific grain-boundary conductivity from resistances and capacitances (brick layer)",
        ),
        sa.CheckConstraint(
            "circuit_basis IN ('program', 'person')", name=op.f("ck_spectrum_fits_circuit_basis_vocabulary")
        ),
        sa.CheckConstraint("weighting IN ('modulus', 'unit')", name=op.f("ck_spectrum_fits_weighting_vocabulary")),
        sa.CheckConstraint(
            "brick_layer_conductivity_s_per_cm >= 1e-24 AND brick_layer_conductivity_s_per_cm <= 100.0",
            name=op.f("ck_spectrum_fits_brick_layer_conductivity_s_per_cm_range"),
        ),
        sa.CheckConstraint(
            "grain_boundary_conductivity_s_per_cm2 >= 1e-18 AND grain_boundary_conductivity_s_per_cm2 <= 1000000000000.0",
            name=op.f("ck_spectrum_fits_grain_boundary_conductivity_s_per_cm2_range"),
        ),
        sa.CheckConstraint(
            "kramers_kronig_percent >= 0 AND kramers_kronig_percent <= 10000.0",
            name=op.f("ck_spectrum_fits_kramers_kronig_percent_range"),
        ),
        sa.CheckConstraint(
            "misfit_percent >= 0 AND misfit_percent <= 10000.0", name=op.f("ck_spectrum_fits_misfit_percent_range")
        ),
        sa.CheckConstraint(
            "points_failing >= 0 AND points_failing <= 100000", name=op.f("ck_spectrum_fits_points_failing_range")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_spectrum_fits_batch_id_import_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["bulk_measurement_id"],
            ["impedance_measurements.id"],
            name=op.f("fk_spectrum_fits_bulk_measurement_id_impedance_measurements"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["grain_boundary_measurement_id"],
            ["impedance_measurements.id"],
            name=op.f("fk_spectrum_fits_grain_boundary_measurement_id_impedance_measurements"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["spectrum_id"],
            ["impedance_spectra.id"],
            name=op.f("fk_spectrum_fits_spectrum_id_impedance_spectra"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["total_measurement_id"],
            ["impedance_measurements.id"],
            name=op.f("fk_spectrum_fits_total_measurement_id_impedance_measurements"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spectrum_fits")),
        sa.UniqueConstraint("spectrum_id", "fit_key", name=op.f("uq_spectrum_fits_spectrum_id_fit_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_spectrum_fits_batch_id"), "spectrum_fits", ["batch_id"], unique=False)
    op.create_index(
        op.f("ix_spectrum_fits_bulk_measurement_id"), "spectrum_fits", ["bulk_measurement_id"], unique=False
    )
    op.create_index(
        op.f("ix_spectrum_fits_grain_boundary_measurement_id"),
        "spectrum_fits",
        ["grain_boundary_measurement_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_spectrum_fits_total_measurement_id"), "spectrum_fits", ["total_measurement_id"], unique=False
    )
    install_frozen("0008")


def downgrade() -> None:
    op.drop_table("spectrum_fits")
    op.drop_table("impedance_spectra")
    install_frozen("0007")
