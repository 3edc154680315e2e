-- severity: doubt
-- group: physics
-- A relative density lies below 50 %.
-- do: Check that it is relative to the ideal density, in percent.
SELECT 'samples' AS table_name, s.id AS row_id, n.label, n.reference, s.relative_density_percent
FROM samples AS s INNER JOIN sample_names AS n ON n.sample_id = s.id
WHERE s.relative_density_percent < 50
