CREATE VIEW room_temperature_conductivity AS
SELECT * FROM sample_conductivities
WHERE coalesce(bulk_measurement_id, grain_boundary_measurement_id, total_measurement_id) IS NOT NULL
