-- severity: doubt
-- group: physics
-- A conductivity was measured above 600 °C: the number may be the temperature of sintering, or in kelvin.
-- do: Check the temperature in the paper.
SELECT
    'impedance_measurements' AS table_name, m.id AS row_id, n.label, n.reference, m.contribution, m.temperature_c,
    m.conductivity_s_per_cm
FROM impedance_measurements AS m INNER JOIN sample_names AS n USING (sample_id)
WHERE m.temperature_c > 600
