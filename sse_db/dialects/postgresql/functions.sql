-- What PostgreSQL needs beside tables, views and triggers: the functions of the history, and those of SQLite that views,
-- audits and saved queries are written with, so that one text serves both.

CREATE OR REPLACE FUNCTION log_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES (
        TG_TABLE_NAME, CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END, lower(TG_OP),
        CASE WHEN TG_OP <> 'INSERT' THEN row_to_json(OLD)::text END,
        CASE WHEN TG_OP <> 'DELETE' THEN row_to_json(NEW)::text END,
        (SELECT batch_id FROM current_batch LIMIT 1),
        to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    );
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION keep_change_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the change log is only ever added to';
END
$$;

CREATE OR REPLACE FUNCTION join_texts(state text, value text, separator text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN value IS NULL THEN state WHEN state IS NULL THEN value ELSE state || separator || value END
$$;

CREATE OR REPLACE FUNCTION join_texts(state text, value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN value IS NULL THEN state WHEN state IS NULL THEN value ELSE state || ',' || value END
$$;

CREATE OR REPLACE AGGREGATE group_concat(text, text) (SFUNC = join_texts, STYPE = text);

CREATE OR REPLACE AGGREGATE group_concat(text) (SFUNC = join_texts, STYPE = text);

CREATE OR REPLACE FUNCTION json_valid(value text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    PERFORM value::jsonb;
    RETURN value IS NOT NULL;
EXCEPTION WHEN OTHERS THEN
    RETURN FALSE;
END
$$;

CREATE OR REPLACE FUNCTION json_extract(value text, path text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT value::jsonb #>> string_to_array(substr(path, 3), '.')
$$;

CREATE OR REPLACE FUNCTION json_remove(value text, VARIADIC paths text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT (value::jsonb - ARRAY(SELECT substr(path, 3) FROM unnest(paths) AS path))::text
$$;

CREATE OR REPLACE FUNCTION julianday(moment text) RETURNS double precision LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN extract(epoch FROM (moment || CASE WHEN moment ~ '(Z|[+-]\d\d:?\d\d)$' THEN '' ELSE 'Z' END)::timestamptz)
        / 86400.0 + 2440587.5;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION glob(pattern text, value text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT value ~ ('^' || replace(regexp_replace(pattern, '([.+(){}|\\$])', '\\\1', 'g'), '*', '.*') || '$')
$$;

CREATE OR REPLACE FUNCTION round(value double precision, digits integer) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
    SELECT round(value::numeric, digits)::double precision
$$;

CREATE OR REPLACE FUNCTION max(one double precision, other double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN one >= other THEN one WHEN other > one THEN other END
$$;

CREATE OR REPLACE FUNCTION min(one double precision, other double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN one <= other THEN one WHEN other < one THEN other END
$$;
