-- severity: error
-- A value of the room-temperature view is not the measurement it names.
-- do: Run sse-db migrate check: the view has changed.
SELECT 'impedance_measurements' AS table_name, m.id AS row_id, m.conductivity_s_per_cm, r.bulk_conductivity_s_per_cm AS in_view
FROM room_temperature_conductivity AS r INNER JOIN impedance_measurements AS m ON m.id = r.bulk_measurement_id
WHERE m.conductivity_s_per_cm <> r.bulk_conductivity_s_per_cm
UNION ALL
SELECT 'impedance_measurements', m.id, m.conductivity_s_per_cm, r.total_conductivity_s_per_cm
FROM room_temperature_conductivity AS r INNER JOIN impedance_measurements AS m ON m.id = r.total_measurement_id
WHERE m.conductivity_s_per_cm <> r.total_conductivity_s_per_cm
