-- severity: doubt
-- group: physics
-- A bulk or grain-boundary conductivity lies below the total of the same sample and temperature.
-- do: A part cannot resist more than the whole: check which is which.
SELECT
    'impedance_measurements' AS table_name, p.id AS row_id, n.label, n.reference, p.contribution, p.temperature_c,
    p.conductivity_s_per_cm, t.conductivity_s_per_cm AS total
FROM impedance_measurements AS t
INNER JOIN impedance_measurements AS p
    ON p.sample_id = t.sample_id AND p.contribution IN ('bulk', 'grain_boundary') AND p.relation = '='
    AND coalesce(p.temperature_c, -300) = coalesce(t.temperature_c, -300) AND p.temperature_basis = t.temperature_basis
    AND p.replicate_label = t.replicate_label
INNER JOIN sample_names AS n ON n.sample_id = p.sample_id
WHERE t.contribution = 'total' AND t.relation = '=' AND p.conductivity_s_per_cm < t.conductivity_s_per_cm * 0.98
