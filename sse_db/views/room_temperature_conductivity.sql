-- One row per sample with measurements: its conductivities near room temperature, and how each was chosen.
SELECT * FROM sample_conductivities
WHERE coalesce(bulk_measurement_id, grain_boundary_measurement_id, total_measurement_id) IS NOT NULL
