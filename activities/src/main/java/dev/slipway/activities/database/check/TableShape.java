package dev.slipway.activities.database.check;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table as one sees it who wants to put a row into it.
 *
 * @param id with its schema, quoted
 * @param oid which tells it from a later table of the same name
 * @param columns that take a value; those that make their own are left out
 * @param references to rows that must be there before
 */
record TableShape(
    String id,
    long oid,
    List<Column> columns,
    List<Reference> references,
    List<Condition> conditions,
    List<Condition> unique) {
  /**
   * A column.
   *
   * @param name quoted
   * @param type with its modifier, as a cast takes it
   */
  record Column(String name, long typeOid, String type, Presence presence) {}

  /** Whether a column needs a value. */
  enum Presence {
    REQUIRED,
    OPTIONAL,
    /** It has a default, which a careful author chose. */
    DEFAULTED
  }

  /** A foreign key. */
  record Reference(List<String> columns, long table, String tableId, List<String> targets) {}

  /**
   * Something that a row must meet.
   *
   * @param name of the constraint or index; null for a partition's bounds
   * @param text as PostgreSQL prints it, whose constants are values worth trying; empty when there
   *     are none
   */
  record Condition(@Nullable String name, List<String> columns, String text) {}

  Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** Changes when a row of before no longer shows every column. */
  String identity() {
    return oid + ":" + columns;
  }
}
