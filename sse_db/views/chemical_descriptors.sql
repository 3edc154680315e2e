-- One row per composition: lithium ratio, and Eq. (1) of doi 10.1080/14686996.2020.1824985, the sum over elements other
-- than Li and O of amount times property, divided by the number of all atoms with Li and O included.
-- A property that one of the elements lacks leaves the descriptor NULL: a partial sum would be another quantity.
-- column li_ratio REAL: Li atoms by all atoms of the formula
-- column electronegativity REAL: Eq. (1) of the paper over Pauling electronegativities
-- column polarizability REAL: Eq. (1) over static dipole polarizabilities, atomic units
-- column atomic_number REAL: Eq. (1) over atomic numbers
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
