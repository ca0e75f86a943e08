-- Watches from inside what a login that is no superuser does to a scratch database. Its functions
-- run as superuser: they must never touch a row, a function or an operator of the watched schema.
CREATE SCHEMA slipway_watch;

CREATE TABLE slipway_watch.known (oid oid PRIMARY KEY, id text NOT NULL);

CREATE TABLE slipway_watch.known_column (id text PRIMARY KEY);

CREATE TABLE slipway_watch.event (
  at bigint GENERATED ALWAYS AS IDENTITY,
  effect text NOT NULL,
  object text NOT NULL,
  detail text NOT NULL
);
-- Not unique: whoever looks from outside would wait for the watched transaction's end.
CREATE INDEX ON slipway_watch.event (object, effect);

CREATE FUNCTION slipway_watch.note(the_effect text, the_object text, the_detail text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  INSERT INTO slipway_watch.event (effect, object, detail)
  SELECT the_effect, the_object, the_detail
  WHERE NOT EXISTS (
    SELECT FROM slipway_watch.event e
    WHERE e.effect = the_effect AND e.object = the_object AND e.detail = the_detail);
END;
REVOKE ALL ON FUNCTION slipway_watch.note FROM PUBLIC;

CREATE FUNCTION slipway_watch.dropped() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF session_user = current_user THEN
    RETURN;
  END IF;
  PERFORM slipway_watch.note('DROPPED', o.object_identity, o.object_type)
  FROM pg_event_trigger_dropped_objects() o
  WHERE NOT o.is_temporary
    AND o.schema_name IS DISTINCT FROM 'slipway_watch'
    AND o.object_identity NOT LIKE 'slipway_watch%'
    AND (o.original OR o.normal OR o.object_type IN ('table', 'table column'));
END
$$;
CREATE EVENT TRIGGER slipway_watch_dropped ON sql_drop EXECUTE FUNCTION slipway_watch.dropped();

CREATE FUNCTION slipway_watch.rewritten() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM slipway_watch.note('REWRITTEN', k.id, CASE pg_event_trigger_table_rewrite_reason()
      WHEN 1 THEN 'it becomes logged or unlogged'
      WHEN 2 THEN 'a column gets a value that differs from row to row'
      WHEN 4 THEN 'a column changes its type'
      ELSE 'it changes its storage'
    END)
  FROM slipway_watch.known k
  WHERE k.oid = pg_event_trigger_table_rewrite_oid();
END
$$;
CREATE EVENT TRIGGER slipway_watch_rewritten ON table_rewrite
  EXECUTE FUNCTION slipway_watch.rewritten();

CREATE FUNCTION slipway_watch.locked() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF session_user = current_user THEN
    RETURN;
  END IF;
  PERFORM slipway_watch.note('LOCKED', k.id, l.mode)
  FROM pg_locks l
  JOIN slipway_watch.known k ON k.oid = l.relation
  WHERE l.pid = pg_backend_pid() AND l.granted;
END
$$;
CREATE EVENT TRIGGER slipway_watch_locked ON ddl_command_end
  EXECUTE FUNCTION slipway_watch.locked();

CREATE FUNCTION slipway_watch.changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF session_user <> current_user THEN
    PERFORM slipway_watch.note(TG_OP, format('%I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME), '');
  END IF;
  RETURN NULL;
END
$$;
