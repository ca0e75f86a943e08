package dev.slipway.activities.database.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Values of every type that a column can have, as SQL expressions. Each was tried, so that a
 * domain's conditions are met.
 */
final class Values {
  private static final String TYPE =
      """
      SELECT t.typtype, t.typcategory, t.typelem, t.typbasetype, t.typrelid, t.typname,
        ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid
          ORDER BY e.enumsortorder) AS labels,
        ARRAY(SELECT pg_catalog.pg_get_constraintdef(n.oid) FROM pg_catalog.pg_constraint n
          WHERE n.contypid = t.oid AND n.contype = 'c') AS conditions,
        ARRAY(SELECT a.atttypid::int8 FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = t.typrelid AND t.typrelid <> 0 AND a.attnum > 0
            AND NOT a.attisdropped ORDER BY a.attnum) AS parts,
        pg_catalog.format_type(t.oid, NULL) AS name, pg_catalog.format_type(t.typbasetype, t.typtypmod) AS base
      FROM pg_catalog.pg_type t WHERE t.oid = ?
      """;
  private static final List<String> NUMBERS =
      List.of("1", "2", "3", "5", "10", "0", "50", "100", "1000", "-1", "0.5");
  private static final List<String> TEXTS =
      List.of(
          "seed-1",
          "seed-2",
          "a",
          "A",
          "b",
          "AB",
          "ABC",
          "abc",
          "1",
          "12345",
          "123456789",
          "seed@example.com",
          "https://example.com/seed",
          "+4915112345678",
          "#a1b2c3",
          "2024-02-29",
          "00000000-0000-4000-8000-000000000001",
          "{}",
          "");
  private static final Map<String, List<String>> BY_NAME =
      Map.ofEntries(
          Map.entry("bool", List.of("true", "false")),
          Map.entry("date", List.of("2024-02-29", "2024-03-01", "1999-12-31", "2999-12-31")),
          Map.entry("time", List.of("12:34:56", "00:00:00")),
          Map.entry("timetz", List.of("12:34:56+00", "00:00:00+00")),
          Map.entry("timestamp", List.of("2024-02-29 12:34:56", "1999-12-31", "2999-12-31")),
          Map.entry("timestamptz", List.of("2024-02-29 12:34:56+00", "1999-12-31", "2999-12-31")),
          Map.entry("interval", List.of("1 hour", "1 day", "1 month")),
          Map.entry("bytea", List.of("\\x5eed", "\\x")),
          Map.entry("json", List.of("{\"seed\": 1}", "{}", "[]", "[1]", "\"seed\"", "1")),
          Map.entry("jsonb", List.of("{\"seed\": 1}", "{}", "[]", "[1]", "\"seed\"", "1")),
          Map.entry("xml", List.of("<seed/>")),
          Map.entry("inet", List.of("192.0.2.1", "2001:db8::1")),
          Map.entry("cidr", List.of("192.0.2.0/24", "2001:db8::/32")),
          Map.entry("macaddr", List.of("08:00:2b:01:02:03")),
          Map.entry("macaddr8", List.of("08:00:2b:01:02:03:04:05")),
          Map.entry("bit", List.of("1", "0", "10101010")),
          Map.entry("varbit", List.of("1", "0", "10101010")),
          Map.entry("point", List.of("(1,2)", "(0,0)")),
          Map.entry("line", List.of("{1,2,3}")),
          Map.entry("lseg", List.of("[(0,0),(1,1)]")),
          Map.entry("box", List.of("(1,1),(0,0)")),
          Map.entry("path", List.of("[(0,0),(1,1)]")),
          Map.entry("polygon", List.of("((0,0),(1,0),(1,1))")),
          Map.entry("circle", List.of("<(0,0),1>")),
          Map.entry("tsvector", List.of("'seed':1")),
          Map.entry("tsquery", List.of("'seed'")),
          Map.entry("pg_lsn", List.of("0/1")),
          Map.entry("hstore", List.of("seed=>1")),
          Map.entry("ltree", List.of("seed")));
  private static final List<String> UNKNOWN = List.of("1", "seed", "{}", "[]", "(1,1)", "0", "");
  private static final int DEEPEST = 6;

  private final Connection owner;
  private final Map<String, List<String>> known = new HashMap<>();

  Values(Connection owner) {
    this.owner = owner;
  }

  /**
   * Expressions for a column.
   *
   * @param wished literals that are worth a try, in text
   */
  List<String> of(TableShape.Column column, List<String> wished) throws SQLException {
    var key = column.type() + wished;
    var values = known.get(key);
    if (values == null) {
      values = tried(column.type(), expressions(column.typeOid(), wished, 0));
      known.put(key, values);
    }
    return values;
  }

  private List<String> expressions(long type, List<String> wished, int depth) throws SQLException {
    if (depth > DEEPEST) {
      return List.of("NULL");
    }
    try (var statement = owner.prepareStatement(TYPE)) {
      statement.setLong(1, type);
      try (var row = statement.executeQuery()) {
        row.next();
        var found = new LinkedHashSet<String>();
        switch (row.getString("typtype")) {
          case "e" -> found.addAll(literals(List.of((String[]) row.getArray("labels").getArray())));
          case "r", "m" -> found.addAll(ranges(row.getString("typtype")));
          case "d" -> {
            var more = new ArrayList<>(wished);
            for (var condition : (String[]) row.getArray("conditions").getArray()) {
              more.addAll(Literals.of(condition));
            }
            found.addAll(
                tried(
                    row.getString("name"),
                    expressions(row.getLong("typbasetype"), more, depth + 1)));
          }
          case "c" -> {
            var parts = new ArrayList<String>();
            for (var part : (Long[]) row.getArray("parts").getArray()) {
              parts.add(expressions(part, List.of(), depth + 1).getFirst());
            }
            found.add("ROW(%s)::%s".formatted(String.join(", ", parts), row.getString("name")));
          }
          default -> {
            if (row.getString("typcategory").equals("A")) {
              for (var element : expressions(row.getLong("typelem"), wished, depth + 1)) {
                found.add("ARRAY[%s]::%s".formatted(element, row.getString("name")));
              }
              found.add("'{}'");
            } else {
              found.addAll(base(row.getString("typname"), row.getString("typcategory"), wished));
            }
          }
        }
        return found.isEmpty() ? List.of("NULL") : List.copyOf(found);
      }
    }
  }

  private static List<String> base(String name, String category, List<String> wished) {
    if (name.equals("uuid")) {
      return List.of("gen_random_uuid()");
    }
    var texts = new ArrayList<String>();
    var usual =
        switch (category) {
          case "N" -> NUMBERS;
          case "S" -> TEXTS;
          default -> BY_NAME.getOrDefault(name, UNKNOWN);
        };
    // The first usual one is what most tables take; what a condition names comes next.
    texts.add(usual.getFirst());
    texts.addAll(wished);
    texts.addAll(usual);
    return literals(texts);
  }

  private static List<String> ranges(String kind) {
    return kind.equals("r")
        ? List.of("'[1,2)'", "'[2024-02-29,2024-03-01)'", "'empty'")
        : List.of("'{[1,2)}'", "'{[2024-02-29,2024-03-01)}'", "'{}'");
  }

  private static List<String> literals(List<String> texts) {
    return texts.stream()
        .distinct()
        .map(text -> "'" + text.replace("'", "''") + "'")
        .map(literal -> literal.contains("\\") ? "E" + literal.replace("\\", "\\\\") : literal)
        .toList();
  }

  /** Those that are values of the type; the others are only a guess. */
  private List<String> tried(String type, List<String> expressions) throws SQLException {
    var good = new ArrayList<String>();
    for (var expression : expressions) {
      var cast = "(%s)::%s".formatted(expression, type);
      var savepoint = owner.setSavepoint();
      try (var statement = owner.createStatement()) {
        statement.setEscapeProcessing(false);
        statement.execute("SELECT " + cast);
        good.add(cast);
        owner.releaseSavepoint(savepoint);
      } catch (SQLException e) {
        if (owner.isClosed()) {
          throw e;
        }
        owner.rollback(savepoint);
      }
    }
    return good;
  }
}
