-- severity: doubt
-- Two samples of one publication have the same composition and a same value at the same temperature: they may be one sample.
-- do: Compare them in the paper; join them with merge.
SELECT DISTINCT
    'samples' AS table_name, b.id AS row_id, a.id AS other_id, a.label AS first_label, b.label AS second_label, n.reference,
    m.contribution, m.temperature_c, m.conductivity_s_per_cm
FROM samples AS a
INNER JOIN samples AS b
    ON b.publication_id = a.publication_id AND b.composition_id = a.composition_id AND b.id > a.id
INNER JOIN impedance_measurements AS m ON m.sample_id = a.id
INNER JOIN impedance_measurements AS o
    ON o.sample_id = b.id AND o.contribution = m.contribution AND o.conductivity_s_per_cm = m.conductivity_s_per_cm
    AND coalesce(o.temperature_c, -300) = coalesce(m.temperature_c, -300)
INNER JOIN sample_names AS n ON n.sample_id = b.id
