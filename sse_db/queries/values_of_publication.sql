-- Every conductivity of one publication, named by its DOI in any spelling: sample, formula, temperature, value, place in the paper.
SELECT
    n.sample_id, n.label, n.formula, m.contribution, m.temperature_c, m.temperature_basis, m.relation,
    m.conductivity_s_per_cm, m.uncertainty_s_per_cm, m.value_basis, m.source_location, m.compiled_via, m.confidence
FROM impedance_measurements AS m
INNER JOIN sample_names AS n ON n.sample_id = m.sample_id
WHERE n.doi IN (:doi)
ORDER BY n.sample_id, m.contribution, m.temperature_c IS NOT NULL, m.temperature_c, m.id
