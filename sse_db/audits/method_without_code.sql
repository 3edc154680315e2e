-- severity: doubt
-- group: coverage
-- The words for a synthesis are in no group of the paper's methods.
-- do: Add the words to SynthesisMethod, if they belong to one.
SELECT 'samples' AS table_name, s.id AS row_id, n.label, n.reference, s.synthesis_method_text
FROM samples AS s INNER JOIN sample_names AS n ON n.sample_id = s.id
INNER JOIN descriptors AS d ON d.sample_id = s.id
WHERE s.synthesis_method_text IS NOT NULL AND d.method_code IS NULL
