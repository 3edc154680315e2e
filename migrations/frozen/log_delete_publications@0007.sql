CREATE TRIGGER log_delete_publications AFTER DELETE ON publications
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('publications', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'doi', OLD.doi, 'title', OLD.title, 'title_key', OLD.title_key, 'first_author', OLD.first_author, 'authors', OLD.authors, 'journal', OLD.journal, 'year', OLD.year, 'volume', OLD.volume, 'pages', OLD.pages, 'url', OLD.url, 'kind', OLD.kind, 'review_state', OLD.review_state, 'reviewed_by', OLD.reviewed_by, 'reviewed_at', OLD.reviewed_at, 'own_review', OLD.own_review, 'remark', OLD.remark), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
