-- severity: error
-- group: schema
-- A composition has no element amounts.
-- do: Import the sheet again that brought it.
SELECT 'compositions' AS table_name, c.id AS row_id, c.formula
FROM compositions AS c LEFT JOIN composition_elements AS e ON e.composition_id = c.id
WHERE e.id IS NULL
