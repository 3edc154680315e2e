-- Every conductivity of a sample in order of temperature, by contribution; the sample by its label or number.
SELECT
    n.sample_id, n.label, n.formula, n.reference, m.contribution, m.replicate_label, m.temperature_c, m.temperature_basis,
    m.relation, m.conductivity_s_per_cm, m.value_basis, m.source_location
FROM impedance_measurements AS m INNER JOIN sample_names AS n ON n.sample_id = m.sample_id
WHERE m.sample_id IN (:sample)
ORDER BY n.sample_id, m.contribution, m.replicate_label, m.temperature_c IS NOT NULL, m.temperature_c, m.id
