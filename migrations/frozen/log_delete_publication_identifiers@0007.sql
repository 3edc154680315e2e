CREATE TRIGGER log_delete_publication_identifiers AFTER DELETE ON publication_identifiers
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('publication_identifiers', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'publication_id', OLD.publication_id, 'kind', OLD.kind, 'value', OLD.value), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
