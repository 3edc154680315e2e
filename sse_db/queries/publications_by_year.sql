-- Number of publications and samples by year.
SELECT p.year, count(DISTINCT p.id) AS publications, count(s.id) AS samples
FROM publications AS p INNER JOIN samples AS s ON s.publication_id = p.id
GROUP BY p.year
ORDER BY p.year IS NOT NULL, p.year
