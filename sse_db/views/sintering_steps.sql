-- One row per sample that was densified: the last densifying step, which gives the sintering descriptors.
-- An anneal after cold sintering belongs to it and counts as one.
-- column processing_step_id INTEGER: Step that gives the sintering descriptors
-- column sintering_temperature_c REAL: Temperature of the last densifying step
-- column sintering_time_h REAL: Dwell time of the last densifying step
SELECT
    p.sample_id,
    p.id AS processing_step_id,
    p.operation,
    p.temperature_c AS sintering_temperature_c,
    p.duration_h AS sintering_time_h
FROM processing_steps AS p
WHERE p.id = (
    SELECT last.id FROM processing_steps AS last
    WHERE
        last.sample_id = p.sample_id
        AND (
            last.operation IN ('sintering', 'hot_pressing', 'spark_plasma_sintering', 'cold_sintering', 'crystallisation')
            OR (
                last.operation = 'annealing'
                AND EXISTS (
                    SELECT 1 FROM processing_steps AS earlier
                    WHERE
                        earlier.sample_id = last.sample_id
                        AND earlier.position < last.position
                        AND earlier.operation = 'cold_sintering'
                )
            )
        )
    ORDER BY last.position DESC
    LIMIT 1
)
