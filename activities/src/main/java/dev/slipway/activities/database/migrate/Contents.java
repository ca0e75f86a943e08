package dev.slipway.activities.database.migrate;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What a place holds, without the order of its rows.
 *
 * @param count rows of a table, or values of a column
 * @param sum of the hashes of them all
 */
record Contents(long count, String sum) {
  static final Contents NONE = new Contents(0, "0");

  static Contents of(Connection connection, DataPlace place) throws SQLException {
    var column = place.column();
    var value = column == null ? "t" : "t." + DataPlace.quoted(column);
    var counted = column == null ? "*" : value;
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT count(%s), coalesce(sum(hashtextextended(%s::text, 0)), 0) FROM %s t"
                    .formatted(counted, value, place.tableSql()))) {
      rows.next();
      return new Contents(rows.getLong(1), rows.getString(2));
    }
  }

  /** For people: {@code column products.discount has 12 values}. */
  String text(DataPlace place) {
    var what = place.column() == null ? "row" : "value";
    return "%s has %d %s%s".formatted(place.text(), count, what, count == 1 ? "" : "s");
  }
}
