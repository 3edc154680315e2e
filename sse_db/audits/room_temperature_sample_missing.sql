-- severity: error
-- group: schema
-- A sample was measured between 24 and 30 °C and is not in the room-temperature view.
-- do: Run sse-db migrate check: the view has changed.
SELECT DISTINCT 'samples' AS table_name, m.sample_id AS row_id, n.label, n.reference
FROM impedance_measurements AS m INNER JOIN sample_names AS n USING (sample_id)
WHERE
    m.temperature_c BETWEEN 24 AND 30 AND m.contribution <> 'unspecified' AND m.value_basis IN ('measured', 'digitised')
    AND m.sample_id NOT IN (SELECT sample_id FROM room_temperature_conductivity)
