CREATE TRIGGER log_insert_publications AFTER INSERT ON publications
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('publications', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'doi', NEW.doi, 'title', NEW.title, 'title_key', NEW.title_key, 'first_author', NEW.first_author, 'authors', NEW.authors, 'journal', NEW.journal, 'year', NEW.year, 'volume', NEW.volume, 'pages', NEW.pages, 'url', NEW.url, 'kind', NEW.kind, 'review_state', NEW.review_state, 'reviewed_by', NEW.reviewed_by, 'reviewed_at', NEW.reviewed_at, 'own_review', NEW.own_review, 'remark', NEW.remark), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END
