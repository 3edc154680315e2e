-- The 50 samples with the highest total conductivity near room temperature, with their source.
SELECT n.formula, n.structure_class, n.label, n.reference, n.doi, r.total_conductivity_s_per_cm, r.total_basis, r.total_temperature_c
FROM room_temperature_conductivity AS r INNER JOIN sample_names AS n USING (sample_id)
WHERE r.total_relation = '='
ORDER BY r.total_conductivity_s_per_cm DESC
LIMIT 50
