-- severity: doubt
-- group: duplicates
-- Rows that may be one: one sample under two names or from two files, the same cell and value, compositions that differ by rounding.
-- do: Compare them in the paper; sse-db merge TABLE ROW_ID OTHER_ID joins them, nothing merges by itself.
WITH alike AS MATERIALIZED (
    -- two samples of one publication and composition; the signs keep SQLite from pairing all samples of a composition
    SELECT b.id AS row_id, a.id AS other_id, a.batch_id <> b.batch_id AS two_files
    FROM samples AS a
    INNER JOIN samples AS b
        ON b.publication_id = a.publication_id AND +b.composition_id = +a.composition_id AND b.id > a.id
),

series AS (
    SELECT
        id AS sample_id, batch_id, min(id) OVER (PARTITION BY publication_id, composition_id, batch_id) AS first_id
    FROM samples
),

same_value AS (
    -- one sample under two names: composition and a value at one temperature agree within one publication
    SELECT alike.row_id, alike.other_id, min(m.conductivity_s_per_cm) AS conductivity_s_per_cm
    FROM alike
    INNER JOIN impedance_measurements AS m ON m.sample_id = alike.other_id
    INNER JOIN impedance_measurements AS o
        ON o.sample_id = alike.row_id AND o.contribution = m.contribution
        AND o.conductivity_s_per_cm = m.conductivity_s_per_cm
        AND coalesce(o.temperature_c, -300) = coalesce(m.temperature_c, -300)
    GROUP BY alike.other_id, alike.row_id
),

decades_apart AS (
    SELECT
        alike.row_id, alike.other_id, min(abs(log10(o.conductivity_s_per_cm / m.conductivity_s_per_cm))) AS decades
    FROM alike
    INNER JOIN impedance_measurements AS m ON m.sample_id = alike.other_id
    INNER JOIN impedance_measurements AS o
        ON o.sample_id = alike.row_id AND o.contribution = m.contribution
        AND coalesce(o.temperature_c, -300) = coalesce(m.temperature_c, -300)
    WHERE alike.two_files
    GROUP BY alike.row_id, alike.other_id
),

nearest AS (
    -- the same composition and DOI (publication), brought by two batches; samples of one file are a series. Two files of
    -- a series of five are five pairs: each sample stands with the one whose values are nearest, then in order
    SELECT
        alike.row_id, alike.other_id,
        row_number() OVER (
            PARTITION BY alike.row_id, other.batch_id
            ORDER BY coalesce(d.decades, 99), abs((alike.row_id - own.first_id) - (alike.other_id - other.first_id))
        ) AS place
    FROM alike
    INNER JOIN series AS own ON own.sample_id = alike.row_id
    INNER JOIN series AS other ON other.sample_id = alike.other_id
    LEFT JOIN decades_apart AS d ON d.row_id = alike.row_id AND d.other_id = alike.other_id
    WHERE alike.two_files
),

two_files AS (
    SELECT row_id, other_id FROM nearest WHERE place = 1
),

cells AS (
    SELECT
        r.sample_id,
        round(r.a_angstrom, 4) || ' ' || round(coalesce(r.b_angstrom, r.a_angstrom), 4) || ' '
        || round(coalesce(r.c_angstrom, r.a_angstrom), 4) AS cell,
        m.conductivity_s_per_cm, coalesce(m.temperature_c, -300) AS temperature
    FROM structural_records AS r INNER JOIN impedance_measurements AS m ON m.sample_id = r.sample_id
    WHERE r.a_angstrom IS NOT NULL
),

same_cell AS (
    -- the same cell and value, whatever the publication
    SELECT b.sample_id AS row_id, a.sample_id AS other_id, min(a.conductivity_s_per_cm) AS conductivity_s_per_cm
    FROM cells AS a
    INNER JOIN cells AS b
        ON b.cell = a.cell AND b.conductivity_s_per_cm = a.conductivity_s_per_cm AND b.temperature = a.temperature
        AND b.sample_id > a.sample_id
    GROUP BY a.sample_id, b.sample_id
),

pairs AS (
    SELECT row_id, other_id, 'two names: same composition and value' AS reason, conductivity_s_per_cm FROM same_value
    UNION ALL
    SELECT row_id, other_id, 'same composition and publication from two files', NULL FROM two_files
    UNION ALL
    SELECT row_id, other_id, 'same cell and value', conductivity_s_per_cm FROM same_cell
),

fractions AS (
    SELECT e.composition_id, e.element, e.amount / sum(e.amount) OVER (PARTITION BY e.composition_id) AS fraction
    FROM composition_elements AS e
),

contents AS (
    -- compositions with their elements and their lithium in steps of 0.001, so that only neighbours are compared
    SELECT
        composition_id, group_concat(element) AS elements, count(*) AS n,
        floor(max(CASE WHEN element = 'Li' THEN fraction ELSE 0 END) * 1000) AS step
    FROM (SELECT * FROM fractions ORDER BY composition_id, element) AS ordered
    GROUP BY composition_id
),

near_compositions AS (
    SELECT b.composition_id AS row_id, a.composition_id AS other_id
    FROM contents AS a
    INNER JOIN (SELECT -1 AS aside UNION ALL SELECT 0 UNION ALL SELECT 1) AS beside ON 1 = 1
    INNER JOIN contents AS b
        ON b.elements = a.elements AND b.step = a.step + beside.aside AND b.composition_id > a.composition_id
    INNER JOIN fractions AS x ON x.composition_id = a.composition_id
    INNER JOIN fractions AS y
        ON y.composition_id = b.composition_id AND y.element = x.element AND abs(y.fraction - x.fraction) < 5e-4
    GROUP BY a.composition_id, b.composition_id, a.n
    HAVING count(*) = a.n
),

found AS (
    SELECT
        'samples' AS table_name, p.row_id AS row_id, p.other_id AS other_id, group_concat(p.reason, '; ') AS reason,
        coalesce(first_sample.label, '') AS row_name, coalesce(second_sample.label, '') AS other_name,
        coalesce(first_sample.reference, '') AS reference, max(p.conductivity_s_per_cm) AS conductivity_s_per_cm
    FROM pairs AS p
    LEFT JOIN sample_names AS first_sample ON first_sample.sample_id = p.row_id
    LEFT JOIN sample_names AS second_sample ON second_sample.sample_id = p.other_id
    GROUP BY p.row_id, p.other_id, first_sample.label, second_sample.label, first_sample.reference
    UNION ALL
    SELECT
        'compositions', n.row_id, n.other_id, 'same composition but for rounding', c.formula, d.formula, '', NULL
    FROM near_compositions AS n
    INNER JOIN compositions AS c ON c.id = n.row_id
    INNER JOIN compositions AS d ON d.id = n.other_id
)

-- those that agree in a value come first, then those of two files, then compositions
SELECT * FROM found
ORDER BY
    CASE WHEN table_name = 'samples' AND conductivity_s_per_cm IS NOT NULL THEN 0 WHEN table_name = 'samples' THEN 1 ELSE 2 END,
    reference, row_id, other_id
