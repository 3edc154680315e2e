-- severity: error
-- A composition names an element that the table of elements lacks.
-- do: Correct the formula.
SELECT 'composition_elements' AS table_name, c.id AS row_id, c.element
FROM composition_elements AS c LEFT JOIN elements AS e ON e.symbol = c.element
WHERE e.id IS NULL
