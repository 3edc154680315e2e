-- severity: doubt
-- group: physics
-- A value lies more than two decades from other papers on the same composition, near room temperature.
-- do: Check exponent, unit and contribution in the paper.
WITH near AS (
    SELECT s.composition_id, s.publication_id, m.id, m.sample_id, m.contribution, log10(m.conductivity_s_per_cm) AS decade
    FROM impedance_measurements AS m INNER JOIN samples AS s ON s.id = m.sample_id
    WHERE m.temperature_c BETWEEN 24 AND 30 AND m.relation = '=' AND s.composition_id IS NOT NULL
),

compared AS (
    SELECT
        near.*, sum(decade) OVER everyone AS decades, count(*) OVER everyone AS n, sum(decade) OVER own AS own_decades,
        count(*) OVER own AS own_n
    FROM near
    WINDOW
        everyone AS (PARTITION BY composition_id, contribution),
        own AS (PARTITION BY composition_id, contribution, publication_id)
)

SELECT
    'impedance_measurements' AS table_name, c.id AS row_id, n.label, n.formula, n.reference, c.contribution,
    c.decade AS log10_conductivity, (c.decades - c.own_decades) / (c.n - c.own_n) AS log10_mean_of_others
FROM compared AS c INNER JOIN sample_names AS n USING (sample_id)
WHERE c.n > c.own_n AND abs(c.decade - (c.decades - c.own_decades) / (c.n - c.own_n)) > 2
