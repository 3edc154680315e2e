-- Which publications were reviewed, by whom and when, and who had imported them.
SELECT
    p.id AS publication_id, p.doi, p.title, p.reviewed_by, p.reviewed_at, b.curator AS imported_by,
    (SELECT count(*) FROM samples AS s WHERE s.publication_id = p.id) AS samples
FROM publications AS p INNER JOIN import_batches AS b ON b.id = p.batch_id
WHERE p.review_state = 'reviewed'
ORDER BY p.reviewed_at DESC, p.id
