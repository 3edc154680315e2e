CREATE VIEW chemical_descriptors AS
WITH amounts AS (
    SELECT
        c.composition_id,
        c.amount,
        CASE WHEN c.element = 'Li' THEN c.amount ELSE 0.0 END AS lithium,
        CASE WHEN c.element IN ('Li', 'O') THEN 0.0 ELSE c.amount END AS framework,
        e.electronegativity_pauling,
        e.polarizability_au,
        e.atomic_number
    FROM composition_elements AS c
    INNER JOIN elements AS e ON e.symbol = c.element
)
SELECT
    composition_id,
    sum(lithium) / sum(amount) AS li_ratio,
    CASE WHEN sum(CASE WHEN framework > 0 AND electronegativity_pauling IS NULL THEN 1 ELSE 0 END) = 0
        THEN sum(framework * coalesce(electronegativity_pauling, 0.0)) / sum(amount) END AS electronegativity,
    CASE WHEN sum(CASE WHEN framework > 0 AND polarizability_au IS NULL THEN 1 ELSE 0 END) = 0
        THEN sum(framework * coalesce(polarizability_au, 0.0)) / sum(amount) END AS polarizability,
    sum(framework * atomic_number) / sum(amount) AS atomic_number
FROM amounts
GROUP BY composition_id
