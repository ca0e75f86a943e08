package dev.slipway.activities.database.migrate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every table and every column of a database that holds data of its own: no views, no partitions
 * beside their table, nothing that is computed.
 */
record DataPlaces(List<DataPlace> all) {
  private static final String QUERY =
      """
      SELECT c.oid, coalesce(a.attnum, 0), n.nspname, c.relname, a.attname
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN LATERAL (
        SELECT 0 AS attnum, NULL AS attname
        UNION ALL
        SELECT attnum, attname::text FROM pg_catalog.pg_attribute
        WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      ) a ON true
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'slipway')
        AND c.relname <> 'flyway_schema_history'
      ORDER BY n.nspname, c.relname, a.attnum
      """;

  DataPlaces {
    all = List.copyOf(all);
  }

  static DataPlaces of(Connection connection) throws SQLException {
    var places = new ArrayList<DataPlace>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(QUERY)) {
      while (rows.next()) {
        places.add(
            new DataPlace(
                rows.getLong(1),
                rows.getInt(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5)));
      }
    }
    return new DataPlaces(places);
  }

  /** What is here and was not there; a new table without its columns. */
  List<DataPlace> since(DataPlaces before) {
    var added =
        all.stream()
            .filter(place -> before.all.stream().noneMatch(old -> old.isSameAs(place)))
            .toList();
    return added.stream().filter(place -> added.stream().noneMatch(place::isWithin)).toList();
  }

  /**
   * Where a place is now. A restored database has other object ids, a later migration may have
   * given other names.
   */
  Optional<DataPlace> now(DataPlace place) {
    return all.stream()
        .filter(now -> isNamedLike(now, place))
        .findFirst()
        .or(() -> all.stream().filter(now -> now.isSameAs(place)).findFirst());
  }

  private static boolean isNamedLike(DataPlace one, DataPlace other) {
    return one.schema().equals(other.schema())
        && one.table().equals(other.table())
        && same(one.column(), other.column());
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return one == null ? other == null : one.equals(other);
  }
}
