package dev.slipway.activities.database.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of every table, each by the digest of its values.
 *
 * @param digests table to digest to how often
 */
record Rows(Map<String, Map<String, Long>> digests) {
  private static final String TABLES =
      """
      SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND c.relpersistence <> 't'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'slipway_watch')
        AND c.relname <> 'flyway_schema_history'
      ORDER BY 1
      """;

  /**
   * Reads them all.
   *
   * @param owner never the superuser: reading a row can run a function that a migration made
   */
  static Rows of(Connection owner) throws SQLException {
    var tables = new ArrayList<String>();
    try (var statement = owner.createStatement();
        var rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    var digests = new TreeMap<String, Map<String, Long>>();
    for (var table : tables) {
      var counts = new HashMap<String, Long>();
      // The keys of jsonb are sorted: the order of columns makes no difference.
      try (var statement = owner.createStatement();
          var rows =
              statement.executeQuery(
                  "SELECT pg_catalog.md5(pg_catalog.to_jsonb(t)::text), count(*) FROM ONLY %s t GROUP BY 1"
                      .formatted(table))) {
        while (rows.next()) {
          counts.put(rows.getString(1), rows.getLong(2));
        }
      }
      digests.put(table, counts);
    }
    return new Rows(digests);
  }

  /** The tables that lack rows which were there before. */
  List<String> lost(Rows before) {
    var lost = new ArrayList<String>();
    before.digests.forEach(
        (table, counts) -> {
          var now = digests.getOrDefault(table, Map.of());
          if (counts.entrySet().stream()
              .anyMatch(row -> now.getOrDefault(row.getKey(), 0L) < row.getValue())) {
            lost.add(table);
          }
        });
    return lost;
  }
}
