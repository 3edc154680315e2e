-- Samples measured at three or more stated temperatures, which an Arrhenius fit can use.
WITH series AS (
    SELECT
        sample_id, contribution, count(DISTINCT temperature_c) AS temperatures, min(temperature_c) AS lowest_c,
        max(temperature_c) AS highest_c
    FROM impedance_measurements
    WHERE temperature_basis = 'stated' AND relation = '='
    GROUP BY sample_id, contribution
    HAVING count(DISTINCT temperature_c) >= 3
)

SELECT n.label, n.formula, n.reference, s.contribution, s.temperatures, s.lowest_c, s.highest_c
FROM series AS s INNER JOIN sample_names AS n USING (sample_id)
ORDER BY s.temperatures DESC, s.sample_id, s.contribution
