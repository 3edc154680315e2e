-- severity: doubt
-- Bulk conductivity lies below the total of the same sample and temperature.
-- do: A part cannot resist more than the whole: check which is which.
SELECT
    'impedance_measurements' AS table_name, b.id AS row_id, n.label, n.reference, b.temperature_c,
    b.conductivity_s_per_cm AS bulk, t.conductivity_s_per_cm AS total
FROM impedance_measurements AS b
INNER JOIN impedance_measurements AS t
    ON t.sample_id = b.sample_id AND t.temperature_c = b.temperature_c AND t.contribution = 'total' AND t.relation = '='
INNER JOIN sample_names AS n ON n.sample_id = b.sample_id
WHERE b.contribution = 'bulk' AND b.relation = '=' AND b.conductivity_s_per_cm < t.conductivity_s_per_cm
