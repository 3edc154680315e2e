CREATE TRIGGER keep_change_log_on_update BEFORE UPDATE ON change_log BEGIN
    SELECT RAISE(ABORT, 'the change log is only ever added to');
END
