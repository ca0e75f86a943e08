package dev.slipway.activities.database.migrate;

import dev.slipway.text.Counted;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a place holds, without the order of its rows.
 *
 * @param count rows of a table, or values of a column that are not its default
 * @param sum of the hashes of them all
 */
record Contents(long count, String sum) {
  static final Contents NONE = new Contents(0, "0");

  // Only a constant is evaluated: a default like nextval() would change something.
  private static final Pattern CONSTANT =
      Pattern.compile(
          "('([^']|'')*'|-?\\d+(\\.\\d+)?|true|false)(::[a-z ]+(\\(\\d+(,\\d+)?\\))?)?");

  static Contents of(Connection connection, DataPlace place) throws SQLException {
    var column = place.column();
    if (column == null) {
      return of(connection, place, "t::text", "true");
    }
    var value = "t." + DataPlace.quoted(column) + "::text";
    var otherwise = constantDefault(connection, place, column);
    return of(
        connection,
        place,
        value,
        otherwise.isEmpty()
            ? value + " IS NOT NULL"
            : "%s IS NOT NULL AND %s <> (%s)::text".formatted(value, value, otherwise.get()));
  }

  private static Contents of(Connection connection, DataPlace place, String value, String condition)
      throws SQLException {
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT count(*), coalesce(sum(hashtextextended(%s, 0)), 0) FROM %s t WHERE %s"
                    .formatted(value, place.tableSql(), condition))) {
      rows.next();
      return new Contents(rows.getLong(1), rows.getString(2));
    }
  }

  /** What rows get that nobody wrote the value of, as the column's type shows it. */
  private static Optional<String> constantDefault(
      Connection connection, DataPlace place, String column) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid),
              pg_catalog.format_type(a.atttypid, a.atttypmod)
            FROM pg_catalog.pg_attrdef d
            JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
            WHERE d.adrelid = ?::regclass AND a.attname = ?
            """)) {
      statement.setString(1, place.tableSql());
      statement.setString(2, column);
      try (var rows = statement.executeQuery()) {
        return rows.next() && CONSTANT.matcher(rows.getString(1)).matches()
            ? Optional.of("(%s)::%s".formatted(rows.getString(1), rows.getString(2)))
            : Optional.empty();
      }
    }
  }

  /** For people: {@code column products.discount has 12 values}. */
  String text(DataPlace place) {
    return "%s has %s"
        .formatted(place.text(), Counted.of(count, place.column() == null ? "row" : "value"));
  }
}
