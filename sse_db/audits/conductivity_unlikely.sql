-- severity: doubt
-- group: physics
-- A conductivity lies beyond 1e-15 to 1 S/cm.
-- do: Check number, exponent and unit.
SELECT 'impedance_measurements' AS table_name, m.id AS row_id, n.label, n.reference, m.conductivity_s_per_cm
FROM impedance_measurements AS m INNER JOIN sample_names AS n USING (sample_id)
WHERE NOT m.conductivity_s_per_cm BETWEEN 1e-15 AND 1
