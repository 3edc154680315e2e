-- severity: info
-- group: conflicts
-- One composition measured in several publications near room temperature: the spread in decades.
-- do: Look at the largest spreads for slips; the saved query values_of_formula lists all values of one.
WITH near AS (
    SELECT s.composition_id, m.contribution, s.publication_id, avg(log10(m.conductivity_s_per_cm)) AS decade
    FROM impedance_measurements AS m INNER JOIN samples AS s ON s.id = m.sample_id
    WHERE m.temperature_c BETWEEN 20 AND 30 AND m.relation = '=' AND m.contribution <> 'unspecified'
        AND m.value_basis <> 'extrapolated' AND s.composition_id IS NOT NULL
    GROUP BY s.composition_id, m.contribution, s.publication_id
),

ranked AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY composition_id, contribution ORDER BY decade, publication_id) AS from_lowest,
        row_number() OVER (PARTITION BY composition_id, contribution ORDER BY decade DESC, publication_id DESC) AS from_highest
    FROM near
),

spreads AS (
    SELECT
        composition_id, contribution, count(*) AS publications, min(decade) AS lowest, max(decade) AS highest,
        max(CASE WHEN from_lowest = 1 THEN publication_id END) AS lowest_in,
        max(CASE WHEN from_highest = 1 THEN publication_id END) AS highest_in
    FROM ranked
    GROUP BY composition_id, contribution
    HAVING count(*) > 1
)

SELECT
    'compositions' AS table_name, c.id AS row_id, c.formula, s.contribution, s.publications, s.lowest AS lowest_log10,
    s.highest AS highest_log10, s.highest - s.lowest AS spread_decades, coalesce(low.doi, low.title) AS lowest_in,
    coalesce(high.doi, high.title) AS highest_in
FROM spreads AS s
INNER JOIN compositions AS c ON c.id = s.composition_id
INNER JOIN publications AS low ON low.id = s.lowest_in
INNER JOIN publications AS high ON high.id = s.highest_in
ORDER BY s.highest - s.lowest DESC
