-- severity: doubt
-- group: duplicates
-- Two samples of one publication have labels that differ in spaces, hyphens or capitals alone.
-- do: Compare them in the paper; join them with merge.
WITH plain AS (
    SELECT
        id, publication_id, label, replace(replace(replace(lower(label), ' ', ''), '-', ''), '_', '') AS plain_label
    FROM samples
)

SELECT 'samples' AS table_name, b.id AS row_id, a.id AS other_id, a.label AS first_label, b.label AS second_label, n.reference
FROM plain AS a
INNER JOIN plain AS b ON b.publication_id = a.publication_id AND b.plain_label = a.plain_label AND b.id > a.id
INNER JOIN sample_names AS n ON n.sample_id = b.id
