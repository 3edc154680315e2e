-- severity: doubt
-- group: physics
-- Total conductivity differs by more than 15 % from its parts in series.
-- do: Check the three numbers and their temperature.
SELECT
    'impedance_measurements' AS table_name, t.id AS row_id, n.label, n.reference, t.temperature_c,
    b.conductivity_s_per_cm AS bulk, g.conductivity_s_per_cm AS grain_boundary, t.conductivity_s_per_cm AS total,
    t.conductivity_s_per_cm * (1 / b.conductivity_s_per_cm + 1 / g.conductivity_s_per_cm) AS ratio
FROM impedance_measurements AS g
INNER JOIN impedance_measurements AS b
    ON b.sample_id = g.sample_id AND b.contribution = 'bulk' AND b.relation = '='
    AND coalesce(b.temperature_c, -300) = coalesce(g.temperature_c, -300) AND b.temperature_basis = g.temperature_basis
    AND b.replicate_label = g.replicate_label
INNER JOIN impedance_measurements AS t
    ON t.sample_id = g.sample_id AND t.contribution = 'total' AND t.relation = '='
    AND coalesce(t.temperature_c, -300) = coalesce(g.temperature_c, -300) AND t.temperature_basis = g.temperature_basis
    AND t.replicate_label = g.replicate_label
INNER JOIN sample_names AS n ON n.sample_id = g.sample_id
WHERE
    g.contribution = 'grain_boundary' AND g.relation = '='
    AND abs(t.conductivity_s_per_cm * (1 / b.conductivity_s_per_cm + 1 / g.conductivity_s_per_cm) - 1) > 0.15
