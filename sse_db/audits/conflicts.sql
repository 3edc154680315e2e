-- severity: info
-- group: conflicts
-- One composition measured in several publications near room temperature: the spread in decades.
-- do: Look at the largest spreads for slips; the median is the noise floor that model scores are read against.
WITH near AS (
    SELECT s.composition_id, m.contribution, s.publication_id, avg(log10(m.conductivity_s_per_cm)) AS decade
    FROM impedance_measurements AS m INNER JOIN samples AS s ON s.id = m.sample_id
    WHERE m.temperature_c BETWEEN 20 AND 30 AND m.relation = '=' AND m.contribution <> 'unspecified'
        AND m.value_basis <> 'extrapolated' AND s.composition_id IS NOT NULL
    GROUP BY s.composition_id, m.contribution, s.publication_id
)

SELECT
    'compositions' AS table_name, c.id AS row_id, c.formula, near.contribution, count(*) AS publications,
    min(decade) AS lowest_log10, max(decade) AS highest_log10, max(decade) - min(decade) AS spread_decades
FROM near INNER JOIN compositions AS c ON c.id = near.composition_id
GROUP BY c.id, c.formula, near.contribution
HAVING count(*) > 1
ORDER BY max(decade) - min(decade) DESC
