-- Sintering temperature and time beside conductivity near room temperature.
SELECT
    n.formula, n.label, n.reference, t.sintering_temperature_c, t.sintering_time_h, s.relative_density_percent,
    r.bulk_conductivity_s_per_cm, r.grain_boundary_conductivity_s_per_cm, r.total_conductivity_s_per_cm
FROM sintering_steps AS t
INNER JOIN samples AS s ON s.id = t.sample_id
INNER JOIN sample_names AS n ON n.sample_id = t.sample_id
INNER JOIN room_temperature_conductivity AS r ON r.sample_id = t.sample_id
ORDER BY t.sintering_temperature_c IS NOT NULL, t.sintering_temperature_c, t.sample_id
