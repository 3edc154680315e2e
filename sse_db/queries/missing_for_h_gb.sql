-- Samples with a grain-boundary conductivity near room temperature that lack only the grain size for h_gb.
SELECT n.label, n.formula, n.reference, n.doi, r.grain_boundary_conductivity_s_per_cm, r.grain_boundary_basis
FROM room_temperature_conductivity AS r
INNER JOIN descriptors AS d ON d.sample_id = r.sample_id
INNER JOIN sample_names AS n ON n.sample_id = r.sample_id
WHERE r.grain_boundary_conductivity_s_per_cm IS NOT NULL AND d.grain_size_um IS NULL
ORDER BY r.sample_id
