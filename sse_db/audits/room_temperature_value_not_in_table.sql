-- severity: error
-- group: schema
-- A value of the room-temperature view is neither the measurement it names nor the series sum of its parts.
-- do: Run sse-db migrate check: the view has changed.
WITH near AS MATERIALIZED (
    SELECT * FROM room_temperature_conductivity
),

named AS (
    SELECT bulk_measurement_id AS id, bulk_conductivity_s_per_cm AS in_view FROM near
    UNION ALL
    SELECT grain_boundary_measurement_id, grain_boundary_conductivity_s_per_cm FROM near
    UNION ALL
    SELECT total_measurement_id, total_conductivity_s_per_cm FROM near
)

SELECT 'impedance_measurements' AS table_name, m.id AS row_id, m.conductivity_s_per_cm, named.in_view
FROM named INNER JOIN impedance_measurements AS m USING (id)
WHERE m.conductivity_s_per_cm <> named.in_view
UNION ALL
SELECT
    'samples', sample_id, total_conductivity_s_per_cm,
    1 / (1 / bulk_conductivity_s_per_cm + 1 / grain_boundary_conductivity_s_per_cm)
FROM near
WHERE
    'derived' IN (bulk_basis, grain_boundary_basis, total_basis)
    AND abs(
        total_conductivity_s_per_cm * (1 / bulk_conductivity_s_per_cm + 1 / grain_boundary_conductivity_s_per_cm) - 1
    ) > 1e-6
