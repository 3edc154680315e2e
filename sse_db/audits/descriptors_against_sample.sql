-- severity: error
-- group: schema
-- A descriptor differs from the sample or the sintering step that it is taken from, or a sample has none.
-- do: Run sse-db migrate check: the view has changed.
SELECT 'samples' AS table_name, s.id AS row_id, s.label
FROM samples AS s
LEFT JOIN descriptors AS d ON d.sample_id = s.id
LEFT JOIN processing_steps AS p ON p.id = d.processing_step_id
WHERE
    d.sample_id IS NULL OR d.additive_present IS NOT s.additive_present
    OR d.grain_size_um IS NOT CASE WHEN coalesce(s.grain_size_relation, '=') IN ('=', '~') THEN s.grain_size_um END
    OR d.pellet_diameter_mm IS NOT s.pellet_diameter_mm OR d.sintering_temperature_c IS NOT p.temperature_c
    OR d.sintering_time_h IS NOT p.duration_h OR d.publication_id IS NOT s.publication_id
    OR (d.li_ratio IS NULL) <> (s.composition_id IS NULL)
