-- One row per sample, with what people look at first: what it is, how well it conducts near room temperature, how it was
-- made, who reports it, and whether somebody has checked it.
-- column activation_energy_ev REAL: Activation energy that the source reports, of the total where it gives one, else of the bulk, then of the grain boundary
-- column activation_energy_contribution TEXT: Contribution that this activation energy belongs to
-- column activation_energy_relation TEXT: How the number relates to the activation energy
SELECT
    n.sample_id,
    n.formula,
    n.label,
    n.reference,
    n.structure_class,
    r.bulk_conductivity_s_per_cm,
    r.bulk_relation,
    r.bulk_temperature_c,
    r.bulk_basis,
    r.grain_boundary_conductivity_s_per_cm,
    r.grain_boundary_relation,
    r.grain_boundary_temperature_c,
    r.grain_boundary_basis,
    r.total_conductivity_s_per_cm,
    r.total_relation,
    r.total_temperature_c,
    r.total_basis,
    e.activation_energy_ev,
    e.contribution AS activation_energy_contribution,
    e.relation AS activation_energy_relation,
    t.sintering_temperature_c,
    t.sintering_time_h,
    s.relative_density_percent,
    s.relative_density_relation,
    s.grain_size_um,
    s.grain_size_relation,
    n.review_state,
    n.doi,
    n.publication_id
FROM sample_conductivities AS r
INNER JOIN samples AS s ON s.id = r.sample_id
INNER JOIN sample_names AS n ON n.sample_id = r.sample_id
LEFT JOIN sintering_steps AS t ON t.sample_id = r.sample_id
LEFT JOIN activation_energies AS e ON e.id = (
    SELECT a.id FROM activation_energies AS a
    WHERE a.sample_id = r.sample_id
    ORDER BY
        CASE a.contribution WHEN 'total' THEN 0 WHEN 'bulk' THEN 1 WHEN 'grain_boundary' THEN 2 ELSE 3 END,
        CASE a.relation WHEN '=' THEN 0 WHEN '~' THEN 1 ELSE 2 END,
        a.replicate_label,
        a.id
    LIMIT 1
)
