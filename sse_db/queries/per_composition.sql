-- Samples and papers of each composition, and how far its conductivities near room temperature spread, in decades.
WITH near AS (
    SELECT sample_id, 'bulk' AS contribution, bulk_conductivity_s_per_cm AS sigma
    FROM room_temperature_conductivity WHERE bulk_relation = '='
    UNION ALL
    SELECT sample_id, 'grain_boundary', grain_boundary_conductivity_s_per_cm
    FROM room_temperature_conductivity WHERE grain_boundary_relation = '='
    UNION ALL
    SELECT sample_id, 'total', total_conductivity_s_per_cm
    FROM room_temperature_conductivity WHERE total_relation = '='
)

SELECT
    c.id AS composition_id, c.formula, near.contribution, count(*) AS samples,
    count(DISTINCT s.publication_id) AS publications, min(near.sigma) AS lowest_conductivity_s_per_cm,
    max(near.sigma) AS highest_conductivity_s_per_cm, log10(max(near.sigma) / min(near.sigma)) AS spread_decades
FROM near
INNER JOIN samples AS s ON s.id = near.sample_id
INNER JOIN compositions AS c ON c.id = s.composition_id
WHERE near.sigma IS NOT NULL
GROUP BY c.id, c.formula, near.contribution
ORDER BY spread_decades DESC, c.formula, near.contribution
