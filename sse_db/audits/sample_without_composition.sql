-- severity: doubt
-- group: coverage
-- A sample has no readable formula.
-- do: Write the nominal composition without additive.
SELECT 'samples' AS table_name, s.id AS row_id, n.label, n.reference, s.formula_as_written
FROM samples AS s INNER JOIN sample_names AS n ON n.sample_id = s.id
WHERE s.composition_id IS NULL
