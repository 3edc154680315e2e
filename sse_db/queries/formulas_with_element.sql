-- Samples that contain an element, and how much of it per formula unit; the parameter element names it, as Ta.
SELECT n.formula, e.amount, n.label, n.reference, n.doi
FROM composition_elements AS e
INNER JOIN samples AS s ON s.composition_id = e.composition_id
INNER JOIN sample_names AS n ON n.sample_id = s.id
WHERE e.element IN (:element)
ORDER BY e.amount DESC, n.formula, n.sample_id
