-- One row per sample with a conductivity near room temperature: descriptors, all targets, and how each came about.
-- column formula: Composition, else the formula as written
-- column log10_bulk_conductivity REAL: Decimal logarithm of the bulk conductivity in S/cm
-- column log10_grain_boundary_conductance REAL: Decimal logarithm of h_gb in S/cm²
-- column log10_observed_grain_boundary_conductivity REAL: Decimal logarithm of the grain-boundary conductivity in S/cm
-- column log10_bulk_per_grain REAL: Decimal logarithm of σ_b/D in S/cm²
-- column log10_grain_boundary_per_grain REAL: Decimal logarithm of h_gb/D in S/cm³
-- column log10_total_conductivity REAL: Decimal logarithm of the total conductivity in S/cm
SELECT
    d.sample_id,
    d.publication_id,
    coalesce(c.formula, s.formula_as_written) AS formula,
    s.structure_class,
    d.additive_present,
    d.additive_wt_percent,
    d.sintering_temperature_c,
    d.sintering_time_h,
    d.pellet_diameter_mm,
    d.method_code,
    d.grain_size_um,
    d.phase_code,
    d.li_ratio,
    d.li_site_occupancy,
    d.electronegativity,
    d.polarizability,
    d.atomic_number,
    d.li_neighbor_distance_angstrom,
    d.li_coordination_number,
    d.density_g_per_cm3,
    d.cell_volume_angstrom3,
    r.bulk_conductivity_s_per_cm,
    r.grain_boundary_conductivity_s_per_cm,
    r.total_conductivity_s_per_cm,
    r.grain_boundary_conductivity_s_per_cm / (d.grain_size_um * 1e-4) AS grain_boundary_conductance_s_per_cm2,
    log10(r.bulk_conductivity_s_per_cm) AS log10_bulk_conductivity,
    log10(r.grain_boundary_conductivity_s_per_cm / (d.grain_size_um * 1e-4)) AS log10_grain_boundary_conductance,
    log10(r.grain_boundary_conductivity_s_per_cm) AS log10_observed_grain_boundary_conductivity,
    log10(r.bulk_conductivity_s_per_cm / (d.grain_size_um * 1e-4)) AS log10_bulk_per_grain,
    log10(r.grain_boundary_conductivity_s_per_cm / (d.grain_size_um * 1e-4) / (d.grain_size_um * 1e-4))
        AS log10_grain_boundary_per_grain,
    log10(r.total_conductivity_s_per_cm) AS log10_total_conductivity,
    r.bulk_relation,
    r.bulk_basis,
    r.grain_boundary_relation,
    r.grain_boundary_basis,
    r.grain_boundary_rounding_ruled,
    r.total_relation,
    r.total_basis
FROM room_temperature_conductivity AS r
INNER JOIN samples AS s ON s.id = r.sample_id
INNER JOIN descriptors AS d ON d.sample_id = r.sample_id
LEFT JOIN compositions AS c ON c.id = s.composition_id
