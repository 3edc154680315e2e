-- severity: doubt
-- group: physics
-- No choice of usual charges makes a composition neutral, by more than two percent of its positive charge.
-- do: Check the amounts; a formula without its vacancies or protons looks like this too.
-- lowest and highest charge of each element in these ceramics, as in etl/doubts/composition.py; a test compares the two
WITH charges (element, lowest, highest) AS (
    VALUES
        ('H', -1, 1), ('Li', 1, 1), ('Be', 2, 2), ('B', 3, 3), ('C', 4, 4), ('N', -3, 5), ('O', -2, -2),
        ('F', -1, -1), ('Na', 1, 1), ('Mg', 2, 2), ('Al', 3, 3), ('Si', 4, 4), ('P', 4, 5), ('S', -2, 6),
        ('Cl', -1, -1), ('K', 1, 1), ('Ca', 2, 2), ('Sc', 3, 3), ('Ti', 3, 4), ('V', 5, 5), ('Cr', 3, 6),
        ('Mn', 2, 7), ('Fe', 2, 3), ('Co', 2, 3), ('Ni', 2, 2), ('Cu', 2, 2), ('Zn', 2, 2), ('Ga', 3, 3),
        ('Ge', 4, 4), ('As', 5, 5), ('Se', -2, 6), ('Br', -1, -1), ('Kr', 2, 2), ('Rb', 1, 1), ('Sr', 2, 2),
        ('Y', 3, 3), ('Zr', 4, 4), ('Nb', 4, 5), ('Mo', 4, 6), ('Tc', 4, 7), ('Ru', 3, 4), ('Rh', 3, 3),
        ('Pd', 2, 4), ('Ag', 1, 1), ('Cd', 2, 2), ('In', 3, 3), ('Sn', 2, 4), ('Sb', 3, 5), ('Te', -2, 6),
        ('I', -1, -1), ('Xe', 2, 6), ('Cs', 1, 1), ('Ba', 2, 2), ('La', 3, 3), ('Ce', 3, 4), ('Pr', 3, 3),
        ('Nd', 3, 3), ('Pm', 3, 3), ('Sm', 3, 3), ('Eu', 2, 3), ('Gd', 3, 3), ('Tb', 3, 3), ('Dy', 3, 3),
        ('Ho', 3, 3), ('Er', 3, 3), ('Tm', 3, 3), ('Yb', 3, 3), ('Lu', 3, 3), ('Hf', 4, 4), ('Ta', 5, 5),
        ('W', 4, 6), ('Re', 4, 7), ('Os', 4, 4), ('Ir', 3, 4), ('Pt', 2, 4), ('Au', 3, 3), ('Hg', 1, 2),
        ('Tl', 1, 3), ('Pb', 2, 4), ('Bi', 3, 5), ('Po', 2, 4), ('At', 1, 1), ('Fr', 1, 1), ('Ra', 2, 2),
        ('Ac', 3, 3), ('Th', 4, 4), ('Pa', 5, 5), ('U', 6, 6), ('Np', 5, 5), ('Pu', 4, 4), ('Am', 3, 3),
        ('Cm', 3, 3), ('Bk', 3, 3), ('Cf', 3, 3), ('Es', 3, 3), ('Fm', 3, 3), ('Md', 3, 3), ('No', 3, 3),
        ('Lr', 3, 3)
),

sums AS (
    SELECT
        e.composition_id, sum(e.amount * coalesce(h.lowest, 0)) AS low, sum(e.amount * coalesce(h.highest, 0)) AS high,
        sum(CASE WHEN h.highest > 0 THEN e.amount * h.highest ELSE 0 END) AS positive
    FROM composition_elements AS e LEFT JOIN charges AS h ON h.element = e.element
    GROUP BY e.composition_id
)

SELECT
    'compositions' AS table_name, c.id AS row_id, c.formula,
    CASE WHEN s.low > 0 THEN s.low ELSE s.high END AS charge_per_formula_unit
FROM sums AS s INNER JOIN compositions AS c ON c.id = s.composition_id
WHERE (s.low > 0.02 * s.positive OR s.high < -0.02 * s.positive) AND s.positive > 0
