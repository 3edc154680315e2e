CREATE TRIGGER log_delete_processing_steps AFTER DELETE ON processing_steps
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('processing_steps', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'sample_id', OLD.sample_id, 'position', OLD.position, 'operation', OLD.operation, 'operation_text', OLD.operation_text, 'temperature_c', CASE WHEN OLD.temperature_c IS NOT NULL THEN json(printf('%!.17g', OLD.temperature_c)) END, 'duration_h', CASE WHEN OLD.duration_h IS NOT NULL THEN json(printf('%!.17g', OLD.duration_h)) END, 'atmosphere', OLD.atmosphere, 'pressure_mpa', CASE WHEN OLD.pressure_mpa IS NOT NULL THEN json(printf('%!.17g', OLD.pressure_mpa)) END), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
