-- severity: doubt
-- group: coverage
-- An additive is named without its content by mass.
-- do: Look for the content in the paper; moles are no mass.
SELECT 'samples' AS table_name, s.id AS row_id, n.label, n.reference, s.additive_formula
FROM samples AS s INNER JOIN sample_names AS n ON n.sample_id = s.id
WHERE s.additive_present = 1 AND s.additive_wt_percent IS NULL
