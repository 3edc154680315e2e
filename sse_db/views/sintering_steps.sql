-- One row per sample that was densified: the last densifying step, which gives the sintering descriptors.
-- An anneal after cold sintering belongs to it and counts as one.
-- column processing_step_id INTEGER: Step that gives the sintering descriptors
-- column sintering_temperature_c REAL: Temperature of the last densifying step
-- column sintering_time_h REAL: Dwell time of the last densifying step
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
