CREATE VIEW training_limits AS
SELECT 'bulk' AS target, bulk_relation AS relation, training_samples.* FROM training_samples
WHERE bulk_relation IN ('<', '>')
UNION ALL
SELECT 'grain-boundary', grain_boundary_relation, training_samples.* FROM training_samples
WHERE grain_boundary_relation IN ('<', '>') AND grain_boundary_conductance_s_per_cm2 IS NOT NULL
UNION ALL
SELECT 'grain-boundary-observed', grain_boundary_relation, training_samples.* FROM training_samples
WHERE grain_boundary_relation IN ('<', '>')
UNION ALL
SELECT 'total', total_relation, training_samples.* FROM training_samples
WHERE total_relation IN ('<', '>')
