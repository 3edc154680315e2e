-- severity: doubt
-- One sample has the very same value at two temperatures.
-- do: One of the two may be copied: check both in the paper.
SELECT
    'impedance_measurements' AS table_name, b.id AS row_id, n.label, n.reference, a.contribution,
    a.temperature_c AS first_temperature_c, b.temperature_c AS second_temperature_c, b.conductivity_s_per_cm
FROM impedance_measurements AS a
INNER JOIN impedance_measurements AS b
    ON b.sample_id = a.sample_id AND b.contribution = a.contribution
    AND b.conductivity_s_per_cm = a.conductivity_s_per_cm AND b.temperature_c > a.temperature_c
INNER JOIN sample_names AS n ON n.sample_id = b.sample_id
