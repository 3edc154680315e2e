-- severity: info
-- group: duplicates
-- A sample of a public data set stands beside another source's sample of the same publication and composition.
-- do: Compare them in the paper; join them with merge when they are one.
SELECT DISTINCT
    'samples' AS table_name, b.id AS row_id, a.id AS other_id, a.label AS first_label, b.label AS second_label,
    x.format AS first_format, y.format AS second_format, n.formula, n.doi
FROM samples AS a
INNER JOIN samples AS b ON b.publication_id = a.publication_id AND b.composition_id = a.composition_id
INNER JOIN import_batches AS x ON x.id = a.batch_id
INNER JOIN import_batches AS y ON y.id = b.batch_id
INNER JOIN sample_names AS n ON n.sample_id = b.id
WHERE
    y.format IN ('obelix', 'liverpool') AND x.format <> y.format
    AND (x.format NOT IN ('obelix', 'liverpool') OR b.id > a.id)
ORDER BY n.doi, b.id
