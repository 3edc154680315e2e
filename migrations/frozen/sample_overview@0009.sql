CREATE VIEW sample_overview AS
WITH energies AS (
    SELECT
        sample_id, activation_energy_ev, contribution, relation,
        row_number() OVER (
            PARTITION BY sample_id
            ORDER BY
                CASE contribution WHEN 'total' THEN 0 WHEN 'bulk' THEN 1 WHEN 'grain_boundary' THEN 2 ELSE 3 END,
                CASE relation WHEN '=' THEN 0 WHEN '~' THEN 1 ELSE 2 END,
                replicate_label,
                id
        ) AS place
    FROM activation_energies
)
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
FROM sample_names AS n
INNER JOIN samples AS s ON s.id = n.sample_id
LEFT JOIN room_temperature_conductivity AS r ON r.sample_id = n.sample_id
LEFT JOIN energies AS e ON e.sample_id = n.sample_id AND e.place = 1
LEFT JOIN sintering_steps AS t ON t.sample_id = n.sample_id
