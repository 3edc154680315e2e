CREATE VIEW room_temperature_conductivity AS
-- One row per sample with measurements: its conductivities near room temperature, and how each was chosen.
WITH candidates AS (
    SELECT
        sample_id, contribution, contribution_basis, temperature_c, temperature_basis, relation, conductivity_s_per_cm, id,
        row_number() OVER (
            PARTITION BY sample_id, contribution
            ORDER BY
                CASE temperature_basis WHEN 'stated' THEN 0 ELSE 1 END, -- a stated temperature before a nominal one
                abs(temperature_c - 25),                                -- the nearest to 25 °C
                CASE relation WHEN '=' THEN 0 WHEN '~' THEN 1 ELSE 2 END, -- values before limits
                temperature_c,                                          -- then the lower temperature
                replicate_label,
                id
        ) AS place
    FROM impedance_measurements
    WHERE
        temperature_c BETWEEN 24 AND 30
        AND contribution <> 'unspecified'
        AND value_basis IN ('measured', 'digitised')
),

chosen AS (
    SELECT * FROM candidates WHERE place = 1
),

measured AS (
    SELECT
        s.id AS sample_id,
        b.id AS b_id, b.conductivity_s_per_cm AS b, b.temperature_c AS b_t, b.temperature_basis AS b_tb,
        b.relation AS b_rel, b.contribution_basis AS b_basis,
        g.id AS g_id, g.conductivity_s_per_cm AS g, g.temperature_c AS g_t, g.temperature_basis AS g_tb,
        g.relation AS g_rel, g.contribution_basis AS g_basis,
        t.id AS t_id, t.conductivity_s_per_cm AS t, t.temperature_c AS t_t, t.temperature_basis AS t_tb,
        t.relation AS t_rel, t.contribution_basis AS t_basis
    FROM samples AS s
    LEFT JOIN chosen AS b ON b.sample_id = s.id AND b.contribution = 'bulk'
    LEFT JOIN chosen AS g ON g.sample_id = s.id AND g.contribution = 'grain_boundary'
    LEFT JOIN chosen AS t ON t.sample_id = s.id AND t.contribution = 'total'
    WHERE coalesce(b.id, g.id, t.id) IS NOT NULL
),

-- 1/σ_total = 1/σ_b + 1/σ_gb, where exactly two are there, both equal to a number and at one temperature.
-- A stated 25 °C and a nominal room temperature are not one temperature.
derived AS (
    SELECT
        *,
        CASE WHEN b IS NULL AND g_rel = '=' AND t_rel = '=' AND g_t = t_t AND g_tb = t_tb AND g > t
            THEN 1.0 / (1.0 / t - 1.0 / g) END AS b_derived,
        CASE WHEN g IS NULL AND b_rel = '=' AND t_rel = '=' AND b_t = t_t AND b_tb = t_tb AND b > t
            THEN 1.0 / (1.0 / t - 1.0 / b) END AS g_derived,
        CASE WHEN t IS NULL AND b_rel = '=' AND g_rel = '=' AND b_t = g_t AND b_tb = g_tb
            THEN 1.0 / (1.0 / b + 1.0 / g) END AS t_derived
    FROM measured
)

SELECT
    sample_id,
    coalesce(b, b_derived) AS bulk_conductivity_s_per_cm,
    CASE WHEN b_derived IS NULL THEN b_t ELSE t_t END AS bulk_temperature_c,
    CASE WHEN b_derived IS NULL THEN b_tb ELSE t_tb END AS bulk_temperature_basis,
    CASE WHEN b_derived IS NULL THEN b_rel ELSE '=' END AS bulk_relation,
    CASE WHEN b_derived IS NULL THEN b_basis ELSE 'derived' END AS bulk_basis,
    b_id AS bulk_measurement_id,
    coalesce(g, g_derived) AS grain_boundary_conductivity_s_per_cm,
    CASE WHEN g_derived IS NULL THEN g_t ELSE t_t END AS grain_boundary_temperature_c,
    CASE WHEN g_derived IS NULL THEN g_tb ELSE t_tb END AS grain_boundary_temperature_basis,
    CASE WHEN g_derived IS NULL THEN g_rel ELSE '=' END AS grain_boundary_relation,
    CASE WHEN g_derived IS NULL THEN g_basis ELSE 'derived' END AS grain_boundary_basis,
    g_id AS grain_boundary_measurement_id,
    -- a small difference of two rounded numbers: the digits of the sources rule the result
    CASE WHEN g_derived IS NOT NULL THEN CAST(t / b > 0.8 AS INTEGER) END AS grain_boundary_rounding_ruled,
    coalesce(t, t_derived) AS total_conductivity_s_per_cm,
    CASE WHEN t_derived IS NULL THEN t_t ELSE b_t END AS total_temperature_c,
    CASE WHEN t_derived IS NULL THEN t_tb ELSE b_tb END AS total_temperature_basis,
    CASE WHEN t_derived IS NULL THEN t_rel ELSE '=' END AS total_relation,
    CASE WHEN t_derived IS NULL THEN t_basis ELSE 'derived' END AS total_basis,
    t_id AS total_measurement_id
FROM derived
-- ;
CREATE VIEW single_grain_conductivity AS
-- One row per sample with a bulk or grain-boundary conductivity near room temperature: single-grain quantities
-- (Eqs. 10 and 11 of doi 10.1080/14686996.2020.1824985; the grain size enters in cm).
SELECT
    r.sample_id,
    r.bulk_conductivity_s_per_cm,
    r.bulk_relation,
    r.bulk_basis,
    r.grain_boundary_conductivity_s_per_cm,
    r.grain_boundary_relation,
    r.grain_boundary_basis,
    r.grain_boundary_rounding_ruled,
    s.grain_size_um,
    s.grain_size_basis,
    r.grain_boundary_conductivity_s_per_cm / (s.grain_size_um * 1e-4) AS grain_boundary_conductance_s_per_cm2
FROM room_temperature_conductivity AS r
INNER JOIN samples AS s ON s.id = r.sample_id
WHERE coalesce(r.bulk_conductivity_s_per_cm, r.grain_boundary_conductivity_s_per_cm) IS NOT NULL
-- ;
CREATE VIEW chemical_descriptors AS
-- One row per composition: lithium ratio, and Eq. (1) of doi 10.1080/14686996.2020.1824985, the sum over elements other
-- than Li and O of amount times property, divided by the number of all atoms with Li and O included.
-- A property that one of the elements lacks leaves the descriptor NULL: a partial sum would be another quantity.
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
-- ;
CREATE VIEW sintering_steps AS
-- One row per sample that was densified: the last densifying step, which gives the sintering descriptors.
-- An anneal after cold sintering belongs to it and counts as one.
WITH densifying AS (
    SELECT
        p.sample_id, p.id, p.operation, p.temperature_c, p.duration_h,
        row_number() OVER (PARTITION BY p.sample_id ORDER BY p.position DESC) AS place
    FROM processing_steps AS p
    WHERE
        p.operation IN ('sintering', 'hot_pressing', 'spark_plasma_sintering', 'cold_sintering', 'crystallisation')
        OR (
            p.operation = 'annealing'
            AND EXISTS (
                SELECT 1 FROM processing_steps AS earlier
                WHERE
                    earlier.sample_id = p.sample_id
                    AND earlier.position < p.position
                    AND earlier.operation = 'cold_sintering'
            )
        )
)

SELECT
    sample_id,
    id AS processing_step_id,
    operation,
    temperature_c AS sintering_temperature_c,
    duration_h AS sintering_time_h
FROM densifying
WHERE place = 1
-- ;
CREATE VIEW sample_structures AS
-- One row per sample with a usable structural record: each structural descriptor from the first record that has it.
-- Order: linked to the sample, else same composition and space group, else same composition; then nearest to room
-- temperature (an unstated one after those stated within 75 K); exact matches before close ones.
-- A record measured above 100 °C gives no density and no volume; perturbed coordinates give no distance and no
-- coordination number.
WITH candidates AS (
    SELECT
        s.id AS sample_id,
        r.id AS record_id,
        CASE
            WHEN r.sample_id = s.id THEN 0
            WHEN replace(r.space_group_symbol, ' ', '') = replace(s.space_group_symbol, ' ', '') THEN 1
            ELSE 2
        END AS nearness,
        CASE r.match WHEN 'exact' THEN 0 ELSE 1 END AS looseness,
        CASE WHEN r.temperature_c IS NULL THEN 75.0 ELSE abs(r.temperature_c - 25.0) END AS away_from_room,
        r.li_site_occupancy,
        CASE WHEN r.coordinates_basis <> 'perturbed' THEN r.li_neighbor_distance_angstrom END AS li_neighbor_distance_angstrom,
        CASE WHEN r.coordinates_basis <> 'perturbed' THEN r.li_coordination_number END AS li_coordination_number,
        CASE WHEN coalesce(r.temperature_c, 25.0) <= 100 THEN r.density_g_per_cm3 END AS density_g_per_cm3,
        CASE WHEN coalesce(r.temperature_c, 25.0) <= 100 THEN r.cell_volume_angstrom3 END AS cell_volume_angstrom3
    FROM samples AS s
    INNER JOIN structural_records AS r ON r.sample_id = s.id OR r.composition_id = s.composition_id
),

ordered AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY sample_id ORDER BY nearness, looseness, away_from_room, record_id) AS place
    FROM candidates
),

firsts AS (
    SELECT
        *,
        min(CASE WHEN li_site_occupancy IS NOT NULL THEN place END) OVER its AS occupancy_place,
        min(CASE WHEN li_neighbor_distance_angstrom IS NOT NULL THEN place END) OVER its AS distance_place,
        min(CASE WHEN li_coordination_number IS NOT NULL THEN place END) OVER its AS coordination_place,
        min(CASE WHEN density_g_per_cm3 IS NOT NULL THEN place END) OVER its AS density_place,
        min(CASE WHEN cell_volume_angstrom3 IS NOT NULL THEN place END) OVER its AS volume_place
    FROM ordered
    WINDOW its AS (PARTITION BY sample_id)
)

-- a sample has one record at each place, so that max() takes the only value there is
SELECT
    sample_id,
    max(CASE WHEN place = occupancy_place THEN li_site_occupancy END) AS li_site_occupancy,
    max(CASE WHEN place = occupancy_place THEN record_id END) AS occupancy_record_id,
    max(CASE WHEN place = distance_place THEN li_neighbor_distance_angstrom END) AS li_neighbor_distance_angstrom,
    max(CASE WHEN place = distance_place THEN record_id END) AS distance_record_id,
    max(CASE WHEN place = coordination_place THEN li_coordination_number END) AS li_coordination_number,
    max(CASE WHEN place = coordination_place THEN record_id END) AS coordination_record_id,
    max(CASE WHEN place = density_place THEN density_g_per_cm3 END) AS density_g_per_cm3,
    max(CASE WHEN place = density_place THEN record_id END) AS density_record_id,
    max(CASE WHEN place = volume_place THEN cell_volume_angstrom3 END) AS cell_volume_angstrom3,
    max(CASE WHEN place = volume_place THEN record_id END) AS volume_record_id
FROM firsts
GROUP BY sample_id
-- ;
CREATE VIEW descriptors AS
-- One row per sample: the 17 descriptors of doi 10.1080/14686996.2020.1824985. What is not known is NULL, never 0.
SELECT
    s.id AS sample_id,
    s.publication_id,
    s.composition_id,
    s.additive_present,
    CASE WHEN s.additive_present = 0 THEN 0.0 ELSE s.additive_wt_percent END AS additive_wt_percent,
    p.sintering_temperature_c,
    p.sintering_time_h,
    s.pellet_diameter_mm,
    -- the paper's grouping of methods; a method outside of it has no code
    CASE
        WHEN s.synthesis_method IN ('solid_state', 'ball_mill', 'mechanochemical') THEN 0
        WHEN s.synthesis_method IN ('melt_quench') THEN 1
        WHEN s.synthesis_method IN (
            'co_precipitation', 'hydrothermal', 'solution', 'spray', 'evaporation_induced_self_assembly'
        ) THEN 2
        WHEN s.synthesis_method IN ('sol_gel', 'citrate', 'pechini') THEN 3
    END AS method_code,
    s.grain_size_um,
    CASE s.phase_type WHEN 'crystal' THEN 0 WHEN 'glass_ceramic' THEN 1 END AS phase_code,
    c.li_ratio,
    r.li_site_occupancy,
    c.electronegativity,
    c.polarizability,
    c.atomic_number,
    r.li_neighbor_distance_angstrom,
    r.li_coordination_number,
    r.density_g_per_cm3,
    r.cell_volume_angstrom3,
    p.processing_step_id,
    r.occupancy_record_id,
    r.distance_record_id,
    r.coordination_record_id,
    r.density_record_id,
    r.volume_record_id
FROM samples AS s
LEFT JOIN sintering_steps AS p ON p.sample_id = s.id
LEFT JOIN chemical_descriptors AS c ON c.composition_id = s.composition_id
LEFT JOIN sample_structures AS r ON r.sample_id = s.id
-- ;
CREATE VIEW training_samples AS
-- One row per sample with a conductivity near room temperature: descriptors, all targets, and how each came about.
SELECT
    d.sample_id,
    d.publication_id,
    coalesce(c.formula, s.formula_as_written) AS formula,
    s.structure_class,
    d.additive_present,
    d.additive_wt_percent,
    d.sintering_temperature_c,
    d.sintering_time_h,
    d.pellet_diameter_mm,
    d.method_code,
    d.grain_size_um,
    d.phase_code,
    d.li_ratio,
    d.li_site_occupancy,
    d.electronegativity,
    d.polarizability,
    d.atomic_number,
    d.li_neighbor_distance_angstrom,
    d.li_coordination_number,
    d.density_g_per_cm3,
    d.cell_volume_angstrom3,
    r.bulk_conductivity_s_per_cm,
    r.grain_boundary_conductivity_s_per_cm,
    r.total_conductivity_s_per_cm,
    r.grain_boundary_conductivity_s_per_cm / (s.grain_size_um * 1e-4) AS grain_boundary_conductance_s_per_cm2,
    log10(r.bulk_conductivity_s_per_cm) AS log10_bulk_conductivity,
    log10(r.grain_boundary_conductivity_s_per_cm / (s.grain_size_um * 1e-4)) AS log10_grain_boundary_conductance,
    log10(r.grain_boundary_conductivity_s_per_cm) AS log10_observed_grain_boundary_conductivity,
    log10(r.bulk_conductivity_s_per_cm / (s.grain_size_um * 1e-4)) AS log10_bulk_per_grain,
    log10(r.grain_boundary_conductivity_s_per_cm / (s.grain_size_um * 1e-4) / (s.grain_size_um * 1e-4))
        AS log10_grain_boundary_per_grain,
    log10(r.total_conductivity_s_per_cm) AS log10_total_conductivity,
    r.bulk_relation,
    r.bulk_basis,
    r.grain_boundary_relation,
    r.grain_boundary_basis,
    r.grain_boundary_rounding_ruled,
    r.total_relation,
    r.total_basis
FROM room_temperature_conductivity AS r
INNER JOIN samples AS s ON s.id = r.sample_id
INNER JOIN descriptors AS d ON d.sample_id = r.sample_id
LEFT JOIN compositions AS c ON c.id = s.composition_id
-- ;
CREATE VIEW training_bulk AS
-- One row per sample whose bulk conductivity is known, with relation =.
SELECT * FROM training_samples
WHERE bulk_conductivity_s_per_cm IS NOT NULL AND bulk_relation = '='
-- ;
CREATE VIEW training_grain_boundary AS
-- One row per sample whose grain-boundary conductance h_gb is known, with relation =.
SELECT * FROM training_samples
WHERE grain_boundary_conductance_s_per_cm2 IS NOT NULL AND grain_boundary_relation = '='
-- ;
CREATE VIEW training_grain_boundary_observed AS
-- One row per sample whose observed grain-boundary conductivity is known, with relation =.
SELECT * FROM training_samples
WHERE grain_boundary_conductivity_s_per_cm IS NOT NULL AND grain_boundary_relation = '='
-- ;
CREATE VIEW training_total AS
-- One row per sample whose total conductivity is known, with relation =.
SELECT * FROM training_samples
WHERE total_conductivity_s_per_cm IS NOT NULL AND total_relation = '='
-- ;
CREATE VIEW training_limits AS
-- One row per sample and target whose value is a limit, with its relation.
SELECT
    t.target,
    CASE t.target WHEN 'bulk' THEN s.bulk_relation WHEN 'total' THEN s.total_relation ELSE s.grain_boundary_relation END
        AS relation,
    s.*
FROM training_samples AS s
INNER JOIN (
    SELECT 'bulk' AS target
    UNION ALL SELECT 'grain-boundary'
    UNION ALL SELECT 'grain-boundary-observed'
    UNION ALL SELECT 'total'
) AS t
    ON (t.target = 'bulk' AND s.bulk_relation IN ('<', '>'))
    OR (
        t.target = 'grain-boundary' AND s.grain_boundary_relation IN ('<', '>')
        AND s.grain_boundary_conductance_s_per_cm2 IS NOT NULL
    )
    OR (t.target = 'grain-boundary-observed' AND s.grain_boundary_relation IN ('<', '>'))
    OR (t.target = 'total' AND s.total_relation IN ('<', '>'))
-- ;
CREATE VIEW sample_names AS
-- One row per sample: what a reader calls it, and where it comes from.
SELECT
    s.id AS sample_id,
    s.publication_id,
    s.label,
    coalesce(c.formula, s.formula_as_written) AS formula,
    s.structure_class,
    p.doi,
    coalesce(p.first_author, p.title, p.doi) || coalesce(' ' || p.year, '') AS reference,
    p.review_state
FROM samples AS s
INNER JOIN publications AS p ON p.id = s.publication_id
LEFT JOIN compositions AS c ON c.id = s.composition_id
-- ;
CREATE VIEW measurement_points AS
-- One row per measurement, with its sample's names and, for grain boundaries of samples with a known grain size, the
-- conductance of a single boundary (Eq. 11 of doi 10.1080/14686996.2020.1824985).
SELECT
    m.id AS measurement_id,
    n.sample_id,
    n.publication_id,
    n.label,
    n.formula,
    n.structure_class,
    n.doi,
    n.reference,
    m.contribution,
    m.contribution_basis,
    m.temperature_c,
    m.temperature_basis,
    m.relation,
    m.value_basis,
    m.conductivity_s_per_cm,
    CASE WHEN m.contribution = 'grain_boundary' THEN m.conductivity_s_per_cm / (s.grain_size_um * 1e-4) END
        AS conductance_s_per_cm2
FROM impedance_measurements AS m
INNER JOIN sample_names AS n ON n.sample_id = m.sample_id
INNER JOIN samples AS s ON s.id = m.sample_id
-- ;
CREATE VIEW reported_activation_energies AS
-- One row per activation energy that a source reports, with its sample's names: what a fit of the temperature series is
-- compared with.
SELECT
    a.id AS activation_energy_id,
    n.sample_id,
    n.publication_id,
    n.label,
    n.formula,
    n.structure_class,
    n.doi,
    n.reference,
    a.contribution,
    a.contribution_basis,
    a.replicate_label,
    a.relation,
    a.activation_energy_ev,
    a.uncertainty_ev
FROM activation_energies AS a
INNER JOIN sample_names AS n ON n.sample_id = a.sample_id
-- ;
CREATE TRIGGER log_insert_publications AFTER INSERT ON publications
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('publications', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'doi', NEW.doi, 'title', NEW.title, 'title_key', NEW.title_key, 'first_author', NEW.first_author, 'authors', NEW.authors, 'journal', NEW.journal, 'year', NEW.year, 'volume', NEW.volume, 'pages', NEW.pages, 'url', NEW.url, 'kind', NEW.kind, 'review_state', NEW.review_state, 'reviewed_by', NEW.reviewed_by, 'reviewed_at', NEW.reviewed_at), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_update_publications AFTER UPDATE ON publications
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.doi IS NOT NEW.doi OR OLD.title IS NOT NEW.title OR OLD.title_key IS NOT NEW.title_key OR OLD.first_author IS NOT NEW.first_author OR OLD.authors IS NOT NEW.authors OR OLD.journal IS NOT NEW.journal OR OLD.year IS NOT NEW.year OR OLD.volume IS NOT NEW.volume OR OLD.pages IS NOT NEW.pages OR OLD.url IS NOT NEW.url OR OLD.kind IS NOT NEW.kind OR OLD.review_state IS NOT NEW.review_state OR OLD.reviewed_by IS NOT NEW.reviewed_by OR OLD.reviewed_at IS NOT NEW.reviewed_at
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('publications', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'doi', OLD.doi, 'title', OLD.title, 'title_key', OLD.title_key, 'first_author', OLD.first_author, 'authors', OLD.authors, 'journal', OLD.journal, 'year', OLD.year, 'volume', OLD.volume, 'pages', OLD.pages, 'url', OLD.url, 'kind', OLD.kind, 'review_state', OLD.review_state, 'reviewed_by', OLD.reviewed_by, 'reviewed_at', OLD.reviewed_at), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'doi', NEW.doi, 'title', NEW.title, 'title_key', NEW.title_key, 'first_author', NEW.first_author, 'authors', NEW.authors, 'journal', NEW.journal, 'year', NEW.year, 'volume', NEW.volume, 'pages', NEW.pages, 'url', NEW.url, 'kind', NEW.kind, 'review_state', NEW.review_state, 'reviewed_by', NEW.reviewed_by, 'reviewed_at', NEW.reviewed_at), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_delete_publications AFTER DELETE ON publications
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('publications', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'doi', OLD.doi, 'title', OLD.title, 'title_key', OLD.title_key, 'first_author', OLD.first_author, 'authors', OLD.authors, 'journal', OLD.journal, 'year', OLD.year, 'volume', OLD.volume, 'pages', OLD.pages, 'url', OLD.url, 'kind', OLD.kind, 'review_state', OLD.review_state, 'reviewed_by', OLD.reviewed_by, 'reviewed_at', OLD.reviewed_at), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_insert_compositions AFTER INSERT ON compositions
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('compositions', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'formula', NEW.formula, 'reduced_formula', NEW.reduced_formula, 'fingerprint', NEW.fingerprint), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_update_compositions AFTER UPDATE ON compositions
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.formula IS NOT NEW.formula OR OLD.reduced_formula IS NOT NEW.reduced_formula OR OLD.fingerprint IS NOT NEW.fingerprint
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('compositions', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'formula', OLD.formula, 'reduced_formula', OLD.reduced_formula, 'fingerprint', OLD.fingerprint), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'formula', NEW.formula, 'reduced_formula', NEW.reduced_formula, 'fingerprint', NEW.fingerprint), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_delete_compositions AFTER DELETE ON compositions
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('compositions', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'formula', OLD.formula, 'reduced_formula', OLD.reduced_formula, 'fingerprint', OLD.fingerprint), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_insert_composition_elements AFTER INSERT ON composition_elements
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('composition_elements', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'composition_id', NEW.composition_id, 'element', NEW.element, 'amount', CASE WHEN NEW.amount IS NOT NULL THEN json(printf('%!.17g', NEW.amount)) END), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_update_composition_elements AFTER UPDATE ON composition_elements
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.composition_id IS NOT NEW.composition_id OR OLD.element IS NOT NEW.element OR OLD.amount IS NOT NEW.amount
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('composition_elements', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'composition_id', OLD.composition_id, 'element', OLD.element, 'amount', CASE WHEN OLD.amount IS NOT NULL THEN json(printf('%!.17g', OLD.amount)) END), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'composition_id', NEW.composition_id, 'element', NEW.element, 'amount', CASE WHEN NEW.amount IS NOT NULL THEN json(printf('%!.17g', NEW.amount)) END), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_delete_composition_elements AFTER DELETE ON composition_elements
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('composition_elements', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'composition_id', OLD.composition_id, 'element', OLD.element, 'amount', CASE WHEN OLD.amount IS NOT NULL THEN json(printf('%!.17g', OLD.amount)) END), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_insert_samples AFTER INSERT ON samples
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('samples', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'publication_id', NEW.publication_id, 'composition_id', NEW.composition_id, 'label', NEW.label, 'formula_as_written', NEW.formula_as_written, 'structure_class', NEW.structure_class, 'structure_type', NEW.structure_type, 'space_group_symbol', NEW.space_group_symbol, 'phase_type', NEW.phase_type, 'additive_present', NEW.additive_present, 'additive_formula', NEW.additive_formula, 'additive_wt_percent', CASE WHEN NEW.additive_wt_percent IS NOT NULL THEN json(printf('%!.17g', NEW.additive_wt_percent)) END, 'synthesis_method', NEW.synthesis_method, 'synthesis_method_text', NEW.synthesis_method_text, 'pellet_diameter_mm', CASE WHEN NEW.pellet_diameter_mm IS NOT NULL THEN json(printf('%!.17g', NEW.pellet_diameter_mm)) END, 'pellet_thickness_mm', CASE WHEN NEW.pellet_thickness_mm IS NOT NULL THEN json(printf('%!.17g', NEW.pellet_thickness_mm)) END, 'grain_size_um', CASE WHEN NEW.grain_size_um IS NOT NULL THEN json(printf('%!.17g', NEW.grain_size_um)) END, 'grain_size_lower_um', CASE WHEN NEW.grain_size_lower_um IS NOT NULL THEN json(printf('%!.17g', NEW.grain_size_lower_um)) END, 'grain_size_upper_um', CASE WHEN NEW.grain_size_upper_um IS NOT NULL THEN json(printf('%!.17g', NEW.grain_size_upper_um)) END, 'grain_size_basis', NEW.grain_size_basis, 'relative_density_percent', CASE WHEN NEW.relative_density_percent IS NOT NULL THEN json(printf('%!.17g', NEW.relative_density_percent)) END), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_update_samples AFTER UPDATE ON samples
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.as_written IS NOT NEW.as_written OR OLD.remark IS NOT NEW.remark OR OLD.publication_id IS NOT NEW.publication_id OR OLD.composition_id IS NOT NEW.composition_id OR OLD.label IS NOT NEW.label OR OLD.formula_as_written IS NOT NEW.formula_as_written OR OLD.structure_class IS NOT NEW.structure_class OR OLD.structure_type IS NOT NEW.structure_type OR OLD.space_group_symbol IS NOT NEW.space_group_symbol OR OLD.phase_type IS NOT NEW.phase_type OR OLD.additive_present IS NOT NEW.additive_present OR OLD.additive_formula IS NOT NEW.additive_formula OR OLD.additive_wt_percent IS NOT NEW.additive_wt_percent OR OLD.synthesis_method IS NOT NEW.synthesis_method OR OLD.synthesis_method_text IS NOT NEW.synthesis_method_text OR OLD.pellet_diameter_mm IS NOT NEW.pellet_diameter_mm OR OLD.pellet_thickness_mm IS NOT NEW.pellet_thickness_mm OR OLD.grain_size_um IS NOT NEW.grain_size_um OR OLD.grain_size_lower_um IS NOT NEW.grain_size_lower_um OR OLD.grain_size_upper_um IS NOT NEW.grain_size_upper_um OR OLD.grain_size_basis IS NOT NEW.grain_size_basis OR OLD.relative_density_percent IS NOT NEW.relative_density_percent
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('samples', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'publication_id', OLD.publication_id, 'composition_id', OLD.composition_id, 'label', OLD.label, 'formula_as_written', OLD.formula_as_written, 'structure_class', OLD.structure_class, 'structure_type', OLD.structure_type, 'space_group_symbol', OLD.space_group_symbol, 'phase_type', OLD.phase_type, 'additive_present', OLD.additive_present, 'additive_formula', OLD.additive_formula, 'additive_wt_percent', CASE WHEN OLD.additive_wt_percent IS NOT NULL THEN json(printf('%!.17g', OLD.additive_wt_percent)) END, 'synthesis_method', OLD.synthesis_method, 'synthesis_method_text', OLD.synthesis_method_text, 'pellet_diameter_mm', CASE WHEN OLD.pellet_diameter_mm IS NOT NULL THEN json(printf('%!.17g', OLD.pellet_diameter_mm)) END, 'pellet_thickness_mm', CASE WHEN OLD.pellet_thickness_mm IS NOT NULL THEN json(printf('%!.17g', OLD.pellet_thickness_mm)) END, 'grain_size_um', CASE WHEN OLD.grain_size_um IS NOT NULL THEN json(printf('%!.17g', OLD.grain_size_um)) END, 'grain_size_lower_um', CASE WHEN OLD.grain_size_lower_um IS NOT NULL THEN json(printf('%!.17g', OLD.grain_size_lower_um)) END, 'grain_size_upper_um', CASE WHEN OLD.grain_size_upper_um IS NOT NULL THEN json(printf('%!.17g', OLD.grain_size_upper_um)) END, 'grain_size_basis', OLD.grain_size_basis, 'relative_density_percent', CASE WHEN OLD.relative_density_percent IS NOT NULL THEN json(printf('%!.17g', OLD.relative_density_percent)) END), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'publication_id', NEW.publication_id, 'composition_id', NEW.composition_id, 'label', NEW.label, 'formula_as_written', NEW.formula_as_written, 'structure_class', NEW.structure_class, 'structure_type', NEW.structure_type, 'space_group_symbol', NEW.space_group_symbol, 'phase_type', NEW.phase_type, 'additive_present', NEW.additive_present, 'additive_formula', NEW.additive_formula, 'additive_wt_percent', CASE WHEN NEW.additive_wt_percent IS NOT NULL THEN json(printf('%!.17g', NEW.additive_wt_percent)) END, 'synthesis_method', NEW.synthesis_method, 'synthesis_method_text', NEW.synthesis_method_text, 'pellet_diameter_mm', CASE WHEN NEW.pellet_diameter_mm IS NOT NULL THEN json(printf('%!.17g', NEW.pellet_diameter_mm)) END, 'pellet_thickness_mm', CASE WHEN NEW.pellet_thickness_mm IS NOT NULL THEN json(printf('%!.17g', NEW.pellet_thickness_mm)) END, 'grain_size_um', CASE WHEN NEW.grain_size_um IS NOT NULL THEN json(printf('%!.17g', NEW.grain_size_um)) END, 'grain_size_lower_um', CASE WHEN NEW.grain_size_lower_um IS NOT NULL THEN json(printf('%!.17g', NEW.grain_size_lower_um)) END, 'grain_size_upper_um', CASE WHEN NEW.grain_size_upper_um IS NOT NULL THEN json(printf('%!.17g', NEW.grain_size_upper_um)) END, 'grain_size_basis', NEW.grain_size_basis, 'relative_density_percent', CASE WHEN NEW.relative_density_percent IS NOT NULL THEN json(printf('%!.17g', NEW.relative_density_percent)) END), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_delete_samples AFTER DELETE ON samples
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('samples', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'publication_id', OLD.publication_id, 'composition_id', OLD.composition_id, 'label', OLD.label, 'formula_as_written', OLD.formula_as_written, 'structure_class', OLD.structure_class, 'structure_type', OLD.structure_type, 'space_group_symbol', OLD.space_group_symbol, 'phase_type', OLD.phase_type, 'additive_present', OLD.additive_present, 'additive_formula', OLD.additive_formula, 'additive_wt_percent', CASE WHEN OLD.additive_wt_percent IS NOT NULL THEN json(printf('%!.17g', OLD.additive_wt_percent)) END, 'synthesis_method', OLD.synthesis_method, 'synthesis_method_text', OLD.synthesis_method_text, 'pellet_diameter_mm', CASE WHEN OLD.pellet_diameter_mm IS NOT NULL THEN json(printf('%!.17g', OLD.pellet_diameter_mm)) END, 'pellet_thickness_mm', CASE WHEN OLD.pellet_thickness_mm IS NOT NULL THEN json(printf('%!.17g', OLD.pellet_thickness_mm)) END, 'grain_size_um', CASE WHEN OLD.grain_size_um IS NOT NULL THEN json(printf('%!.17g', OLD.grain_size_um)) END, 'grain_size_lower_um', CASE WHEN OLD.grain_size_lower_um IS NOT NULL THEN json(printf('%!.17g', OLD.grain_size_lower_um)) END, 'grain_size_upper_um', CASE WHEN OLD.grain_size_upper_um IS NOT NULL THEN json(printf('%!.17g', OLD.grain_size_upper_um)) END, 'grain_size_basis', OLD.grain_size_basis, 'relative_density_percent', CASE WHEN OLD.relative_density_percent IS NOT NULL THEN json(printf('%!.17g', OLD.relative_density_percent)) END), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_insert_processing_steps AFTER INSERT ON processing_steps
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('processing_steps', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'sample_id', NEW.sample_id, 'position', NEW.position, 'operation', NEW.operation, 'operation_text', NEW.operation_text, 'temperature_c', CASE WHEN NEW.temperature_c IS NOT NULL THEN json(printf('%!.17g', NEW.temperature_c)) END, 'duration_h', CASE WHEN NEW.duration_h IS NOT NULL THEN json(printf('%!.17g', NEW.duration_h)) END, 'atmosphere', NEW.atmosphere, 'pressure_mpa', CASE WHEN NEW.pressure_mpa IS NOT NULL THEN json(printf('%!.17g', NEW.pressure_mpa)) END), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_update_processing_steps AFTER UPDATE ON processing_steps
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.as_written IS NOT NEW.as_written OR OLD.remark IS NOT NEW.remark OR OLD.sample_id IS NOT NEW.sample_id OR OLD.position IS NOT NEW.position OR OLD.operation IS NOT NEW.operation OR OLD.operation_text IS NOT NEW.operation_text OR OLD.temperature_c IS NOT NEW.temperature_c OR OLD.duration_h IS NOT NEW.duration_h OR OLD.atmosphere IS NOT NEW.atmosphere OR OLD.pressure_mpa IS NOT NEW.pressure_mpa
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('processing_steps', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'sample_id', OLD.sample_id, 'position', OLD.position, 'operation', OLD.operation, 'operation_text', OLD.operation_text, 'temperature_c', CASE WHEN OLD.temperature_c IS NOT NULL THEN json(printf('%!.17g', OLD.temperature_c)) END, 'duration_h', CASE WHEN OLD.duration_h IS NOT NULL THEN json(printf('%!.17g', OLD.duration_h)) END, 'atmosphere', OLD.atmosphere, 'pressure_mpa', CASE WHEN OLD.pressure_mpa IS NOT NULL THEN json(printf('%!.17g', OLD.pressure_mpa)) END), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'sample_id', NEW.sample_id, 'position', NEW.position, 'operation', NEW.operation, 'operation_text', NEW.operation_text, 'temperature_c', CASE WHEN NEW.temperature_c IS NOT NULL THEN json(printf('%!.17g', NEW.temperature_c)) END, 'duration_h', CASE WHEN NEW.duration_h IS NOT NULL THEN json(printf('%!.17g', NEW.duration_h)) END, 'atmosphere', NEW.atmosphere, 'pressure_mpa', CASE WHEN NEW.pressure_mpa IS NOT NULL THEN json(printf('%!.17g', NEW.pressure_mpa)) END), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_delete_processing_steps AFTER DELETE ON processing_steps
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('processing_steps', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'sample_id', OLD.sample_id, 'position', OLD.position, 'operation', OLD.operation, 'operation_text', OLD.operation_text, 'temperature_c', CASE WHEN OLD.temperature_c IS NOT NULL THEN json(printf('%!.17g', OLD.temperature_c)) END, 'duration_h', CASE WHEN OLD.duration_h IS NOT NULL THEN json(printf('%!.17g', OLD.duration_h)) END, 'atmosphere', OLD.atmosphere, 'pressure_mpa', CASE WHEN OLD.pressure_mpa IS NOT NULL THEN json(printf('%!.17g', OLD.pressure_mpa)) END), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_insert_impedance_measurements AFTER INSERT ON impedance_measurements
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('impedance_measurements', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'sample_id', NEW.sample_id, 'contribution', NEW.contribution, 'contribution_basis', NEW.contribution_basis, 'temperature_c', CASE WHEN NEW.temperature_c IS NOT NULL THEN json(printf('%!.17g', NEW.temperature_c)) END, 'temperature_basis', NEW.temperature_basis, 'replicate_label', NEW.replicate_label, 'conductivity_s_per_cm', CASE WHEN NEW.conductivity_s_per_cm IS NOT NULL THEN json(printf('%!.17g', NEW.conductivity_s_per_cm)) END, 'relation', NEW.relation, 'uncertainty_s_per_cm', CASE WHEN NEW.uncertainty_s_per_cm IS NOT NULL THEN json(printf('%!.17g', NEW.uncertainty_s_per_cm)) END, 'value_basis', NEW.value_basis, 'source_location', NEW.source_location, 'source_kind', NEW.source_kind, 'source_url', NEW.source_url, 'identity_basis', NEW.identity_basis, 'compiled_via', NEW.compiled_via, 'confidence', NEW.confidence), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_update_impedance_measurements AFTER UPDATE ON impedance_measurements
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.as_written IS NOT NEW.as_written OR OLD.remark IS NOT NEW.remark OR OLD.sample_id IS NOT NEW.sample_id OR OLD.contribution IS NOT NEW.contribution OR OLD.contribution_basis IS NOT NEW.contribution_basis OR OLD.temperature_c IS NOT NEW.temperature_c OR OLD.temperature_basis IS NOT NEW.temperature_basis OR OLD.replicate_label IS NOT NEW.replicate_label OR OLD.conductivity_s_per_cm IS NOT NEW.conductivity_s_per_cm OR OLD.relation IS NOT NEW.relation OR OLD.uncertainty_s_per_cm IS NOT NEW.uncertainty_s_per_cm OR OLD.value_basis IS NOT NEW.value_basis OR OLD.source_location IS NOT NEW.source_location OR OLD.source_kind IS NOT NEW.source_kind OR OLD.source_url IS NOT NEW.source_url OR OLD.identity_basis IS NOT NEW.identity_basis OR OLD.compiled_via IS NOT NEW.compiled_via OR OLD.confidence IS NOT NEW.confidence
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('impedance_measurements', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'sample_id', OLD.sample_id, 'contribution', OLD.contribution, 'contribution_basis', OLD.contribution_basis, 'temperature_c', CASE WHEN OLD.temperature_c IS NOT NULL THEN json(printf('%!.17g', OLD.temperature_c)) END, 'temperature_basis', OLD.temperature_basis, 'replicate_label', OLD.replicate_label, 'conductivity_s_per_cm', CASE WHEN OLD.conductivity_s_per_cm IS NOT NULL THEN json(printf('%!.17g', OLD.conductivity_s_per_cm)) END, 'relation', OLD.relation, 'uncertainty_s_per_cm', CASE WHEN OLD.uncertainty_s_per_cm IS NOT NULL THEN json(printf('%!.17g', OLD.uncertainty_s_per_cm)) END, 'value_basis', OLD.value_basis, 'source_location', OLD.source_location, 'source_kind', OLD.source_kind, 'source_url', OLD.source_url, 'identity_basis', OLD.identity_basis, 'compiled_via', OLD.compiled_via, 'confidence', OLD.confidence), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'sample_id', NEW.sample_id, 'contribution', NEW.contribution, 'contribution_basis', NEW.contribution_basis, 'temperature_c', CASE WHEN NEW.temperature_c IS NOT NULL THEN json(printf('%!.17g', NEW.temperature_c)) END, 'temperature_basis', NEW.temperature_basis, 'replicate_label', NEW.replicate_label, 'conductivity_s_per_cm', CASE WHEN NEW.conductivity_s_per_cm IS NOT NULL THEN json(printf('%!.17g', NEW.conductivity_s_per_cm)) END, 'relation', NEW.relation, 'uncertainty_s_per_cm', CASE WHEN NEW.uncertainty_s_per_cm IS NOT NULL THEN json(printf('%!.17g', NEW.uncertainty_s_per_cm)) END, 'value_basis', NEW.value_basis, 'source_location', NEW.source_location, 'source_kind', NEW.source_kind, 'source_url', NEW.source_url, 'identity_basis', NEW.identity_basis, 'compiled_via', NEW.compiled_via, 'confidence', NEW.confidence), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_delete_impedance_measurements AFTER DELETE ON impedance_measurements
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('impedance_measurements', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'sample_id', OLD.sample_id, 'contribution', OLD.contribution, 'contribution_basis', OLD.contribution_basis, 'temperature_c', CASE WHEN OLD.temperature_c IS NOT NULL THEN json(printf('%!.17g', OLD.temperature_c)) END, 'temperature_basis', OLD.temperature_basis, 'replicate_label', OLD.replicate_label, 'conductivity_s_per_cm', CASE WHEN OLD.conductivity_s_per_cm IS NOT NULL THEN json(printf('%!.17g', OLD.conductivity_s_per_cm)) END, 'relation', OLD.relation, 'uncertainty_s_per_cm', CASE WHEN OLD.uncertainty_s_per_cm IS NOT NULL THEN json(printf('%!.17g', OLD.uncertainty_s_per_cm)) END, 'value_basis', OLD.value_basis, 'source_location', OLD.source_location, 'source_kind', OLD.source_kind, 'source_url', OLD.source_url, 'identity_basis', OLD.identity_basis, 'compiled_via', OLD.compiled_via, 'confidence', OLD.confidence), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_insert_activation_energies AFTER INSERT ON activation_energies
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('activation_energies', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'sample_id', NEW.sample_id, 'contribution', NEW.contribution, 'contribution_basis', NEW.contribution_basis, 'replicate_label', NEW.replicate_label, 'activation_energy_ev', CASE WHEN NEW.activation_energy_ev IS NOT NULL THEN json(printf('%!.17g', NEW.activation_energy_ev)) END, 'relation', NEW.relation, 'uncertainty_ev', CASE WHEN NEW.uncertainty_ev IS NOT NULL THEN json(printf('%!.17g', NEW.uncertainty_ev)) END, 'source_location', NEW.source_location), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_update_activation_energies AFTER UPDATE ON activation_energies
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.as_written IS NOT NEW.as_written OR OLD.remark IS NOT NEW.remark OR OLD.sample_id IS NOT NEW.sample_id OR OLD.contribution IS NOT NEW.contribution OR OLD.contribution_basis IS NOT NEW.contribution_basis OR OLD.replicate_label IS NOT NEW.replicate_label OR OLD.activation_energy_ev IS NOT NEW.activation_energy_ev OR OLD.relation IS NOT NEW.relation OR OLD.uncertainty_ev IS NOT NEW.uncertainty_ev OR OLD.source_location IS NOT NEW.source_location
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('activation_energies', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'sample_id', OLD.sample_id, 'contribution', OLD.contribution, 'contribution_basis', OLD.contribution_basis, 'replicate_label', OLD.replicate_label, 'activation_energy_ev', CASE WHEN OLD.activation_energy_ev IS NOT NULL THEN json(printf('%!.17g', OLD.activation_energy_ev)) END, 'relation', OLD.relation, 'uncertainty_ev', CASE WHEN OLD.uncertainty_ev IS NOT NULL THEN json(printf('%!.17g', OLD.uncertainty_ev)) END, 'source_location', OLD.source_location), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'sample_id', NEW.sample_id, 'contribution', NEW.contribution, 'contribution_basis', NEW.contribution_basis, 'replicate_label', NEW.replicate_label, 'activation_energy_ev', CASE WHEN NEW.activation_energy_ev IS NOT NULL THEN json(printf('%!.17g', NEW.activation_energy_ev)) END, 'relation', NEW.relation, 'uncertainty_ev', CASE WHEN NEW.uncertainty_ev IS NOT NULL THEN json(printf('%!.17g', NEW.uncertainty_ev)) END, 'source_location', NEW.source_location), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_delete_activation_energies AFTER DELETE ON activation_energies
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('activation_energies', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'sample_id', OLD.sample_id, 'contribution', OLD.contribution, 'contribution_basis', OLD.contribution_basis, 'replicate_label', OLD.replicate_label, 'activation_energy_ev', CASE WHEN OLD.activation_energy_ev IS NOT NULL THEN json(printf('%!.17g', OLD.activation_energy_ev)) END, 'relation', OLD.relation, 'uncertainty_ev', CASE WHEN OLD.uncertainty_ev IS NOT NULL THEN json(printf('%!.17g', OLD.uncertainty_ev)) END, 'source_location', OLD.source_location), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_insert_structural_records AFTER INSERT ON structural_records
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('structural_records', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'record_key', NEW.record_key, 'label', NEW.label, 'composition_id', NEW.composition_id, 'sample_id', NEW.sample_id, 'publication_id', NEW.publication_id, 'awaits_doi', NEW.awaits_doi, 'awaits_sample_label', NEW.awaits_sample_label, 'match', NEW.match, 'space_group_symbol', NEW.space_group_symbol, 'space_group_number', NEW.space_group_number, 'a_angstrom', CASE WHEN NEW.a_angstrom IS NOT NULL THEN json(printf('%!.17g', NEW.a_angstrom)) END, 'b_angstrom', CASE WHEN NEW.b_angstrom IS NOT NULL THEN json(printf('%!.17g', NEW.b_angstrom)) END, 'c_angstrom', CASE WHEN NEW.c_angstrom IS NOT NULL THEN json(printf('%!.17g', NEW.c_angstrom)) END, 'alpha_degree', CASE WHEN NEW.alpha_degree IS NOT NULL THEN json(printf('%!.17g', NEW.alpha_degree)) END, 'beta_degree', CASE WHEN NEW.beta_degree IS NOT NULL THEN json(printf('%!.17g', NEW.beta_degree)) END, 'gamma_degree', CASE WHEN NEW.gamma_degree IS NOT NULL THEN json(printf('%!.17g', NEW.gamma_degree)) END, 'formula_units', CASE WHEN NEW.formula_units IS NOT NULL THEN json(printf('%!.17g', NEW.formula_units)) END, 'temperature_c', CASE WHEN NEW.temperature_c IS NOT NULL THEN json(printf('%!.17g', NEW.temperature_c)) END, 'temperature_basis', NEW.temperature_basis, 'density_g_per_cm3', CASE WHEN NEW.density_g_per_cm3 IS NOT NULL THEN json(printf('%!.17g', NEW.density_g_per_cm3)) END, 'unit_cell_volume_angstrom3', CASE WHEN NEW.unit_cell_volume_angstrom3 IS NOT NULL THEN json(printf('%!.17g', NEW.unit_cell_volume_angstrom3)) END, 'cell_volume_angstrom3', CASE WHEN NEW.cell_volume_angstrom3 IS NOT NULL THEN json(printf('%!.17g', NEW.cell_volume_angstrom3)) END, 'li_neighbor_distance_angstrom', CASE WHEN NEW.li_neighbor_distance_angstrom IS NOT NULL THEN json(printf('%!.17g', NEW.li_neighbor_distance_angstrom)) END, 'li_site_occupancy', CASE WHEN NEW.li_site_occupancy IS NOT NULL THEN json(printf('%!.17g', NEW.li_site_occupancy)) END, 'li_coordination_number', CASE WHEN NEW.li_coordination_number IS NOT NULL THEN json(printf('%!.17g', NEW.li_coordination_number)) END, 'coordinates_basis', NEW.coordinates_basis, 'source_citation', NEW.source_citation, 'source_url', NEW.source_url, 'source_location', NEW.source_location, 'icsd_number', NEW.icsd_number, 'cod_number', NEW.cod_number, 'cif_text', NEW.cif_text, 'file_name', NEW.file_name, 'file_sha256', NEW.file_sha256), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_update_structural_records AFTER UPDATE ON structural_records
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.as_written IS NOT NEW.as_written OR OLD.remark IS NOT NEW.remark OR OLD.record_key IS NOT NEW.record_key OR OLD.label IS NOT NEW.label OR OLD.composition_id IS NOT NEW.composition_id OR OLD.sample_id IS NOT NEW.sample_id OR OLD.publication_id IS NOT NEW.publication_id OR OLD.awaits_doi IS NOT NEW.awaits_doi OR OLD.awaits_sample_label IS NOT NEW.awaits_sample_label OR OLD.match IS NOT NEW.match OR OLD.space_group_symbol IS NOT NEW.space_group_symbol OR OLD.space_group_number IS NOT NEW.space_group_number OR OLD.a_angstrom IS NOT NEW.a_angstrom OR OLD.b_angstrom IS NOT NEW.b_angstrom OR OLD.c_angstrom IS NOT NEW.c_angstrom OR OLD.alpha_degree IS NOT NEW.alpha_degree OR OLD.beta_degree IS NOT NEW.beta_degree OR OLD.gamma_degree IS NOT NEW.gamma_degree OR OLD.formula_units IS NOT NEW.formula_units OR OLD.temperature_c IS NOT NEW.temperature_c OR OLD.temperature_basis IS NOT NEW.temperature_basis OR OLD.density_g_per_cm3 IS NOT NEW.density_g_per_cm3 OR OLD.unit_cell_volume_angstrom3 IS NOT NEW.unit_cell_volume_angstrom3 OR OLD.cell_volume_angstrom3 IS NOT NEW.cell_volume_angstrom3 OR OLD.li_neighbor_distance_angstrom IS NOT NEW.li_neighbor_distance_angstrom OR OLD.li_site_occupancy IS NOT NEW.li_site_occupancy OR OLD.li_coordination_number IS NOT NEW.li_coordination_number OR OLD.coordinates_basis IS NOT NEW.coordinates_basis OR OLD.source_citation IS NOT NEW.source_citation OR OLD.source_url IS NOT NEW.source_url OR OLD.source_location IS NOT NEW.source_location OR OLD.icsd_number IS NOT NEW.icsd_number OR OLD.cod_number IS NOT NEW.cod_number OR OLD.cif_text IS NOT NEW.cif_text OR OLD.file_name IS NOT NEW.file_name OR OLD.file_sha256 IS NOT NEW.file_sha256
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('structural_records', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'record_key', OLD.record_key, 'label', OLD.label, 'composition_id', OLD.composition_id, 'sample_id', OLD.sample_id, 'publication_id', OLD.publication_id, 'awaits_doi', OLD.awaits_doi, 'awaits_sample_label', OLD.awaits_sample_label, 'match', OLD.match, 'space_group_symbol', OLD.space_group_symbol, 'space_group_number', OLD.space_group_number, 'a_angstrom', CASE WHEN OLD.a_angstrom IS NOT NULL THEN json(printf('%!.17g', OLD.a_angstrom)) END, 'b_angstrom', CASE WHEN OLD.b_angstrom IS NOT NULL THEN json(printf('%!.17g', OLD.b_angstrom)) END, 'c_angstrom', CASE WHEN OLD.c_angstrom IS NOT NULL THEN json(printf('%!.17g', OLD.c_angstrom)) END, 'alpha_degree', CASE WHEN OLD.alpha_degree IS NOT NULL THEN json(printf('%!.17g', OLD.alpha_degree)) END, 'beta_degree', CASE WHEN OLD.beta_degree IS NOT NULL THEN json(printf('%!.17g', OLD.beta_degree)) END, 'gamma_degree', CASE WHEN OLD.gamma_degree IS NOT NULL THEN json(printf('%!.17g', OLD.gamma_degree)) END, 'formula_units', CASE WHEN OLD.formula_units IS NOT NULL THEN json(printf('%!.17g', OLD.formula_units)) END, 'temperature_c', CASE WHEN OLD.temperature_c IS NOT NULL THEN json(printf('%!.17g', OLD.temperature_c)) END, 'temperature_basis', OLD.temperature_basis, 'density_g_per_cm3', CASE WHEN OLD.density_g_per_cm3 IS NOT NULL THEN json(printf('%!.17g', OLD.density_g_per_cm3)) END, 'unit_cell_volume_angstrom3', CASE WHEN OLD.unit_cell_volume_angstrom3 IS NOT NULL THEN json(printf('%!.17g', OLD.unit_cell_volume_angstrom3)) END, 'cell_volume_angstrom3', CASE WHEN OLD.cell_volume_angstrom3 IS NOT NULL THEN json(printf('%!.17g', OLD.cell_volume_angstrom3)) END, 'li_neighbor_distance_angstrom', CASE WHEN OLD.li_neighbor_distance_angstrom IS NOT NULL THEN json(printf('%!.17g', OLD.li_neighbor_distance_angstrom)) END, 'li_site_occupancy', CASE WHEN OLD.li_site_occupancy IS NOT NULL THEN json(printf('%!.17g', OLD.li_site_occupancy)) END, 'li_coordination_number', CASE WHEN OLD.li_coordination_number IS NOT NULL THEN json(printf('%!.17g', OLD.li_coordination_number)) END, 'coordinates_basis', OLD.coordinates_basis, 'source_citation', OLD.source_citation, 'source_url', OLD.source_url, 'source_location', OLD.source_location, 'icsd_number', OLD.icsd_number, 'cod_number', OLD.cod_number, 'cif_text', OLD.cif_text, 'file_name', OLD.file_name, 'file_sha256', OLD.file_sha256), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'record_key', NEW.record_key, 'label', NEW.label, 'composition_id', NEW.composition_id, 'sample_id', NEW.sample_id, 'publication_id', NEW.publication_id, 'awaits_doi', NEW.awaits_doi, 'awaits_sample_label', NEW.awaits_sample_label, 'match', NEW.match, 'space_group_symbol', NEW.space_group_symbol, 'space_group_number', NEW.space_group_number, 'a_angstrom', CASE WHEN NEW.a_angstrom IS NOT NULL THEN json(printf('%!.17g', NEW.a_angstrom)) END, 'b_angstrom', CASE WHEN NEW.b_angstrom IS NOT NULL THEN json(printf('%!.17g', NEW.b_angstrom)) END, 'c_angstrom', CASE WHEN NEW.c_angstrom IS NOT NULL THEN json(printf('%!.17g', NEW.c_angstrom)) END, 'alpha_degree', CASE WHEN NEW.alpha_degree IS NOT NULL THEN json(printf('%!.17g', NEW.alpha_degree)) END, 'beta_degree', CASE WHEN NEW.beta_degree IS NOT NULL THEN json(printf('%!.17g', NEW.beta_degree)) END, 'gamma_degree', CASE WHEN NEW.gamma_degree IS NOT NULL THEN json(printf('%!.17g', NEW.gamma_degree)) END, 'formula_units', CASE WHEN NEW.formula_units IS NOT NULL THEN json(printf('%!.17g', NEW.formula_units)) END, 'temperature_c', CASE WHEN NEW.temperature_c IS NOT NULL THEN json(printf('%!.17g', NEW.temperature_c)) END, 'temperature_basis', NEW.temperature_basis, 'density_g_per_cm3', CASE WHEN NEW.density_g_per_cm3 IS NOT NULL THEN json(printf('%!.17g', NEW.density_g_per_cm3)) END, 'unit_cell_volume_angstrom3', CASE WHEN NEW.unit_cell_volume_angstrom3 IS NOT NULL THEN json(printf('%!.17g', NEW.unit_cell_volume_angstrom3)) END, 'cell_volume_angstrom3', CASE WHEN NEW.cell_volume_angstrom3 IS NOT NULL THEN json(printf('%!.17g', NEW.cell_volume_angstrom3)) END, 'li_neighbor_distance_angstrom', CASE WHEN NEW.li_neighbor_distance_angstrom IS NOT NULL THEN json(printf('%!.17g', NEW.li_neighbor_distance_angstrom)) END, 'li_site_occupancy', CASE WHEN NEW.li_site_occupancy IS NOT NULL THEN json(printf('%!.17g', NEW.li_site_occupancy)) END, 'li_coordination_number', CASE WHEN NEW.li_coordination_number IS NOT NULL THEN json(printf('%!.17g', NEW.li_coordination_number)) END, 'coordinates_basis', NEW.coordinates_basis, 'source_citation', NEW.source_citation, 'source_url', NEW.source_url, 'source_location', NEW.source_location, 'icsd_number', NEW.icsd_number, 'cod_number', NEW.cod_number, 'cif_text', NEW.cif_text, 'file_name', NEW.file_name, 'file_sha256', NEW.file_sha256), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_delete_structural_records AFTER DELETE ON structural_records
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('structural_records', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'record_key', OLD.record_key, 'label', OLD.label, 'composition_id', OLD.composition_id, 'sample_id', OLD.sample_id, 'publication_id', OLD.publication_id, 'awaits_doi', OLD.awaits_doi, 'awaits_sample_label', OLD.awaits_sample_label, 'match', OLD.match, 'space_group_symbol', OLD.space_group_symbol, 'space_group_number', OLD.space_group_number, 'a_angstrom', CASE WHEN OLD.a_angstrom IS NOT NULL THEN json(printf('%!.17g', OLD.a_angstrom)) END, 'b_angstrom', CASE WHEN OLD.b_angstrom IS NOT NULL THEN json(printf('%!.17g', OLD.b_angstrom)) END, 'c_angstrom', CASE WHEN OLD.c_angstrom IS NOT NULL THEN json(printf('%!.17g', OLD.c_angstrom)) END, 'alpha_degree', CASE WHEN OLD.alpha_degree IS NOT NULL THEN json(printf('%!.17g', OLD.alpha_degree)) END, 'beta_degree', CASE WHEN OLD.beta_degree IS NOT NULL THEN json(printf('%!.17g', OLD.beta_degree)) END, 'gamma_degree', CASE WHEN OLD.gamma_degree IS NOT NULL THEN json(printf('%!.17g', OLD.gamma_degree)) END, 'formula_units', CASE WHEN OLD.formula_units IS NOT NULL THEN json(printf('%!.17g', OLD.formula_units)) END, 'temperature_c', CASE WHEN OLD.temperature_c IS NOT NULL THEN json(printf('%!.17g', OLD.temperature_c)) END, 'temperature_basis', OLD.temperature_basis, 'density_g_per_cm3', CASE WHEN OLD.density_g_per_cm3 IS NOT NULL THEN json(printf('%!.17g', OLD.density_g_per_cm3)) END, 'unit_cell_volume_angstrom3', CASE WHEN OLD.unit_cell_volume_angstrom3 IS NOT NULL THEN json(printf('%!.17g', OLD.unit_cell_volume_angstrom3)) END, 'cell_volume_angstrom3', CASE WHEN OLD.cell_volume_angstrom3 IS NOT NULL THEN json(printf('%!.17g', OLD.cell_volume_angstrom3)) END, 'li_neighbor_distance_angstrom', CASE WHEN OLD.li_neighbor_distance_angstrom IS NOT NULL THEN json(printf('%!.17g', OLD.li_neighbor_distance_angstrom)) END, 'li_site_occupancy', CASE WHEN OLD.li_site_occupancy IS NOT NULL THEN json(printf('%!.17g', OLD.li_site_occupancy)) END, 'li_coordination_number', CASE WHEN OLD.li_coordination_number IS NOT NULL THEN json(printf('%!.17g', OLD.li_coordination_number)) END, 'coordinates_basis', OLD.coordinates_basis, 'source_citation', OLD.source_citation, 'source_url', OLD.source_url, 'source_location', OLD.source_location, 'icsd_number', OLD.icsd_number, 'cod_number', OLD.cod_number, 'cif_text', OLD.cif_text, 'file_name', OLD.file_name, 'file_sha256', OLD.file_sha256), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_insert_impedance_spectra AFTER INSERT ON impedance_spectra
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('impedance_spectra', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'spectrum_key', NEW.spectrum_key, 'sample_id', NEW.sample_id, 'label', NEW.label, 'instrument', NEW.instrument, 'measured_at', NEW.measured_at, 'temperature_c', CASE WHEN NEW.temperature_c IS NOT NULL THEN json(printf('%!.17g', NEW.temperature_c)) END, 'temperature_basis', NEW.temperature_basis, 'pellet_diameter_mm', CASE WHEN NEW.pellet_diameter_mm IS NOT NULL THEN json(printf('%!.17g', NEW.pellet_diameter_mm)) END, 'pellet_thickness_mm', CASE WHEN NEW.pellet_thickness_mm IS NOT NULL THEN json(printf('%!.17g', NEW.pellet_thickness_mm)) END, 'point_count', NEW.point_count, 'lowest_frequency_hz', CASE WHEN NEW.lowest_frequency_hz IS NOT NULL THEN json(printf('%!.17g', NEW.lowest_frequency_hz)) END, 'highest_frequency_hz', CASE WHEN NEW.highest_frequency_hz IS NOT NULL THEN json(printf('%!.17g', NEW.highest_frequency_hz)) END, 'points', NEW.points, 'reading', NEW.reading, 'file_name', NEW.file_name, 'file_sha256', NEW.file_sha256), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_update_impedance_spectra AFTER UPDATE ON impedance_spectra
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.as_written IS NOT NEW.as_written OR OLD.remark IS NOT NEW.remark OR OLD.spectrum_key IS NOT NEW.spectrum_key OR OLD.sample_id IS NOT NEW.sample_id OR OLD.label IS NOT NEW.label OR OLD.instrument IS NOT NEW.instrument OR OLD.measured_at IS NOT NEW.measured_at OR OLD.temperature_c IS NOT NEW.temperature_c OR OLD.temperature_basis IS NOT NEW.temperature_basis OR OLD.pellet_diameter_mm IS NOT NEW.pellet_diameter_mm OR OLD.pellet_thickness_mm IS NOT NEW.pellet_thickness_mm OR OLD.point_count IS NOT NEW.point_count OR OLD.lowest_frequency_hz IS NOT NEW.lowest_frequency_hz OR OLD.highest_frequency_hz IS NOT NEW.highest_frequency_hz OR OLD.points IS NOT NEW.points OR OLD.reading IS NOT NEW.reading OR OLD.file_name IS NOT NEW.file_name OR OLD.file_sha256 IS NOT NEW.file_sha256
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('impedance_spectra', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'spectrum_key', OLD.spectrum_key, 'sample_id', OLD.sample_id, 'label', OLD.label, 'instrument', OLD.instrument, 'measured_at', OLD.measured_at, 'temperature_c', CASE WHEN OLD.temperature_c IS NOT NULL THEN json(printf('%!.17g', OLD.temperature_c)) END, 'temperature_basis', OLD.temperature_basis, 'pellet_diameter_mm', CASE WHEN OLD.pellet_diameter_mm IS NOT NULL THEN json(printf('%!.17g', OLD.pellet_diameter_mm)) END, 'pellet_thickness_mm', CASE WHEN OLD.pellet_thickness_mm IS NOT NULL THEN json(printf('%!.17g', OLD.pellet_thickness_mm)) END, 'point_count', OLD.point_count, 'lowest_frequency_hz', CASE WHEN OLD.lowest_frequency_hz IS NOT NULL THEN json(printf('%!.17g', OLD.lowest_frequency_hz)) END, 'highest_frequency_hz', CASE WHEN OLD.highest_frequency_hz IS NOT NULL THEN json(printf('%!.17g', OLD.highest_frequency_hz)) END, 'points', OLD.points, 'reading', OLD.reading, 'file_name', OLD.file_name, 'file_sha256', OLD.file_sha256), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'spectrum_key', NEW.spectrum_key, 'sample_id', NEW.sample_id, 'label', NEW.label, 'instrument', NEW.instrument, 'measured_at', NEW.measured_at, 'temperature_c', CASE WHEN NEW.temperature_c IS NOT NULL THEN json(printf('%!.17g', NEW.temperature_c)) END, 'temperature_basis', NEW.temperature_basis, 'pellet_diameter_mm', CASE WHEN NEW.pellet_diameter_mm IS NOT NULL THEN json(printf('%!.17g', NEW.pellet_diameter_mm)) END, 'pellet_thickness_mm', CASE WHEN NEW.pellet_thickness_mm IS NOT NULL THEN json(printf('%!.17g', NEW.pellet_thickness_mm)) END, 'point_count', NEW.point_count, 'lowest_frequency_hz', CASE WHEN NEW.lowest_frequency_hz IS NOT NULL THEN json(printf('%!.17g', NEW.lowest_frequency_hz)) END, 'highest_frequency_hz', CASE WHEN NEW.highest_frequency_hz IS NOT NULL THEN json(printf('%!.17g', NEW.highest_frequency_hz)) END, 'points', NEW.points, 'reading', NEW.reading, 'file_name', NEW.file_name, 'file_sha256', NEW.file_sha256), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_delete_impedance_spectra AFTER DELETE ON impedance_spectra
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('impedance_spectra', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'spectrum_key', OLD.spectrum_key, 'sample_id', OLD.sample_id, 'label', OLD.label, 'instrument', OLD.instrument, 'measured_at', OLD.measured_at, 'temperature_c', CASE WHEN OLD.temperature_c IS NOT NULL THEN json(printf('%!.17g', OLD.temperature_c)) END, 'temperature_basis', OLD.temperature_basis, 'pellet_diameter_mm', CASE WHEN OLD.pellet_diameter_mm IS NOT NULL THEN json(printf('%!.17g', OLD.pellet_diameter_mm)) END, 'pellet_thickness_mm', CASE WHEN OLD.pellet_thickness_mm IS NOT NULL THEN json(printf('%!.17g', OLD.pellet_thickness_mm)) END, 'point_count', OLD.point_count, 'lowest_frequency_hz', CASE WHEN OLD.lowest_frequency_hz IS NOT NULL THEN json(printf('%!.17g', OLD.lowest_frequency_hz)) END, 'highest_frequency_hz', CASE WHEN OLD.highest_frequency_hz IS NOT NULL THEN json(printf('%!.17g', OLD.highest_frequency_hz)) END, 'points', OLD.points, 'reading', OLD.reading, 'file_name', OLD.file_name, 'file_sha256', OLD.file_sha256), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_insert_spectrum_fits AFTER INSERT ON spectrum_fits
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('spectrum_fits', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'fit_key', NEW.fit_key, 'spectrum_id', NEW.spectrum_id, 'circuit', NEW.circuit, 'circuit_basis', NEW.circuit_basis, 'weighting', NEW.weighting, 'left_out', NEW.left_out, 'parameters', NEW.parameters, 'correlations', NEW.correlations, 'arcs', NEW.arcs, 'doubts', NEW.doubts, 'misfit_percent', CASE WHEN NEW.misfit_percent IS NOT NULL THEN json(printf('%!.17g', NEW.misfit_percent)) END, 'kramers_kronig_percent', CASE WHEN NEW.kramers_kronig_percent IS NOT NULL THEN json(printf('%!.17g', NEW.kramers_kronig_percent)) END, 'points_failing', NEW.points_failing, 'information_criterion', CASE WHEN NEW.information_criterion IS NOT NULL THEN json(printf('%!.17g', NEW.information_criterion)) END, 'accepted_by', NEW.accepted_by, 'software_version', NEW.software_version, 'bulk_measurement_id', NEW.bulk_measurement_id, 'grain_boundary_measurement_id', NEW.grain_boundary_measurement_id, 'total_measurement_id', NEW.total_measurement_id, 'grain_boundary_conductivity_s_per_cm2', CASE WHEN NEW.grain_boundary_conductivity_s_per_cm2 IS NOT NULL THEN json(printf('%!.17g', NEW.grain_boundary_conductivity_s_per_cm2)) END, 'brick_layer_conductivity_s_per_cm', CASE WHEN NEW.brick_layer_conductivity_s_per_cm IS NOT NULL THEN json(printf('%!.17g', NEW.brick_layer_conductivity_s_per_cm)) END), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_update_spectrum_fits AFTER UPDATE ON spectrum_fits
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.as_written IS NOT NEW.as_written OR OLD.remark IS NOT NEW.remark OR OLD.fit_key IS NOT NEW.fit_key OR OLD.spectrum_id IS NOT NEW.spectrum_id OR OLD.circuit IS NOT NEW.circuit OR OLD.circuit_basis IS NOT NEW.circuit_basis OR OLD.weighting IS NOT NEW.weighting OR OLD.left_out IS NOT NEW.left_out OR OLD.parameters IS NOT NEW.parameters OR OLD.correlations IS NOT NEW.correlations OR OLD.arcs IS NOT NEW.arcs OR OLD.doubts IS NOT NEW.doubts OR OLD.misfit_percent IS NOT NEW.misfit_percent OR OLD.kramers_kronig_percent IS NOT NEW.kramers_kronig_percent OR OLD.points_failing IS NOT NEW.points_failing OR OLD.information_criterion IS NOT NEW.information_criterion OR OLD.accepted_by IS NOT NEW.accepted_by OR OLD.software_version IS NOT NEW.software_version OR OLD.bulk_measurement_id IS NOT NEW.bulk_measurement_id OR OLD.grain_boundary_measurement_id IS NOT NEW.grain_boundary_measurement_id OR OLD.total_measurement_id IS NOT NEW.total_measurement_id OR OLD.grain_boundary_conductivity_s_per_cm2 IS NOT NEW.grain_boundary_conductivity_s_per_cm2 OR OLD.brick_layer_conductivity_s_per_cm IS NOT NEW.brick_layer_conductivity_s_per_cm
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('spectrum_fits', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'fit_key', OLD.fit_key, 'spectrum_id', OLD.spectrum_id, 'circuit', OLD.circuit, 'circuit_basis', OLD.circuit_basis, 'weighting', OLD.weighting, 'left_out', OLD.left_out, 'parameters', OLD.parameters, 'correlations', OLD.correlations, 'arcs', OLD.arcs, 'doubts', OLD.doubts, 'misfit_percent', CASE WHEN OLD.misfit_percent IS NOT NULL THEN json(printf('%!.17g', OLD.misfit_percent)) END, 'kramers_kronig_percent', CASE WHEN OLD.kramers_kronig_percent IS NOT NULL THEN json(printf('%!.17g', OLD.kramers_kronig_percent)) END, 'points_failing', OLD.points_failing, 'information_criterion', CASE WHEN OLD.information_criterion IS NOT NULL THEN json(printf('%!.17g', OLD.information_criterion)) END, 'accepted_by', OLD.accepted_by, 'software_version', OLD.software_version, 'bulk_measurement_id', OLD.bulk_measurement_id, 'grain_boundary_measurement_id', OLD.grain_boundary_measurement_id, 'total_measurement_id', OLD.total_measurement_id, 'grain_boundary_conductivity_s_per_cm2', CASE WHEN OLD.grain_boundary_conductivity_s_per_cm2 IS NOT NULL THEN json(printf('%!.17g', OLD.grain_boundary_conductivity_s_per_cm2)) END, 'brick_layer_conductivity_s_per_cm', CASE WHEN OLD.brick_layer_conductivity_s_per_cm IS NOT NULL THEN json(printf('%!.17g', OLD.brick_layer_conductivity_s_per_cm)) END), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'fit_key', NEW.fit_key, 'spectrum_id', NEW.spectrum_id, 'circuit', NEW.circuit, 'circuit_basis', NEW.circuit_basis, 'weighting', NEW.weighting, 'left_out', NEW.left_out, 'parameters', NEW.parameters, 'correlations', NEW.correlations, 'arcs', NEW.arcs, 'doubts', NEW.doubts, 'misfit_percent', CASE WHEN NEW.misfit_percent IS NOT NULL THEN json(printf('%!.17g', NEW.misfit_percent)) END, 'kramers_kronig_percent', CASE WHEN NEW.kramers_kronig_percent IS NOT NULL THEN json(printf('%!.17g', NEW.kramers_kronig_percent)) END, 'points_failing', NEW.points_failing, 'information_criterion', CASE WHEN NEW.information_criterion IS NOT NULL THEN json(printf('%!.17g', NEW.information_criterion)) END, 'accepted_by', NEW.accepted_by, 'software_version', NEW.software_version, 'bulk_measurement_id', NEW.bulk_measurement_id, 'grain_boundary_measurement_id', NEW.grain_boundary_measurement_id, 'total_measurement_id', NEW.total_measurement_id, 'grain_boundary_conductivity_s_per_cm2', CASE WHEN NEW.grain_boundary_conductivity_s_per_cm2 IS NOT NULL THEN json(printf('%!.17g', NEW.grain_boundary_conductivity_s_per_cm2)) END, 'brick_layer_conductivity_s_per_cm', CASE WHEN NEW.brick_layer_conductivity_s_per_cm IS NOT NULL THEN json(printf('%!.17g', NEW.brick_layer_conductivity_s_per_cm)) END), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER log_delete_spectrum_fits AFTER DELETE ON spectrum_fits
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('spectrum_fits', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'fit_key', OLD.fit_key, 'spectrum_id', OLD.spectrum_id, 'circuit', OLD.circuit, 'circuit_basis', OLD.circuit_basis, 'weighting', OLD.weighting, 'left_out', OLD.left_out, 'parameters', OLD.parameters, 'correlations', OLD.correlations, 'arcs', OLD.arcs, 'doubts', OLD.doubts, 'misfit_percent', CASE WHEN OLD.misfit_percent IS NOT NULL THEN json(printf('%!.17g', OLD.misfit_percent)) END, 'kramers_kronig_percent', CASE WHEN OLD.kramers_kronig_percent IS NOT NULL THEN json(printf('%!.17g', OLD.kramers_kronig_percent)) END, 'points_failing', OLD.points_failing, 'information_criterion', CASE WHEN OLD.information_criterion IS NOT NULL THEN json(printf('%!.17g', OLD.information_criterion)) END, 'accepted_by', OLD.accepted_by, 'software_version', OLD.software_version, 'bulk_measurement_id', OLD.bulk_measurement_id, 'grain_boundary_measurement_id', OLD.grain_boundary_measurement_id, 'total_measurement_id', OLD.total_measurement_id, 'grain_boundary_conductivity_s_per_cm2', CASE WHEN OLD.grain_boundary_conductivity_s_per_cm2 IS NOT NULL THEN json(printf('%!.17g', OLD.grain_boundary_conductivity_s_per_cm2)) END, 'brick_layer_conductivity_s_per_cm', CASE WHEN OLD.brick_layer_conductivity_s_per_cm IS NOT NULL THEN json(printf('%!.17g', OLD.brick_layer_conductivity_s_per_cm)) END), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
-- ;
CREATE TRIGGER keep_change_log_on_update BEFORE UPDATE ON change_log BEGIN
    SELECT RAISE(ABORT, 'the change log is only ever added to');
END
-- ;
CREATE TRIGGER keep_change_log_on_delete BEFORE DELETE ON change_log BEGIN
    SELECT RAISE(ABORT, 'the change log is only ever added to');
END
