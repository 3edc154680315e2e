-- severity: error
-- group: schema
-- The lithium ratio of a composition is not between 0 and 1.
-- do: Correct the formula.
SELECT 'compositions' AS table_name, composition_id AS row_id, li_ratio
FROM chemical_descriptors
WHERE NOT li_ratio BETWEEN 0 AND 1
