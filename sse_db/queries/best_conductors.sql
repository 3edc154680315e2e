-- The 50 samples with the highest total conductivity near room temperature, with their source.
SELECT
    sample_id, formula, total_conductivity_s_per_cm, total_temperature_c, total_basis, structure_class, label, reference, doi
FROM sample_overview
WHERE total_relation = '='
ORDER BY total_conductivity_s_per_cm DESC, sample_id
LIMIT 50
