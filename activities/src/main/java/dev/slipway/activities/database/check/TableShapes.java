package dev.slipway.activities.database.check;

import dev.slipway.activities.database.check.TableShape.Column;
import dev.slipway.activities.database.check.TableShape.Condition;
import dev.slipway.activities.database.check.TableShape.Presence;
import dev.slipway.activities.database.check.TableShape.Reference;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the shapes of a database's tables from its catalogs. */
final class TableShapes {
  private static final String TABLES =
      """
      SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname) AS id,
        pg_catalog.pg_get_partition_constraintdef(c.oid) AS bounds
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND c.relpersistence <> 't'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'slipway_watch')
        AND c.relname <> 'flyway_schema_history'
        AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
      ORDER BY c.oid
      """;
  private static final String COLUMNS =
      """
      SELECT pg_catalog.quote_ident(a.attname) AS name, a.atttypid, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
        CASE
          WHEN a.atthasdef OR a.attidentity = 'd' OR t.typdefault IS NOT NULL THEN 'DEFAULTED'
          WHEN a.attnotnull OR t.typnotnull THEN 'REQUIRED'
          ELSE 'OPTIONAL'
        END AS presence
      FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
      WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attgenerated = '' AND a.attidentity <> 'a'
      ORDER BY a.attnum
      """;
  private static final String CONSTRAINTS =
      """
      SELECT n.contype, n.conname, n.confrelid, n.confrelid::regclass::text AS target,
        pg_catalog.pg_get_constraintdef(n.oid) AS definition,
        ARRAY(SELECT pg_catalog.quote_ident(a.attname) FROM unnest(n.conkey) WITH ORDINALITY k(num, at)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = n.conrelid AND a.attnum = k.num
          ORDER BY k.at) AS columns,
        ARRAY(SELECT pg_catalog.quote_ident(a.attname) FROM unnest(n.confkey) WITH ORDINALITY k(num, at)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = n.confrelid AND a.attnum = k.num
          ORDER BY k.at) AS targets
      FROM pg_catalog.pg_constraint n
      WHERE n.conrelid = ? AND n.contype IN ('c', 'f')
      ORDER BY n.oid
      """;
  private static final String UNIQUE =
      """
      SELECT ARRAY(SELECT pg_catalog.quote_ident(a.attname) FROM unnest(i.indkey::int2[]) AS k(num)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num) AS columns,
        c.relname AS name
      FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
      WHERE i.indrelid = ? AND (i.indisunique OR i.indisexclusion)
      """;

  private TableShapes() {}

  /** Every table that holds rows of its own, oldest first. */
  static List<TableShape> read(Connection connection) throws SQLException {
    var shapes = new ArrayList<TableShape>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        shapes.add(
            shape(connection, rows.getLong("oid"), rows.getString("id"), rows.getString("bounds")));
      }
    }
    return List.copyOf(shapes);
  }

  private static TableShape shape(
      Connection connection, long oid, String id, @Nullable String bounds) throws SQLException {
    var columns =
        query(
            connection,
            COLUMNS,
            oid,
            row ->
                new Column(
                    row.getString("name"),
                    row.getLong("atttypid"),
                    row.getString("type"),
                    Presence.valueOf(row.getString("presence"))));
    var references = new ArrayList<Reference>();
    var conditions = new ArrayList<Condition>();
    query(
        connection,
        CONSTRAINTS,
        oid,
        row ->
            row.getString("contype").equals("f")
                ? references.add(
                    new Reference(
                        texts(row.getArray("columns")),
                        row.getLong("confrelid"),
                        row.getString("target"),
                        texts(row.getArray("targets"))))
                : conditions.add(
                    new Condition(
                        row.getString("conname"),
                        texts(row.getArray("columns")),
                        row.getString("definition"))));
    if (bounds != null) {
      var bound = columns.stream().map(Column::name).filter(bounds::contains).toList();
      conditions.add(new Condition(null, bound, bounds));
    }
    var unique =
        query(
            connection,
            UNIQUE,
            oid,
            row -> new Condition(row.getString("name"), texts(row.getArray("columns")), ""));
    return new TableShape(id, oid, columns, references, conditions, unique);
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> List<T> query(
      Connection connection, String query, long table, RowReader<T> reader) throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setLong(1, table);
      try (var rows = statement.executeQuery()) {
        var read = new ArrayList<T>();
        while (rows.next()) {
          read.add(reader.read(rows));
        }
        return List.copyOf(read);
      }
    }
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
