-- Every conductivity of one composition in all publications: how far do they agree? The formula in any spelling, or LLZO, LATP, Ta-LLZO.
SELECT
    n.formula, m.contribution, m.temperature_c, m.relation, m.conductivity_s_per_cm, n.sample_id, n.label, n.reference, n.doi,
    m.source_location, m.value_basis, m.confidence
FROM compositions AS c
INNER JOIN samples AS s ON s.composition_id = c.id
INNER JOIN sample_names AS n ON n.sample_id = s.id
INNER JOIN impedance_measurements AS m ON m.sample_id = s.id
WHERE c.formula IN (:formula)
ORDER BY c.formula, m.contribution, m.temperature_c IS NOT NULL, m.temperature_c, m.conductivity_s_per_cm, m.id
