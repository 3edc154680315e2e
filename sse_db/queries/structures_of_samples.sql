-- Which structural record gives the density of each sample.
SELECT n.label, n.formula, n.reference, r.label AS structure, r.space_group_symbol, r.temperature_c, d.density_g_per_cm3
FROM sample_structures AS d
INNER JOIN structural_records AS r ON r.id = d.density_record_id
INNER JOIN sample_names AS n ON n.sample_id = d.sample_id
ORDER BY n.formula, n.sample_id
