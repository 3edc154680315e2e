-- One row per sample and target whose value is a limit, with its relation.
-- column target TEXT: Target whose value is a limit
SELECT
    t.target,
    CASE t.target WHEN 'bulk' THEN s.bulk_relation WHEN 'total' THEN s.total_relation ELSE s.grain_boundary_relation END
        AS relation,
    s.*
FROM training_samples AS s
INNER JOIN (
    SELECT 'bulk' AS target
    UNION ALL SELECT 'grain-boundary'
    UNION ALL SELECT 'grain-boundary-observed'
    UNION ALL SELECT 'total'
) AS t
    ON (t.target = 'bulk' AND s.bulk_relation IN ('<', '>'))
    OR (
        t.target = 'grain-boundary' AND s.grain_boundary_relation IN ('<', '>')
        AND s.grain_boundary_conductance_s_per_cm2 IS NOT NULL
    )
    OR (t.target = 'grain-boundary-observed' AND s.grain_boundary_relation IN ('<', '>'))
    OR (t.target = 'total' AND s.total_relation IN ('<', '>'))
