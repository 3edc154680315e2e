-- How many samples have each set of elements.
WITH sets AS (
    SELECT s.id AS sample_id, group_concat(e.element, '-') AS elements
    FROM samples AS s
    INNER JOIN (SELECT composition_id, element FROM composition_elements ORDER BY composition_id, element) AS e
        ON e.composition_id = s.composition_id
    GROUP BY s.id
)

SELECT elements, count(*) AS samples FROM sets GROUP BY elements ORDER BY samples DESC, elements
