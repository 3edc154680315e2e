-- severity: doubt
-- A value is about a thousand times larger or smaller than other papers say: S and mS may be mixed up.
-- do: Check the unit in the paper.
WITH near AS (
    SELECT s.composition_id, s.publication_id, m.id, m.sample_id, m.contribution, log10(m.conductivity_s_per_cm) AS decade
    FROM impedance_measurements AS m INNER JOIN samples AS s ON s.id = m.sample_id
    WHERE m.temperature_c BETWEEN 20 AND 30 AND m.relation = '=' AND m.value_basis <> 'extrapolated'
        AND m.contribution <> 'unspecified' AND s.composition_id IS NOT NULL
),

ours AS (
    SELECT composition_id, contribution, publication_id, sum(decade) AS decades, count(*) AS n
    FROM near GROUP BY composition_id, contribution, publication_id
),

everyone AS (
    SELECT composition_id, contribution, sum(decades) AS decades, sum(n) AS n
    FROM ours GROUP BY composition_id, contribution
),

compared AS (
    SELECT near.*, (e.decades - o.decades) / (e.n - o.n) AS others
    FROM near
    INNER JOIN ours AS o USING (composition_id, contribution, publication_id)
    INNER JOIN everyone AS e USING (composition_id, contribution)
    WHERE e.n > o.n
)

SELECT
    'impedance_measurements' AS table_name, c.id AS row_id, n.label, n.reference, c.contribution,
    c.decade AS log10_conductivity, c.others AS log10_mean_of_others
FROM compared AS c INNER JOIN sample_names AS n USING (sample_id)
WHERE abs(abs(c.decade - c.others) - 3) < 0.3
