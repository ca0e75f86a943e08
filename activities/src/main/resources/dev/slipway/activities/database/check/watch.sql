-- Watches from inside what a login that is no superuser does to a scratch database. Its functions
-- run as superuser: they must never touch a row, a function or an operator of the watched schema.
CREATE SCHEMA slipway_watch;

CREATE TABLE slipway_watch.known (oid oid PRIMARY KEY, id text NOT NULL);

CREATE TABLE slipway_watch.known_column (
  oid oid,
  number int,
  id text NOT NULL,
  PRIMARY KEY (oid, number)
);

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
  -- By OID: a table that was renamed before is still the one that was there.
  PERFORM slipway_watch.note(
      CASE WHEN o.object_type IN ('table', 'table column') THEN 'LOST' ELSE 'DROPPED' END,
      coalesce(k.id, c.id, o.object_identity), 'a ' || replace(o.object_type, 'table ', ''))
  FROM pg_event_trigger_dropped_objects() o
  LEFT JOIN slipway_watch.known k
    ON o.classid = 'pg_class'::regclass AND o.objsubid = 0 AND k.oid = o.objid
  LEFT JOIN slipway_watch.known_column c
    ON o.classid = 'pg_class'::regclass AND c.oid = o.objid AND c.number = o.objsubid
  WHERE NOT o.is_temporary
    AND o.object_identity NOT LIKE 'slipway_watch%'
    AND CASE o.object_type
      WHEN 'table' THEN k.oid IS NOT NULL
      WHEN 'table column' THEN c.oid IS NOT NULL
      ELSE o.original OR o.normal
    END;
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
    PERFORM slipway_watch.note(TG_OP, k.id, '') FROM slipway_watch.known k WHERE k.oid = TG_RELID;
  END IF;
  RETURN NULL;
END
$$;
