-- severity: doubt
-- group: physics
-- A structure linked to a sample has another share of lithium, by two percent of all atoms, than the sample's formula.
-- do: Mark the match as close, or link the right structure.
SELECT
    'structural_records' AS table_name, r.id AS row_id, r.label, n.label AS sample, n.formula,
    d.li_ratio AS li_ratio_of_structure, c.li_ratio AS li_ratio_of_sample
FROM structural_records AS r
INNER JOIN samples AS s ON s.id = r.sample_id
INNER JOIN sample_names AS n ON n.sample_id = s.id
INNER JOIN chemical_descriptors AS c ON c.composition_id = s.composition_id
INNER JOIN chemical_descriptors AS d ON d.composition_id = r.composition_id
WHERE r.match <> 'close' AND abs(c.li_ratio - d.li_ratio) > 0.02
