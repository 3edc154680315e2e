"""The names that saved SQL, scripts and notebooks rely on."""

import pytest
import sqlalchemy as sa
from support.engines import opened

TABLES = {
    "publications": "id doi title first_author journal year kind review_state",
    "samples": (
        "id publication_id composition_id label structure_class structure_type phase_type additive_present additive_formula "
        "additive_wt_percent synthesis_method synthesis_method_text pellet_diameter_mm pellet_thickness_mm grain_size_um grain_size_relation "
        "grain_size_basis relative_density_percent relative_density_relation"
    ),
    "compositions": "id formula reduced_formula",
    "composition_elements": "composition_id element amount",
    "processing_steps": "id sample_id position operation temperature_c duration_h atmosphere pressure_mpa",
    "impedance_measurements": (
        "id sample_id contribution contribution_basis temperature_c temperature_basis replicate_label conductivity_s_per_cm "
        "relation uncertainty_s_per_cm value_basis source_location"
    ),
    "structural_records": (
        "id composition_id sample_id match space_group_symbol space_group_number a_angstrom b_angstrom c_angstrom alpha_degree "
        "beta_degree gamma_degree formula_units temperature_c density_g_per_cm3 cell_volume_angstrom3 "
        "li_neighbor_distance_angstrom li_site_occupancy li_coordination_number coordinates_basis cif_text file_sha256"
    ),
    "impedance_spectra": (
        "id sample_id label instrument temperature_c temperature_basis pellet_diameter_mm pellet_thickness_mm point_count "
        "lowest_frequency_hz highest_frequency_hz points file_name file_sha256"
    ),
    "spectrum_fits": (
        "id spectrum_id circuit weighting parameters correlations arcs doubts misfit_percent accepted_by software_version "
        "bulk_measurement_id grain_boundary_measurement_id total_measurement_id"
    ),
    "elements": "symbol atomic_number atomic_mass_u electronegativity_pauling polarizability_au",
    "import_batches": "id file_name file_sha256 curator created_at code_version",
    "change_log": "table_name row_id action before after batch_id changed_at",
}
VIEWS = {
    "room_temperature_conductivity": "sample_id bulk_conductivity_s_per_cm grain_boundary_conductivity_s_per_cm total_conductivity_s_per_cm",
    "single_grain_conductivity": "sample_id bulk_conductivity_s_per_cm grain_boundary_conductance_s_per_cm2",
    "descriptors": (
        "additive_present additive_wt_percent sintering_temperature_c sintering_time_h pellet_diameter_mm method_code grain_size_um "
        "phase_code li_ratio li_site_occupancy electronegativity polarizability atomic_number li_neighbor_distance_angstrom "
        "li_coordination_number density_g_per_cm3 cell_volume_angstrom3"
    ),
    "training_bulk": "sample_id publication_id formula structure_class",
    "training_grain_boundary": "sample_id publication_id formula structure_class",
    "training_grain_boundary_observed": "sample_id publication_id formula structure_class",
    "training_total": "sample_id publication_id formula structure_class",
    "training_limits": "sample_id publication_id relation target",
}


@pytest.fixture
def seed(seed_url):
    """A connection to the seed, whose changes are taken back."""
    with opened(seed_url) as engine, engine.connect() as connection:
        yield connection
        connection.rollback()


@pytest.mark.parametrize("name", {**TABLES, **VIEWS})
def test_columns_that_saved_sql_relies_on_are_there(seed, name):
    wanted = {**TABLES, **VIEWS}[name].split()
    found = seed.exec_driver_sql(f"SELECT * FROM {name} LIMIT 0").mappings().keys()
    assert set(wanted) <= set(found)


def test_every_element_property_names_its_source(seed):
    unnamed = seed.exec_driver_sql(
        "SELECT count(*) FROM elements WHERE atomic_mass_source IS NULL "
        "OR (electronegativity_pauling IS NOT NULL AND electronegativity_source IS NULL) "
        "OR (polarizability_au IS NOT NULL AND polarizability_source IS NULL)"
    )
    assert unnamed.scalar() == 0


LIMITS = {
    "conductivity 1e-18 to 100 S/cm": ("impedance_measurements", "conductivity_s_per_cm", 1e-18, 1e2),
    "temperature -273.15 to 1500 °C": ("impedance_measurements", "temperature_c", -273.15, 1500),
    "sintering 0 to 2500 °C": ("processing_steps", "temperature_c", 0, 2500),
    "sintering 0 to 1000 h": ("processing_steps", "duration_h", 0, 1000),
    "relative density 0 to 100 %": ("samples", "relative_density_percent", 0, 100),
    "grain size 1e-4 to 1e4 µm": ("samples", "grain_size_um", 1e-4, 1e4),
    "pellet diameter 0.1 to 200 mm": ("samples", "pellet_diameter_mm", 0.1, 200),
    "pellet thickness 0.1 to 200 mm": ("samples", "pellet_thickness_mm", 0.1, 200),
    "additive 0 to 100 wt%": ("samples", "additive_wt_percent", 0, 100),
    "activation energy 0 to 3 eV": ("activation_energies", "activation_energy_ev", 0, 3),
}


@pytest.mark.parametrize(("table", "column", "low", "high"), LIMITS.values(), ids=LIMITS.keys())
def test_the_database_enforces(seed, table, column, low, high):
    where = f"WHERE id = (SELECT min(id) FROM {table})"
    if table == "samples" and column == "additive_wt_percent":
        where = "WHERE additive_present = 1"
    if column == "temperature_c" and table == "impedance_measurements":
        where = "WHERE temperature_basis = 'stated' AND id = (SELECT min(id) FROM impedance_measurements WHERE temperature_basis = 'stated')"
    update = sa.text(f"UPDATE {table} SET {column} = :value {where}")
    for value in (low, high):
        seed.execute(update, {"value": value})
    for value in (low - max(abs(low) * 0.01, 1e-19), high * 1.01):
        with pytest.raises(sa.exc.IntegrityError, match=f"{column}_range"), seed.begin_nested():
            seed.execute(update, {"value": value})


UNIQUE = {
    "a DOI is one publication": "INSERT INTO publications (doi, kind, review_state, batch_id) SELECT doi, kind, review_state, batch_id FROM publications WHERE doi IS NOT NULL LIMIT 1",
    "title and year are one publication without DOI": "INSERT INTO publications (title, title_key, year, kind, review_state, batch_id) SELECT title, title_key, year, kind, review_state, batch_id FROM publications WHERE doi IS NULL LIMIT 1",
    "publication and label are one sample": "INSERT INTO samples (publication_id, label, batch_id) SELECT publication_id, label, batch_id FROM samples LIMIT 1",
    "atomic fractions are one composition": "INSERT INTO compositions (formula, reduced_formula, fingerprint, batch_id) SELECT formula, reduced_formula, fingerprint, batch_id FROM compositions LIMIT 1",
    "a missing temperature equals a missing one": (
        "INSERT INTO impedance_measurements (sample_id, contribution, contribution_basis, temperature_c, temperature_basis, replicate_label, "
        "conductivity_s_per_cm, relation, value_basis, batch_id) SELECT sample_id, contribution, contribution_basis, temperature_c, "
        "temperature_basis, replicate_label, 1e-3, relation, value_basis, batch_id FROM impedance_measurements WHERE temperature_c IS NULL LIMIT 1"
    ),
}


@pytest.mark.parametrize("sql", UNIQUE.values(), ids=UNIQUE.keys())
def test_natural_keys_are_kept_by_the_database(seed, sql):
    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)unique"):
        seed.exec_driver_sql(sql)
