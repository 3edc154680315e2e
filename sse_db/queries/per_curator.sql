-- What each curator brought: imports and changes by hand, publications, samples and conductivities, and when last.
SELECT
    b.curator, count(*) AS batches, sum(coalesce(p.number, 0)) AS publications, sum(coalesce(s.number, 0)) AS samples,
    sum(coalesce(m.number, 0)) AS conductivities, max(b.created_at) AS last_at
FROM import_batches AS b
LEFT JOIN (SELECT batch_id, count(*) AS number FROM publications GROUP BY batch_id) AS p ON p.batch_id = b.id
LEFT JOIN (SELECT batch_id, count(*) AS number FROM samples GROUP BY batch_id) AS s ON s.batch_id = b.id
LEFT JOIN (SELECT batch_id, count(*) AS number FROM impedance_measurements GROUP BY batch_id) AS m ON m.batch_id = b.id
GROUP BY b.curator
ORDER BY conductivities DESC, b.curator
