-- Samples measured at three or more stated temperatures, which an Arrhenius fit can use.
SELECT
    n.label, n.formula, n.reference, m.contribution, count(DISTINCT m.temperature_c) AS temperatures,
    min(m.temperature_c) AS lowest_c, max(m.temperature_c) AS highest_c
FROM impedance_measurements AS m INNER JOIN sample_names AS n USING (sample_id)
WHERE m.temperature_basis = 'stated' AND m.relation = '='
GROUP BY m.sample_id, n.label, n.formula, n.reference, m.contribution
HAVING count(DISTINCT m.temperature_c) >= 3
ORDER BY temperatures DESC
