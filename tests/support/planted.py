"""For every audit a row that it must find: how to choose a clean row of the seed, and how to spoil it.

``choose`` selects one row whose first column is the id that the audit must name; its columns fill the ``spoil``
script. ``first`` is run before, where the seed itself is not clean.
"""

from dataclasses import dataclass

from sse_db.views import create_statements

SERIES = """SELECT id AS id, sample_id, contribution, replicate_label, temperature_c, n FROM (
    SELECT *, row_number() OVER (PARTITION BY sample_id, contribution, replicate_label ORDER BY temperature_c DESC) AS place,
        count(*) OVER (PARTITION BY sample_id, contribution, replicate_label) AS n
    FROM impedance_measurements WHERE relation = '=' AND temperature_basis = 'stated'
) WHERE place = 1"""
NEAR = """SELECT m.id AS id, s.publication_id, s.composition_id, m.contribution, log10(m.conductivity_s_per_cm) AS decade
    FROM impedance_measurements AS m INNER JOIN samples AS s ON s.id = m.sample_id
    WHERE m.temperature_c BETWEEN 24 AND 30 AND m.relation = '='"""
ANY_MEASUREMENT = "SELECT min(id) AS id FROM impedance_measurements WHERE temperature_c > 0 AND relation = '='"
ANY_SAMPLE = "SELECT min(id) AS id FROM samples WHERE relative_density_percent > 60"
ANY_STRUCTURE = "SELECT min(id) AS id FROM structural_records WHERE cif_text IS NOT NULL AND cell_volume_angstrom3 > 0"
ALL_REVIEWED = (
    "UPDATE publications SET review_state = 'reviewed', reviewed_by = 'A. Reader', "
    "reviewed_at = (SELECT max(changed_at) FROM change_log)"
)


@dataclass(frozen=True)
class Planted:
    """A row to be found by an audit."""

    table: str
    choose: str
    spoil: str
    first: str = ""


def broken_view(name, right, wrong):
    """A script that replaces a view by one with a mistake in it."""
    statement = create_statements()[name]
    assert right in statement
    return f"DROP VIEW {name}; {statement.replace(right, wrong, 1)};"


SCHEMA = {
    "checks_violated": Planted(
        "impedance_measurements",
        ANY_MEASUREMENT,
        "UPDATE impedance_measurements SET conductivity_s_per_cm = 1e9 WHERE id = {id}",
    ),
    "references_dangle": Planted(
        "impedance_measurements",
        ANY_MEASUREMENT,
        "UPDATE impedance_measurements SET sample_id = 99999 WHERE id = {id}",
    ),
    "as_written_unreadable": Planted("samples", ANY_SAMPLE, "UPDATE samples SET as_written = '{{' WHERE id = {id}"),
    "batch_unfinished": Planted(
        "import_batches",
        "SELECT min(id) AS id FROM import_batches",
        "INSERT INTO current_batch (batch_id) VALUES ({id})",
    ),
    "compositions_without_elements": Planted(
        "compositions",
        "SELECT min(id) AS id FROM compositions",
        "DELETE FROM composition_elements WHERE composition_id = {id}",
    ),
    "li_ratio_impossible": Planted(
        "compositions",
        "SELECT min(composition_id) AS id FROM composition_elements WHERE element = 'Li'",
        "UPDATE composition_elements SET amount = -50 WHERE element = 'Li' AND composition_id = {id}",
    ),
    "composition_unused": Planted(
        "compositions",
        "SELECT composition_id AS id FROM samples GROUP BY composition_id HAVING count(*) = 1 AND composition_id NOT IN "
        "(SELECT composition_id FROM structural_records WHERE composition_id IS NOT NULL) LIMIT 1",
        "UPDATE samples SET composition_id = NULL WHERE composition_id = {id}",
    ),
    "structure_waits_for_sample": Planted(
        "structural_records",
        ANY_STRUCTURE,
        "UPDATE structural_records SET awaits_doi = '10.1/x', sample_id = NULL WHERE id = {id}",
    ),
    "room_temperature_sample_missing": Planted(
        "samples",
        "SELECT min(sample_id) AS id FROM room_temperature_conductivity",
        broken_view("room_temperature_conductivity", "WHERE coalesce", "WHERE sample_id <> {id} AND coalesce"),
    ),
    "room_temperature_value_not_in_table": Planted(
        "impedance_measurements",
        "SELECT total_measurement_id AS id, sample_id FROM room_temperature_conductivity WHERE total_measurement_id > 0 "
        "AND coalesce(bulk_basis, '') <> 'derived' AND coalesce(grain_boundary_basis, '') <> 'derived' LIMIT 1",
        broken_view("sample_conductivities", "ELSE d.t END", "ELSE d.t * (1 + (d.sample_id = {sample_id})) END"),
    ),
    "single_grain_against_sample": Planted(
        "samples",
        "SELECT sample_id AS id FROM single_grain_conductivity WHERE grain_boundary_conductance_s_per_cm2 > 0 LIMIT 1",
        broken_view(
            "single_grain_conductivity", "(s.grain_size_um * 1e-4)", "(s.grain_size_um * 1e-4 * (1 + (s.id = {id})))"
        ),
    ),
    "descriptors_against_sample": Planted(
        "samples",
        "SELECT min(id) AS id FROM samples WHERE grain_size_um IS NOT NULL",
        broken_view("descriptors", "THEN s.grain_size_um END", "THEN s.grain_size_um + (s.id = {id}) END"),
    ),
}
PROVENANCE = {
    "remarks": Planted(
        "samples",
        "SELECT min(id) AS id FROM samples WHERE remark IS NULL",
        "UPDATE samples SET remark = 'read from a blurred scan' WHERE id = {id}",
    ),
    "place_in_paper_missing": Planted(
        "impedance_measurements",
        ANY_MEASUREMENT,
        "UPDATE impedance_measurements SET source_location = NULL WHERE id = {id}",
    ),
    "publication_unreviewed": Planted(
        "publications",
        "SELECT min(publication_id) AS id FROM samples",
        "UPDATE publications SET review_state = 'draft' WHERE id = {id}",
        first=ALL_REVIEWED,
    ),
    "publication_without_doi": Planted(
        "publications",
        "SELECT min(id) AS id FROM publications WHERE doi IS NOT NULL AND title IS NOT NULL",
        "UPDATE publications SET doi = NULL WHERE id = {id}",
    ),
    "publication_without_title": Planted(
        "publications",
        "SELECT min(id) AS id FROM publications WHERE doi IS NOT NULL AND title IS NOT NULL",
        "UPDATE publications SET title = NULL WHERE id = {id}",
    ),
    "publication_without_samples": Planted(
        "publications",
        "SELECT max(id) + 1 AS id FROM publications",
        "INSERT INTO publications (id, doi, kind, review_state, batch_id) VALUES ({id}, '10.5555/x', 'article', 'draft', 1)",
    ),
    "reviewed_by_own_curator": Planted(
        "publications",
        "SELECT min(publication_id) AS id FROM samples",
        "UPDATE publications SET reviewed_by = 'Tester' WHERE id = {id}",
        first=ALL_REVIEWED,
    ),
    "attachment_changed": Planted(
        "attachments",
        "SELECT 1 AS id",
        "INSERT INTO attachments (id, batch_id, sample_id, kind, file_name, place, sha256, size_bytes) "
        "SELECT {id}, 1, min(id), 'pdf', 'a.pdf', 'papers/a.pdf', '" + "0" * 64 + "', 1 FROM samples",
    ),
    "reviewed_without_reviewer": Planted(
        "publications",
        "SELECT min(id) AS id FROM publications",
        "UPDATE publications SET review_state = 'reviewed' WHERE id = {id}",
    ),
    "changed_after_review": Planted(
        "impedance_measurements",
        ANY_MEASUREMENT,
        "UPDATE impedance_measurements SET remark = 'read again' WHERE id = {id}",
        first=ALL_REVIEWED,
    ),
    "structure_without_source": Planted(
        "structural_records",
        "SELECT min(id) AS id FROM structural_records "
        "WHERE coalesce(publication_id, source_citation, source_url, icsd_number, cod_number) IS NOT NULL",
        "UPDATE structural_records SET publication_id = NULL, source_citation = NULL, source_url = NULL, "
        "icsd_number = NULL, cod_number = NULL WHERE id = {id}",
    ),
}
PHYSICS = {
    "activation_energy_unlikely": Planted(
        "activation_energies",
        "SELECT min(id) AS id FROM activation_energies WHERE activation_energy_ev BETWEEN 0.1 AND 1.2",
        "UPDATE activation_energies SET activation_energy_ev = 2.9 WHERE id = {id}",
    ),
    "conductivity_unlikely": Planted(
        "impedance_measurements",
        ANY_MEASUREMENT,
        "UPDATE impedance_measurements SET conductivity_s_per_cm = 1e-17 WHERE id = {id}",
    ),
    "conductivity_falls_with_temperature": Planted(
        "impedance_measurements",
        f"{SERIES} AND n >= 2 LIMIT 1",
        "UPDATE impedance_measurements SET conductivity_s_per_cm = 1e-14 WHERE id = {id}",
    ),
    "same_value_two_temperatures": Planted(
        "impedance_measurements",
        f"{SERIES} AND n >= 2 LIMIT 1 OFFSET 1",
        "UPDATE impedance_measurements SET conductivity_s_per_cm = (SELECT o.conductivity_s_per_cm FROM "
        "impedance_measurements AS o WHERE o.sample_id = {sample_id} AND o.contribution = '{contribution}' "
        "AND o.replicate_label = '{replicate_label}' AND o.temperature_c < {temperature_c} AND o.relation = '=' "
        "AND o.temperature_basis = 'stated' ORDER BY o.temperature_c DESC LIMIT 1) WHERE id = {id}",
    ),
    "off_arrhenius": Planted(
        "impedance_measurements",
        f"{SERIES} AND n >= 5 LIMIT 1",
        "UPDATE impedance_measurements SET conductivity_s_per_cm = conductivity_s_per_cm * 30 WHERE id = {id}",
        # eight points on a line, since the seed has no series of five
        first="INSERT INTO impedance_measurements (sample_id, contribution, contribution_basis, temperature_c, "
        "temperature_basis, replicate_label, conductivity_s_per_cm, relation, value_basis, batch_id) "
        "WITH RECURSIVE t (c) AS (SELECT 30.0 UNION ALL SELECT c + 10 FROM t WHERE c < 100) "
        "SELECT (SELECT max(id) FROM samples), 'total', 'stated', c, 'stated', 'line', "
        "pow(10, 3 - 2000 / (c + 273.15)) / (c + 273.15), '=', 'measured', 1 FROM t",
    ),
    "density_unlikely": Planted(
        "structural_records", ANY_STRUCTURE, "UPDATE structural_records SET density_g_per_cm3 = 20 WHERE id = {id}"
    ),
    "factor_of_thousand": Planted(
        "impedance_measurements",
        f"SELECT id FROM (SELECT *, row_number() OVER its AS place, count(*) OVER (PARTITION BY publication_id, contribution) "
        f"AS n FROM ({NEAR}) WINDOW its AS (PARTITION BY publication_id, contribution ORDER BY decade)) "
        "WHERE n >= 5 AND place = (n + 1) / 2 ORDER BY id LIMIT 1",
        "UPDATE impedance_measurements SET conductivity_s_per_cm = conductivity_s_per_cm * 1000 WHERE id = {id}",
    ),
    "far_from_other_papers": Planted(
        "impedance_measurements",
        f"SELECT id FROM (SELECT *, count(*) OVER its AS n, abs(decade - avg(decade) OVER its) AS away FROM ({NEAR}) "
        "WHERE composition_id IS NOT NULL WINDOW its AS (PARTITION BY composition_id, contribution)) ORDER BY n DESC, away "
        "LIMIT 1",
        "UPDATE impedance_measurements SET conductivity_s_per_cm = conductivity_s_per_cm * 1e4 WHERE id = {id}",
    ),
    "grain_boundary_ruled_by_rounding": Planted(
        "samples",
        "SELECT sample_id AS id, bulk_measurement_id, total_conductivity_s_per_cm FROM room_temperature_conductivity "
        "WHERE grain_boundary_rounding_ruled = 0 LIMIT 1",
        "UPDATE impedance_measurements SET conductivity_s_per_cm = {total_conductivity_s_per_cm} / 0.9 "
        "WHERE id = {bulk_measurement_id}",
    ),
    "grain_larger_than_pellet": Planted(
        "samples", ANY_SAMPLE, "UPDATE samples SET grain_size_um = 9000, pellet_thickness_mm = 1 WHERE id = {id}"
    ),
    "heating_in_kelvin": Planted(
        "processing_steps",
        "SELECT min(id) AS id FROM processing_steps WHERE operation = 'sintering' AND temperature_c = 900",
        "UPDATE processing_steps SET temperature_c = 1173 WHERE id = {id}",
    ),
    "heating_too_cold": Planted(
        "processing_steps",
        "SELECT min(id) AS id FROM processing_steps WHERE operation = 'sintering' AND temperature_c = 1100",
        "UPDATE processing_steps SET temperature_c = 1.1 WHERE id = {id}",
    ),
    "measured_in_kelvin": Planted(
        "impedance_measurements",
        "SELECT min(id) AS id FROM impedance_measurements WHERE temperature_c = 25 AND temperature_basis = 'stated'",
        "UPDATE impedance_measurements SET temperature_c = 298.15 WHERE id = {id}",
    ),
    "measured_very_hot": Planted(
        "impedance_measurements",
        "SELECT max(id) AS id FROM impedance_measurements WHERE temperature_c = 25 AND temperature_basis = 'stated'",
        "UPDATE impedance_measurements SET temperature_c = 1100 WHERE id = {id}",
    ),
    "heating_very_hot": Planted(
        "processing_steps",
        "SELECT max(id) AS id FROM processing_steps WHERE operation = 'sintering' AND temperature_c = 900",
        "UPDATE processing_steps SET temperature_c = 1450 WHERE id = {id}",
    ),
    "li_content_of_structure": Planted(
        "structural_records",
        "SELECT min(id) AS id FROM structural_records WHERE sample_id IS NOT NULL AND match = 'exact' "
        "AND composition_id IS NOT NULL",
        "UPDATE structural_records SET composition_id = (SELECT composition_id FROM chemical_descriptors "
        "ORDER BY li_ratio LIMIT 1) WHERE id = {id}",
    ),
    "relative_density_low": Planted(
        "samples", ANY_SAMPLE, "UPDATE samples SET relative_density_percent = 0.9 WHERE id = {id}"
    ),
    "total_against_parts": Planted(
        "impedance_measurements",
        "SELECT max(id) AS id FROM impedance_measurements",
        "UPDATE impedance_measurements SET conductivity_s_per_cm = 4e-6 WHERE id = {id}",
        first="INSERT INTO impedance_measurements (sample_id, contribution, contribution_basis, temperature_c, "
        "temperature_basis, replicate_label, conductivity_s_per_cm, relation, value_basis, batch_id) "
        "SELECT (SELECT max(id) FROM samples), column1, 'stated', 55, 'stated', 'parts', column2, '=', 'measured', 1 "
        "FROM (VALUES ('bulk', 1e-5), ('grain_boundary', 1e-5), ('total', 5e-6))",
    ),
    "part_below_total": Planted(
        "impedance_measurements",
        "SELECT b.id AS id FROM impedance_measurements AS b INNER JOIN impedance_measurements AS t "
        "ON t.sample_id = b.sample_id AND t.temperature_c = b.temperature_c AND t.temperature_basis = b.temperature_basis "
        "AND t.replicate_label = b.replicate_label AND t.contribution = 'total' AND t.relation = '=' "
        "WHERE b.contribution = 'bulk' AND b.relation = '=' LIMIT 1",
        "UPDATE impedance_measurements SET conductivity_s_per_cm = 1e-13 WHERE id = {id}",
    ),
    "uncertainty_exceeds_value": Planted(
        "impedance_measurements",
        ANY_MEASUREMENT,
        "UPDATE impedance_measurements SET uncertainty_s_per_cm = 1 WHERE id = {id}",
    ),
    "volume_per_atom_unlikely": Planted(
        "structural_records", ANY_STRUCTURE, "UPDATE structural_records SET cell_volume_angstrom3 = 1e4 WHERE id = {id}"
    ),
    "charges_unbalanced": Planted(
        "compositions",
        "SELECT id FROM compositions WHERE formula = 'Li7La3Zr2O12'",
        "UPDATE composition_elements SET amount = 13 WHERE composition_id = {id} AND element = 'O'",
    ),
}
COVERAGE = {
    "additive_without_content": Planted(
        "samples",
        "SELECT min(id) AS id FROM samples WHERE additive_present IS NULL",
        "UPDATE samples SET additive_present = 1, additive_formula = 'Li3BO3' WHERE id = {id}",
    ),
    "method_without_code": Planted(
        "samples",
        "SELECT min(id) AS id FROM samples WHERE synthesis_method = 'sol_gel'",
        "UPDATE samples SET synthesis_method = NULL, synthesis_method_text = 'magic' WHERE id = {id}",
    ),
    "sample_without_composition": Planted(
        "samples",
        "SELECT min(id) AS id FROM samples WHERE composition_id IS NOT NULL",
        "UPDATE samples SET composition_id = NULL WHERE id = {id}",
    ),
    "sample_without_measurement": Planted(
        "samples", ANY_SAMPLE, "DELETE FROM impedance_measurements WHERE sample_id = {id}"
    ),
    "temperature_not_stated": Planted(
        "impedance_measurements",
        ANY_MEASUREMENT,
        "UPDATE impedance_measurements SET temperature_c = NULL, temperature_basis = 'not_stated' WHERE id = {id}",
    ),
    "coverage": Planted(
        "publications",
        "SELECT max(id) + 1 AS id FROM publications",
        "INSERT INTO publications (id, doi, kind, review_state, batch_id) VALUES ({id}, '10.5555/x', 'article', 'draft', 1); "
        "INSERT INTO samples (publication_id, label, batch_id) VALUES ({id}, 'bare', 1)",
    ),
}
SAME_PUBLICATION = (
    "SELECT b.id AS id, a.id AS other FROM samples AS a INNER JOIN samples AS b "
    "ON b.publication_id = a.publication_id AND b.composition_id <> a.composition_id AND b.id > a.id "
    "INNER JOIN impedance_measurements AS m ON m.sample_id = a.id GROUP BY a.publication_id HAVING count(*) > 0 LIMIT 1"
)
DUPLICATES = {
    "duplicates": Planted(
        "samples",
        SAME_PUBLICATION,
        "UPDATE samples SET composition_id = (SELECT composition_id FROM samples WHERE id = {other}) WHERE id = {id}; "
        "DELETE FROM impedance_measurements WHERE sample_id = {id}; "
        "INSERT INTO impedance_measurements (sample_id, contribution, contribution_basis, temperature_c, temperature_basis, "
        "replicate_label, conductivity_s_per_cm, relation, value_basis, batch_id) SELECT {id}, contribution, "
        "contribution_basis, temperature_c, temperature_basis, replicate_label, conductivity_s_per_cm, relation, "
        "value_basis, batch_id FROM impedance_measurements WHERE sample_id = {other}",
    ),
    "label_twice": Planted(
        "samples",
        SAME_PUBLICATION,
        "UPDATE samples SET label = (SELECT upper(label) || ' −' FROM samples WHERE id = {other}) WHERE id = {id}",
    ),
    "doi_spelling": Planted(
        "publications",
        "SELECT id FROM publications WHERE doi IS NOT NULL LIMIT 1",
        "UPDATE publications SET doi = doi || '?via=hub' WHERE id = {id}",
    ),
    "publication_twice": Planted(
        "publications",
        "SELECT b.id AS id, a.id AS other FROM publications AS a INNER JOIN publications AS b ON b.id > a.id "
        "WHERE a.title_key IS NOT NULL AND a.doi IS NOT NULL AND b.doi IS NOT NULL LIMIT 1",
        "UPDATE publications SET title_key = (SELECT title_key FROM publications WHERE id = {other}) WHERE id = {id}",
    ),
    "overlaps": Planted(
        "samples",
        SAME_PUBLICATION,
        "INSERT INTO import_batches (id, file_name, file_sha256, format, curator, created_at, code_version, counts, skipped) "
        "SELECT 9000, 'all.csv', file_sha256, 'obelix', curator, created_at, code_version, counts, skipped "
        "FROM import_batches LIMIT 1; UPDATE samples SET batch_id = 9000, "
        "composition_id = (SELECT composition_id FROM samples WHERE id = {other}) WHERE id = {id}",
    ),
    "structure_twice": Planted(
        "structural_records",
        "SELECT max(id) AS id, min(id) AS other FROM structural_records WHERE file_sha256 IS NOT NULL",
        "UPDATE structural_records SET file_sha256 = (SELECT file_sha256 FROM structural_records WHERE id = {other}) "
        "WHERE id = {id}",
    ),
    "conflicts": Planted(
        "compositions",
        f"WITH near AS ({NEAR} AND m.contribution = 'total' AND m.value_basis <> 'extrapolated' AND "
        "s.composition_id IS NOT NULL) SELECT a.composition_id AS id, b.id AS other FROM near AS a INNER JOIN near AS b "
        "ON b.publication_id <> a.publication_id WHERE a.composition_id IN (SELECT composition_id FROM near "
        "GROUP BY composition_id HAVING count(DISTINCT publication_id) = 1) LIMIT 1",
        "UPDATE samples SET composition_id = {id} "
        "WHERE id = (SELECT sample_id FROM impedance_measurements WHERE id = {other})",
    ),
}
PLANTED = {**SCHEMA, **PROVENANCE, **PHYSICS, **COVERAGE, **DUPLICATES}
