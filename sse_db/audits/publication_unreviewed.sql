-- severity: doubt
-- group: provenance
-- Nobody has reviewed the rows of a publication that reports samples.
-- do: Compare its rows with the paper, then mark it as reviewed.
SELECT 'publications' AS table_name, p.id AS row_id, coalesce(p.doi, p.title) AS publication, count(s.id) AS samples
FROM publications AS p INNER JOIN samples AS s ON s.publication_id = p.id
WHERE p.review_state = 'draft'
GROUP BY p.id, p.doi, p.title
