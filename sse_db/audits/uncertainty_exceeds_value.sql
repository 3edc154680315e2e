-- severity: doubt
-- group: physics
-- The stated uncertainty is larger than the value.
-- do: Check the exponent of both.
SELECT 'impedance_measurements' AS table_name, m.id AS row_id, n.label, n.reference, m.conductivity_s_per_cm, m.uncertainty_s_per_cm
FROM impedance_measurements AS m INNER JOIN sample_names AS n USING (sample_id)
WHERE m.uncertainty_s_per_cm > m.conductivity_s_per_cm
