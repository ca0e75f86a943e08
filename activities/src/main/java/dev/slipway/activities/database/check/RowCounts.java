package dev.slipway.activities.database.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many rows a session deleted, table by table, as its server counts them.
 *
 * @param deleted by the table's OID
 */
record RowCounts(Map<Long, Long> deleted) {
  /** Nothing was counted, as outside of a transaction, where counts come and go. */
  static final RowCounts NONE = new RowCounts(Map.of());

  /** The counts of the connection's open transaction. */
  static RowCounts of(Connection connection) throws SQLException {
    var deleted = new TreeMap<Long, Long>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT relid, n_tup_del FROM pg_catalog.pg_stat_xact_user_tables")) {
      while (rows.next()) {
        deleted.put(rows.getLong(1), rows.getLong(2));
      }
    }
    return new RowCounts(deleted);
  }

  /** What was added since. */
  RowCounts minus(RowCounts before) {
    var more = new TreeMap<Long, Long>();
    deleted.forEach((table, count) -> more.put(table, count - before.count(table)));
    return new RowCounts(more);
  }

  Set<Long> deletedFrom() {
    return deleted.keySet().stream()
        .filter(table -> count(table) > 0)
        .collect(Collectors.toUnmodifiableSet());
  }

  String text(long table, String verb) {
    // A table that is gone takes its count along.
    return deleted.containsKey(table) ? "%d %s here".formatted(count(table), verb) : "";
  }

  private long count(long table) {
    return deleted.getOrDefault(table, 0L);
  }
}
