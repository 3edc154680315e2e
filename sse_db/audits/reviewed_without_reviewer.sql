-- severity: doubt
-- group: provenance
-- A publication is marked as reviewed without who or when.
-- do: Add both with publication edit.
SELECT 'publications' AS table_name, id AS row_id, coalesce(doi, title) AS publication, reviewed_by, reviewed_at
FROM publications
WHERE review_state = 'reviewed' AND (reviewed_by IS NULL OR reviewed_at IS NULL)
