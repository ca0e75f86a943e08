package dev.slipway.activities.database.migrate;

import org.jspecify.annotations.Nullable;

/**
 * A table or a column, which hold data.
 *
 * @param relation the table's object id; it stays when the table is renamed
 * @param number the column's number, which stays as well; 0 for the whole table
 * @param column null for the whole table
 */
record DataPlace(long relation, int number, String schema, String table, @Nullable String column) {
  private static final String USUAL = "public";

  /** For people: {@code column products.discount}. */
  String text() {
    var qualified = schema.equals(USUAL) ? table : schema + "." + table;
    return column == null ? "table " + qualified : "column " + qualified + "." + column;
  }

  /** The table, as SQL writes it. */
  String tableSql() {
    return quoted(schema) + "." + quoted(table);
  }

  /** Whether it is part of a table that is in the other place. */
  boolean isWithin(DataPlace other) {
    return other.column() == null && column != null && relation == other.relation();
  }

  boolean isSameAs(DataPlace other) {
    return relation == other.relation() && number == other.number();
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
