-- Number of samples and median total conductivity near room temperature of each structure class.
WITH ranked AS (
    SELECT
        n.structure_class, r.total_conductivity_s_per_cm AS sigma,
        row_number() OVER (PARTITION BY n.structure_class ORDER BY r.total_conductivity_s_per_cm) AS place,
        count(*) OVER (PARTITION BY n.structure_class) AS samples
    FROM room_temperature_conductivity AS r INNER JOIN sample_names AS n USING (sample_id)
    WHERE r.total_relation = '='
)

SELECT structure_class, samples, avg(sigma) AS median_total_conductivity_s_per_cm
FROM ranked
WHERE place IN ((samples + 1) / 2, (samples + 2) / 2)
GROUP BY structure_class, samples
ORDER BY samples DESC, structure_class
