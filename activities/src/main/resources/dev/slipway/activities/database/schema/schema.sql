-- One line for each thing that makes up a schema, without OIDs, owners and order of creation.
-- The search path must be pg_catalog alone, so that every name is qualified.
WITH spaces AS (
  SELECT oid, nspname, nspowner, nspacl
  FROM pg_namespace
  WHERE nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'slipway', 'slipway_watch')
    AND nspname !~ '^pg_(toast_)?temp_'
), extended AS (
  SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), relations AS (
  SELECT c.*, format('%I.%I', s.nspname, c.relname) AS id
  FROM pg_class c
  JOIN spaces s ON s.oid = c.relnamespace
  WHERE c.relname <> 'flyway_schema_history'
    AND (c.oid, 'pg_class'::regclass::oid) NOT IN (SELECT objid, classid FROM extended)
), grants AS (
  SELECT o.class, o.oid, string_agg(p.text, ',' ORDER BY p.text COLLATE "C") AS text
  FROM (
    SELECT 'pg_namespace' AS class, oid, nspowner AS owner,
           coalesce(nspacl, acldefault('n', nspowner)) AS acl
    FROM spaces
    UNION ALL
    SELECT 'pg_class', oid, relowner,
           coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))
    FROM relations
    UNION ALL
    SELECT 'pg_proc', p.oid, proowner, coalesce(proacl, acldefault('f', proowner))
    FROM pg_proc p JOIN spaces s ON s.oid = p.pronamespace
    UNION ALL
    SELECT 'pg_type', t.oid, typowner, coalesce(typacl, acldefault('T', typowner))
    FROM pg_type t JOIN spaces s ON s.oid = t.typnamespace
    UNION ALL
    SELECT 'pg_default_acl', oid, defaclrole, defaclacl FROM pg_default_acl
  ) o
  CROSS JOIN LATERAL (
    SELECT concat(
        CASE a.grantee
          WHEN 0 THEN 'public'
          WHEN o.owner THEN 'owner'
          ELSE pg_get_userbyid(a.grantee)
        END,
        ':', a.privilege_type, CASE WHEN a.is_grantable THEN '*' END) AS text
    FROM aclexplode(o.acl) a
  ) p
  GROUP BY o.class, o.oid
)
SELECT line FROM (
  SELECT concat_ws(' ', 'schema', quote_ident(nspname), 'grants ' || g.text,
      'comment ' || quote_literal(obj_description(s.oid, 'pg_namespace'))) AS line
  FROM spaces s
  LEFT JOIN grants g ON g.class = 'pg_namespace' AND g.oid = s.oid

  UNION ALL
  SELECT concat_ws(' ',
      CASE c.relkind
        WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view'
        WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table'
        WHEN 'S' THEN 'sequence' WHEN 'c' THEN 'composite type'
      END,
      c.id,
      CASE c.relpersistence WHEN 'u' THEN 'unlogged' END,
      'options ' || (
        SELECT string_agg(o, ',' ORDER BY o COLLATE "C") FROM unnest(c.reloptions) o),
      'method ' || (SELECT amname FROM pg_am WHERE pg_am.oid = c.relam AND amname <> 'heap'),
      CASE WHEN c.relrowsecurity THEN 'row security' END,
      CASE WHEN c.relforcerowsecurity THEN 'forced row security' END,
      CASE WHEN c.relreplident NOT IN ('d', 'n') THEN 'replica identity ' || c.relreplident::text END,
      CASE WHEN c.relkind = 'p' THEN 'partitioned by ' || pg_get_partkeydef(c.oid) END,
      'partition ' || pg_get_expr(c.relpartbound, c.oid),
      'inherits ' || (
        SELECT string_agg(i.inhparent::regclass::text, ',' ORDER BY i.inhseqno)
        FROM pg_inherits i WHERE i.inhrelid = c.oid),
      CASE WHEN c.relkind IN ('v', 'm') THEN 'as ' || pg_get_viewdef(c.oid) END,
      'of ' || nullif(c.reloftype, 0)::regtype::text,
      'grants ' || g.text,
      'comment ' || quote_literal(obj_description(c.oid, 'pg_class')))
  FROM relations c
  LEFT JOIN grants g ON g.class = 'pg_class' AND g.oid = c.oid
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')

  UNION ALL
  SELECT concat_ws(' ', 'column', c.id || '.' || quote_ident(a.attname),
      format_type(a.atttypid, a.atttypmod),
      CASE WHEN a.attnotnull THEN 'not null' END,
      CASE a.attidentity WHEN 'a' THEN 'identity always' WHEN 'd' THEN 'identity by default' END,
      CASE a.attgenerated WHEN '' THEN 'default ' ELSE 'generated ' || a.attgenerated::text || ' ' END
        || pg_get_expr(d.adbin, d.adrelid),
      CASE WHEN a.attcollation <> t.typcollation THEN 'collation ' || a.attcollation::regcollation END,
      CASE WHEN a.attstorage <> t.typstorage THEN 'storage ' || a.attstorage::text END,
      'compression ' || nullif(a.attcompression::text, ''),
      'options ' || array_to_string(a.attoptions, ','),
      'grants ' || (
        SELECT string_agg(p.text, ',' ORDER BY p.text COLLATE "C")
        FROM (
          SELECT concat(CASE x.grantee WHEN 0 THEN 'public' WHEN c.relowner THEN 'owner'
              ELSE pg_get_userbyid(x.grantee) END, ':', x.privilege_type) AS text
          FROM aclexplode(a.attacl) x) p),
      'comment ' || quote_literal(col_description(c.oid, a.attnum)))
  FROM relations c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')

  UNION ALL
  -- NOT NULL stands with its column; its constraint's name tells how the table came to be.
  SELECT concat_ws(' ', 'constraint', coalesce(c.id, n.contypid::regtype::text),
      CASE n.contype WHEN 'n' THEN 'not null ' || array_to_string(n.conkey, ',') ELSE quote_ident(n.conname) END,
      pg_get_constraintdef(n.oid),
      CASE WHEN NOT n.convalidated THEN 'not validated' END,
      'comment ' || quote_literal(obj_description(n.oid, 'pg_constraint')))
  FROM pg_constraint n
  JOIN spaces s ON s.oid = n.connamespace
  LEFT JOIN relations c ON c.oid = n.conrelid
  WHERE (n.conrelid = 0 OR c.oid IS NOT NULL)
    AND (n.contypid = 0 OR (n.contypid, 'pg_type'::regclass::oid) NOT IN (SELECT objid, classid FROM extended))
    AND (n.contype <> 'n' OR NOT n.convalidated OR (n.connoinherit AND c.relkind = 'r'))

  UNION ALL
  SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid),
      CASE WHEN NOT i.indisvalid THEN 'invalid' END,
      CASE WHEN i.indisprimary THEN 'primary' END,
      CASE WHEN i.indisreplident THEN 'replica identity' END,
      CASE WHEN i.indisclustered THEN 'clustered' END,
      'comment ' || quote_literal(obj_description(i.indexrelid, 'pg_class')))
  FROM pg_index i
  JOIN relations c ON c.oid = i.indrelid

  UNION ALL
  SELECT concat_ws(' ', 'counter', c.id, q.seqtypid::regtype, 'start', q.seqstart, 'by', q.seqincrement,
      'from', q.seqmin, 'to', q.seqmax, 'cache', q.seqcache, CASE WHEN q.seqcycle THEN 'cycle' END,
      'owned by ' || (
        SELECT min(d.refobjid::regclass || '.' || quote_ident(a.attname))
        FROM pg_depend d
        JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
          AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')))
  FROM relations c
  JOIN pg_sequence q ON q.seqrelid = c.oid

  UNION ALL
  SELECT concat_ws(' ', 'routine', p.oid::regprocedure,
      CASE p.prokind
        WHEN 'a' THEN concat_ws(' ', 'aggregate', 'returns', format_type(p.prorettype, NULL),
            'step', g.aggtransfn, 'state', format_type(g.aggtranstype, NULL),
            'final ' || nullif(g.aggfinalfn::oid, 0)::regproc, 'init ' || quote_literal(g.agginitval))
        ELSE pg_get_functiondef(p.oid)
      END,
      'grants ' || r.text,
      'comment ' || quote_literal(obj_description(p.oid, 'pg_proc')))
  FROM pg_proc p
  JOIN spaces s ON s.oid = p.pronamespace
  LEFT JOIN pg_aggregate g ON g.aggfnoid = p.oid
  LEFT JOIN grants r ON r.class = 'pg_proc' AND r.oid = p.oid
  WHERE (p.oid, 'pg_proc'::regclass::oid) NOT IN (SELECT objid, classid FROM extended)
    -- A range type's constructors come and go with it.
    AND NOT EXISTS (
      SELECT FROM pg_depend d
      WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')

  UNION ALL
  SELECT concat_ws(' ', 'trigger', c.id, pg_get_triggerdef(t.oid), 'enabled ' || t.tgenabled::text,
      'comment ' || quote_literal(obj_description(t.oid, 'pg_trigger')))
  FROM pg_trigger t
  JOIN relations c ON c.oid = t.tgrelid
  JOIN pg_proc p ON p.oid = t.tgfoid
  WHERE NOT t.tgisinternal
    AND p.pronamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname = 'slipway_watch')

  UNION ALL
  SELECT concat_ws(' ', 'rule', c.id, pg_get_ruledef(r.oid), 'enabled ' || r.ev_enabled::text)
  FROM pg_rewrite r
  JOIN relations c ON c.oid = r.ev_class
  WHERE r.rulename <> '_RETURN'

  UNION ALL
  SELECT concat_ws(' ', 'type', format('%I.%I', s.nspname, t.typname),
      CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range' END,
      (SELECT string_agg(quote_literal(e.enumlabel), ',' ORDER BY e.enumsortorder)
       FROM pg_enum e WHERE e.enumtypid = t.oid),
      CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
      CASE WHEN t.typnotnull THEN 'not null' END,
      'default ' || t.typdefault,
      CASE WHEN t.typtype = 'd' AND t.typcollation <> 0 THEN 'collation ' || t.typcollation::regcollation END,
      'of ' || (SELECT format_type(r.rngsubtype, NULL) FROM pg_range r WHERE r.rngtypid = t.oid),
      'grants ' || g.text,
      'comment ' || quote_literal(obj_description(t.oid, 'pg_type')))
  FROM pg_type t
  JOIN spaces s ON s.oid = t.typnamespace
  LEFT JOIN grants g ON g.class = 'pg_type' AND g.oid = t.oid
  WHERE t.typtype IN ('e', 'd', 'r')
    AND (t.oid, 'pg_type'::regclass::oid) NOT IN (SELECT objid, classid FROM extended)

  UNION ALL
  SELECT concat_ws(' ', 'policy', c.id, quote_ident(p.polname), 'for', p.polcmd::text,
      CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END,
      'to ' || (
        SELECT string_agg(CASE r WHEN 0 THEN 'public' ELSE pg_get_userbyid(r) END, ',' ORDER BY r)
        FROM unnest(p.polroles) r),
      'using ' || pg_get_expr(p.polqual, p.polrelid),
      'check ' || pg_get_expr(p.polwithcheck, p.polrelid))
  FROM pg_policy p
  JOIN relations c ON c.oid = p.polrelid

  UNION ALL
  SELECT concat_ws(' ', 'extension', quote_ident(e.extname), 'version', e.extversion,
      'in', e.extnamespace::regnamespace)
  FROM pg_extension e

  UNION ALL
  SELECT concat_ws(' ', 'statistics', pg_get_statisticsobjdef(x.oid))
  FROM pg_statistic_ext x
  JOIN relations c ON c.oid = x.stxrelid

  UNION ALL
  SELECT concat_ws(' ', 'default grants', d.defaclobjtype::text,
      'in ' || nullif(d.defaclnamespace, 0)::regnamespace, g.text)
  FROM pg_default_acl d
  LEFT JOIN grants g ON g.class = 'pg_default_acl' AND g.oid = d.oid

  UNION ALL
  SELECT concat_ws(' ', 'setting', x.setting)
  FROM pg_db_role_setting d
  CROSS JOIN LATERAL unnest(d.setconfig) AS x(setting)
  WHERE d.setrole = 0 AND d.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())

  UNION ALL
  SELECT concat_ws(' ', i.type, i.identity)
  FROM (
    SELECT 'pg_operator'::regclass AS class, oid FROM pg_operator
    UNION ALL SELECT 'pg_opclass'::regclass, oid FROM pg_opclass
    UNION ALL SELECT 'pg_opfamily'::regclass, oid FROM pg_opfamily
    UNION ALL SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config
    UNION ALL SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict
    UNION ALL SELECT 'pg_collation'::regclass, oid FROM pg_collation
    UNION ALL SELECT 'pg_conversion'::regclass, oid FROM pg_conversion
    UNION ALL SELECT 'pg_cast'::regclass, oid FROM pg_cast
    UNION ALL SELECT 'pg_language'::regclass, oid FROM pg_language
    UNION ALL SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
    UNION ALL SELECT 'pg_publication'::regclass, oid FROM pg_publication
  ) o
  CROSS JOIN LATERAL pg_identify_object(o.class, o.oid, 0) i
  -- Lower ones belong to PostgreSQL itself.
  WHERE o.oid >= 16384
    AND (o.oid, o.class::oid) NOT IN (SELECT objid, classid FROM extended)
) lines
ORDER BY line COLLATE "C"
