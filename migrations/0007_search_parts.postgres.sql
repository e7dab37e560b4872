-- 0007_search_parts: records are found by any part of a word.
CREATE FUNCTION search_parts(lexemes tsvector) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  term text;
  parts text[] := tsvector_to_array(lexemes);
BEGIN
  FOREACH term IN ARRAY parts LOOP
    CONTINUE WHEN substr(term, 10, 1) <> '|';
    FOR at IN 2..least(32, length(term) - 12) LOOP
      parts := parts || (left(term, 10) || substr(term, 10 + at));
    END LOOP;
  END LOOP;
  RETURN array_to_tsvector(parts);
END $$;
CREATE INDEX search_docs_parts_idx ON search_docs USING gin (search_parts(lexemes));
CREATE FUNCTION search_hits_anywhere(asked text) RETURNS SETOF bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT d.id FROM search_docs d WHERE search_parts(d.lexemes) @@ asked::tsquery AND +d.tenant_id = nullif(current_setting('tenon.tenant', true), '')::bigint;
END;
CREATE FUNCTION search_newest_anywhere(asked text, most bigint) RETURNS TABLE (id bigint, entity text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  WITH hits AS MATERIALIZED (
    SELECT d.id, d.entity FROM search_docs d
    WHERE search_parts(d.lexemes) @@ asked::tsquery AND +d.tenant_id = nullif(current_setting('tenon.tenant', true), '')::bigint
  )
  SELECT h.id, h.entity FROM hits h ORDER BY h.id DESC LIMIT most;
END;
