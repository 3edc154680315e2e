-- severity: doubt
-- group: physics
-- A value is about a thousand times larger or smaller than the median of its paper, near room temperature: S and mS may be mixed up.
-- do: Check the unit in the paper.
WITH near AS (
    SELECT
        s.publication_id, m.id, m.sample_id, m.contribution, m.conductivity_s_per_cm,
        row_number() OVER (PARTITION BY m.sample_id, m.contribution ORDER BY m.id) AS time
    FROM impedance_measurements AS m INNER JOIN samples AS s ON s.id = m.sample_id
    WHERE m.temperature_c BETWEEN 24 AND 30 AND m.relation = '='
),

ranked AS (
    SELECT
        *, row_number() OVER (PARTITION BY publication_id, contribution ORDER BY conductivity_s_per_cm, id) AS place,
        count(*) OVER (PARTITION BY publication_id, contribution) AS n
    FROM near
    WHERE time = 1
),

-- the one or two values in the middle of the others: at n / 2 and (n + 1) / 2 once the row itself is taken out
compared AS (
    SELECT r.id, r.sample_id, r.contribution, r.conductivity_s_per_cm, avg(o.conductivity_s_per_cm) AS median_of_others
    FROM ranked AS r
    INNER JOIN ranked AS o
        ON o.publication_id = r.publication_id AND o.contribution = r.contribution
        AND o.place IN (
            r.n / 2 + CASE WHEN r.n / 2 >= r.place THEN 1 ELSE 0 END,
            (r.n + 1) / 2 + CASE WHEN (r.n + 1) / 2 >= r.place THEN 1 ELSE 0 END
        )
    WHERE r.n > 3
    GROUP BY r.id, r.sample_id, r.contribution, r.conductivity_s_per_cm
)

SELECT
    'impedance_measurements' AS table_name, c.id AS row_id, n.label, n.reference, c.contribution, c.conductivity_s_per_cm,
    c.median_of_others
FROM compared AS c INNER JOIN sample_names AS n USING (sample_id)
WHERE abs(log10(c.conductivity_s_per_cm / c.median_of_others)) BETWEEN 2.7 AND 3.3
