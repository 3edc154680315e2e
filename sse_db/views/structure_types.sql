-- One row per sample: its structure type, as the source states it or by rule from structure class and space group.
-- The space group is the sample's own, else that of the records linked to it, else that of the exact records of its
-- composition; records have to agree, and none counts that was measured above 100 °C. Types are those that the paper
-- (doi 10.1080/14686996.2020.1824985) names for its classes. The group by itself does not tell its three types of
-- NASICON apart, which differ in the sites of the alkali ions: they bear the name of the first. A type with a group
-- behind it is a distorted or ordered variant. Frameworks of other topology, such as LiZr2(PO4)3 in P 21/n, are none.
-- column space_group_number: Number of the space group that the rule looks at; NULL where none is known or records differ
-- column structure_type TEXT: Structure type; NULL where none is stated and the rule has none
-- column structure_type_basis TEXT: How the type is known: `stated` by the source, or `assigned` by the rule
WITH rules (structure_class, space_group_number, structure_type) AS (
    VALUES
    ('perovskite', 221, 'CaTiO3'),
    ('perovskite', 47, 'CaTiO3, Pmmm'),
    ('perovskite', 62, 'CaTiO3, Pnma'),
    ('perovskite', 65, 'CaTiO3, Cmmm'),
    ('perovskite', 123, 'CaTiO3, P4/mmm'),
    ('perovskite', 125, 'CaTiO3, P4/nbm'),
    ('perovskite', 140, 'CaTiO3, I4/mcm'),
    ('perovskite', 167, 'CaTiO3, R-3c'),
    ('garnet', 230, 'Li5La3Sb2O12'),
    ('garnet', 142, 'Li5La3Sb2O12, I41/acd'),
    ('garnet', 199, 'Li5La3Sb2O12, I213'),
    ('garnet', 220, 'Li5La3Sb2O12, I-43d'),
    ('NASICON', 167, 'NaZr2(PO4)3'),
    ('NASICON', 2, 'NaZr2(PO4)3, P-1'),
    ('NASICON', 15, 'NaZr2(PO4)3, C2/c'),
    ('LGPS', 137, 'Li10GeP2S12'),
    ('spinel', 227, 'MgAl2O4')
),

recorded AS (
    SELECT s.id AS sample_id, 0 AS place, r.space_group_number
    FROM samples AS s
    INNER JOIN structural_records AS r ON r.sample_id = s.id
    WHERE s.space_group_symbol IS NULL AND coalesce(r.temperature_c, 25.0) <= 100
    UNION ALL
    SELECT s.id AS sample_id, 1 AS place, r.space_group_number
    FROM samples AS s
    INNER JOIN structural_records AS r ON r.composition_id = s.composition_id
    WHERE s.space_group_symbol IS NULL AND r.match = 'exact' AND coalesce(r.temperature_c, 25.0) <= 100
),

-- the groups on which all records of one kind agree
agreed AS (
    SELECT
        sample_id, place,
        CASE WHEN min(space_group_number) = max(space_group_number) THEN min(space_group_number) END AS space_group_number,
        row_number() OVER (PARTITION BY sample_id ORDER BY place) AS number
    FROM recorded
    WHERE space_group_number IS NOT NULL
    GROUP BY sample_id, place
),

grouped AS (
    SELECT
        s.id AS sample_id, s.structure_class, s.structure_type AS stated_type,
        coalesce(s.space_group_number, a.space_group_number) AS space_group_number
    FROM samples AS s
    LEFT JOIN agreed AS a ON a.sample_id = s.id AND a.number = 1
)

SELECT
    g.sample_id,
    g.structure_class,
    g.space_group_number,
    coalesce(g.stated_type, r.structure_type) AS structure_type,
    CASE WHEN g.stated_type IS NOT NULL THEN 'stated' WHEN r.structure_type IS NOT NULL THEN 'assigned' END
        AS structure_type_basis
FROM grouped AS g
LEFT JOIN rules AS r ON r.structure_class = g.structure_class AND r.space_group_number = g.space_group_number
