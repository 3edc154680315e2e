CREATE TRIGGER log_insert_processing_steps AFTER INSERT ON processing_steps
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('processing_steps', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'sample_id', NEW.sample_id, 'position', NEW.position, 'operation', NEW.operation, 'operation_text', NEW.operation_text, 'temperature_c', CASE WHEN NEW.temperature_c IS NOT NULL THEN json(printf('%!.17g', NEW.temperature_c)) END, 'duration_h', CASE WHEN NEW.duration_h IS NOT NULL THEN json(printf('%!.17g', NEW.duration_h)) END, 'atmosphere', NEW.atmosphere, 'pressure_mpa', CASE WHEN NEW.pressure_mpa IS NOT NULL THEN json(printf('%!.17g', NEW.pressure_mpa)) END), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
