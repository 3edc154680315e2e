-- One row per sample: what a reader calls it, and where it comes from.
-- column reference TEXT: First author, else title, else DOI; with the year
SELECT
    s.id AS sample_id,
    s.publication_id,
    s.label,
    coalesce(c.formula, s.formula_as_written) AS formula,
    s.structure_class,
    p.doi,
    coalesce(p.first_author, p.title, p.doi) || coalesce(' ' || p.year, '') AS reference,
    p.review_state
FROM samples AS s
INNER JOIN publications AS p ON p.id = s.publication_id
LEFT JOIN compositions AS c ON c.id = s.composition_id
