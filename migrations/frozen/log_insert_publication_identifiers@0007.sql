CREATE TRIGGER log_insert_publication_identifiers AFTER INSERT ON publication_identifiers
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('publication_identifiers', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'publication_id', NEW.publication_id, 'kind', NEW.kind, 'value', NEW.value), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
